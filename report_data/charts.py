"""A chart box and the table it draws -> one chart specification, the same for all formats.

The source says ``::: {.chart type=column table=#id x=层级 y="美国,中国"} Title``.
Only ``type`` is needed: the table may stand inside the box, or be the last one
before it; ``x`` is the first column that holds no quantities, ``y`` all that do.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from report_data.model import Box, Table, plain
from report_data.table_types import types_of
from report_data.values import TEXT, Kind, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from report_data.columns import ColumnType
    from report_data.ids import BlockId
    from report_data.model import Report

MOST_SLICES = 12
"""Parts of a pie that can still be told apart."""

MOST_SERIES = 12

_FEW = 2
"""Rows of which the last is no sum of the others."""

_TOTALS = frozenset(
    (
        "合计",
        "总计",
        "共计",
        "总和",
        "合計",
        "總計",
        "総計",
        "합계",
        "총계",
        "total",
        "grandtotal",
        "sum",
    )
)
"""What the last row of a table is called that holds the sums of the others."""

MOST_CATEGORIES = 60
"""Bars that can still be told apart on a slide."""


class ChartKind(Enum):
    """What a chart draws; the values are the words of ``type=``."""

    COLUMN = "column"
    STACKED = "stacked"
    BAR = "bar"
    STACKED_BAR = "stacked-bar"
    LINE = "line"
    AREA = "area"
    PIE = "pie"
    DOUGHNUT = "doughnut"
    SCATTER = "scatter"
    COMBINED = "combined"
    NUMBER = "number"

    @property
    def is_round(self) -> bool:
        """Return whether it shows the parts of one whole."""
        return self in {ChartKind.PIE, ChartKind.DOUGHNUT}

    @property
    def is_stacked(self) -> bool:
        """Return whether its series stand on each other."""
        return self in {ChartKind.STACKED, ChartKind.STACKED_BAR}

    @property
    def is_lying(self) -> bool:
        """Return whether its bars lie, the first category on top."""
        return self in {ChartKind.BAR, ChartKind.STACKED_BAR}


class Series(Struct, frozen=True):
    """One column of numbers: its header, where it stands in the table, and how it is written.

    ``values`` has one number a row of the table, ``None`` where a cell holds
    none. A percentage is its fraction. ``line`` is set for what a combined
    chart draws as a line.
    """

    name: str
    column: int
    values: tuple[float | None, ...]
    shape: Shape
    line: bool = False


class Chart(Struct, frozen=True):
    """What to draw, bound to the cells of one table.

    ``id`` is the box's. ``x`` is the column of the categories, whose texts as
    written are ``categories``; ``positions`` are their numbers where all are
    numbers or dates (days since 1970-01-01), the x of a scatter chart. ``x_kind``
    is what that column holds. ``total`` names the table's last row where that holds
    the sums of the others and so is not drawn among them.
    """

    id: BlockId
    kind: ChartKind
    table: BlockId
    title: str
    x: int
    x_name: str
    x_kind: Kind
    categories: tuple[str, ...]
    positions: tuple[float, ...] | None
    series: tuple[Series, ...]
    total: str = ""


def last_number(chart: Chart) -> tuple[int, float] | None:
    """Return the number that a chart of one number shows, and its row in the table from 0."""
    values = [*enumerate(chart.series[0].values)]
    return next(((row, value) for row, value in reversed(values) if value is not None), None)


class ChartError(ValueError):
    """A chart that cannot be drawn: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def chart_of(box: Box, report: Report) -> Chart:
    """Return the specification of a chart box.

    Raises:
        ChartError: The table, its columns or the kind are not there, or hold no numbers.
    """
    table = _table(box, report)
    kind = _kind(box)
    headers = [" ".join(one.header.text.split()) for one in table.columns]
    types = types_of(table)
    x = _x(box, headers, types, kind)
    columns = _asked(box, "y", headers) or _quantities(types, x, kind)
    if kind.is_round or kind is ChartKind.NUMBER:
        columns = columns[:1]
    lines = _asked(box, "line", headers)
    if kind is ChartKind.COMBINED and not lines:
        lines = columns[-1:]
    chart = Chart(
        id=box.id,
        kind=kind,
        table=table.id,
        title=plain(box.label).strip(),
        x=x,
        x_name=headers[x],
        x_kind=types[x].kind,
        categories=tuple(" ".join(row[x].split()) for row in table.texts()),
        positions=_positions(table, x, types[x]),
        series=tuple(
            _series(table, index, headers[index], types[index], drawn_as_line=index in lines)
            for index in columns
        ),
    )
    if box.attributes.get("total") not in {"yes", "true"}:
        chart = _without_total(chart)
    _check(chart)
    return chart


def _without_total(chart: Chart) -> Chart:
    """Return a chart without the last row of its table where that sums up the others."""
    last = chart.categories[-1] if len(chart.categories) > _FEW else ""
    if chart.kind is ChartKind.NUMBER or "".join(last.casefold().split()) not in _TOTALS:
        return chart
    return replace(
        chart,
        categories=chart.categories[:-1],
        positions=chart.positions[:-1] if chart.positions is not None else None,
        series=tuple(replace(one, values=one.values[:-1]) for one in chart.series),
        total=last,
    )


def charts_of(report: Report) -> tuple[Chart, ...]:
    """Return the charts of a report that can be drawn, in reading order."""
    charts = []
    for box in report.chart_boxes:
        try:
            charts.append(chart_of(box, report))
        except ChartError:
            continue  # validation has told of it
    return tuple(charts)


def _kind(box: Box) -> ChartKind:
    asked = box.attributes.get("type", "column").strip().lower()
    words = {kind.value: kind for kind in ChartKind} | _OTHER_WORDS
    if asked not in words:
        known = ", ".join(kind.value for kind in ChartKind)
        raise ChartError(f"“{asked}” is no kind of chart", f"Known kinds: {known}")
    return words[asked]


_MANY_POINTS = frozenset({ChartKind.LINE, ChartKind.AREA, ChartKind.SCATTER})

_OTHER_WORDS = {
    "donut": ChartKind.DOUGHNUT,
    "stacked-column": ChartKind.STACKED,
    "stackedcolumn": ChartKind.STACKED,
    "stackedbar": ChartKind.STACKED_BAR,
    "combo": ChartKind.COMBINED,
    "big-number": ChartKind.NUMBER,
}


def _table(box: Box, report: Report) -> Table:
    asked = box.attributes.get("table").strip().removeprefix("#")
    before: Table | None = None
    after: Table | None = None
    passed = False
    inside = _first_table(box.blocks)
    if not asked and inside is not None:
        return inside
    for node in report.walk():
        if isinstance(node, Table):
            if asked and node.id == asked:
                return node
            before = node
            after = after or (node if passed else None)
        if node is box:
            if before is not None and not asked:
                return before
            passed = True
    if asked:
        raise ChartError(
            f"no table has the id “{asked}”", "Give the table an id: “: caption {#id}”"
        )
    if after is not None:
        return after
    raise ChartError("the chart has no table", "Name one with table=#id, or put it into the box")


def _first_table(blocks: Iterable[object]) -> Table | None:
    return next((block for block in blocks if isinstance(block, Table)), None)


def _x(box: Box, headers: list[str], types: tuple[ColumnType, ...], kind: ChartKind) -> int:
    asked = box.attributes.get("x").strip()
    if asked:
        return _named(asked, headers)
    if kind is ChartKind.SCATTER:
        numbers = [index for index, type_ in enumerate(types) if type_.kind.is_quantity]
        return numbers[0] if len(numbers) > 1 else 0
    return next((index for index, type_ in enumerate(types) if not type_.kind.is_quantity), 0)


def _quantities(types: tuple[ColumnType, ...], x: int, kind: ChartKind) -> list[int]:
    """Return the columns of quantities; beside amounts on one axis no percentages, nor the reverse.

    A combined chart draws those along an axis of their own.
    """
    found = [index for index, type_ in enumerate(types) if type_.kind.is_quantity and index != x]
    if kind in {ChartKind.COMBINED, ChartKind.SCATTER} or not found:
        return found
    parts = types[found[0]].kind is Kind.PERCENT
    return [index for index in found if (types[index].kind is Kind.PERCENT) is parts]


def _check(chart: Chart) -> None:
    """Refuse what would not be a chart.

    Raises:
        ChartError: There is nothing to draw, or too much to tell apart.
    """
    if not chart.series:
        raise ChartError(
            "the chart's table has no column of numbers",
            "A column is numbers when every cell is one (or –); name columns with y=",
        )
    if len(chart.series) > MOST_SERIES:
        raise ChartError(
            f"the chart has {len(chart.series)} series", f"Choose at most {MOST_SERIES} with y="
        )
    if chart.kind is ChartKind.SCATTER and chart.positions is None:
        raise ChartError(
            f"the column “{chart.x_name}” is not all numbers",
            "A scatter chart needs numbers for x",
        )
    if chart.kind not in _MANY_POINTS and len(chart.categories) > MOST_CATEGORIES:
        raise ChartError(
            f"the chart has {len(chart.categories)} categories",
            f"At most {MOST_CATEGORIES} can be told apart; draw a line, or a shorter table",
        )
    if chart.kind.is_round:
        values = chart.series[0].values
        if len(values) > MOST_SLICES or any(value is None or value < 0 for value in values):
            raise ChartError(
                f"a {chart.kind.value} needs at most {MOST_SLICES} parts, none of them negative",
                "Draw bars instead",
            )


def _asked(box: Box, key: str, headers: list[str]) -> list[int]:
    """Return the columns that an attribute names, parted by commas."""
    names = (name.strip() for name in box.attributes.get(key).split(","))
    return [_named(name, headers) for name in names if name]


def _named(name: str, headers: list[str]) -> int:
    if name in headers:
        return headers.index(name)
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(headers):
        return int(name) - 1
    raise ChartError(
        f"the chart's table has no column “{name}”", f"Its columns: {', '.join(headers)}"
    )


def _series(
    table: Table, column: int, name: str, type_: ColumnType, *, drawn_as_line: bool
) -> Series:
    values: list[float | None] = []
    shape = TEXT
    for row in table.texts():
        value = type_.value(row[column])
        number = value.number
        if number is None or isinstance(number, datetime):
            values.append(None)
            continue
        values.append(number)
        if value.shape.decimals >= shape.decimals or shape is TEXT:
            shape = value.shape
    if shape is TEXT:
        raise ChartError(
            f"the column “{name}” holds no numbers", "A chart draws columns of numbers"
        )
    return Series(name, column, tuple(values), replace(shape, trend=""), drawn_as_line)


_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # a cell's date has no time zone


def _positions(table: Table, x: int, type_: ColumnType) -> tuple[float, ...] | None:
    positions: list[float] = []
    for row in table.texts():
        number = type_.value(row[x]).number
        if number is None:
            return None
        if isinstance(number, datetime):
            number = (number - _EPOCH).total_seconds() / 86400
        positions.append(number)
    return tuple(positions)
