"""Tables of data files: compared as streams, by the rows that each file shows; held to be told."""

from __future__ import annotations

import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from command import triptych

from exporters import Settings, export
from exporters.registry import exporter_for
from exporters.verify import verify_files
from report_data.load import load, load_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from exporters.verify import Proof

ROWS = 1_500
FORMATS = ("pptx", "pdf", "xlsx")


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en", "ja", "ko"])
def test_an_excerpt_is_told_in_every_language(language: str, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    source = f"---\ntitle: 报告\nlang: {language}\n---\n\n::: {{.table src=d.csv limit=1}}\n:::\n"
    report = load_text(source, folder=tmp_path)
    result = export(report, Settings(output=tmp_path / "out"), in_processes=False)
    assert [document.proved for document in result.documents] == [
        document.blocks for document in result.documents
    ]


def test_an_excerpt_is_told_where_a_name_goes_on_over_lines(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    table = "::: {.table src=d.csv limit=1}\n:::"
    source = f"# ڶ\n\n正文。\n\n:::: columns\n::: column\n{table}\n:::\n::: column\n字\n:::\n::::\n"
    report = load_text(source, folder=tmp_path)
    result = export(report, Settings(output=tmp_path / "out"), in_processes=False)
    assert all(document.proved == document.blocks > 0 for document in result.documents)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Export a report with one long table; its own proof has held."""
    folder = tmp_path_factory.mktemp("long")
    rows = "".join(
        f"{n:05d},产品 {n % 97},{n / 8},2025-{n % 12 + 1:02d}-{n % 28 + 1:02d},{n % 50 / 10}%\n"
        for n in range(ROWS)
    )
    (folder / "d.csv").write_text(f"代码,名称,值,日期,占比\n{rows}", encoding="utf-8")
    source = "# 数据\n\n::: {.table src=d.csv #t limit=12 total=值} 明细\n:::\n"
    (folder / "r.md").write_text(source, encoding="utf-8")
    done = triptych("export", "r.md", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return {name: folder / "out" / f"r.{name}" for name in FORMATS} | {"md": folder / "r.md"}


def proof_of(exported: Mapping[str, Path], path: Path) -> Proof:
    (proof,) = verify_files(load(exported["md"]), [path])
    return proof


def test_a_file_is_proved_by_the_rows_that_it_shows(exported: Mapping[str, Path]) -> None:
    blocks = {name: proof_of(exported, exported[name]) for name in FORMATS}
    assert all(proof.holds and proof.proved == proof.blocks for proof in blocks.values())
    assert blocks["xlsx"].blocks > ROWS * 5
    shown = blocks["pdf"].blocks
    assert shown - blocks["xlsx"].blocks == (12 - ROWS) * 5
    assert 5 * 6 < blocks["pptx"].blocks <= shown


def test_rows_of_a_long_table_are_not_held(exported: Mapping[str, Path]) -> None:
    reading = exporter_for("xlsx").read(exported["xlsx"])
    assert len(reading.found) < 100
    texts = list(reading.rows["t"].texts())
    assert len(texts) == ROWS
    assert texts[9] == ["00009", "产品 9", "1.125", "2025-10-10", "0.9%"]
    assert len(list(reading.rows["t"].found())) == ROWS * 5
    report = load(exported["md"])
    tracemalloc.start()
    try:
        verify_files(report, [exported["xlsx"]])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000  # held, the cells are more than twice as much


def rewritten(exported: Mapping[str, Path], folder: Path, old: str, new: str) -> Path:
    path = folder / "r.xlsx"
    with zipfile.ZipFile(exported["xlsx"]) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet3.xml":
                text = data.decode()
                start = text.index(old)
                end = text.index("</row>", start) + 6 if new == "" else start + len(old)
                data = (text[:start] + new + text[end:]).encode()
            target.writestr(name, data)
    return path


def test_a_changed_cell_is_named(exported: Mapping[str, Path], tmp_path: Path) -> None:
    path = rewritten(exported, tmp_path, "<t>产品 38</t>", "<t>产品 39</t>")
    (said,) = [item.message for item in proof_of(exported, path).diagnostics]
    assert "cell B42" in said
    assert "table t, row 39, column 2" in said


def test_a_row_that_is_gone_is_named(exported: Mapping[str, Path], tmp_path: Path) -> None:
    path = rewritten(exported, tmp_path, '<row r="700"', "")
    said = [item.message for item in proof_of(exported, path).diagnostics]
    assert any("row 697 of table t: “00696" in line for line in said)


def test_a_row_under_the_table_is_named(exported: Mapping[str, Path], tmp_path: Path) -> None:
    row = '<row r="1600"><c r="A1600" t="inlineStr"><is><t>mehr</t></is></c></row></sheetData>'
    path = rewritten(exported, tmp_path, "</sheetData>", row)
    (said,) = [item.message for item in proof_of(exported, path).diagnostics]
    assert "cell A1600" in said


@pytest.mark.parametrize("name", ["pptx", "pdf"])
def test_a_notice_says_what_is_left_out(name: str, exported: Mapping[str, Path]) -> None:
    texts = [found.text for found in exporter_for(name).read(exported[name]).found]
    (notice,) = [text for text in texts if "共 1500 行" in text]
    assert "全表见工作簿《表 1 明细》" in notice
    shown = int(notice.split()[1])
    assert shown == 12 if name == "pdf" else 5 < shown <= 12
