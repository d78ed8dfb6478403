"""A column's header and cell texts in -> its type: one pass, constant memory.

Identifiers stay text: a wrong number costs more than a text that could have been one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.alike import SOME_COUNT, alike, can_begin
from report_data.columns import AS_TEXT, ColumnType, Loose, split_unit
from report_data.parsing import FALLING, LONGEST_NUMBER, PLAIN, orders_of, parse
from report_data.traits import Traits, traits_of
from report_data.values import Kind, Shape, Value, narrowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_YEARS = range(1900, 2101)
"""The whole numbers of a column of years."""

_YEARS_WRITTEN = frozenset(map(str, _YEARS))

_ALIKE_LENGTH, _ALIKE_ROWS = 8, 10
"""Ungrouped whole numbers all of one length from 8 digits on, in 10 rows or more: identifiers."""

_FEW = 8
"""Texts that are as soon looked at one by one."""

_IDENTIFIER_WORDS = frozenset(
    [
        *("id", "ids", "uuid", "guid", "code", "codes", "symbol", "ticker", "version", "ver"),
        *("zip", "zipcode", "postcode", "phone", "tel", "telephone", "mobile", "fax", "ip"),
        *("cik", "isin", "cusip", "lei", "sku", "ean", "upc", "isbn", "issn", "doi", "imei"),
        *("fips", "geoid"),
    ]
)
_IDENTIFIER_ENDINGS = (
    *("号", "号码", "编号", "编码", "代码", "条码", "电话", "手机", "邮编", "版本"),
    *("號", "號碼", "編號", "編碼", "代碼", "代號", "電話", "郵編"),
    *("番号", "コード", "バージョン", "번호", "코드", "버전"),
)
_ORDINALS = ("序号", "序號")
_BRACKETED = re.compile(r"[(\[（［].*?[)\]）］]")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_PHONE = re.compile(r"1[3-9][0-9]{9}|\+[0-9]{8,}")
_ALL_CODES = re.compile(r"(?:0[0-9]+\n|[0-9]{16,}\n)+")
_CODE = re.compile(r"(?i)v?[0-9]+(\.[0-9]+){2,}|[0-9]+|(?=.*[0-9])(?=.*[a-z])[a-z0-9._/-]+")
"""A version, digits that are no number (007, 18 of them), or Latin letters joined to digits."""

_FALL = re.compile(rf"\s*[0-9][^-−(]*[{FALLING}]\s*")
"""A number that falls and has no minus: a fall by it or to it, so no arrow of its column counts."""


class Typer:
    """Finds the type of one column: feed it every cell once, then ask. Keeps few cells."""

    def __init__(self, header: str = "") -> None:
        self._identifier = is_identifier(header)
        self._counts: dict[Kind, int] = {}
        self._units: set[str] = set()
        self._lengths: set[int] = set()
        self._years = self._phones = True
        self._codes = self._falls = False
        self._one_digit = self._leading_zero = False
        self._orders: frozenset[str] | None = None

    def add(self, text: str) -> None:
        """Take one cell into account."""
        if self._identifier:
            return
        if PLAIN.fullmatch(text):
            self._plain_numbers((text,), text)
            return
        value = parse(text)
        kind = value.kind
        if kind is Kind.MISSING:
            return
        orders = orders_of(text) if kind is Kind.TEXT else frozenset()
        if orders:
            self._orders = orders & (orders if self._orders is None else self._orders)
        if orders or kind is Kind.DATE:
            kind = Kind.DATE
            self._parts(narrowed(text))
        elif kind is Kind.TEXT:
            self._falls = self._falls or _FALL.fullmatch(text) is not None
            if not self._codes and len(text) <= LONGEST_NUMBER:
                self._codes = _CODE.fullmatch(narrowed(text)) is not None
        elif kind is not Kind.RANGE:
            self._quantity(value)
        self._counts[kind] = self._counts.get(kind, 0) + 1

    def add_all(self, texts: Collection[str], traits: Traits | None = None) -> None:
        """Take many cells into account; each different text is needed once only."""
        if self._identifier or not texts:
            return
        traits = traits or traits_of(texts)
        if traits.plain:
            self._plain_numbers(texts, "".join(texts))
        elif not any(map(can_begin, traits.starts)) or (
            traits.printable and not SOME_COUNT.search("\n".join(texts))
        ):
            self._counts[Kind.TEXT] = self._counts.get(Kind.TEXT, 0) + len(texts)
            whole = (text for text in texts if " " not in text)
            self._codes = self._codes or any(map(_CODE.fullmatch, whole))
        elif traits.printable and _ALL_CODES.fullmatch("\n".join(texts) + "\n"):
            self._counts[Kind.TEXT] = self._counts.get(Kind.TEXT, 0) + len(texts)
            self._codes = True
        elif len(texts) > _FEW and (shape := alike(texts)) is not None:
            self._alike(texts, shape)
        else:
            for text in texts:
                self.add(text)

    def _alike(self, texts: Collection[str], shape: Shape) -> None:
        """Take amounts that are all written alike into account, the short way."""
        self._counts[shape.kind] = self._counts.get(shape.kind, 0) + len(texts)
        unit = "" if shape.kind is Kind.PERCENT else (shape.prefix + shape.suffix).strip()
        self._units.add(unit)
        self._years = self._phones = False  # these are plain numbers
        self._lengths.add(0)

    def _plain_numbers(self, texts: Collection[str], joined: str) -> None:
        """Take numbers of the usual kind into account, the short way."""
        fractions = joined.count(".")
        if fractions:
            self._counts[Kind.DECIMAL] = self._counts.get(Kind.DECIMAL, 0) + fractions
            self._lengths.add(0)
            self._years = False
        whole = len(texts) - fractions
        if whole:
            self._counts[Kind.INTEGER] = self._counts.get(Kind.INTEGER, 0) + whole
            self._lengths.update(len(text) for text in texts if "." not in text)
            self._years = self._years and _YEARS_WRITTEN.issuperset(texts)
        self._units.add("")
        self._phones = False  # a telephone number has more digits

    def decide(self) -> ColumnType:
        """Return the type that every cell fed so far agrees with."""
        kinds = set(self._counts)
        if self._identifier or self._falls or not kinds:
            return AS_TEXT
        if kinds == {Kind.DATE}:
            return self._dates()
        if kinds <= {Kind.TEXT, Kind.RANGE}:
            return AS_TEXT if Kind.TEXT in kinds else ColumnType(Kind.RANGE)
        if kinds == {Kind.INTEGER} and self._are_identifiers():
            return AS_TEXT
        if len(kinds) == 1 or kinds == {Kind.INTEGER, Kind.DECIMAL}:
            found = self._quantities(Kind.DECIMAL if Kind.DECIMAL in kinds else kinds.pop())
            if found is not None:
                return found
        return ColumnType(loose=Loose.CLEAR if self._codes else Loose.PLAIN)

    @property
    def padded(self) -> bool | None:
        """Whether all parts of dates have two digits; ``None``: now and then."""
        return None if self._one_digit and self._leading_zero else not self._one_digit

    def _dates(self) -> ColumnType:
        padded = self.padded
        if self._orders is None:
            return ColumnType(Kind.DATE, padded=padded)
        if len(self._orders) == 1:
            return ColumnType(Kind.DATE, order=next(iter(self._orders)), padded=padded)
        return AS_TEXT  # 3/4/2025 may be in March or in April

    def _quantities(self, kind: Kind) -> ColumnType | None:
        if not kind.is_quantity:
            return None
        if kind is Kind.INTEGER and self._years and self._units <= {"", "年"}:
            return ColumnType(Kind.YEAR)
        if len(self._units) == 1:
            return ColumnType(kind, unit=next(iter(self._units)))
        rests = {split_unit(unit)[1] for unit in self._units}
        if len(rests) == 1:
            return ColumnType(kind, unit=rests.pop(), scaled=True)
        return None

    def _are_identifiers(self) -> bool:
        rows = self._counts[Kind.INTEGER]
        alike = len(self._lengths) == 1 and min(self._lengths) >= _ALIKE_LENGTH
        return self._phones or (alike and rows >= _ALIKE_ROWS)

    def _parts(self, clean: str) -> None:
        for part in re.findall(r"[0-9]+", clean)[:3]:
            self._one_digit = self._one_digit or len(part) == 1
            self._leading_zero = self._leading_zero or (part[0] == "0")

    def _quantity(self, value: Value) -> None:
        shape = value.shape
        self._units.add("" if shape.kind is Kind.PERCENT else (shape.prefix + shape.suffix).strip())
        plain = shape.kind is Kind.INTEGER and not (shape.group or shape.plus)
        self._years = self._years and plain and value.number in _YEARS
        clean = narrowed(value.text)
        self._phones = self._phones and plain and _PHONE.fullmatch(clean) is not None
        self._lengths.add(len(clean) if plain else 0)


def type_columns(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> tuple[ColumnType, ...]:
    """Return the type of each column of a table given as texts."""
    typers = [Typer(header) for header in headers]
    for row in rows:
        for typer, text in zip(typers, row, strict=True):
            typer.add(text)
    return tuple(typer.decide() for typer in typers)


def is_identifier(header: str) -> bool:
    """Return whether a column's header says that it holds identifiers, not quantities."""
    bare = _BRACKETED.sub("", header).strip()
    if bare.endswith(_IDENTIFIER_ENDINGS):
        return not bare.endswith(_ORDINALS)
    words = [word.lower() for word in _WORDS.findall(bare)]
    return bool(words) and words[-1] in _IDENTIFIER_WORDS and words[-2:] != ["of", "code"]
