"""A quotation in -> one slide: its words large, a rule at the left, nothing else."""

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

LAYOUT = "quote"


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    return (lead_words.layout(tokens, LAYOUT, tokens.quote, color="structure"),)


def pages(atoms: Sequence[Atom], name: BlockId, desk: Desk) -> list[Page] | None:
    """Return the slide of a quotation; ``None`` when it is too long to stand large."""
    tokens = desk.tokens
    page = lead_words.page(LAYOUT, atoms, name, tokens.lead_steps, tokens.series_rule, desk)
    return None if page is None else [page]
