"""A deck whose links name blocks in -> the same deck with links to slides.

A link to a block that has no slide of its own loses its target, not its words.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.powerpoint.plan import Jump, TableGrid, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporters.powerpoint.plan import Deck, Link, Shape, Slide, TextParagraph, TextRun
    from report_data.ids import BlockId


def resolved(deck: Deck, places: Mapping[BlockId, int]) -> Deck:
    """Return the deck with every ``#id`` replaced by the number of the slide that shows it."""
    return replace(deck, slides=tuple(_slide(slide, places) for slide in deck.slides))


def _slide(slide: Slide, places: Mapping[BlockId, int]) -> Slide:
    shapes = tuple([_shape(shape, places) for shape in slide.shapes])
    notes = _paragraphs(slide.notes, places)
    same = all(map(is_, shapes, slide.shapes)) and notes is slide.notes
    return slide if same else replace(slide, shapes=shapes, notes=notes)


def _shape(shape: Shape, places: Mapping[BlockId, int]) -> Shape:
    if isinstance(shape, Text):
        paragraphs = _paragraphs(shape.paragraphs, places)
        if paragraphs is shape.paragraphs and not _is_inner(shape.link):
            return shape
        return replace(shape, paragraphs=paragraphs, link=_link(shape.link, places))
    if isinstance(shape, TableGrid) and any(
        _has_inner(cell.paragraphs) for row in shape.rows for cell in row
    ):
        rows = tuple(
            tuple(replace(cell, paragraphs=_paragraphs(cell.paragraphs, places)) for cell in row)
            for row in shape.rows
        )
        return replace(shape, rows=rows)
    return shape


def _paragraphs(
    items: tuple[TextParagraph, ...], places: Mapping[BlockId, int]
) -> tuple[TextParagraph, ...]:
    if not _has_inner(items):
        return items
    return tuple(
        replace(item, runs=tuple(_run(run, places) for run in item.runs)) for item in items
    )


def _has_inner(items: tuple[TextParagraph, ...]) -> bool:
    for item in items:
        for run in item.runs:
            if run.link is not None and _is_inner(run.link):
                return True
    return False


def _run(run: TextRun, places: Mapping[BlockId, int]) -> TextRun:
    return replace(run, link=_link(run.link, places)) if _is_inner(run.link) else run


def _is_inner(link: Link | None) -> bool:
    return isinstance(link, str) and link.startswith("#")


def _link(link: Link | None, places: Mapping[BlockId, int]) -> Link | None:
    if not isinstance(link, str) or not link.startswith("#"):
        return link
    place = places.get(link[1:])  # type: ignore[call-overload]
    return Jump(place) if place else None
