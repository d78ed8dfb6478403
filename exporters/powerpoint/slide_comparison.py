"""Two sides in -> a slide of two halves, each opened by a rule in its colour with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, passages_of, set_at, shortened
from exporters.powerpoint.layouts import FIRST_INDEX, framed, words_above
from exporters.powerpoint.plan import Placeholder, TextParagraph
from exporters.powerpoint.slide_items import colored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.passages import Atom, Passage
    from exporters.powerpoint.plan import Layout, Shape, TextRun
    from exporters.theme import SlideTokens, Type
    from report_data.ids import BlockId

LAYOUT = "comparison"

_MOST_HEAD_LINES = 2


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    own: list[Placeholder] = []
    for ordinal, (side, half) in enumerate(
        zip(("left", "right"), _halves(tokens.content, tokens), strict=True)
    ):
        top = half.y + tokens.series_rule + 2 * tokens.label_gap
        head = Rect(half.x, top, half.width, tokens.heading.leading)
        below = head.bottom + 2 * tokens.label_gap
        own += [
            Placeholder(
                f"{side}-head",
                "body",
                head,
                (tokens.heading,),
                FIRST_INDEX + 2 * ordinal,
                color=f"series-{ordinal + 1}",
            ),
            Placeholder(
                side,
                "body",
                Rect(half.x, below, half.width, half.bottom - below),
                (tokens.body_steps[0],),
                FIRST_INDEX + 2 * ordinal + 1,
                bullets=True,
            ),
        ]
    return (framed(tokens, LAYOUT, "twoTxTwoObj", words_above(tokens), *own),)


def _halves(area: Rect, tokens: SlideTokens) -> tuple[Rect, Rect]:
    """Return the two sides, parted by two gutters."""
    left, right = area.columns(2, tokens.gutter * 2)
    return left, right


class Side(Struct, frozen=True):
    """One side: its name (may be empty) and what is said of it."""

    name: BlockId
    title: tuple[TextRun, ...]
    atoms: tuple[Atom, ...]
    ids: tuple[BlockId, ...]


def pages(sides: tuple[Side, Side], desk: Desk, intro: Intro | None = None) -> list[Page] | None:
    """Return the slide of a comparison; ``None`` when a side does not fit its half.

    A comparison never goes on over slides: what stands side by side must be seen
    side by side, and its order would no longer be the report's.
    """
    tokens = desk.tokens
    opening, area = desk.intro(LAYOUT, intro)
    boxes = _halves(area, tokens)
    head = _head(sides, boxes[0].width, desk)
    if head is None:
        return None
    head_type, head_height = head
    top = tokens.series_rule + 2 * tokens.label_gap
    above = top + head_height + (2 * tokens.label_gap if head_height else 0.0)
    body = Rect(boxes[0].x, area.y + above, boxes[0].width, area.height - above)
    fitted = _fitted(sides, body, desk)
    if fitted is None:
        return None
    step, told, notes = fitted
    shapes: list[Shape] = list(opening)
    for ordinal, (side, atoms, box) in enumerate(zip(sides, told, boxes, strict=True)):
        key = ("left", "right")[ordinal]
        role = desk.side("".join(run.text for run in side.title)) or f"series-{ordinal + 1}"
        shapes.append(desk.rule("rule", Rect(box.x, box.y, box.width, tokens.series_rule), role))
        if side.title:
            place = Rect(box.x, box.y + top, box.width, head_height)
            title = (TextParagraph(colored(side.title, role), head_type),)
            shapes.append(desk.text(LAYOUT, f"{key}-head", side.name, title, place))
        if atoms:
            paragraphs = set_at(passages_of(atoms), step)
            place = Rect(box.x, body.y, body.width, body.height)
            shapes.append(desk.text(LAYOUT, key, side.name, paragraphs, place))
    ids = (*(intro.ids if intro else ()), *(one for side in sides for one in side.ids))
    return [Page(LAYOUT, tuple(shapes), notes, ids)]


def _fitted(
    sides: tuple[Side, Side], body: Rect, desk: Desk
) -> tuple[Type, list[Sequence[Atom]], tuple[Passage, ...]] | None:
    """Return the size at which both sides fit, whole or by their lead sentences, with notes."""
    step = _step([side.atoms for side in sides], body, desk)
    if step:
        return step, [side.atoms for side in sides], ()
    if not desk.with_notes:
        return None
    step = desk.tokens.body_steps[-1]
    told: list[Sequence[Atom]] = []
    notes: list[Passage] = []
    for side in sides:
        short = shortened(desk.ruler, side.atoms, step, body.width, body.height)
        if short is None:
            return None
        told.append(short)
        for whole, part in zip(side.atoms, short, strict=True):
            notes += whole.passages if whole != part else ()
    return step, told, tuple(notes)


def _head(sides: tuple[Side, Side], width: float, desk: Desk) -> tuple[Type, float] | None:
    """Return the type of the sides' names and the height of the taller one."""
    if not any(side.title for side in sides):
        return desk.tokens.heading, 0.0
    for step in (desk.tokens.heading, desk.tokens.subheading):
        lines = max(desk.ruler.sure_lines(side.title, step, width) for side in sides)
        if lines <= _MOST_HEAD_LINES:
            return step, lines * step.leading
    return None


def _step(sides: Sequence[Sequence[Atom]], body: Rect, desk: Desk) -> Type | None:
    """Return the largest size at which both sides fit."""
    for step in desk.tokens.body_steps:
        if all(
            largest(desk.ruler, passages_of(side), (step,), body.width, body.height)
            for side in sides
        ):
            return step
    return None
