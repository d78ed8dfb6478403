"""``types="day:date-dmy, code:text"`` -> what an author says that columns hold, over any guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.columns import AS_TEXT, ColumnType, Loose
from report_data.typer import Typer
from report_data.values import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from report_data.traits import Traits

_KINDS: Mapping[str, Kind | None] = {
    "text": Kind.TEXT,
    "number": None,
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "percent": Kind.PERCENT,
    "money": Kind.MONEY,
    "date": Kind.DATE,
    "date-dmy": Kind.DATE,
    "date-mdy": Kind.DATE,
    "year": Kind.YEAR,
    "range": Kind.RANGE,
}
_ORDERS = {"date-dmy": "dM", "date-mdy": "Md"}

_EXAMPLES = 3
"""Cells that are not as declared which a message quotes."""


class DeclarationError(ValueError):
    """A declaration that cannot be followed: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def declarations(wanted: str, headers: Sequence[str]) -> dict[int, str]:
    """Return the declared kind of each column that ``wanted`` names.

    Raises:
        DeclarationError: There is no such kind, or no such column.
    """
    declared = {}
    for item in filter(None, (item.strip() for item in wanted.split(","))):
        name, _, kind = item.rpartition(":")
        kind = kind.strip()
        if kind not in _KINDS:
            raise DeclarationError(f"“{kind}” is no type", f"Types: {', '.join(_KINDS)}")
        declared[column_named(name.strip(), headers)] = kind
    return declared


def column_named(name: str, headers: Sequence[str]) -> int:
    """Return the place of a column given by its header or its number from 1.

    Raises:
        DeclarationError: There is no such column.
    """
    if name in headers:
        return list(headers).index(name)
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(headers):
        return int(name) - 1
    shown = ", ".join(headers[:20])
    raise DeclarationError(f"there is no column “{name}”", f"Its columns: {shown}")


def declared_types(
    wanted: str, headers: Sequence[str], rows: Iterable[Sequence[str]]
) -> tuple[ColumnType, ...]:
    """Return the type of each column of a table given as texts.

    Raises:
        DeclarationError: There is no such kind, or no such column.
    """
    declared = declarations(wanted, [header.strip() for header in headers])
    typers = [DeclaredTyper(header, declared.get(n, "")) for n, header in enumerate(headers)]
    for typer, texts in zip(typers, zip(*rows, strict=True), strict=False):
        typer.add_all(texts)
    return tuple(typer.decide() for typer in typers)


class DeclaredTyper:
    """Finds the type of one column as `Typer` does, but keeps to what was declared."""

    def __init__(self, header: str, declared: str = "") -> None:
        self._declared = declared
        self._fixed = _KINDS.get(declared) in {Kind.TEXT, Kind.RANGE}
        self._typer = Typer("" if declared else header)
        self._own = _declared_type(declared)
        self.others: list[str] = []
        """A few cells that are not what was declared, and stay text."""

    def add_all(self, texts: Collection[str], traits: Traits | None = None) -> None:
        """Take many cells into account; each different text is needed once only."""
        if self._fixed:
            return
        self._typer.add_all(texts, traits)
        own = self._own
        if own is None or len(self.others) == _EXAMPLES or (traits and traits.plain):
            return
        found = (text for text in texts if _is_other(own, text))
        self.others = sorted({*self.others, *found})[:_EXAMPLES]

    def decide(self) -> ColumnType:
        """Return the column's type."""
        own = self._own
        if own is None:
            return self._typer.decide()
        if self._fixed:
            return own
        found = self._typer.decide()
        if own.order or own.kind is Kind.DATE:
            padded = self._typer.padded
            return (
                found
                if found.kind is Kind.DATE
                else ColumnType(own.kind, order=own.order, padded=padded)
            )
        if own.kind is Kind.YEAR:
            return own
        return found if found.kind.is_quantity else own


def _declared_type(declared: str) -> ColumnType | None:
    if not declared:
        return None
    kind = _KINDS[declared]
    if kind is Kind.TEXT:
        return AS_TEXT
    if kind is None:
        return ColumnType(loose=Loose.PLAIN)
    return ColumnType(kind, order=_ORDERS.get(declared, ""))


def _is_other(own: ColumnType, text: str) -> bool:
    value = own.value(text)
    return value.number is None and value.kind is not Kind.MISSING
