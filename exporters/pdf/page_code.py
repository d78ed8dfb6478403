"""A block of code in -> strips on a grid of cells, 0.6 em each; wide characters take two.

So that columns stand under one another whatever the script: what was drawn
with characters in an editor stays drawn.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.bidi import is_right_to_left, levels, mirrored, visual_order
from exporters.layout.fonts import CELL, HINTS, KEYCAP
from exporters.layout.setting import stacked
from exporters.layout.text import Fragment
from exporters.pdf.highlight import Role, roles
from exporters.pdf.page_text import as_said, together
from exporters.pdf.plan import Look, Text
from exporters.pdf.strips import Frame, Strip, whole
from report_data.expressions import when_used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporters.layout.geometry import Pt
    from exporters.pdf.setting import Column, Setting, Tone
    from report_data.model import CodeBlock

TAB = 4
"""Cells to the next stop of a tab (the habit of code reviews and of most editors)."""

_LOOK = "\ufe0f"
_ON_KEYS = frozenset(f"0123456789#*{_LOOK}")
"""What a key is drawn around (Unicode Technical Standard 51, ED-14c)."""

_ALONE = 2
"""Cells of a key around nothing."""

_EQUAL = 0.001
"""Points under which two spacings are one."""

_DRAWN = when_used("[\u2500-\u259f]")
"""Lines and blocks that drawings are made of."""

_LEAD = when_used(r"[\s#/*+>-]*")
"""What stands before a line's own text: white space, the marks of comments, lists and changes."""

_FURTHER = 2
"""Cells by which the rest of a broken line stands further in than its beginning."""

SMALLEST = 0.78
"""The least size, as a part of the usual one, that long lines are set in before they are broken."""


def code_strips(node: CodeBlock, column: Column, setting: Setting) -> list[Strip]:
    """Return a block of code on its ground; long lines make it smaller, then are broken."""
    look = setting.look
    frame = Frame(
        column.x,
        column.width,
        above=look.box.top - 2,
        below=look.box.bottom - 2,
        ground=setting.palette.paper if _on_ground(column) else setting.palette.surface,
        outer=column.frame,
    )
    inside = replace(column.within(look.box.left - 4, look.box.right - 4), frame=frame)
    text = "\n".join(_expanded(line) for line in node.text.split("\n"))
    tone = _fitting(text.split("\n"), inside.width, setting)
    element = setting.element("Code", setting.element("P", column.element))
    cells = int(inside.width / (CELL * tone.size))
    colors = _colors(text, node.language, tone, setting)
    strips: list[Strip] = []
    start = 0
    drawn = _DRAWN.search(text) is not None
    for line in text.split("\n"):
        hang = 0 if drawn else _hang(line, cells)
        x = inside.x
        for row in _rows(line, cells, hang):
            looks = [Look(color, element) for color in colors[start : start + len(row)]]
            items = _items(row, looks, x, tone, setting)
            strips.append(Strip(tone.leading, items, frame=frame))
            start += len(row)
            x = inside.x + hang * CELL * tone.size
        start += 1
    strips = together(strips)
    return whole([replace(strips[0], space=look.figure_gap), *strips[1:]])


def _on_ground(column: Column) -> bool:
    """Return whether code stands on another box's ground."""
    return column.frame is not None and any(frame.ground for frame in column.frame.chain())


def _colors(text: str, language: str, tone: Tone, setting: Setting) -> list[str]:
    """Return the colour of every character, of those that no side of a comparison wears."""
    palette = setting.palette
    by_role = {
        Role.PLAIN: tone.color,
        Role.COMMENT: palette.ink_second,
        Role.STRING: palette.series[2 % len(palette.series)],
        Role.NUMBER: palette.series[3 % len(palette.series)],
        Role.KEYWORD: palette.series[4 % len(palette.series)],
    }
    return [by_role[Role(role)] for role in roles(text, language)]


def _fitting(lines: list[str], width: Pt, setting: Setting) -> Tone:
    """Return the size in which all lines fit that can; the others are broken in any."""
    tone = setting.tone(setting.look.code, code=True)
    lengths = [sum(map(cells_of, line)) * CELL * tone.size for line in lines]
    longest = width / SMALLEST
    if any(map(_DRAWN.search, lines)):  # a drawing that is broken is none: as much as can be
        scale = max(SMALLEST, min(1.0, width / max(lengths)))
    else:
        widest = max((length for length in lengths if length <= longest), default=0.0)
        scale = min(1.0, width / widest) if widest else 1.0
    return replace(tone, size=tone.size * scale, leading=tone.leading * scale)


def cells_of(char: str) -> int:
    """Return how many cells a character takes (Unicode, East Asian Width; none if it joins)."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _expanded(line: str) -> str:
    """Return a line with its tabs as spaces."""
    if "\t" not in line:
        return line
    made: list[str] = []
    cells = 0
    for char in line:
        if char == "\t":
            fill = TAB - cells % TAB
            made.append(" " * fill)
            cells += fill
        else:
            made.append(char)
            cells += cells_of(char)
    return "".join(made)


def _hang(line: str, cells: int) -> int:
    """Return by how many cells the further rows of a long line are moved in: under its own text.

    So a reader sees that they are no lines of their own.
    """
    lead = _LEAD.match(line)
    return min(lead.end() if lead else 0, cells // 3) + _FURTHER


def _rows(line: str, cells: int, hang: int) -> Iterator[str]:
    """Yield a line in parts that fit, broken at a space where there is one in the last third.

    All but the first have ``hang`` cells less.
    """
    while True:
        taken = end = 0
        for index, char in enumerate(line):
            taken += cells_of(char)
            if taken > cells:
                break
            end = index + 1
        if end >= len(line):
            yield line
            return
        space = line.rfind(" ", end * 2 // 3, end)
        end = space + 1 if space > 0 else max(end, 1)
        yield line[:end]
        line = line[end:]
        cells, hang = cells - hang, 0


def _items(row: str, looks: list[Look], x: Pt, tone: Tone, setting: Setting) -> tuple[Text, ...]:
    """Return a row's text, each run of one face and colour where its cells are."""
    if not row.strip():
        return ()
    faces = setting.context.fonts.choices(tone.style)
    if not row.isascii() and any(map(is_right_to_left, row)):
        turned = _turned(row, looks, tone, setting)
        return (Text(x, tone.base, as_said(tuple(turned), setting)),)
    cell = CELL * tone.size
    # A mark that no face has is a gap, and no gap may lie on another: it would be read once.
    gone = () if row.isascii() else setting.context.fonts.missing(row)
    marks = {char for char in set(row) if not (faces[char].advances[char] or HINTS.match(char))}
    rises = stacked(row, marks) if marks else {}
    fragments: list[Fragment] = []
    at = 0
    for index, (char, look) in enumerate(zip(row, looks, strict=True)):
        if fragments and _follows(char, row[index - 1]):
            fragments[-1] = replace(fragments[-1], text=fragments[-1].text + char)
            continue
        face, count = faces[char], cells_of(char) or int(char in gone)
        if char == KEYCAP:
            count = _ALONE
        natural = face.advances[char] * tone.size
        extra = count * cell - natural if count else 0.0
        last = fragments[-1] if fragments else None
        rise = rises.get(index, 0.0) * tone.size
        alike = last and last.face is face and (last.tag == look or char == " ")
        if last and alike and last.rise == rise and abs(last.spacing - extra) < _EQUAL:
            grown = last.width + natural + extra
            fragments[-1] = replace(last, text=last.text + char, width=grown)
        else:
            left = at * cell + extra / 2
            fragments.append(
                Fragment(left, natural + extra, char, face, tone.size, extra, look, rise)
            )
        at += count
    return (Text(x, tone.base, tuple(fragments)),)


def _follows(char: str, before: str) -> bool:
    """Return whether a character is of the emoji before it: its look, or the key around it."""
    return char == _LOOK or (char == KEYCAP and before in _ON_KEYS)


def _turned(row: str, looks: list[Look], tone: Tone, setting: Setting) -> Iterator[Fragment]:
    """Yield a row with right-to-left letters, each character in the cells where it stands."""
    faces = setting.context.fonts.choices(tone.style)
    cell = CELL * tone.size
    found = levels(row, 0)
    gone = setting.context.fonts.missing(row)
    taken = [cells_of(char) or int(char in gone) for char in row]
    cells: dict[int, int] = {}
    at = 0
    for index in visual_order(found):
        cells[index] = at
        at += taken[index]
    for index, (char, look) in enumerate(zip(row, looks, strict=True)):
        shown = mirrored(char) if found[index] % 2 else char
        face, width = faces[shown], taken[index] * cell
        spare = (width - face.advances[shown] * tone.size) / 2 if width else 0.0
        left = cells[index] * cell + spare
        yield Fragment(left, width, shown, face, tone.size, 0.0, look, 0.0, char)
