"""The width that a text surely has, with what a host sets between its scripts."""

from __future__ import annotations

import pytest
from decks import fonts

from exporters.powerpoint.fit import Ruler, largest
from exporters.powerpoint.passages import Passage
from exporters.powerpoint.plan import TextParagraph, TextRun
from exporters.theme import Type

STEP = Type(20, 30)
A_GAP = 0.28 * STEP.size


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("光电共封装", 0),
        ("optics", 0),
        ("光电CPO", 0),  # the composer's own gap, in its width already
        ("光电 CPO", 1),
        ("光电 CPO 封装", 2),
        ("美国：NVIDIA", 1),
        ("光（CPO）电", 2),
        ("元/人/月", 4),
        ("光  电", 0),
    ],
)
def test_gaps_of_the_host_count(text: str, gaps: int) -> None:
    ruler, runs = Ruler(fonts("zh-Hans")), (TextRun(text),)
    more = ruler.sure_width(runs, STEP) - ruler.natural(runs, STEP)
    assert more == pytest.approx(gaps * A_GAP)


@pytest.mark.parametrize(("text", "marks"), [("《协议》", 2), ("营收（亿元）", 1), ("协议", 0)])
def test_marks_at_the_ends_of_a_line_are_as_wide_as_any_in_a_host(text: str, marks: int) -> None:
    ruler, runs = Ruler(fonts("zh-Hans")), (TextRun(text),)
    assert ruler.natural(runs, STEP) == pytest.approx((len(text) - marks / 2) * STEP.size)
    assert ruler.sure_width(runs, STEP) == pytest.approx(len(text) * STEP.size)


def test_a_sure_height_has_room_for_every_line_that_a_host_may_add() -> None:
    ruler, step = Ruler(fonts("zh-Hans")), STEP
    lines = [TextParagraph((TextRun("放量突破 6.84 元，MACD 柱状图"),), step) for _ in range(4)]
    widths = [ruler.natural(line.runs, step) + 1 for line in lines]
    assert ruler.height(lines, widths[0]) == 4 * step.leading
    assert ruler.height(lines, widths[0], sure=True) == 8 * step.leading


def test_a_text_that_a_host_sets_a_hair_wider_than_its_line_takes_two() -> None:
    ruler, runs = Ruler(fonts("zh-Hans")), (TextRun("看涨分析师的核心论点："),)
    assert ruler.sure_lines(runs, STEP, 11 * STEP.size) == 1
    assert ruler.sure_lines(runs, STEP, 11 * STEP.size - 0.2) == 2


def test_in_a_narrow_column_every_paragraph_may_take_a_line_more() -> None:
    ruler, step = Ruler(fonts("zh-Hans")), Type(14, 21)
    text = (TextRun("基准（6.70 元）止损（6.60 元）"),)
    natural, sure = ruler.natural(text, step), ruler.sure_width(text, step)
    items = [Passage(text)] * 6
    width = (natural + sure) / 2
    assert ruler.lines(text, step, width) == 1
    assert ruler.sure_lines(text, step, width) == 2
    height = 6 * 21 + 5 * 0.45 * 21 + 21 + 1
    assert largest(ruler, items, (step,), width, height) is None
    assert largest(ruler, items, (step,), sure + 1, height) == step
