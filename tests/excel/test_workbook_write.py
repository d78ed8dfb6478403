"""Written workbooks: read by other programs, the same bytes everywhere, cells as openpyxl's."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import python_calamine
from lxml import etree
from msgspec.structs import replace
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color
from workbook_rules import faults

from exporters.excel import exporter
from exporters.excel.plan import Cell, Row, Style, TextRun, Total
from exporters.excel.rows import RowWriter
from exporters.verify import compare
from report_data.load import load_text
from report_data.model import Table

if TYPE_CHECKING:
    from made_workbook import MadeWorkbook, MakeWorkbook
    from openpyxl.worksheet.worksheet import Worksheet

    from exporters.excel.plan import Content

ROOT = Path(__file__).parents[2]

NUMBERS = """
# 数字

| 项目 | 金额 | 占比 | 日期 | 代码 |
|---|---|---|---|---|
| 甲 | 1,234.50 | 12.5% | 2025-03-04 | 007 |
| 乙 | -8.25 | +3.0% | 2025-11-30 | 010 |
| 丙 | – | (1.5%) | 2024-01-01 | 100 |
"""


def test_numbers_are_numbers_for_every_reader(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(NUMBERS)
    page = openpyxl.load_workbook(made.path).worksheets[2]
    rows = [[page.cell(row, column).value for column in range(1, 6)] for row in (4, 5, 6)]
    assert rows == [
        ["甲", 1234.5, 0.125, datetime(2025, 3, 4), "007"],
        ["乙", -8.25, 0.03, datetime(2025, 11, 30), "010"],
        ["丙", "–", -0.015, datetime(2024, 1, 1), "100"],
    ]
    assert page["B4"].number_format == "#,##0.00"
    assert page["C5"].number_format == "+0.0%;-0.0%"
    book = python_calamine.CalamineWorkbook.from_path(made.path)
    cells = book.get_sheet_by_index(2).to_python()
    assert [row[1:3] for row in cells[3:]] == [[1234.5, 0.125], [-8.25, 0.03], ["–", -0.015]]


def test_every_sheet_reads_alike_in_openpyxl_and_calamine(bundled_workbook: MadeWorkbook) -> None:
    book = openpyxl.load_workbook(bundled_workbook.path)
    other = python_calamine.CalamineWorkbook.from_path(bundled_workbook.path)
    assert book.sheetnames == other.sheet_names
    for name in book.sheetnames:
        ours = {
            (cell.row, cell.column): cell.value
            for row in book[name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        sheet = other.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        theirs = {
            (row + top + 1, column + left + 1): value
            for row, cells in enumerate(sheet.to_python())
            for column, value in enumerate(cells)
            if value != ""
        }
        assert ours == theirs


def test_what_a_colleague_finds(bundled_workbook: MadeWorkbook) -> None:
    book = openpyxl.load_workbook(bundled_workbook.path)
    assert book.sheetnames == [
        "目录",
        "全文",
        "表 1 中美对比表（器件层）",
        "表 2 关键材料与差距",
        "表 3 便捷表格（便于插入 PPT）",
    ]
    cover, _, devices, *_ = book.worksheets
    assert not cover.sheet_view.showGridLines
    assert list(devices.tables) == ["中美对比表_器件层_table_1"]
    table = devices.tables["中美对比表_器件层_table_1"]
    assert table.ref == table.autoFilter.ref == "A3:C8"
    assert devices.freeze_panes == "A4"
    assert devices.print_title_rows == "$1:$3"
    assert devices.page_setup.fitToWidth == 1
    assert devices.sheet_properties.pageSetUpPr is not None
    assert devices.sheet_properties.pageSetUpPr.fitToPage
    assert devices.oddFooter is not None
    assert devices.oddFooter.right.text == "第 &P 页 / 共 &N 页"
    assert devices["B4"].alignment.wrap_text
    assert devices["B3"].font.color.rgb == "FF1F5FA8"  # 美国优势 wears the first side's colour
    assert devices["C3"].font.color.rgb == "FFC2392B"
    assert book.properties.title == "中美 CPO（光电共封装）产业链比较报告"
    assert book.properties.creator == "ChatGPT（根据您提供的内容整理）"
    links = {
        cell.hyperlink.location
        for row in cover.iter_rows()
        for cell in row
        if cell.hyperlink is not None
    }
    assert {f"'{name}'!A1" for name in book.sheetnames[1:]} <= links


def test_a_report_without_a_title_is_called_by_its_file_as_in_the_other_formats(
    make_workbook: MakeWorkbook,
) -> None:
    made = make_workbook(load_text("正文。\n\n# 一\n\n句。\n\n# 二\n\n句。\n", name="facts"))
    assert openpyxl.load_workbook(made.path).properties.title == "facts"


def test_mixed_units_hold_the_full_number_and_a_note(make_workbook: MakeWorkbook) -> None:
    made = make_workbook("| 公司 | 市值 |\n|---|---|\n| 甲 | 1.2亿元 |\n| 乙 | 300万元 |\n")
    page = openpyxl.load_workbook(made.path).worksheets[2]
    assert [page["B4"].value, page["B5"].value] == [120_000_000, 3_000_000]
    assert page["B4"].number_format == '#,##0"元"'
    assert page["B4"].comment is not None
    assert page["B4"].comment.text == "1.2亿元"


def test_the_contents_have_a_head_for_numbers_only_where_there_are_any(
    bundled_workbook: MadeWorkbook,
    make_workbook: MakeWorkbook,
) -> None:
    for path, heads in (
        (bundled_workbook.path, 1),
        (make_workbook("# 甲\n\n词\n\n# 乙\n\n词\n").path, 2),
    ):
        page = openpyxl.load_workbook(path).worksheets[0]
        cells = [cell.value for row in page.iter_rows() for cell in row]
        assert cells.count("编号") == heads


# --- bytes -----------------------------------------------------------------------

BUILD = """
import sys, pathlib
sys.path.insert(0, sys.argv[2])
from made_workbook import MadeWorkbook
from exporters.layout.fonts import FontSet
from report_data import load
MadeWorkbook(load(None), FontSet(), pathlib.Path(sys.argv[1]))
"""


def test_the_same_bytes_from_different_processes(tmp_path: Path) -> None:
    files = []
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        folder = tmp_path / seed
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [sys.executable, "-c", BUILD, "book.xlsx", str(ROOT / "tests" / "support")],
            cwd=folder,
            env=environment,
            check=True,
        )
        files.append((folder / "book.xlsx").read_bytes())
    assert files[0] == files[1]


def test_no_clock_in_the_file(bundled_workbook: MadeWorkbook) -> None:
    with zipfile.ZipFile(bundled_workbook.path) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    assert core.count(f"{moment:%Y-%m-%dT%H:%M:%SZ}") == 2  # created and modified


# --- cells -----------------------------------------------------------------------

PLAIN = Style(11, "1B1F24")
CONTENTS = (
    "plain",
    " spaced ",
    "a < b & c > d",
    "two\nlines",
    "汉字😀",
    "_x0041_",
    "=1+1",
    0,
    -5,
    123456789012345,
    0.1,
    12.5,
    1e-7,
    1e21,
    None,
    (
        TextRun("bold", bold=True),
        TextRun(" and ", italic=True),
        TextRun("raised", baseline="superscript"),
    ),
)


class Numbers:
    """A sink with one style."""

    def style(self, _style: Style) -> int:
        """Return the one style's number."""
        return 7

    def font(self, _run: TextRun, style: Style) -> tuple[str, float]:
        """Return the one font."""
        return "Arial", style.size

    def formula(self, total: Total) -> str:
        """Return any formula."""
        return f"SUBTOTAL(109,t[{total.column}])"

    def special(self, _reference: str, _cell: Cell) -> None:
        """Refuse: no cell here has a link or a note."""
        raise AssertionError("no cell here is special")


def test_cells_are_byte_for_byte_openpyxl_s(tmp_path: Path) -> None:
    rows = [Row((Cell(content, PLAIN), None, Cell(content, PLAIN)), 20.5) for content in CONTENTS]
    ours = "".join(RowWriter(3, Numbers()).rows(rows))
    assert canonical(f"<sheetData>{ours}</sheetData>") == canonical(openpyxl_rows(tmp_path))


def openpyxl_rows(folder: Path) -> str:
    """Write the same cells by openpyxl and return its rows."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row, content in enumerate(CONTENTS, 1):
        page.row_dimensions[row].height = 20.5
        for column in (1, 3):
            set_cell(page, row, column, content)
    book.save(folder / "openpyxl.xlsx")
    with zipfile.ZipFile(folder / "openpyxl.xlsx") as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    data = root.find("{*}sheetData")
    assert data is not None
    for cell in data.iter("{*}c"):
        cell.set("s", "7")
    return etree.tostring(data, encoding="unicode")


def set_cell(page: Worksheet, row: int, column: int, content: Content) -> None:
    assert not isinstance(content, Total)
    cell = page.cell(row, column)
    if isinstance(content, tuple):
        blocks = [TextBlock(inline_font(run), run.text) for run in content]
        cell.value = CellRichText(*blocks)
        return
    cell.value = content.replace("_x", "_x005F_x") if isinstance(content, str) else content
    if isinstance(content, str):
        cell.data_type = "s"
    cell.font = openpyxl.styles.Font(name="Arial")


def inline_font(run: TextRun) -> InlineFont:
    return InlineFont(
        rFont="Arial",
        family=2,
        sz=11,
        color=Color(rgb="FF1B1F24"),
        b=run.bold or None,
        i=run.italic or None,
        vertAlign=run.baseline or None,
    )


def canonical(xml: str) -> str:
    """Return XML with one spelling for one meaning: order of attributes, namespaces on the root."""
    text = xml.replace(' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"', "")
    root = etree.fromstring(text)
    for runs in root.iter("rPr"):
        runs[:] = sorted(runs, key=lambda one: one.tag)
    return etree.tostring(root, method="c14n2").decode()


def test_a_plan_can_be_compared(make_workbook: MakeWorkbook) -> None:
    first, second = make_workbook(NUMBERS), make_workbook(NUMBERS)
    for one, other in zip(first.plan.sheets, second.plan.sheets, strict=True):
        assert one.rows == other.rows
        assert list(one.stream) == list(other.stream)
    assert str(first.plan.properties) == str(second.plan.properties)


# --- data files ------------------------------------------------------------------


def table_rows(made: MadeWorkbook) -> list[str]:
    """Return each row of the first table's sheet as it stands in the file.

    Numbers of styles are left out: they depend on the order in which cells ask for them.
    """
    with zipfile.ZipFile(made.path) as archive:
        xml = archive.read("xl/worksheets/sheet3.xml").decode()
    return re.findall(r"<row .*?</row>", re.sub(r' s="\d+"', "", xml), flags=re.DOTALL)


def looks(made: MadeWorkbook) -> list[str]:
    """Return how each cell of a few rows looks."""
    page = openpyxl.load_workbook(made.path).worksheets[2]
    return [
        f"{cell.number_format} {cell.font.b} {cell.alignment.horizontal} {cell.quotePrefix}"
        for row in page.iter_rows(min_row=3, max_row=60)
        for cell in row
    ]


def test_a_data_file_s_cells_are_byte_for_byte_those_of_a_table(
    make_workbook: MakeWorkbook, tmp_path: Path
) -> None:
    header = (
        *("code", "text", "whole", "price", "mixed", "day", "share", "note", "long"),
        *("gaps", "varied", "money", "sometimes"),
    )
    rows = [
        (
            f"{n:05d}",
            ("a < b & c", "_x0041_", "=1+1", "汉字", " ", "")[n % 6],
            str(n * 37),
            f"{n / 4:.2f}",
            (f"{n / 3:.3f}", str(n), "–")[n % 3],
            f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            f"{n % 100 / 10:.1f}%",
            ("0.00001", "12", "1.50")[n % 3],
            "很长的文字" * (n % 30),
            ("", "1.5", "2", "-30.25")[n % 4],
            (f"{n / 8}", str(n))[n % 2],
            f"${n * 7:,}.50",
            f"{n}.10" if n < 2_000 else ("a", "b & c", "– ")[n % 3],
        )
        for n in range(2_500)
    ]
    with (tmp_path / "data.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    from_file = load_text("# R\n\n::: {.table src=data.csv #t}\n:::\n", folder=tmp_path)
    (table,) = (node for node in from_file.walk() if isinstance(node, Table))
    held = replace(table, rows=tuple(table.rows))
    in_memory = replace(from_file, children=(held,))
    ours, slow = (
        make_workbook(replace(one, meta=from_file.meta)) for one in (from_file, in_memory)
    )
    assert faults(ours.path) == faults(slow.path) == []
    assert table_rows(ours) == table_rows(slow)
    assert looks(ours) == looks(slow)
    assert len(table_rows(ours)) == 2_503


@pytest.mark.parametrize(
    ("headings", "numbers"),
    [
        (("一、甲", "二、乙", "附"), ["", "", ""]),
        (("1. A", "2. B", "C"), ["", "", ""]),
        (("甲", "乙", "丙"), ["1", "2", "3"]),
    ],
)
def test_sections_that_count_themselves_are_not_counted_again(
    headings: tuple[str, ...], numbers: list[str], make_workbook: MakeWorkbook
) -> None:
    body = "\n\n".join(f"## {one} {{#s{at}}}\n\n见[](#s0)。" for at, one in enumerate(headings))
    made = make_workbook(f"# 题\n\n{body}\n")
    rows = list(openpyxl.load_workbook(made.path).worksheets[0].iter_rows(values_only=True))
    found = [("" if row[1] is None else row[1]) for row in rows if row[2] in headings]
    assert found == numbers
    reading = exporter.read(made.path)
    assert compare(made.report, reading, made.context.words, made.context.names).holds
