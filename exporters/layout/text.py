"""Runs of text and a width in -> measured lines out. Nothing else in the product breaks lines.

STUB: the interface that the other rooms build on; to be filled by the layout helper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.fonts import Face, FontSet, FontStyle
    from exporters.layout.geometry import Pt


class Piece(NamedTuple):
    r"""Text of one style. ``tag`` is the caller's own and comes back on its fragments.

    ``"\n"`` in the text is a line break that the author asked for. ``rise`` lifts
    the text off its base line (superscript positive), in points.
    """

    text: str
    style: FontStyle
    tag: object = None
    rise: Pt = 0.0


class Fragment(NamedTuple):
    """Text of one face, placed on a line. ``x`` from the line's left edge, in points.

    ``spacing`` is added after every character (justification). Where a mark is
    squeezed or a gap stands, a new fragment starts at the right ``x``.
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
    raise NotImplementedError


def count_lines(pieces: Sequence[Piece], width: Pt, fonts: FontSet) -> int:
    """Return how many lines `compose` would make (cheaper)."""
    raise NotImplementedError


def natural_width(pieces: Sequence[Piece], fonts: FontSet) -> Pt:
    """Return the width of the text on one line (of its widest line, where it has breaks)."""
    raise NotImplementedError


def minimum_width(pieces: Sequence[Piece], fonts: FontSet) -> Pt:
    """Return the width of the widest cluster that may not be broken."""
    raise NotImplementedError
