"""The unit of a column stands behind its header and in the format, the number alone in the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from workbook_rules import faults

from exporters.excel import exporter
from exporters.verify import compare

if TYPE_CHECKING:
    from made_workbook import MadeWorkbook, MakeWorkbook


def table_of(made: MadeWorkbook) -> tuple[list[str], list[str], list[tuple[Any, str]]]:
    """Return a table's header cells, its columns' names, values and formats of its first row."""
    page: Any = openpyxl.load_workbook(made.path).worksheets[2]
    (table,) = page.tables.values()
    return (
        [cell.value for cell in page[3]],
        [column.name for column in table.tableColumns],
        [(cell.value, cell.number_format) for cell in page[4]],
    )


def proved(made: MadeWorkbook) -> None:
    assert faults(made.path) == []
    proof = compare(made.report, exporter.read(made.path), made.context.words, made.context.names)
    assert [str(item) for item in proof.diagnostics] == []
    assert proof.proved == proof.blocks


@pytest.mark.parametrize(
    ("header", "cells", "shown", "value"),
    [
        ("规模", ("4.8亿美元", "12.5亿美元"), "规模（亿美元）", (4.8, '0.0"亿美元"')),
        ("规模（亿美元）", ("4.8亿美元", "12.5亿美元"), "规模（亿美元）", (4.8, '0.0"亿美元"')),
        ("市值，亿美元", ("4.8亿美元", "12.5亿美元"), "市值，亿美元", (4.8, '0.0"亿美元"')),
        ("单价 (含税)", ("¥3", "¥5"), "单价 (含税)", (3, '"¥"0;-"¥"0')),
        ("长度", ("3 km", "12 km"), "长度（km）", (3, '0" km"')),
        ("占比", ("12.5%", "3.0%"), "占比", (0.125, "0.0%")),
        ("金额", ("1.2亿元", "300万元"), "金额（元）", (120000000, '#,##0"元"')),
        ("", ("3 km", "12 km"), "列 2（km）", (3, '0" km"')),
    ],
)
def test_a_header_says_the_unit_that_its_numbers_share(
    header: str,
    cells: tuple[str, ...],
    shown: str,
    value: tuple[float, str],
    make_workbook: MakeWorkbook,
) -> None:
    rows = "".join(f"| r | {cell} |\n" for cell in cells)
    made = make_workbook(f"# 数据\n\n| 项 | {header} |\n|---|---|\n{rows}\n: 表 {{#t total=2}}\n")
    proved(made)
    headers, names, first = table_of(made)
    assert headers == names
    assert headers[1] == shown
    assert ("W605" in made.codes) == (not header)
    assert first[1][0] == pytest.approx(value[0])
    assert first[1][1] == value[1]


def test_headers_that_only_a_unit_made_alike_stay_apart(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(
        "---\nlang: zh-Hans\n---\n# 长短\n\n"
        "| 长度（km） | 长度 |\n|---|---|\n| 1 km | 2 km |\n| 3 km | 4 km |\n\n"
        "::: {.chart #c type=column y=2}\n:::\n"
    )
    proved(made)
    headers, names, _ = table_of(made)
    assert headers == names == ["长度（km）", "长度（km） (2)"]


def test_the_unit_is_in_the_report_s_language(make_workbook: MakeWorkbook) -> None:
    made = make_workbook("# Data\n\n| Item | Size |\n|---|---|\n| a | 3 GB |\n| b | 5 GB |\n")
    proved(made)
    assert table_of(made)[0] == ["Item", "Size (GB)"]
