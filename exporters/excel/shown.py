"""A number and its format code in -> the text that a spreadsheet shows.

The part of the format language that reports need (ECMA-376 part 1, 18.8.31):
digits, thousands, per cents, literal texts, sections for signs, dates. Written
for reading files back; shares nothing with what chose the codes.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[0#?]|[.,%;]|[yYmMdDhHsS]+|General|.', re.DOTALL)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a serial number has no time zone
_MILLISECONDS_A_DAY = 86_400_000


class _Token(NamedTuple):
    """A piece of a code: a literal text, or a mark that stands for something."""

    mark: str
    literal: str = ""


@lru_cache(maxsize=16_384)
def shown(number: float, code: str) -> str:
    """Return what a spreadsheet shows for a number (a date is its serial number)."""
    if code in {"General", ""}:
        return f"{number:.15g}"
    places = _places(code)
    if places is not None:
        whole, _, fraction = repr(number).partition(".")
        fraction = "" if fraction == "0" else fraction
        digits = (whole.removeprefix("-") + fraction).isdigit()
        if len(fraction) <= places and digits and number:
            return f"{whole}.{fraction.ljust(places, '0')}" if places else whole
    sections = _sections(code)
    if any(token.mark[:1] in {"y", "m", "d", "h", "s"} for token in sections[0]):
        return _shown_date(number, sections[0])
    negative = number < 0
    if len(sections) > 2 and number == 0:  # noqa: PLR2004  # positive; negative; zero
        tokens = sections[2]
    elif negative and len(sections) > 1:
        tokens = sections[1]
    else:
        tokens = sections[0]
        if negative:
            tokens = (_Token("", "-"), *tokens)
    return _shown_number(abs(Decimal(repr(number))), tokens)


@lru_cache(maxsize=512)
def _places(code: str) -> int | None:
    """Return the decimal places of a plain code like 0.00, the usual case; else ``None``."""
    return len(code.partition(".")[2]) if re.fullmatch(r"0(?:\.0+)?", code) else None


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    sections: list[list[_Token]] = [[]]
    for piece in _TOKEN.findall(code):
        if piece == ";":
            sections.append([])
        elif piece[0] == '"':
            sections[-1].append(_Token("", piece[1:-1]))
        elif piece[0] == "\\":
            sections[-1].append(_Token("", piece[1]))
        elif piece[0] == "[":
            continue  # a colour or a locale
        elif piece[0] in "0#?.,%" or piece[0] in "yYmMdDhHsS":
            sections[-1].append(_Token(piece.lower()))
        else:
            sections[-1].append(_Token("", piece))
    return tuple(tuple(section) for section in sections)


def _shown_number(amount: Decimal, tokens: tuple[_Token, ...]) -> str:
    amount = amount.scaleb(2 * sum(token.mark == "%" for token in tokens))
    point = next((i for i, token in enumerate(tokens) if token.mark == "."), len(tokens))
    places = sum(token.mark in {"0", "#", "?"} for token in tokens[point:] if token.mark)
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    grouped = any(token.mark == "," for token in tokens[:point])
    holders = [i for i, token in enumerate(tokens[:point]) if token.mark in {"0", "#", "?"}]
    least = sum(token.mark == "0" for token in tokens[:point])
    digits = whole.lstrip("0").rjust(least, "0")
    texts: list[str] = []
    decimals = iter(fraction)
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.mark == "":
            texts.append(token.literal)
        elif token.mark == "%":
            texts.append("%")
        elif token.mark == ".":
            texts.append(f".{''.join(decimals)}")
        elif index in holders and digits:
            if grouped or index == holders[0]:
                texts.append(f"{int(digits):,}" if grouped else digits)
                digits = ""
            else:
                texts.append(digits[-1])
                digits = digits[:-1]
    return "".join(reversed(texts))


def _shown_date(number: float, tokens: tuple[_Token, ...]) -> str:
    moment = _EPOCH + timedelta(milliseconds=round(number * _MILLISECONDS_A_DAY))
    if moment.microsecond:
        moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    texts: list[str] = []
    last = ""
    for index, token in enumerate(tokens):
        mark = token.mark
        if not mark or mark[0] not in "ymdhs":
            texts.append(token.literal or mark)
            continue
        is_minute = mark[0] == "m" and (last == "h" or _next(tokens, index) == "s")
        part = moment.minute if is_minute else _parts(moment)[mark[0]]
        texts.append(f"{part:0{len(mark)}d}")
        last = mark[0]
    return "".join(texts)


def _parts(moment: datetime) -> dict[str, int]:
    return {
        "y": moment.year,
        "m": moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }


def _next(tokens: tuple[_Token, ...], index: int) -> str:
    """Return the letter of the next part of a date."""
    return next((token.mark[0] for token in tokens[index + 1 :] if token.mark), "")
