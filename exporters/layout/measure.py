"""Pieces of text and fonts in -> every position measured, once: what line breaking works on.

All widths are sums of plain advances; what Chinese setting adds or takes is a *kern* at a
position: everything from there on moves right (a gap between Chinese and Latin) or left (a
mark squeezed against its neighbour). So a line's width is a difference of two sums, and a
place where a line may end is found by bisection.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate, compress, count, islice, pairwise
from operator import is_not
from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.layout.bidi import joined
from exporters.layout.breaking import (
    CLOSING,
    OPENING,
    PAUSES,
    elastic_places,
    opportunities,
)
from exporters.layout.fonts import KEYCAP, SHARED
from exporters.layout.kinds import CHINESE, ENDS, STARTS, Kinds, kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.fonts import Face, FontSet, FontStyle
    from exporters.layout.geometry import Pt

GAP = 0.25
"""Em between Chinese and Latin letters or digits (CLREQ 3.2.2: up to a quarter)."""

GAP_LEAST = 0.125
"""Em that such a gap keeps when a line is squeezed (CLREQ 3.3.1: down to an eighth)."""

MARK_TRIM = 0.5
"""Em that a mark of full width gives up: it becomes half-width (CLREQ 3.1.5)."""

_WIDE = 0.9
"""Advance in em from which a mark counts as full-width, and so can be squeezed."""

_GAPS = re.compile(f"(?<={CHINESE}) ?+(?=[{STARTS}])|(?<=[{ENDS}]) ?+(?={CHINESE})")
"""Over `kinds`: where Chinese and Latin meet."""

_MARKS = re.compile(f"[{OPENING}{CLOSING}{PAUSES}]")
_KEYCAP = f"[0-9#*]\ufe0f?{KEYCAP}"
_OPENING = frozenset(OPENING)
_SHARED = re.compile(f"[{''.join(sorted(SHARED))}]")
_LETTERS = {
    "L": ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x370, 0x52F)),
    "C": ((0x3041, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, 0x3FFFF)),
}
"""First and last code points of Latin letters in the widest sense and of Chinese, Japanese and
Korean ones. As regular expressions they take milliseconds to compile."""

_CONTEXT = 32
"""Characters within which a letter can tell the language that a mark stands in."""

_SEVERAL_LETTERS = 3
"""Latin letters that weigh as much as one Chinese character: about a syllable."""


class Piece(Struct, frozen=True, gc=False, cache_hash=True):
    r"""Text of one style. ``tag`` is the caller's own and comes back on its fragments.

    ``"\n"`` in the text is a line break that the author asked for. ``rise`` lifts
    the text off its base line (superscript positive), in points.
    """

    text: str
    style: FontStyle
    tag: object = None
    rise: Pt = 0.0


class Measured:
    """A paragraph's text with the width up to every position, and where lines may end.

    Attributes:
        pieces: What was measured.
        text: The joined text; tabs are spaces, Arabic letters in their joined forms.
        said: The same without those forms, of the same length.
        sums: ``sums[i]`` is the width of ``text[:i]`` in points, kerns applied.
        allowed: `breaking.opportunities` of the text.
        kerns: Position -> points that what follows is moved by; void at a line's edge.
        ends: Position -> points that a full-width mark before it gives up at a line's end.
        starts: Position -> points that the opening mark there gives up at a line's start.
        squeezes: Positions where a line can be squeezed, sorted.
        squeeze_sums: ``squeeze_sums[k]`` is what the first ``k`` of them yield, in points.
    """

    __slots__ = (
        "_bounds",
        "_latin",
        "allowed",
        "ends",
        "fonts",
        "kerns",
        "pieces",
        "said",
        "squeeze_sums",
        "squeezes",
        "starts",
        "sums",
        "text",
    )

    def __init__(self, pieces: Sequence[Piece], fonts: FontSet, *, strict: bool = False) -> None:
        text = pieces[0].text if len(pieces) == 1 else "".join(piece.text for piece in pieces)
        self.text = text = text.replace("\t", " ")
        self.pieces = pieces
        self.fonts = fonts
        self._bounds = list(accumulate((len(piece.text) for piece in pieces), initial=0))
        self.allowed = opportunities(text, strict=strict)
        for start, piece in zip(self._bounds, pieces, strict=False):
            if piece.rise and start and not text[start - 1].isspace():
                self.allowed[start] = 0  # a note's mark stays with its word
        self.kerns: dict[int, Pt] = {}
        self.ends: dict[int, Pt] = {}
        self.starts: dict[int, Pt] = {}
        advances = self._advances(text)
        self.said = text
        if fonts.right_to_left and self.turns and (shaped := self._shaped(text)) != text:
            self.text = text = shaped
            advances = self._advances(text)
        self._latin = _latin_marks(text)
        for position in self._latin:
            style = self.piece_at(position).style
            advances[position] = fonts.widths(style, latin=True)[text[position]] * style.size
        yields = self._squeeze_marks()
        yields += self._part_scripts(advances)
        yields.sort()
        for position, kern in self.kerns.items():
            advances[position - 1] += kern
        self.sums = list(accumulate(advances, initial=0.0))
        self.squeezes = [position for position, _ in yields]
        self.squeeze_sums = list(accumulate((points for _, points in yields), initial=0.0))

    @property
    def turns(self) -> bool:
        """Return whether some of the text runs from right to left."""
        return not self.fonts.right_to_left.isdisjoint(self.said)

    def _advances(self, text: str) -> list[Pt]:
        """Return the advance of every character in points."""
        advances: list[Pt] = []
        for (start, end), piece in zip(pairwise(self._bounds), self.pieces, strict=True):
            widths, size = self.fonts.widths(piece.style), piece.style.size
            advances += [widths[char] * size for char in text[start:end]]
        return advances

    def _shaped(self, text: str) -> str:
        """Return the text with its Arabic letters in joined forms, as far as faces have them."""
        faces = self.fonts.choices(self.pieces[0].style)
        return "".join(
            joined(text[start:end], lambda form: faces[form].has(form))
            for start, end in pairwise(self._bounds)
        )

    def piece_at(self, position: int) -> Piece:
        """Return the piece that the character at a position belongs to."""
        return self.pieces[bisect_right(self._bounds, position) - 1]

    def faces(self) -> list[Face]:
        """Return the face of every character; a space before a gap takes its neighbour's."""
        faces: list[Face] = []
        for piece in self.pieces:
            choices = self.fonts.choices(piece.style)
            faces += map(choices.__getitem__, piece.text.replace("\t", " "))
        for position in self._latin:
            choices = self.fonts.choices(self.piece_at(position).style, latin=True)
            faces[position] = choices[self.text[position]]
        for start, end in self.keycaps():
            faces[start:end] = [faces[start]] * (end - start)
        for position in self.kerns:
            if self.text[position - 1] == " " and position > 1 and faces[position - 2].has(" "):
                faces[position - 1] = faces[position - 2]
        return faces

    def cuts(self, faces: Sequence[Face]) -> list[int]:
        """Return every position where face or piece change, a kern or a key stands, sorted."""
        changes = compress(count(1), map(is_not, faces, islice(faces, 1, None)))
        keys = (place for places in self.keycaps() for place in places)
        return sorted({*changes, *self._bounds, *self.kerns, *keys})

    def keycaps(self) -> list[tuple[int, int]]:
        """Return where digits stand on a key (an emoji keycap sequence, UTS #51, ED-14c)."""
        if KEYCAP not in self.text:
            return []
        return [match.span() for match in re.finditer(_KEYCAP, self.text)]

    def trail(self, position: int, start: int) -> Pt:
        """Return what of the width up to ``position`` is void if a line ends there, in points.

        Spaces, the gap before what would have followed, and half of a full-width mark.
        """
        text = self.text
        if position > start and text[position - 1] == " ":
            end = position - 1
            while end > start and text[end - 1] == " ":
                end -= 1
            return self.sums[position] - self.sums[end] + self.ends.get(end, 0.0)
        return self.kerns.get(position, 0.0) + self.ends.get(position, 0.0)

    def width(self, start: int, end: int) -> Pt:
        """Return how wide a line is by nature, in points."""
        sums = self.sums
        return sums[end] - self.trail(end, start) - sums[start] - self.starts.get(start, 0.0)

    def shown(self, start: int, end: int) -> int:
        """Return where a line's text ends without the spaces at its end."""
        return start + len(self.text[start:end].rstrip(" \u200b"))

    def elastic(self) -> bytes:
        """Return `breaking.elastic_places`, the gaps between scripts soft."""
        elastic = elastic_places(self.text)
        for position in self.kerns:
            if elastic[position] and self.kerns[position] > 0:
                elastic[position] = 2
        return bytes(elastic)

    def _squeeze_marks(self) -> list[tuple[int, Pt]]:
        """Squeeze neighbouring marks; return where and how much lines can be squeezed yet.

        Of two marks side by side one gives up the blank between them (CLREQ 3.1.5): a
        closing mark or a pause that on its right, an opening mark after another that
        on its left.
        """
        yields: list[tuple[int, Pt]] = []
        text, previous, previous_right = self.text, -2, 0.0
        for match in _MARKS.finditer(text):
            position, char = match.start(), match.group()
            style = self.piece_at(position).style
            latin = position in self._latin
            left, right = _trims(self.fonts.choices(style, latin=latin)[char], char)
            if style.code or not left + right:
                continue
            beside = position == previous + 1
            if beside and previous_right:
                self.kerns[position] = -previous_right
                yields.pop()  # what the mark before gave is spent
            if char in _OPENING:
                right = 0.0
                self.starts[position] = left * style.size
                if beside and not previous_right:
                    self.kerns[position] = -left * style.size
                else:
                    yields.append((position, left * style.size))
            else:
                self.ends[position + 1] = right * style.size
                yields.append((position + 1, right * style.size))
            previous, previous_right = position, right * style.size
        return yields

    def _part_scripts(self, advances: list[Pt]) -> list[tuple[int, Pt]]:
        """Set gaps between Chinese and Latin; return what they yield when squeezed."""
        yields: list[tuple[int, Pt]] = []
        for match in () if self.text.isascii() else _GAPS.finditer(kinds(self.text)):
            position = match.end()
            before, after = self.piece_at(match.start() - 1), self.piece_at(position)
            if (before.style.code and after.style.code) or before.rise or after.rise:
                continue  # a grid of cells; a note's mark, which stands close
            gap = GAP * before.style.size
            self.kerns[position] = gap - (advances[position - 1] if match.group() else 0.0)
            yields.append((position, gap - GAP_LEAST * before.style.size))
        return yields


def gaps(text: str) -> float:
    """Return the em that gaps between Chinese and Latin take in a text, at most."""
    return GAP * len(_GAPS.findall(kinds(text)))


@cache
def _trims(face: Face, char: str) -> tuple[float, float]:
    """Return what a mark gives up on its left and right, in em, by the blank it really has."""
    if face.advances[char] < _WIDE:
        return (0.0, 0.0)
    left, right = face.bearings(char)
    return (min(max(left, 0.0), MARK_TRIM), min(max(right, 0.0), MARK_TRIM))


_STRONG = Kinds(_LETTERS, other=" ")


def _latin_marks(text: str) -> frozenset[int]:
    """Return where marks that Chinese and Latin share stand in Latin text.

    A pair of quotes is decided by the letters around and inside it, any other mark by
    its neighbours; where they differ, by what the paragraph mostly is.
    """
    marks = [match.start() for match in _SHARED.finditer(text)]
    if not marks:
        return frozenset()
    strong = text.translate(_STRONG)
    mostly_latin = strong.count("L") > strong.count("C") * _SEVERAL_LETTERS
    latin: set[int] = set()
    opened: list[int] = []
    for position in marks:
        char = text[position]
        if char in "“‘":
            opened.append(position)
            continue
        group: tuple[int, ...] = (position,)
        if (
            char == "’"
            and strong[position - 1 : position] == "L" == strong[position + 1 : position + 2]
        ):
            latin.add(position)  # an apostrophe
            continue
        if char in "”’" and opened:
            group = (opened.pop(), position)
        latin.update(_if_latin(strong, group, mostly=mostly_latin))
    for position in opened:
        latin.update(_if_latin(strong, (position,), mostly=mostly_latin))
    return frozenset(latin)


def _if_latin(strong: str, group: tuple[int, ...], *, mostly: bool) -> tuple[int, ...]:
    """Return the marks of a group if they stand in Latin text, else none."""
    around: set[str] = set()
    for position in group:
        before = strong[max(position - _CONTEXT, 0) : position].rstrip(" ")
        after = strong[position + 1 : position + 1 + _CONTEXT].lstrip(" ")
        around.update(before[-1:], after[:1])
    if around == {"L"}:
        return group
    if around == {"C"}:
        return ()
    return group if mostly else ()
