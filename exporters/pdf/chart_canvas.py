"""The marks of one chart as they are drawn: its lines of text, values and legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from exporters.chart_look import colors_of, is_labelled
from exporters.layout.chart import tick_label
from exporters.layout.text import Piece, compose, minimum_width, natural_width
from exporters.pdf.plan import Dot, Drawing, Fill, Look, Path, Rule, Text
from exporters.pdf.setting import MIDDLE
from report_data.values import Kind, written

if TYPE_CHECKING:
    from exporters.layout.chart import Axis
    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import ElementId
    from exporters.pdf.setting import Align, Setting, Tone
    from report_data.charts import Chart, Series

Mark: TypeAlias = Text | Rule | Fill | Dot | Path


_CLEAR = 1.5
"""Points at either side of a value that no line of the grid crosses."""


class Plot(Struct, frozen=True, gc=False):
    """The area in which values are drawn."""

    x: Pt
    y: Pt
    width: Pt
    height: Pt

    @property
    def bottom(self) -> Pt:
        """Return its lower edge."""
        return self.y + self.height

    @property
    def right(self) -> Pt:
        """Return its right edge."""
        return self.x + self.width


class Canvas:
    """Collects the marks of one chart; each manner of chart adds how it is filled."""

    def __init__(self, chart: Chart, width: Pt, element: ElementId, setting: Setting) -> None:
        self._chart = chart
        self._width = width
        self._element = element
        self._setting = setting
        self._look = setting.look.chart
        self._tone = setting.tone(setting.look.caption, setting.palette.ink_second)
        self._colors = colors_of(chart, setting.meta.series, setting.palette.series)
        self._labelled = is_labelled(chart)
        self._items: list[Mark] = []
        self.ground = setting.palette.paper
        """What the drawing stands on."""

    def draw(self, x: Pt) -> Drawing:
        """Return the whole drawing."""
        bottom = self._filled(self._legend())
        return Drawing(x, 0.0, self._width, bottom, self._element, tuple(self._items))

    def _filled(self, top: Pt) -> Pt:
        """Draw what stands under the legend; return the drawing's height."""
        raise NotImplementedError

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
        clear: bool = False,
    ) -> None:
        """Write a value at its mark, where a chart has so few that none touches another.

        ``clear``: lines of the grid end at it.
        """
        value = one.values[number]
        if not self._labelled or value is None:
            return
        palette = self._setting.palette
        color = palette.on_structure if light else palette.ink
        tone = self._setting.tone(self._setting.look.caption, color)
        text = written(one.shape, value)
        if clear:
            wide, high = self._size(text, tone) + 2 * _CLEAR, 2 * MIDDLE * tone.size
            left = x - {"left": _CLEAR, "center": wide / 2, "right": wide - _CLEAR}[align]
            wide = min(wide, self._width - left)
            self._items.append(Fill(left, middle - high / 2, wide, high, self.ground))
        self._text(text, x, middle + tone.size * MIDDLE, align, tone)

    def _shortened(self, text: str, room: Pt, tone: Tone | None = None) -> str:
        tone = tone or self._tone
        if self._size(text, tone) <= room:
            return text
        text = text[: 1 + max(int(room), 0)]  # no letter is less than a point wide
        while text and self._size(text + "…", tone) > room:
            text = text[:-1]
        return text.rstrip() + "…"

    def _in_lines(self, text: str, room: Pt, most: int) -> list[str]:
        """Return a text in lines that fit, the last one shortened; nothing where a word does not.

        Args:
            text: What is to be written.
            room: The width of a line, in points.
            most: How many lines there may be.
        """
        fonts, style = self._setting.context.fonts, self._tone.style
        if minimum_width([Piece(text, style)], fonts) > room:
            return []
        lines = [
            text[line.start : line.end].strip()
            for line in compose([Piece(text, style)], room, fonts)
        ]
        if len(lines) > most:
            rest = "".join(lines[most - 1 :])
            lines[most - 1 :] = [self._shortened(rest, room)]
        return lines

    def _legend(self) -> Pt:
        """Write the names of the series beside their colours; return where the plot begins."""
        chart = self._chart
        look = self._look
        if len(chart.series) < 2 or chart.kind.is_round:  # noqa: PLR2004 - one needs no legend
            return 0.0
        x, y, beside = 0.0, 0.0, look.key + look.key_gap
        for one, color in zip(chart.series, self._colors, strict=True):
            name = self._shortened(one.name, self._width - beside)
            width = self._size(name, self._tone) + (beside + look.entry_gap)
            if x and x + width > self._width:
                x, y = 0.0, y + self._tone.leading
            top = y + self._tone.leading / 2 - look.key / 2
            self._items.append(Fill(x, top, look.key, look.key, color))
            self._text(name, x + beside, y + self._tone.base)
            x += width
        return y + self._tone.leading + look.gap

    def _rule(self, x: Pt, y: Pt, to_x: Pt, to_y: Pt, width: Pt, *, strong: bool = False) -> Rule:
        palette = self._setting.palette
        return Rule(x, y, to_x, to_y, width, palette.ink_second if strong else palette.hairline)


def tick_text(value: float, scale: Axis, one: Series) -> str:
    """Return what a tick of a scale of one series says."""
    return tick_label(value, scale.step, percent=one.shape.kind is Kind.PERCENT)
