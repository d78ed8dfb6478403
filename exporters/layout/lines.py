"""A measured paragraph and a width in -> where its lines end.

Lines are filled one after another by bisection. Where a justified paragraph has a line that
would be torn apart, its ends are chosen anew for the paragraph as a whole (Knuth and Plass,
Breaking Paragraphs into Lines, 1981); `python -m benchmarks linebreak` measures when that pays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.layout.breaking import BREAK, CLOSING, PAUSES, edge, natural_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporters.layout.geometry import Pt
    from exporters.layout.measure import Measured

ROUNDING = 1e-6
"""Points by which a line may pass its width: the error of sums, not overflow."""

SOFT_STRETCH = 0.25
"""Em by which word spaces and the gaps between scripts widen and still look even: from a
quarter to half an em (CLREQ 3.3.1)."""

SOFT_WEIGHT = 3
"""How many times more than the rest they widen: they go first, but a Chinese line with two
words in it is not torn at these."""

_LOOK = 64
"""Characters past the edge within which the next cluster must end to be squeezed in."""

_TORN = 1.0
"""Ratio of stretch to what is taken for even from which a paragraph is set as a whole."""

_SQUEEZE_COST = 0.3
"""What a squeezed line costs beside its ratio: a squeezed mark is seen sooner than a gap."""

_RATIO_MOST = 4.0
"""Ratio from which a line is as bad as can be: it is left ragged, and no neighbour is torn
to make it a little less so."""

_ALONE_COST = 1e12
"""What a last line of one character costs: more than any line that can be set."""

_LEAST_FILL = 0.85
"""Part of the width that a line tried for the optimum fills; an emptier one is torn anyway."""

_CANDIDATES = 3
"""Ends that are tried for a line however empty."""

_SINGLE = re.compile(f"\\s*\\S?[\\s{CLOSING}{PAUSES})\\]}},.:;!?]*")
"""A last line that holds one character and no more than marks beside it."""
_SINGLE_MOST = 6


class Break(Struct, frozen=True, gc=False):
    """A line found: its text, and by how many points it is squeezed."""

    start: int
    end: int
    squeeze: Pt = 0.0


def break_lines(measured: Measured, width: Pt, *, elastic: bytes = b"") -> Iterator[list[Break]]:
    """Yield the lines of every part of the text between the author's own line breaks.

    ``elastic`` are the places that justification widens (`Measured.elastic`), empty for
    text that is not justified.
    """
    for start, end in segments(measured.text):
        lines = _keep_company(measured, _fill(measured, start, end, width), width)
        if elastic and len(lines) > 1:
            lines = _Optimum(measured, elastic, width).improve(lines)
        yield lines


def segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield the text between the author's own line breaks."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield (start, end)
        start = end + 1
    yield (start, len(text))


def squeezable(measured: Measured, start: int, end: int) -> Pt:
    """Return by how many points a line can be squeezed."""
    first = bisect_right(measured.squeezes, start)
    last = bisect_left(measured.squeezes, measured.shown(start, end))
    return measured.squeeze_sums[max(first, last)] - measured.squeeze_sums[first]


def _fill(measured: Measured, start: int, end: int, width: Pt) -> list[Break]:
    """Return the lines of a segment, each filled as far as the rules let it."""
    sums = measured.sums
    found: list[Break] = []
    while True:
        limit = sums[start] + measured.starts.get(start, 0.0) + width + ROUNDING
        if sums[end] - measured.trail(end, start) <= limit:
            found.append(Break(start, end))
            return found
        line = _line(measured, start, end, limit)
        found.append(line)
        if line.end == end:
            return found
        start = line.end


def _line(measured: Measured, start: int, end: int, limit: Pt) -> Break:
    """Return the line from ``start``, filled up to the sum ``limit``, of a cluster or more.

    First the next cluster is drawn in, by what falls away at a line's end, then by
    squeezing; only then it is left to the next line (CLREQ 3.1.6: 先挤进，后推出).
    """
    sums, allowed, text = measured.sums, measured.allowed, measured.text
    # from the second place: in a column narrower than its padding nothing fits
    fits = bisect_right(sums, limit, start + 1, end) - 1
    place = allowed.rfind(BREAK, start + 1, fits + 1)
    following = _following(measured, fits, end)
    if following > 0:
        over = sums[following] - measured.trail(following, start) - limit
        if over <= 0:
            return Break(start, following)
        short = limit - sums[place] + measured.trail(place, start) if place > 0 else over
        if short >= max(over, measured.piece_at(fits).style.size) and over <= squeezable(
            measured, start, following
        ):
            return Break(start, following, over)
    word = max(place, start)
    if _is_long(measured, word, end, limit - sums[start]):
        natural = natural_places(text, word, min(fits + 2, end))
        inside = [position for position in natural if position <= fits]
        if inside:
            return Break(start, inside[-1])
    return Break(start, place if place > 0 else edge(text, fits, start, end))


def _following(measured: Measured, fits: int, end: int) -> int:
    """Return where the cluster that passes the edge ends, -1 if it is far away."""
    text, after = measured.text, fits + 1
    while after < end and text[after] == " ":
        after += 1
    return measured.allowed.find(BREAK, fits + 1, min(after + _LOOK, end) + 1)


def _is_long(measured: Measured, start: int, end: int, width: Pt) -> bool:
    """Return whether the cluster at ``start`` is wider than a whole line."""
    reach = bisect_right(measured.sums, measured.sums[start] + width, start, end)
    place = measured.allowed.find(BREAK, start + 1, min(reach + _LOOK, end) + 1)
    return place < 0 or measured.width(start, place) > width


def _keep_company(measured: Measured, lines: list[Break], width: Pt) -> list[Break]:
    """Return the lines so that the last holds more than one character (CLREQ 3.1.6, 孤字).

    The line above gives up its last cluster, if it keeps two characters or more and
    the last line has room.
    """
    if len(lines) < 2 or not _is_single(measured, lines[-1]):  # noqa: PLR2004 - none above
        return lines
    above, last = lines[-2:]
    allowed = measured.allowed
    if allowed[above.end] == BREAK:
        place = allowed.rfind(BREAK, above.start + 1, above.end)
        if place - above.start < 2:  # noqa: PLR2004 - one character is no line either
            return lines
    else:
        place = _earlier(measured.text, above)
    if place < 0 or measured.width(place, last.end) > width:
        return lines
    return [*lines[:-2], Break(above.start, place), Break(place, last.end)]


def _earlier(text: str, line: Break) -> int:
    """Return where a line that ends inside a word can end earlier, -1 if nowhere."""
    natural = natural_places(text, line.start, line.end + 2)
    if line.end in natural:
        return max((place for place in natural if place < line.end), default=-1)
    return edge(text, line.end - 1, line.start, line.end)


def _is_single(measured: Measured, line: Break) -> bool:
    return line.end - line.start <= _SINGLE_MOST and bool(
        _SINGLE.fullmatch(measured.text, line.start, line.end)
    )


def stretch_ratio(measured: Measured, elastic: bytes, line: Break, room: Pt) -> float:
    """Return how far a justified line is from its natural setting: to 1 it looks even.

    ``room`` is the width to fill, in points. A squeezed line is rated by how much of
    what its marks and gaps can give up they do.
    """
    if line.squeeze:
        return _SQUEEZE_COST + line.squeeze / squeezable(measured, line.start, line.end)
    size = measured.piece_at(line.start).style.size
    last = measured.shown(line.start, line.end)
    soft = elastic.count(2, line.start + 1, last)
    hard = elastic.count(1, line.start + 1, last)
    give = (soft + hard / SOFT_WEIGHT) * SOFT_STRETCH * size
    slack = max(room - measured.width(line.start, line.end), 0.0)
    return min(slack / give if give else slack / size, _RATIO_MOST)


class _Optimum:
    """Chooses the ends of a justified segment's lines so that all are about evenly set."""

    __slots__ = ("_elastic", "_measured", "_width")

    def __init__(self, measured: Measured, elastic: bytes, width: Pt) -> None:
        self._measured = measured
        self._elastic = elastic
        self._width = width

    def improve(self, lines: list[Break]) -> list[Break]:
        """Return better lines, as many as given; the given ones if none of them is torn."""
        start, end = lines[0].start, lines[-1].end
        if max(self._ratio(line) for line in lines[:-1]) <= _TORN:
            return lines
        best: dict[int, tuple[float, int, Break | None]] = {start: (0.0, 0, None)}
        waiting = [start]
        while waiting:
            at = heappop(waiting)
            if at == end:
                break
            cost, number, _ = best[at]
            for line in self._candidates(at, end):
                total = cost + self._cost(line, start, end)
                if line.end not in best:
                    heappush(waiting, line.end)
                elif best[line.end][0] <= total:
                    continue
                best[line.end] = (total, number + 1, line)
        found: list[Break] = []
        chosen = best[end][2]
        while chosen is not None:
            found.append(chosen)
            chosen = best[chosen.start][2]
        return found[::-1] if len(found) == len(lines) else lines

    def _candidates(self, at: int, end: int) -> Iterator[Break]:
        """Yield the lines that can begin at a place, the fullest first."""
        measured = self._measured
        sums = measured.sums
        limit = sums[at] + measured.starts.get(at, 0.0) + self._width + ROUNDING
        if sums[end] - measured.trail(end, at) <= limit:
            yield Break(at, end)
        else:
            fullest = _line(measured, at, end, limit)
            yield fullest
            over = self._squeezed(at, end, limit)
            if over and over.end > fullest.end:
                yield over
        place = bisect_right(sums, limit, at, end)
        for tried in count():
            place = measured.allowed.rfind(BREAK, at + 1, place)
            filled = sums[place] - sums[at] if place > 0 else 0.0
            if not filled or (tried >= _CANDIDATES and filled < self._width * _LEAST_FILL):
                return
            yield Break(at, place)

    def _squeezed(self, at: int, end: int, limit: Pt) -> Break | None:
        """Return the line that draws in one cluster more by squeezing."""
        measured = self._measured
        fits = bisect_right(measured.sums, limit, at + 1, end) - 1
        following = _following(measured, fits, end)
        if following < 0:
            return None
        over = measured.sums[following] - measured.trail(following, at) - limit
        if 0 < over <= squeezable(measured, at, following):
            return Break(at, following, over)
        return None

    def _cost(self, line: Break, start: int, end: int) -> float:
        """Return the demerits of a line: they grow with the sixth power of its ratio."""
        if line.end == end:
            alone = line.start > start and _is_single(self._measured, line)
            return _ALONE_COST if alone else 0.0
        ratio = self._ratio(line)
        return (1 + 100 * ratio**3) ** 2

    def _ratio(self, line: Break) -> float:
        return stretch_ratio(self._measured, self._elastic, line, self._width)
