"""A column's type, from all its cells."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_data.columns import AS_TEXT
from report_data.typer import Typer, is_identifier, type_columns
from report_data.values import Kind


def kinds(header: str, *texts: str) -> tuple[Kind, list[float | datetime | None]]:
    typer = Typer(header)
    for text in texts:
        typer.add(text)
    column = typer.decide()
    return column.kind, [column.value(text).number for text in texts]


def test_one_kind_makes_a_column() -> None:
    assert kinds("n", "1", "2,000", "–", "") == (Kind.INTEGER, [1, 2000, None, None])
    assert kinds("n", "1", "2.5") == (Kind.DECIMAL, [1, 2.5])
    assert kinds("n", "5%", "N/A") == (Kind.PERCENT, [0.05, None])
    assert kinds("n", "6.60元", "7元") == (Kind.MONEY, [6.6, 7])
    assert kinds("n", "1-2", "3–4") == (Kind.RANGE, [None, None])
    assert kinds("n", "2024", "2025") == (Kind.YEAR, [2024, 2025])
    assert kinds("n", "2024年", "2025年") == (Kind.YEAR, [2024, 2025])


def test_a_column_of_one_power_keeps_the_mantissa() -> None:
    typer = Typer("市值")
    for text in ("1.2亿元", "3亿元"):
        typer.add(text)
    column = typer.decide()
    assert (column.unit, column.scaled) == ("亿元", False)
    assert column.value("1.2亿元").number == 1.2
    assert column.value("1.2亿元").exact


def test_a_column_of_several_powers_holds_full_numbers() -> None:
    typer = Typer("市值")
    for text in ("1.25亿元", "300万元", "90元"):
        typer.add(text)
    column = typer.decide()
    assert (column.unit, column.scaled) == ("元", True)
    value = column.value("1.25亿元")
    assert (value.number, value.exact, value.shape.suffix) == (125_000_000, False, "元")
    assert column.value("90元").exact


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("areaCode", ("110101", "110102")),
        ("CIK", ("66740", "1800")),
        ("股票代码", ("600000", "600001")),
        ("版本", ("1.0", "1.10")),
        ("n", ("007", "12")),
        ("n", ("12", "A13", "14")),
        ("n", ("13800138000", "13900139000")),
        ("n", tuple(str(20250000 + n) for n in range(10))),
        ("n", ("3/4/2025", "5/6/2025")),  # April or March?
    ],
)
def test_identifiers_and_doubtful_dates_stay_text(header: str, texts: tuple[str, ...]) -> None:
    assert kinds(header, *texts) == (Kind.TEXT, [None] * len(texts))


def test_headers_that_name_identifiers() -> None:
    assert is_identifier("cityCode")
    assert is_identifier("Product ID (new)")
    assert is_identifier("统一编号（新）")
    assert not is_identifier("Lines of code")
    assert not is_identifier("代码行数")
    assert not is_identifier("序号")
    assert not is_identifier("Paid")


def test_a_date_with_its_year_last_takes_its_order_from_the_column() -> None:
    column = type_columns(["d"], [["11/9/1995"], ["11/13/1995"]])[0]
    assert (column.kind, column.order) == (Kind.DATE, "Md")
    assert column.value("11/9/1995").number == datetime(1995, 11, 9)
    # one format for the whole column, because one cell has a single digit
    assert column.value("11/13/1995").shape.pattern == "M/d/yyyy"


def test_dates_of_two_digits_keep_them() -> None:
    column = type_columns(["d"], [["2025-11-13"], ["2025-01-02"]])[0]
    assert column.value("2025-11-13").shape.pattern == "yyyy-MM-dd"


def test_in_a_column_of_several_kinds_clear_numbers_are_numbers() -> None:
    assert kinds("数值", "持有", "70.0%", "6.7", "5 nm") == (Kind.TEXT, [None, 0.7, 6.7, None])


def test_beside_codes_only_what_nothing_else_is_written_like_is_a_number() -> None:
    texts = ("v1.2", "1.10", "12", "-5", "+5", "1,234", "(1,234)", "5%")
    assert kinds("值", *texts)[1] == [None, None, None, -5, 5, 1234, -1234, 0.05]


def test_formulas_are_text() -> None:
    texts = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "＝1+1", "{=1}", "-5", "-12.5%")
    assert kinds("value", *texts)[1] == [None] * 7 + [-5, -0.125]


def test_an_empty_column_is_text() -> None:
    assert Typer("n").decide() == AS_TEXT
    assert type_columns(["a", "b"], []) == (AS_TEXT, AS_TEXT)


@pytest.mark.parametrize("texts", [["1\n2", "3"], ["3", "1\n2"], ["007\n008", "009"]])
def test_a_text_of_several_lines_is_not_several_numbers(texts: list[str]) -> None:
    """Whatever the order: a set of texts has another one in each process."""
    together, apart = Typer("n"), Typer("n")
    together.add_all(texts)
    for text in texts:
        apart.add(text)
    assert together.decide() == apart.decide()
    assert together.decide().value("1\n2").number is None


@given(st.lists(st.text(alphabet="0123456789.,-% \nax年元", max_size=8), min_size=1, max_size=12))
def test_many_cells_are_typed_as_one_by_one(texts: list[str]) -> None:
    different = list(dict.fromkeys(texts))
    together, apart = Typer("n"), Typer("n")
    together.add_all(different)
    for text in different:
        apart.add(text)
    assert together.decide() == apart.decide()


def test_arrows_say_again_what_signs_say() -> None:
    assert kinds("同比", "18.6% ↑", "-7.0% ↓", "0.0% →") == (Kind.PERCENT, [0.186, -0.07, 0])
    doubtful = kinds("同比", "18.6% ↑", "1.8% ↓", "97.4%")
    assert doubtful == (Kind.TEXT, [None, None, None])  # down by 1.8 %, or to it
