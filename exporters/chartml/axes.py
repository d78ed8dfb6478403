"""A chart's numbers and dates -> its axes in DrawingML, with the ends and steps of all formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.chart_look import over_time, value_axis
from exporters.chartml.drawing import (
    EXCEL_FROM_UNIX,
    HAIRLINE,
    quoted,
    stroke,
    text_properties,
)
from exporters.layout.chart import axis, date_axis, number_format
from report_data.charts import ChartKind
from report_data.values import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.chartml.drawing import ChartLook
    from exporters.layout.chart import Axis
    from report_data.charts import Chart, Series

_YEAR = 12
"""Months."""


CATEGORY, VALUE, SECOND, HIDDEN = 111, 222, 333, 444
"""Ids of axes: any positive numbers, each once in a chart. A second axis of values, at the right,
crosses categories of its own, which are hidden."""

_CROSSED = {CATEGORY: VALUE, VALUE: CATEGORY, SECOND: HIDDEN, HIDDEN: SECOND}


class Axes(Struct, frozen=True):
    """Writes the axes of one chart, each by its id."""

    chart: Chart
    look: ChartLook

    def categories(self, own: int) -> str:
        """Return an axis of categories or dates, `CATEGORY` or `HIDDEN`."""
        lying = self.chart.kind.is_lying
        name, ends, code, rest = self._dates() if over_time(self.chart) else self._names()
        line = stroke(self.look.palette.hairline, HAIRLINE * 2)
        return (
            f'<c:{name}><c:axId val="{own}"/>'
            f'<c:scaling><c:orientation val="{"maxMin" if lying else "minMax"}"/>{ends}</c:scaling>'
            f'<c:delete val="{int(own == HIDDEN)}"/><c:axPos val="{"l" if lying else "b"}"/>'
            f'<c:numFmt formatCode="{code}" sourceLinked="0"/><c:majorTickMark val="none"/>'
            '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
            f"<c:spPr>{line}</c:spPr>{text_properties(self.look)}"
            f'<c:crossAx val="{_CROSSED[own]}"/><c:crosses val="autoZero"/>{rest}</c:{name}>'
        )

    def _names(self) -> tuple[str, str, str, str]:
        """Return the element, ends, number format and rest of an axis of categories."""
        code = "yyyy-mm-dd" if self.chart.x_kind is Kind.DATE else "General"
        rest = (
            '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
            '<c:noMultiLvlLbl val="1"/>'
        )
        return "catAx", "", code, rest

    def _dates(self) -> tuple[str, str, str, str]:
        """Return the same of an axis of dates, whose steps are days, months or years."""
        scale = date_axis(self.chart.positions or ())
        low, high = (day + EXCEL_FROM_UNIX for day in (scale.low, scale.high))
        years = scale.months >= _YEAR
        step = scale.days or scale.months // (_YEAR if years else 1)
        unit = "days" if scale.days else "years" if years else "months"
        rest = (
            '<c:auto val="0"/><c:lblOffset val="100"/><c:baseTimeUnit val="days"/>'
            f'<c:majorUnit val="{step}"/><c:majorTimeUnit val="{unit}"/>'
        )
        ends = f'<c:max val="{high:.12g}"/><c:min val="{low:.12g}"/>'
        return "dateAx", ends, scale.code, rest

    def values(self, series: Sequence[Series], own: int) -> str:
        """Return an axis of what series hold, `VALUE` or `SECOND`."""
        scale = value_axis(self.chart, series)
        percent = all(one.shape.kind is Kind.PERCENT for one in series)
        code = number_format(scale.step, percent=percent)
        right, lying = own == SECOND, self.chart.kind.is_lying
        place = "r" if right else "b" if lying else "l"
        return self._scale(scale, own, place, code, lines=not right, last=lying or right)

    def across(self) -> str:
        """Return the axis of numbers along which points are scattered."""
        scale = axis(self.chart.positions or ())
        return self._scale(scale, CATEGORY, "b", number_format(scale.step), lines=False)

    def _scale(
        self, scale: Axis, own: int, place: str, code: str, *, lines: bool, last: bool = False
    ) -> str:
        """Return an axis of numbers at a ``place`` (b, l, r).

        ``lines`` draws the grid; ``last``: it crosses the other one at that one's end.
        """
        grid = stroke(self.look.palette.hairline, HAIRLINE)
        gridlines = f"<c:majorGridlines><c:spPr>{grid}</c:spPr></c:majorGridlines>" if lines else ""
        between = "midCat" if self.chart.kind is ChartKind.SCATTER else "between"
        return (
            f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>'
            f'<c:max val="{scale.high:.12g}"/><c:min val="{scale.low:.12g}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{place}"/>{gridlines}'
            f'<c:numFmt formatCode="{quoted(code)}" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
            f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{text_properties(self.look)}"
            f'<c:crossAx val="{_CROSSED[own]}"/><c:crosses val="{"max" if last else "autoZero"}"/>'
            f'<c:crossBetween val="{between}"/><c:majorUnit val="{scale.step:.12g}"/></c:valAx>'
        )
