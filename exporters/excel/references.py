"""References of SpreadsheetML in -> areas of cells. For reading; shares nothing with the writer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_MOST_COLUMNS = 16_384
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


class Cells(NamedTuple):
    """A rectangle of cells, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, row: int, column: int) -> bool:
        """Return whether a cell stands in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@lru_cache(maxsize=_MOST_COLUMNS)
def column_number(letters: str) -> int:
    """Return a column's number from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def areas_of(text: str) -> tuple[Cells, ...]:
    """Return the areas that a text without sheet names refers to."""
    return tuple(
        Cells(int(top), column_number(left), int(bottom or top), column_number(right or left))
        for left, top, right, bottom in _AREA.findall(text)
    )


def referred(reference: str) -> tuple[str, tuple[Cells, ...]]:
    """Return the sheet and the areas of a reference like ``'a b'!$B$2:$B$5``."""
    sheet, _, cells = reference.rpartition("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, areas_of(cells)
