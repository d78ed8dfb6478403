"""A chart's numbers, changed by hand in each of the three files: verify names the chart."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from command import triptych

from exporters.verify import verify_files
from report_data.load import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from exporters.verify import Proof

REPORT = """---
title: 图表
series: [美国, 中国]
---

# 规模

| 年份 | 美国（亿元） | 中国（亿元） | 增长 |
|---|---|---|---|
| 2022 | 18.2 | 13.1 | 15.0% |
| 2023 | 22.4 | – | 21.0% |
| 2024 | 25.1 | 26.3 | 18.0% |

: 规模 {#size}

"""
KINDS = {
    "column": 'y="2,3"',
    "stacked": 'y="2,3"',
    "bar": 'y="2,3"',
    "stacked-bar": 'y="2,3"',
    "line": 'y="2,3"',
    "area": 'y="2,3"',
    "pie": "y=2",
    "doughnut": "y=2",
    "scatter": "x=4 y=2",
    "combined": 'y="2,3,4"',
}
FORMATS = ("pptx", "pdf", "xlsx")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Export one report with a chart of every kind; its own proof has held."""
    folder = tmp_path_factory.mktemp("charts")
    boxes = "".join(
        f"::: {{.chart #{kind} type={kind} table=#size {columns}}} {kind}\n:::\n\n"
        for kind, columns in KINDS.items()
    )
    (folder / "r.md").write_text(REPORT + boxes, encoding="utf-8")
    done = triptych("export", "r.md", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    files = {name: folder / "out" / f"r.{name}" for name in FORMATS}
    return files | {"md": folder / "r.md"}


def proof_of(exported: Mapping[str, Path], path: Path) -> Proof:
    (proof,) = verify_files(load(exported["md"]), [path])
    return proof


@pytest.mark.parametrize("name", FORMATS)
def test_every_chart_of_each_file_is_compared(name: str, exported: Mapping[str, Path]) -> None:
    from exporters.registry import exporter_for

    charts = exporter_for(name).read(exported[name]).charts
    assert charts is not None
    assert {chart.block for chart in charts} == {*KINDS}
    first = {chart.block: chart.series[0][1] for chart in charts}
    assert first == dict.fromkeys(KINDS, (18.2, 22.4, 25.1))
    assert proof_of(exported, exported[name]).holds


def changed(exported: Mapping[str, Path], name: str, kind: str, folder: Path) -> Path:
    """Return a copy of a file in which the chart of one kind draws 92.4 for 22.4."""
    path = folder / exported[name].name
    if name == "pdf":
        _change_pdf(exported[name], path, kind)
    else:
        _change_chart_part(exported[name], path, kind)
    return path


def _change_pdf(source: Path, path: Path, kind: str) -> None:
    with pikepdf.open(source) as document:
        for item in document.objects:
            if not (isinstance(item, pikepdf.Dictionary) and str(item.get("/S", "")) == "/Figure"):
                continue
            if str(item.get("/ID", "")) == kind:
                series = [one for one in item["/A"] if str(one["/O"]) == "/Triptych"]
                values = str(series[0]["/Values"])
                assert "22.4" in values
                series[0]["/Values"] = pikepdf.String(values.replace("22.4", "92.4"))
        document.save(path)


def _change_chart_part(source: Path, path: Path, kind: str) -> None:
    place = [*KINDS].index(kind)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        parts = sorted(
            (name for name in old.namelist() if "/charts/chart" in name and "rels" not in name),
            key=lambda name: int("".join(filter(str.isdigit, name.rpartition("/")[2]))),
        )
        for name in old.namelist():
            data = old.read(name)
            if name == parts[place]:
                assert data.count(b"<c:v>22.4</c:v>") == 1
                data = data.replace(b"<c:v>22.4</c:v>", b"<c:v>92.4</c:v>")
            new.writestr(name, data)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_number_of_a_chart_changed_by_hand_is_named(
    kind: str, name: str, exported: Mapping[str, Path], tmp_path: Path
) -> None:
    proof = proof_of(exported, changed(exported, name, kind, tmp_path))
    said = [item.message for item in proof.diagnostics]
    assert len(said) == 1
    assert kind in said[0]
    assert "the table says 22.4, the chart 92.4" in said[0]
    assert "2023" in said[0] or kind == "scatter"
