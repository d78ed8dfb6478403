"""The top sections in -> the agenda: a line each, the whole line a link to its slide.

A list of the author's own stands so where it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.layouts import FIRST_INDEX, framed
from exporters.powerpoint.plan import FURNITURE, Placeholder, Text, TextParagraph, TextRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Layout, Shape
    from exporters.theme import SlideTokens, Type
    from report_data.ids import BlockId

Entry = TypeVar("Entry")

LAYOUT = "agenda"

_ROWS = 9
"""The most lines in one column, where a slide is high enough."""

_COLUMNS, _SLIDES = 2, 2

LEAST_ENTRIES = 3
"""A report of fewer top sections needs no agenda."""


def most_entries(tokens: SlideTokens) -> int:
    """Return how many lines an agenda has at most.

    One of more than two slides tells nobody what is to come; PowerPoint's own list of
    sections has them all.
    """
    return _SLIDES * _a_slide(tokens)


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    own = (
        Placeholder(
            f"entry-{number}", "body", box, (tokens.agenda,), FIRST_INDEX + number - 1, anchor="ctr"
        )
        for number, box in enumerate(_boxes(tokens, _a_slide(tokens)), 1)
    )
    return (framed(tokens, LAYOUT, "cust", *own),)


def _rows(tokens: SlideTokens) -> int:
    """Return how many lines stand in one column at most: not all slides are high."""
    return max(1, min(_ROWS, int(tokens.content.height / tokens.agenda_pitch[0])))


def _a_slide(tokens: SlideTokens) -> int:
    return _COLUMNS * _rows(tokens)


def _boxes(tokens: SlideTokens, count: int) -> tuple[Rect, ...]:
    """Return the rows of an agenda: one column while its lines stay airy, else two."""
    area = tokens.content
    columns = 1 if count <= _rows(tokens) else _COLUMNS
    a_column = -(-count // columns)
    least, most = tokens.agenda_pitch
    pitch = min(most, max(least, area.height / a_column))
    return tuple(
        Rect(column.x, area.y + row * pitch, column.width, pitch)
        for column in area.columns(columns, tokens.gutter * 2)
        for row in range(a_column)
    )[:count]


def pages(entries: Sequence[tuple[BlockId, tuple[TextRun, ...]]], desk: Desk) -> list[Page]:
    """Return the agenda's slides: ids and titles of sections in order."""
    result = []
    for portion in _portions(entries, desk.tokens):
        boxes = _boxes(desk.tokens, len(portion))
        texts = [
            Text(
                f"{FURNITURE}agenda-{number}",
                f"entry-{number}",
                box,
                (_fitted(runs, box, desk),),
                link=f"#{block}",
            )
            for number, ((block, runs), box) in enumerate(zip(portion, boxes, strict=True), 1)
        ]
        result.append(Page(LAYOUT, _ruled(texts, desk)))
    return result


def pages_of(atoms: Sequence[Atom], desk: Desk, intro: Intro | None = None) -> list[Page] | None:
    """Return a list of the report's own as an agenda; ``None`` when a line cannot hold an item."""
    if intro or any(len(atom.passages) > 1 for atom in atoms):
        return None
    result = []
    for portion in _portions(atoms, desk.tokens):
        boxes = _boxes(desk.tokens, len(portion))
        texts = []
        for number, (atom, box) in enumerate(zip(portion, boxes, strict=True), 1):
            runs = atom.passages[0].runs
            step = _step(runs, box, desk)
            if step is None:
                return None
            line = (TextParagraph(runs, step),)
            texts.append(desk.text(LAYOUT, f"entry-{number}", atom.ids[0], line, box))
        ids = tuple(one for atom in portion for one in atom.ids)
        result.append(Page(LAYOUT, _ruled(texts, desk), (), ids))
    return result


def _portions(entries: Sequence[Entry], tokens: SlideTokens) -> list[Sequence[Entry]]:
    """Part entries into slides evenly."""
    count = -(-len(entries) // _a_slide(tokens))
    size = -(-len(entries) // count) if count else 1
    return [entries[at : at + size] for at in range(0, len(entries), size)]


def _ruled(texts: Sequence[Text], desk: Desk) -> tuple[Shape, ...]:
    """Return lines with a hairline under each."""
    thin = desk.tokens.hairline
    shapes: list[Shape] = []
    for text in texts:
        box = text.rect
        rule = Rect(box.x, box.bottom - thin, box.width, thin)
        shapes += [text, desk.rule("rule", rule, "hairline")]
    return tuple(shapes)


def _fitted(runs: tuple[TextRun, ...], box: Rect, desk: Desk) -> TextParagraph:
    """Return an entry at the largest size that fits its line; what is too long loses its end."""
    plain = tuple(
        TextRun(run.text, code=run.code, baseline=run.baseline, furniture=True) for run in runs
    )
    step = _step(plain, box, desk)
    if step:
        return TextParagraph(plain, step)
    step = desk.tokens.section_label
    lines = int(box.height / step.leading)
    return TextParagraph(desk.ruler.beginning(plain, step, box.width, lines), step)


def _step(runs: tuple[TextRun, ...], box: Rect, desk: Desk) -> Type | None:
    """Return the largest size at which an entry fits its line."""
    for step in (desk.tokens.agenda, *desk.tokens.body_steps[1:], desk.tokens.section_label):
        if desk.ruler.sure_lines(runs, step, box.width) <= int(box.height / step.leading):
            return step
    return None
