"""Other people's data sets and reports, as workbooks: sums, codes, dates, and every word proved."""

from __future__ import annotations

import csv
from datetime import datetime
from math import fsum
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from workbook_rules import faults

from exporters.excel import exporter
from exporters.verify import compare
from report_data.load import load, load_text

if TYPE_CHECKING:
    from pathlib import Path

    from made_workbook import MadeWorkbook, MakeWorkbook


def proved(made: MadeWorkbook) -> None:
    """Check a workbook by the rules and against its report."""
    assert faults(made.path) == []
    proof = compare(made.report, exporter.read(made.path), made.context.words, made.context.names)
    assert [str(item) for item in proof.diagnostics] == []
    assert proof.proved == proof.blocks


def from_data(make: MakeWorkbook, corpus: Path, name: str, rest: str = "") -> MadeWorkbook:
    source = f"# 数据\n\n::: {{.table src={name} #t}} 数据\n:::\n{rest}"
    return make(load_text(source, folder=corpus / "data"))


def rows_of(made: MadeWorkbook) -> list[tuple[Any, ...]]:
    """Return the first table's rows with its header, as openpyxl reads them."""
    book = openpyxl.load_workbook(made.path, read_only=True)
    rows = list(book.worksheets[2].iter_rows(min_row=3, values_only=True))
    book.close()
    return rows


def columns_of(made: MadeWorkbook) -> dict[str, list[object]]:
    """Return the first table's cells by column, as openpyxl reads them."""
    header, *rows = rows_of(made)
    return {
        str(name): list(column)
        for name, column in zip(header, zip(*rows, strict=True), strict=True)
    }


def csv_of(corpus: Path, name: str) -> list[dict[str, str]]:
    with (corpus / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_codes_of_41_352_streets_are_text(make_workbook: MakeWorkbook, corpus: Path) -> None:
    made = from_data(make_workbook, corpus, "D1-cn-streets.csv")
    assert faults(made.path) == []
    columns, rows = columns_of(made), csv_of(corpus, "D1-cn-streets.csv")
    for name, cells in columns.items():
        assert cells == [row[name] for row in rows]


def test_dates_are_dates_and_identifiers_text(make_workbook: MakeWorkbook, corpus: Path) -> None:
    made = from_data(make_workbook, corpus, "D4-sp500.csv")
    proved(made)
    columns, rows = columns_of(made), csv_of(corpus, "D4-sp500.csv")
    assert columns["CIK"] == [row["CIK"] for row in rows]
    assert columns["Date added"] == [datetime.fromisoformat(row["Date added"]) for row in rows]


def test_sums_are_the_data_s_and_a_line_is_drawn(make_workbook: MakeWorkbook, corpus: Path) -> None:
    chart = (
        '\n::: {.chart type=line table=#t x=modeldate y="dem_estimate,rep_estimate"} 走势\n:::\n'
    )
    made = from_data(make_workbook, corpus, "D6-generic-ballot-timeseries.csv", chart)
    proved(made)
    columns, rows = columns_of(made), csv_of(corpus, "D6-generic-ballot-timeseries.csv")
    for name in ("dem_estimate", "dem_hi", "dem_lo", "rep_estimate", "rep_hi", "rep_lo"):
        numbers = [value for value in columns[name] if isinstance(value, int | float)]
        assert fsum(numbers) == fsum(float(row[name]) for row in rows)
    assert all(isinstance(value, datetime) for value in columns["modeldate"])
    found = exporter.read(made.path).charts
    assert found is not None
    assert [name for name, _ in found[0].series] == ["dem_estimate", "rep_estimate"]
    assert len(found[0].series[0][1]) == len(rows)


def test_formulas_in_a_data_set_stay_text(make_workbook: MakeWorkbook, corpus: Path) -> None:
    source = "# R\n\n::: {.table src=15-formula-injection.csv #t}\n:::\n"
    made = make_workbook(load_text(source, folder=corpus / "hostile"))
    proved(made)
    values = columns_of(made)["value"]
    assert [value for value in values if not isinstance(value, str)] == [-5, -0.125, -1234]


@pytest.mark.parametrize("name", ["11-zh-vanke", "15-zh-p2p", "31-en-rustc", "39-en-ckb"])
def test_real_reports_are_proved_whole(
    name: str, make_workbook: MakeWorkbook, corpus: Path
) -> None:
    (source,) = (corpus / "docs").glob(f"{name}*.md")
    proved(make_workbook(load(source)))


def test_3_000_rows_of_60_columns(make_workbook: MakeWorkbook, corpus: Path) -> None:
    made = make_workbook(load(corpus / "hostile" / "09-huge-table.md"))
    assert faults(made.path) == []
    _, *rows = rows_of(made)
    assert (len(rows), len(rows[0])) == (3_000, 60)
    assert all(isinstance(value, int | float) for row in rows for value in row)


def test_names_that_excel_would_refuse(make_workbook: MakeWorkbook, corpus: Path) -> None:
    proved(make_workbook(load(corpus / "hostile" / "25-names.md")))
