"""A Report and an output format -> the Report as that format shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from report_data.disclosed import disclosed
from report_data.model import (
    Box,
    Definition,
    DefinitionList,
    List,
    ListItem,
    Note,
    Quote,
    Section,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from report_data.model import Node, Report

_N = TypeVar("_N")


def for_format(report: Report, name: str) -> Report:
    """Return the report without what is not for a format (``pptx``, ``pdf``, ``xlsx``).

    ``::: {.only to=pptx}`` (several: ``to="pptx pdf"``) gives way to its blocks
    where it is meant, and is gone elsewhere; ``::: notes`` exist in the deck
    only. Its source, which a PDF carries along, tells no more than that, and no
    comments. The same report comes back when nothing is to be left out.
    """
    boxes = any(isinstance(node, Box) and node.kind in ("only", "notes") for node in report.walk())
    if not boxes and "<!--" not in report.source:
        return report
    source = disclosed(report, lambda box: is_for(box, name)) if report.source else ""
    if not boxes:
        return replace(report, source=source)
    children, notes = _kept(report.children, name), _kept(report.notes, name)
    return replace(report, children=children, notes=notes, source=source)


def is_for(box: Box, name: str) -> bool:
    """Return whether a box's content is for a format."""
    if box.kind == "notes":
        return name == "pptx"
    if box.kind != "only":
        return True
    wanted = box.attributes.get("to").replace(",", " ").split()
    return name in wanted or not wanted


def _kept(nodes: Sequence[_N], name: str) -> tuple[_N, ...]:
    kept: list[_N] = []
    for node in nodes:
        if isinstance(node, Box) and node.kind in ("only", "notes"):
            if not is_for(node, name):
                continue
            if node.kind == "only":
                kept.extend(_kept(node.blocks, name))  # type: ignore[arg-type]
                continue
        kept.append(_inside(node, name))  # type: ignore[arg-type]
    return tuple(kept)


def _inside(node: Node | ListItem | Definition | Note, name: str) -> object:
    if isinstance(node, Section):
        return replace(node, children=_kept(node.children, name))
    if isinstance(node, List):
        return replace(node, items=_kept(node.items, name))
    if isinstance(node, DefinitionList):
        return replace(node, items=_kept(node.items, name))
    if isinstance(node, Quote | Box | ListItem | Definition | Note):
        return replace(node, blocks=_kept(node.blocks, name))
    return node
