"""What rests on openpyxl's private members: each test fails when a release moves one."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl
from lxml import etree
from openpyxl.chart._chart import ChartBase
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.table import Table
from openpyxl.writer.excel import ExcelWriter

from exporters.excel.package import add_sheet, add_table

if TYPE_CHECKING:
    from pathlib import Path

    from made_workbook import MadeWorkbook

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def test_the_members_that_are_overridden_are_there() -> None:
    assert openpyxl.__version__.startswith("3.1.")
    for owner, names in (
        (ExcelWriter, ("write_data", "write_worksheet")),
        (WorksheetWriter, ("write_top", "write_tail", "write_breaks", "close")),
        (SpreadsheetDrawing, ("_chart_frame",)),
        (ChartBase, ("_write",)),
    ):
        assert all(callable(getattr(owner, name, None)) for name in names), owner
    book = openpyxl.Workbook()
    for name in ("_fonts", "_named_styles", "_differential_styles", "_table_styles", "_sheets"):
        assert hasattr(book, name), name
    page = add_sheet(book, "A sheet")
    assert book["A sheet"] is page
    assert page.parent is book
    table = Table(displayName="one", name="one", ref="A1:B2")
    add_table(page, table)
    assert page.tables["one"] is table


def test_rows_stand_between_head_and_tail(bundled_workbook: MadeWorkbook) -> None:
    root = part(bundled_workbook.path, "xl/worksheets/sheet3.xml")
    names = [etree.QName(child).localname for child in root]
    assert names == [
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
        *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter"),
        *("ignoredErrors", "tableParts"),
    ]
    dimension = root.find(f"{M}dimension")
    assert dimension is not None
    assert dimension.get("ref") == "A1:C8"
    ignored = root.find(f"{M}ignoredErrors/{M}ignoredError")
    assert ignored is not None
    assert (ignored.get("sqref"), ignored.get("numberStoredAsText")) == ("A3:C8", "1")


def test_our_table_style_is_there_and_the_default(bundled_workbook: MadeWorkbook) -> None:
    root = part(bundled_workbook.path, "xl/styles.xml")
    styles = root.find(f"{M}tableStyles")
    assert styles is not None
    assert styles.get("defaultTableStyle") == "Triptych"
    elements = {one.get("type"): one.get("dxfId") for one in styles.iter(f"{M}tableStyleElement")}
    assert set(elements) == {"wholeTable", "headerRow", "totalRow", "firstColumn"}
    looks = root.find(f"{M}dxfs")
    assert looks is not None
    assert all(int(number or 99) < len(looks) for number in elements.values())


def test_the_default_font_is_ours(bundled_workbook: MadeWorkbook) -> None:
    root = part(bundled_workbook.path, "xl/styles.xml")
    fonts = root.find(f"{M}fonts")
    assert fonts is not None
    first = fonts[0].find(f"{M}name")
    assert first is not None
    assert first.get("val") == "Microsoft YaHei"
    normal = root.find(f"{M}cellStyleXfs/{M}xf")
    assert normal is not None
    assert normal.get("fontId") == "0"
