"""A chart's specification in -> one drawn figure, described in words, with its caption.

The same scales and colours as the native charts of deck and workbook
(`exporters.layout.chart`, `exporters.chart_look`); drawn with lines, boxes and
text, so that it prints sharp and its text can be found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.chart_text import describe
from exporters.pdf.chart_canvas import Canvas
from exporters.pdf.page_figure import caption
from exporters.pdf.page_text import place
from exporters.pdf.plan import Series
from exporters.pdf.strips import Strip
from report_data.charts import ChartKind, last_number
from report_data.values import written

if TYPE_CHECKING:
    from exporters.layout.geometry import Pt
    from exporters.pdf.setting import Column, Setting
    from report_data.model import Box


def chart_strips(node: Box, column: Column, setting: Setting) -> list[Strip]:
    """Return a chart and its caption under it, kept together."""
    chart = setting.charts[node.id]
    words, table = setting.context.words, setting.context.names.tables[chart.table].label
    drawn = chart.series if chart.kind is not ChartKind.NUMBER else ()
    series = tuple(Series(one.name, one.values) for one in drawn)
    element = setting.element(
        "Figure", column.element, alt=describe(chart, words, table), id=node.id, series=series
    )
    canvas = _manner(chart.kind)(chart, column.width, element, setting)
    grounds = [frame.ground for frame in column.frame.chain()] if column.frame else []
    canvas.ground = next(filter(None, reversed(grounds)), canvas.ground)
    drawing = canvas.draw(column.x)
    strips = [Strip(drawing.height, (drawing,), space=setting.look.figure_gap, frame=column.frame)]
    under = caption(node.id, node.label, column, column.element, setting)
    if under:
        strips[0] = replace(strips[0], keep=True)
        under[0] = replace(under[0], space=setting.look.caption_gap)
    strips.extend(under)
    return place(node.id, strips) if node.id in setting.places else strips


def _manner(kind: ChartKind) -> type[Canvas]:
    """Return how charts of a kind are drawn; most reports have one kind, and import one."""
    if kind is ChartKind.NUMBER:
        return _Number
    if kind.is_round:
        from exporters.pdf.chart_round import Round

        return Round
    if kind.is_lying:
        from exporters.pdf.chart_bars import Bars

        return Bars
    from exporters.pdf.chart_upright import Upright

    return Upright


class _Number(Canvas):
    """One number."""

    def _filled(self, top: Pt) -> Pt:
        """Write one number large, with what it is under it."""
        one = self._chart.series[0]
        _, last = last_number(self._chart) or (0, 0.0)
        large = self._setting.tone(self._setting.look.cover_title, self._colors[0])
        self._text(written(one.shape, last), 0.0, top + large.base, tone=large)
        name = self._shortened(one.name, self._width)
        self._text(name, 0.0, top + large.leading + self._tone.base)
        return top + large.leading + self._tone.leading
