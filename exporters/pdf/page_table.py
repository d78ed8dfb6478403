"""A table in -> strips of rows, with a header that repeats and tall rows that split.

Quiet rules and no boxes: a rule in the structure colour under the header, a
hairline under each row, the first column bold, figures aligned at the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec.structs import replace

from exporters.layout.text import Fragment, Line, Piece, compose
from exporters.pdf.page_figure import caption
from exporters.pdf.page_grid import Grid, grids
from exporters.pdf.page_text import (
    line_items,
    notes_in,
    pieces,
    place,
    places_back,
    set_text,
    together,
)
from exporters.pdf.plan import LAYOUT, Area, Look, Place, Presence, Rule, Text
from exporters.pdf.setting import Column
from exporters.pdf.strips import Strip, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.layout.fonts import FontStyle
    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Setting, Tone
    from report_data.model import Cell, Table

TALL_ROW = 9
"""Lines from which on a row may be split between pages; shorter ones move whole."""

LONGEST = 500
EXCERPT = 100
"""Rows from which on a table is cut, and how many of it are shown: three pages or so."""

TALLEST_HEADER = 0.2
"""Part of a page from which on a header is no header any more: it is split, and not repeated."""

ROWS_A_BODY = 50
"""Rows in one TBody: readers load all children of an element that they meet."""


_Known: TypeAlias = "dict[tuple[str, FontStyle, Pt, int], tuple[Line, ...]]"


class _SetCell(NamedTuple):
    """A cell's lines (none when it is empty), where they stand, and how they are set."""

    lines: Sequence[Line]
    inside: Column
    tone: Tone


class _Row(NamedTuple):
    """The structure elements of a row and of its cells."""

    element: ElementId
    cells: tuple[ElementId, ...]


def table(node: Table, column: Column, setting: Setting) -> list[Strip]:
    """Return a table's caption, header and rows."""
    element = setting.element("Table", column.element, id=node.id)
    total = len(node.rows)
    node = _shown(node, setting)
    parts, column, turned = grids(node, column, setting)
    strips = caption(node.id, node.caption, column, element, setting)
    strips = [line._replace(keep=True) for line in strips]
    if strips:
        strips[-1] = strips[-1]._replace(height=strips[-1].height + 1)
    rows = list(_elements(node, element, setting, named=len(parts) > 1))
    for number, grid in enumerate(parts):
        shown = [_without_first(row) for row in rows] if number else rows
        made = _part(node, grid, column, shown, setting)
        if number:
            made[0] = made[0]._replace(space=setting.look.figure_gap)
        strips.extend(made)
    if len(node.rows) < total:
        strips[-1] = strips[-1]._replace(keep=True)
        strips.extend(_notice(node, total, column, setting))
    if turned:
        strips = [strip._replace(turned=True) for strip in strips]
    strips[0] = strips[0]._replace(space=setting.look.figure_gap)
    return place(node.id, strips)


def _shown(node: Table, setting: Setting) -> Table:
    """Return a table as it is printed: whole, or its beginning where it is very long.

    It is cut, where its author says or after so many rows, only if the workbook of
    the same run holds all of it.
    """
    most = node.limit or (EXCERPT if len(node.rows) > LONGEST else None)
    if most is None or "xlsx" not in setting.context.formats:
        return replace(node, rows=tuple(node.rows))
    return replace(node, rows=tuple(node.rows[:most]))


def _notice(node: Table, total: int, column: Column, setting: Setting) -> list[Strip]:
    """Return the line that tells how much of a table is shown, and where the rest is."""
    name = setting.context.names.tables[node.id].sheet
    text = setting.context.words.excerpt.format(shown=len(node.rows), total=total, name=name)
    tone = setting.tone(setting.look.caption, setting.palette.ink_second)
    label = setting.element("Lbl", setting.element("P", column.element))
    strips = set_text([Piece(text, tone.style, Look(tone.color, label))], column, tone, setting)
    return [strips[0]._replace(space=setting.look.caption_gap), *strips[1:]]


def _elements(node: Table, element: ElementId, setting: Setting, *, named: bool) -> Iterator[_Row]:
    """Yield the elements of the header and of each row.

    Rows have ids where they may be met on several pages, so that they are known
    for the same.
    """
    parent = setting.element("THead", element)
    for number in range(len(node.rows) + 1):
        if number % ROWS_A_BODY == 1:
            parent = setting.element("TBody", element)
        row = setting.element("TR", parent, id=f"{node.id}/row-{number}" if named else "")
        if number:
            cells = tuple(setting.element("TD", row) for _ in node.columns)
        else:
            cells = tuple(setting.element("TH", row, scope="Column") for _ in node.columns)
        yield _Row(row, cells)


def _without_first(row: _Row) -> _Row:
    """Return a row whose first cell is shown again: no content."""
    return row._replace(cells=(LAYOUT, *row.cells[1:]))


def _part(
    node: Table, grid: Grid, column: Column, rows: Sequence[_Row], setting: Setting
) -> list[Strip]:
    """Return the header and the rows of some columns."""
    header = _header(node, grid, column, rows[0], setting)
    repeat: tuple[Strip, ...] = ()
    if not header.parts:
        repeat = (header._replace(items=_as_artifacts(header.items), space=0.0, notes=()),)
    strips = [header]
    last = len(node.rows) - 1
    rule = Rule(column.x, 0.0, column.right, 0.0, setting.look.hairline, setting.palette.hairline)
    bold = grid.tone._replace(bold=True)
    known: _Known = {}
    for number, (row, tags) in enumerate(zip(node.rows, rows[1:], strict=True)):
        cells = [
            _cell(
                row[index],
                tags.cells[index],
                grid.tone if index else bold,
                grid,
                place_,
                setting,
                known,
            )
            for place_, index in enumerate(grid.columns)
        ]
        if max(len(cell.lines) for cell in cells) >= TALL_ROW:
            if not setting.elements[tags.element].id:
                named = setting.elements[tags.element]._replace(id=f"{node.id}/row-{number + 1}")
                setting.elements[tags.element] = named
            strip = _split_row(cells, setting)
        else:
            strip = _row(cells, column, setting)
        notes = tuple(note for index in grid.columns for note in notes_in(row[index].content))
        strips.append(
            strip._replace(
                items=(*places_back(notes), *strip.items),
                under=(rule,),
                repeat=repeat,
                notes=notes,
                keep=last > 1 and number in {0, last - 1},
            )
        )
    return strips


def _header(node: Table, grid: Grid, column: Column, row: _Row, setting: Setting) -> Strip:
    """Return the header row over its rule; a side of the comparison wears its colour."""
    cells = []
    for place_, index in enumerate(grid.columns):
        head = node.columns[index].header
        side = setting.palette.side(head.text, setting.meta.series)
        tone = grid.tone._replace(bold=True, color=side or setting.palette.structure)
        cells.append(_cell(head, row.cells[index], tone, grid, place_, setting, {}))
    strip = _row(cells, column, setting, on_the_ground=True)
    tall = strip.height > TALLEST_HEADER * setting.upright.height
    if tall:
        strip = _split_row(cells, setting)
    width, color = setting.look.header_rule, setting.palette.structure
    y = 0.0 if tall else strip.height
    rule = Rule(column.x, y, column.right, y, width, color)
    notes = tuple(
        note for index in grid.columns for note in notes_in(node.columns[index].header.content)
    )
    items = (*places_back(notes), *strip.items)
    if tall:
        setting.elements[row.element] = setting.elements[row.element]._replace(
            id=f"{node.id}/row-0"
        )
        return strip._replace(items=items, under=(rule,), notes=notes)
    return strip._replace(items=(*items, rule), notes=notes, keep=True)


def _cell(
    cell: Cell,
    element: ElementId,
    tone: Tone,
    grid: Grid,
    place_: int,
    setting: Setting,
    known: _Known,
) -> _SetCell:
    """Return a cell's lines; a text without marks is composed once a column."""
    padding = setting.look.cell
    left = grid.edges[place_] + padding.left
    right = grid.edges[place_ + 1] - padding.right - grid.aside[place_]
    tone = tone._replace(align=grid.aligns[place_])
    inside = Column(left, right - left, element)
    text = pieces(cell.content, element, tone, setting)
    if not any(piece.text for piece in text):
        return _SetCell((), inside, tone)
    if len(text) > 1 or len(cell.content) > 1:
        return _SetCell(compose(text, inside.width, setting.context.fonts), inside, tone)
    piece = text[0]
    key = piece.text, piece.style, piece.rise, place_
    if key in known:
        return _SetCell(_tagged(known[key], piece.tag), inside, tone)
    known[key] = compose(text, inside.width, setting.context.fonts)
    return _SetCell(known[key], inside, tone)


def _tagged(lines: Sequence[Line], tag: object) -> tuple[Line, ...]:
    """Return lines of one piece as they are of another with the same text and style."""
    return tuple(
        Line(
            tuple(
                Fragment(x, w, t, face, size, s, tag, r, said)
                for x, w, t, face, size, s, _, r, said in each
            ),
            width,
            start,
            end,
        )
        for each, width, start, end in lines
    )


def _row(
    cells: Sequence[_SetCell], column: Column, setting: Setting, *, on_the_ground: bool = False
) -> Strip:
    """Return a row as one strip that is never split; a header's lines stand on its rule."""
    most = max(1, *(len(cell.lines) for cell in cells))
    items: list[Item] = []
    for lines, inside, tone in cells:
        top = setting.look.cell.top
        if on_the_ground:
            top += (most - len(lines)) * tone.leading
        for number, line in enumerate(lines):
            items.extend(line_items(line, inside, tone, setting, top + number * tone.leading))
        if not lines and inside.element >= 0:
            items.append(Presence(inside.element))
    padding = setting.look.cell.top + setting.look.cell.bottom
    return Strip(padding + most * cells[0].tone.leading, tuple(items), frame=column.frame)


def _split_row(cells: Sequence[_SetCell], setting: Setting) -> Strip:
    """Return a row whose cells may each go on over a page's end."""
    padding = setting.look.cell
    parts = tuple(tuple(together(_lines(cell, setting))) for cell in cells)
    return side_by_side(Strip(0.0, parts=parts, pad=(padding.top, padding.bottom)))


def _lines(cell: _SetCell, setting: Setting) -> list[Strip]:
    lines, inside, tone = cell
    if lines:
        return [Strip(tone.leading, line_items(line, inside, tone, setting)) for line in lines]
    present = (Presence(inside.element),) if inside.element >= 0 else ()
    return [Strip(tone.leading, present)]


def _as_artifacts(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return a header's items as they are shown again on a later page: not content."""
    return tuple(
        Text(item.x, item.y, tuple(_as_artifact(part) for part in item.fragments))
        if isinstance(item, Text)
        else item
        for item in items
        if not isinstance(item, Presence | Area | Place)
    )


def _as_artifact(fragment: Fragment) -> Fragment:
    look = fragment.tag
    assert isinstance(look, Look)  # noqa: S101 - every fragment here was tagged by us
    return fragment._replace(tag=look._replace(element=LAYOUT, target=""))
