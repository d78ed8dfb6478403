"""Number formats: chosen for a shape, and shown by a reader that knows nothing of shapes."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.excel.formats import format_code, serial, whole_digits
from exporters.excel.shown import shown
from report_data.parsing import FIRST_DATE, parse
from report_data.values import narrowed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12", "0"),
        ("1,234", "#,##0"),
        ("1 234 567", r"0\ 000\ 000"),
        ("3.50", "0.00"),
        (".5", "#.0"),
        ("12.5%", "0.0%"),
        ("+5%", "+0%;-0%"),
        ("−5", '0;"−"0'),
        ("(1,234)", "#,##0;(#,##0)"),
        ("$1,234.50", '"$"#,##0.00;-"$"#,##0.00'),
        ("$-5", '"$"0;"$"-0'),
        ("6.60元", '0.00"元"'),
        ("18.6% ↑", '0.0%" ↑"'),
        ("-7.0% ↓", '0.0%" ↓"'),
        ("+11.1 pp ↑", '+0.0" pp"" ↑";-0.0" pp"" ↑"'),
        ("1.2亿元", '0.0"亿元"'),
        ("2025-03-04", "yyyy-mm-dd"),
        ("2025年3月4日", 'yyyy"年"m"月"d"日"'),
        ("2025/3/4 17:30", 'yyyy"/"m"/"d" "hh:mm'),
    ],
)
def test_the_code_of_a_number_as_written(text: str, code: str) -> None:
    value = parse(text)
    assert isinstance(value.number, int | float | datetime)
    digits = 0 if isinstance(value.number, datetime) else whole_digits(value.number)
    assert format_code(value.shape, digits) == code


def as_shown(text: str) -> str:
    """Show a text's number by the format of its shape."""
    value = parse(text)
    assert value.number is not None
    if isinstance(value.number, datetime):
        return shown(serial(value.number), format_code(value.shape))
    return shown(value.number, format_code(value.shape, whole_digits(value.number)))


@given(st.text(alphabet="0123456789,.-−+()% $¥€元万亿年月日/T:kgMB↑↓▲", max_size=14))
def test_a_number_is_shown_as_it_was_written(text: str) -> None:
    if parse(text).number is not None:
        assert as_shown(text) == narrowed(text)


@given(st.integers(-(10**13), 10**13), st.integers(0, 6))
def test_grouped_decimals_are_shown_as_they_were_written(units: int, places: int) -> None:
    text = f"{units / 10**places:,.{places}f}"
    if parse(text).number is not None:
        assert as_shown(text) == text


@given(st.datetimes(min_value=FIRST_DATE).map(lambda moment: moment.replace(microsecond=0)))
def test_dates_are_shown_as_they_were_written(moment: datetime) -> None:
    text = f"{moment:%Y-%m-%d %H:%M:%S}"
    assert as_shown(text) == text


def test_serials_are_excel_s() -> None:
    assert serial(datetime(1900, 3, 1)) == 61  # one more than days since 1899-12-31
    assert serial(datetime(2025, 10, 20)) == 45950
    assert serial(datetime(2025, 10, 20, 12)) == 45950.5


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (0.5, "0%", "50%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-3, "General", "-3"),
        (-3, "0", "-3"),
        (0, "0;-0;zero", "zero"),
        (2.5, "0", "3"),  # half away from zero, as Excel rounds
        (7, "[Red]0", "7"),
        (45950.75, "h:mm", "18:00"),
    ],
)
def test_what_other_programs_formats_show(number: float, code: str, text: str) -> None:
    assert shown(number, code) == text
