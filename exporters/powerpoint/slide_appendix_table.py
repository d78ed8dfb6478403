"""A long table of an appendix in -> slides to look things up in: small type, tight rows, many.

Chosen in appendices for tables that one slide of the ordinary manner does not hold;
`slide_table` makes them in the manner that is given here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.powerpoint import slide_table
from exporters.powerpoint.table_slides import Manner

if TYPE_CHECKING:
    from exporters.powerpoint.plan import Layout
    from exporters.theme import SlideTokens

LAYOUT = "appendix-table"

MANNER = Manner(LAYOUT, largest=2, tight=True, slides=6)
"""From 12 points down; six slides hold what somebody may look for in a meeting."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    return (slide_table.layout(tokens, LAYOUT, "cust"),)
