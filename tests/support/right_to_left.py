"""A path in -> a face there with Hebrew and Arabic letters and their joined forms, as boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = (*range(0x05D0, 0x05EB), *range(0x0621, 0x064B), *range(0xFE80, 0xFEFD))


def right_to_left_face(path: Path) -> Path:
    """Make a TrueType face; a letter is half an em wide, a joined form a quarter."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 500), (200, 500), (200, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    names = {code: f"uni{code:04X}" for code in LETTERS}
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf({".notdef": box, **dict.fromkeys(names.values(), box)})
    widths = {name: (250 if code > 0xF000 else 500, 50) for code, name in names.items()}
    builder.setupHorizontalMetrics({".notdef": (500, 50), **widths})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(usWeightClass=400)
    builder.setupNameTable(
        {"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes-Regular"}
    )
    builder.setupPost()
    builder.save(path)
    return path
