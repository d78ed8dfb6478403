"""One series of a chart -> its part of the DrawingML: name, look, labels, numbers."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.chart_look import MOST_LABELLED, is_labelled, is_under
from exporters.chartml.drawing import (
    EXCEL_FROM_UNIX,
    HAIRLINE,
    LINE,
    fill,
    number_cache,
    quoted,
    stroke,
    text_cache,
    text_properties,
)
from report_data.charts import ChartKind
from report_data.values import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from exporters.chartml.drawing import ChartLook
    from report_data.charts import Chart, Series

_THIN = 0.06
"""The part of a ring under which a slice has no room for its value."""


class SeriesWriter(Struct, frozen=True):
    """Writes the series of one chart; ``cells`` and ``header`` as of `chart_xml`.

    ``colors`` are those of the series, or of the slices of a round chart.
    """

    chart: Chart
    look: ChartLook
    colors: Sequence[str]
    cells: Callable[[int], str]
    header: Callable[[int], str]

    def xml(self, plot: str, one: Series) -> str:
        """Return one series of a ``plot``: bar, line, area, scatter or pie."""
        index = self.chart.series.index(one)
        color = self.colors[index]
        name = text_cache(self.header(one.column), (one.name,))
        start = f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx>{name}</c:tx>'
        values = f"<c:val>{self._numbers(one)}</c:val>"
        categories = f"<c:cat>{self._categories()}</c:cat>"
        labels = self._labels(one, plot)
        if plot == "bar":
            look = f'<c:spPr>{fill(color)}</c:spPr><c:invertIfNegative val="0"/>'
            return f"{start}{look}{labels}{categories}{values}</c:ser>"
        if plot == "area":
            return f"{start}<c:spPr>{fill(color)}</c:spPr>{labels}{categories}{values}</c:ser>"
        if plot == "line":
            look = f"<c:spPr>{stroke(color, LINE)}</c:spPr>{self._marker(color)}"
            smooth = '<c:smooth val="0"/>'
            return f"{start}{look}{labels}{categories}{values}{smooth}</c:ser>"
        if plot == "scatter":
            look = f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{self._marker(color, always=True)}"
            across = f"<c:xVal>{self._categories()}</c:xVal>"
            return (
                f"{start}{look}{across}<c:yVal>{self._numbers(one)}</c:yVal>"
                '<c:smooth val="0"/></c:ser>'
            )
        points = "".join(
            f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/><c:spPr>{fill(slice_)}'
            f"{stroke(self.look.palette.paper, LINE // 2)}</c:spPr></c:dPt>"
            for place, slice_ in enumerate(self.colors)
        )
        return f"{start}{points}{labels}{categories}{values}</c:ser>"

    def _numbers(self, one: Series) -> str:
        return number_cache(self.cells(one.column), one.values, _format(one))

    def _categories(self) -> str:
        chart = self.chart
        reference = self.cells(chart.x)
        if chart.x_kind is Kind.DATE and chart.positions is not None:
            days = tuple(day + EXCEL_FROM_UNIX for day in chart.positions)
            return number_cache(reference, days, "yyyy-mm-dd")
        if chart.kind is ChartKind.SCATTER:
            return number_cache(reference, chart.positions or (), "General")
        return text_cache(reference, chart.categories)

    def _labels(self, one: Series, plot: str) -> str:
        """Return the values that are written at bars, points and slices."""
        chart = self.chart
        if not is_labelled(chart) or one.line:
            return ""  # a line before columns has its axis: its values would stand on them
        ink, light = self.look.palette.ink, self.look.palette.on_structure
        own = ""
        if chart.kind is ChartKind.DOUGHNUT:
            own, shown = self._on_slices(one), self._label(one, light)
        elif chart.kind is ChartKind.PIE:
            shown = self._label(one, ink, "outEnd")
        elif plot == "line":
            own, shown = self._under_points(one), self._label(one, ink, "t")
        elif plot == "bar" and not chart.kind.is_stacked:
            shown = self._label(one, ink, "outEnd")
        else:
            shown = self._label(one, light, "ctr")
        return f"<c:dLbls>{own}{shown}</c:dLbls>"

    def _under_points(self, one: Series) -> str:
        """Return the labels of a line that stand under its points."""
        under = self._label(one, self.look.palette.ink, "b")
        places = (place for place in range(len(one.values)) if is_under(self.chart, one, place))
        return "".join(f'<c:dLbl><c:idx val="{place}"/>{under}</c:dLbl>' for place in places)

    def _on_slices(self, one: Series) -> str:
        """Return the labels of a ring that are not light: gone from thin slices, dark on pale."""
        pale = len(self.look.palette.series)
        dark = self._label(one, self.look.palette.ink)
        gone = '<c:delete val="1"/>'
        least = _THIN * fsum(value or 0 for value in one.values)
        return "".join(
            f'<c:dLbl><c:idx val="{index}"/>{gone if thin else dark}</c:dLbl>'
            for index, value in enumerate(one.values)
            if (thin := (value or 0) < least) or index >= pale
        )

    def _label(self, one: Series, color: str, position: str = "") -> str:
        """Return what a label shows, in a colour; ``position`` is ST_DLblPos (21.2.3.11)."""
        place = f'<c:dLblPos val="{position}"/>' if position else ""
        words = text_properties(self.look, color)
        return (
            f'<c:numFmt formatCode="{quoted(_format(one))}" sourceLinked="0"/>'
            f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{words}{place}"
            '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
            '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        )

    def _marker(self, color: str, *, always: bool = False) -> str:
        if not always and len(self.chart.categories) > MOST_LABELLED * 2:
            return '<c:marker><c:symbol val="none"/></c:marker>'
        look = f"{fill(color)}{stroke(self.look.palette.paper, HAIRLINE)}"
        return (
            f'<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>{look}</c:spPr></c:marker>'
        )


def _format(one: Series) -> str:
    """Return the format of a series' labels: its decimals, thousands, per cent and unit."""
    shape = one.shape
    whole = "#,##0" if shape.group else "0"
    places = f".{'0' * shape.decimals}" if shape.decimals else ""
    if shape.kind is Kind.PERCENT:
        return f"{whole}{places}%"
    prefix = f'"{shape.prefix}"' if shape.prefix else ""
    suffix = f'"{shape.suffix}"' if shape.suffix else ""
    return f"{prefix}{whole}{places}{suffix}"
