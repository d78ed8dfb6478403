"""A table's columns in -> how wide they are, how their cells look, and each cell typed."""

from __future__ import annotations

from datetime import datetime
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from exporters.excel.cells import (
    content_of,
    fits,
    link_of,
    looks_like_formula,
    parts_of,
    shown_units,
)
from exporters.excel.formats import format_code, serial, whole_digits
from exporters.excel.plan import Cell, Link, Note
from exporters.layout.table import column_widths, names_rows, side
from report_data.model import Mark, Run
from report_data.values import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.excel.plan import Align, Content, Style
    from exporters.excel.setting import Setting
    from report_data.columns import ColumnType
    from report_data.model import Cell as SourceCell
    from report_data.model import Column, Table
    from report_data.values import Shape, Value

FILTER_ROOM = 3.0
"""Characters that the button of the filter covers in a header."""

_MEASURED = 3
"""How many of a column's longest cells are measured; by count, 2 for an East Asian character."""

_MOST_LOOKED_AT = 500
"""Rows of a table in which figures that are texts (120（预测）) are looked for."""

_MEASURED_WHOLE = 4_000
"""Cells up to which every one is measured."""

_CHUNK_ROWS = 2_000
_ROUNDING = 0.01

_SURELY_FITS = 1.3
"""Digits that a character is wide at most on average: what is shorter is not measured."""


class Layout(NamedTuple):
    """A column of a sheet: its type, its width in characters, how its texts and numbers look.

    ``wraps`` is false where the width was made for the longest cell.
    """

    type: ColumnType
    width: float
    text: Style
    number: Style
    wraps: bool = True


def layouts_of(
    table: Table, types: Sequence[ColumnType], headers: Sequence[Cell], setting: Setting
) -> tuple[Layout, ...]:
    """Return the columns of a table with widths measured from all their cells.

    Widths stay within the theme's bounds; a column of numbers is never
    narrower than its longest one, which would show as ``####``.
    """
    tokens, ruler = setting.looks.theme.sheet, setting.ruler
    natural: list[float] = []
    needed: list[float] = []
    least: list[float] = []
    styles: list[tuple[Style, Style]] = []
    samples = _samples(table)
    for index, (column, type_, header) in enumerate(
        zip(table.columns, types, headers, strict=True)
    ):
        align = align_of(table, index, type_)
        first = index == 0 and len(table.columns) > 1 and names_rows(samples[0])
        text = setting.looks.body(align, bold=first and not type_.kind.is_quantity)
        number = setting.looks.body(_number_align(column), wrap=False)
        styles.append((text, number))
        named = ruler.width(header.content, header.style) + FILTER_ROOM
        own = max((ruler.width(each, text) for each in samples[index]), default=0.0)
        needed.append(own)
        natural.append(min(max(named, own, tokens.width_least), tokens.width_most))
        if type_.kind is not Kind.TEXT and type_.kind is not Kind.RANGE:
            least.append(natural[-1])
            continue
        sample = samples[index]
        narrow = max((ruler.least(each, text) for each in sample), default=0.0)
        narrow = max(narrow, ruler.least(header.content, header.style) + FILTER_ROOM)
        least.append(min(max(narrow, tokens.width_least), natural[-1]))
    widths = tuple(natural)
    room = max(tokens.width_total, tokens.width_column * len(natural))
    if sum(natural) > room:
        widths = column_widths(natural, least, room)
    layouts = []
    for type_, width, own, style in zip(types, widths, needed, styles, strict=True):
        final = round(min(max(width, tokens.width_least), tokens.width_most), 2)
        layouts.append(Layout(type_, final, *style, wraps=own > final + _ROUNDING))
    return tuple(layouts)


def _samples(table: Table) -> list[list[str]]:
    """Return the cells of each column that decide its width: all of few, the longest of many."""
    if table.longest is not None:
        return [list(column) for column in table.longest]
    texts = table.texts()
    if len(table.columns) * len(table.rows) <= _MEASURED_WHOLE:
        return [list(column) for column in zip(*texts, strict=True)] or [[] for _ in table.columns]
    longest: list[list[str]] = [[] for _ in table.columns]
    while chunk := list(islice(texts, _CHUNK_ROWS)):
        for index, column in enumerate(zip(*chunk, strict=True)):
            different = {*column, *longest[index]}
            longest[index] = nsmallest(_MEASURED, different, key=_by_length)
    return longest


def align_of(table: Table, index: int, type_: ColumnType) -> Align:
    """Return the side that a column's texts and header stand on: where its figures stand."""
    asked = table.columns[index].align
    if asked != "default":
        return asked
    if type_.kind.is_quantity:
        return "right"
    if type_.is_text or table.longest is not None or len(table.rows) > _MOST_LOOKED_AT:
        return "left"
    return side(asked, index, (row[index].text for row in table.rows))


def make_cell(
    source: SourceCell,
    layout: Layout,
    setting: Setting,
    styles: dict[object, Style],
    rest: str | None = None,
) -> Cell:
    """Return a cell of a table as its column reads it.

    ``styles`` keeps one `Style` a look, so that they can be told apart by
    identity; ``rest`` is where a text goes on that this cell cannot hold.
    """
    text = source.text
    value = layout.type.value(text)
    if value.number is not None:
        return _number(source, value, layout, setting, styles)
    style = layout.text
    if looks_like_formula(text):
        style = _variant(styles, style, quoted=True)
    if _is_plain(source) and fits(text):
        return Cell(setting.speller.clean(text, source.span) or None, style)
    spelled = setting.speller.spell(source.content, source.span)
    runs = parts_of(spelled.runs)[0]
    link, note = link_of(spelled, setting.places)
    if rest is not None:
        return Cell(content_of(runs), style, Link(location=rest), note)
    if link is not None and all(run.underline and not run.furniture for run in runs):
        style = _variant(styles, style, color=setting.looks.theme.palette.link, underline=True)
        runs = tuple(run._replace(color="", underline=False) for run in runs)
    if runs and all(run.bold for run in runs):
        style = _variant(styles, style, bold=True)
        runs = tuple(run._replace(bold=False) for run in runs)
    return Cell(content_of(runs), style, link, note)


def may_wrap(cell: Cell, width: float) -> bool:
    """Return whether a cell's text may need more than one line in a column."""
    content = cell.content
    if not cell.style.wrap or content is None:
        return False
    text = content if isinstance(content, str) else _text(content)
    return shown_units(text) * _SURELY_FITS > width - 2 * FILTER_ROOM or "\n" in text


def _number(
    source: SourceCell, value: Value, layout: Layout, setting: Setting, styles: dict[object, Style]
) -> Cell:
    number = value.number
    worth = serial(number) if isinstance(number, datetime) else number
    digits = whole_digits(worth or 0) if value.shape.group == " " else 0
    bold = layout.text.bold
    link, note = None, None
    if not _is_plain(source):
        spelled = setting.speller.spell(source.content, source.span)
        link, note = link_of(spelled, setting.places)
        bold = bold or all(run.bold for run in spelled.runs)
    if not value.exact:
        note = Note(value.text.strip(), written=True)
    style = number_style(styles, layout.number, value.shape, digits, bold=bold)
    return Cell(worth, style, link, note)


def number_style(
    styles: dict[object, Style], style: Style, shape: Shape, digits: int, *, bold: bool
) -> Style:
    """Return a style with the format that shows numbers of a shape as they are written."""
    key = (style, shape, digits, bold)
    found = styles.get(key)
    if found is None:
        code = format_code(shape, digits)
        found = styles[key] = replace(style, number_format=code, bold=bold)
    return found


def _variant(styles: dict[object, Style], style: Style, **changes: Any) -> Style:  # noqa: ANN401  # fields of `Style`
    key = (style, *changes.items())
    found = styles.get(key)
    if found is None:
        found = styles[key] = replace(style, **changes)
    return found


def _number_align(column: Column) -> Align:
    return "right" if column.align == "default" else column.align


def _is_plain(source: SourceCell) -> bool:
    """Return whether a cell is text without marks, links or notes."""
    content = source.content
    if len(content) != 1:
        return not content
    run = content[0]
    return isinstance(run, Run) and run.marks is Mark.NONE and run.link is None


def _text(content: Content) -> str:
    return "".join(run.text for run in content) if isinstance(content, tuple) else str(content)


def _by_length(text: str) -> tuple[int, str]:
    """Order texts by their longest line, the longest first, and equal ones always alike."""
    units = max(map(shown_units, text.split("\n"))) if "\n" in text else shown_units(text)
    return -units, text
