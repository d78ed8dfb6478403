"""Measured cells in -> column widths, on which side a column stands, where a table may split."""

from __future__ import annotations

import re
from itertools import islice
from math import fsum, sqrt
from typing import TYPE_CHECKING, Literal

from report_data.expressions import when_used

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.layout.geometry import Pt
    from report_data.model import Align

SHORT = 0.6
"""A column that needs no more than this part of an equal share holds labels: it is not
wrapped while the minima allow. Six tenths keeps 技术路线 whole beside five columns of prose."""

_FIGURE = re.compile(
    r"(?:[↑↓→▲▼△▽]\s?)?[(（]?[-+−±~≈<>≤≥]?\s*[¥$€£￥]?\s*[-+−]?[\d０-９][\d０-９,.\s]*(?:%|％|‰|个?百分点|[A-Za-z万亿元倍人家台次天]{0,3})[)）]?"
    r"(?:\s?[↑↓→▲▼△▽])?(?:\s?[(（][^()（）\d]{1,6}[)）])?"
)
"""A number with its sign, currency and unit; in parentheses it is negative (accounting). An
arrow before or behind it says where it goes, a word in brackets what is to be known of it."""

_TAIL = when_used(r"(?<=[\d０-９])(?:\.\d+)?([^\d０-９]*)$")
"""What stands behind the integer part of a figure: its decimals, and in a group its unit."""

_DIGIT = when_used("[0-9０-９]")

_NO_FIGURE = {"-", "–", "—", "--", "n.m.", "nm", "n/a", "na", "n.a.", "nil", "tbd", "?", "…"}
_NO_FIGURE |= {"―", "－", "−", "‒", "――", "——", "无", "無", "待定", "不适用", "未披露", "暂无"}
_NO_FIGURE |= {"↑", "↓", "→", "▲", "▼", "△", "▽", "持平", "flat", "不变", "不變"}
"""What stands in a column of figures where there is none."""

_NAME, _FIRST_WIDE = 48, "\u2e80"
"""Columns of a terminal that a name of a row takes at most, two for an East Asian character."""

_SAMPLE = 200
"""Rows that tell what a column holds."""

_SLACK = 1e-6
"""Points by which a sum may pass a limit: rounding, not overflow."""


def column_widths(natural: Sequence[Pt], minimum: Sequence[Pt], available: Pt) -> tuple[Pt, ...]:
    """Share out a width among columns by what they hold.

    ``natural`` is a column's widest cell on one line, ``minimum`` its widest
    unbreakable cluster, both with padding, in points. The result sums to
    ``available``; no column is under its minimum while the minima fit. Where they do
    not, the widest give way: a word that must be cut anyway takes no room from others.

    Where all is on one line the rest is shared in proportion. Else short columns
    keep their natural width, and prose shares what is left by the square root of
    its length, so that a column ten times longer is three times wider, not ten.
    """
    count = len(natural)
    if not count:
        return ()
    least = tuple(minimum)
    most = tuple(map(max, natural, least))
    if fsum(most) <= available:
        return _scaled(most, available)
    if fsum(least) >= available:
        return _capped(least, available)
    short = available / count * SHORT
    kept = tuple(
        most_ if most_ <= short else least_ for least_, most_ in zip(least, most, strict=True)
    )
    if fsum(kept) < available:
        least = kept
    return _shared(least, most, available)


def side(asked: Align, index: int, texts: Iterable[str]) -> Literal["left", "center", "right"]:
    """Return where a column's cells stand: as the author asked, else figures at the right.

    ``texts`` are its body cells. The first column names the rows, by numbers too.
    """
    if asked != "default":
        return asked
    if index == 0:
        return "left"
    filled = [text for text in map(str.strip, texts) if text]
    figures = all(_FIGURE.fullmatch(text) or text.lower() in _NO_FIGURE for text in filled)
    return "right" if filled and figures else "left"


def tails(texts: Iterable[str]) -> dict[str, str]:
    """Return what stands behind the integer part of each figure of a column, to line them up.

    Nothing where that is the same for all, or where units differ: then their right edges
    stand under one another. A bracket that closes is no unit (accounting).
    """
    found: dict[str, str] = {}
    units: set[str] = set()
    for text in texts:
        match = _TAIL.search(text)
        if match and text not in found and _FIGURE.fullmatch(text.strip()):
            found[text] = match.group()
            units.add(match.group(1).rstrip(")）"))
    shapes = {_DIGIT.sub("0", tail) for tail in found.values()}
    return found if len(units) == 1 and len(shapes) > 1 else {}


def names_rows(texts: Iterable[str]) -> bool:
    """Return whether a first column names its rows, and is bold: prose beside prose does not."""
    some = [text for text in islice(texts, _SAMPLE) if text]
    long = sum(len(text) + sum(char >= _FIRST_WIDE for char in text) > _NAME for text in some)
    return long * 2 <= len(some)


def split_rows(
    heights: Sequence[Pt], first: Pt, following: Pt, *, balanced: bool = False
) -> tuple[tuple[int, int], ...]:
    """Cut rows into runs (start, end) that fit ``first`` and then ``following`` points.

    A row taller than a whole run stands alone in its run. Where the first row is
    too tall for ``first`` but not for ``following``, the first run is empty.
    ``balanced`` makes the runs about equally tall (slides), else each is filled
    (pages).
    """
    runs = _filled(heights, first, following)
    if not balanced or len(runs) == 1:
        return runs
    even = _even(heights, len(runs))
    return even if _fits(heights, even, first, following) else runs


def _scaled(widths: Sequence[Pt], available: Pt) -> tuple[Pt, ...]:
    """Return the widths in the same proportion, summing to ``available``."""
    total = fsum(widths)
    if not total:
        return (available / len(widths),) * len(widths)
    return tuple(width / total * available for width in widths)


def _capped(widths: Sequence[Pt], available: Pt) -> tuple[Pt, ...]:
    """Return the widths, none above one cap, such that they sum up to ``available``."""
    left, cap = available, 0.0
    for settled, width in enumerate(sorted(widths)):
        cap = left / (len(widths) - settled)
        if width > cap:
            break
        left -= width
    return tuple(min(width, cap) for width in widths)


def _shared(least: Sequence[Pt], most: Sequence[Pt], available: Pt) -> tuple[Pt, ...]:
    """Return ``scale * sqrt(most)`` within [least, most], the scale such that they sum up.

    The sum grows with the scale from the sum of ``least`` to that of ``most``, so
    columns are settled one bound after another: those that hit the bound whose
    total correction is larger keep it (as CSS flex layout resolves its lengths,
    CSS Flexbox 1, 9.7).
    """
    weights = tuple(map(sqrt, most))
    widths = [0.0] * len(least)
    open_columns = set(range(len(least)))
    while open_columns:
        taken = fsum(width for column, width in enumerate(widths) if column not in open_columns)
        scale = (available - taken) / fsum(weights[column] for column in open_columns)
        over, under = 0.0, 0.0
        for column in sorted(open_columns):
            wish = weights[column] * scale
            widths[column] = min(max(wish, least[column]), most[column])
            over += max(widths[column] - wish, 0.0)
            under += max(wish - widths[column], 0.0)
        settled = {
            column
            for column in open_columns
            if (over >= under and widths[column] > weights[column] * scale)
            or (under >= over and widths[column] < weights[column] * scale)
        }
        if not settled:
            break
        open_columns -= settled
    return tuple(widths)


def _filled(heights: Sequence[Pt], first: Pt, following: Pt) -> tuple[tuple[int, int], ...]:
    """Return runs that each take as many rows as fit."""
    runs: list[tuple[int, int]] = []
    start, used, limit = 0, 0.0, first
    for row, height in enumerate(heights):
        wait = row == 0 and first + _SLACK < height <= following + _SLACK
        if wait or (row > start and used + height > limit + _SLACK):
            runs.append((start, row))
            start, used, limit = row, 0.0, following
        used += height
    if start < len(heights):
        runs.append((start, len(heights)))
    return tuple(runs)


def _even(heights: Sequence[Pt], count: int) -> tuple[tuple[int, int], ...]:
    """Return ``count`` runs or fewer, each near an equal part of what is left for it."""
    runs: list[tuple[int, int]] = []
    start, used, left = 0, 0.0, fsum(heights)
    for row, height in enumerate(heights):
        share = left / (count - len(runs))
        if row > start and len(runs) < count - 1 and used + height / 2 > share:
            runs.append((start, row))
            start, left, used = row, left - used, 0.0
        used += height
    if start < len(heights):
        runs.append((start, len(heights)))
    return tuple(runs)


def _fits(heights: Sequence[Pt], runs: Sequence[tuple[int, int]], first: Pt, following: Pt) -> bool:
    """Return whether every run of several rows is within its limit."""
    return all(
        end - start == 1 or fsum(heights[start:end]) <= (following if number else first) + _SLACK
        for number, (start, end) in enumerate(runs)
    )
