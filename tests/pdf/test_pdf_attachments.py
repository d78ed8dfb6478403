"""What a PDF carries: its source, and the workbook of the run when asked (ISO 19005-3, 6.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from command import triptych
from pdf_rules import broken_rules

from exporters import Settings, export
from report_data.diagnostics import ReportErrors
from report_data.load import load_text

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "# 甲\n\n| 名 | 数 |\n|---|---|\n| a | 1 |\n"
SHEET = "/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_the_workbook_is_carried_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text(SOURCE, "utf-8")
    for folder in ("one", "two"):
        done = triptych("export", "r.md", "--attach-workbook", "--output", folder, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    path = tmp_path / "one" / "r.pdf"
    assert path.read_bytes() == (tmp_path / "two" / "r.pdf").read_bytes()
    assert broken_rules(path) == []
    with pikepdf.open(path) as pdf:
        assert set(pdf.attachments) == {"r.md", "r.xlsx"}
        workbook = pdf.attachments["r.xlsx"].get_file().read_bytes()
        relations = {
            str(one.UF): (str(one.AFRelationship), str(one.EF.F.Subtype)) for one in pdf.Root.AF
        }
    assert workbook == (tmp_path / "one" / "r.xlsx").read_bytes()
    assert relations["r.xlsx"] == ("/Alternative", SHEET)
    assert relations["r.md"] == ("/Source", "/text/markdown")


def test_without_being_asked_only_the_source_is_carried(tmp_path: Path) -> None:
    export(load_text(SOURCE, name="r"), Settings(output=tmp_path))
    with pikepdf.open(tmp_path / "r.pdf") as pdf:
        assert set(pdf.attachments) == {"r.md"}


@pytest.mark.parametrize("formats", [("pdf",), ("xlsx",), ("pptx", "pdf")])
def test_both_must_be_made_in_the_run(formats: tuple[str, ...], tmp_path: Path) -> None:
    settings = Settings(formats=formats, output=tmp_path, attach_workbook=True)
    with pytest.raises(ReportErrors, match="E710"):
        export(load_text(SOURCE, name="r"), settings)
    assert not (tmp_path / "r.pdf").exists()


def test_two_sides_move_the_pages_outwards(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("---\ntitle: T\n---\n\n" + SOURCE, "utf-8")
    lefts = {}
    for sides in ("one", "two"):
        done = triptych("export", "r.md", "--to", "pdf", "--sides", sides, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        lefts[sides] = _leftmost(tmp_path / "output" / "r.pdf")
    moved = 14.17  # 5 mm
    assert lefts["two"] == pytest.approx(lefts["one"] - moved, abs=0.5)  # page 2, a left-hand one


def _leftmost(path: Path) -> float:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        text = document[1].get_textpage()
        return min(float(text.get_charbox(index)[0]) for index in range(text.count_chars()))
