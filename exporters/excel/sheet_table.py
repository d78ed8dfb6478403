"""A table in -> its sheets: a title, a link back, and an Excel Table of typed cells.

One sheet holds 1,048,576 rows and 16,384 columns (Excel's specifications and
limits); what is beyond goes on to further sheets of the same form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import field

from exporters.excel.cells import warn_of_links, within_links
from exporters.excel.columns import FILTER_ROOM, layouts_of, make_cell, may_wrap
from exporters.excel.declared import shadings, total_row
from exporters.excel.headers import header_cells
from exporters.excel.plan import Area, Cell, Link, Printing, Row, Sheet, TableArea, TextRun, Total
from exporters.names import says_its_label, sheet_name, table_name
from report_data.records import Record
from report_data.table_types import types_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from exporters.excel.columns import Layout
    from exporters.excel.plan import Chunk, Style
    from exporters.excel.setting import Setting
    from exporters.names import Taken
    from report_data.model import Cell as SourceCell
    from report_data.model import Table

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
HEADER_ROW = 3
"""Title, link back, header: the body begins on the row after."""

_FREEZE_FROM = 7
"""Columns from which on the first stays in sight."""

_LANDSCAPE_FROM = 95
"""Characters beyond which an upright A4 page, one page wide, prints too small."""


def table_sheets(table: Table, setting: Setting, sheets: Taken, tables: Taken) -> Iterator[Sheet]:
    """Yield the sheets of a table: one, or several where it is beyond Excel's limits."""
    name = setting.context.names.tables[table.id]
    warn_of_links(table, setting.context)
    pieces = _pieces(table, setting)
    types = types_of(table)
    headers, unique = header_cells(table, types, setting)
    layouts = layouts_of(table, types, headers, setting)
    for part, (top, left) in enumerate(pieces, 1):
        right = min(left + MOST_COLUMNS, len(table.columns))
        rows = table.rows[top : top + MOST_ROWS - HEADER_ROW]
        stream, chunks = _body(table, rows, (top, left), layouts[left:right], setting)
        label, first = name.label, part == 1
        if len(pieces) > 1:
            label += setting.context.words.continued.format(part=part, parts=len(pieces))
        widths = tuple(layout.width for layout in layouts[left:right])
        whole = len(pieces) == 1
        last = total_row(table, unique, layouts, setting) if whole else None
        bottom = HEADER_ROW + max(len(rows), 1)
        yield Sheet(
            name=name.sheet if first else sheet_name(f"{name.label} {name.title}", sheets),
            rows=(
                *head_rows(label, name.title, setting),
                _header_row(headers[left:right], widths, setting),
            ),
            widths=widths,
            stream=stream,
            chunks=chunks,
            length=len(rows),
            row_height=setting.row_height,
            table=TableArea(
                name=name.table if first else table_name(f"{name.table}_{part}", tables),
                area=Area(HEADER_ROW, 1, bottom + bool(last), max(right - left, 1)),
                columns=unique[left:right],
                block=table.id,
                first_row=top + 1,
                first_column=left,
                totals=_functions(last),
                total_label=setting.context.words.total,
            ),
            last=last,
            shadings=shadings(table, layouts, HEADER_ROW + 1, bottom, setting) if whole else (),
            frozen=(HEADER_ROW, 1 if right - left >= _FREEZE_FROM else 0),
            printing=Printing(
                landscape=sum(widths) > _LANDSCAPE_FROM,
                titles=(1, HEADER_ROW),
                head=(setting.running_title, label),
                foot=setting.foot,
            ),
        )


class TableRows(Record, frozen=True):
    """The body rows of one sheet; made anew each time they are iterated."""

    table: Table
    rows: Sequence[tuple[SourceCell, ...]]
    top: int
    left: int
    layouts: tuple[Layout, ...]
    setting: Setting
    _styles: dict[object, Style] = field(default_factory=dict)
    aside: ClassVar[frozenset[str]] = frozenset({"_styles"})

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows from the first one."""
        return within_links(self._all())

    def _all(self) -> Iterator[Row]:
        end = self.left + len(self.layouts)
        ruler, rests = self.setting.ruler, self.setting.rests
        for number, row in enumerate(self.rows, self.top + 1):
            cells: list[Cell] = []
            lines = 1
            for column, source in enumerate(row[self.left : end], self.left):
                layout = self.layouts[column - self.left]
                rest = rests.get((self.table.id, number, column)) if rests else None
                cell = make_cell(source, layout, self.setting, self._styles, rest)
                if may_wrap(cell, layout.width):
                    lines = max(lines, ruler.lines(cell.content, cell.style, layout.width))
                cells.append(cell)
            yield Row(tuple(cells), self.setting.height(lines) if lines > 1 else None)


def _body(
    table: Table,
    rows: Sequence[tuple[SourceCell, ...]],
    start: tuple[int, int],
    layouts: tuple[Layout, ...],
    setting: Setting,
) -> tuple[Iterable[Row], Iterable[Chunk]]:
    """Return the body of one sheet: rows of a table, or chunks of a data file."""
    if table.types is None:
        return TableRows(table, rows, *start, layouts, setting), ()
    from exporters.excel.source_rows import SourceChunks
    from report_data.sources.source import SourceRows

    if isinstance(rows, SourceRows):
        return (), SourceChunks(table.id, rows, *start, layouts, setting)
    return TableRows(table, rows, *start, layouts, setting), ()


def _functions(last: Row | None) -> tuple[str, ...]:
    """Return the function of each column of a total row."""
    contents = [cell.content if cell else None for cell in last.cells] if last else []
    return tuple(one.function if isinstance(one, Total) else "" for one in contents)


def head_rows(label: str, title: str, setting: Setting) -> tuple[Row, Row]:
    """Return a sheet's first rows: its title, and the link back to the contents."""
    looks, tokens = setting.looks, setting.looks.theme.sheet
    palette = looks.theme.palette
    runs = (
        TextRun(f"{label}  ", color=palette.ink_second, furniture=True),
        TextRun(title, bold=True, furniture=True),
    )
    labelled = label and not says_its_label(title)
    titled = Cell(runs if labelled else title, looks.line(tokens.title, palette.structure))
    contents = setting.context.names.contents_sheet
    back = Cell(
        f"← {setting.context.words.contents}", looks.back(), Link(location=f"'{contents}'!A1")
    )
    return (
        Row((titled,), tokens.title.leading + tokens.row_padding),
        Row((back,), tokens.caption.leading + tokens.row_padding),
    )


def _header_row(headers: Sequence[Cell], widths: Sequence[float], setting: Setting) -> Row:
    leading = setting.looks.theme.sheet.body.leading
    heights = (
        setting.fitted(cell.content, cell.style, width - FILTER_ROOM, leading)
        for cell, width in zip(headers, widths, strict=True)
    )
    return Row(
        tuple(headers),
        max(heights, default=setting.row_height) + setting.looks.theme.sheet.row_padding,
    )


def _pieces(table: Table, setting: Setting) -> list[tuple[int, int]]:
    """Return where in the table each of its sheets begins: row and column from 0."""
    pieces = [
        (top, left)
        for top in range(0, max(len(table.rows), 1), MOST_ROWS - HEADER_ROW)
        for left in range(0, max(len(table.columns), 1), MOST_COLUMNS)
    ]
    if len(pieces) > 1:
        label = setting.context.names.tables[table.id].label
        setting.context.diagnostics.warn(
            "W603",
            f"{label} is larger than a sheet can be and stands on {len(pieces)} sheets",
            table.span,
            f"A sheet holds {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns",
        )
    return pieces
