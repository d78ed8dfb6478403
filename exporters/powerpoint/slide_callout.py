"""A highlighted box in -> one slide: large words on a ground, a rule at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.powerpoint import lead_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk, Page
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Layout
    from exporters.theme import SlideTokens
    from report_data.ids import BlockId

LAYOUT = "callout"


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    return (lead_words.layout(tokens, LAYOUT, tokens.callout, fill="surface"),)


def pages(atoms: Sequence[Atom], name: BlockId, desk: Desk) -> list[Page] | None:
    """Return the slide of a callout; ``None`` when it holds more than one slide can."""
    tokens = desk.tokens
    steps = (*tokens.lead_steps, *tokens.body_steps)
    page = lead_words.page(LAYOUT, atoms, name, steps, tokens.callout_rule, desk)
    return None if page is None else [page]
