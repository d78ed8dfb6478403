"""How a number is written -> the number format code that shows it the same, and Excel's serials.

Codes as in ECMA-376 part 1, 18.8.30 and 18.8.31. Separators of a date are
quoted: a bare ``/`` would show the host's own.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from report_data.values import Kind

if TYPE_CHECKING:
    from report_data.values import Shape

GENERAL = "General"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # day 0 as Excel counts from March 1900 on
_DAY = 86400
_FRACTION_DIGITS = 10
"""Decimal places of a day: a tenth of a millisecond and less."""

_DATE_LETTERS = {"y": "y", "M": "m", "d": "d", "H": "h", "m": "m", "s": "s"}


@lru_cache(maxsize=1024)
def format_code(shape: Shape, digits: int = 0) -> str:
    """Return the format code for a shape; ``digits`` are those of the whole part, for spaces.

    Excel has no space as a thousands separator that is the same on every
    host, so it stands literally where this number needs it.
    """
    if shape.kind is Kind.DATE:
        return _date_code(shape.pattern)
    if shape.kind is Kind.TEXT:
        return GENERAL
    number = _number_code(shape, digits)
    suffix = shape.suffix
    if shape.kind is Kind.PERCENT:
        suffix = suffix.replace("%", "")
        number += f"{_literal(suffix)}%"
        suffix = ""
    number += _literal(suffix)
    prefix, trend = _literal(shape.prefix), _literal(shape.trend)
    positive = f"{'+' if shape.plus else ''}{prefix}{number}"
    if shape.minus == "(":
        return f"{positive}{trend};({prefix}{number}){trend}"
    if shape.plus or shape.prefix or shape.minus != "-":
        minus = "-" if shape.minus == "-" else _literal(shape.minus)
        negative = f"{prefix}{minus}" if shape.inner else f"{minus}{prefix}"
        return f"{positive}{trend};{negative}{number}{trend}"
    return f"{positive}{trend}"


def whole_digits(number: float) -> int:
    """Return how many digits the whole part of a number has."""
    return len(str(abs(int(number))))


def serial(moment: datetime) -> float:
    """Return a date as Excel's serial number: days since 1899-12-30."""
    passed = moment - _EPOCH
    if not passed.seconds:
        return passed.days
    return round(passed.days + passed.seconds / _DAY, _FRACTION_DIGITS)


def _number_code(shape: Shape, digits: int) -> str:
    if shape.group == ",":
        whole = "#,##0"
    elif shape.group:
        groups = (max(digits, 1) - 1) // 3
        whole = "0" + r"\ 000" * groups
    else:
        whole = "#" if shape.pointed else "0"
    return whole + (f".{'0' * shape.decimals}" if shape.decimals else "")


def _date_code(pattern: str) -> str:
    parts = re.findall(r"y+|M+|d+|H+|m+|s+|[^yMdHms]+", pattern)
    return "".join(
        _DATE_LETTERS[part[0]] * len(part)
        if part[0] in _DATE_LETTERS
        else part
        if part in {"-", ":"}
        else _literal(part)
        for part in parts
    )


def _literal(text: str) -> str:
    if not text:
        return ""
    return '"' + text.replace('"', '"\\""') + '"'
