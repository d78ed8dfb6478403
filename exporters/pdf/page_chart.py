"""A chart's specification in -> one drawn figure, described in words, with its caption.

The same scales and colours as the native charts of deck and workbook
(`exporters.layout.chart`, `exporters.chart_look`); drawn with lines, boxes and
text, so that it prints sharp and its text can be found.
"""

from __future__ import annotations

from datetime import date
from math import ceil, cos, radians, sin
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from exporters.chart_look import (
    colors_of,
    has_two_scales,
    is_labelled,
    is_under,
    over_time,
    value_axis,
)
from exporters.chart_text import describe
from exporters.layout.chart import (
    Axis,
    Band,
    axis,
    bands,
    date_axis,
    label_step,
    parts,
    slices,
    stack,
    tick_label,
)
from exporters.layout.text import Piece, compose, natural_width
from exporters.pdf.page_figure import caption
from exporters.pdf.page_text import place
from exporters.pdf.plan import Dot, Drawing, Fill, Look, Path, Rule, Text
from exporters.pdf.plan import Series as Drawn
from exporters.pdf.strips import Strip
from report_data.charts import ChartKind, last_number
from report_data.values import Kind, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import ElementId
    from exporters.pdf.setting import Align, Column, Setting, Tone
    from report_data.charts import Chart, Series
    from report_data.model import Box

Mark: TypeAlias = Text | Rule | Fill | Dot | Path

RATIO = 0.46
"""Height of the plot as a part of the column's width: flat enough for a half page of text."""

ROW = 24.0
"""Points a category of a bar chart."""

TALLEST = 0.85
"""Most of a page's column that a bar chart takes: its caption stays with it."""

LONGEST_NAME = 0.3
"""Most of the width that the names of a bar chart's categories take."""

_AWAY = 8.0
"""Points from the end of a column, or a point of a line, to the middle of its value."""

_DEGREES = 3.0
"""A round edge is drawn through points this far apart: half a pixel at 600 dpi and this size."""


def chart_strips(node: Box, column: Column, setting: Setting) -> list[Strip]:
    """Return a chart and its caption under it, kept together."""
    chart = setting.charts[node.id]
    words, table = setting.context.words, setting.context.names.tables[chart.table].label
    drawn = chart.series if chart.kind is not ChartKind.NUMBER else ()
    series = tuple(Drawn(one.name, one.values) for one in drawn)
    element = setting.element(
        "Figure", column.element, alt=describe(chart, words, table), id=node.id, series=series
    )
    canvas = _Canvas(chart, column.width, element, setting)
    drawing = canvas.draw(column.x)
    strips = [Strip(drawing.height, (drawing,), space=setting.look.figure_gap, frame=column.frame)]
    under = caption(node.id, node.label, column, column.element, setting)
    if under:
        strips[0] = replace(strips[0], keep=True)
        under[0] = replace(under[0], space=setting.look.caption_gap)
    strips.extend(under)
    return place(node.id, strips) if node.id in setting.places else strips


class _Plot(Struct, frozen=True, gc=False):
    """The area in which values are drawn."""

    x: Pt
    y: Pt
    width: Pt
    height: Pt

    @property
    def bottom(self) -> Pt:
        return self.y + self.height

    @property
    def right(self) -> Pt:
        return self.x + self.width


class _Canvas:
    """Collects the marks of one chart."""

    def __init__(self, chart: Chart, width: Pt, element: ElementId, setting: Setting) -> None:
        self._chart = chart
        self._width = width
        self._element = element
        self._setting = setting
        self._tone = setting.tone(setting.look.caption, setting.palette.ink_second)
        self._colors = colors_of(chart, setting.meta.series, setting.palette.series)
        self._labelled = is_labelled(chart)
        self._items: list[Mark] = []

    def draw(self, x: Pt) -> Drawing:
        """Return the whole drawing."""
        kind = self._chart.kind
        top = self._legend()
        if kind is ChartKind.NUMBER:
            bottom = self._number(top)
        elif kind.is_round:
            bottom = self._round(top)
        elif kind in {ChartKind.BAR, ChartKind.STACKED_BAR}:
            bottom = self._bars(top)
        else:
            bottom = self._upright(top)
        return Drawing(x, 0.0, self._width, bottom, self._element, tuple(self._items))

    # --- text ----------------------------------------------------------------------------

    def _size(self, text: str, tone: Tone) -> Pt:
        return natural_width([Piece(text, tone.style)], self._setting.context.fonts)

    def _text(
        self, text: str, x: Pt, base: Pt, align: Align = "left", tone: Tone | None = None
    ) -> None:
        """Write one line; ``x`` is its left, middle or right."""
        if not text:
            return
        tone = tone or self._tone
        piece = Piece(text, tone.style, Look(tone.color, self._element))
        (line, *_) = compose([piece], 10 * self._width, self._setting.context.fonts)
        left = x - {"left": 0.0, "center": line.width / 2, "right": line.width}[align]
        if line.fragments:
            self._items.append(Text(left, base, line.fragments))

    def _value(
        self,
        one: Series,
        number: int,
        x: Pt,
        middle: Pt,
        align: Align = "center",
        *,
        light: bool = False,
    ) -> None:
        """Write a value at its mark, where a chart has so few that none touches another."""
        value = one.values[number]
        if not self._labelled or value is None:
            return
        palette = self._setting.palette
        color = palette.on_structure if light else palette.ink
        tone = self._setting.tone(self._setting.look.caption, color)
        self._text(written(one.shape, value), x, middle + tone.size * 0.36, align, tone)

    def _value_of_bar(self, one: Series, number: int, plot: _Plot, bar: tuple[Pt, Pt, Pt]) -> None:
        """Write the value of a bar from one place to another: in it where bars are stacked."""
        start, end, middle = bar
        value = one.values[number]
        if value is None:
            return
        if self._chart.kind.is_stacked:
            if self._size(written(one.shape, value), self._tone) + 4 < end - start:
                x = plot.x + (start + end) / 2
                self._value(one, number, x, plot.y + middle, light=True)
        elif value >= 0:
            self._value(one, number, plot.x + end + 4, plot.y + middle, "left")
        else:
            self._value(one, number, plot.x + start - 4, plot.y + middle, "right")

    def _shortened(self, text: str, room: Pt, tone: Tone | None = None) -> str:
        tone = tone or self._tone
        if self._size(text, tone) <= room:
            return text
        text = text[: 1 + max(int(room), 0)]  # no letter is less than a point wide
        while text and self._size(text + "…", tone) > room:
            text = text[:-1]
        return text.rstrip() + "…"

    def _legend(self) -> Pt:
        """Write the names of the series beside their colours; return where the plot begins."""
        chart = self._chart
        if len(chart.series) < 2 or chart.kind.is_round:  # noqa: PLR2004 - one needs no legend
            return 0.0
        x, y = 0.0, 0.0
        for one, color in zip(chart.series, self._colors, strict=True):
            name = self._shortened(one.name, self._width - 13)
            width = self._size(name, self._tone) + 30
            if x and x + width > self._width:
                x, y = 0.0, y + self._tone.leading
            self._items.append(Fill(x, y + self._tone.leading / 2 - 4, 8, 8, color))
            self._text(name, x + 13, y + self._tone.base)
            x += width
        return y + self._tone.leading + 8

    # --- columns, lines, areas, points -----------------------------------------------------

    def _upright(self, top: Pt) -> Pt:
        """Draw series over an axis at the foot; return the drawing's height."""
        chart, tone = self._chart, self._tone
        lines = [one for one in chart.series if one.line]
        others = [one for one in chart.series if not one.line]
        apart = has_two_scales(chart)
        scale = value_axis(chart, others if apart else chart.series)
        second = value_axis(chart, lines) if apart else None
        left = self._tick_width(scale, chart.series[0]) + 8
        right = self._tick_width(second, lines[0]) + 8 if second else 0.0
        top += tone.leading if self._labelled else 6
        plot = _Plot(left, top, self._width - left - right, self._width * RATIO)
        self._grid(plot, scale, chart.series[0])
        if second:
            for tick in second.ticks:
                y = plot.bottom - second.place(tick, plot.height)
                label = _tick(tick, second, lines[0])
                self._text(label, self._width, y + tone.size * 0.36, "right")
        self._series(plot, scale, second)
        zero = plot.bottom - scale.place(min(max(0.0, scale.low), scale.high), plot.height)
        self._items.append(self._rule(plot.x, zero, plot.right, zero, 0.75, strong=True))
        if chart.kind is ChartKind.SCATTER and chart.positions:
            self._positions(plot, axis(chart.positions))
        else:
            self._categories(plot)
        return plot.bottom + 6 + tone.leading

    def _series(self, plot: _Plot, scale: Axis, second: Axis | None) -> None:
        chart = self._chart
        share = bands(len(chart.categories), plot.width)
        bars = [
            (one, color)
            for one, color in zip(chart.series, self._colors, strict=True)
            if not one.line and chart.kind not in _LINES
        ]
        if chart.kind is ChartKind.STACKED:
            for number, band in enumerate(share):
                self._stacked(plot, scale, band, number)
        elif chart.kind is ChartKind.AREA:
            self._areas(plot, scale)
        else:
            for number, band in enumerate(share):
                for (one, color), part in zip(bars, parts(band, len(bars)), strict=True):
                    value = one.values[number]
                    if value is not None:
                        gap = 0.06 * part.width
                        reach = (0.0, value)
                        self._column(
                            plot, scale, part.start + gap, part.width - 2 * gap, reach, color
                        )
                        end = plot.bottom - scale.place(value, plot.height)
                        away = -_AWAY if value >= 0 else _AWAY
                        self._value(one, number, plot.x + part.middle, end + away)
        for one, color in zip(chart.series, self._colors, strict=True):
            if one.line or chart.kind in {ChartKind.LINE, ChartKind.SCATTER}:
                self._line(plot, (second if one.line else None) or scale, one, color)

    def _stacked(self, plot: _Plot, scale: Axis, band: Band, number: int) -> None:
        """Draw the columns of one category on each other, each with its value if it has room."""
        values = [one.values[number] or 0.0 for one in self._chart.series]
        drawn = zip(self._chart.series, stack(values), self._colors, strict=True)
        for one, (low, high), color in drawn:
            self._column(plot, scale, band.start, band.width, (low, high), color)
            room = scale.place(high, plot.height) - scale.place(low, plot.height)
            if abs(room) > self._tone.leading:
                middle = plot.bottom - scale.place((low + high) / 2, plot.height)
                self._value(one, number, plot.x + band.middle, middle, light=True)

    def _column(
        self, plot: _Plot, scale: Axis, start: Pt, width: Pt, reach: tuple[float, float], color: str
    ) -> None:
        low, high = (scale.place(value, plot.height) for value in sorted(reach))
        self._items.append(Fill(plot.x + start, plot.bottom - high, width, high - low, color))

    def _x_of(self, plot: _Plot) -> list[Pt]:
        chart = self._chart
        if chart.kind is ChartKind.SCATTER and chart.positions:
            scale = axis(chart.positions)
            return [plot.x + scale.place(value, plot.width) for value in chart.positions]
        if over_time(chart) and chart.positions:
            dates = date_axis(chart.positions)
            return [plot.x + dates.place(day, plot.width) for day in chart.positions]
        return [plot.x + band.middle for band in bands(len(chart.categories), plot.width)]

    def _line(self, plot: _Plot, scale: Axis, one: Series, color: str) -> None:
        """Draw a line with a gap where there is no value, and dots where they are few."""
        runs: list[list[tuple[Pt, Pt]]] = [[]]
        for x, value in zip(self._x_of(plot), one.values, strict=True):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((x, plot.bottom - scale.place(value, plot.height)))
        scattered = self._chart.kind is ChartKind.SCATTER
        if not one.line:  # a line before columns has its axis: its values would stand on them
            self._values_of_line(plot, scale, one)
        few = len(self._chart.categories) <= 24  # noqa: PLR2004 - about one dot a centimetre
        for run in runs:
            if len(run) > 1 and not scattered:
                self._items.append(Path(tuple(run), color, 1.75))
            if few or scattered or len(run) == 1:
                self._items.extend(Dot(x, y, 2.6, color) for x, y in run)

    def _values_of_line(self, plot: _Plot, scale: Axis, one: Series) -> None:
        for number, (x, value) in enumerate(zip(self._x_of(plot), one.values, strict=True)):
            if value is not None:
                y = plot.bottom - scale.place(value, plot.height)
                away = _AWAY if is_under(self._chart, one, number) else -_AWAY
                self._value(one, number, x, y + away)

    def _areas(self, plot: _Plot, scale: Axis) -> None:
        """Draw areas that stand on one another."""
        chart = self._chart
        xs = self._x_of(plot)
        stacked = [
            stack([one.values[number] or 0.0 for one in chart.series]) for number in range(len(xs))
        ]
        for index, color in enumerate(self._colors):
            upper = [
                (x, plot.bottom - scale.place(s[index][1], plot.height))
                for x, s in zip(xs, stacked, strict=True)
            ]
            lower = [
                (x, plot.bottom - scale.place(s[index][0], plot.height))
                for x, s in zip(xs, stacked, strict=True)
            ]
            if len(xs) > 1:
                self._items.append(Path((*upper, *reversed(lower)), color))

    # --- axes --------------------------------------------------------------------------------

    def _rule(self, x: Pt, y: Pt, to_x: Pt, to_y: Pt, width: Pt, *, strong: bool = False) -> Rule:
        palette = self._setting.palette
        return Rule(x, y, to_x, to_y, width, palette.ink_second if strong else palette.hairline)

    def _tick_width(self, scale: Axis, one: Series) -> Pt:
        return max(self._size(_tick(tick, scale, one), self._tone) for tick in scale.ticks)

    def _grid(self, plot: _Plot, scale: Axis, one: Series) -> None:
        for tick in scale.ticks:
            y = plot.bottom - scale.place(tick, plot.height)
            self._items.append(self._rule(plot.x, y, plot.right, y, 0.5))
            self._text(_tick(tick, scale, one), plot.x - 6, y + self._tone.size * 0.36, "right")

    def _categories(self, plot: _Plot) -> None:
        base = plot.bottom + 5 + self._tone.base
        if over_time(self._chart) and self._chart.positions:
            dates = date_axis(self._chart.positions)
            for tick in dates.ticks:
                day = tick.toordinal() - date(1970, 1, 1).toordinal()
                x = plot.x + dates.place(day, plot.width)
                self._text(dates.label(tick), x, base, "center")
            return
        names = self._chart.categories
        share = plot.width / max(len(names), 1)
        shown = [self._shortened(name, max(share - 4, 60.0)) for name in names]
        step = label_step([self._size(name, self._tone) for name in shown], share)
        for number in range(0, len(names), step):
            self._text(shown[number], plot.x + (number + 0.5) * share, base, "center")

    def _positions(self, plot: _Plot, scale: Axis) -> None:
        base = plot.bottom + 5 + self._tone.base
        if self._chart.x_kind is Kind.DATE:
            self._text(self._chart.categories[0], plot.x, base)
            self._text(self._chart.categories[-1], plot.right, base, "right")
            return
        for tick in scale.ticks:
            x = plot.x + scale.place(tick, plot.width)
            self._text(tick_label(tick, scale.step), x, base, "center")

    # --- bars ----------------------------------------------------------------------------------

    def _bars(self, top: Pt) -> Pt:
        """Draw bars that run to the right, each with its category's name at its left."""
        chart, tone = self._chart, self._tone
        names = [self._shortened(name, self._width * LONGEST_NAME) for name in chart.categories]
        left = max(self._size(name, tone) for name in names) + 10
        scale = value_axis(chart, chart.series)
        series = 1 if chart.kind.is_stacked else len(chart.series)
        most = TALLEST * self._setting.upright.height - top
        height = min(len(names) * max(ROW, 11.0 * series + 8), most)
        named = ceil(tone.leading * len(names) / height)  # where rows are too thin for all names
        plot = _Plot(left, top + 2, self._width - left - 16, height)
        for tick in scale.ticks:
            x = plot.x + scale.place(tick, plot.width)
            self._items.append(self._rule(x, plot.y, x, plot.bottom, 0.5))
            label = _tick(tick, scale, chart.series[0])
            self._text(label, x, plot.bottom + 4 + tone.base, "center")
        for number, band in enumerate(bands(len(names), plot.height)):
            middle = plot.y + band.middle
            if number % named == 0:
                self._text(names[number], plot.x - 8, middle + tone.size * 0.36, "right")
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
        self._items.append(self._rule(zero, plot.y, zero, plot.bottom, 0.75, strong=True))
        return plot.bottom + 4 + tone.leading

    # --- pies and numbers --------------------------------------------------------------------

    def _round(self, top: Pt) -> Pt:
        """Draw a pie or a ring, with the parts' names, values and shares beside it."""
        chart, tone = self._chart, self._setting.tone(self._setting.look.table)
        radius = min(self._width * 0.19, 84.0)
        x, y = radius + 8, top + radius + 6
        paper = self._setting.palette.paper
        one = chart.series[0]
        values = [value or 0.0 for value in one.values]
        cut = slices(values) if any(values) else ()
        for part, color in zip(cut, self._colors, strict=False):
            self._items.append(Path(tuple(_wedge(x, y, radius, part.start, part.end)), color))
        for part in cut:
            edge = _around(x, y, radius, part.start)
            self._items.append(Path(((x, y), edge), paper, 1.25))
        if chart.kind is ChartKind.DOUGHNUT:
            self._items.append(Dot(x, y, radius * 0.58, paper))
        row = tone.leading + 3
        base = y - row * len(values) / 2
        left = 2 * radius + 48
        for number, (name, color) in enumerate(zip(chart.categories, self._colors, strict=True)):
            line = base + number * row + tone.base
            self._items.append(Fill(left, line - tone.size * 0.8, 8, 8, color))
            told = written(one.shape, values[number])
            room = self._width - 72 - self._size(told, tone) - left - 16
            self._text(self._shortened(name, room, tone), left + 16, line, tone=tone)
            share = f"{cut[number].part * 100:.0f}%" if cut else ""
            self._text(share, self._width - 8, line, "right", tone=tone)
            self._text(told, self._width - 64, line, "right", tone=tone)
        return max(y + radius + 6, base + row * len(values) + 4)

    def _number(self, top: Pt) -> Pt:
        """Write one number large, with what it is under it."""
        one = self._chart.series[0]
        _, last = last_number(self._chart) or (0, 0.0)
        large = self._setting.tone(self._setting.look.cover_title, self._colors[0])
        self._text(written(one.shape, last), 0.0, top + large.base, tone=large)
        name = self._shortened(one.name, self._width)
        self._text(name, 0.0, top + large.leading + self._tone.base)
        return top + large.leading + self._tone.leading


_LINES = frozenset({ChartKind.LINE, ChartKind.AREA, ChartKind.SCATTER, ChartKind.STACKED})


def _tick(value: float, scale: Axis, one: Series) -> str:
    return tick_label(value, scale.step, percent=one.shape.kind is Kind.PERCENT)


def _around(x: Pt, y: Pt, radius: Pt, degrees: float) -> tuple[Pt, Pt]:
    """Return a point of a circle, clockwise from twelve o'clock."""
    angle = radians(degrees)
    return x + radius * sin(angle), y - radius * cos(angle)


def _wedge(x: Pt, y: Pt, radius: Pt, start: float, end: float) -> Iterator[tuple[Pt, Pt]]:
    yield (x, y)
    steps = max(1, round((end - start) / _DEGREES))
    for step in range(steps + 1):
        yield _around(x, y, radius, start + (end - start) * step / steps)
