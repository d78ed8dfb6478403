"""A text in -> its lines and widths at any size, measured once.

All measures of a text grow in step with its size: breaking at 18 points in 864
is breaking at one point in 48. A planner that tries several sizes asks here.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, TypeVar

from exporters.layout.fonts import SHARED
from exporters.layout.lines import break_lines, segments
from exporters.layout.measure import Measured, Piece, gaps
from exporters.layout.text import minimum_width, natural_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.fonts import FontSet
    from exporters.layout.geometry import Pt

K = TypeVar("K")
V = TypeVar("V")

_MOST_KEPT = 8_192
"""Texts that are kept measured; a longer report starts again rather than grow without bound."""

_SHORT = 40
"""Characters up to which a text is likely on one line: then its width answers all."""


class Gauge:
    """Measures texts given as pieces at a size of one point; results are in em."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._natural: dict[tuple[Piece, ...], float] = {}
        self._least: dict[tuple[Piece, ...], float] = {}
        self._measured: dict[tuple[Piece, ...], Measured] = {}
        self._lines: dict[tuple[tuple[Piece, ...], float], int] = {}

    def most(self, pieces: tuple[Piece, ...]) -> float:
        """Return a width that the text on one line never passes: `most_width`."""
        return most_width(pieces, self._fonts)

    def natural(self, pieces: tuple[Piece, ...]) -> float:
        """Return the width on one line, of the widest line where the text has breaks."""
        known = self._natural.get(pieces)
        if known is None:
            known = kept(self._natural)[pieces] = self._width(pieces)
        return known

    def least(self, pieces: tuple[Piece, ...]) -> float:
        """Return the width of the widest cluster that may not be broken."""
        known = self._least.get(pieces)
        if known is None:
            known = kept(self._least)[pieces] = minimum_width(pieces, self._fonts)
        return known

    def lines(self, pieces: tuple[Piece, ...], width: float) -> int:
        """Return how many lines the text takes in a width; an empty text takes one."""
        if not pieces:
            return 1
        key = (pieces, width)
        known = self._lines.get(key)
        if known is None:
            known = kept(self._lines)[key] = self._count(pieces, width)
        return known

    def _width(self, pieces: tuple[Piece, ...]) -> float:
        if sum(len(piece.text) for piece in pieces) <= _SHORT:
            return natural_width(pieces, self._fonts)
        measured = self._of(pieces)
        return max(measured.width(start, end) for start, end in segments(measured.text))

    def _count(self, pieces: tuple[Piece, ...], width: float) -> int:
        if self.natural(pieces) <= width and not any("\n" in piece.text for piece in pieces):
            return 1
        return sum(map(len, break_lines(self._of(pieces), width)))

    def _of(self, pieces: tuple[Piece, ...]) -> Measured:
        known = self._measured.get(pieces)
        if known is None:
            known = kept(self._measured)[pieces] = Measured(pieces, self._fonts)
        return known


def most_width(pieces: Sequence[Piece], fonts: FontSet) -> Pt:
    """Return a width that the text on one line never passes, found without measuring it.

    What Chinese setting may add counts in full, what it may take not at all.
    Infinite for text from right to left, whose letters change as they join.
    """
    total, text = 0.0, ""
    for piece in pieces:
        size, widths = piece.style.size, fonts.widths(piece.style)
        total += sum(map(widths.__getitem__, piece.text.replace("\t", " "))) * size
        text += piece.text
        if not piece.text.isascii():
            latin = fonts.widths(piece.style, latin=True)
            shared = SHARED.intersection(piece.text)
            wider = {mark: max(latin[mark] - widths[mark], 0.0) for mark in shared}
            total += sum(piece.text.count(mark) * wider[mark] for mark in shared) * size
    if text.isascii():
        return total
    if not fonts.right_to_left.isdisjoint(text):
        return inf
    return total + gaps(text) * max(piece.style.size for piece in pieces)


def kept(cache: dict[K, V]) -> dict[K, V]:
    """Return a cache with room for one more: a full one starts again."""
    if len(cache) >= _MOST_KEPT:
        cache.clear()
    return cache
