"""A CSV or TSV file -> its header and, again and again, its rows; encoding and delimiter found."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from report_data.sources.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from report_data.sources.source import Batch

DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_ROWS = 50
_BATCH_CELLS = 5_000
"""Cells that are read at a time: so many stay in the processor's cache while they are looked at."""
_CHUNK = 1 << 20

LARGEST_FIELD = 64 * 1024 * 1024
"""Characters; a longer field is a quote that never ends."""

_NAMED_LINES = 5
"""Ragged rows that a message names; the others are counted."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Delimited(NamedTuple):
    """How a delimited file is written, and its first row."""

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    notes: tuple[str, ...]

    def batches(self) -> Iterator[Batch]:
        """Yield the rows after the header as columns, each row as long as the header.

        Raises:
            SourceError: Rows have another number of fields, or a quote never ends.
        """
        width = len(self.headers)
        rows = max(_BATCH_CELLS // width, 1)
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = _reader(file, self.delimiter)
            try:
                _header(reader)
                while chunk := list(islice(reader, rows)):
                    if {*map(len, chunk)} != {width}:
                        chunk = [row for row in chunk if row]  # blank lines are no rows
                        if {*map(len, chunk)} - {width}:
                            raise self._ragged()
                    if chunk:
                        yield list(zip(*chunk, strict=True))
            except csv.Error as problem:
                raise SourceError(
                    f"{self.path.name}, line {reader.line_num}: {problem}",
                    "A quote that opens a field must close it: double a quote inside a field",
                ) from problem

    def _ragged(self) -> SourceError:
        """Return the error that names the rows with another number of fields."""
        width = len(self.headers)
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = _reader(file, self.delimiter)
            _header(reader)
            lines = [reader.line_num for row in reader if row and len(row) != width]
        named = ", ".join(map(str, lines[:_NAMED_LINES]))
        return SourceError(
            f"{len(lines)} rows of {self.path.name} have not {width} fields: lines {named}"
            f"{' ...' if len(lines) > _NAMED_LINES else ''}",
            f"Each row needs as many fields as the header, by “{_shown(self.delimiter)}”",
        )


def open_delimited(path: Path, *, encoding: str = "", delimiter: str = "") -> Delimited:
    """Find out how a file is written.

    Raises:
        SourceError: It is empty, or in no encoding that we know.
    """
    notes: list[str] = []
    if encoding:
        _check_encoding(path, encoding)
    else:
        encoding, told = _encoding(path)
        notes += told
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE_BYTES)
    if "\0" in sample:
        raise SourceError(f"{path.name} holds NUL characters", "Save it as text in UTF-8")
    if not sample.strip():
        raise SourceError(f"{path.name} is empty", "The first row must name the columns")
    if not delimiter:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(sample)
    delimiter = {"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter)
    if len(delimiter) != 1:
        raise SourceError(f"“{delimiter}” cannot part fields", "Name one character, or tab")
    first = _header(_reader(io.StringIO(sample, newline=""), delimiter))
    headers = tuple(field.strip() for field in first)
    return Delimited(path, encoding, delimiter, headers, tuple(notes))


def _reader(lines: Iterable[str], delimiter: str) -> Any:  # noqa: ANN401  # csv names no type
    csv.field_size_limit(LARGEST_FIELD)
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _header(reader: Iterator[list[str]]) -> list[str]:
    """Return the first row that is not blank."""
    return next(filter(None, reader))


def _check_encoding(path: Path, encoding: str) -> None:
    try:
        problem = _cannot_decode(path, encoding)
    except LookupError as error:
        raise SourceError(f"“{encoding}” is no encoding", "Known are utf-8, gb18030") from error
    if problem is not None:
        raise SourceError(
            f"{path.name} is not {encoding}: byte {problem} is not", "Name another encoding="
        )


def _encoding(path: Path) -> tuple[str, list[str]]:
    """Return a file's encoding, and what to tell of it when it is not UTF-8."""
    with path.open("rb") as file:
        head = file.read(4)
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    first = marked or "utf-8"
    problem = _cannot_decode(path, first)
    if problem is None:
        return first, [] if first.startswith("utf-8") else [f"{path.name} was read as {first}."]
    for other in ("gb18030", "cp1252"):
        if not marked and _cannot_decode(path, other) is None:
            return other, [f"{path.name} is not UTF-8 and was read as {other}."]
    raise SourceError(
        f"{path.name} begins as {first}, but byte {problem} is not"
        if marked
        else f"{path.name}: byte {problem} is in no encoding that is known here",
        "Save the whole file as UTF-8, or name its encoding=",
    )


def _cannot_decode(path: Path, encoding: str) -> int | None:
    """Return the offset of the first byte that is not in an encoding, ``None`` if all are."""
    raw = "utf-8" if encoding == "utf-8-sig" else encoding  # so that offsets count the mark
    decoder = codecs.getincrementaldecoder(raw)()
    place = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as problem:
                return place - waiting + problem.start
            place += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return place
    return None


def _delimiter(sample: str) -> str:
    """Return the delimiter that parts most rows into the same number of fields, more than one."""
    best, most = ",", (0, 0)
    for delimiter in DELIMITERS:
        widths: list[int] = []
        try:
            for row in _reader(io.StringIO(sample, newline=""), delimiter):
                widths.append(len(row))
                if len(widths) == _SAMPLE_ROWS:
                    break
        except csv.Error:
            pass  # a quote that the sample cuts, or another delimiter's field
        if widths and widths[0] > 1:
            score = (sum(width == widths[0] for width in widths), widths[0])
            if score > most:
                best, most = delimiter, score
    return best


def _shown(delimiter: str) -> str:
    return "tab" if delimiter == "\t" else delimiter
