"""Bars -> drawn to the right, each with its category's name at its left."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from exporters.chart_look import value_axis
from exporters.layout.chart import bands, parts, stack
from exporters.pdf.chart_canvas import Canvas, Plot, tick_text
from exporters.pdf.plan import Fill
from exporters.pdf.setting import MIDDLE
from report_data.values import written

if TYPE_CHECKING:
    from exporters.layout.geometry import Pt
    from report_data.charts import Series


class Bars(Canvas):
    """A chart whose values go to the right."""

    def _filled(self, top: Pt) -> Pt:
        """Draw bars that run to the right, each with its category's name at its left."""
        chart, tone, look = self._chart, self._tone, self._look
        names = [self._shortened(name, self._width * look.names) for name in chart.categories]
        left = max(self._size(name, tone) for name in names) + 10
        scale = value_axis(chart, chart.series)
        series = 1 if chart.kind.is_stacked else len(chart.series)
        most = look.tallest * self._setting.upright.height - top
        height = min(len(names) * max(look.row, look.bar * series + look.gap), most)
        named = ceil(tone.leading * len(names) / height)  # where rows are too thin for all names
        plot = Plot(left, top + 2, self._width - left - 16, height)
        for tick in scale.ticks:
            x = plot.x + scale.place(tick, plot.width)
            self._items.append(self._rule(x, plot.y, x, plot.bottom, look.grid))
            label = tick_text(tick, scale, chart.series[0])
            self._text(label, x, plot.bottom + look.bar_gap + tone.base, "center")
        for number, band in enumerate(bands(len(names), plot.height)):
            middle = plot.y + band.middle
            if number % named == 0:
                self._text(names[number], plot.x - look.gap, middle + tone.size * MIDDLE, "right")
            if chart.kind.is_stacked:
                values = [one.values[number] or 0.0 for one in chart.series]
                reaches = list(zip(stack(values), [band] * len(values), strict=True))
            else:
                shares = parts(band, len(chart.series))
                reaches = [
                    ((0.0, one.values[number] or 0.0), share)
                    for one, share in zip(chart.series, shares, strict=True)
                ]
            for one, ((low, high), share), color in zip(
                chart.series, reaches, self._colors, strict=True
            ):
                start, end = (scale.place(value, plot.width) for value in sorted((low, high)))
                box = (plot.x + start, plot.y + share.start, end - start, share.width)
                self._items.append(Fill(*box, color))
                if number % named == 0:
                    self._value_of_bar(one, number, plot, (start, end, share.middle))
        zero = plot.x + scale.place(0.0, plot.width)
        self._items.append(self._rule(zero, plot.y, zero, plot.bottom, look.zero, strong=True))
        return plot.bottom + look.bar_gap + tone.leading

    def _value_of_bar(self, one: Series, number: int, plot: Plot, bar: tuple[Pt, Pt, Pt]) -> None:
        """Write the value of a bar from one place to another: in it where bars are stacked."""
        start, end, middle = bar
        value = one.values[number]
        if value is None:
            return
        if self._chart.kind.is_stacked:
            if self._size(written(one.shape, value), self._tone) + self._look.bar_gap < end - start:
                x = plot.x + (start + end) / 2
                self._value(one, number, x, plot.y + middle, light=True)
        elif value >= 0:
            self._value(
                one, number, plot.x + end + self._look.bar_gap, plot.y + middle, "left", clear=True
            )
        else:
            self._value(
                one,
                number,
                plot.x + start - self._look.bar_gap,
                plot.y + middle,
                "right",
                clear=True,
            )
