"""Native charts of the workbook: bound to the table's cells, with the right numbers and words."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdfium2
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator, ValidationSeverity
from workbook_rules import faults

from exporters.excel import exporter
from exporters.verify import compare
from report_data.charts import ChartKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from made_workbook import MadeWorkbook, MakeWorkbook

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

TABLE = """---
title: 图表
series: [美国, 中国]
---

| 年份 | 美国（亿元） | 中国（亿元） | 增长 |
|---|---|---|---|
| 2022 | 18.2 | 13.1 | 15.0% |
| 2023 | 22.4 | – | 21.0% |
| 2024 | 25.1 | 26.3 | 18.0% |

: 规模 {#size}

"""


def charted(make: MakeWorkbook, braces: str, title: str = "比较") -> MadeWorkbook:
    made = make(f"{TABLE}::: {{.chart #c table=#size {braces}}} {title}\n:::\n")
    assert faults(made.path) == []
    assert differences(made) == []
    return made


def differences(made: MadeWorkbook, path: Path | None = None) -> list[str]:
    reading = exporter.read(path or made.path)
    proof = compare(made.report, reading, made.context.words, made.context.names)
    return [str(item) for item in proof.diagnostics]


def test_a_long_title_stands_whole_in_the_contents(make_workbook: MakeWorkbook) -> None:
    title = "APAC passed EMEA in July 2025 and has stayed ahead"
    made = charted(make_workbook, "type=line", title)
    book = openpyxl.load_workbook(made.path)
    assert "Figure 1 APAC passed EMEA in" in book.sheetnames
    assert title in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]


def part(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("xl/charts/chart1.xml"))


KINDS = {
    "column": ('y="2,3"', "barChart"),
    "stacked": ('y="2,3"', "barChart"),
    "bar": ('y="2,3"', "barChart"),
    "stacked-bar": ('y="2,3"', "barChart"),
    "line": ('y="2,3"', "lineChart"),
    "area": ('y="2,3"', "areaChart"),
    "pie": ("y=2", "pieChart"),
    "doughnut": ("y=2", "doughnutChart"),
    "scatter": ("x=2 y=4", "scatterChart"),
    "combined": ('y="2,3,4"', "lineChart"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_native_and_says_what_its_table_says(
    kind: str, make_workbook: MakeWorkbook
) -> None:
    columns, plot = KINDS[kind]
    made = charted(make_workbook, f"type={kind} {columns}")
    root = part(made.path)
    assert root.find(f".//{C}{plot}") is not None
    axes = {int(axis.get("val", "0")) for axis in root.iter(f"{C}axId")}
    assert all(axis > 0 for axis in axes)
    for axis in axes:  # each axis that a plot names is there, and not hidden unless it must be
        assert root.xpath(f"count(.//*[local-name()='crossAx'][@val='{axis}'])") == 1
    page: Any = openpyxl.load_workbook(made.path).worksheets[-1]
    assert len(page._charts) == 1  # noqa: SLF001  # openpyxl reads it as a chart


def test_the_schema_checker_finds_nothing_in_charts(make_workbook: MakeWorkbook) -> None:
    boxes = "".join(
        f"::: {{.chart table=#size type={kind} {columns}}} {kind}\n:::\n\n"
        for kind, (columns, _) in KINDS.items()
    )
    made = make_workbook(TABLE + boxes)
    assert (faults(made.path), differences(made)) == ([], [])
    found = OpenXmlValidator().validate(made.path).errors
    # that texts stand in their cells it only remarks
    assert [error for error in found if error.severity is ValidationSeverity.ERROR] == []


def test_every_kind_is_tested() -> None:
    assert {kind.value for kind in ChartKind} == {*KINDS, "number"}


def test_a_number_is_no_chart(make_workbook: MakeWorkbook) -> None:
    made = charted(make_workbook, "type=number y=3")
    assert len(made.plan.sheets) == 3
    page: Any = openpyxl.load_workbook(made.path)["全文"]
    (cell,) = [row[1] for row in page.iter_rows() if row[1].value and "26.3" in row[1].value]
    assert cell.value == "比较\u3000中国（亿元）：26.3"
    assert cell.hyperlink.location == "'表 1 规模'!C6"


def test_a_chart_refers_to_the_cells_of_its_table(make_workbook: MakeWorkbook) -> None:
    made = charted(make_workbook, 'type=column y="2,3"')
    references = [item.text for item in part(made.path).iter(f"{C}f")]
    sheet = "'表 1 规模'"
    assert references == [
        f"{sheet}!$B$3",
        f"{sheet}!$A$4:$A$6",
        f"{sheet}!$B$4:$B$6",
        f"{sheet}!$C$3",
        f"{sheet}!$A$4:$A$6",
        f"{sheet}!$C$4:$C$6",
    ]


def test_a_total_row_is_not_drawn(make_workbook: MakeWorkbook) -> None:
    source = TABLE.replace("{#size}", "{#size total=all}")
    made = make_workbook(f"{source}::: {{.chart type=column table=#size y=2}}\n:::\n")
    assert differences(made) == []


def test_sides_wear_their_colours_and_axes_begin_at_zero(make_workbook: MakeWorkbook) -> None:
    root = part(charted(make_workbook, 'type=column y="2,3"').path)
    fills = root.xpath(
        ".//*[local-name()='ser']/*[local-name()='spPr']//*[local-name()='srgbClr']/@val"
    )
    assert fills == ["1F5FA8", "C2392B"]
    scale = [root.find(f".//{C}valAx/{C}scaling/{C}{end}") for end in ("min", "max")]
    assert [end.get("val") for end in scale if end is not None] == ["0", "30"]


def test_a_missing_number_is_a_gap(make_workbook: MakeWorkbook) -> None:
    root = part(charted(make_workbook, 'type=line y="3"').path)
    values = root.find(f".//{C}val")
    assert values is not None
    assert [point.get("idx") for point in values.iter(f"{C}pt")] == ["0", "2"]
    gap = root.find(f".//{C}dispBlanksAs")
    assert gap is not None
    assert gap.get("val") == "gap"


def test_percentages_have_an_axis_of_their_own(make_workbook: MakeWorkbook) -> None:
    root = part(charted(make_workbook, 'type=combined y="2,4"').path)
    codes = [
        item.get("formatCode")
        for axis in root.iter(f"{C}valAx")
        for item in axis.findall(f"{C}numFmt")
    ]
    assert codes == ["#,##0", "0%"]


def test_who_cannot_see_a_chart_is_told_its_data(make_workbook: MakeWorkbook) -> None:
    made = charted(make_workbook, "type=column y=3")
    with zipfile.ZipFile(made.path) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    description = re.search(r'descr="([^"]*)"', drawing)
    assert description is not None
    text = etree.fromstring(f"<a>{description[1]}</a>").text
    assert text == (
        "柱形图“比较”，按年份显示中国（亿元），共3项，从2022到2024。"
        "中国（亿元）总体上升，从开头的13.1到末尾的26.3，最高值与最低值就在首尾。全部数据见表 1。"
    )
    assert 'name="c"' in drawing


def test_a_cell_changed_by_hand_changes_the_chart_and_is_named(
    make_workbook: MakeWorkbook, tmp_path: Path
) -> None:
    made = charted(make_workbook, "type=column y=2")
    changed = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                assert b"<v>22.4</v>" in data
                data = data.replace(b"<v>22.4</v>", b"<v>99.4</v>")
            new.writestr(name, data)
    said = differences(made, changed)
    assert any("美国（亿元）”, 2023: the table says 22.4, the chart 99.4" in line for line in said)


def test_a_chart_that_is_gone_is_named(make_workbook: MakeWorkbook, tmp_path: Path) -> None:
    made = charted(make_workbook, "type=column y=2")
    changed = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/drawings/drawing1.xml":
                data = re.sub(rb"<oneCellAnchor>.*</oneCellAnchor>", b"", data, flags=re.DOTALL)
            new.writestr(name, data)
    assert any("chart c: the file does not hold it" in line for line in differences(made, changed))


def test_twelve_slices_are_never_alike_beside_each_other() -> None:
    from exporters.chart_look import colors_of
    from exporters.theme import Palette
    from report_data.charts import chart_of
    from report_data.load import load_text
    from report_data.model import Box

    rows = "".join(f"| r{n} | {n + 1}.5 |\n" for n in range(12))
    report = load_text(f"::: {{.chart type=pie}}\n\n| a | n |\n|---|---|\n{rows}\n:::\n")
    box = next(node for node in report.walk() if isinstance(node, Box))
    colors = colors_of(chart_of(box, report), ("美国",), Palette().series)
    assert len(set(colors)) == 12


def test_no_two_series_are_alike_where_most_colours_are_the_sides() -> None:
    from exporters.chart_look import colors_of
    from exporters.theme import Palette
    from report_data.charts import chart_of
    from report_data.load import load_text
    from report_data.model import Box

    head = "| a |" + "".join(f" q{n} |" for n in range(8))
    row = "| r |" + " 1.5 |" * 8
    table = f"{head}\n|{'---|' * 9}\n{row}\n"
    report = load_text(f"::: {{.chart type=line}}\n\n{table}\n:::\n")
    box = next(node for node in report.walk() if isinstance(node, Box))
    chart = chart_of(box, report)
    assert len(set(colors_of(chart, ("甲", "乙", "丙", "丁"), Palette().series))) == 8


def test_libreoffice_draws_the_chart(
    make_workbook: MakeWorkbook, render_pdf: Callable[[Path], Path]
) -> None:
    made = charted(make_workbook, 'type=column y="2,3"')
    with pypdfium2.PdfDocument(render_pdf(made.path)) as document:
        assert len(document) == 4  # a sheet a page
        image = document[3].render(scale=1).to_pil()
    colors = {color for _, color in image.convert("RGB").getcolors(1 << 24)}
    for side in ((0x1F, 0x5F, 0xA8), (0xC2, 0x39, 0x2B)):
        assert any(
            all(abs(one - other) < 4 for one, other in zip(side, color, strict=True))
            for color in colors
        )
