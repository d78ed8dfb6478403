"""Column widths and row runs: the laws they keep, and cases with the arithmetic beside them."""

from __future__ import annotations

from math import fsum, isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exporters.layout.table import column_widths, names_rows, side, split_rows, tails

WIDTH = st.floats(min_value=0, max_value=2000, allow_nan=False)
COLUMNS = st.lists(st.tuples(WIDTH, WIDTH), min_size=1, max_size=12)


def test_what_fits_on_one_line_shares_the_rest_in_proportion() -> None:
    assert column_widths((10, 30), (5, 5), 80) == (20, 60)  # 80 / 40 = 2


def test_labels_keep_their_line_beside_prose() -> None:
    # an equal share is 100, of which 60 are short; the prose shares 300 - 50 by the root
    assert column_widths((50, 400, 400), (20, 20, 20), 300) == (50, 125, 125)


def test_prose_of_four_times_the_length_is_twice_as_wide() -> None:
    first, second = column_widths((400, 1600), (10, 10), 300)
    assert isclose(second, 2 * first)


def test_where_minima_do_not_fit_the_widest_give_way() -> None:
    assert column_widths((500, 500), (300, 100), 200) == (100, 100)
    assert column_widths((50, 900, 20, 900), (20, 700, 10, 600), 230) == (20, 100, 10, 100)


def test_no_columns() -> None:
    assert column_widths((), (), 100) == ()


@given(COLUMNS, st.floats(min_value=1, max_value=2000))
def test_widths_sum_to_what_is_available(columns: list[tuple[float, float]], wide: float) -> None:
    natural, minimum = zip(*columns, strict=True)
    widths = column_widths(natural, minimum, wide)
    assert isclose(fsum(widths), wide, rel_tol=1e-9)
    assert all(width >= 0 for width in widths)


@given(COLUMNS, st.floats(min_value=1, max_value=2000))
def test_minima_hold_while_they_fit(columns: list[tuple[float, float]], wide: float) -> None:
    natural, minimum = zip(*columns, strict=True)
    assume(fsum(minimum) <= wide)
    for width, least in zip(column_widths(natural, minimum, wide), minimum, strict=True):
        assert width >= least - 1e-6


@given(st.data(), COLUMNS, st.floats(min_value=1, max_value=2000))
def test_the_order_of_columns_does_not_matter(
    data: st.DataObject, columns: list[tuple[float, float]], wide: float
) -> None:
    order = data.draw(st.permutations(range(len(columns))))
    natural, minimum = zip(*columns, strict=True)
    widths = column_widths(natural, minimum, wide)
    mixed = column_widths([natural[at] for at in order], [minimum[at] for at in order], wide)
    for place, at in enumerate(order):
        assert isclose(mixed[place], widths[at], rel_tol=1e-9, abs_tol=1e-6)


def test_runs_are_filled() -> None:
    assert split_rows([10] * 10, 25, 45) == ((0, 2), (2, 6), (6, 10))


def test_balanced_runs_are_about_equal() -> None:
    assert split_rows([10] * 10, 45, 45, balanced=True) == ((0, 3), (3, 7), (7, 10))


def test_a_first_row_that_fits_only_the_next_run_leaves_the_first_empty() -> None:
    assert split_rows([50, 10], 20, 60) == ((0, 0), (0, 2))


def test_a_row_taller_than_a_run_stands_alone() -> None:
    assert split_rows([10, 100, 10], 50, 50) == ((0, 1), (1, 2), (2, 3))


@given(
    st.lists(st.floats(min_value=0.1, max_value=120), max_size=60),
    st.floats(min_value=1, max_value=200),
    st.floats(min_value=50, max_value=200),
    st.booleans(),
)
def test_every_row_stands_in_one_run_and_runs_fit(
    heights: list[float],
    first: float,
    following: float,
    balanced: bool,  # noqa: FBT001  hypothesis gives it by name
) -> None:
    runs = split_rows(heights, first, following, balanced=balanced)
    assert [row for start, end in runs for row in range(start, end)] == list(range(len(heights)))
    for number, (start, end) in enumerate(runs):
        limit = following if number else first
        assert end - start <= 1 or fsum(heights[start:end]) <= limit + 1e-5


@given(st.lists(st.floats(min_value=1, max_value=40), min_size=1, max_size=60))
def test_balancing_takes_no_more_runs(heights: list[float]) -> None:
    assert len(split_rows(heights, 80, 80, balanced=True)) <= len(split_rows(heights, 80, 80))


def test_a_first_column_of_prose_names_no_rows() -> None:
    prose = "自开通以来，全线累计发送旅客五千四百二十万人次，货物六千三百八十万吨。"
    assert names_rows(["收入", "成本", ""])
    assert names_rows(["Net revenue from contracts with customers", "Cost"])
    assert not names_rows([prose, prose, "短"])
    assert names_rows([prose, "短"])
    assert names_rows([])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1,284.6", "(490.7)", "0.41"], "right"),
        (["12.3%", "n.m.", "–", "57.3 %"], "right"),
        (["$1.2M", "-3", "−4 亿元", "２０"], "right"),
        (["12", "twelve"], "left"),
        (["–", "–", "", "1"], "right"),
        (["N/A", ""], "right"),
        (["3.1% ↑", "-1.8pct", "▼", "→ 0.0%", "0.12pct ↑", "持平"], "right"),
        (["128", "145", "120（预测）", "80% (first year)"], "left"),
        (["128", "145", "120（预测）"], "right"),
        (["▲", "n.m."], "right"),
        (["3（三）", "第二"], "left"),
        (["", " "], "left"),
        ([], "left"),
    ],
)
def test_figures_stand_at_the_right(texts: list[str], expected: str) -> None:
    assert side("default", 1, texts) == expected
    assert side("default", 0, texts) == "left"
    assert side("center", 1, texts) == "center"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["0.0074", "—", "0.054", "1,204"], {"0.0074": ".0074", "0.054": ".054", "1,204": ""}),
        (["12.5%", "8%"], {"12.5%": ".5%", "8%": "%"}),
        (["(18.3)", "4.1", "n.m."], {"(18.3)": ".3)", "4.1": ".1"}),
        (["1.2", "3.4"], {}),
        (["1.2亿", "300万", "3.25亿"], {}),
        (["10", "20"], {}),
        (["甲", "0.5"], {}),
    ],
)
def test_figures_line_up_at_their_points_where_units_agree(
    texts: list[str], expected: dict[str, str]
) -> None:
    assert tails(texts) == expected
