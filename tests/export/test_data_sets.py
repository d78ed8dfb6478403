"""Other people's data sets through one report in all three formats: codes, dates, sums, a line."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from math import fsum
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from command import triptych

from exporters.registry import exporter_for

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("pptx", "pdf", "xlsx")
STREETS, STOCKS, POLLS = (
    "D1-cn-streets.csv",
    "D4-sp500.csv",
    "D6-generic-ballot-timeseries.csv",
)
REPORT = f"""---
title: 三个数据集
lang: zh-Hans
---

# 街道

::: {{.table src={STREETS} #streets limit=12}} 中国的街道
:::

# 成分股

::: {{.table src={STOCKS} #stocks}} 标普 500
:::

# 民调

::: {{.table src={POLLS} #polls limit=20}} 每日估计
:::

::: {{.chart #line type=line table=#polls x=modeldate y="dem_estimate,rep_estimate"}} 两党的支持率
:::
"""


@pytest.fixture(scope="module")
def folder(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the report; its own proof has held."""
    folder = tmp_path_factory.mktemp("sets")
    for name in (STREETS, STOCKS, POLLS):
        shutil.copy(corpus / "data" / name, folder)
    (folder / "r.md").write_text(REPORT, encoding="utf-8")
    done = triptych("export", "r.md", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sheets(folder: Path) -> list[dict[str, list[Any]]]:
    """Return the columns of each table of the workbook by their headers, as openpyxl reads them."""
    book = openpyxl.load_workbook(folder / "out" / "r.xlsx", read_only=True)
    tables = []
    for page in book.worksheets[2:5]:
        header, *rows = page.iter_rows(min_row=3, values_only=True)
        columns = zip(*rows, strict=True)
        tables.append({str(name): list(cells) for name, cells in zip(header, columns, strict=True)})
    book.close()
    return tables


def test_codes_are_text(folder: Path, sheets: list[dict[str, list[Any]]]) -> None:
    streets = rows_of(folder, STREETS)
    for name, cells in sheets[0].items():
        assert cells == [row[name] for row in streets]


def test_dates_are_dates_and_identifiers_text(
    folder: Path, sheets: list[dict[str, list[Any]]]
) -> None:
    stocks = rows_of(folder, STOCKS)
    assert sheets[1]["CIK"] == [row["CIK"] for row in stocks]
    assert sheets[1]["Date added"] == [datetime.fromisoformat(row["Date added"]) for row in stocks]


def test_sums_are_those_of_the_file(folder: Path, sheets: list[dict[str, list[Any]]]) -> None:
    polls = rows_of(folder, POLLS)
    for name in ("dem_estimate", "dem_hi", "dem_lo", "rep_estimate", "rep_hi", "rep_lo"):
        assert fsum(sheets[2][name]) == fsum(float(row[name]) for row in polls)
    assert all(isinstance(value, datetime) for value in sheets[2]["modeldate"])


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_draws_the_line_of_all_rows(name: str, folder: Path) -> None:
    path = folder / "out" / f"r.{name}"
    charts = exporter_for(name).read(path).charts
    assert charts is not None
    (chart,) = charts
    polls = rows_of(folder, POLLS)
    assert chart.block == "line"
    for (header, values), column in zip(
        chart.series, ("dem_estimate", "rep_estimate"), strict=True
    ):
        assert header == column
        assert list(values) == [float(row[column]) for row in polls]
