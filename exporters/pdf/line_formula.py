"""A formula in -> the pieces of one that stands in a line, for the composer.

The pieces say the TeX they were written in: that is what is copied, and what the proof compares.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.fonts import FontStyle
from exporters.layout.text import Piece
from exporters.pdf.page_formula import BAR, SMALL
from exporters.pdf.plan import Dot, Look, Path, Rule
from report_data.tex.line import line_of
from report_data.tex.tree import Unknown

if TYPE_CHECKING:
    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import Item
    from exporters.pdf.setting import Setting, Tone

_JOINED = "\u2060"
"""WORD JOINER: no line ends where a style changes."""

_SCRIPT = 0.66
"""Part of its size in which a power or an index is set."""

_UP, _DOWN = 0.34, -0.14
"""Em by which it stands off."""


def in_line(tex: str, element: int, tone: Tone, setting: Setting) -> list[Piece] | None:
    """Return a formula's pieces for the composer; ``None`` where it cannot be set in a line."""
    try:
        parts = line_of(tex)
    except Unknown:
        return None
    said = "".join(part.text for part in parts)
    if not said or setting.context.fonts.missing(said):
        return None
    setting.formulas += 1
    look = Look(tone.color, element, says=tex, number=setting.formulas)
    pieces: list[Piece] = []
    for (italic, bold, scripts, over), run in groupby(
        parts, key=lambda part: (part.italic, part.bold, part.scripts, part.over)
    ):
        text = "".join(part.text for part in run)
        rise, scale = _place(scripts)
        style = FontStyle(tone.size * scale, tone.bold or bold, italic)
        if pieces and not pieces[-1].text.endswith(" "):
            text = _JOINED + text
        pieces.append(Piece(text, style, replace(look, over=over), rise * tone.size))
    return pieces


def _place(scripts: str) -> tuple[float, float]:
    """Return how far scripts of scripts stand off, and their size, of the text's."""
    rise, scale = 0.0, 1.0
    for where in scripts:
        rise += scale * (_UP if where == "^" else _DOWN)
        scale *= _SCRIPT
    return rise, scale


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
