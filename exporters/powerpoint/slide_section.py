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

LAYOUT = "section"

_TOP, _NUMBER, _GAP = 190, 240, 24
"""Where number and name begin, how wide the number is and how far apart they stand, in points."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    area, number = tokens.content, tokens.section_number
    ordinal = Placeholder(
        "ordinal",
        "body",
        Rect(area.x, _TOP, _NUMBER, number.leading),
        (number,),
        FIRST_INDEX,
        color="structure_tint",
        anchor="ctr",
    )
    used = _NUMBER + _GAP
    title = Placeholder(
        TITLE,
        "title",
        Rect(area.x + used, _TOP, area.width - used, number.leading),
        (tokens.section_title,),
        color="structure",
        anchor="ctr",
    )
    return (Layout(LAYOUT, LAYOUT, "secHead", (label_box(tokens), ordinal, title)),)


def page(number: int, desk: Desk) -> Page:
    """Return a divider without its title (that is the frame's); a number of 0 is not shown."""
    if not number or not desk.look.layout(LAYOUT).has("ordinal"):
        return Page(LAYOUT, ())
    return Page(LAYOUT, (desk.furniture(LAYOUT, "ordinal", "ordinal", str(number)),))
