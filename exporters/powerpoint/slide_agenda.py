"""The top sections in -> the agenda: a line each, the whole line a link to its slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.layouts import AGENDA_ROWS, agenda_boxes
from exporters.powerpoint.plan import FURNITURE, Text, TextParagraph, TextRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.plan import Shape
    from report_data.ids import BlockId

LAYOUT = "agenda"
_A_SLIDE = 2 * AGENDA_ROWS


def pages(entries: Sequence[tuple[BlockId, tuple[TextRun, ...]]], desk: Desk) -> list[Page]:
    """Return the agenda's slides: ids and titles of sections in order."""
    count = -(-len(entries) // _A_SLIDE)
    size = -(-len(entries) // count) if count else 0
    return [_page(entries[at : at + size], desk) for at in range(0, len(entries), size or 1)]


def _page(entries: Sequence[tuple[BlockId, tuple[TextRun, ...]]], desk: Desk) -> Page:
    boxes = agenda_boxes(desk.tokens, len(entries))
    hairline = desk.tokens.hairline
    shapes: list[Shape] = []
    for number, ((block, runs), box) in enumerate(zip(entries, boxes, strict=True), 1):
        text = _fitted(runs, box, desk)
        shapes.append(
            Text(f"{FURNITURE}agenda-{number}", f"entry-{number}", box, (text,), link=f"#{block}")
        )
        rule = Rect(box.x, box.bottom - hairline, box.width, hairline)
        shapes.append(desk.rule("rule", rule, "hairline"))
    return Page(LAYOUT, tuple(shapes))


def _fitted(runs: tuple[TextRun, ...], box: Rect, desk: Desk) -> TextParagraph:
    """Return an entry at the largest size that fits its line; what is too long loses its end."""
    plain = tuple(
        TextRun(run.text, code=run.code, baseline=run.baseline, furniture=True) for run in runs
    )
    for step in (desk.tokens.agenda, *desk.tokens.body_steps[1:], desk.tokens.section_label):
        lines = int(box.height / step.leading)
        if desk.ruler.sure_lines(plain, step, box.width) <= lines:
            return TextParagraph(plain, step)
    return TextParagraph(desk.ruler.beginning(plain, step, box.width, lines), step)
