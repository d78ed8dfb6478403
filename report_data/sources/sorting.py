"""Rows and ``sort="-value, name"`` in -> the rows in that order, held."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from report_data.declared import column_named
from report_data.sources.source import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from report_data.columns import ColumnType

MOST_SORTED = 200_000
"""Rows that are held to be sorted; sort a larger file before it is exported."""


def sorted_rows(
    rows: Iterable[Sequence[str]],
    wanted: str,
    headers: Sequence[str],
    types: Sequence[ColumnType],
    count: int,
) -> list[Sequence[str]]:
    """Return the rows by columns, ``-`` before one to turn its order round.

    Numbers and dates stand before texts, missing cells last in either order.

    Raises:
        DeclarationError: There is no such column.
        SourceError: There are too many rows.
    """
    if count > MOST_SORTED:
        raise SourceError(
            f"{count:,} rows are too many to be sorted here", f"At most {MOST_SORTED:,} are"
        )
    held = list(rows)
    keys = [name for name in map(str.strip, wanted.split(",")) if name]
    for name in reversed(keys):  # each sort keeps what the ones before it did
        column = column_named(name.removeprefix("-").strip(), headers)
        _sort(held, column, types[column], reverse=name.startswith("-"))
    return held


def _sort(rows: list[Sequence[str]], column: int, type_: ColumnType, *, reverse: bool) -> None:
    numbers: list[tuple[float, Sequence[str]]] = []
    texts: list[tuple[str, Sequence[str]]] = []
    missing: list[Sequence[str]] = []
    for row in rows:
        value = type_.value(row[column])
        if value.number is not None:
            numbers.append((_worth(value.number), row))
        elif value.is_missing:
            missing.append(row)
        else:
            texts.append((row[column], row))
    numbers.sort(key=lambda pair: pair[0], reverse=reverse)
    texts.sort(key=lambda pair: pair[0], reverse=reverse)
    groups = [[row for _, row in numbers], [row for _, row in texts]]
    if reverse:
        groups.reverse()
    rows[:] = [*groups[0], *groups[1], *missing]


def _worth(number: float | datetime) -> float:
    if isinstance(number, datetime):
        midnight = datetime.combine(number, datetime.min.time())
        return number.toordinal() + (number - midnight).seconds / 86400
    return number
