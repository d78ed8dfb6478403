"""A chart's specification and look in -> its DrawingML part, the same for deck and workbook.

ECMA-376 part 1, 21.2 (dml-chart). The numbers stand in the part as caches of
the cells that it refers to, so that a host that calculates nothing draws it.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.chart_look import (
    MOST_LABELLED,
    colors_of,
    has_two_scales,
    is_labelled,
    is_under,
    over_time,
    value_axis,
)
from exporters.layout.chart import axis, date_axis, number_format
from report_data.charts import ChartKind
from report_data.values import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from exporters.layout.chart import Axis
    from exporters.layout.geometry import Pt
    from exporters.theme import Palette
    from report_data.charts import Chart, Series

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

_CATEGORY, _VALUE, _SECOND, _HIDDEN = 111, 222, 333, 444
"""Ids of axes: any positive numbers, each once in a chart."""

_GAP = 56
"""Gap between groups of bars in per cent of a bar, as `layout.chart` leaves it."""

_THIN = 0.06
"""The part of a ring under which a slice has no room for its value."""

_EXCEL_FROM_UNIX = 25569
"""Serial number of 1970-01-01 in Excel's calendar."""

_YEAR = 12
"""Months."""

_LINE = 28575
"""EMU: two and a quarter points."""

_HAIRLINE = 6350


class ChartLook(Struct, frozen=True):
    """How a chart looks: colours, fonts, sizes in points."""

    palette: Palette
    sides: tuple[str, ...]
    latin: str
    east_asian: str
    size: Pt
    language: str = "zh-CN"


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
    return _Writer(chart, look, cells, header).part()


class _Writer:
    def __init__(
        self,
        chart: Chart,
        look: ChartLook,
        cells: Callable[[int], str],
        header: Callable[[int], str],
    ) -> None:
        self._chart = chart
        self._look = look
        self._cells = cells
        self._header = header
        self._colors = colors_of(chart, look.sides, look.palette.series)
        self._bars = [one for one in chart.series if not one.line]
        self._lines = [one for one in chart.series if one.line]
        self._apart = has_two_scales(chart)

    def part(self) -> str:
        """Return the whole part."""
        chart = self._chart
        several = len(chart.series) > 1 or chart.kind.is_round
        legend = (
            f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{self._text()}</c:legend>'
            if several
            else ""
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_SPACES}>'
            '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
            f"<c:plotArea><c:layout/>{self._plots()}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
            f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
            "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
            f"{self._text()}</c:chartSpace>"
        )

    # --- plots -------------------------------------------------------------------

    def _plots(self) -> str:
        chart = self._chart
        if chart.kind.is_round:
            return self._round()
        if chart.kind is ChartKind.SCATTER:
            return self._scatter()
        if chart.kind is ChartKind.COMBINED:
            second = _SECOND if self._apart else _VALUE
            plots = self._plot("bar", self._bars, _VALUE) if self._bars else ""
            plots += self._plot("line", self._lines, second) if self._lines else ""
        elif chart.kind in {ChartKind.LINE, ChartKind.AREA}:
            plots = self._plot(chart.kind.value, list(chart.series), _VALUE)
        else:
            plots = self._plot("bar", list(chart.series), _VALUE)
        axes = self._category_axis(_CATEGORY, _VALUE, shown=True)
        axes += self._value_axis(self._bars or list(chart.series), _VALUE, _CATEGORY)
        if self._apart:
            axes += self._value_axis(self._lines, _SECOND, _HIDDEN, right=True)
            axes += self._category_axis(_HIDDEN, _SECOND, shown=False)
        elif chart.kind is ChartKind.COMBINED:
            axes = self._category_axis(_CATEGORY, _VALUE, shown=True)
            axes += self._value_axis(list(chart.series), _VALUE, _CATEGORY)
        return plots + axes

    def _plot(self, name: str, series: list[Series], values: int) -> str:
        kind = self._chart.kind
        body = "".join(self._series(name, one) for one in series)
        category = _HIDDEN if values == _SECOND else _CATEGORY
        ids = f'<c:axId val="{category}"/><c:axId val="{values}"/>'
        if name == "bar":
            lying = kind in {ChartKind.BAR, ChartKind.STACKED_BAR}
            grouping = "stacked" if kind.is_stacked else "clustered"
            overlap = '<c:overlap val="100"/>' if kind.is_stacked else ""
            return (
                f'<c:barChart><c:barDir val="{"bar" if lying else "col"}"/>'
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
        body = self._series("pie", self._chart.series[0])
        if self._chart.kind is ChartKind.PIE:
            return (
                f'<c:pieChart><c:varyColors val="1"/>{body}<c:firstSliceAng val="0"/></c:pieChart>'
            )
        return (
            f'<c:doughnutChart><c:varyColors val="1"/>{body}<c:firstSliceAng val="0"/>'
            '<c:holeSize val="60"/></c:doughnutChart>'
        )

    def _scatter(self) -> str:
        chart = self._chart
        body = "".join(self._series("scatter", one) for one in chart.series)
        across = axis(chart.positions or ())
        return (
            '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
            f'{body}<c:axId val="{_CATEGORY}"/><c:axId val="{_VALUE}"/></c:scatterChart>'
            + self._scale(across, _CATEGORY, _VALUE, "b", number_format(across.step), lines=False)
            + self._value_axis(list(chart.series), _VALUE, _CATEGORY)
        )

    # --- series ------------------------------------------------------------------

    def _series(self, plot: str, one: Series) -> str:
        index = self._chart.series.index(one)
        color = self._colors[index]
        name = _text_cache(self._header(one.column), (one.name,))
        start = f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx>{name}</c:tx>'
        values = f"<c:val>{self._numbers(one)}</c:val>"
        categories = f"<c:cat>{self._categories()}</c:cat>"
        labels = self._labels(one, plot)
        if plot == "bar":
            fill = f'<c:spPr>{_fill(color)}</c:spPr><c:invertIfNegative val="0"/>'
            return f"{start}{fill}{labels}{categories}{values}</c:ser>"
        if plot == "area":
            return f"{start}<c:spPr>{_fill(color)}</c:spPr>{labels}{categories}{values}</c:ser>"
        if plot == "line":
            stroke = f"<c:spPr>{_stroke(color, _LINE)}</c:spPr>{self._marker(color)}"
            smooth = '<c:smooth val="0"/>'
            return f"{start}{stroke}{labels}{categories}{values}{smooth}</c:ser>"
        if plot == "scatter":
            stroke = f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{self._marker(color, always=True)}"
            across = f"<c:xVal>{self._categories()}</c:xVal>"
            return (
                f"{start}{stroke}{across}<c:yVal>{self._numbers(one)}</c:yVal>"
                '<c:smooth val="0"/></c:ser>'
            )
        points = "".join(
            f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/><c:spPr>{_fill(slice_)}'
            f"{_stroke(self._look.palette.paper, _LINE // 2)}</c:spPr></c:dPt>"
            for place, slice_ in enumerate(self._colors)
        )
        return f"{start}{points}{labels}{categories}{values}</c:ser>"

    def _numbers(self, one: Series) -> str:
        return _number_cache(self._cells(one.column), one.values, _format(one))

    def _categories(self) -> str:
        chart = self._chart
        reference = self._cells(chart.x)
        if chart.x_kind is Kind.DATE and chart.positions is not None:
            days = tuple(day + _EXCEL_FROM_UNIX for day in chart.positions)
            return _number_cache(reference, days, "yyyy-mm-dd")
        if chart.kind is ChartKind.SCATTER:
            return _number_cache(reference, chart.positions or (), "General")
        return _text_cache(reference, chart.categories)

    def _labels(self, one: Series, plot: str) -> str:
        chart = self._chart
        if not is_labelled(chart) or one.line:
            return ""  # a line before columns has its axis: its values would stand on them
        position = {"bar": "ctr" if chart.kind.is_stacked else "outEnd", "line": "t"}.get(plot, "")
        if chart.kind is ChartKind.PIE:
            position = "outEnd"
        place = f'<c:dLblPos val="{position}"/>' if position else ""
        ink, light = self._look.palette.ink, self._look.palette.on_structure
        inside = chart.kind.is_stacked or chart.kind is ChartKind.DOUGHNUT
        shown = self._label(one, light if inside else ink, place)
        own = ""
        if plot == "line":
            under = self._label(one, ink, '<c:dLblPos val="b"/>')
            places = (place for place in range(len(one.values)) if is_under(chart, one, place))
            own = "".join(f'<c:dLbl><c:idx val="{place}"/>{under}</c:dLbl>' for place in places)
        if chart.kind is ChartKind.DOUGHNUT:  # on a paler slice, light text could not be read
            pale = len(self._look.palette.series)
            dark = self._label(one, ink, place)
            gone = '<c:delete val="1"/>'
            least = _THIN * fsum(value or 0 for value in one.values)
            own = "".join(
                f'<c:dLbl><c:idx val="{index}"/>{gone if thin else dark}</c:dLbl>'
                for index, value in enumerate(one.values)
                if (thin := (value or 0) < least) or index >= pale
            )
        return f"<c:dLbls>{own}{shown}</c:dLbls>"

    def _label(self, one: Series, color: str, place: str) -> str:
        return (
            f'<c:numFmt formatCode="{_quoted(_format(one))}" sourceLinked="0"/>'
            f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{self._text(color)}{place}"
            '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
            '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        )

    def _marker(self, color: str, *, always: bool = False) -> str:
        if not always and len(self._chart.categories) > MOST_LABELLED * 2:
            return '<c:marker><c:symbol val="none"/></c:marker>'
        look = f"{_fill(color)}{_stroke(self._look.palette.paper, _HAIRLINE)}"
        return (
            f'<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>{look}</c:spPr></c:marker>'
        )

    # --- axes --------------------------------------------------------------------

    def _category_axis(self, own: int, crossing: int, *, shown: bool) -> str:
        chart = self._chart
        lying = chart.kind in {ChartKind.BAR, ChartKind.STACKED_BAR}
        dated = over_time(chart)
        name = "dateAx" if dated else "catAx"
        order = "maxMin" if lying else "minMax"
        line = _stroke(self._look.palette.hairline, _HAIRLINE * 2)
        ends = ""
        code = "yyyy-mm-dd" if chart.x_kind is Kind.DATE else "General"
        rest = (
            '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
            '<c:noMultiLvlLbl val="1"/>'
        )
        if dated:
            scale = date_axis(chart.positions or ())
            code = scale.code
            low, high = (day + _EXCEL_FROM_UNIX for day in (scale.low, scale.high))
            ends = f'<c:max val="{high:.12g}"/><c:min val="{low:.12g}"/>'
            years = scale.months >= _YEAR
            step = scale.days or scale.months // (_YEAR if years else 1)
            unit = "days" if scale.days else "years" if years else "months"
            rest = (
                '<c:auto val="0"/><c:lblOffset val="100"/><c:baseTimeUnit val="days"/>'
                f'<c:majorUnit val="{step}"/><c:majorTimeUnit val="{unit}"/>'
            )
        return (
            f'<c:{name}><c:axId val="{own}"/>'
            f'<c:scaling><c:orientation val="{order}"/>{ends}</c:scaling>'
            f'<c:delete val="{int(not shown)}"/><c:axPos val="{"l" if lying else "b"}"/>'
            f'<c:numFmt formatCode="{code}" sourceLinked="0"/><c:majorTickMark val="none"/>'
            '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
            f"<c:spPr>{line}</c:spPr>{self._text()}"
            f'<c:crossAx val="{crossing}"/><c:crosses val="autoZero"/>{rest}</c:{name}>'
        )

    def _value_axis(
        self, series: list[Series], own: int, crossing: int, *, right: bool = False
    ) -> str:
        lying = self._chart.kind in {ChartKind.BAR, ChartKind.STACKED_BAR}
        scale = value_axis(self._chart, series)
        percent = all(one.shape.kind is Kind.PERCENT for one in series)
        code = number_format(scale.step, percent=percent)
        place = "r" if right else "b" if lying else "l"
        return self._scale(scale, own, crossing, place, code, lines=not right, last=lying or right)

    def _scale(
        self,
        scale: Axis,
        own: int,
        crossing: int,
        place: str,
        code: str,
        *,
        lines: bool,
        last: bool = False,
    ) -> str:
        grid = _stroke(self._look.palette.hairline, _HAIRLINE)
        gridlines = f"<c:majorGridlines><c:spPr>{grid}</c:spPr></c:majorGridlines>" if lines else ""
        between = "midCat" if self._chart.kind is ChartKind.SCATTER else "between"
        return (
            f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>'
            f'<c:max val="{scale.high:.12g}"/><c:min val="{scale.low:.12g}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{place}"/>{gridlines}'
            f'<c:numFmt formatCode="{_quoted(code)}" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
            f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{self._text()}"
            f'<c:crossAx val="{crossing}"/><c:crosses val="{"max" if last else "autoZero"}"/>'
            f'<c:crossBetween val="{between}"/><c:majorUnit val="{scale.step:.12g}"/></c:valAx>'
        )

    def _text(self, color: str = "") -> str:
        look = self._look
        return (
            "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
            f'<a:defRPr sz="{round(look.size * 100)}" b="0">'
            f"{_fill(color or look.palette.ink_second)}"
            f'<a:latin typeface="{_quoted(look.latin)}"/>'
            f'<a:ea typeface="{_quoted(look.east_asian)}"/>'
            f'</a:defRPr></a:pPr><a:endParaRPr lang="{look.language}"/></a:p></c:txPr>'
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


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def _stroke(color: str, width: int) -> str:
    return f'<a:ln w="{width}" cap="rnd">{_fill(color)}<a:round/></a:ln>'


def _text_cache(reference: str, texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{_escaped(text)}</c:v></c:pt>'
        for index, text in enumerate(texts)
    )
    return (
        f"<c:strRef><c:f>{_escaped(reference)}</c:f>"
        f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def _number_cache(reference: str, values: Sequence[float | None], code: str) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{value:.16g}</c:v></c:pt>'
        for index, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{_escaped(reference)}</c:f><c:numCache>"
        f"<c:formatCode>{_escaped(code)}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
