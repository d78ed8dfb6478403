"""A Report and an output format -> the Report as that format shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec.structs import replace

from report_data.disclosed import disclosed, may_have_head_comments
from report_data.model import INSIDE, Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from report_data.model import Definition, ListItem, Node, Note, Report

_N = TypeVar("_N")


_WITHOUT_FORMULAS = frozenset(("pptx",))
"""Formats that set no formulas; a workbook's users want what they can go on with."""


def for_format(report: Report, name: str, *, spoken: bool = True) -> Report:
    """Return the report as a format shows it: formulas in words where it sets none.

    See `meant_for`.
    """
    meant = meant_for(report, name, spoken=spoken)
    if name not in _WITHOUT_FORMULAS:
        return meant
    from report_data.formulas import in_words  # late: a PDF starts without it

    return in_words(meant)


def meant_for(report: Report, name: str, *, spoken: bool = True) -> Report:
    """Return the report without what is not for a format (``pptx``, ``pdf``, ``xlsx``).

    ``::: {.only to=pptx}`` (several: ``to="pptx pdf"``) gives way to its blocks
    where it is meant, and is gone elsewhere; ``::: notes`` exist in the deck
    only, and there only if anything is ``spoken``. Its source, which a PDF carries
    along, tells no more than that, and no comments. The same report comes back when
    nothing is to be left out.
    """
    boxes = any(box.kind in ("only", "notes") for box in report.every(Box))
    if not boxes and "<!--" not in report.source and not may_have_head_comments(report.source):
        return report
    audience = _Audience(name, spoken)
    source = disclosed(report, audience.gets) if report.source else ""
    if not boxes:
        return report if source == report.source else replace(report, source=source)
    children, notes = audience.kept(report.children), audience.kept(report.notes)
    return replace(report, children=children, notes=notes, source=source)


class _Audience(NamedTuple):
    """Who gets a format: their eyes, and their ears if anything is spoken."""

    format: str
    spoken: bool

    def gets(self, box: Box) -> bool:
        """Return whether a box's content is for them."""
        if box.kind == "notes":
            return self.format == "pptx" and self.spoken
        if box.kind != "only":
            return True
        wanted = box.attributes.get("to").replace(",", " ").split()
        return self.format in wanted or not wanted

    def kept(self, nodes: Sequence[_N]) -> tuple[_N, ...]:
        """Return nodes without what is not for them; boxes for formats give way to their blocks."""
        found: list[_N] = []
        for node in nodes:
            if isinstance(node, Box) and node.kind in ("only", "notes"):
                if not self.gets(node):
                    continue
                if node.kind == "only":
                    found.extend(self.kept(node.blocks))  # type: ignore[arg-type]
                    continue
            found.append(self._inside(node))  # type: ignore[arg-type]
        return tuple(found)

    def _inside(self, node: Node | ListItem | Definition | Note) -> object:
        inside = INSIDE.get(type(node))
        if inside is None:
            return node
        return replace(node, **{inside: self.kept(getattr(node, inside))})
