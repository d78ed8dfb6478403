"""The texts of a column in -> whether they are numbers written alike, found in one scan in C."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from report_data.expressions import when_used
from report_data.parsing import PLAIN_NUMBER, STARTS, parse

if TYPE_CHECKING:
    from collections.abc import Collection

    from report_data.values import Shape

ALL_PLAIN = when_used(rf"(?:{PLAIN_NUMBER}(?:\.[0-9]{{1,6}}+)?+\n)++", re.MULTILINE)
"""Numbers that `report_data.parsing.PLAIN` matches, each with a line break behind it."""

_CURRENCIES_BEGIN = frozenset("ACEGHIJKNRSTU")
"""How the currencies of several letters begin, US$ and EUR."""

SOME_COUNT = when_used(rf"^(?:{STARTS.pattern}|$)", re.MULTILINE)
"""Among many texts, each on a line, one that could be more than a text."""


@lru_cache(maxsize=8)
def all_alike(decimals: int) -> re.Pattern[str]:
    """Return what matches lines of such numbers that all have so many decimals."""
    fraction = rf"\.[0-9]{{{decimals}}}" if decimals else ""
    return re.compile(rf"(?:{PLAIN_NUMBER}{fraction}\n)++", re.MULTILINE)


def alike(texts: Collection[str]) -> Shape | None:
    """Return the shape of amounts that are written alike, ``None`` where some is not.

    Alike are those with the same currency, unit and decimals; of a thousand
    and more all have commas or none. The shape's ``group`` is that of the first.
    """
    value = parse(next(iter(texts)))
    shape = value.shape
    simple = shape.minus == "-" and not (shape.plus or shape.pointed or shape.inner or shape.trend)
    if not (shape.kind.is_quantity and simple and value.exact) or shape.group == " ":
        return None
    if shape.suffix.strip() == "年":
        return None  # a year, perhaps
    lines = "\n".join(texts) + "\n"
    pattern = _alike_pattern(shape.prefix, shape.suffix, shape.decimals, "," in lines)
    is_one_each = lines.count("\n") == len(texts)
    return shape if is_one_each and pattern.fullmatch(lines) else None


@lru_cache(maxsize=64)
def _alike_pattern(
    prefix: str,
    suffix: str,
    decimals: int,
    grouped: bool,  # noqa: FBT001  # a key of the cache
) -> re.Pattern[str]:
    """Return what matches many amounts, each with a line break behind it; at most 15 digits."""
    before, after = re.escape(prefix), re.escape(suffix)
    few = "[1-9][0-9]{0,2}"
    whole = rf"(?:{few}(?:,[0-9]{{3}}){{1,2}}|{few}|0)" if grouped else "(?:0|[1-9][0-9]{0,8})"
    fraction = rf"\.[0-9]{{{decimals}}}" if decimals else ""
    zero = rf"-{before}0(?:\.0+)?{after}$"
    return re.compile(rf"(?:(?:(?!{zero})-)?+{before}{whole}{fraction}{after}\n)++", re.MULTILINE)


def can_begin(start: str) -> bool:
    """Return whether a text that begins with a character (``""``: is empty) could be no text."""
    return not start or start in _CURRENCIES_BEGIN or STARTS.match(start) is not None
