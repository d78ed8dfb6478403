"""Runs of text and a width in -> measured lines out. Nothing else in the product breaks lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from exporters.layout.breaking import BREAK, natural_places
from exporters.layout.lines import ROUNDING, break_lines, segments
from exporters.layout.measure import Measured, Piece
from exporters.layout.setting import Fragment, Line, Setter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.layout.fonts import FontSet
    from exporters.layout.geometry import Pt

__all__ = [
    "Fragment",
    "Line",
    "Piece",
    "balanced_width",
    "compose",
    "count_lines",
    "minimum_width",
    "natural_width",
]

_LONG = 8.0
"""Em from which a cluster counts as long: its natural places do for the minimum width."""

_SCRAP = 3
"""Fewer characters of a word look lost in a line of their own: .7 of ZL201710123456.7."""

_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = "\u4e00", "\u9fff"

_WORD = re.compile("[0-9A-Za-z.,]+")


def compose(
    pieces: Sequence[Piece],
    width: Pt,
    fonts: FontSet,
    *,
    justify: bool = False,
    strict: bool = False,
) -> tuple[Line, ...]:
    """Break text into lines no wider than ``width`` points; empty text gives one empty line."""
    if not pieces:
        return (Line((), 0.0, 0, 0),)
    simple = _simple_width(pieces, fonts)
    if simple is not None and simple <= width + ROUNDING:
        line = _simple_line(pieces[0], simple, fonts)
        if line is not None:
            return (line,)
    measured = Measured(pieces, fonts, strict=strict)
    elastic = measured.elastic() if justify else b""
    parts = list(break_lines(measured, width, elastic=elastic))
    setter = Setter(measured, width, elastic, sum(map(len, parts)))
    return tuple(setter.set(found, last=found is part[-1]) for part in parts for found in part)


def count_lines(pieces: Sequence[Piece], width: Pt, fonts: FontSet) -> int:
    """Return how many lines `compose` would make (cheaper)."""
    if not pieces:
        return 1
    simple = _simple_width(pieces, fonts)
    if simple is not None and simple <= width + ROUNDING:
        return 1
    return sum(map(len, break_lines(Measured(pieces, fonts), width)))


def natural_width(pieces: Sequence[Piece], fonts: FontSet) -> Pt:
    """Return the width of the text on one line (of its widest line, where it has breaks)."""
    if not pieces:
        return 0.0
    simple = _simple_width(pieces, fonts)
    if simple is not None:
        return simple
    measured = Measured(pieces, fonts)
    return max(measured.width(start, end) for start, end in segments(measured.text))


def balanced_width(pieces: Sequence[Piece], width: Pt, fonts: FontSet) -> Pt:
    """Return the least width in which the text takes no more lines than in ``width`` points.

    Its lines are then about equally long: so a title is set. To a hundredth of ``width``.
    """
    measured = Measured(pieces, fonts)

    def lines(part: int) -> int:
        return sum(map(len, break_lines(measured, width * part / 100)))

    most, narrow, wide = lines(100), 0, 100
    while most > 1 and wide - narrow > 1:
        middle = (narrow + wide) // 2
        if lines(middle) <= most:
            wide = middle
        else:
            narrow = middle
    return width if wide == 100 else width * wide / 100  # noqa: PLR2004  all of it


def minimum_width(pieces: Sequence[Piece], fonts: FontSet) -> Pt:
    """Return the width of the widest cluster that may not be broken."""
    if not pieces:
        return 0.0
    simple = _simple_width(pieces, fonts)
    if simple is not None:
        text, style = pieces[0].text, pieces[0].style
        if text[0] > "~":
            return max(map(fonts.widths(style).__getitem__, text)) * style.size
        if simple <= _LONG * style.size and _WORD.fullmatch(text):
            return simple
    measured = Measured(pieces, fonts)
    clusters = (
        cluster
        for start, end in segments(measured.text)
        for cluster in _clusters(measured, start, end)
    )
    return max((measured.width(start, end) for start, end in clusters), default=0.0)


def _clusters(measured: Measured, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what may not be broken; of a long word the parts between its natural places."""
    text, sums = measured.text, measured.sums
    while start < end:
        after = measured.allowed.find(BREAK, start + 1, end)
        after = end if after < 0 else after
        places = [start, after]
        if sums[after] - sums[start] > _LONG * measured.piece_at(start).style.size:
            places[1:1] = natural_places(text, start + _SCRAP - 1, after - _SCRAP + 2)
        yield from pairwise(places)
        start = after


def _simple_width(pieces: Sequence[Piece], fonts: FontSet) -> Pt | None:
    """Return the width of simple text on one line, ``None`` for any other."""
    if len(pieces) != 1 or not _is_simple(pieces[0].text):
        return None
    text, style = pieces[0].text, pieces[0].style
    return sum(map(fonts.widths(style).__getitem__, text)) * style.size


def _is_simple(text: str) -> bool:
    """Return whether a text has no gaps, marks of full width or hints: most cells of a table.

    On one line it is as wide as its advances. (As an expression a range so wide takes a
    millisecond to compile.)
    """
    if text.isascii():
        return text != "" and text.isprintable() and text == text.strip()
    return min(text) >= _FIRST_IDEOGRAPH and max(text) <= _LAST_IDEOGRAPH


def _simple_line(piece: Piece, width: Pt, fonts: FontSet) -> Line | None:
    """Return simple text as one line, ``None`` if it takes several faces or cells."""
    text, style = piece.text, piece.style
    faces = set(map(fonts.choices(style).__getitem__, text))
    if style.code or len(faces) > 1:
        return None
    fragment = Fragment(0.0, width, text, faces.pop(), style.size, 0.0, piece.tag, piece.rise)
    return Line((fragment,), width, 0, len(text))
