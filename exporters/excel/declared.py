"""What a table's author declared in braces -> total rows, data bars and colour scales.

``: caption {#id total="金额, 占比:average" bars=金额 scale=占比}``; columns by
name or number, ``all`` for every column of quantities.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.excel.formats import format_code
from exporters.excel.plan import Area, Cell, Row, Shading, TextRun, Total
from exporters.theme import tint
from report_data.values import Kind, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.excel.columns import Layout
    from exporters.excel.setting import Setting
    from report_data.columns import ColumnType
    from report_data.model import Table

FUNCTIONS = frozenset({"average", "count", "max", "min", "sum"})
"""What a total can be; over the rows that a filter leaves in sight."""


def total_row(
    table: Table, names: Sequence[str], layouts: Sequence[Layout], setting: Setting
) -> Row | None:
    """Return the total row of a table, ``None`` if none is declared."""
    declared = _declared(table, "total", [layout.type for layout in layouts], setting)
    if not declared:
        return None
    numbers: dict[int, list[float]] = {index: [] for index in declared}
    shapes: dict[int, Shape] = {}
    for texts in table.texts():
        for index, found in numbers.items():
            value = layouts[index].type.value(texts[index])
            if isinstance(value.number, int | float):
                found.append(value.number)
                known = shapes.get(index)
                if known is None or value.shape.decimals > known.decimals:
                    shapes[index] = value.shape
    cells: list[Cell | None] = []
    for index, layout in enumerate(layouts):
        style = setting.looks.total(layout.number.align if index in declared else "left")
        if index not in declared:
            label = setting.context.words.total if index == 0 else None
            content = (TextRun(label, furniture=True),) if label else None
            cells.append(Cell(content, style))
            continue
        function = declared[index]
        shape = shapes.get(index, Shape(Kind.INTEGER))
        if function == "count":
            shape = Shape(Kind.INTEGER)
        style = replace(
            style, number_format=format_code(replace(shape, plus=False, trend="")), wrap=False
        )
        total = Total(names[index], function, _worth(function, numbers[index]))
        cells.append(Cell(total, style))
    return Row(tuple(cells), setting.row_height + setting.looks.theme.sheet.row_padding)


def shadings(
    table: Table, layouts: Sequence[Layout], top: int, bottom: int, setting: Setting
) -> tuple[Shading, ...]:
    """Return the data bars and colour scales of a table whose body stands in these rows."""
    types = [layout.type for layout in layouts]
    palette = setting.looks.theme.palette
    found = []
    for key in ("bars", "scale"):
        for index in _declared(table, key, types, setting):
            name = table.columns[index].header.text
            color = setting.looks.theme.series_color(name, setting.report.meta.series)
            area = Area(top, index + 1, bottom, index + 1)
            shade = tint(color or palette.series[0], setting.looks.theme.sheet.shading)
            found.append(Shading(area, shade, bars=key == "bars"))
    return tuple(found)


def _declared(
    table: Table, key: str, types: Sequence[ColumnType], setting: Setting
) -> dict[int, str]:
    """Return the columns that an attribute names, each with its function."""
    headers = [column.header.text.strip() for column in table.columns]
    wanted = table.attributes.get(key).strip()
    if wanted in {"all", "true", "yes"}:
        return {index: "sum" for index, type_ in enumerate(types) if type_.kind.is_quantity}
    declared: dict[int, str] = {}
    for item in filter(None, (item.strip() for item in wanted.split(","))):
        name, _, function = item.rpartition(":")
        if function not in FUNCTIONS:
            name, function = item, "sum"
        if name in headers:
            declared[headers.index(name)] = function
        elif name.isascii() and name.isdigit() and 0 < int(name) <= len(headers):
            declared[int(name) - 1] = function
        else:
            setting.context.diagnostics.warn(
                "W608",
                f"the table has no column “{name}”, which {key}= names",
                table.span,
                f"Its columns: {', '.join(headers[:20])}",
            )
    return declared


def _worth(function: str, numbers: Sequence[float]) -> float:
    """Return what a host would calculate: it shows this until it does."""
    if function == "count":
        return len(numbers)
    if not numbers:
        return 0
    if function == "average":
        return fsum(numbers) / len(numbers)
    if function == "sum":
        return fsum(numbers)
    return max(numbers) if function == "max" else min(numbers)
