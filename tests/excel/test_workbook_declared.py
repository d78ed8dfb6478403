"""What authors declare for a table: total rows, data bars, colour scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from workbook_rules import faults

from exporters.excel import exporter
from exporters.verify import compare

if TYPE_CHECKING:
    from made_workbook import MadeWorkbook, MakeWorkbook

ROWS = """
| 公司 | 收入[万元] | 占比 | 数量 |
|---|---|---|---|
| 甲 | 1,234.50 | 12.5% | 3 |
| 乙 | 2,345.25 | 37.5% | 4 |
| 丙 | – | 50.0% | 5 |
"""


def declared(make: MakeWorkbook, braces: str) -> MadeWorkbook:
    made = make(f"{ROWS}\n: 收入 {{#t {braces}}}\n")
    assert faults(made.path) == []
    proof = compare(made.report, exporter.read(made.path), made.context.words, made.context.names)
    assert [str(item) for item in proof.diagnostics] == []
    return made


def test_a_total_row_calculates(make_workbook: MakeWorkbook) -> None:
    made = declared(make_workbook, 'total="2,占比:average,数量:count"')
    page = openpyxl.load_workbook(made.path).worksheets[2]
    assert [page.cell(7, column).value for column in range(1, 5)] == [
        "合计",
        "=SUBTOTAL(109,t[收入'[万元']])",
        "=SUBTOTAL(101,t[占比])",
        "=SUBTOTAL(102,t[数量])",
    ]
    assert page["B7"].number_format == "#,##0.00"
    table = page.tables["t"]
    assert (table.ref, table.totalsRowCount) == ("A3:D7", 1)
    assert table.autoFilter.ref == "A3:D6"
    functions = [column.totalsRowFunction for column in table.tableColumns]
    assert functions == [None, "sum", "average", "countNums"]
    shown = openpyxl.load_workbook(made.path, data_only=True).worksheets[2]
    totals = [shown.cell(7, column).value for column in (2, 3, 4)]
    assert totals == [3579.75, pytest.approx(1 / 3), 3]


def test_all_means_every_column_of_quantities(make_workbook: MakeWorkbook) -> None:
    made = declared(make_workbook, "total=all")
    page = openpyxl.load_workbook(made.path, data_only=True).worksheets[2]
    assert [page.cell(7, column).value for column in range(1, 5)] == ["合计", 3579.75, 1, 12]


def test_bars_and_scales_stand_on_their_columns(make_workbook: MakeWorkbook) -> None:
    made = declared(make_workbook, "bars=2 scale=占比")
    page = openpyxl.load_workbook(made.path).worksheets[2]
    rules = {str(area.sqref): area.rules[0].type for area in page.conditional_formatting}
    assert rules == {"B4:B6": "dataBar", "C4:C6": "colorScale"}


def test_a_column_that_is_not_there_is_said(make_workbook: MakeWorkbook) -> None:
    made = declared(make_workbook, "total=利润")
    assert made.codes == ["W608"]
    assert openpyxl.load_workbook(made.path).worksheets[2].max_row == 6
