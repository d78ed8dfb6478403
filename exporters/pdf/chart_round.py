"""The parts of a whole -> a pie or a ring, with their names, values and shares beside it."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

from exporters.layout.chart import slices
from exporters.pdf.chart_canvas import Canvas
from exporters.pdf.plan import Dot, Fill, Path
from report_data.charts import ChartKind
from report_data.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporters.layout.geometry import Pt

_DEGREES = 3.0
"""A round edge is drawn through points this far apart: half a pixel at 600 dpi and this size."""

_END, _SHARE = 8.0, 56.0
"""White space at the right of the list of parts, and the room that a part's share takes."""


class Round(Canvas):
    """A pie or a ring."""

    def _filled(self, top: Pt) -> Pt:
        """Draw a pie or a ring, with the parts' names, values and shares beside it."""
        chart, look, tone = self._chart, self._look, self._setting.tone(self._setting.look.table)
        radius = min(self._width * look.radius[0], look.radius[1])
        x, y = radius + look.gap, top + radius + look.tick_gap
        paper = self._setting.palette.paper
        one = chart.series[0]
        values = [value or 0.0 for value in one.values]
        cut = slices(values) if any(values) else ()
        for part, color in zip(cut, self._colors, strict=False):
            self._items.append(Path(tuple(_wedge(x, y, radius, part.start, part.end)), color))
        for part in cut:
            edge = _around(x, y, radius, part.start)
            self._items.append(Path(((x, y), edge), paper, look.cut))
        if chart.kind is ChartKind.DOUGHNUT:
            self._items.append(Dot(x, y, radius * look.hole, paper))
        row = tone.leading + 3
        base = y - row * len(values) / 2
        left = 2 * radius + 48
        told = [written(one.shape, value) for value in values]
        shares = [f"{part.part * 100:.0f}%" for part in cut] or [""] * len(told)
        values_end = self._width - (_SHARE if shares != told else 0.0) - _END
        for number, (name, color) in enumerate(zip(chart.categories, self._colors, strict=True)):
            line = base + number * row + tone.base
            self._items.append(Fill(left, line - tone.size * 0.8, look.key, look.key, color))
            room = values_end - _END - self._size(told[number], tone) - left - 16
            self._text(self._shortened(name, room, tone), left + 16, line, tone=tone)
            if shares != told:  # what is a share already is said once
                self._text(shares[number], self._width - _END, line, "right", tone=tone)
            self._text(told[number], values_end, line, "right", tone=tone)
        return max(y + radius + look.tick_gap, base + row * len(values) + 4)


def _around(x: Pt, y: Pt, radius: Pt, degrees: float) -> tuple[Pt, Pt]:
    """Return a point of a circle, clockwise from twelve o'clock."""
    angle = radians(degrees)
    return x + radius * sin(angle), y - radius * cos(angle)


def _wedge(x: Pt, y: Pt, radius: Pt, start: float, end: float) -> Iterator[tuple[Pt, Pt]]:
    yield (x, y)
    steps = max(1, round((end - start) / _DEGREES))
    for step in range(steps + 1):
        yield _around(x, y, radius, start + (end - start) * step / steps)
