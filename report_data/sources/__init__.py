"""Data files behind tables, read as streams; the readers are imported late."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from report_data.declared import DeclarationError, column_named, declarations
from report_data.limits import Limit
from report_data.markdown.clean import clean_text
from report_data.sources.cleaning import cleaned
from report_data.sources.finding import find
from report_data.sources.sorting import sorted_rows
from report_data.sources.source import Signature, Source, SourceError, SourceRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from report_data.diagnostics import Span
    from report_data.sources.source import Batch

__all__ = ["Source", "SourceError", "SourceRows", "open_source"]

LARGEST_FILE = 4 * 1024**3
"""Bytes of a data file; a larger one is no table of a report."""

_DELIMITED = frozenset({".csv", ".tsv", ".txt", ".tab"})
_BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"})


class _File(Protocol):
    """What every reader of files offers."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The texts of the first row."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What the author should know."""

    def batches(self) -> Iterator[Batch]:
        """Yield the rows after the header as columns."""


class _Chosen(Struct, frozen=True):
    """Reads the chosen columns of a file; it can be sent to another process."""

    file: _File
    columns: tuple[int, ...]

    def __call__(self) -> Iterator[Batch]:
        return cleaned(self.batches())

    def batches(self) -> Iterator[Batch]:
        """Yield the chosen columns as they are written."""
        if self.columns == tuple(range(len(self.file.headers))):
            return self.file.batches()
        return ([batch[index] for index in self.columns] for batch in self.file.batches())


class _Held(Struct, frozen=True):
    """Gives rows that were sorted and so are held."""

    rows: tuple[Sequence[str], ...]

    def __call__(self) -> Iterator[Batch]:
        return iter([list(zip(*self.rows, strict=True))] if self.rows else ())


def open_source(path: Path, options: Mapping[str, str], span: Span | None = None) -> Source:
    """Read a data file through once and return it as rows that can be read again.

    ``options`` are what the source says in braces: ``encoding``, ``delimiter``,
    ``sheet``, ``columns`` (names or numbers, parted by commas), ``types``
    (`report_data.declared`) and ``sort`` (names, ``-`` before one to turn its
    order round).

    Raises:
        SourceError: The file cannot be a table.
    """
    if not path.is_file():
        raise SourceError(f"there is no data file {path.name}", "Check the name, or put it there")
    signature = Signature.of(path)
    if signature.size > LARGEST_FILE:
        raise SourceError(
            f"{path.name} is larger than {LARGEST_FILE >> 30} GiB", "Use a part of it"
        )
    file = _open(path, options)
    try:
        names = tuple(map(clean_text, file.headers))
        columns = _columns(options.get("columns", ""), names)
        headers = tuple(names[index] for index in columns)
        _check_width(path.name, len(columns))
        declared = declarations(options.get("types", ""), headers)
        chosen = _Chosen(file, columns)
        read: Callable[[], Iterator[Batch]] = chosen
        changed: list[int] = []
        found = find(cleaned(chosen.batches(), changed), headers, declared, path.name)
        if options.get("sort"):
            rows = chain.from_iterable(zip(*batch, strict=True) for batch in read())
            ordered = sorted_rows(rows, options["sort"], headers, found.types, found.rows)
            read = _Held(tuple(ordered))
    except DeclarationError as problem:
        raise SourceError(f"{path.name}: {problem}", problem.hint) from problem
    return Source(
        path=path,
        digest=_digest(path),
        signature=signature,
        headers=headers,
        types=found.types,
        count=found.rows,
        read=read,
        longest=found.longest,
        traits=found.traits,
        notes=(*file.notes, *_told(path.name, sum(changed))),
        others=found.others,
        span=span,
    )


def _told(name: str, changed: int) -> tuple[str, ...]:
    if not changed:
        return ()
    cells = "1 cell of" if changed == 1 else f"{changed:,} cells of"
    return (f"{cells} {name} held characters that nobody sees or that mislead; they are left out.",)


def _check_width(name: str, columns: int) -> None:
    limit = Limit.COLUMNS
    if columns > limit.get():
        raise SourceError(
            f"{name} has {columns:,} columns, more than the {limit.get():,} of a sheet",
            f"Choose some with columns=, or {limit.hint}",
        )


def _open(path: Path, options: Mapping[str, str]) -> _File:
    suffix = path.suffix.lower()
    if suffix in _DELIMITED:
        from report_data.sources.delimited import open_delimited

        return open_delimited(
            path,
            encoding=options.get("encoding", ""),
            delimiter=options.get("delimiter", ""),
        )
    if suffix in _BOOKS:
        from report_data.sources.book import open_book

        return open_book(path, options.get("sheet", ""))
    if suffix == ".parquet":
        from report_data.sources.parquet import open_parquet

        return open_parquet(path)
    raise SourceError(
        f"{path.name} is no data file that can be read", "Known: .csv, .tsv, .xlsx, .ods, .parquet"
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _columns(wanted: str, headers: Sequence[str]) -> tuple[int, ...]:
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    return tuple(column_named(name, headers) for name in names) or tuple(range(len(headers)))
