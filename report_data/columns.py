"""What a column holds, and a cell's text in -> its value as that column reads it.

A type is found from all cells (`report_data.typer`) and then applied cell by
cell, so that a data file of any length is typed as a stream.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from report_data.parsing import SCALES, parse, parse_year_last
from report_data.values import TEXT, Kind, Shape, Value


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


def _full(value: Value) -> Value:
    """Return a value like 1.2亿 as its full number."""
    exponent, rest = split_unit(value.shape.suffix)
    if not exponent:
        return value
    amount = Decimal(repr(_worth(value))).scaleb(exponent)
    places = max(value.shape.decimals - exponent, 0)
    shape = replace(value.shape, decimals=places, suffix=rest, group=",", pointed=False)
    whole = amount == amount.to_integral_value()
    return Value(value.text, shape, int(amount) if whole else float(amount), exact=False)


def split_unit(unit: str) -> tuple[int, str]:
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
