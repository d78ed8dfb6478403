"""Data files behind tables, read as streams; the readers are imported late."""

from __future__ import annotations

import hashlib
from datetime import datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from report_data.columns import AS_TEXT, ColumnType, Loose, Typer
from report_data.sources.source import Signature, Source, SourceError, SourceRows
from report_data.traits import traits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from report_data.diagnostics import Span
    from report_data.sources.source import Batch
    from report_data.traits import Traits

__all__ = ["Source", "SourceError", "SourceRows", "open_source"]

LARGEST_FILE = 4 * 1024**3
"""Bytes of a data file; a larger one is no table of a report."""

MOST_SORTED = 200_000
"""Rows that are held to be sorted; sort a larger file before it is exported."""

_LONGEST = 3

_REMEMBERED = 10_000
"""Different texts of a column that are looked at once only."""

_MOSTLY = 0.9
"""Where so many texts are new it costs more to find those that are not."""

_HASH_CHUNK = 1 << 20
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
    (``name:text, name:number``) and ``sort`` (a name, ``-`` before it to turn
    the order round).

    Raises:
        SourceError: The file cannot be a table.
    """
    if not path.is_file():
        raise SourceError(f"there is no data file {path.name}", "Check the name, or put it there.")
    signature = Signature.of(path)
    if signature.size > LARGEST_FILE:
        raise SourceError(
            f"{path.name} is larger than {LARGEST_FILE >> 30} GiB", "Use a part of it."
        )
    file = _open(path, options)
    columns = _columns(options.get("columns", ""), file.headers)
    headers = tuple(file.headers[index] for index in columns)
    declared = _declared(options.get("types", ""), headers)

    read: Callable[[], Iterator[Batch]] = _Chosen(file, columns)
    found = _found_out(read(), headers, declared)
    if options.get("sort"):
        rows = chain.from_iterable(zip(*batch, strict=True) for batch in read())
        read = _Held(tuple(_sorted(rows, options["sort"], headers, found.types, found.count)))
    return Source(
        path=path,
        digest=_digest(path),
        signature=signature,
        headers=headers,
        types=found.types,
        count=found.count,
        read=read,
        longest=found.longest,
        traits=found.traits,
        notes=file.notes,
        span=span,
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
        f"{path.name} is no data file that can be read", "Known: .csv, .tsv, .xlsx, .ods, .parquet."
    )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_HASH_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


class _Found(Struct, frozen=True):
    """What reading a file through has found out of its columns, and how many rows it has."""

    types: tuple[ColumnType, ...]
    longest: tuple[tuple[str, ...], ...]
    traits: tuple[Traits | None, ...]
    count: int


class _Look:
    """Looks at the texts of one column, batch by batch."""

    def __init__(self, header: str, declared: str) -> None:
        self._declared = declared
        self._typer = None if declared == "text" else Typer("" if declared else header)
        self._known: set[str] = set()
        self._all_differ = False
        self.longest: list[str] = []
        self.traits: Traits | None = None

    def at(self, texts: Sequence[str]) -> None:
        """Look at texts; those that were seen before are passed over."""
        new: Collection[str] = texts
        if not self._all_differ:
            different = {*texts}
            new = different - self._known
            if not new:
                return
            if len(self._known) < _REMEMBERED:
                self._known |= new
            else:
                self._all_differ = len(new) > _MOSTLY * len(texts)
        traits = traits_of(new)
        self.traits = traits if self.traits is None else self.traits.with_others(traits)
        self.longest = _longest(new, traits.most, self.longest)
        if self._typer is not None:
            self._typer.add_all(new, traits)

    def type(self) -> ColumnType:
        """Return what the column holds."""
        decided = AS_TEXT if self._typer is None else self._typer.decide()
        if self._declared == "number" and not decided.kind.is_quantity:
            return ColumnType(loose=Loose.PLAIN)
        return decided


def _found_out(
    batches: Iterator[Batch], headers: Sequence[str], declared: Mapping[int, str]
) -> _Found:
    """Read all rows once."""
    looks = [_Look(header, declared.get(index, "")) for index, header in enumerate(headers)]
    count = 0
    for batch in batches:
        count += len(batch[0])
        for look, texts in zip(looks, batch, strict=True):
            look.at(texts)
    return _Found(
        tuple(look.type() for look in looks),
        tuple(tuple(look.longest) for look in looks),
        tuple(look.traits for look in looks),
        count,
    )


def _longest(texts: Collection[str], most: int, so_far: list[str]) -> list[str]:
    """Return a few of the longest texts; of equal ones always the same, whatever the order."""
    least = _bytes(so_far[-1]) if len(so_far) == _LONGEST else -1
    if most <= least and not "".join(texts).isascii():
        most = max(map(len, map(str.encode, texts, repeat("utf-8"), repeat("replace"))))
    if most <= least:
        return so_far
    longer = [text for text in texts if _bytes(text) > least]
    candidates = sorted({*longer, *so_far})
    return sorted(candidates, key=_bytes, reverse=True)[:_LONGEST]


def _bytes(text: str) -> int:
    """Return a length in which an East Asian character counts more than a Latin one."""
    return len(text.encode(errors="replace"))


def _columns(wanted: str, headers: Sequence[str]) -> tuple[int, ...]:
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    return tuple(_named(name, headers) for name in names) or tuple(range(len(headers)))


def _declared(wanted: str, headers: Sequence[str]) -> dict[int, str]:
    declared = {}
    for item in filter(None, (item.strip() for item in wanted.split(","))):
        name, _, kind = item.rpartition(":")
        if kind.strip() not in {"text", "number", "date"}:
            raise SourceError(f"“{kind.strip()}” is no type", "Types: text, number, date.")
        declared[_named(name.strip(), headers)] = kind.strip()
    return declared


def _named(name: str, headers: Sequence[str]) -> int:
    if name in headers:
        return list(headers).index(name)
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(headers):
        return int(name) - 1
    shown = ", ".join(headers[:20])
    raise SourceError(f"the data file has no column “{name}”", f"Its columns: {shown}.")


class _Key(Struct, frozen=True, order=True):
    """Numbers and dates before texts, missing ones last."""

    kind: int
    number: float
    text: str


def _sorted(
    rows: Iterator[Sequence[str]],
    wanted: str,
    headers: Sequence[str],
    types: Sequence[ColumnType],
    count: int,
) -> list[Sequence[str]]:
    if count > MOST_SORTED:
        raise SourceError(
            f"{count:,} rows are too many to be sorted here", f"At most {MOST_SORTED:,} are."
        )
    column = _named(wanted.strip().removeprefix("-"), headers)

    def key(row: Sequence[str]) -> _Key:
        number = types[column].value(row[column]).number
        if isinstance(number, datetime):
            number = (
                number.toordinal()
                + (number - datetime.combine(number, datetime.min.time())).seconds / 86400
            )
        if number is not None:
            return _Key(0, number, "")
        return _Key(1 if row[column].strip() else 2, 0, row[column])

    return sorted(rows, key=key, reverse=wanted.strip().startswith("-"))
