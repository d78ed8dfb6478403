"""Two sides in -> slides of two halves, each opened by a rule in its colour with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, parts, passages_of, set_at
from exporters.powerpoint.layouts import halves
from exporters.powerpoint.plan import TextParagraph
from exporters.powerpoint.slide_items import colored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Shape, TextRun
    from exporters.theme import Type
    from report_data.ids import BlockId

LAYOUT = "comparison"

_MOST_HEAD_LINES = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its name (may be empty) and what is said of it."""

    name: BlockId
    title: tuple[TextRun, ...]
    atoms: tuple[Atom, ...]
    ids: tuple[BlockId, ...]


def pages(sides: tuple[Side, Side], desk: Desk, intro: Intro | None = None) -> list[Page] | None:
    """Return the slides of a comparison; ``None`` when a side cannot be laid out in a half."""
    tokens, ruler = desk.tokens, desk.ruler
    opening, area = desk.intro(LAYOUT, intro)
    boxes = halves(area, tokens.gutter)
    head = _head(sides, boxes[0].width, desk)
    if head is None:
        return None
    head_type, head_height = head
    top = tokens.series_rule + 2 * tokens.label_gap
    gap = 2 * tokens.label_gap if head_height else 0.0
    bodies = [
        Rect(
            box.x, box.y + top + head_height + gap, box.width, box.height - top - head_height - gap
        )
        for box in boxes
    ]
    split: list[list[Sequence[Atom]]] = []
    step = _step(sides, bodies[0], desk)
    if step:
        split = [[side.atoms for side in sides]]
    else:
        step = tokens.body_steps[-1]
        runs = [parts(ruler, side.atoms, step, bodies[0].width, bodies[0].height) for side in sides]
        if any(
            largest(ruler, passages_of(run), (step,), bodies[0].width, bodies[0].height) is None
            for side_runs in runs
            for run in side_runs
        ):
            return None
        split = [
            [run[index] if index < len(run) else () for run in runs]
            for index in range(max(map(len, runs)))
        ]
    result = []
    for index, halves_of in enumerate(split):
        shapes: list[Shape] = list(opening) if index == 0 else []
        ids: list[BlockId] = list(intro.ids) if intro and index == 0 else []
        for ordinal, (side, atoms, box, body) in enumerate(
            zip(sides, halves_of, boxes, bodies, strict=True)
        ):
            key = ("left", "right")[ordinal]
            text = "".join(run.text for run in side.title)
            role = desk.side(text) or f"series-{ordinal + 1}"
            rule = Rect(box.x, box.y, box.width, tokens.series_rule)
            shapes.append(desk.rule("rule", rule, role))
            if side.title:
                place = Rect(box.x, box.y + top, box.width, head_height)
                name = side.name if index == 0 else "triptych:side"
                title = (TextParagraph(colored(side.title, role), head_type),)
                shapes.append(desk.text(LAYOUT, f"{key}-head", name, title, place))
            if atoms:
                paragraphs = set_at(passages_of(atoms), step)
                shapes.append(desk.text(LAYOUT, key, side.name, paragraphs, body))
            ids += side.ids if index == 0 else ()
        result.append(Page(LAYOUT, tuple(shapes), (), tuple(ids)))
    return result


def _head(sides: tuple[Side, Side], width: float, desk: Desk) -> tuple[Type, float] | None:
    """Return the type of the sides' names and the height of the taller one."""
    if not any(side.title for side in sides):
        return desk.tokens.heading, 0.0
    for step in (desk.tokens.heading, desk.tokens.subheading):
        lines = max(desk.ruler.lines(side.title, step, width) for side in sides)
        if lines <= _MOST_HEAD_LINES:
            return step, lines * step.leading
    return None


def _step(sides: tuple[Side, Side], body: Rect, desk: Desk) -> Type | None:
    """Return the largest size at which both sides fit."""
    for step in desk.tokens.body_steps:
        if all(
            largest(desk.ruler, passages_of(side.atoms), (step,), body.width, body.height)
            for side in sides
        ):
            return step
    return None
