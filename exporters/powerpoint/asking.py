"""``{layout=...}`` in -> a layout of the vocabulary, or a warning that says what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.powerpoint.vocabulary import VOCABULARY
from report_data.model import Box

if TYPE_CHECKING:
    from exporters.context import Context
    from report_data.diagnostics import Span
    from report_data.model import Block, Section


def asked(node: Block | Section, context: Context) -> str:
    """Return the layout that a section or block asks for, ``""`` for none of ours."""
    name = node.attributes.get("layout") if node.attributes else ""
    if name and name not in VOCABULARY:
        context.diagnostics.warn(
            "W403",
            f"there is no layout “{name}”",
            node.span,
            f"Layouts are: {', '.join(VOCABULARY)}",
        )
        return ""
    return name


def shows(layout: str, block: object) -> bool:
    """Return whether a layout is one for such a block."""
    if not layout or not isinstance(block, VOCABULARY[layout].shows):
        return False
    return not isinstance(block, Box) or block.kind == "chart"


def unfit(layout: str, span: Span | None, context: Context, what: str) -> None:
    """Say that a layout that was asked for cannot be had, and that the usual one serves."""
    context.diagnostics.warn(
        "W408",
        f"the layout “{layout}” cannot be had here: {what}",
        span,
        "The deck shows it as it would without being asked; choose another layout, or none",
    )
