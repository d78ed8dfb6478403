"""A font file in -> one face: its metrics, glyphs and advance widths, read by HarfBuzz on demand.

Opening a face maps the file into memory and costs under a millisecond; what a character
needs is asked once and kept. Any outline face serves: TrueType, OpenType (CFF), one of a
collection, one position of a variable face's weight axis.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import uharfbuzz as hb

from report_data.diagnostics import Diagnostic, FileError, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REGULAR = 400
BOLD = 700
"""OS/2 usWeightClass (OpenType 1.9.1, "OS/2", usWeightClass)."""

_OUTLINES = frozenset(("glyf", "CFF "))


PLAIN_SIGNS = dict.fromkeys(
    "\U0001f534\U0001f7e0\U0001f7e1\U0001f7e2\U0001f535\U0001f7e3\U0001f7e4", "\u26ab"
)
PLAIN_SIGNS |= dict.fromkeys(
    "\U0001f7e5\U0001f7e7\U0001f7e8\U0001f7e9\U0001f7e6\U0001f7ea\U0001f7eb", "\u2b1b"
)
"""Circles and squares of a colour, drawn as the black ones, in it: faces of one colour hatch them,
and few have all."""


class _Glyphs(dict[str, int]):
    """Character -> glyph number, 0 where the face has none."""

    __slots__ = ("_ask",)

    def __init__(self, ask: Callable[[int], int | None]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, char: str) -> int:
        glyph = self[char] = self._ask(ord(PLAIN_SIGNS.get(char, char))) or 0
        return glyph


class _Advances(dict[str, float]):
    """Character -> advance width in em, that of ``.notdef`` where the face has no glyph."""

    __slots__ = ("_ask", "_em", "_glyphs")

    def __init__(self, glyphs: _Glyphs, ask: Callable[[int], int], em: int) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._ask = ask
        self._em = em

    def __missing__(self, char: str) -> float:
        advance = self[char] = self._ask(self._glyphs[char]) / self._em
        return advance


class Face:
    """One face of a font file.

    Attributes:
        name: PostScript name; of a variable face the family's with the weight.
        family: Family name.
        path: The font file.
        index: The face's number in a collection, else 0.
        weight: usWeightClass; of a variable face the chosen position of its weight axis.
        italic: Whether it is drawn italic.
        variable: Whether the file is variable: to be instanced at ``weight`` when embedded.
        is_cff: Whether outlines are CFF (OpenType), not TrueType.
        units_per_em: Units of the glyph space.
        ascent: Above the base line, in em, positive.
        descent: Below the base line, in em, negative.
        cap_height: In em.
        glyphs: Character -> glyph number, 0 if there is none; filled on demand.
        advances: Character -> advance width in em; filled on demand.
    """

    __slots__ = (
        "_font",
        "advances",
        "ascent",
        "cap_height",
        "descent",
        "family",
        "glyphs",
        "index",
        "is_cff",
        "italic",
        "name",
        "path",
        "units_per_em",
        "variable",
        "weight",
    )

    def __init__(self, path: Path, index: int = 0, weight: int | None = None) -> None:
        try:
            face = hb.Face(hb.Blob.from_file_path(path), index)
        except hb.HarfBuzzError as error:
            raise _no_face(path) from error
        if not _OUTLINES & set(face.table_tags) or not face.glyph_count:
            raise _no_face(path)
        font = hb.Font(face)
        self.variable: bool = any(axis.tag == "wght" for axis in face.axis_infos)
        if self.variable:
            font.set_variations({"wght": weight or REGULAR})
        em: int = face.upem
        extents = font.get_font_extents("ltr")
        names = hb.OTNameIdPredefined
        self._font = font
        self.path = path
        self.index = index
        self.name: str = face.get_name(names.POSTSCRIPT_NAME) or path.stem
        self.family: str = face.get_name(names.FONT_FAMILY) or path.stem
        self.weight: int = round(font.get_style_value(hb.StyleTag.WEIGHT))
        if self.variable:  # the file is named for its default position, often Thin
            self.name = f"{self.name.partition('-')[0]}-{self.weight}"
        self.italic: bool = font.get_style_value(hb.StyleTag.ITALIC) > 0
        self.is_cff: bool = "CFF " in face.table_tags
        self.units_per_em = em
        self.ascent: float = extents.ascender / em
        self.descent: float = extents.descender / em
        cap_height = font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
        self.cap_height: float = cap_height / em
        self.glyphs = _Glyphs(font.get_nominal_glyph)
        self.advances = _Advances(self.glyphs, font.get_glyph_h_advance, em)

    def has(self, char: str) -> bool:
        """Return whether the face has a glyph for the character."""
        return self.glyphs[char] != 0

    def advance(self, char: str) -> float:
        """Return the advance width of a character in em."""
        return self.advances[char]

    def bearings(self, char: str) -> tuple[float, float]:
        """Return the blank left and right of a character's ink, in em."""
        extents = self._font.get_glyph_extents(self.glyphs[char])
        if extents is None or not extents.width:
            return (0.0, 0.0)
        left = extents.x_bearing / self.units_per_em
        ink = extents.width / self.units_per_em
        return (left, self.advances[char] - left - ink)

    def __repr__(self) -> str:
        """Return the PostScript name: plans that hold faces stay readable."""
        return f"<Face {self.name}>"

    def __reduce__(self) -> tuple[Callable[..., Face], tuple[Path, int, int | None]]:
        """Pickle as the place it was opened from, so that plans can cross processes."""
        return (open_face, (self.path, self.index, self.weight if self.variable else None))


def open_face(path: Path, index: int = 0, weight: int | None = None) -> Face:
    """Return a face of a font file, opened once a process.

    Args:
        path: A ``.ttf``, ``.otf``, ``.ttc`` or ``.otc`` file.
        index: The face's number in a collection.
        weight: The position on the weight axis of a variable face (Regular if not given).

    Raises:
        FileError: E301, the file is not there or holds no outline face.
    """
    return _opened(path, index, weight)


@cache
def _opened(path: Path, index: int, weight: int | None) -> Face:
    return Face(path, index, weight)


def count_faces(path: Path) -> int:
    """Return how many faces a font file holds; 0 if it is none."""
    try:
        return int(hb.Face(hb.Blob.from_file_path(path)).count)
    except hb.HarfBuzzError:
        return 0


def _no_face(path: Path) -> FileError:
    message = f"{path} is no font face that can be used"
    hint = "Give a TrueType or OpenType file (.ttf, .otf, .ttc)"
    return FileError((Diagnostic("E301", Severity.ERROR, message, hint=hint),))
