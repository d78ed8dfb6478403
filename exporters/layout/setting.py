"""Lines found in a measured paragraph in -> fragments of one face each, placed.

A fragment ends where the face or the caller's piece changes, where a gap stands or a mark is
squeezed, and in justified lines at the spaces that are widened.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.bidi import (
    SPENT,
    base_level,
    levels,
    mirrored,
    turns,
    visual_order,
)
from exporters.layout.fonts import HINTS, KEYCAP, KEYCAP_ROOM
from exporters.layout.lines import ROUNDING, SOFT_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from exporters.layout.faces import Face
    from exporters.layout.geometry import Pt
    from exporters.layout.lines import Break
    from exporters.layout.measure import Measured, Piece

_SOFT_MOST = 0.75
_HARD_MOST = 0.5
"""Em by which a soft or hard place of a justified line widens at most; a line that needs more
is left ragged."""

_WORDS_MOST, _TWO_LINES_MOST = 0.55, 0.35
"""The same of a line that has no places but between words, where wider gaps are seen before the
words, and of one with a single line after it: that both end short looks no mistake."""

_STACKED = 0.14
"""Em by which a mark stands off its like on the same letter. Programs that read text off a page
take one that lies on its like for a shadow of it."""

_AROUND = 0.3
"""The same for marks around a letter, which are larger."""

_HIGHEST = 8
"""Marks in a stack, more than a letter's height; the next begins again at the letter."""

_BELOW = frozenset((202, 218, 220, 222, 233, 240))
"""Combining classes of the marks that stand under a letter (UAX #44, 5.7.4); the others stack
upwards."""


class Fragment(Struct, frozen=True, gc=False):
    """Text of one face, placed on a line. ``x`` from the line's left edge, in points.

    ``spacing`` is added after every character (justification). Where a mark is
    squeezed or a gap stands, a new fragment starts at the right ``x``. Trailing
    spaces of a line are in the text, but not in the width.

    In a line with right-to-left letters ``text`` is what is drawn, from left to
    right, and ``said`` what a reader reads where that differs.
    """

    x: Pt
    width: Pt
    text: str
    face: Face
    size: Pt
    spacing: Pt
    tag: object
    rise: Pt
    said: str = ""


class Line(Struct, frozen=True, gc=False):
    """One set line: its fragments in the order of reading, and the characters it took.

    ``start`` and ``end`` are offsets into the joined text of the pieces.
    """

    fragments: tuple[Fragment, ...]
    width: Pt
    start: int
    end: int


class Setter:
    """Sets the lines that were found as fragments.

    Args:
        measured: The paragraph.
        width: Of the lines, in points.
        elastic: The places that justification widens, empty for none.
        lines: How many there are.
    """

    __slots__ = (
        "_alone",
        "_base",
        "_cuts",
        "_elastic",
        "_faces",
        "_ignored",
        "_levels",
        "_measured",
        "_rises",
        "_width",
        "_words_most",
    )

    def __init__(self, measured: Measured, width: Pt, elastic: bytes, lines: int) -> None:
        self._alone = lines == 1
        self._words_most = _TWO_LINES_MOST if lines == 2 else _WORDS_MOST  # noqa: PLR2004 - as its name says
        self._measured = measured
        self._width = width
        self._faces = measured.faces()
        self._cuts = measured.cuts(self._faces)
        self._elastic = elastic
        self._ignored = bool(HINTS.search(measured.text))
        self._levels = b""
        self._base = 0
        self._rises: dict[int, float] = {}
        if measured.fonts.right_to_left and measured.turns:
            self._base = base_level(measured.said)
            self._levels = levels(measured.said, self._base)
            parted = {
                at
                for at, char in enumerate(measured.text)
                if measured.piece_at(at).style.code and char != SPENT
            }
            self._cuts = sorted({*self._cuts, *parted, *turns(measured.said, self._levels)})
        if not measured.fonts.marks.isdisjoint(measured.text):
            rises = stacked(measured.text, measured.fonts.marks)
            if self._levels:  # what runs from right to left is told, and is not parted so
                rises = {at: rise for at, rise in rises.items() if not self._levels[at] % 2}
            self._cuts = sorted({*self._cuts, *rises, *(at + 1 for at in rises)})
            self._rises = rises

    def set(self, found: Break, *, last: bool) -> Line:
        """Return a line's fragments; ``last`` tells that it is not to be justified."""
        measured, sums, elastic = self._measured, self._measured.sums, self._elastic
        start, end, squeeze = found.start, found.end, found.squeeze
        left = sums[start] + measured.starts.get(start, 0.0)
        right = measured.width(start, end) - squeeze
        shown = measured.shown(start, end)
        if shown == start:
            return Line((), right, start, end)
        turned = bool(self._levels[start:shown].strip(b"\0"))
        soft = hard = 0.0
        if elastic and not last and not squeeze and not turned:
            soft, hard = self._stretch(start, shown, self._width - right)
            right += soft * elastic.count(2, start + 1, shown)
            right += hard * elastic.count(1, start + 1, shown)
        low, high = bisect_right(self._cuts, start), bisect_left(self._cuts, shown)
        places = [start, *self._cuts[low:high], shown]
        moves = self._moves(start, shown, squeeze) if squeeze else {}
        if moves:
            places = sorted({*places, *moves})
        elif soft:
            places = self._parted(places)
        fragments: list[Fragment] = []
        found_levels: list[int] = []
        for first, after in pairwise(places):
            spacing = 0.0
            left += moves.get(first, 0.0)
            x = sums[first] - left
            if soft:
                x += soft * elastic.count(2, start + 1, first + 1)
                x += hard * elastic.count(1, start + 1, first + 1)
                spacing = hard if after - first > 1 and elastic[first + 1] == 1 else 0.0
            made = list(self._fragments(first, after, x, spacing))
            if turned:
                made = [self._said(fragment, first, after) for fragment in made]
                found_levels += [self._levels[first]] * len(made)
            fragments += made
        if turned:
            fragments = self._arranged(fragments, found_levels, right)
            right = max(right, self._width) if self._base and not self._alone else right
        if shown < end and fragments:
            spaces = measured.text[shown:end].replace("\u200b", "")
            final = fragments[-1]
            said = final.said and final.said + spaces
            fragments[-1] = replace(final, text=final.text + spaces, said=said)
        return Line(tuple(fragments), right, start, end)

    def _said(self, fragment: Fragment, start: int, end: int) -> Fragment:
        """Return a fragment as it is drawn, with what it says."""
        said = HINTS.sub("", self._measured.said[start:end])
        drawn = mirrored(fragment.text) if self._levels[start] % 2 else fragment.text
        return replace(fragment, text=drawn, said=said)

    def _arranged(self, fragments: list[Fragment], found: list[int], right: Pt) -> list[Fragment]:
        """Return fragments where their levels have them; several lines from the right."""
        if not fragments:  # a mark of direction alone
            return []
        ends = [fragment.x for fragment in fragments[1:]] + [right]
        x = fragments[0].x
        if self._base and not self._alone:
            x += max(self._width - right, 0.0)
        places: dict[int, Pt] = {}
        for index in visual_order(found):
            places[index] = x
            x += ends[index] - fragments[index].x
        return [replace(one, x=places[index]) for index, one in enumerate(fragments)]

    def _stretch(self, start: int, end: int, slack: Pt) -> tuple[Pt, Pt]:
        """Return by how much soft and hard elastic places widen to fill a line, in points.

        Soft places (spaces, gaps between scripts) widen `SOFT_WEIGHT` times as much as
        the hard ones between characters, up to their most.
        """
        soft = self._elastic.count(2, start + 1, end)
        hard = self._elastic.count(1, start + 1, end)
        if slack <= 0 or not soft + hard:
            return (0.0, 0.0)
        size = self._measured.piece_at(start).style.size
        share = slack / (soft * SOFT_WEIGHT + hard)
        wide = min(share * SOFT_WEIGHT, (_SOFT_MOST if hard else self._words_most) * size)
        rest = (slack - wide * soft) / hard if hard else 0.0
        if rest > _HARD_MOST * size or wide * soft + rest * hard < slack - ROUNDING:
            return (0.0, 0.0)
        return (wide, rest)

    def _moves(self, start: int, end: int, squeeze: Pt) -> dict[int, Pt]:
        """Return where a squeezed line moves left, and by how many points."""
        measured = self._measured
        first = bisect_right(measured.squeezes, start)
        last = bisect_left(measured.squeezes, end)
        sums = measured.squeeze_sums
        share = squeeze / (sums[last] - sums[first])
        return {
            measured.squeezes[number]: (sums[number + 1] - sums[number]) * share
            for number in range(first, last)
        }

    def _parted(self, places: list[int]) -> list[int]:
        """Return the places and those inside a run of which only some are elastic."""
        text, parted = self._measured.text, [places[0]]
        for first, after in pairwise(places):
            last = after - 1 if text[after - 1] == " " else after
            elastic = last - first - 1 - self._elastic.count(0, first + 1, last)
            if elastic and self._elastic.count(1, first + 1, last) < last - first - 1:
                parted += (at for at in range(first + 1, last) if self._elastic[at])
            parted.append(after)
        return parted

    def _fragments(self, start: int, end: int, x: Pt, spacing: Pt) -> Iterator[Fragment]:
        """Yield the fragments of one face and piece: one, but in code one a width."""
        measured = self._measured
        piece, face = measured.piece_at(start), self._faces[start]
        size = piece.style.size
        text = measured.text[start:end]
        rise = piece.rise + self._rises.get(start, 0.0) * size
        if piece.style.code:
            yield from self._cells(start, end, x, rise)
            return
        width = measured.sums[end] - measured.kerns.get(end, 0.0) - measured.sums[start]
        if text.endswith(KEYCAP) and len(text) > 1:
            width -= KEYCAP_ROOM * size
            x += KEYCAP_ROOM / 2 * size
        width += spacing * (end - start - 1)
        if self._ignored:
            text = HINTS.sub("", text)
            if not text:
                return
        yield Fragment(x, width, text, face, size, spacing, piece.tag, rise)

    def _cells(self, start: int, end: int, x: Pt, rise: Pt) -> Iterator[Fragment]:
        """Yield code: every character in the middle of its cell or two."""
        measured = self._measured
        piece, face = measured.piece_at(start), self._faces[start]
        size = piece.style.size
        for (advance, cell), group in groupby(
            measured.text[start:end], lambda char: (face.advances[char], self._cell(piece, char))
        ):
            run = "".join(group)
            text = HINTS.sub("", run)
            beside = (cell - advance) * size
            width = cell * size * len(run)
            if text:
                left = x + beside / 2
                spacing = 0.0 if abs(beside) < ROUNDING else beside
                yield Fragment(left, width, text, face, size, spacing, piece.tag, rise)
            x += width

    def _cell(self, piece: Piece, char: str) -> float:
        return self._measured.fonts.widths(piece.style)[char]


def stacked(text: str, marks: Container[str]) -> dict[int, float]:
    """Return where a mark repeats one on the same letter, and by how many em it is raised."""
    rises: dict[int, float] = {}
    seen: dict[str, int] = {}
    for at, char in enumerate(text):
        if char not in marks:
            if not HINTS.match(char):
                seen.clear()
            continue
        number = seen[char] = seen.get(char, -1) + 1
        if number:
            up = -1 if unicodedata.combining(char) in _BELOW else 1
            step = _AROUND if unicodedata.category(char) == "Me" else _STACKED
            rises[at] = up * step * (number % _HIGHEST)
    return rises
