"""A last word in -> the closing slide: the heading and its words on the ground of the cover.

No word of it is ours: a report that ends without a last word has no closing slide.
Chosen for the last section of a deck with an agenda, when it is a few sentences.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, passages_of, set_at
from exporters.powerpoint.layouts import BODY, FIRST_INDEX, TITLE
from exporters.powerpoint.plan import Layout, Placeholder
from report_data.expressions import when_used

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.passages import Atom
    from exporters.theme import SlideTokens
    from report_data.ids import BlockId

LAYOUT = "closing"

_FEW = 2
"""A last word is no longer than so many paragraphs."""

_NO_LAST_WORD = when_used(
    r"\W*(?:附[录錄件表]|付録|부록|appendix|annex|licen[cs]e|copyright|disclaimer|免责|版权|changelog)",
    re.IGNORECASE,
)


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    area = tokens.content
    title = Rect(area.x, tokens.size.height * tokens.closing_top, area.width, tokens.closing_title)
    top = title.bottom + tokens.closing_gap
    body = Rect(area.x, top, area.width, area.bottom - top)
    boxes = (
        Placeholder(
            TITLE, "title", title, (tokens.section_title,), color="on_structure", anchor="b"
        ),
        Placeholder(BODY, "body", body, (tokens.lead_steps[0],), FIRST_INDEX, color="on_structure"),
    )
    return (Layout(LAYOUT, LAYOUT, "cust", boxes, ground="structure"),)


def on_dark(layout: Layout) -> Layout:
    """Return the layout for a theme whose slides are dark: there structure is a light colour."""
    boxes = tuple(
        replace(box, color="structure" if box.key == TITLE else "ink")
        for box in layout.placeholders
    )
    return replace(layout, placeholders=boxes, ground="surface")


def is_no_last_word(title: str) -> bool:
    """Return whether a heading names what only happens to stand last: an appendix, a licence."""
    return _NO_LAST_WORD.match(title) is not None


def is_last_word(atoms: Sequence[Atom]) -> bool:
    """Return whether a section's text is short enough, and plain enough, to close with."""
    passages = passages_of(atoms)
    return 0 < len(passages) <= _FEW and all(passage.kind == "text" for passage in passages)


def pages(atoms: Sequence[Atom], name: BlockId, desk: Desk) -> list[Page] | None:
    """Return the closing slide; ``None`` when its words do not fit or have links.

    A link's colour is the theme's, for light grounds.
    """
    passages = passages_of(atoms)
    if any(run.link for passage in passages for run in passage.runs):
        return None
    box = desk.box(LAYOUT, BODY).rect
    steps = (*desk.tokens.lead_steps, *desk.tokens.body_steps)
    step = largest(desk.ruler, passages, steps, box.width, box.height)
    if passages and step is None:
        return None
    words = (desk.text(LAYOUT, BODY, name, set_at(passages, step)),) if step else ()
    ids = tuple(one for atom in atoms for one in atom.ids)
    return [Page(LAYOUT, words, (), (name, *ids))]
