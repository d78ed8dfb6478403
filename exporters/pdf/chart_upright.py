"""Columns, lines, areas and points -> drawn over an axis at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.chart_look import has_two_scales, is_under, over_time, value_axis
from exporters.layout.chart import (
    axis,
    bands,
    date_axis,
    label_step,
    parts,
    stack,
    tick_label,
)
from exporters.layout.geometry import Rect
from exporters.pdf.chart_canvas import Canvas, Plot, tick_text
from exporters.pdf.plan import Dot, Fill, Path
from exporters.pdf.setting import MIDDLE
from report_data.charts import ChartKind
from report_data.values import Kind, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.chart import Axis, Band
    from exporters.layout.geometry import Pt
    from report_data.charts import Series

_BETWEEN_NAMES, _SHORTEST_NAME = 4.0, 60.0
"""Points between the names of two categories, and what each has however many there are."""

_TOUCH = 0.5
"""Points by which a value may reach over the next column's edge."""

_NAME_LINES = 3
"""Lines that the name of a category takes before names are left out."""

_LINES = frozenset({ChartKind.LINE, ChartKind.AREA, ChartKind.SCATTER, ChartKind.STACKED})


class Upright(Canvas):
    """A chart whose values go up."""

    def _filled(self, top: Pt) -> Pt:
        """Draw series over an axis at the foot; return the drawing's height."""
        chart, tone, look = self._chart, self._tone, self._look
        lines = [one for one in chart.series if one.line]
        others = [one for one in chart.series if not one.line]
        apart = has_two_scales(chart)
        scale = value_axis(chart, others if apart else chart.series)
        second = value_axis(chart, lines) if apart else None
        left = self._tick_width(scale, chart.series[0]) + look.gap
        right = self._tick_width(second, lines[0]) + look.gap if second else 0.0
        top += tone.leading if self._labelled else look.tick_gap
        plot = Plot(left, top, self._width - left - right, self._width * look.plot)
        self._grid(plot, scale, chart.series[0])
        if second:
            for tick in second.ticks:
                y = plot.bottom - second.place(tick, plot.height)
                label = tick_text(tick, second, lines[0])
                self._text(label, self._width, y + tone.size * MIDDLE, "right")
        self._series(plot, scale, second)
        named = 1
        zero = plot.bottom - scale.place(min(max(0.0, scale.low), scale.high), plot.height)
        self._items.append(self._rule(plot.x, zero, plot.right, zero, look.zero, strong=True))
        if chart.kind is ChartKind.SCATTER and chart.positions:
            self._positions(plot, axis(chart.positions))
        else:
            named = self._categories(plot)
        return plot.bottom + look.tick_gap + named * tone.leading

    def _series(self, plot: Plot, scale: Axis, second: Axis | None) -> None:
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
            self._columns(plot, scale, share, bars)
        for one, color in zip(chart.series, self._colors, strict=True):
            if one.line or chart.kind in {ChartKind.LINE, ChartKind.SCATTER}:
                self._line(plot, (second if one.line else None) or scale, one, color)

    def _columns(
        self, plot: Plot, scale: Axis, share: Sequence[Band], bars: Sequence[tuple[Series, str]]
    ) -> None:
        """Draw columns side by side, with their values where none touches another column's."""
        values: list[tuple[Series, int, Pt, Pt]] = []
        taken: list[Rect] = []
        for number, band in enumerate(share):
            for (one, color), part in zip(bars, parts(band, len(bars)), strict=True):
                value = one.values[number]
                if value is None:
                    continue
                gap = self._look.column_gap * part.width
                start, width = part.start + gap, part.width - 2 * gap
                self._column(plot, scale, start, width, (0.0, value), color)
                end = plot.bottom - scale.place(value, plot.height)
                zero = plot.bottom - scale.place(0.0, plot.height)
                middle = end + (self._look.value_gap if value < 0 else -self._look.value_gap)
                values.append((one, number, plot.x + part.middle, middle))
                if self._labelled:
                    label = self._size(written(one.shape, value), self._tone)
                    high = 2 * MIDDLE * self._tone.size
                    x = plot.x + part.middle - label / 2
                    taken.append(Rect(plot.x + start, min(end, zero), width, abs(zero - end)))
                    taken.append(Rect(x, middle - high / 2, label, high))
        if _all_apart(taken):
            for one, number, x, middle in values:
                self._value(one, number, x, middle, clear=True)

    def _stacked(self, plot: Plot, scale: Axis, band: Band, number: int) -> None:
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
        self, plot: Plot, scale: Axis, start: Pt, width: Pt, reach: tuple[float, float], color: str
    ) -> None:
        low, high = (scale.place(value, plot.height) for value in sorted(reach))
        self._items.append(Fill(plot.x + start, plot.bottom - high, width, high - low, color))

    def _x_of(self, plot: Plot) -> list[Pt]:
        chart = self._chart
        if chart.kind is ChartKind.SCATTER and chart.positions:
            scale = axis(chart.positions)
            return [plot.x + scale.place(value, plot.width) for value in chart.positions]
        if over_time(chart) and chart.positions:
            dates = date_axis(chart.positions)
            return [plot.x + dates.place(day, plot.width) for day in chart.positions]
        return [plot.x + band.middle for band in bands(len(chart.categories), plot.width)]

    def _line(self, plot: Plot, scale: Axis, one: Series, color: str) -> None:
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
        few = len(self._chart.categories) <= self._look.most_points
        for run in runs:
            if len(run) > 1 and not scattered:
                self._items.append(Path(tuple(run), color, self._look.line))
            if few or scattered or len(run) == 1:
                self._items.extend(Dot(x, y, self._look.point, color) for x, y in run)

    def _values_of_line(self, plot: Plot, scale: Axis, one: Series) -> None:
        for number, (x, value) in enumerate(zip(self._x_of(plot), one.values, strict=True)):
            if value is not None:
                y = plot.bottom - scale.place(value, plot.height)
                away = self._look.value_gap
                under = is_under(self._chart, one, number)
                self._value(one, number, x, y + away if under else y - away)

    def _areas(self, plot: Plot, scale: Axis) -> None:
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

    def _tick_width(self, scale: Axis, one: Series) -> Pt:
        return max(self._size(tick_text(tick, scale, one), self._tone) for tick in scale.ticks)

    def _grid(self, plot: Plot, scale: Axis, one: Series) -> None:
        for tick in scale.ticks:
            y = plot.bottom - scale.place(tick, plot.height)
            self._items.append(self._rule(plot.x, y, plot.right, y, self._look.grid))
            left = plot.x - self._look.tick_gap
            self._text(tick_text(tick, scale, one), left, y + self._tone.size * MIDDLE, "right")

    def _categories(self, plot: Plot) -> int:
        """Write what the categories are called; return in how many lines."""
        base = plot.bottom + self._look.foot_gap + self._tone.base
        if over_time(self._chart) and self._chart.positions:
            dates = date_axis(self._chart.positions)
            for tick in dates.ticks:
                x = plot.x + dates.place_of(tick, plot.width)
                self._text(dates.label(tick), x, base, "center")
            return 1
        names = self._chart.categories
        share = plot.width / max(len(names), 1)
        shown = [
            self._shortened(name, max(share - _BETWEEN_NAMES, _SHORTEST_NAME)) for name in names
        ]
        step = label_step([self._size(name, self._tone) for name in shown], share)
        if (step > 1 or shown != list(names)) and self._chart.x_kind is Kind.TEXT:
            set_names = [
                self._in_lines(name, share - _BETWEEN_NAMES, _NAME_LINES) for name in names
            ]
            if all(set_names):
                for number, lines in enumerate(set_names):
                    for line, text in enumerate(lines):
                        x = plot.x + (number + 0.5) * share
                        self._text(text, x, base + line * self._tone.leading, "center")
                return max(map(len, set_names))
        for number in range(0, len(names), step):
            self._text(shown[number], plot.x + (number + 0.5) * share, base, "center")
        return 1

    def _positions(self, plot: Plot, scale: Axis) -> None:
        base = plot.bottom + self._look.foot_gap + self._tone.base
        if self._chart.x_kind is Kind.DATE:
            self._text(self._chart.categories[0], plot.x, base)
            self._text(self._chart.categories[-1], plot.right, base, "right")
            return
        for tick in scale.ticks:
            x = plot.x + scale.place(tick, plot.width)
            self._text(tick_label(tick, scale.step), x, base, "center")


def _all_apart(boxes: Sequence[Rect]) -> bool:
    """Return whether no two boxes overlap; edges may touch."""
    beside = sorted(boxes, key=lambda box: box.x)
    for place, box in enumerate(beside):
        for other in beside[place + 1 :]:
            if other.x >= box.x + box.width - _TOUCH:
                break
            if other.y < box.y + box.height and box.y < other.y + other.height:
                return False
    return True
