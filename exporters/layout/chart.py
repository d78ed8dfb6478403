"""Numbers in -> scales with round ticks, bands, stacks, slices and series colours.

Shared by the native charts of deck and workbook and the drawn ones of the PDF, so that all
three show the same axis. Positions are in points along an axis that runs from 0.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import accumulate, pairwise
from math import ceil, floor, fsum, isfinite, log10
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.layout.geometry import Pt

_TARGET = 5
"""Intervals between ticks that an axis has at most: what is read at a glance."""

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Steps that people count in (Heckbert, Nice Numbers for Graph Labels, 1990, and 2.5)."""

_FROM_ZERO = 0.5
"""A line's axis begins at zero where the lowest value is under this part of the highest: else
the line would lie flat at the top."""

_ROUNDING = 1e-9

_BAND_FILL = 0.64
"""Part of its band that a bar or group of bars takes (what Office calls a gap of 56 %)."""

_LABEL_GAP: Pt = 6.0
"""Points between two labels of an axis at least."""

_MOST_DATES = 8
"""Intervals between the ticks of a scale of dates at most."""


class Axis(Struct, frozen=True, gc=False):
    """A linear scale from ``low`` to ``high`` with a tick every ``step``; 0 is on a tick."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """Return the values of the ticks, free of rounding errors."""
        first, last = round(self.low / self.step), round(self.high / self.step)
        digits = decimals(self.step)
        return tuple(round(number * self.step, digits) + 0.0 for number in range(first, last + 1))

    def place(self, value: float, length: Pt) -> Pt:
        """Return where a value stands on an axis ``length`` points long."""
        return (value - self.low) / (self.high - self.low) * length


class Band(Struct, frozen=True, gc=False):
    """A stretch of an axis, in points."""

    start: Pt
    width: Pt

    @property
    def middle(self) -> Pt:
        """Return the middle of the band."""
        return self.start + self.width / 2


class Slice(Struct, frozen=True, gc=False):
    """A slice of a pie, in degrees clockwise from twelve o'clock, and its part of the whole."""

    start: float
    end: float
    part: float


def axis(values: Iterable[float], *, zero: bool | None = None) -> Axis:
    """Return a scale that holds all values and ends on ticks.

    Args:
        values: What is to be shown; infinities and NaN are passed over.
        zero: Whether the scale must hold 0 (bars and areas must: their length is the
            value). ``None`` lets the values decide, as for lines and points.
    """
    finite = [value for value in values if isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=0.0)
    if zero is None:
        zero = low <= 0 <= high or min(abs(low), abs(high)) < _FROM_ZERO * max(abs(low), abs(high))
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= _ROUNDING * max(abs(low), abs(high)):
        spread = abs(high) or 1.0
        low, high = (low, low + spread) if low >= 0 else (low - spread, low + 0.0)
        if zero:
            low, high = min(low, 0.0), max(high, 0.0)
    step = _nice_step((high - low) / _TARGET)
    first, last = floor(low / step + _ROUNDING), ceil(high / step - _ROUNDING)
    if last - first > _TARGET:  # the ends were drawn out to ticks
        step = _nice_step(step * (1 + _ROUNDING * 10))
        first, last = floor(low / step + _ROUNDING), ceil(high / step - _ROUNDING)
    digits = decimals(step)
    return Axis(round(first * step, digits), round(last * step, digits), step)


def decimals(step: float) -> int:
    """Return how many decimals the multiples of a step need."""
    for digits in range(16):
        scaled = step * 10**digits
        if abs(scaled - round(scaled)) < _ROUNDING * max(scaled, 1.0) and round(scaled):
            return digits
    return 16


def tick_label(value: float, step: float, *, percent: bool = False) -> str:
    """Return a tick's text: grouped digits, as many decimals as the step needs.

    ``percent`` takes values as parts of one (0.25 is 25%).
    """
    scale = 100 if percent else 1
    digits = decimals(step * scale)
    shown = f"{value * scale + 0.0:,.{digits}f}"
    if float(shown.replace(",", "")) == 0:
        shown = shown.lstrip("-")
    return shown.replace("-", "−") + ("%" if percent else "")


def number_format(step: float, *, percent: bool = False) -> str:
    """Return the format code of the same labels for native charts (ECMA-376 part 1, 18.8.31)."""
    digits = decimals(step * (100 if percent else 1))
    fraction = "." + "0" * digits if digits else ""
    return f"0{fraction}%" if percent else f"#,##0{fraction}"


def bands(count: int, length: Pt) -> tuple[Band, ...]:
    """Return a band for every category, in the middle of its share."""
    if not count:
        return ()
    share = length / count
    width = share * _BAND_FILL
    return tuple(Band(number * share + (share - width) / 2, width) for number in range(count))


def parts(band: Band, count: int) -> tuple[Band, ...]:
    """Return the bands of the series side by side in a category's band."""
    width = band.width / max(count, 1)
    return tuple(Band(band.start + number * width, width) for number in range(count))


def stack(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Return from where to where each value of a stack reaches: positive up, negative down."""
    up = down = 0.0
    found: list[tuple[float, float]] = []
    for value in values:
        if value >= 0:
            found.append((up, up + value))
            up += value
        else:
            found.append((down, down + value))
            down += value
    return tuple(found)


def slices(values: Sequence[float]) -> tuple[Slice, ...]:
    """Return the slices of a pie; they close the circle exactly.

    Raises:
        ValueError: A value is negative or not finite, or all are zero.
    """
    if any(value < 0 or not isfinite(value) for value in values) or not fsum(values):
        raise ValueError("a pie shows parts of a whole: no negative values, not all zero")
    total = fsum(values)
    ends = [*(reached / total * 360 for reached in accumulate(values[:-1], initial=0.0)), 360.0]
    return tuple(
        Slice(start, end, value / total)
        for (start, end), value in zip(pairwise(ends), values, strict=True)
    )


def label_step(widths: Sequence[Pt], share: Pt) -> int:
    """Return every how many categories a label stands so that no two touch.

    ``widths`` are the labels' widths and ``share`` the distance of two categories, in points.
    """
    if not widths or share <= 0:
        return 1
    for step in range(1, len(widths) + 1):
        shown = widths[::step]
        room = share * step
        if all((left + right) / 2 + _LABEL_GAP <= room for left, right in pairwise(shown)):
            return step
    return len(widths)


class DateAxis(Struct, frozen=True):
    """A scale of days since 1970-01-01, with a tick every so many months, or days where 0.

    It begins on a tick; ``code`` is how ticks are written (ECMA-376 part 1, 18.8.31).
    """

    low: float
    high: float
    months: int
    days: int
    code: str

    @property
    def ticks(self) -> tuple[date, ...]:
        """Return the dates of the ticks."""
        first, last = (date.fromordinal(_EPOCH + int(day)) for day in (self.low, self.high))
        if self.days:
            count = (last - first).days // self.days
            return tuple(
                date.fromordinal(first.toordinal() + n * self.days) for n in range(count + 1)
            )
        start = first.year * 12 + first.month - 1
        end = last.year * 12 + last.month - 1
        return tuple(
            date(number // 12, number % 12 + 1, 1) for number in range(start, end + 1, self.months)
        )

    def place(self, day: float, length: Pt) -> Pt:
        """Return where a day stands on an axis ``length`` points long."""
        return (day - self.low) / max(self.high - self.low, 1.0) * length

    def place_of(self, tick: date, length: Pt) -> Pt:
        """Return where a tick stands on an axis ``length`` points long."""
        return self.place(tick.toordinal() - _EPOCH, length)

    def label(self, tick: date) -> str:
        """Return a tick's text."""
        return tick.isoformat()[: len(self.code)]


_EPOCH = date(1970, 1, 1).toordinal()
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_YEAR = 12


def date_axis(days: Iterable[float]) -> DateAxis:
    """Return a scale of dates with round ticks: years, quarters, months, weeks or days.

    ``days`` count from 1970-01-01. The finest step of the calendar is taken that makes
    no more than `_MOST_DATES` intervals.
    """
    low, high = _ends(days)
    first, last = (date.fromordinal(_EPOCH + int(day)) for day in (low, high))
    for step in (1, 2, 7, 14):
        if (last - first).days <= step * _MOST_DATES:
            return DateAxis(low, high, 0, step, "yyyy-mm-dd")
    span = (last.year - first.year) * 12 + last.month - first.month
    months = next((step for step in _MONTH_STEPS if span <= step * _MOST_DATES), _MONTH_STEPS[-1])
    month = first.month - 1
    begin = date(first.year, month - month % min(months, _YEAR) + 1, 1)
    code = "yyyy" if months >= _YEAR else "yyyy-mm"
    return DateAxis(begin.toordinal() - _EPOCH, high, months, 0, code)


def _ends(days: Iterable[float]) -> tuple[float, float]:
    held = [*days] or [0.0]
    return float(floor(min(held))), float(floor(max(held)))


def series_colors(
    names: Sequence[str], sides: Sequence[str], palette: Sequence[str]
) -> tuple[str, ...]:
    """Return a colour for every series of a chart.

    A name that begins with one of ``sides`` (front matter ``series``) wears that side's
    colour; the others take the colours that no side has, in order: a side's colour means
    that side throughout the report. When none is left, they take those of the sides that
    the chart does not show, so that no two are alike, then begin anew.
    """
    taken: dict[int, str] = {}
    for place, name in enumerate(names):
        side = next(
            (number for number, side in enumerate(sides) if side and name.startswith(side)), None
        )
        if side is not None and palette[side % len(palette)] not in taken.values():
            taken[place] = palette[side % len(palette)]
    worn = set(taken.values())
    left = [*palette[len(sides) :], *(one for one in palette[: len(sides)] if one not in worn)]
    left = left or [*palette]
    free = iter(range(len(names)))
    return tuple(
        taken[place] if place in taken else left[next(free) % len(left)]
        for place in range(len(names))
    )


def _nice_step(least: float) -> float:
    """Return the smallest round step that is not under ``least``."""
    power = 10.0 ** floor(log10(least))
    choice = bisect_left(_STEPS, least / power * (1 - _ROUNDING))
    step = _STEPS[min(choice, len(_STEPS) - 1)] * power
    return float(f"{step:.3g}")
