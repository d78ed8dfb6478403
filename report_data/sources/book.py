"""A sheet of an Excel or OpenDocument file -> its header and rows as texts.

Needs python-calamine, which the extra ``data`` brings.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile, is_zipfile

from report_data.sources.source import SourceError, no_reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from report_data.sources.source import Batch

_BATCH = 4_000

LARGEST_BOOK = 1_000_000_000
"""Bytes that a file may unpack to; the whole of a sheet is 1,048,576 rows."""


class Book(NamedTuple):
    """One sheet of a file, its first row the header. Held in memory: such files are small."""

    headers: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def batches(self) -> Iterator[Batch]:
        """Yield the rows after the header as columns."""
        for start in range(0, len(self.cells), _BATCH):
            yield list(zip(*self.cells[start : start + _BATCH], strict=True))


def open_book(path: Path, sheet: str) -> Book:
    """Read a sheet by its name or number (from 1), the first by default.

    Raises:
        SourceError: The reader is not installed, or the file is no workbook.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as problem:
        raise no_reader(path) from problem
    _check_size(path)
    try:
        book = CalamineWorkbook.from_path(path)
        name = _chosen(path, book.sheet_names, sheet)
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
    except CalamineError as problem:
        raise SourceError(f"{path.name} is no workbook: {problem}", "Save it again") from problem
    if not rows:
        raise SourceError(f"the sheet “{name}” of {path.name} is empty", "Name another with sheet=")
    texts = [tuple(map(_text, row)) for row in rows]
    return Book(texts[0], tuple(texts[1:]))


def _check_size(path: Path) -> None:
    """Refuse an archive that unpacks to more than a sheet can hold: it is read whole."""
    if not is_zipfile(path):
        return
    try:
        with ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, OSError) as problem:
        raise SourceError(f"{path.name} is no workbook: {problem}", "Save it again") from problem
    if size > LARGEST_BOOK:
        raise SourceError(
            f"{path.name} unpacks to {size:,} bytes, more than {LARGEST_BOOK:,}",
            "Save the sheet as .csv, which is read as a stream",
        )


def _chosen(path: Path, names: Sequence[str], sheet: str) -> str:
    """Return the name of the sheet that is meant: by its name, or its number from 1."""
    if not names:
        raise SourceError(f"{path.name} has no sheets", "Save it again")
    name = sheet or names[0]
    if name.isdecimal() and name not in names and 0 < int(name[:9]) <= len(names):
        name = names[int(name[:9]) - 1]
    if name not in names:
        raise SourceError(f"{path.name} has no sheet “{name}”", f"Its sheets: {', '.join(names)}")
    return name


def _text(value: object) -> str:
    """Return a cell's value as a person would write it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
