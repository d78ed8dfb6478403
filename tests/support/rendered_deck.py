"""A deck's plan and the PDF that LibreOffice makes of it -> every text that left its place.

Each character of the page is given to the planned shape in whose box it stands.
A shape that overflowed shows as characters outside of all boxes, or as more
characters in a neighbour's box than its plan has, and fewer in its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from pypdfium2 import raw

from exporters.powerpoint.plan import ChartFrame, Drawing, Field, Picture, TableGrid, Text

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.layout.geometry import Rect
    from exporters.powerpoint.plan import Deck, Shape, Slide

TOLERANCE = 2.5
"""Points by which ink may pass a box: the host rounds, and italics lean."""

LABELS = frozenset("0123456789.•–☐☑…")
"""What the host draws before items of lists; it is not in the plan's text."""

_ALIKE = str.maketrans({"\u2011": "-", "\u2010": "-", "\u00ad": "-", "−": "-", "－": "-"})
"""Hyphens that a PDF may give back as others."""


class Glyph(NamedTuple):
    """A character on a page and its box, in points from the top left."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


def faults(deck: Deck, pdf: Path) -> list[str]:
    """Return what is wrong, one line each; nothing when every text stands in its place."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != deck.count:
            return [f"{deck.count} slides planned, {len(document)} rendered"]
        result: list[str] = []
        for number, slide in enumerate(deck.slides, 1):
            page = document[number - 1]
            scale = deck.look.size.width / page.get_width()
            result += [f"slide {number}: {fault}" for fault in overlaps(slide)]
            result += [
                f"slide {number}: {fault}" for fault in _misplaced(slide, _glyphs(page, scale))
            ]
        return result
    finally:
        document.close()


def overlaps(slide: Slide) -> list[str]:
    """Return the pairs of planned boxes, decorations left aside, that cover each other."""
    boxes = [shape for shape in slide.shapes if not isinstance(shape, Drawing)]
    return [
        f"{one.name} and {other.name} overlap"
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if _cover(one.rect, other.rect)
    ]


def overlap(one: Rect, other: Rect) -> float:
    """Return the part of a box that another covers, 0 to 1."""
    width = min(one.right, other.right) - max(one.x, other.x)
    height = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(width, 0.0) * max(height, 0.0) / (one.width * one.height)


def _cover(one: Rect, other: Rect) -> bool:
    slack = 0.01
    return (
        one.x < other.right - slack
        and other.x < one.right - slack
        and one.y < other.bottom - slack
        and other.y < one.bottom - slack
    )


def _glyphs(page: pypdfium2.PdfPage, scale: float) -> list[Glyph]:
    text = page.get_textpage()
    height = page.get_height()
    result = []
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if char.isspace() or not char.isprintable():
            continue
        left, bottom, right, top = text.get_charbox(index)
        if right > left:
            result.append(
                Glyph(
                    char,
                    left * scale,
                    (height - top) * scale,
                    right * scale,
                    (height - bottom) * scale,
                )
            )
    text.close()
    return result


def _misplaced(slide: Slide, glyphs: list[Glyph]) -> list[str]:
    kinds = Text | TableGrid | Field | ChartFrame
    shapes = [shape for shape in slide.shapes if isinstance(shape, kinds)]
    shown: dict[int, Counter[str]] = {index: Counter() for index in range(len(shapes))}
    outside = []
    for glyph in glyphs:
        home = next(
            (index for index, shape in enumerate(shapes) if _inside(glyph, shape.rect)), None
        )
        if home is None:
            outside.append(glyph)
        else:
            shown[home][glyph.char.translate(_ALIKE)] += 1
    result = []
    if outside:
        text = "".join(glyph.char for glyph in outside)
        result.append(f"“{text[:60]}” stands outside of all shapes at {outside[0][1:3]}")
    for index, shape in enumerate(shapes):
        if isinstance(shape, Field | ChartFrame):  # the host writes what is in them
            continue
        wanted = Counter(
            char for char in _text(shape).translate(_ALIKE) if not char.isspace() and _drawn(char)
        )
        more = shown[index] - wanted
        surplus = {char: count for char, count in more.items() if char not in LABELS}
        if surplus and sum(surplus.values()) > _SLACK:
            result.append(f"{shape.name} also holds {''.join(surplus)[:40]!r}")
    return result


_SLACK = 2
"""Characters that a PDF may spell in another way (ligatures, compatibility forms)."""


def _inside(glyph: Glyph, rect: Rect) -> bool:
    middle_x, middle_y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    if not (rect.x <= middle_x <= rect.right and rect.y <= middle_y <= rect.bottom):
        return False
    return (
        glyph.left >= rect.x - TOLERANCE
        and glyph.right <= rect.right + TOLERANCE
        and glyph.top >= rect.y - TOLERANCE
        and glyph.bottom <= rect.bottom + TOLERANCE
    )


def _text(shape: Shape) -> str:
    if isinstance(shape, TableGrid):
        return "".join(cell.text for row in shape.rows for cell in row)
    if isinstance(shape, Text):
        return "".join(paragraph.text for paragraph in shape.paragraphs)
    if isinstance(shape, Picture):
        return shape.description
    return ""


def _drawn(char: str) -> bool:
    """Return whether a character is of the planes that every PDF reader gives back."""
    return ord(char) < 0x10000
