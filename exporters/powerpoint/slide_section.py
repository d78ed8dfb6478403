"""A section's place and name in -> its divider: the number very large, the name beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.layouts import FIRST_INDEX, TITLE, label_box
from exporters.powerpoint.plan import Layout, Placeholder

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk
    from exporters.theme import SlideTokens

LAYOUT, PLAIN = "section", "section-plain"


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layouts: with a number, and without."""
    area, number, top = tokens.content, tokens.section_number, tokens.section_top
    ordinal = Placeholder(
        "ordinal",
        "body",
        Rect(area.x, top, tokens.section_ordinal, number.leading),
        (number,),
        FIRST_INDEX,
        color="structure_tint",
        anchor="ctr",
    )
    label, used = label_box(tokens), tokens.section_ordinal + tokens.section_gap
    numbered = Rect(area.x + used, top, area.width - used, number.leading)
    alone = Rect(area.x, top, area.width, number.leading)
    return (
        Layout(LAYOUT, LAYOUT, "secHead", (label, ordinal, _title(tokens, numbered))),
        Layout(PLAIN, PLAIN, "secHead", (label, _title(tokens, alone))),
    )


def _title(tokens: SlideTokens, rect: Rect) -> Placeholder:
    steps = (tokens.section_title,)
    return Placeholder(TITLE, "title", rect, steps, color="structure", anchor="ctr")


def page(number: int, desk: Desk) -> Page:
    """Return a divider without its title (that is the frame's); a number of 0 is not shown."""
    if not number:
        return Page(PLAIN, ())
    if not desk.look.layout(LAYOUT).has("ordinal"):
        return Page(LAYOUT, ())
    return Page(LAYOUT, (desk.furniture(LAYOUT, "ordinal", "ordinal", str(number)),))
