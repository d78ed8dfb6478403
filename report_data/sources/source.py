"""A data file -> a table's rows as a sequence that is read anew each time, never held whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, TypeAlias, overload

from msgspec import Struct

from report_data.diagnostics import Diagnostic, FileError, Severity
from report_data.model import Cell, Run
from report_data.records import Record

if TYPE_CHECKING:
    from pathlib import Path

    from report_data.columns import ColumnType
    from report_data.diagnostics import Span
    from report_data.traits import Traits

Batch: TypeAlias = "Sequence[Sequence[str]]"
"""Some rows of a file as columns of texts, at least one row."""

KEPT_ROWS = 256
"""Rows from the start that are kept: slides and pages show these."""


class SourceError(ValueError):
    """A data file that cannot be a table: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def no_reader(path: Path) -> SourceError:
    """Return the error of a file whose reader is not installed."""
    return SourceError(
        f"{path.name} needs a reader that is not installed", "Run: pip install 'triptych[data]'"
    )


class Signature(Struct, frozen=True):
    """What a file was when it was first read; another one later is an error."""

    size: int
    modified: int

    @classmethod
    def of(cls, path: Path) -> Signature:
        """Return a file's size and time of change."""
        state = path.stat()
        return cls(state.st_size, state.st_mtime_ns)


class Source(Record, frozen=True):
    """A data file, read once to find out what its columns hold.

    ``read`` yields the chosen columns, batch by batch of rows from the first on;
    it may be called again and again. ``notes`` are what the author should know
    (the encoding that was found). ``digest`` is the file's SHA-256.
    """

    path: Path
    digest: str
    signature: Signature
    headers: tuple[str, ...]
    types: tuple[ColumnType, ...]
    count: int
    read: Callable[[], Iterator[Batch]]
    longest: tuple[tuple[str, ...], ...] = ()
    """The longest texts of each column, a few: what its width and its limits depend on."""
    traits: tuple[Traits | None, ...] = ()
    """What is true of all texts of each column, ``None`` where there are no rows."""
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """What to tell of cells that are not as they were declared."""
    span: Span | None = None
    aside: ClassVar[frozenset[str]] = frozenset({"read", "span"})

    def batches(self) -> Iterator[Batch]:
        """Yield the columns' texts, some rows at a time.

        Raises:
            FileError: The file is gone, or is not the one that was first read.
        """
        self._check()
        yield from self.read()
        self._check()

    def texts(self) -> Iterator[Sequence[str]]:
        """Yield the rows' texts; raises as `batches` does."""
        for batch in self.batches():
            yield from zip(*batch, strict=True)

    def _check(self) -> None:
        try:
            same = Signature.of(self.path) == self.signature
        except OSError:
            same = False
        if not same:
            raise FileError(
                (
                    Diagnostic(
                        "E712",
                        Severity.ERROR,
                        f"{self.path.name} was changed while it was being read",
                        self.span,
                        "Export again when nothing writes to it any more",
                    ),
                )
            )


class SourceRows(Sequence[tuple[Cell, ...]]):
    """The rows of a source, from ``start`` to ``stop``, as cells made when they are asked for."""

    __slots__ = ("_kept", "source", "start", "stop")

    def __init__(self, source: Source, start: int = 0, stop: int | None = None) -> None:
        """Take the rows of a source; all of them by default."""
        self.source = source
        self.start = start
        self.stop = source.count if stop is None else stop
        self._kept: list[tuple[Cell, ...]] = []

    def __eq__(self, other: object) -> bool:
        """Return whether the other is the same rows of the same source."""
        if not isinstance(other, SourceRows):
            return NotImplemented
        mine, theirs = ((rows.source, rows.start, rows.stop) for rows in (self, other))
        return mine == theirs

    def __hash__(self) -> int:
        """Return a hash of what is compared."""
        return hash((self.source, self.start, self.stop))

    def __len__(self) -> int:
        """Return the number of rows."""
        return self.stop - self.start

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        """Yield rows of cells from the first on, by one reading of the file."""
        if self.stop <= KEPT_ROWS:
            yield from islice(self._first(), self.start, self.stop)
            return
        for row in self.texts():
            yield tuple(map(_cell, row))

    @property
    def longest(self) -> tuple[tuple[str, ...], ...]:
        """Return the longest texts of each column of the whole file."""
        return self.source.longest

    def texts(self) -> Iterator[Sequence[str]]:
        """Yield the rows' texts: what is quickest for a writer that makes no cells."""
        return islice(self.source.texts(), self.start, self.stop)

    def batches(self) -> Iterator[Batch]:
        """Yield the rows as columns, some rows at a time: the quickest way there is."""
        at = 0
        for batch in self.source.batches():
            length = len(batch[0])
            first, end = max(self.start - at, 0), min(self.stop - at, length)
            if first < end:
                yield batch if end - first == length else [one[first:end] for one in batch]
            at += length

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> SourceRows: ...
    def __getitem__(self, index: int | slice) -> tuple[Cell, ...] | SourceRows:
        """Return a row, or rows one after the other as such a sequence again."""
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step != 1:
                raise ValueError("rows of a data file are taken one after the other")
            part = SourceRows(self.source, self.start + start, self.start + max(start, stop))
            part._kept = self._kept
            return part
        place = self.start + (index if index >= 0 else len(self) + index)
        if not self.start <= place < self.stop:
            raise IndexError(index)
        if place < KEPT_ROWS:
            return self._first()[place]
        return next(tuple(map(_cell, row)) for row in islice(self.source.texts(), place, None))

    def _first(self) -> list[tuple[Cell, ...]]:
        if not self._kept:
            rows = islice(self.source.texts(), KEPT_ROWS)
            self._kept.extend(tuple(map(_cell, row)) for row in rows)
        return self._kept


_EMPTY = Cell(())


def _cell(text: str) -> Cell:
    return Cell((Run(text),)) if text else _EMPTY
