"""A Parquet file -> its columns' names and rows as texts, batch by batch.

Needs pyarrow, which the extra ``data`` brings.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from report_data.sources.source import SourceError, no_reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from report_data.sources.source import Batch

_BATCH = 10_000


class Parquet(NamedTuple):
    """A Parquet file and the names of its columns."""

    path: Path
    headers: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def batches(self) -> Iterator[Batch]:
        """Yield the columns of one batch of rows after the other."""
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile

        try:
            with ParquetFile(self.path) as file:
                for batch in file.iter_batches(_BATCH):
                    yield [list(map(_text, column.to_pylist())) for column in batch.columns]
        except (ArrowException, OSError, OverflowError, ValueError) as problem:
            raise _broken(self.path, problem) from problem


def open_parquet(path: Path) -> Parquet:
    """Open a file and read what its columns are called.

    Raises:
        SourceError: The reader is not installed, or the file is broken.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import read_schema
    except ImportError as problem:
        raise no_reader(path) from problem
    try:
        names = read_schema(path).names
    except (ArrowException, OSError) as problem:
        raise _broken(path, problem) from problem
    return Parquet(path, tuple(names))


def _broken(path: Path, problem: Exception) -> SourceError:
    return SourceError(f"{path.name} is no Parquet file: {problem}", "Save it again")


def _text(value: object) -> str:
    """Return a value as a person would write it; nothing for what is missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return str(value)
