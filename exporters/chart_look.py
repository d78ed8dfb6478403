"""A chart's specification in -> what its drawings have in common in all formats.

Colours, scales, and where values are written: deck and workbook have native charts
(`exporters.chartml`), the PDF a drawing, and a reader who puts them side by side sees
one chart.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from exporters.layout.chart import axis, series_colors
from exporters.theme import tint
from report_data.charts import ChartKind
from report_data.values import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.chart import Axis
    from report_data.charts import Chart, Series

MOST_LABELLED = 12
"""Values that are written at their bars or points; more would touch."""

_MOST_LINES = 2
"""Values of lines stand over the upper one and under the lower one; a third has no room."""

_PALER = 0.6
"""How much of a colour is left in each further round through the palette."""


def colors_of(chart: Chart, sides: Sequence[str], palette: Sequence[str]) -> tuple[str, ...]:
    """Return the colour of every series, or of every slice, in all three formats.

    Slices that are none of the report's sides may wear any colour; a second
    round through the palette is paler, so that no two beside each other are alike.
    """
    names = chart.categories if chart.kind.is_round else tuple(one.name for one in chart.series)
    anywhere = chart.kind.is_round and not any(
        name.startswith(side) for name in names for side in sides if side
    )
    colors = series_colors(names, () if anywhere else sides, palette)
    turns: Counter[str] = Counter()
    made: list[str] = []
    for color in colors:
        made.append(tint(color, _PALER ** turns[color]))
        turns[color] += 1
    return tuple(made)


def value_axis(chart: Chart, series: Sequence[Series]) -> Axis:
    """Return the scale of series that share an axis."""
    values = [value for one in series for value in one.values if value is not None]
    if chart.kind.is_stacked or chart.kind is ChartKind.AREA:
        rows = list(zip(*(one.values for one in series), strict=True))
        values = [sum(value for value in row if value is not None and value > 0) for row in rows]
        values += [sum(value for value in row if value is not None and value < 0) for row in rows]
    lines = chart.kind in {ChartKind.LINE, ChartKind.SCATTER} or all(one.line for one in series)
    return axis(values, zero=None if lines else True)


def has_two_scales(chart: Chart) -> bool:
    """Return whether lines have a scale of their own beside that of columns: another kind."""
    lines = {one.shape.kind for one in chart.series if one.line}
    bars = {one.shape.kind for one in chart.series if not one.line}
    return bool(lines and bars) and lines != bars


def is_labelled(chart: Chart) -> bool:
    """Return whether values are written at their bars, points or slices, in all three formats."""
    if chart.kind in {ChartKind.AREA, ChartKind.SCATTER}:
        return False
    if chart.kind is ChartKind.LINE and len(chart.series) > _MOST_LINES:
        return False
    count = len(chart.categories) * (1 if chart.kind.is_round else len(chart.series))
    return count <= MOST_LABELLED


def is_under(chart: Chart, one: Series, place: int) -> bool:
    """Return whether a point's value stands under it: that of the lower of two lines."""
    value = one.values[place]
    others = [other.values[place] for other in chart.series if other is not one]
    return value is not None and any(other is not None and other > value for other in others)


def over_time(chart: Chart) -> bool:
    """Return whether a chart's categories are dates on a scale of time, not names of bars."""
    over = {ChartKind.LINE, ChartKind.AREA}
    return chart.kind in over and chart.x_kind is Kind.DATE and chart.positions is not None
