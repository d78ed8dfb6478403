"""Scales, bands, slices and colours: cases with the arithmetic beside them, and laws."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.layout.chart import (
    Axis,
    Band,
    axis,
    bands,
    date_axis,
    label_step,
    number_format,
    parts,
    series_colors,
    slices,
    stack,
    tick_label,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

VALUES = st.lists(
    st.floats(min_value=-1e12, max_value=1e12, allow_nan=False).filter(
        lambda value: value == 0 or abs(value) > 1e-6
    ),
    min_size=1,
    max_size=20,
)


@pytest.mark.parametrize(
    ("values", "zero", "expected"),
    [
        ((3, 7, 11), True, Axis(0, 12.5, 2.5)),  # 11 / 5 = 2.2, the next round step is 2.5
        ((0.12, 0.48), True, Axis(0, 0.5, 0.1)),
        ((98, 99, 101), None, Axis(98, 101, 1)),
        ((-40, 60), True, Axis(-40, 60, 20)),
        ((2019.0, 2025.0), None, Axis(2018, 2026, 2)),
        ((0,), True, Axis(0, 1, 0.2)),
        ((5,), None, Axis(5, 10, 1)),
        ((), True, Axis(0, 1, 0.2)),
    ],
)
def test_axes(
    values: tuple[float, ...],
    zero: bool | None,  # noqa: FBT001  pytest gives it by name
    expected: Axis,
) -> None:
    assert axis(values, zero=zero) == expected


def test_ticks_carry_no_rounding_errors() -> None:
    assert Axis(0, 0.5, 0.1).ticks == (0, 0.1, 0.2, 0.3, 0.4, 0.5)
    assert str(Axis(-0.4, 0.2, 0.2).ticks) == "(-0.4, -0.2, 0.0, 0.2)"


def test_places_run_with_the_value() -> None:
    assert Axis(-40, 60, 20).place(10, 200) == 100  # (10 + 40) / 100 of 200


@given(VALUES, st.sampled_from([True, None]))
def test_an_axis_holds_its_values_on_few_round_ticks(
    values: list[float],
    zero: bool | None,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    found = axis(values, zero=zero)
    span = found.high - found.low
    assert found.low <= min(values) + span * 1e-6
    assert found.high >= max(values) - span * 1e-6
    assert 1 <= len(found.ticks) - 1 <= 5
    assert not zero or 0 in found.ticks
    for tick, following in pairwise(found.ticks):
        assert isclose(following - tick, found.step, rel_tol=1e-6)


@pytest.mark.parametrize(
    ("value", "step", "percent", "label"),
    [
        (1500, 500, False, "1,500"),
        (0.25, 0.05, True, "25%"),
        (0.125, 0.025, True, "12.5%"),
        (-2.5, 0.5, False, "−2.5"),
        (-0.0, 0.1, False, "0.0"),
    ],
)
def test_tick_labels(
    value: float,
    step: float,
    percent: bool,  # noqa: FBT001  pytest gives it by name
    label: str,
) -> None:
    assert tick_label(value, step, percent=percent) == label


def test_number_formats_show_what_the_labels_show() -> None:
    assert number_format(500) == "#,##0"
    assert number_format(0.25) == "#,##0.00"
    assert number_format(0.025, percent=True) == "0.0%"


def test_bands_stand_in_the_middle_of_their_shares() -> None:
    assert bands(2, 200) == (Band(18, 64), Band(118, 64))  # 64 of 100, 18 on either side
    assert parts(Band(25, 50), 2) == (Band(25, 25), Band(50, 25))
    assert bands(0, 200) == ()


def test_stacks_grow_away_from_zero() -> None:
    assert stack([3, -1, 2, -4]) == ((0, 3), (0, -1), (3, 5), (-1, -5))


def test_slices_close_the_circle() -> None:
    first, second, third = slices([1, 2, 1])
    assert (first.start, first.end) == (0, 90)
    assert (second.start, second.end) == (90, 270)
    assert (third.end, third.part) == (360, 0.25)


@pytest.mark.parametrize("values", [[], [0, 0], [1, -1], [float("nan")], [float("inf")]])
def test_a_pie_of_no_whole_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="parts of a whole"):
        slices(values)


def test_labels_are_thinned_until_none_touch() -> None:
    assert label_step([20] * 10, 30) == 1  # 20 + 6 <= 30
    assert label_step([50] * 10, 30) == 2  # 56 <= 60
    assert label_step([1000] * 3, 1) == 3
    assert label_step([], 30) == 1


def years(numbers: Iterable[int]) -> list[date]:
    return [date(number, 1, 1) for number in numbers]


def months(year: int, *numbers: int) -> list[date]:
    return [date(year, number, 1) for number in numbers]


def days(*dates: date) -> list[float]:
    return [float((one - date(1970, 1, 1)).days) for one in dates]


@pytest.mark.parametrize(
    ("first", "last", "expected", "code"),
    [
        (date(1995, 11, 9), date(2016, 11, 6), years(range(1995, 2017, 5)), "yyyy"),
        (date(2020, 3, 5), date(2025, 6, 1), years(range(2020, 2026)), "yyyy"),
        (date(2025, 2, 3), date(2025, 12, 31), months(2025, 1, 4, 7, 10), "yyyy-mm"),
        (date(2025, 1, 30), date(2025, 2, 1), [date(2025, 1, 30), date(2025, 1, 31),
                                               date(2025, 2, 1)], "yyyy-mm-dd"),
        (date(2025, 5, 5), date(2025, 5, 5), [date(2025, 5, 5)], "yyyy-mm-dd"),
    ],
)  # fmt: skip
def test_dates_have_round_ticks(first: date, last: date, expected: list[date], code: str) -> None:
    scale = date_axis(days(last, first))
    assert list(scale.ticks) == expected
    assert scale.code == code
    assert scale.label(expected[0]) == expected[0].isoformat()[: len(code)]
    assert scale.place(scale.low, 100) == 0
    assert scale.place(scale.high, 100) == (100 if first != last else 0)


CENTURIES = st.dates(date(1600, 1, 1), date(2199, 12, 31))


@given(CENTURIES, CENTURIES)
def test_an_axis_of_dates_holds_them_and_has_few_ticks(one: date, other: date) -> None:
    scale = date_axis(days(one, other))
    assert scale.low <= min(days(one, other))
    assert scale.high == max(days(one, other))
    assert days(scale.ticks[0]) == [scale.low]
    assert days(scale.ticks[-1])[0] <= scale.high
    assert 1 <= len(scale.ticks) <= 11


def test_a_side_keeps_its_colour() -> None:
    palette = ("blue", "red", "green")
    sides = ("美国", "中国")
    assert series_colors(["中国出货", "美国出货"], sides, palette) == ("red", "blue")
    assert series_colors(["合计", "中国"], sides, palette) == ("green", "red")
    assert series_colors(["a", "b", "c", "d"], (), palette) == ("blue", "red", "green", "blue")


def test_series_of_no_side_take_the_colours_of_sides_that_are_not_there_before_two_are_alike() -> (
    None
):
    sides, palette = ["美国", "中国"], ("blue", "red", "green")
    assert series_colors(["Q1", "Q2", "Q3"], sides, palette) == ("green", "blue", "red")
    assert series_colors(["Q1", "中国", "Q2"], sides, palette) == ("green", "red", "blue")
