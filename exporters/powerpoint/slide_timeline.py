"""A list in -> a timeline: one line, a dot a period, its name above, its text below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import set_at
from exporters.powerpoint.layouts import FIRST_INDEX, framed, words_above
from exporters.powerpoint.plan import FURNITURE, Drawing, Placeholder, TextParagraph
from exporters.powerpoint.slide_items import pages_of, portions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.geometry import Pt
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Layout, Shape
    from exporters.powerpoint.slide_items import Item
    from exporters.theme import SlideTokens, Type

_MOST = 4
"""The most periods on a slide where there are many: narrow columns are hard to read from afar."""

_FIVE, _FIVE_LINES = 5, 6
"""Five stand on one slide if none has more lines than this: two slides would be half empty."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layouts, one for each count of periods."""
    return tuple(_layout(tokens, count) for count in range(2, _FIVE + 1))


def _layout(tokens: SlideTokens, count: int) -> Layout:
    own: list[Placeholder] = []
    for index, (head, text) in enumerate(_boxes(tokens.content, count, tokens)):
        own += [
            Placeholder(
                f"head-{index + 1}",
                "body",
                head,
                (tokens.heading,),
                FIRST_INDEX + 2 * index,
                color="structure",
                anchor="b",
            ),
            Placeholder(
                f"text-{index + 1}",
                "body",
                text,
                (tokens.body_steps[0],),
                FIRST_INDEX + 2 * index + 1,
            ),
        ]
    return framed(tokens, f"timeline-{count}", "cust", words_above(tokens), *own)


def _boxes(area: Rect, count: int, tokens: SlideTokens) -> tuple[tuple[Rect, Rect], ...]:
    """Return each period's boxes: its name above the line, its text below."""
    head = 2 * tokens.heading.leading
    below = head + 2 * tokens.dot + 2 * tokens.label_gap
    return tuple(
        (
            Rect(column.x, column.y, column.width, head),
            Rect(column.x, column.y + below, column.width, column.height - below),
        )
        for column in area.columns(count, tokens.gutter * 2)
    )


def pages(items: Sequence[Item], desk: Desk, intro: Intro | None = None) -> list[Page] | None:
    """Return slides of timelines; ``None`` when a period cannot hold its text."""
    if len(items) == _FIVE:
        page = _page(items, desk, intro, _FIVE_LINES)
        if page is not None:
            return [page]
    return pages_of(portions(items, _MOST), _page, desk, intro)


def _page(
    items: Sequence[Item], desk: Desk, intro: Intro | None, most_lines: int | None = None
) -> Page | None:
    count = max(len(items), 2)
    layout = f"timeline-{count}"
    opening, area = desk.intro(layout, intro)
    tokens, ruler = desk.tokens, desk.ruler
    boxes = _boxes(area, count, tokens)
    heads = _heads(items, boxes[0][0], desk)
    if heads is None:
        return None
    for step in (tokens.lead_steps[-1], *tokens.body_steps):
        texts = [set_at(item.passages, step) for item in items]
        if all(
            ruler.height(text, box.width) + step.leading <= _room(box, step, most_lines)
            for text, (_, box) in zip(texts, boxes, strict=False)
        ):
            break
    else:
        return None
    shapes: list[Shape] = []
    axis = boxes[0][0].bottom + tokens.label_gap + tokens.dot / 2
    line = Rect(area.x, axis - tokens.timeline / 2, area.width, tokens.timeline)
    shapes.append(desk.rule("line", line, "hairline"))
    for number, (item, (head, below), text) in enumerate(zip(items, boxes, texts, strict=False), 1):
        dot = Rect(head.x, axis - tokens.dot / 2, tokens.dot, tokens.dot)
        shapes.append(Drawing(f"{FURNITURE}dot", dot, "structure", "ellipse"))
        if item.label:
            label = (TextParagraph(item.label, heads),)
            shapes.append(desk.text(layout, f"head-{number}", item.name, label, head))
        if text:
            shapes.append(desk.text(layout, f"text-{number}", item.name, text, below))
    ids = (*(intro.ids if intro else ()), *(one for item in items for one in item.ids))
    return Page(layout, (*opening, *shapes), (), ids)


def _room(box: Rect, step: Type, lines: int | None) -> Pt:
    """Return the height that a period's text may have, in points, a line in reserve."""
    return box.height if lines is None else min(box.height, (lines + 1) * step.leading)


def _heads(items: Sequence[Item], box: Rect, desk: Desk) -> Type | None:
    """Return the size at which every period's name fits one line, else two.

    A date over two lines ends in the middle of one: 2027 年 10 月 1 / 日.
    """
    usual = (desk.tokens.heading, desk.tokens.subheading)
    small = (step._replace(bold=True) for step in desk.tokens.body_steps[1:])
    for steps, most in (((*usual, *small), 1), (usual, 2)):
        for step in steps:
            labels = (item.label for item in items if item.label)
            if all(desk.ruler.sure_lines(one, step, box.width) <= most for one in labels):
                return step
    return None
