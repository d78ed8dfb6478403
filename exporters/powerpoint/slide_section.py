"""A section's place and name in -> its divider: the number very large, the name beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.powerpoint.desk import Page

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk

LAYOUT = "section"


def page(number: int, desk: Desk) -> Page:
    """Return a divider without its title (that is the frame's); a number of 0 is not shown."""
    if not number or not desk.look.layout(LAYOUT).has("ordinal"):
        return Page(LAYOUT, ())
    return Page(LAYOUT, (desk.furniture(LAYOUT, "ordinal", "ordinal", str(number)),))
