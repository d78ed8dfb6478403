"""A table's rows and the cells found of it -> what differs, cell by cell.

A row that is missing in the middle must not make all rows after it differ: rows
are first paired by what they say.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from exporters.verify.alignment import differences
from exporters.verify.expected import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.reading import Found
    from exporters.verify.expected import Item
    from exporters.verify.saying import Saying

_MOST_PAIRED = 3_000
"""Rows that are paired by content; a longer stretch is compared row by row."""


class FoundTable:
    """The cells of one table as a file holds them: parts of a cell joined, rows in order."""

    def __init__(self) -> None:
        self._parts: list[Found] = []

    def add(self, found: Found) -> None:
        """Take a cell or a part of one."""
        if found.row is not None and found.column is not None:
            self._parts.append(found)

    def rows(self) -> list[dict[int, tuple[str, Found]]]:
        """Return for each row, the header first, its cells' squeezed texts by column."""
        rows: dict[int, dict[int, tuple[str, Found]]] = {}
        for (row, column), group in groupby(sorted(self._parts, key=_place), key=_place):
            parts = [*group]
            text = "".join(squeezed(part.text) for part in parts)
            rows.setdefault(row, {})[column] = (text, parts[0])
        return list(rows.values())


def _place(found: Found) -> tuple[int, int]:
    return found.row or 0, found.column or 0


FoundRow = dict[int, tuple[str, "Found"]]


def compare_table(
    rows: Sequence[Sequence[Item]],
    found: FoundTable,
    saying: Saying,
    *,
    excerpts: frozenset[tuple[int, int]] = frozenset(),
    told: str = "",
) -> None:
    """Say what differs between a table and what a file holds of it.

    ``excerpts`` are the pairs (rows shown, rows in all) of the file's notices
    that a table is shown in part. ``told`` are the speaker notes: they may hold
    a cell whole that a slide shows a part of.
    """
    there = found.rows()
    if not there:
        if any(item.text for row in rows for item in row):
            _whole_table_missing(rows, saying)
        return
    if (len(there) - 1, len(rows) - 1) in excerpts:
        rows = rows[: len(there)]
    # Nothing tells a row of empty cells from none at all.
    rows = [row for row in rows if any(item.text for item in row)]
    there = [row for row in there if any(text for text, _ in row.values())]
    for first, last, found_first, found_last in _unequal(*_texts(rows, there)):
        pairs = min(last - first, found_last - found_first)
        for offset in range(pairs):
            _compare_row(rows[first + offset], there[found_first + offset], saying, told)
        for row in rows[first + pairs : last]:
            _row_missing(row, there, found_first + pairs, saying)
        for left_over in there[found_first + pairs : found_last]:
            for text, piece in left_over.values():
                if text:
                    saying.surplus(piece, text)


_RowTexts = tuple[str, ...]


def _texts(
    rows: Sequence[Sequence[Item]], there: Sequence[FoundRow]
) -> tuple[list[_RowTexts], list[_RowTexts]]:
    """Return the rows of both as texts, equal ones equally long."""
    width = max((len(row) for row in rows), default=0)
    found = [
        tuple(row[column][0] if column in row else "" for column in range(max(width, max(row) + 1)))
        for row in there
    ]
    return [tuple(item.text for item in row) for row in rows], found


def _unequal(texts: list[_RowTexts], found: list[_RowTexts]) -> list[tuple[int, int, int, int]]:
    """Return the stretches of rows that are not equal, from and to, in both."""
    start = 0
    while start < min(len(texts), len(found)) and texts[start] == found[start]:
        start += 1
    end = 0
    least = min(len(texts), len(found)) - start
    while end < least and texts[len(texts) - 1 - end] == found[len(found) - 1 - end]:
        end += 1
    ours, theirs = texts[start : len(texts) - end], found[start : len(found) - end]
    if len(ours) == len(theirs) or max(len(ours), len(theirs)) > _MOST_PAIRED:
        middle = [("replace", 0, len(ours), 0, len(theirs))]
    else:
        middle = list(SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes())
    return [
        (one + start, two + start, three + start, four + start)
        for kind, one, two, three, four in middle
        if kind != "equal"
    ]


def _compare_row(row: Sequence[Item], there: FoundRow, saying: Saying, told: str) -> None:
    near = next(iter(there.values()))[1]
    for item in row:
        column = item.column or 0
        text, found = there.get(column, ("", near))
        slots = {slot.offset: slot.texts for slot in item.slots}
        if text == item.text:
            continue
        if text in item.text and item.text in told:  # cut, perhaps to a word of ours
            continue
        for difference in differences(item.text, text, slots):
            start, end, found_start, found_end = difference
            if text:
                saying.differs(item, found, (start, end), (found_start, found_end))
            else:
                saying.missing(item, near)
    for column, (text, found) in there.items():
        if column >= len(row) and text:
            saying.surplus(found, text)


def _row_missing(row: Sequence[Item], there: list[FoundRow], before: int, saying: Saying) -> None:
    near = next(iter(there[min(before, len(there)) - 1].values()))[1] if there else None
    said = " | ".join(item.raw for item in row)
    saying.missing(row[0], near, f"row {row[0].row} of table {row[0].block}: “{said}”")
    for item in row[1:]:
        saying.at_fault(item)


def _whole_table_missing(rows: Sequence[Sequence[Item]], saying: Saying) -> None:
    first = rows[0][0]
    saying.missing(first, None, f"table {first.block} ({len(rows) - 1} rows)")
    for row in rows:
        for item in row:
            saying.at_fault(item)
