"""A table in -> slides with a native table: whole, continued in balanced parts, or an excerpt.

Type steps down to its floor, and the words beside a table leave it, before it is
parted (`table_slides`). What three slides cannot hold is shown by its first rows
when the same run's workbook has it whole, and says so; else it goes on, up to
`table_slides.MOST_SLIDES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.powerpoint import slide_content, slide_takeaway
from exporters.powerpoint.layouts import caption_box, framed, own_box
from exporters.powerpoint.table_slides import LAYOUT, Manner, TablePlanner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporters.powerpoint.desk import Desk, Intro, Page
    from exporters.powerpoint.plan import Layout
    from exporters.theme import SlideTokens
    from report_data.model import Table

_TIGHT_ROWS = 15
"""So many rows may fit one slide in tight lines: better than two that are half empty."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    return (layout(tokens, LAYOUT, "tbl"),)


def layout(tokens: SlideTokens, key: str, kind: str) -> Layout:
    """Return the layout of a table without words beside it."""
    area = tokens.content
    return framed(
        tokens,
        key,
        kind,
        caption_box(tokens, "caption", area.y),
        own_box("grid", "tbl", tokens),
        caption_box(tokens, "notice", area.bottom - tokens.section_label.leading),
    )


ORDINARY = Manner()
TIGHT = Manner(tight=True)


def pages(
    table: Table,
    desk: Desk,
    intro: Intro | None = None,
    outro: Intro | None = None,
    heading: str = "",
    manner: Manner = ORDINARY,
    longer: Manner | None = None,
) -> list[Page]:
    """Return the slides of a table.

    ``heading`` names it where it has no caption. ``longer`` is the manner of a table
    that one slide does not hold.
    """
    note, outro = (outro, None) if outro and outro.note else (None, outro)
    planner = TablePlanner(table, desk, heading, manner)
    if whole := planner.whole(intro, outro or note):
        return [whole]
    before = slide_content.alone(intro, desk) if intro else []
    after = slide_content.alone(outro, desk) if outro else []
    found: list[Page] | None = None
    if (outro or note) and (whole := planner.whole(intro, None)):
        found = [whole]
    elif intro and (whole := planner.whole(None, note)):
        found = [*before, whole]
    if found is None:
        for closer in _closer(table, manner, longer):
            planner = TablePlanner(table, desk, heading, closer)
            if whole := planner.whole(intro, note):
                found = [whole]
            elif whole := planner.whole(None, note):
                found = [*before, whole]
            if found:
                break
    if found is None:
        found = planner.parts(intro)
    return [*_with_note(found, note, desk), *after]


def _closer(table: Table, manner: Manner, longer: Manner | None) -> Iterator[Manner]:
    """Yield the manners of a table that one slide does not hold, the tight one for few rows."""
    if manner is ORDINARY and len(table.rows) <= _TIGHT_ROWS:
        yield TIGHT
    if longer is not None:
        yield longer


def _with_note(found: list[Page], note: Intro | None, desk: Desk) -> list[Page]:
    """Return a table's slides with the note under the last of them, or on one of its own."""
    if note is None or any(note.ids[0] in page.ids for page in found):
        return found
    *first, last = found
    bottom = max(shape.rect.bottom for shape in last.shapes)
    text = slide_takeaway.below(
        note, replace(desk.tokens.content, height=bottom - desk.tokens.content.y), desk
    )
    if text.rect.bottom > desk.tokens.content.bottom:
        return [*found, *slide_content.alone(note, desk)]
    shapes = (*last.shapes, text)
    ids = (*last.ids, *note.ids)
    return [*first, replace(last, layout=slide_takeaway.LAYOUT, shapes=shapes, ids=ids)]
