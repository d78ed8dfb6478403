"""A list in -> cards: a label and its text on a ground, a rule at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import set_at
from exporters.powerpoint.layouts import FIRST_INDEX, framed, words_above
from exporters.powerpoint.plan import Placeholder, TextParagraph
from exporters.powerpoint.slide_items import colored, pages_of, portions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Layout, Shape
    from exporters.powerpoint.slide_items import Item
    from exporters.theme import SlideTokens, Type

_MOST = 6
"""The most cards on a slide; what is more continues."""

_A_ROW = 3
"""The most cards side by side: three columns are the narrowest that hold a sentence."""

_LEAST_PART = 0.6
"""Cards in one row are at least this part of the content's height: few words do not look lost."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layouts, one for each count of cards."""
    return tuple(_layout(tokens, count) for count in range(2, _MOST + 1))


def _layout(tokens: SlideTokens, count: int) -> Layout:
    own = (
        Placeholder(
            f"text-{number}",
            "body",
            box,
            (tokens.body_steps[0],),
            FIRST_INDEX + number - 1,
            fill="surface",
            insets=tokens.card,
        )
        for number, box in enumerate(_boxes(tokens.content, count, tokens), 1)
    )
    return framed(tokens, f"cards-{count}", "cust", words_above(tokens), *own)


def _boxes(area: Rect, count: int, tokens: SlideTokens) -> tuple[Rect, ...]:
    """Return the boxes of cards: one row up to three, else two rows."""
    gutter = tokens.gutter
    if count <= _A_ROW:
        return area.columns(count, gutter)
    across = (count + 1) // 2
    height = (area.height - gutter) / 2
    rows = (
        Rect(area.x, area.y, area.width, height),
        Rect(area.x, area.y + height + gutter, area.width, height),
    )
    return tuple(box for row in rows for box in row.columns(across, gutter))[:count]


def pages(items: Sequence[Item], desk: Desk, intro: Intro | None = None) -> list[Page] | None:
    """Return slides of cards; ``None`` when a card cannot hold its text."""
    return pages_of(portions(items, _MOST), _page, desk, intro)


def are_large(items: Sequence[Item], desk: Desk) -> bool:
    """Return whether cards of one slide hold their text without the smallest type."""
    boxes = _boxes(desk.tokens.content, len(items), desk.tokens)
    return _fitted(items, boxes[0], desk, sparing=1) is not None


def _page(items: Sequence[Item], desk: Desk, intro: Intro | None) -> Page | None:
    count = max(len(items), 2)
    layout = f"cards-{count}"
    opening, area = desk.intro(layout, intro)
    boxes = _boxes(area, count, desk.tokens)
    fitted = _fitted(items, boxes[0], desk)
    if fitted is None:
        return None
    texts, needed = fitted
    height = boxes[0].height
    if count <= _A_ROW:
        height = max(needed, height * _LEAST_PART)
    shapes: list[Shape] = []
    for number, (item, box, text) in enumerate(zip(items, boxes, texts, strict=False), 1):
        place = Rect(box.x, box.y, box.width, height)
        shapes.append(desk.text(layout, f"text-{number}", item.name, text, place))
        rule = Rect(box.x, box.y, box.width, desk.tokens.series_rule)
        shapes.append(desk.rule("rule", rule, _role(item, desk)))
    ids = (*(intro.ids if intro else ()), *(one for item in items for one in item.ids))
    return Page(layout, (*opening, *shapes), (), ids)


def _fitted(
    items: Sequence[Item], box: Rect, desk: Desk, *, sparing: int = 0
) -> tuple[list[tuple[TextParagraph, ...]], float] | None:
    """Return the texts at the largest size at which each fits a card, and the height needed.

    So many of the smallest sizes are not tried.
    """
    insets = desk.tokens.card
    steps = (desk.tokens.lead_steps[-1], *desk.tokens.body_steps)
    for step in steps[: len(steps) - sparing]:
        texts = [_paragraphs(item, step, desk) for item in items]
        inner = box.inset(insets).width
        tallest = max(desk.ruler.height(text, inner, sure=True) for text in texts)
        needed = tallest + step.leading + insets.top + insets.bottom
        if needed <= box.height:
            return texts, needed
    return None


def _role(item: Item, desk: Desk) -> str:
    return desk.side("".join(run.text for run in item.label)) or "structure"


def _paragraphs(item: Item, step: Type, desk: Desk) -> tuple[TextParagraph, ...]:
    text = set_at(item.passages, step)
    if not item.label:
        return text
    size = max(desk.tokens.subheading, step)
    label = TextParagraph(colored(item.label, _role(item, desk)), size)
    first = tuple(replace(one, before=desk.tokens.label_gap) for one in text[:1])
    return (label, *first, *text[1:])
