"""A table's header in -> header cells with the unique texts that an Excel Table asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.excel.cells import (
    HEADER_UNITS,
    content_of,
    link_of,
    looks_like_formula,
    one_line_runs,
    parts_of,
)
from exporters.excel.columns import align_of
from exporters.excel.plan import Cell, Link, TextRun
from exporters.names import Taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.excel.setting import Setting
    from report_data.columns import ColumnType
    from report_data.model import Table

_CLOSING = (")", "）", "]", "］", "】")
"""How a header ends whose author has put a unit, or another remark, in brackets."""


_NAMED = 10
"""Columns that a message names."""


def header_cells(
    table: Table, types: Sequence[ColumnType], setting: Setting
) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """Return the header's cells and the columns' names, which are their texts.

    A header that is empty or that repeats (whatever its case) gets a number of
    ours, with a warning. One that is too long goes on in the full text. The unit
    that all numbers of a column have stands behind its header.
    """
    taken = Taken()
    last: dict[str, int] = {}
    cells: list[Cell] = []
    names: list[str] = []
    renamed: list[int] = []
    for index, (column, type_) in enumerate(zip(table.columns, types, strict=True)):
        spelled = setting.speller.spell(column.header.content, column.header.span)
        runs = parts_of(one_line_runs(spelled.runs), HEADER_UNITS)[0]
        text = "".join(run.text for run in runs)
        words = setting.context.words
        added = _unit(text, type_, words.unit)
        if not text.strip():
            added = words.column.format(number=index + 1) + added
        name, number = text + added, last.get(text + added, 1)
        while not taken.take(name):
            number += 1
            name = f"{text}{added} ({number})"
        last[text + added] = number
        if len(name) > len(text):
            runs = (*runs, TextRun(name[len(text) :], furniture=True))
            renamed += [index + 1] if number > 1 or not text.strip() else []
        color = setting.looks.theme.series_color(text, setting.report.meta.series)
        style = setting.looks.header(
            color, align=align_of(table, index, type_), quoted=looks_like_formula(name)
        )
        _, note = link_of(spelled, setting.places)
        rest = setting.rests.get((table.id, 0, index))
        link = Link(location=rest) if rest else None
        cells.append(Cell(content_of(runs), style, link, note))
        names.append(name)
    if renamed:
        said = setting.context.diagnostics
        # An empty corner is how tables are written, and facts have no header: nothing is wrong.
        usual = renamed == [1] or not any(column.header.text.strip() for column in table.columns)
        say = said.note if usual else said.warn
        shown = ", ".join(map(str, renamed[:_NAMED])) + (" ..." if len(renamed) > _NAMED else "")
        say(
            "W605",
            f"the headers of these columns are empty or repeat and got a number: {shown}",
            table.span,
            "An Excel table needs a header of its own for each column",
        )
    return tuple(cells), tuple(names)


def _unit(header: str, type_: ColumnType, form: str) -> str:
    """Return what says a column's unit, nothing where its header says one."""
    unit = type_.unit
    said = header.rstrip().endswith(_CLOSING) or unit.casefold() in header.casefold()
    return form.format(unit=unit) if unit and not said and type_.kind.is_quantity else ""
