"""A quotation in -> one slide: its words large, a rule at the left, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, passages_of, set_at
from exporters.powerpoint.layouts import BODY, FIRST_INDEX, framed
from exporters.powerpoint.plan import Placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Layout
    from exporters.theme import SlideTokens
    from report_data.ids import BlockId

LAYOUT = "quote"


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    body = Placeholder(
        BODY,
        "body",
        tokens.content,
        (tokens.lead_steps[0],),
        FIRST_INDEX,
        insets=tokens.quote,
        color="structure",
        anchor="ctr",
    )
    return (framed(tokens, LAYOUT, "cust", body),)


def pages(atoms: Sequence[Atom], name: BlockId, desk: Desk) -> list[Page] | None:
    """Return the slide of a quotation; ``None`` when it is too long to stand large."""
    tokens = desk.tokens
    box = desk.box(LAYOUT, "body")
    inner = box.rect.inset(box.insets)
    passages = passages_of(atoms)
    step = largest(desk.ruler, passages, tokens.lead_steps, inner.width, inner.height)
    if step is None:
        return None
    paragraphs = set_at(passages, step)
    height = desk.ruler.height(paragraphs, inner.width) + step.leading
    place = Rect(box.rect.x, box.rect.y, box.rect.width, height)
    rule = Rect(place.x, place.y, tokens.series_rule, height)
    ids = tuple(one for atom in atoms for one in atom.ids)
    return [
        Page(
            LAYOUT,
            (
                desk.text(LAYOUT, "body", name, paragraphs, place),
                desk.rule("rule", rule, "structure"),
            ),
            (),
            (name, *ids),
        )
    ]
