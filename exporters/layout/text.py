"""Runs of text and a width in -> measured lines out. Nothing else in the product breaks lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from exporters.layout.breaking import (
    BREAK,
    CLOSING,
    PAUSES,
    edge,
    elastic_places,
    natural_places,
)
from exporters.layout.fonts import IGNORED
from exporters.layout.measure import Measured, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.layout.fonts import Face, FontSet
    from exporters.layout.geometry import Pt

__all__ = ["Fragment", "Line", "Piece", "compose", "count_lines", "minimum_width", "natural_width"]

_ROUNDING = 1e-6
"""Points by which a line may pass its width: the error of sums, not overflow."""

_LOOK = 64
"""Characters past the edge within which the next cluster must end to be squeezed in."""

_LONG = 8.0
"""Em from which a cluster counts as long: its natural places do for the minimum width."""

_SINGLE = re.compile(f"\\s*\\S?[\\s{CLOSING}{PAUSES}]*")
"""A last line that holds one character and no more than marks beside it."""
_SINGLE_MOST = 6

_STRETCH_MOST = 1.0
"""Em a place of a justified line is widened by at most; beyond, the line is left ragged."""

_IGNORED = re.compile(f"[{IGNORED}]")

_SIMPLE = re.compile("[!-~](?:[ -~]*[!-~])?|[\u4e00-\u9fff]+")
"""Text without gaps, marks of full width or hints: most cells of a large table. On one line
it is as wide as its advances."""

_WORD = re.compile("[0-9A-Za-z.,]+")


class Fragment(NamedTuple):
    """Text of one face, placed on a line. ``x`` from the line's left edge, in points.

    ``spacing`` is added after every character (justification). Where a mark is
    squeezed or a gap stands, a new fragment starts at the right ``x``. Trailing
    spaces of a line are in the text, but not in the width.
    """

    x: Pt
    width: Pt
    text: str
    face: Face
    size: Pt
    spacing: Pt
    tag: object
    rise: Pt


class Line(NamedTuple):
    """One set line: its fragments in visual order, and the characters it took.

    ``start`` and ``end`` are offsets into the joined text of the pieces.
    """

    fragments: tuple[Fragment, ...]
    width: Pt
    start: int
    end: int


class _Break(NamedTuple):
    """A line found: its text, and how much it is squeezed in points."""

    start: int
    end: int
    squeeze: Pt


def compose(
    pieces: Sequence[Piece],
    width: Pt,
    fonts: FontSet,
    *,
    justify: bool = False,
    first_indent: Pt = 0.0,
    strict: bool = False,
) -> tuple[Line, ...]:
    """Break text into lines no wider than ``width`` points; empty text gives one empty line."""
    if not pieces:
        return (Line((), 0.0, 0, 0),)
    simple = _simple_width(pieces, fonts)
    if simple is not None and simple <= width - first_indent + _ROUNDING:
        line = _simple_line(pieces[0], simple, first_indent, fonts)
        if line is not None:
            return (line,)
    measured = Measured(pieces, fonts, strict=strict)
    setter = _Setter(measured, width, justify=justify)
    lines: list[Line] = []
    for segment in _break(measured, width, first_indent):
        for found in segment:
            indent = 0.0 if lines else first_indent
            lines.append(setter.set(found, indent, last=found is segment[-1]))
    return tuple(lines)


def count_lines(pieces: Sequence[Piece], width: Pt, fonts: FontSet) -> int:
    """Return how many lines `compose` would make (cheaper)."""
    if not pieces:
        return 1
    simple = _simple_width(pieces, fonts)
    if simple is not None and simple <= width + _ROUNDING:
        return 1
    return sum(map(len, _break(Measured(pieces, fonts), width, 0.0)))


def natural_width(pieces: Sequence[Piece], fonts: FontSet) -> Pt:
    """Return the width of the text on one line (of its widest line, where it has breaks)."""
    if not pieces:
        return 0.0
    simple = _simple_width(pieces, fonts)
    if simple is not None:
        return simple
    measured = Measured(pieces, fonts)
    return max(
        measured.sums[end]
        - measured.trail(end, start)
        - measured.sums[start]
        - measured.starts.get(start, 0.0)
        for start, end in _segments(measured.text)
    )


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
    text, sums, allowed = measured.text, measured.sums, measured.allowed
    widest = 0.0
    start = 0
    while start < len(text):
        end = allowed.find(BREAK, start + 1)
        places = [start, end]
        if sums[end] - sums[start] > _LONG * measured.piece_at(start).style.size:
            places[1:1] = natural_places(text, start, end)
        for first, last in pairwise(places):
            wide = sums[last] - measured.trail(last, first) - sums[first]
            widest = max(widest, wide - measured.starts.get(first, 0.0))
        start = end
    return widest


def _simple_width(pieces: Sequence[Piece], fonts: FontSet) -> Pt | None:
    """Return the width of simple text on one line, ``None`` for any other."""
    if len(pieces) != 1 or not _SIMPLE.fullmatch(pieces[0].text):
        return None
    text, style = pieces[0].text, pieces[0].style
    return sum(map(fonts.widths(style).__getitem__, text)) * style.size


def _simple_line(piece: Piece, width: Pt, indent: Pt, fonts: FontSet) -> Line | None:
    """Return simple text as one line, ``None`` if it takes several faces or cells."""
    text, style, tag, rise = piece
    faces = set(map(fonts.choices(style).__getitem__, text))
    if style.code or len(faces) > 1:
        return None
    fragment = Fragment(indent, width, text, faces.pop(), style.size, 0.0, tag, rise)
    return Line((fragment,), indent + width, 0, len(text))


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the text between the author's own line breaks."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield (start, end)
        start = end + 1
    yield (start, len(text))


def _break(measured: Measured, width: Pt, first_indent: Pt) -> Iterator[list[_Break]]:
    """Yield the lines of every segment of the text."""
    indent = first_indent
    for start, end in _segments(measured.text):
        yield _keep_company(measured, _fill(measured, start, end, width, indent), width)
        indent = 0.0


def _fill(measured: Measured, start: int, end: int, width: Pt, indent: Pt) -> list[_Break]:
    """Return the lines of a segment, each filled as far as the rules let it."""
    sums = measured.sums
    found: list[_Break] = []
    while True:
        limit = sums[start] + measured.starts.get(start, 0.0) + width - indent + _ROUNDING
        if sums[end] - measured.trail(end, start) <= limit:
            found.append(_Break(start, end, 0.0))
            return found
        fits = bisect_right(sums, limit, start, end) - 1
        place, squeeze = _line_end(measured, start, end, fits, limit)
        found.append(_Break(start, place, squeeze))
        start, indent = place, 0.0


def _line_end(measured: Measured, start: int, end: int, fits: int, limit: Pt) -> tuple[int, Pt]:
    """Return where the line from ``start`` ends, and by how many points it is squeezed.

    ``fits`` is the last position whose full width is within ``limit``. First the next
    cluster is drawn in, by what falls away at a line's end, then by squeezing; only then
    it is left to the next line (CLREQ 3.1.6: 先挤进，后推出).
    """
    sums, allowed, text = measured.sums, measured.allowed, measured.text
    place = allowed.rfind(BREAK, start + 1, fits + 1)
    after = fits + 1
    while after < end and text[after] == " ":
        after += 1
    following = allowed.find(BREAK, fits + 1, min(after + _LOOK, end) + 1)
    if following > 0:
        over = sums[following] - measured.trail(following, start) - limit
        if over <= 0:
            return (following, 0.0)
        short = limit - sums[place] + measured.trail(place, start) if place > 0 else over
        size = measured.piece_at(fits).style.size
        if over <= short and short >= size:
            squeeze = over + _ROUNDING
            if squeeze <= _yield(measured, start, following):
                return (following, squeeze)
    word = max(place, start)
    if _is_long(measured, word, end, limit - sums[start]):
        natural = natural_places(text, word, min(fits + 2, end))
        inside = [position for position in natural if position <= fits]
        if inside:
            return (inside[-1], 0.0)
    return (place if place > 0 else edge(text, fits, start, end), 0.0)


def _is_long(measured: Measured, start: int, end: int, width: Pt) -> bool:
    """Return whether the cluster at ``start`` is wider than a whole line."""
    sums = measured.sums
    reach = bisect_right(sums, sums[start] + width, start, end)
    return measured.allowed.find(BREAK, start + 1, reach + 1) < 0


def _yield(measured: Measured, start: int, end: int) -> Pt:
    """Return by how many points a line can be squeezed."""
    first = bisect_right(measured.squeezes, start)
    last = bisect_left(measured.squeezes, end)
    return measured.squeeze_sums[max(first, last)] - measured.squeeze_sums[first]


def _keep_company(measured: Measured, lines: list[_Break], width: Pt) -> list[_Break]:
    """Return the lines so that the last holds more than one character (CLREQ 3.1.6, 孤字).

    The line above gives up its last cluster, if it keeps two clusters or more and the
    last line has room.
    """
    if len(lines) < 2:  # noqa: PLR2004 - nothing above
        return lines
    above, last = lines[-2:]
    if last.end - last.start > _SINGLE_MOST or not _SINGLE.fullmatch(
        measured.text, last.start, last.end
    ):
        return lines
    allowed, sums = measured.allowed, measured.sums
    place = allowed.rfind(BREAK, above.start + 1, above.end)
    if place < 0 or allowed.rfind(BREAK, above.start + 1, place) < 0:
        return lines
    if sums[last.end] - measured.trail(last.end, place) - sums[place] > width:
        return lines
    return [*lines[:-2], _Break(above.start, place, 0.0), _Break(place, last.end, 0.0)]


class _Setter:
    """Sets the lines that were found as fragments."""

    __slots__ = ("_cuts", "_elastic", "_faces", "_ignored", "_measured", "_width")

    def __init__(self, measured: Measured, width: Pt, *, justify: bool) -> None:
        self._measured = measured
        self._width = width
        self._faces = measured.faces()
        self._cuts = measured.cuts(self._faces)
        self._elastic = elastic_places(measured.text) if justify else b""
        self._ignored = bool(_IGNORED.search(measured.text))

    def set(self, found: _Break, indent: Pt, *, last: bool) -> Line:
        """Return a line's fragments; ``last`` tells that it is not to be justified."""
        measured, sums, elastic = self._measured, self._measured.sums, self._elastic
        start, end, squeeze = found
        left = sums[start] + measured.starts.get(start, 0.0) - indent
        right = sums[end] - measured.trail(end, start) - left - squeeze
        shown = start + len(measured.text[start:end].rstrip(" "))
        if shown == start:
            return Line((), right, start, end)
        stretch = 0.0
        if elastic and not last and not squeeze:
            stretch = self._stretch(start, shown, self._width - right)
            right += stretch * elastic.count(1, start + 1, shown)
        low, high = bisect_right(self._cuts, start), bisect_left(self._cuts, shown)
        places = [start, *self._cuts[low:high], shown]
        moves = self._moves(start, shown, squeeze) if squeeze else {}
        if moves:
            places = sorted({*places, *moves})
        elif stretch:
            places = self._parted(places)
        fragments: list[Fragment] = []
        for first, after in pairwise(places):
            spacing = 0.0
            left += moves.get(first, 0.0)
            x = sums[first] - left
            if stretch:
                x += stretch * elastic.count(1, start + 1, first + 1)
                spacing = stretch if after - first > 1 and elastic[first + 1] else 0.0
            fragments += self._fragments(first, after, x, spacing)
        if shown < end:
            fragments[-1] = fragments[-1]._replace(
                text=fragments[-1].text + measured.text[shown:end].replace("\u200b", "")
            )
        return Line(tuple(fragments), right, start, end)

    def _stretch(self, start: int, end: int, slack: Pt) -> Pt:
        """Return by how much every elastic place of a line is widened to fill it, in points."""
        count = self._elastic.count(1, start + 1, end)
        if not count or slack <= 0:
            return 0.0
        stretch = slack / count
        most = _STRETCH_MOST * self._measured.piece_at(start).style.size
        return stretch if stretch <= most else 0.0

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
            elastic = self._elastic.count(1, first + 1, last)
            if 0 < elastic < last - first - 1:
                parted += (at for at in range(first + 1, last) if self._elastic[at])
            parted.append(after)
        return parted

    def _fragments(self, start: int, end: int, x: Pt, spacing: Pt) -> Iterator[Fragment]:
        """Yield the fragments of one face and piece: one, but in code one a width."""
        measured = self._measured
        piece, face = measured.piece_at(start), self._faces[start]
        size = piece.style.size
        text = measured.text[start:end]
        if piece.style.code:
            yield from self._cells(start, end, x)
            return
        width = measured.sums[end] - measured.kerns.get(end, 0.0) - measured.sums[start]
        width += spacing * (end - start - 1)
        if self._ignored:
            text = _IGNORED.sub("", text)
            if not text:
                return
        yield Fragment(x, width, text, face, size, spacing, piece.tag, piece.rise)

    def _cells(self, start: int, end: int, x: Pt) -> Iterator[Fragment]:
        """Yield code: every character in the middle of its cell or two."""
        measured = self._measured
        piece, face = measured.piece_at(start), self._faces[start]
        size = piece.style.size
        for (advance, cell), group in groupby(
            measured.text[start:end], lambda char: (face.advances[char], self._cell(piece, char))
        ):
            run = "".join(group)
            text = _IGNORED.sub("", run)
            beside = (cell - advance) * size
            width = cell * size * len(run)
            if text:
                left = x + beside / 2
                spacing = 0.0 if abs(beside) < _ROUNDING else beside
                yield Fragment(left, width, text, face, size, spacing, piece.tag, piece.rise)
            x += width

    def _cell(self, piece: Piece, char: str) -> float:
        return self._measured.fonts.widths(piece.style)[char]
