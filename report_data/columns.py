"""A column's cell texts in -> its type, which turns each text into a typed value.

A type is found from all cells (`Typer`: one pass, constant memory) and then
applied cell by cell (`ColumnType.value`), so that a data file of any length
is typed as a stream. Identifiers stay text: a wrong number costs more than a
text that could have been one.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from report_data.traits import Traits, traits_of
from report_data.values import (
    LONGEST_NUMBER,
    PLAIN,
    SCALES,
    SOME_COUNT,
    TEXT,
    Kind,
    Shape,
    Value,
    alike,
    can_begin,
    narrowed,
    orders_of,
    parse,
    parse_year_last,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from report_data.model import Table

YEARS = range(1900, 2101)
"""The whole numbers of a column of years."""

YEARS_WRITTEN = frozenset(map(str, YEARS))

ALIKE_LENGTH, ALIKE_ROWS = 8, 10
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


class Loose(Enum):
    """Which cells of a column of several kinds are numbers all the same."""

    NONE = 0
    CLEAR = 1
    """Those that nothing else is written like: signs, per cents, currencies, thousands."""
    PLAIN = 2
    """Any number: no cell of the column looks like a code."""


class ColumnType(Struct, frozen=True):
    """What a column holds, and how to read its cells.

    ``kind`` is that of every cell that is not missing, TEXT when there are
    several; ``unit`` the one unit of all cells (亿元). ``scaled``: the cells
    have different powers (万 beside 亿) and are worth their full number.
    ``order`` is that of a date with its year last; ``padded`` whether all its
    parts have two digits (``None``: now and then).
    """

    kind: Kind = Kind.TEXT
    loose: Loose = Loose.NONE
    unit: str = ""
    scaled: bool = False
    order: str = ""
    padded: bool | None = None

    @property
    def is_text(self) -> bool:
        """Return whether every cell stays text."""
        return self.kind is Kind.TEXT and self.loose is Loose.NONE

    def value(self, text: str) -> Value:
        """Return a cell's value as this column reads it."""
        if self.is_text:
            return Value(text, TEXT)
        value = parse_year_last(text, self.order) if self.order else parse(text)
        if value.number is None:
            return value
        if self.kind in {Kind.TEXT, Kind.RANGE}:
            return value if self._surely(value) else Value(text, TEXT)
        if self.kind is Kind.DATE:
            return replace(value, shape=self._padded(value.shape))
        if self.kind is Kind.YEAR:
            return replace(value, shape=replace(value.shape, kind=Kind.YEAR))
        return _full(value) if self.scaled else value

    def _surely(self, value: Value) -> bool:
        shape = value.shape
        if shape.kind is Kind.DATE:
            return re.match(r"y+[-/年]", shape.pattern) is not None
        if shape.kind in {Kind.PERCENT, Kind.MONEY}:
            return True
        if shape.suffix:
            return False
        signed = shape.plus or shape.minus != "-" or _worth(value) < 0
        return self.loose is Loose.PLAIN or signed or bool(shape.group)

    def _padded(self, shape: Shape) -> Shape:
        if self.padded is None:
            return shape
        times = 2 if self.padded else 1
        pattern = re.sub(r"([Md])\1?", lambda letter: letter[1] * times, shape.pattern)
        return replace(shape, pattern=pattern)


AS_TEXT = ColumnType()
"""A column whose cells all stay as they are written."""


class Typer:
    """Finds the type of one column: feed it every cell once, then ask. Keeps few cells."""

    def __init__(self, header: str = "") -> None:
        self._identifier = is_identifier(header)
        self._counts: dict[Kind, int] = {}
        self._units: set[str] = set()
        self._lengths: set[int] = set()
        self._years = self._phones = True
        self._codes = False
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
            if not self._codes and len(text) <= LONGEST_NUMBER:
                self._codes = _CODE.fullmatch(narrowed(text)) is not None
        elif kind is not Kind.RANGE:
            self._quantity(value)
        self._counts[kind] = self._counts.get(kind, 0) + 1

    def _plain(self, text: str, *, whole: bool) -> None:
        """Take a number of the usual kind into account, the short way."""
        kind = Kind.INTEGER if whole else Kind.DECIMAL
        self._counts[kind] = self._counts.get(kind, 0) + 1
        self._units.add("")
        self._lengths.add(len(text) if whole else 0)
        self._years = self._years and whole and int(text) in YEARS
        self._phones = False  # it has eleven digits, which is no plain number here

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
            self._years = self._years and YEARS_WRITTEN.issuperset(texts)
        self._units.add("")
        self._phones = False  # a telephone number has more digits

    def decide(self) -> ColumnType:
        """Return the type that every cell fed so far agrees with."""
        kinds = set(self._counts)
        if self._identifier or not kinds:
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
        rests = {_split_unit(unit)[1] for unit in self._units}
        if len(rests) == 1:
            return ColumnType(kind, unit=rests.pop(), scaled=True)
        return None

    def _are_identifiers(self) -> bool:
        rows = self._counts[Kind.INTEGER]
        alike = len(self._lengths) == 1 and min(self._lengths) >= ALIKE_LENGTH
        return self._phones or (alike and rows >= ALIKE_ROWS)

    def _parts(self, clean: str) -> None:
        for part in re.findall(r"[0-9]+", clean)[:3]:
            self._one_digit = self._one_digit or len(part) == 1
            self._leading_zero = self._leading_zero or (part[0] == "0")

    def _quantity(self, value: Value) -> None:
        shape = value.shape
        self._units.add("" if shape.kind is Kind.PERCENT else (shape.prefix + shape.suffix).strip())
        plain = shape.kind is Kind.INTEGER and not (shape.group or shape.plus)
        self._years = self._years and plain and value.number in YEARS
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


def types_of(table: Table) -> tuple[ColumnType, ...]:
    """Return what a table's columns hold; a data file has found it out when it was opened."""
    if table.types is not None:
        return table.types
    headers = [column.header.text for column in table.columns]
    if wanted := table.attributes.get("types"):
        from report_data.declared import declared_types

        return declared_types(wanted, headers, table.texts())
    return type_columns(headers, table.texts())


def is_identifier(header: str) -> bool:
    """Return whether a column's header says that it holds identifiers, not quantities."""
    bare = _BRACKETED.sub("", header).strip()
    if bare.endswith(_IDENTIFIER_ENDINGS):
        return not bare.endswith(_ORDINALS)
    words = [word.lower() for word in _WORDS.findall(bare)]
    return bool(words) and words[-1] in _IDENTIFIER_WORDS and words[-2:] != ["of", "code"]


def _full(value: Value) -> Value:
    """Return a value like 1.2亿 as its full number."""
    exponent, rest = _split_unit(value.shape.suffix)
    if not exponent:
        return value
    amount = Decimal(repr(_worth(value))).scaleb(exponent)
    places = max(value.shape.decimals - exponent, 0)
    shape = replace(value.shape, decimals=places, suffix=rest, group=",", pointed=False)
    whole = amount == amount.to_integral_value()
    return Value(value.text, shape, int(amount) if whole else float(amount), exact=False)


def _split_unit(unit: str) -> tuple[int, str]:
    """Return a unit's power of ten and the rest: 亿元 is (8, 元)."""
    bare = unit.lstrip()
    for scale in sorted(SCALES, key=len, reverse=True):
        if bare.startswith(scale):
            return SCALES[scale], bare[len(scale) :]
    return 0, bare


def _worth(value: Value) -> float:
    """Return a quantity's number."""
    if value.number is None or isinstance(value.number, datetime):
        raise TypeError(f"{value.text!r} is no quantity")
    return value.number
