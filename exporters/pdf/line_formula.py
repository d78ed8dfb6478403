"""A formula in -> the pieces of one that stands in a line, for the composer.

Fractions take a stroke, limits stand beside their signs. The pieces say the TeX they were
written in: that is what is copied, and what the proof compares.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.fonts import FontStyle
from exporters.layout.text import Piece
from exporters.pdf.formula_spacing import BAR, NONE, SMALL, spacing
from exporters.pdf.plan import Dot, Look, Path, Rule
from exporters.pdf.tex import (
    Accent,
    Atom,
    Fenced,
    Fraction,
    Grid,
    Large,
    Root,
    Scripts,
    Space,
    Unknown,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import Item
    from exporters.pdf.setting import Setting, Tone
    from exporters.pdf.tex import Node, Row

_JOINED = "\u2060"
"""WORD JOINER: no line ends where a style changes."""

_SCRIPT = 0.66
"""Part of its size in which a power or an index is set."""

_UP, _DOWN = 0.34, -0.14
"""Em by which it stands off."""


class _Part(Struct, frozen=True, gc=False):
    """Characters of a formula in a line: how they look, and how many scripts they stand in."""

    text: str
    italic: bool = False
    bold: bool = False
    rise: float = 0.0
    scale: float = 1.0
    over: str = ""


def in_line(tex: str, element: int, tone: Tone, setting: Setting) -> list[Piece] | None:
    """Return a formula's pieces for the composer; ``None`` where it cannot be set in a line."""
    try:
        parts = list(_linear(parse(tex)))
    except Unknown:
        return None
    said = "".join(part.text for part in parts)
    if not said or setting.context.fonts.missing(said.replace(_JOINED, "")):
        return None
    look = Look(tone.color, element, says=tex)
    pieces: list[Piece] = []
    for (italic, bold, rise, scale, over), run in groupby(
        parts, key=lambda part: (part.italic, part.bold, part.rise, part.scale, part.over)
    ):
        text = "".join(part.text for part in run)
        style = FontStyle(tone.size * scale, tone.bold or bold, italic)
        if pieces and not pieces[-1].text.endswith(" "):
            text = _JOINED + text
        pieces.append(Piece(text, style, replace(look, over=over), rise * tone.size))
    return pieces


def _linear(row: Row, rise: float = 0.0, scale: float = 1.0) -> Iterator[_Part]:
    """Yield a row's parts on one line: fractions with a stroke, limits beside their signs."""
    before: Node | None = None
    for index, node in enumerate(row):
        following = row[index + 1] if index + 1 < len(row) else None
        if isinstance(node, Space):
            if node.em:
                yield _Part("\u00a0", rise=rise, scale=scale)
            continue
        spaced = scale == 1.0 and isinstance(node, Atom)
        left, right = spacing(node, before, following) if spaced else NONE
        if left and before is not None:
            yield _Part("\u00a0")
        if isinstance(node, Grid):  # rows are no line
            raise Unknown
        yield from _LINEAR[type(node)](node, rise, scale)
        if right and following is not None:
            may_end = isinstance(node, Atom) and node.kind in {"relation", "operator"}
            yield _Part(" " if may_end else "\u00a0")
        before = node


def _linear_atom(node: Atom, rise: float, scale: float) -> Iterator[_Part]:
    yield _Part(node.text, node.kind == "letter", node.bold, rise, scale)


def _linear_large(node: Large, rise: float, scale: float) -> Iterator[_Part]:
    yield _Part(node.sign, rise=rise, scale=scale)


def _linear_fraction(node: Fraction, rise: float, scale: float) -> Iterator[_Part]:
    if node.bare:
        raise Unknown
    yield from _bracketed(node.above, rise, scale)
    yield _Part("/", rise=rise, scale=scale)
    yield from _bracketed(node.below, rise, scale)


def _linear_root(node: Root, rise: float, scale: float) -> Iterator[_Part]:
    if node.degree:
        raise Unknown
    yield _Part("√", rise=rise, scale=scale)
    yield from _bracketed(node.body, rise, scale)


def _linear_scripts(node: Scripts, rise: float, scale: float) -> Iterator[_Part]:
    yield from _linear(node.base, rise, scale)
    for where, script in node.scripts:
        up = rise + scale * (_UP if where == "^" else _DOWN)
        yield from _linear(script, up, scale * _SCRIPT)


def _linear_accent(node: Accent, rise: float, scale: float) -> Iterator[_Part]:
    if not all(isinstance(one, Atom) for one in node.body) or rise:
        raise Unknown
    yield from (replace(part, over=node.mark) for part in _linear(node.body, rise, scale))


def _linear_fenced(node: Fenced, rise: float, scale: float) -> Iterator[_Part]:
    yield _Part(node.left, rise=rise, scale=scale)
    yield from _linear(node.body, rise, scale)
    yield _Part(node.right, rise=rise, scale=scale)


_LINEAR: dict[type, Callable[..., Iterator[_Part]]] = {
    Atom: _linear_atom,
    Large: _linear_large,
    Fraction: _linear_fraction,
    Root: _linear_root,
    Scripts: _linear_scripts,
    Accent: _linear_accent,
    Fenced: _linear_fenced,
}


def _bracketed(row: Row, rise: float, scale: float) -> Iterator[_Part]:
    """Yield a row, in brackets where it is more than one thing."""
    single = len(row) == 1 or all(
        isinstance(one, Atom) and one.kind in {"letter", "figure"} for one in row
    )
    if not single:
        yield _Part("(", rise=rise, scale=scale)
    yield from _linear(row, rise, scale)
    if not single:
        yield _Part(")", rise=rise, scale=scale)


def mark_over(mark: str, text: str, left: Pt, right: Pt, base: Pt, size: Pt, color: str) -> Item:
    """Return the mark over letters in a line, from their left edge to their right one."""
    small = all(char in SMALL for char in text)
    y, width = base - (0.66 if small else 0.84) * size, max(0.4, BAR * size)
    middle = (left + right) / 2 + 0.05 * size
    if mark == "ˉ":
        return Rule(left + 0.06 * size, y, right, y, width, color)
    if mark in "˙¨":
        return Dot(middle, y, 0.06 * size, color)
    points = tuple((middle + x * size, y + up * size) for x, up in _OVER[mark])
    return Path(points, color, width)


_OVER = {
    "ˆ": ((-0.16, 0.05), (0.0, -0.08), (0.16, 0.05)),
    "˜": ((-0.18, 0.03), (-0.09, -0.04), (0.09, 0.03), (0.18, -0.04)),
    "→": ((-0.22, 0.0), (0.22, 0.0), (0.12, -0.07), (0.22, 0.0), (0.12, 0.07)),
}
"""Points of marks that are drawn, in em from their middle."""
