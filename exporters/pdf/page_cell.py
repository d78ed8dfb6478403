"""A table's cells in -> their set lines: what says the same in a column is composed once.

Columns of large tables say the same few things again and again; the lines of such a cell are
shared, and only where they stand and which element they belong to is its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.fonts import IGNORED, KEYCAP
from exporters.layout.text import Line, Piece, compose, count_lines
from exporters.pdf.page_text import line_items, notes_in, pieces
from exporters.pdf.plan import LAYOUT, Look, Presence, Text
from exporters.pdf.setting import Column
from report_data.model import Mark, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.fonts import FontStyle
    from exporters.layout.geometry import Pt
    from exporters.pdf.page_grid import Grid
    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Setting, Tone
    from report_data.ids import BlockId
    from report_data.model import Cell

_NO_MARKS = Mark.NONE

_DRAWN = re.compile(rf"[^\s{IGNORED}]")
"""What leaves a trace on the page: a cell of hints alone is as empty as one without text."""


_Key: TypeAlias = "str | tuple[tuple[str, FontStyle], ...]"
"""A text of a column's own style, or the texts and styles of several pieces."""


class SetCell(Struct, frozen=True, gc=False):
    """A cell's lines (none when it is empty), and what they belong to.

    ``shared`` tells that the lines are those of other cells too: their fragments
    know no element. ``shift`` is how far a figure stands from its column's right edge.
    """

    lines: Sequence[Line]
    slot: Slot
    element: ElementId
    shared: bool = False
    notes: tuple[BlockId, ...] = ()
    shift: Pt = 0.0

    @property
    def is_blank(self) -> bool:
        """Whether nothing of it is drawn: it is empty, or all hints."""
        return not any(_DRAWN.search(part.text) for line in self.lines for part in line.fragments)


class Slot:
    """A column of one part of a table: sets its cells one after another.

    Attributes:
        index: The column's number in the table.
        inside: Where its texts stand.
        tone: How they are set.
    """

    __slots__ = ("_known", "_look", "_setting", "_shifts", "_style", "index", "inside", "tone")

    def __init__(self, grid: Grid, place: int, tone: Tone, setting: Setting) -> None:
        padding = setting.look.cell
        left = grid.edges[place] + padding.left
        right = grid.edges[place + 1] - padding.right - grid.aside[place]
        self.index = grid.columns[place]
        self.inside = Column(left, right - left, LAYOUT)
        self.tone = replace(tone, align=grid.aligns[place])
        self._setting = setting
        self._style = tone.style
        self._look = Look(tone.color, LAYOUT)
        self._shifts = grid.shifts[place] if grid.shifts else {}
        self._known: dict[_Key, tuple[Line, ...]] = {}

    def set(self, cell: Cell, element: ElementId) -> SetCell:
        """Return a cell's lines."""
        made = self._set(cell, element)
        shift = self._shifts.get(cell.text) if self._shifts else None
        return replace(made, shift=shift) if shift and len(made.lines) == 1 else made

    def _set(self, cell: Cell, element: ElementId) -> SetCell:
        content = cell.content
        run = content[0] if len(content) == 1 else None
        if type(run) is Run and run.marks is _NO_MARKS and run.link is None and run.lang is None:
            text = run.text
            lines = self._known.get(text)
            if lines is None:
                lines = self._shared(text, Piece(text, self._style, self._look)) if text else ()
            if lines is not None:
                return SetCell(lines, self, element, shared=True)
        return self._set_marked(cell, element)

    def _set_marked(self, cell: Cell, element: ElementId) -> SetCell:
        """Return a cell's lines; they are shared if its pieces differ in their faces only."""
        text = pieces(cell.content, element, self.tone, self._setting)
        notes = notes_in(cell.content)
        if not any(piece.text for piece in text):
            return SetCell((), self, element, notes=notes)
        own = Look(self.tone.color, element)
        if all(piece.tag == own and not piece.rise for piece in text):
            key = tuple([(piece.text, piece.style) for piece in text])
            lines = self._known.get(key)
            if lines is None:
                lines = self._shared(key, *(replace(piece, tag=self._look) for piece in text))
            if lines is not None:
                return SetCell(lines, self, element, shared=True, notes=notes)
        return SetCell(self._compose(text), self, element, notes=notes)

    def _shared(self, key: _Key, *text: Piece) -> tuple[Line, ...] | None:
        """Return the lines of a text, kept under a key; none where more than text is drawn."""
        lines = self._compose(text)
        keys = any(KEYCAP in piece.text for piece in text)
        if keys or any(one.said for line in lines for one in line.fragments):
            return None
        self._known[key] = lines
        return lines

    def shortened(self, cell: Cell, most: int) -> SetCell:
        """Return a cell that is shown again, no content, in so many lines at the most."""
        text, fonts = cell.text, self._setting.context.fonts
        lines = self._compose((Piece(text, self._style, self._look),)) if text else ()
        end = lines[most - 1].end if len(lines) > most else 0
        while len(lines) > most:
            end -= 1
            piece = Piece(f"{text[:end].rstrip()}…", self._style, self._look)
            if not end or count_lines((piece,), self.inside.width, fonts) <= most:
                lines = self._compose((piece,))
        return SetCell(lines, self, LAYOUT)

    def _compose(self, text: Sequence[Piece]) -> tuple[Line, ...]:
        setting = self._setting
        return compose(text, self.inside.width, setting.context.fonts, strict=setting.look.strict)


def line_of(cell: SetCell, line: Line, top: Pt, setting: Setting) -> tuple[Item, ...]:
    """Return what is drawn of one of a cell's lines."""
    slot = cell.slot
    tone, inside = slot.tone, slot.inside
    if cell.shift:
        held = max(inside.width - cell.shift, line.width)
        inside = replace(inside, width=min(held, inside.width))
    if not cell.shared:
        return line_items(line, replace(inside, element=cell.element), tone, setting, top)
    if not line.fragments:
        return ()
    x = inside.x
    if tone.align != "left":
        spare = inside.width - line.width
        x += spare if tone.align == "right" else spare / 2
    return (Text(x, top + tone.base, line.fragments, cell.element),)


def cell_items(cell: SetCell, top: Pt, setting: Setting) -> list[Item]:
    """Return all that is drawn of a cell whose first line begins at ``top``."""
    if cell.is_blank:
        return [Presence(cell.element)]
    leading = cell.slot.tone.leading
    items: list[Item] = []
    for number, line in enumerate(cell.lines):
        items += line_of(cell, line, top + number * leading, setting)
    return items
