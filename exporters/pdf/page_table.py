"""A table in -> strips of rows, with a header that repeats and tall rows that split.

Quiet rules and no boxes: a rule in the structure colour under the header, a
hairline under each row, the first column bold, figures aligned at the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.table import names_rows
from exporters.layout.text import Fragment, Piece
from exporters.pdf.page_cell import SetCell, Slot, cell_items, line_of
from exporters.pdf.page_figure import caption
from exporters.pdf.page_grid import Grid, grids
from exporters.pdf.page_text import language_of, place, places_back, set_text, together
from exporters.pdf.plan import LAYOUT, Area, Element, Look, Place, Presence, Rule, Text
from exporters.pdf.strips import Strip, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Column, Setting
    from report_data.model import Cell, Table

TALL_ROW = 9
"""Lines from which on a row may be split between pages; shorter ones move whole."""

LONGEST = 500
EXCERPT = 100
"""Rows from which on a table is cut, and how many of it are shown: three pages or so."""

TALLEST_HEADER = 0.2
"""Part of a page from which on a header is no header any more: it is split, and not repeated."""

BLANK_HEADER = 2.0
"""Points of a header that says nothing: its rule, and no empty line over it."""

REPEATED = 3
"""Lines of a first cell that is shown again, where a row is taller than `TALL_ROW`."""

SPOKEN, PHRASE = 500, 12
"""Rows of which each cell is asked for its language, and characters of one that can tell it."""

ROWS_A_BODY = 50
"""Rows in one TBody: readers load all children of an element that they meet."""


class _Row(Struct, frozen=True, gc=False):
    """The structure elements of a row and of its cells."""

    element: ElementId
    cells: Sequence[ElementId]


def table(node: Table, column: Column, setting: Setting) -> list[Strip]:
    """Return a table's caption, header and rows."""
    element = setting.element("Table", column.element, id=node.id)
    total = len(node.rows)
    node = _shown(node, setting)
    parts, column, turned = grids(node, column, setting)
    strips = caption(node.id, node.caption, column, element, setting)
    strips = [replace(line, keep=True) for line in strips]
    if strips:
        strips[-1] = replace(strips[-1], height=strips[-1].height + 1)
    rows = list(_elements(node, element, setting, named=len(parts) > 1))
    shortened = False
    for number, grid in enumerate(parts):
        shown = [_without_first(row) for row in rows] if number else rows
        part = _Part(node, grid, column, setting)
        made = list(part.strips(shown))
        if number:
            made[0] = replace(made[0], space=setting.look.figure_gap)
        elif strips:  # the caption belongs to what stays together
            strips = [replace(strip, units=made[0].units) for strip in strips]
        strips.extend(made)
        shortened = shortened or part.shortened
    if shortened:
        setting.context.diagnostics.warn(
            "W502",
            "the first column is too long to be shown whole again beside later columns",
            node.span,
            "Its beginning is shown there; the whole stands with the first columns",
        )
    if len(node.rows) < total:
        strips[-1] = replace(strips[-1], keep=True)
        strips.extend(_notice(node, total, column, setting))
    if turned:
        strips = [replace(strip, turned=True) for strip in strips]
    strips[0] = replace(strips[0], space=setting.look.figure_gap)
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
    return [replace(strips[0], space=setting.look.caption_gap), *strips[1:]]


def _elements(node: Table, element: ElementId, setting: Setting, *, named: bool) -> Iterator[_Row]:
    """Yield the elements of the header and of each row.

    The first cell of a row is its header where the first column names the rows.
    Rows have ids where they may be met on several pages, so that they are known
    for the same.
    """
    elements, count, language = setting.elements, len(node.columns), setting.meta.lang
    # Of two columns, or few rows, more cells would be headers than are not: checkers (and
    # readers who hear both headers before each cell) take that for a mistake.
    heads = count + len(node.rows) <= (count - 1) * len(node.rows)
    headed = heads and names_rows(row[0].text for row in node.rows)
    parent = setting.element("THead" if node.rows else "TBody", element)
    row = Element("TR", parent)
    for number in range(len(node.rows) + 1):
        if number % ROWS_A_BODY == 1:
            parent = setting.element("TBody", element)
            row = Element("TR", parent)
        first = len(elements) + 1
        elements.append(replace(row, id=f"{node.id}/row-{number}") if named else row)
        cell = Element("TD", first - 1) if number else Element("TH", first - 1, scope="Column")
        elements.extend([cell] * count)
        if number and headed and node.rows[number - 1][0].text.strip():
            elements[first] = Element("TH", first - 1, scope="Row")
        if number <= SPOKEN:
            cells = node.rows[number - 1] if number else [one.header for one in node.columns]
            for place_, one in enumerate(cells, first):
                if len(one.text) >= PHRASE and (lang := language_of(one.text, language)):
                    elements[place_] = replace(elements[place_], lang=lang)
        yield _Row(first - 1, range(first, first + count))


def _without_first(row: _Row) -> _Row:
    """Return a row whose first cell is shown again: no content."""
    return replace(row, cells=(LAYOUT, *row.cells[1:]))


class _Part:
    """Some columns of a table, whose rows are set one after another.

    Attributes:
        shortened: Whether its first column, shown again, is not shown whole.
    """

    def __init__(self, node: Table, grid: Grid, column: Column, setting: Setting) -> None:
        self._node = node
        self._grid = grid
        self._column = column
        self._setting = setting
        self._unit = (object(),)
        self.shortened = False
        self._rules: dict[Pt, Rule] = {}
        names = names_rows(row[0].text for row in node.rows)
        first = replace(grid.tone, bold=True) if names else grid.tone
        self._slots = [
            Slot(grid, place_, grid.tone if index else first, setting)
            for place_, index in enumerate(grid.columns)
        ]

    def strips(self, rows: Sequence[_Row]) -> Iterator[Strip]:
        """Yield the header and the rows, two of which at least stand on either side of a cut."""
        header, repeat = self._header(rows[0])
        yield header
        last = len(self._node.rows) - 1
        for number, (row, tags) in enumerate(zip(self._node.rows, rows[1:], strict=True)):
            keep = number < last and number in {0, last - 1}
            yield self._row(number + 1, row, tags, repeat, keep=keep)

    def _row(
        self,
        number: int,
        row: Sequence[Cell],
        tags: _Row,
        repeat: tuple[Strip, ...],
        *,
        keep: bool,
    ) -> Strip:
        """Return a row over its hairline; ``number`` counts from 1."""
        cells = [slot.set(row[slot.index], tags.cells[slot.index]) for slot in self._slots]
        tall = self._with_room(cells, row)
        look, palette = self._setting.look, self._setting.palette
        notes = tuple(note for cell in cells for note in cell.notes)
        if tall:
            self._name(tags.element, number)
            rule = self._rule(0.0, look.hairline, palette.hairline)
            strip = replace(_split_row(cells, self._setting), under=(rule,))
            items = strip.items
        else:
            strip = _row(cells, self._column, self._setting)
            items = (*strip.items, self._rule(strip.height, look.hairline, palette.hairline))
        return replace(
            strip,
            items=(*places_back(notes), *items) if notes else items,
            repeat=repeat,
            notes=notes,
            keep=keep,
            units=self._unit,
        )

    def _header(self, tags: _Row) -> tuple[Strip, tuple[Strip, ...]]:
        """Return the header over its rule, and what is shown of it again on the next page.

        A side of the comparison wears its colour.
        """
        setting, grid = self._setting, self._grid
        cells, heads = [], [column.header for column in self._node.columns]
        for place_, index in enumerate(grid.columns):
            side = setting.palette.side(heads[index].text, setting.meta.series)
            tone = replace(grid.tone, bold=True, color=side or setting.palette.structure)
            cells.append(Slot(grid, place_, tone, setting).set(heads[index], tags.cells[index]))
        self._with_room(cells, heads)
        strip = _row(cells, self._column, setting, on_the_ground=True)
        if all(cell.is_blank for cell in cells):  # facts, for which Markdown knows no other table
            strip = replace(strip, height=BLANK_HEADER)
        tall = strip.height > TALLEST_HEADER * setting.upright.height
        width, color = setting.look.header_rule, setting.palette.structure
        notes = tuple(note for cell in cells for note in cell.notes)
        if tall:
            self._name(tags.element, 0)
            strip = replace(_split_row(cells, setting), under=(self._rule(0.0, width, color),))
            items = (*places_back(notes), *strip.items)
            return replace(strip, items=items, notes=notes, units=self._unit), ()
        rule = self._rule(strip.height, width, color)
        again = (*_as_artifacts(strip.items), rule)
        items = (*places_back(notes), *strip.items, rule)
        shown = replace(strip, items=items, notes=notes, keep=True, units=self._unit)
        return shown, (replace(strip, items=again),)

    def _with_room(self, cells: list[SetCell], row: Sequence[Cell]) -> bool:
        """Return whether a row is tall; shorten its first cell where that is shown again.

        What is shown again must not make a row taller, nor go on over a page's end itself.
        """
        lines = max(len(cell.lines) for cell in cells)
        if lines < TALL_ROW or cells[0].element >= 0:
            return lines >= TALL_ROW
        if len(cells[0].lines) > REPEATED:
            cells[0] = cells[0].slot.shortened(row[0], REPEATED)
            self.shortened = True
        return max(len(cell.lines) for cell in cells) >= TALL_ROW

    def _rule(self, y: Pt, width: Pt, color: str) -> Rule:
        rule = self._rules.get(y)
        if rule is None or rule.color != color:
            rule = Rule(self._column.x, y, self._column.right, y, width, color)
            self._rules[y] = rule
        return rule

    def _name(self, element: ElementId, number: int) -> None:
        """Give a row that may go on over a page's end an id: readers know it for the same."""
        elements = self._setting.elements
        elements[element] = replace(elements[element], id=f"{self._node.id}/row-{number}")


def _row(
    cells: Sequence[SetCell], column: Column, setting: Setting, *, on_the_ground: bool = False
) -> Strip:
    """Return a row as one strip that is never split; a header's lines stand on its rule."""
    most = max(1, *(len(cell.lines) for cell in cells))
    leading = cells[0].slot.tone.leading
    items: list[Item] = []
    for cell in cells:
        top = setting.look.cell.top
        if on_the_ground:
            top += (most - len(cell.lines)) * leading
        items += cell_items(cell, top, setting)
        if on_the_ground or cell.element < 0:
            items.append(Presence(LAYOUT))  # what is shown again: cell by cell
    padding = setting.look.cell.top + setting.look.cell.bottom
    return Strip(padding + most * leading, tuple(items), frame=column.frame)


def _split_row(cells: Sequence[SetCell], setting: Setting) -> Strip:
    """Return a row whose cells may each go on over a page's end."""
    padding = setting.look.cell
    parts = tuple(tuple(together(_lines(cell, setting))) for cell in cells)
    return side_by_side(Strip(0.0, parts=parts, pad=(padding.top, padding.bottom)))


def _lines(cell: SetCell, setting: Setting) -> list[Strip]:
    leading = cell.slot.tone.leading
    if cell.is_blank:
        return [Strip(leading, (Presence(cell.element),))]
    return [Strip(leading, line_of(cell, line, 0.0, setting)) for line in cell.lines]


def _as_artifacts(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return a header's items as they are shown again on a later page: not content."""
    return tuple(
        Text(item.x, item.y, tuple(map(_as_artifact, item.fragments)), LAYOUT)
        if isinstance(item, Text)
        else item
        for item in items
        if not isinstance(item, Area | Place) and not _is_content(item)
    )


def _is_content(item: Item) -> bool:
    return isinstance(item, Presence) and item.element >= 0


def _as_artifact(fragment: Fragment) -> Fragment:
    look = fragment.tag
    assert isinstance(look, Look)  # noqa: S101 - every fragment here was tagged by us
    return replace(fragment, tag=replace(look, element=LAYOUT, target=""))
