"""Few words in -> one slide where they stand large, a rule at their left: callouts, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, passages_of, set_at
from exporters.powerpoint.layouts import BODY, FIRST_INDEX, framed
from exporters.powerpoint.plan import Placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.geometry import Insets, Pt
    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Layout, Role
    from exporters.theme import SlideTokens, Type
    from report_data.ids import BlockId


def layout(
    tokens: SlideTokens, key: str, insets: Insets, *, fill: Role = "", color: Role = "ink"
) -> Layout:
    """Return the master's layout: one box, its words in the middle of its height."""
    body = Placeholder(
        BODY,
        "body",
        tokens.content,
        (tokens.lead_steps[0],),
        FIRST_INDEX,
        fill=fill,
        insets=insets,
        color=color,
        anchor="ctr",
    )
    return framed(tokens, key, "cust", body)


def page(
    key: str, atoms: Sequence[Atom], name: BlockId, steps: Sequence[Type], rule: Pt, desk: Desk
) -> Page | None:
    """Return the slide at the first of ``steps`` that fits its box, ``None`` if none does.

    ``rule`` is the width in points of the rule at the left, which is as high as the words.
    """
    box = desk.box(key, BODY)
    inner = box.rect.inset(box.insets)
    passages = passages_of(atoms)
    step = largest(desk.ruler, passages, steps, inner.width, inner.height)
    if step is None:
        return None
    paragraphs = set_at(passages, step)
    words = desk.ruler.height(paragraphs, inner.width) + step.leading
    ground = replace(box.rect, height=words + box.insets.top + box.insets.bottom)
    text = desk.text(key, BODY, name, paragraphs, ground)
    left = Rect(ground.x, ground.y, rule, ground.height)
    ids = tuple(one for atom in atoms for one in atom.ids)
    return Page(key, (text, desk.rule("rule", left, "structure")), (), (name, *ids))
