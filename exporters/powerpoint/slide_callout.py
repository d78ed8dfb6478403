"""A highlighted box in -> one slide: large words on a ground, a rule at the left."""

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

LAYOUT = "callout"


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    body = Placeholder(
        BODY,
        "body",
        tokens.content,
        (tokens.lead_steps[0],),
        FIRST_INDEX,
        fill="surface",
        insets=tokens.callout,
        anchor="ctr",
    )
    return (framed(tokens, LAYOUT, "cust", body),)


def pages(atoms: Sequence[Atom], name: BlockId, desk: Desk) -> list[Page] | None:
    """Return the slide of a callout; ``None`` when it holds more than one slide can."""
    tokens, ruler = desk.tokens, desk.ruler
    box = desk.box(LAYOUT, "body")
    inner = box.rect.inset(box.insets)
    passages = passages_of(atoms)
    steps = (*tokens.lead_steps, *tokens.body_steps)
    step = largest(ruler, passages, steps, inner.width, inner.height)
    if step is None:
        return None
    paragraphs = set_at(passages, step)
    height = ruler.height(paragraphs, inner.width)
    ground = Rect(
        box.rect.x,
        box.rect.y,
        box.rect.width,
        height + step.leading + box.insets.top + box.insets.bottom,
    )
    rule = Rect(ground.x, ground.y, tokens.callout_rule, ground.height)
    ids = tuple(one for atom in atoms for one in atom.ids)
    return [
        Page(
            LAYOUT,
            (
                desk.text(LAYOUT, "body", name, paragraphs, ground),
                desk.rule("rule", rule, "structure"),
            ),
            (),
            (name, *ids),
        )
    ]
