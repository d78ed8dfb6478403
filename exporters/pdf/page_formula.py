"""A formula in -> the strip of a displayed one.

Sizes, gaps and classes of spacing follow TeX (Knuth, The TeXbook, chapter 17, 18 and appendix G),
for faces without serifs. What is drawn is one run that says the TeX it was written in: that is
what is copied, and what the proof compares.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.fonts import FontStyle
from exporters.layout.text import Fragment
from exporters.pdf.plan import Look, Path, Rule, Text
from exporters.pdf.strips import Strip
from report_data.tex.spacing import spacing
from report_data.tex.tree import (
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
    from collections.abc import Iterator, Sequence

    from exporters.layout.fonts import FontSet
    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import Item
    from exporters.pdf.setting import Column, Setting, Tone
    from report_data.tex.tree import Node, Row

_Style: TypeAlias = Literal[0, 1, 2, 3]
"""Displayed, in text, in scripts, in scripts of scripts."""

_SCRIPT = 2
"""The first style of scripts: no space stands between signs there."""
_SIZES = (1.0, 1.0, 0.72, 0.58)
_ASCENT, _DESCENT = 0.76, 0.22
"""Em that a sign of the text reaches over and under its base line."""
_AXIS = 0.35
"""Em from the base line up to the middle of signs, where the line of a fraction stands."""
BAR = 0.055
"""Em of the thickness of a fraction's line, and of a root's."""
SMALL = frozenset("acemnorsuvwxzαγειηκμνοπρστυχω")
"""Letters without an ascender, over which a mark stands low."""
_GAP = 0.16
"""Em between a line and what stands over or under it."""
_RAISED, _LOWERED = 0.40, 0.17
"""Em by which powers and indices stand off, if their base is no taller than a letter."""
_LARGE, _INTEGRAL = 1.45, 1.9
"""How much larger the signs of sums and of integrals are when they are displayed."""
_FENCE = 0.98
"""Em that a bracket is tall."""
_TALLEST = 3.5
"""Times of its size that a bracket grows at most."""
_LIMIT = 0.12
_ACCENT = 0.06
_BETWEEN_ROWS, _BETWEEN_COLUMNS = 0.5, 1.0
_WIDE = "\u2e80"
TALLEST = 0.8
"""Part of a page's column that a formula takes at most."""
LITTLE_SMALLER, SMALLEST = 0.88, 0.7
"""Part of its size to which a formula that is too wide is set smaller, rather than in lines, and
where none of its lines fits."""


class _Glyphs(Struct, frozen=True, gc=False):
    """Characters of one style at a place: from the box's left edge and over its base line."""

    x: Pt
    rise: Pt
    text: str
    style: FontStyle


class _Line(Struct, frozen=True, gc=False):
    """A line through points, each from the left edge and over the base line."""

    points: tuple[tuple[Pt, Pt], ...]
    width: Pt


class _Box(Struct, frozen=True, gc=False):
    """What is set, with its measures from its base line."""

    width: Pt
    ascent: Pt
    descent: Pt
    glyphs: tuple[_Glyphs, ...] = ()
    lines: tuple[_Line, ...] = ()

    def moved(self, x: Pt, rise: Pt) -> _Box:
        """Return the box elsewhere."""
        return _Box(
            self.width,
            self.ascent + rise,
            self.descent - rise,
            tuple(replace(one, x=one.x + x, rise=one.rise + rise) for one in self.glyphs),
            tuple(
                replace(one, points=tuple((left + x, up + rise) for left, up in one.points))
                for one in self.lines
            ),
        )


def displayed(
    tex: str, element: int, column: Column, tone: Tone, setting: Setting
) -> list[Strip] | None:
    """Return a displayed formula, centred; ``None`` where it cannot be set or is too large.

    What is too wide is set smaller, or in lines that begin with a sign of relation or operation.
    """
    fonts = setting.context.fonts
    try:
        row = parse(tex)
    except Unknown:
        return None
    box = _Setter(tone, fonts).row(row, 0)
    if not box.glyphs or fonts.missing("".join(one.text for one in box.glyphs)):
        return None
    scale = column.width / box.width
    if scale < LITTLE_SMALLER:
        lines = _Setter(tone, fonts).lines(row, column.width)
        if lines.width <= column.width:
            box, scale = lines, 1.0
    if SMALLEST <= scale < 1.0:
        box = _Setter(replace(tone, size=tone.size * scale), fonts).row(row, 0)
    if box.width > column.width + 1 or box.ascent + box.descent > TALLEST * setting.upright.height:
        return None
    left = column.x + max(0.0, (column.width - box.width) / 2)
    look = Look(tone.color, element, says=tex)
    text = Text(left, box.ascent, tuple(_fragments(box.glyphs, look, fonts)))
    items: list[Item] = [text, *(_drawn(line, left, box.ascent, tone) for line in box.lines)]
    return [Strip(box.ascent + box.descent, tuple(items), frame=column.frame)]


def _fragments(glyphs: Sequence[_Glyphs], look: Look, fonts: FontSet) -> Iterator[Fragment]:
    for one in glyphs:
        faces = fonts.choices(one.style, latin=True)
        x, size = one.x, one.style.size
        for face, run in groupby(one.text, key=faces.__getitem__):
            text = "".join(run)
            width = sum(face.advance(char) for char in text) * size
            yield Fragment(x, width, text, face, size, 0.0, look, one.rise)
            x += width


def _drawn(line: _Line, left: Pt, base: Pt, tone: Tone) -> Item:
    points = tuple((left + x, base - up) for x, up in line.points)
    if len(points) == 2:  # noqa: PLR2004 - a straight line
        return Rule(*points[0], *points[1], line.width, tone.color)
    return Path(points, tone.color, line.width)


class _Setter:
    """Sets trees in one size."""

    def __init__(self, tone: Tone, fonts: FontSet) -> None:
        self._size = tone.size
        self._bold = tone.bold
        self._fonts = fonts

    def row(self, row: Row, style: _Style) -> _Box:
        """Return nodes side by side."""
        em = self._em(style)
        boxes: list[_Box] = []
        x = 0.0
        before: Node | None = None
        for index, node in enumerate(row):
            if isinstance(node, Space):
                x += node.em * em
                continue
            following = row[index + 1] if index + 1 < len(row) else None
            in_script = style >= _SCRIPT
            left, right = (0.0, 0.0) if in_script else spacing(node, before, following)
            box = self._node(node, style)
            x += left * em
            boxes.append(box.moved(x, 0.0))
            x += box.width + right * em
            before = node
        return _joined(boxes, x, em)

    def lines(self, row: Row, width: Pt) -> _Box:
        """Return a row in lines of a width, each but the first moved in behind its sign."""
        indent: Row = (Space(2.0), Atom("", "letter"))  # the sign has something before it
        parts: list[Row] = [()]
        for node in row:
            signs = isinstance(node, Atom) and node.kind in {"relation", "operator"}
            if signs and parts[-1]:
                parts.append(())
            parts[-1] += (node,)
        made: list[Row] = [parts[0]]
        for part in parts[1:]:
            longer = made[-1] + part
            if self.row(longer, 0).width <= width:
                made[-1] = longer
            else:
                made.append(indent + part)
        return self._grid(Grid(tuple((line,) for line in made), "l"), 0, inside=0)

    def _em(self, style: _Style) -> Pt:
        return self._size * _SIZES[style]

    def _text(
        self,
        text: str,
        style: _Style,
        *,
        italic: bool = False,
        bold: bool = False,
        scale: float = 1,
    ) -> _Box:
        size = self._em(style) * scale
        font = FontStyle(size, self._bold or bold, italic)
        faces = self._fonts.choices(font, latin=True)
        width = sum(faces[char].advance(char) for char in text) * size
        return _Box(width, _ASCENT * size, _DESCENT * size, (_Glyphs(0.0, 0.0, text, font),))

    def _node(self, node: Node, style: _Style) -> _Box:  # noqa: PLR0911 - one a kind
        match node:
            case Atom():
                return self._text(node.text, style, italic=node.kind == "letter", bold=node.bold)
            case Large():
                return self._large(node, style)
            case Fraction():
                return self._fraction(node, style)
            case Root():
                return self._root(node, style)
            case Scripts():
                return self._scripts(node, style)
            case Accent():
                return self._accent(node, style)
            case Fenced():
                return self._fenced(node, style)
            case Grid():
                return self._grid(node, style)
            case Space():
                return _Box(node.em * self._em(style), 0.0, 0.0)

    def _large(self, node: Large, style: _Style) -> _Box:
        if node.sign.isascii() or not node.grown:
            return self._text(node.sign, style)
        scale = 1.0 if style else _LARGE if node.limits else _INTEGRAL
        box = self._text(node.sign, style, scale=scale)
        em = self._em(style)
        (glyphs,) = box.glyphs
        face = self._fonts.choices(glyphs.style, latin=True)[node.sign]
        left, right = (max(0.0, blank * scale - 0.06) * em for blank in face.bearings(node.sign))
        box = box.moved(-left, (_AXIS - _AXIS * scale) * em)
        return replace(box, width=box.width - left - right)

    def _fraction(self, node: Fraction, style: _Style) -> _Box:
        em, inside = self._em(style), _smaller(style)
        above, below = self.row(node.above, inside), self.row(node.below, inside)
        side = 0.12 * em
        width = max(above.width, below.width) + 2 * side
        axis, gap = _AXIS * em, _GAP * em * (1.0 if style == 0 else 0.6)
        up = axis + gap + above.descent
        down = axis - gap - 0.06 * em - below.ascent
        line = _Line(((side / 2, axis), (width - side / 2, axis)), max(0.4, BAR * em))
        parts = [
            above.moved((width - above.width) / 2, up),
            below.moved((width - below.width) / 2, down),
        ]
        if not node.bare:
            parts.append(_Box(width, axis, -axis, (), (line,)))
        return _joined(parts, width, em)

    def _root(self, node: Root, style: _Style) -> _Box:
        em = self._em(style)
        body = self.row(node.body, style)
        degree = self.row(node.degree, 3) if node.degree else None
        left = max(0.0, degree.width - 0.25 * em) if degree else 0.0
        thick = max(0.4, BAR * em)
        top, bottom = body.ascent + 0.1 * em, -body.descent * 0.8
        start, wide = left + 0.08 * em, 0.62 * em
        line = _Line(
            (
                (start, bottom + (top - bottom) * 0.46),
                (start + 0.14 * em, bottom + (top - bottom) * 0.52),
                (start + 0.32 * em, bottom),
                (start + wide - 0.06 * em, top),
                (start + wide + body.width + 0.06 * em, top),
            ),
            thick,
        )
        parts = [_Box(0.0, top + 0.12 * em, body.descent, (), (line,))]
        if degree:
            parts.insert(0, degree.moved(0.0, bottom + (top - bottom) * 0.62))
        parts.append(body.moved(start + wide, 0.0))
        return _joined(parts, start + wide + body.width + 0.12 * em, em)

    def _scripts(self, node: Scripts, style: _Style) -> _Box:
        em = self._em(style)
        large = node.base[0] if len(node.base) == 1 else None
        base = self.row(node.base, style) if node.base else _Box(0.0, _ASCENT * em, _DESCENT * em)
        inside: _Style = 2 if style < _SCRIPT else 3
        made = [(where, self.row(script, inside)) for where, script in node.scripts]
        if isinstance(large, Large) and large.limits and style == 0:
            return self._limits(base, made, em)
        lean = 0.04 * em if _leans(node.base) else 0.0
        sign = isinstance(large, Large)
        parts, width = [base], base.width
        for where, script in made:
            if where == "^":
                rise = max(_RAISED * em, base.ascent - (0.30 if sign else 0.42) * em)
            else:
                rise = -max(_LOWERED * em, base.descent + (-0.02 if sign else 0.0) * em)
            x = base.width + (lean if where == "^" else 0.0) + 0.02 * em
            parts.append(script.moved(x, rise))
            width = max(width, x + script.width + 0.04 * em)
        return _joined(parts, width, em)

    def _limits(self, base: _Box, made: Sequence[tuple[str, _Box]], em: Pt) -> _Box:
        width = max([base.width, *(script.width for _, script in made)])
        parts = [base.moved((width - base.width) / 2, 0.0)]
        for where, script in made:
            if where == "^":
                rise = base.ascent + _LIMIT * em + script.descent
            else:
                rise = -base.descent - _LIMIT * em - script.ascent
            parts.append(script.moved((width - script.width) / 2, rise))
        return _joined(parts, width, em)

    def _accent(self, node: Accent, style: _Style) -> _Box:
        em = self._em(style)
        body = self.row(node.body, style)
        top = max(body.ascent - 0.04 * em, 0.0) if _is_tall(node.body) else 0.58 * em
        lean = 0.06 * em if _leans(node.body) else 0.0
        if node.mark in "ˉ→" and (node.mark == "ˉ" or body.width > 0.7 * em):
            y = top + _ACCENT * em
            line = _Line(((lean, y), (body.width + lean, y)), max(0.4, BAR * em))
            mark = _Box(body.width, y + 0.1 * em, -y, (), (line,))
            if node.mark == "ˉ":
                return _joined([body, mark], body.width, em)
            head = _Line(
                tuple((body.width + lean + x * em, y + up * em) for x, up in _HEAD),
                max(0.4, BAR * em),
            )
            mark = replace(mark, lines=(line, head))
            return _joined([body, mark], body.width, em)
        scale = 0.7 if node.mark == "→" else 1.0
        mark = self._text(node.mark, style, scale=scale)
        rise = top - (0.16 if node.mark == "→" else 0.56) * em
        mark = mark.moved((body.width - mark.width) / 2 + lean, rise)
        mark = replace(mark, ascent=top + 0.26 * em)
        return _joined([body, mark], body.width, em)

    def _fenced(self, node: Fenced, style: _Style) -> _Box:
        em = self._em(style)
        body = self.row(node.body, style)
        axis = _AXIS * em
        half = max(body.ascent - axis, body.descent + axis)
        scale = min(_TALLEST, max(1.0, 2 * half * 0.98 / (_FENCE * em)))
        parts: list[_Box] = []
        x = 0.0
        for sign, box in ((node.left, None), ("", body), (node.right, None)):
            made = box
            if made is None:
                if not sign:
                    continue
                made = self._text(sign, style, scale=scale)
                made = made.moved(0.0, axis - 0.26 * em * scale)
                made = replace(made, ascent=axis + half, descent=half - axis)
            parts.append(made.moved(x, 0.0))
            x += made.width + (0.06 * em if sign != node.right or made is body else 0.0)
        return _joined(parts, x, em)

    def _grid(self, node: Grid, style: _Style, inside: _Style | None = None) -> _Box:
        em = self._em(style)
        if inside is None:
            inside = 1 if style == 0 and node.aligns != "rl" else style
        rows = [[self.row(cell, inside) for cell in row] for row in node.rows]
        count = max(map(len, rows))
        widths = [
            max((row[place].width for row in rows if place < len(row)), default=0.0)
            for place in range(count)
        ]
        aligned = node.aligns == "rl"
        parts: list[_Box] = []
        top = 0.0
        for row in rows:
            ascent = max([box.ascent for box in row], default=0.0)
            descent = max([box.descent for box in row], default=0.0)
            base = top - max(ascent, _ASCENT * em)
            x = 0.0
            for place, box in enumerate(row):
                align = node.aligns[place % len(node.aligns)]
                spare = widths[place] - box.width
                aside = {"l": 0.0, "c": spare / 2, "r": spare}[align]
                parts.append(box.moved(x + aside, base))
                x += widths[place]
                if not aligned or place % 2:
                    x += _BETWEEN_COLUMNS * em
            top = base - max(descent, _DESCENT * em) - _BETWEEN_ROWS * em
        height = -top - _BETWEEN_ROWS * em
        gaps = count - 1 if not aligned else (count - 1) // 2
        width = sum(widths) + gaps * _BETWEEN_COLUMNS * em
        return _joined([part.moved(0.0, height / 2 + _AXIS * em) for part in parts], width, em)


_HEAD = ((-0.14, 0.09), (0.0, 0.0), (-0.14, -0.09))
"""An arrow's head, in em from its point."""


def _joined(boxes: Sequence[_Box], width: Pt, em: Pt) -> _Box:
    """Return boxes that have found their places as one."""
    return _Box(
        width,
        max([box.ascent for box in boxes], default=_ASCENT * em),
        max([box.descent for box in boxes], default=_DESCENT * em),
        tuple(glyph for box in boxes for glyph in box.glyphs),
        tuple(line for box in boxes for line in box.lines),
    )


def _smaller(style: _Style) -> _Style:
    """Return the style of what stands in a fraction."""
    return 1 if style == 0 else 2 if style == 1 else 3


def _leans(row: Row) -> bool:
    return bool(row) and isinstance(row[-1], Atom) and row[-1].kind == "letter"


def _is_tall(row: Row) -> bool:
    """Return whether a row has more than small letters."""
    return any(not isinstance(one, Atom) or not set(one.text) <= SMALL for one in row)
