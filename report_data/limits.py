"""The environment -> the caps on what a source may ask for, each with a name to raise it by.

They bound time and memory for files that mean harm; no honest report comes near
them. A message that quotes one names its variable.
"""

from __future__ import annotations

import os
from enum import Enum

_NO_LIMIT = 1_000_000_000
"""Higher than any machine could go; megabytes so many are still counted in 64 bits as bytes."""
_DIGITS = len(str(_NO_LIMIT))


class Limit(Enum):
    """A cap: the variable that raises it and the value that holds without it."""

    SOURCE_MB = ("TRIPTYCH_MAX_SOURCE_MB", 10)
    """Megabytes of a source file."""
    PICTURE_MB = ("TRIPTYCH_MAX_PICTURE_MB", 50)
    PICTURE_MEGAPIXELS = ("TRIPTYCH_MAX_PICTURE_MEGAPIXELS", 50)
    """Width times height: a 900-megapixel PNG fits in 110 KB."""
    EMPHASES = ("TRIPTYCH_MAX_EMPHASES", 2_000)
    """Runs of ``*``, ``_`` and ``~`` in one paragraph or cell: matching them is quadratic."""
    BRACKETS = ("TRIPTYCH_MAX_BRACKETS", 10_000)
    """Opening brackets in one paragraph or cell, for the same reason."""
    MISSING_CELLS = ("TRIPTYCH_MAX_MISSING_CELLS", 200_000)
    """Empty cells that are added to short rows: a few bytes could ask for millions."""
    COLUMNS = ("TRIPTYCH_MAX_COLUMNS", 16_384)
    """Columns of a table: as many as a sheet has."""
    CELL_CHARACTERS = ("TRIPTYCH_MAX_CELL_CHARACTERS", 1_000_000)
    """Characters of a cell of a data file: a thousand pages of a PDF."""
    LINK_CHARACTERS = ("TRIPTYCH_MAX_LINK_CHARACTERS", 2_000_000)
    """All addresses together: one definition may be used thousands of times."""

    @property
    def variable(self) -> str:
        """The environment variable that raises the limit."""
        return self.value[0]

    def get(self) -> int:
        """Return the limit in force; a variable that is no positive number counts for nothing."""
        given = os.environ.get(self.variable, "")
        if not given.isdecimal():
            return self.value[1]
        return min(int(given.lstrip("0")[:_DIGITS] or 0), _NO_LIMIT) or self.value[1]

    @property
    def hint(self) -> str:
        """Return how to raise the limit."""
        return f"set {self.variable} to a larger number, in digits only, to raise the limit"
