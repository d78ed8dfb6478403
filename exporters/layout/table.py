"""Measured cells in -> column widths, row heights, and where a table may split.

STUB: the interface that the other rooms build on; to be filled by the layout helper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.geometry import Pt


def column_widths(natural: Sequence[Pt], minimum: Sequence[Pt], available: Pt) -> tuple[Pt, ...]:
    """Share out a width among columns by what they hold.

    ``natural`` is a column's widest cell on one line, ``minimum`` its widest
    unbreakable cluster, both with padding, in points. The result sums to
    ``available``; no column is under its minimum while the minima fit.
    """
    raise NotImplementedError


def split_rows(
    heights: Sequence[Pt], first: Pt, following: Pt, *, balanced: bool = False
) -> tuple[tuple[int, int], ...]:
    """Cut rows into runs (start, end) that fit ``first`` and then ``following`` points.

    A row taller than a whole run stands alone in its run. ``balanced`` makes the
    runs about equally tall (slides), else each is filled (pages).
    """
    raise NotImplementedError
