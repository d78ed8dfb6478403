"""One to three figures with what they count in -> a slide of very large numbers.

Chosen for a paragraph, or each item of a short list, that begins with a figure in
bold ("**37.5%** of all ..."), and for a chart of a single number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, set_at
from exporters.powerpoint.layouts import FIRST_INDEX, caption_box, framed, words_above
from exporters.powerpoint.passages import Passage, cut
from exporters.powerpoint.plan import FURNITURE, Placeholder, Text, TextParagraph, TextRun
from exporters.powerpoint.slide_items import without_colon, without_separator
from report_data.expressions import when_used

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.geometry import Pt
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Layout, Shape
    from exporters.theme import SlideTokens, Type
    from report_data.charts import Chart
    from report_data.ids import BlockId

_MOST = 3
"""The most figures on a slide: more are a table."""

_UPPER = 0.5
"""The part of the area over which a number stands; what it counts is below."""

_LEAST_TEXT = 2
"""Fewer characters after a figure say nothing of what it counts."""

_MOST_LINES = 3
"""The most lines of text under a figure; more text is told by another layout."""

_SIGNS = r"[<>≤≥≈~约近超逾±+\-−–]{0,2}\s?"
_NUMBER = r"\d+(?:[,.]\d+)*(?:\s?[-–~～]\s?\d+(?:[,.]\d+)*)?"
_UNIT = (
    r"\s?(?:%|％|‰|倍|[x×](?!\w)|个百分点|(?:十|百|千)?[万亿](?:美元|欧元|日元|元|人|台|家|吨)?"
    r"|(?:美|欧|日)?元|兆円|億円|万円|億|(?:thousand|million|billion|trillion|bn|percent)\b)"
)
_DIGIT = re.compile(r"\d")
_FIGURE = when_used(rf"{_SIGNS}(?:[¥￥$€£]\s?{_NUMBER}(?:{_UNIT})?|{_NUMBER}{_UNIT})")
"""A figure that is meant as one: with a currency or a unit; "800G" and "2025" are names."""

_ANY_FIGURE = when_used(
    rf"{_SIGNS}(?:[¥￥$€£]\s?)?{_NUMBER}(?:{_UNIT}|\s?[A-Za-zµμ°/]{{1,5}}(?![A-Za-z]))?"
)
"""What an author who asks for this layout may mean by a figure."""


class Count(Struct, frozen=True):
    """A figure, and what it counts."""

    name: BlockId
    figure: tuple[TextRun, ...]
    passages: tuple[Passage, ...]
    ids: tuple[BlockId, ...]


def layout_of(count: int) -> str:
    """Return the key of the layout of so many figures."""
    return f"number-{count}"


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layouts, one for each count of figures."""
    return tuple(_layout(tokens, count) for count in range(1, _MOST + 1))


def _layout(tokens: SlideTokens, count: int) -> Layout:
    own: list[Placeholder] = []
    for index, (upper, lower) in enumerate(_boxes(tokens.content, count, tokens)):
        figure = Placeholder(
            f"figure-{index + 1}",
            "body",
            upper,
            (tokens.number_steps[0],),
            FIRST_INDEX + 2 * index,
            color="structure",
            anchor="b",
        )
        text = Placeholder(
            f"text-{index + 1}",
            "body",
            lower,
            (tokens.body_steps[0],),
            FIRST_INDEX + 2 * index + 1,
            color="ink",
        )
        own += [figure, text]
    caption = caption_box(tokens, "caption", tokens.content.y)
    return framed(tokens, layout_of(count), "cust", words_above(tokens), caption, *own)


def _boxes(
    area: Rect, count: int, tokens: SlideTokens, step: Type | None = None
) -> tuple[tuple[Rect, Rect], ...]:
    """Return each figure's box, no higher than its type needs, and the box of what it counts."""
    upper, gap = area.height * _UPPER, tokens.gutter
    if step is not None:
        upper = min(upper, step.leading + 2 * gap)
    return tuple(
        (
            Rect(column.x, column.y, column.width, upper),
            Rect(column.x, column.y + upper + gap, column.width, column.height - upper - gap),
        )
        for column in area.columns(count, tokens.gutter * 2)
    )


def pages(
    atoms: Sequence[Atom], desk: Desk, intro: Intro | None = None, *, sure: bool = False
) -> list[Page] | None:
    """Return the slide of figures; ``None`` when the text does not begin with such, or too many.

    ``sure`` takes any number at the beginning, bold or not: the author has asked for it.
    """
    if not 0 < len(atoms) <= _MOST:
        return None
    counts = [one for atom in atoms if (one := _count(atom, sure=sure)) is not None]
    if len(counts) != len(atoms):
        return None
    layout = layout_of(len(counts))
    opening, area = desk.intro(layout, intro)
    box = _boxes(area, len(counts), desk.tokens)[0][0]
    figure = _largest_figure([one.figure for one in counts], box, desk)
    boxes = _boxes(area, len(counts), desk.tokens, figure)
    lower = boxes[0][1]
    tokens = desk.tokens
    steps = (*(tokens.lead_steps if len(counts) == 1 else ()), *tokens.body_steps)
    height = lower.height if sure else (_MOST_LINES + 1) * steps[0].leading
    sizes = [largest(desk.ruler, one.passages, steps, lower.width, height) for one in counts]
    if figure is None or not all(sizes):
        return None
    step = min(size for size in sizes if size)
    shapes: list[Shape] = []
    for number, (one, (above, below)) in enumerate(zip(counts, boxes, strict=True), 1):
        large = (TextParagraph(one.figure, figure),)
        shapes.append(desk.text(layout, f"figure-{number}", one.name, large, above))
        text = set_at(one.passages, step)
        shapes.append(desk.text(layout, f"text-{number}", one.name, text, below))
    ids = (*(intro.ids if intro else ()), *(one for count in counts for one in count.ids))
    return [Page(layout, (*opening, *shapes), (), ids)]


def drawn(chart: Chart, area: Rect, desk: Desk) -> list[Text]:
    """Return the last number of a chart's series and its name: both stand in the table too."""
    one = chart.series[0]
    value = next((value for value in reversed(one.values) if value is not None), None)
    if value is None:
        return []
    from report_data.values import written  # as in `slide_chart`

    figure = (TextRun(written(one.shape, value), furniture=True),)
    box = _boxes(area, 1, desk.tokens)[0][0]
    step = _largest_figure([figure], box, desk) or desk.tokens.number_steps[-1]
    above, below = _boxes(area, 1, desk.tokens, step)[0]
    name = TextParagraph((TextRun(one.name, furniture=True),), desk.tokens.heading)
    large, layout = TextParagraph(figure, step), layout_of(1)
    return [
        desk.text(layout, "figure-1", f"{FURNITURE}number", (large,), above),
        desk.text(layout, "text-1", f"{FURNITURE}name", (name,), below),
    ]


def _count(atom: Atom, *, sure: bool) -> Count | None:
    """Return an atom's figure and the rest, if it begins with one."""
    first, *rest = atom.passages
    if rest or first.kind not in {"text", "item"} or first.level:
        return None
    text = first.text
    if sure:
        found = _ANY_FIGURE.match(text)
        end = found.end() if found else 0
    else:
        end = _bold(first.runs)
        bold = text[:end]
        if not _DIGIT.search(bold) or not _FIGURE.fullmatch(bold.rstrip("：: ")):
            return None
    figure, said = cut(first.runs, end)
    said = without_separator(said)
    if len("".join(run.text for run in said)) < _LEAST_TEXT or not figure:
        return None
    return Count(atom.ids[0], without_colon(figure), (Passage(said),), atom.ids)


def _bold(runs: Sequence[TextRun]) -> int:
    """Return how many characters the leading bold runs have."""
    end = 0
    for run in runs:
        if not run.bold:
            break
        end += len(run.text)
    return end


def _largest_figure(figures: Sequence[tuple[TextRun, ...]], box: Rect, desk: Desk) -> Type | None:
    """Return the largest size at which each figure stands on one line of its box."""
    for step in desk.tokens.number_steps:
        width: Pt = max(desk.ruler.sure_width(figure, step) for figure in figures)
        if width <= box.width and step.leading <= box.height:
            return step
    return None
