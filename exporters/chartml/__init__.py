"""A chart's specification and look in -> its DrawingML part, the same for deck and workbook.

ECMA-376 part 1, 21.2 (dml-chart). The numbers stand in the part as caches of
the cells that it refers to, so that a host that calculates nothing draws it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.chart_look import colors_of, has_two_scales
from exporters.chartml.axes import CATEGORY, HIDDEN, SECOND, VALUE, Axes
from exporters.chartml.drawing import ChartLook, text_properties
from exporters.chartml.series import SeriesWriter
from report_data.charts import ChartKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from report_data.charts import Chart, Series

__all__ = ["ChartLook", "chart_xml"]

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

_GAP = 56
"""Gap between groups of bars in per cent of a bar, as `layout.chart` leaves it."""

_HOLE = 60
"""A ring's hole in per cent of its width."""


def chart_xml(
    chart: Chart, look: ChartLook, cells: Callable[[int], str], header: Callable[[int], str]
) -> str:
    """Return the part ``chartN.xml``.

    ``cells`` gives the reference of a table column's body, ``header`` that of its
    header cell, by the column's number from 0: ``'Sheet1'!$B$2:$B$5``.

    Raises:
        ValueError: The kind is `ChartKind.NUMBER`, which is text and no chart.
    """
    if chart.kind is ChartKind.NUMBER:
        raise ValueError("a number is no chart")
    colors = colors_of(chart, look.sides, look.palette.series)
    series = SeriesWriter(chart, look, colors, cells, header)
    words = text_properties(look)
    several = len(chart.series) > 1 or chart.kind.is_round
    legend = (
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{words}</c:legend>' if several else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_SPACES}>'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{_Plots(chart, series, Axes(chart, look)).xml()}"
        "<c:spPr><a:noFill/></c:spPr></c:plotArea>"
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{words}</c:chartSpace>"
    )


class _Plots(Struct, frozen=True):
    """What stands in a chart's plot area: its plots, then their axes."""

    chart: Chart
    series: SeriesWriter
    axes: Axes

    def xml(self) -> str:
        kind = self.chart.kind
        if kind.is_round:
            return self._round()
        if kind is ChartKind.SCATTER:
            return self._scatter()
        if kind is ChartKind.COMBINED:
            return self._combined()
        name = kind.value if kind in {ChartKind.LINE, ChartKind.AREA} else "bar"
        return self._plot(name, self.chart.series, VALUE) + self._pair(self.chart.series)

    def _combined(self) -> str:
        """Return lines before columns, on a scale of their own where that is needed."""
        everything = self.chart.series
        bars = [one for one in everything if not one.line]
        lines = [one for one in everything if one.line]
        apart = has_two_scales(self.chart)
        plots = self._plot("bar", bars, VALUE) if bars else ""
        plots += self._plot("line", lines, SECOND if apart else VALUE) if lines else ""
        if not apart:
            return plots + self._pair(everything)
        second = self.axes.values(lines, SECOND) + self.axes.categories(HIDDEN)
        return plots + self._pair(bars or everything) + second

    def _pair(self, series: Sequence[Series]) -> str:
        """Return the axis of categories, and that of the values of series."""
        return self.axes.categories(CATEGORY) + self.axes.values(series, VALUE)

    def _plot(self, name: str, series: Sequence[Series], values: int) -> str:
        """Return a plot of bars, areas or lines whose values stand on an axis."""
        kind = self.chart.kind
        body = "".join(self.series.xml(name, one) for one in series)
        category = HIDDEN if values == SECOND else CATEGORY
        ids = f'<c:axId val="{category}"/><c:axId val="{values}"/>'
        if name == "bar":
            grouping = "stacked" if kind.is_stacked else "clustered"
            overlap = '<c:overlap val="100"/>' if kind.is_stacked else ""
            return (
                f'<c:barChart><c:barDir val="{"bar" if kind.is_lying else "col"}"/>'
                f'<c:grouping val="{grouping}"/><c:varyColors val="0"/>{body}'
                f'<c:gapWidth val="{_GAP}"/>{overlap}{ids}</c:barChart>'
            )
        if name == "area":
            return (
                '<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>'
                f"{body}{ids}</c:areaChart>"
            )
        return (
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
            f'{body}<c:marker val="1"/>{ids}</c:lineChart>'
        )

    def _round(self) -> str:
        """Return a pie, or a ring."""
        body = self.series.xml("pie", self.chart.series[0])
        inside = f'<c:varyColors val="1"/>{body}<c:firstSliceAng val="0"/>'
        if self.chart.kind is ChartKind.PIE:
            return f"<c:pieChart>{inside}</c:pieChart>"
        return f'<c:doughnutChart>{inside}<c:holeSize val="{_HOLE}"/></c:doughnutChart>'

    def _scatter(self) -> str:
        series = self.chart.series
        body = "".join(self.series.xml("scatter", one) for one in series)
        return (
            '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
            f'{body}<c:axId val="{CATEGORY}"/><c:axId val="{VALUE}"/></c:scatterChart>'
            + self.axes.across()
            + self.axes.values(series, VALUE)
        )
