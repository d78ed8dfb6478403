"""Tables of data files and what a file holds of them -> what is left to compare cell by cell.

A table of half a million rows is compared as a stream, row with row; only if
it differs somewhere are its cells held, so that each difference can be named.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.reading import Layer
from exporters.verify.expected import squeezed
from report_data.model import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporters.reading import FoundRows, Reading
    from report_data.ids import BlockId
    from report_data.model import Report


_LONG = 200
"""Rows of a table written in the report from which it pays to compare it whole."""


class Settled(Struct, frozen=True):
    """What is left to compare: a reading, and how many rows it should hold of some tables.

    ``cells`` is how many cells were compared and are the same.
    """

    reading: Reading
    rows: Mapping[BlockId, int]
    cells: int


def settle(report: Report, reading: Reading, excerpts: frozenset[tuple[int, int]]) -> Settled:
    """Compare long tables as streams; ``excerpts`` as in `exporters.verify.tables`."""
    rows: dict[BlockId, int] = {}
    cells = 0
    for table in report.every(Table):
        if table.types is None and len(table.rows) < _LONG:
            continue
        there = reading.rows.get(table.id)
        if there is None:
            shown = _shown(table, reading)
            if (shown, len(table.rows)) in excerpts:
                rows[table.id] = shown
        elif _are_same(table, there):
            rows[table.id] = 0
            cells += len(table.rows) * len(table.columns)
        else:
            reading = replace(reading, found=(*reading.found, *there.found()))
    return Settled(reading, rows, cells)


def _shown(table: Table, reading: Reading) -> int:
    """Return how many rows a file shows of a table, without its header."""
    numbers = (
        piece.row
        for piece in reading.found
        if piece.block == table.id and piece.row is not None and piece.layer is Layer.BODY
    )
    return max(numbers, default=0)


def _are_same(table: Table, there: FoundRows) -> bool:
    for ours, theirs in zip_longest(table.texts(), there.texts()):
        if ours is None or theirs is None:
            return False
        if theirs != [*ours] and [*map(squeezed, ours)] != [*map(squeezed, theirs)]:
            return False
    return True
