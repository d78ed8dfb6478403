"""A cell's text as a number or a date, and back again."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from report_data.alike import alike
from report_data.parsing import FIRST_DATE, orders_of, parse
from report_data.parsing import parse_year_last as year_last
from report_data.values import Kind, Shape, narrowed, written


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("12", Kind.INTEGER, 12),
        ("1,234,567", Kind.INTEGER, 1234567),
        ("1\u00a0234", Kind.INTEGER, 1234),
        ("-5", Kind.INTEGER, -5),
        ("−5.25", Kind.DECIMAL, -5.25),
        (".5", Kind.DECIMAL, 0.5),
        ("１２３", Kind.INTEGER, 123),
        ("70.0%", Kind.PERCENT, 0.7),
        ("+5.2%", Kind.PERCENT, 0.052),
        ("-12.5%", Kind.PERCENT, -0.125),
        ("(1,234)", Kind.INTEGER, -1234),
        ("(5.0%)", Kind.PERCENT, -0.05),
        ("$1,234.50", Kind.MONEY, 1234.5),
        ("-$5", Kind.MONEY, -5),
        ("$-5", Kind.MONEY, -5),
        ("￥6.60", Kind.MONEY, 6.6),
        ("6.60元", Kind.MONEY, 6.6),
        ("4.8亿元", Kind.MONEY, 4.8),
        ("691亿", Kind.INTEGER, 691),
        ("800GB", Kind.INTEGER, 800),
        ("5 A", Kind.INTEGER, 5),
        ("1.64x", Kind.DECIMAL, 1.64),
        ("-2.3pct", Kind.DECIMAL, -2.3),
        ("18.6% ↑", Kind.PERCENT, 0.186),
        ("+11.1 pp ↑", Kind.DECIMAL, 11.1),
        ("-7.0%↓", Kind.PERCENT, -0.07),
        ("(1,204.7) ▼", Kind.DECIMAL, -1204.7),
        ("0.0% →", Kind.PERCENT, 0),
        ("+0.5个百分点", Kind.DECIMAL, 0.5),
        ("2025-03-04", Kind.DATE, datetime(2025, 3, 4)),
        ("2025年10月", Kind.DATE, datetime(2025, 10, 1)),
        ("2025/3/4 17:30", Kind.DATE, datetime(2025, 3, 4, 17, 30)),
        ("100亿-120亿", Kind.RANGE, None),
        ("2025–2026", Kind.RANGE, None),
        ("1-2", Kind.RANGE, None),
        ("–", Kind.MISSING, None),
        ("N/A", Kind.MISSING, None),
        ("", Kind.MISSING, None),
    ],
)
def test_what_is_surely_a_number_or_a_date(
    text: str, kind: Kind, number: float | datetime | None
) -> None:
    value = parse(text)
    assert (value.text, value.kind, value.number) == (text, kind, number)


@pytest.mark.parametrize(
    "text",
    [
        "007",  # leading zeros
        "1.8% ↓",  # a fall by 1.8 % or to it
        "-29 ↑",
        "▲9,260,000",  # in Japan less
        "5 ↑↑",
        "123456789012345678",  # more digits than a double holds
        "+8613800138000",  # a telephone number
        "+86 10 5555",
        "13 800 138 0000",
        "(5)",  # a label as often as a loss
        "5A",
        "1e5",
        "0x1F",
        "3/4",
        "12:30",
        "1,23",
        "1.2.3",
        "-0",
        "①",
        "½",
        "2025-02-30",
        "1899-12-31",  # before Excel's calendar is right
        "约 30",
        "<1秒",
        "5\u200b0",
        "\u202e50",
        "-(5.0)",
        "--5",
        "1" * 100_000,
    ],
)
def test_what_is_not_surely_a_number_stays_text(text: str) -> None:
    value = parse(text)
    assert (value.kind, value.number) == (Kind.TEXT, None)


def test_what_no_format_can_show_is_said_to_be_inexact() -> None:
    assert parse("12.50 %").exact
    assert parse(" 12 ").exact  # white space parts no two texts
    assert not parse("１２").exact


def test_only_the_column_tells_the_day_from_the_month() -> None:
    assert parse("11/9/1995").kind is Kind.TEXT
    assert orders_of("11/9/1995") == {"Md", "dM"}
    assert orders_of("9/30/1995") == {"Md"}
    assert orders_of("1/2") == frozenset()
    value = year_last("9/30/1995", "Md")
    assert value.number == datetime(1995, 9, 30)
    assert value.shape.pattern == "M/dd/yyyy"
    assert year_last("9/30/1995", "dM").kind is Kind.TEXT


# --- as written ------------------------------------------------------------------

shapes = st.builds(
    Shape,
    kind=st.sampled_from([Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT]),
    decimals=st.integers(0, 4),
    group=st.sampled_from(["", ",", " "]),
    minus=st.sampled_from(["-", "−", "("]),
    plus=st.booleans(),
)


@given(shapes, st.integers(-(10**10), 10**10))
def test_parse_reads_what_written_writes(shape: Shape, units: int) -> None:
    places = shape.decimals + (2 if shape.kind is Kind.PERCENT else 0)
    number = float(Decimal(units).scaleb(-places))
    text = written(shape, number)
    text += {Kind.MONEY: "元", Kind.PERCENT: "%"}.get(shape.kind, "")
    value = parse(text)
    if value.number is None:  # "(5)", "+12345678" and zeros with a sign
        assert text[0] in "(+-−"
    else:
        assert value.number == number
        assert written(value.shape, value.number) == text


@given(st.text(alphabet="0123456789,.-−+()% $¥€元万亿年月日/T:kgMB ５", max_size=14))
def test_a_number_is_shown_as_it_was_written(text: str) -> None:
    value = parse(text)
    if value.number is not None:
        assert written(value.shape, value.number) == narrowed(text)


@given(st.datetimes(min_value=FIRST_DATE).map(lambda moment: moment.replace(microsecond=0)))
def test_dates_are_shown_as_they_were_written(moment: datetime) -> None:
    for text in (
        f"{moment:%Y-%m-%d %H:%M:%S}",
        f"{moment.year}/{moment.month}/{moment.day}",
        f"{moment.year}年{moment.month}月{moment.day}日",
    ):
        value = parse(text)
        assert isinstance(value.number, datetime)
        assert value.number.date() == moment.date()
        assert written(value.shape, value.number) == text


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert parse(text).text == text


def test_text_is_not_written_as_a_number() -> None:
    with pytest.raises(ValueError, match="no number is written as text"):
        written(Shape(Kind.TEXT), 5)


AMOUNTS = st.builds(
    lambda sign, before, whole, decimals, after, grouped: (
        f"{sign}{before}{whole:{',' if grouped else ''}}"
        f"{'.' + str(whole)[:decimals].ljust(decimals, '0') if decimals else ''}{after}"
    ),
    st.sampled_from(["", "-"]),
    st.sampled_from(["", "$", "US$", "¥"]),
    st.integers(0, 2_000_000_000),
    st.integers(0, 3),
    st.sampled_from(["", "%", "亿元", " km", "元"]),
    st.booleans(),
)


@given(st.lists(st.one_of(AMOUNTS, st.sampled_from(["", "–", "007", "1\n2"])), min_size=1))
def test_amounts_written_alike_are_each_what_they_are_together(texts: list[str]) -> None:
    shape = alike(texts)
    if shape is None:
        return
    for text in texts:
        value = parse(text)
        assert value.number is not None
        assert value.exact
        assert replace(value.shape, group="") == replace(shape, group="")


def test_columns_of_amounts_are_written_alike() -> None:
    assert alike(["$1,234.50", "$5.00", "-$12.25"]) == parse("$1,234.50").shape
    assert alike(["12.5%", "0.0%"]) is not None
    assert alike(["4.8亿元", "12亿元"]) is None
    assert alike(["1234", "1,234"]) is None
    assert alike(["-$0.00", "$1.00"]) is None  # a zero with a sign stays text
    assert alike(["2024年", "2025年"]) is None
