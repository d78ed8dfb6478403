"""A cell's text in -> the number or date that it surely is, and how that is written.

The text as written is always kept. `written` is the inverse of `parse`: a
shape holds all that is needed to show a number the same way again.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from report_data.expressions import when_used

if TYPE_CHECKING:
    from collections.abc import Collection


class Kind(Enum):
    """What a cell or a column holds."""

    TEXT = "text"
    MISSING = "missing"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    MONEY = "money"
    YEAR = "year"
    DATE = "date"
    RANGE = "range"

    @property
    def is_quantity(self) -> bool:
        """Return whether it can be summed and charted (years and dates cannot)."""
        return self in _QUANTITIES


_QUANTITIES = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY})


class Shape(Struct, frozen=True):
    """How a number or a date is written: all that a number format needs to show it the same.

    ``group`` is the thousands separator (``""``, ``","`` or ``" "``); ``minus``
    what marks a negative (``-``, ``−`` or ``(``) and ``inner`` whether it stands
    after the prefix (``$-5``); ``pointed`` a fraction without a whole (``.5``).
    ``pattern`` is a date's parts as written, in the letters y M d H m s.
    """

    kind: Kind
    decimals: int = 0
    group: str = ""
    minus: str = "-"
    inner: bool = False
    plus: bool = False
    pointed: bool = False
    prefix: str = ""
    suffix: str = ""
    pattern: str = ""


def plain_shape(decimals: int) -> Shape:
    """Return the shape of a number that `PLAIN` matches."""
    return _PLAIN_SHAPES[decimals]


class Value(Struct, frozen=True):
    """One cell: its text as written and what it is worth.

    ``number`` is ``None`` for text. A percentage is its fraction (12 % is
    0.12). ``exact`` is false when no number format shows the text as written
    (full-width digits; 1.2亿 in a column of mixed units).
    """

    text: str
    shape: Shape
    number: float | datetime | None = None
    exact: bool = True

    @property
    def kind(self) -> Kind:
        """Return what the cell holds."""
        return self.shape.kind

    @property
    def is_missing(self) -> bool:
        """Return whether the cell says that there is nothing, whatever its column holds."""
        return narrowed(self.text) in _NOTHING


TEXT = Shape(Kind.TEXT)
MISSING = Shape(Kind.MISSING)
RANGE = Shape(Kind.RANGE)

MOST_DIGITS = 15
"""Significant digits that a double, and so Excel, keeps of any number (IEEE 754)."""

LONGEST_NUMBER = 48
"""Characters; what is longer is prose."""

FIRST_DATE = datetime(1900, 3, 1)  # noqa: DTZ001  # a cell's date has no time zone
"""Excel counts a 29 February 1900 that never was: earlier dates stay text."""

SCALES = {
    "千": 3, "万": 4, "萬": 4, "百万": 6, "百萬": 6, "千万": 7, "千萬": 7, "亿": 8, "億": 8,
    "万亿": 12, "萬億": 12, "兆": 12, "만": 4, "억": 8, "조": 12,
}  # fmt: skip
"""East Asian powers of ten by their exponents; 兆 as in Japan, Korea and Taiwan."""

_PREFIXES = (
    r"US\$|HK\$|NT\$|S\$|A\$|C\$|R\$|\$|CN¥|JP¥|¥|€|£|₩|₹|₽|฿|₫"
    "|RMB|CNY|USD|EUR|GBP|JPY|KRW|HKD|TWD|SGD|INR|AUD|CAD|CHF"
)
_MONEY = (
    "元人民币|人民币元|元|美元|欧元|日元|英镑|港元|港币|新台币|人民币|韩元|円|ドル|ユーロ|원|달러"
    r"|RMB|CNY|USD|EUR|GBP|JPY|KRW|HKD|TWD|€|£|\$|圆"
)
_UNITS = (
    "个月|个|個|人|家|台|套|件|次|倍|项|項|户|戶|辆|輛|吨|噸|公斤|克|米|公里|毫米|微米|纳米|平方米|平方公里|公顷"
    "|亩|立方米|升|度|小时|小時|時間|分钟|分鐘|秒|毫秒|微秒|天|周|年|社|名|개|명|건|대|‰|×|°C|℃"
    "|TB|GB|MB|KB|kB|bytes|[kMG]W|[kMGT]Wh|mV|mA|[kMGT]?Hz|[kMGT]bps|[KMGT]b/s|kg|mg|km|cm|mm|µm|μm|um|nm"
    r"|ms|µs|μs|us|ns|min|dBm|dB|ppm|bps?|pcts?|个?百分点|px|pt|pp"
    r"|(?<=[0-9])x|(?<=\s)[BWVAgtmshKx]"
)
"""Units of measure. One Latin letter counts only after a space: 5A is more likely a code, but
1.64x is a multiple."""

_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_NUMBER = when_used(
    rf"""(?P<open>\()?
    (?P<sign>[-+−])?
    (?P<prefix>(?:{_PREFIXES})\s?)?
    (?P<inner>[-−])?
    (?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,3}}(?:\ [0-9]{{3}})+|[0-9]+)?
    (?P<fraction>\.[0-9]+)?
    (?P<suffix>\s?(?:(?P<percent>%)|(?:{_SCALE})?(?:(?P<money>{_MONEY})|(?:{_UNITS}))?))
    (?P<close>\))?""",
    re.VERBOSE,
)

_PLAIN_NUMBER = r"(?:(?!-0(?:\.0+)?$)-)?+(?:0|[1-9][0-9]{0,8}+)"
"""Without a way back (possessive): seven times as fast over thousands of lines."""

PLAIN = re.compile(rf"{_PLAIN_NUMBER}(\.[0-9]{{1,6}}+)?+")
"""The usual number, at most 15 digits; all others go the long way."""

ALL_PLAIN = when_used(rf"(?:{_PLAIN_NUMBER}(?:\.[0-9]{{1,6}}+)?+\n)++", re.MULTILINE)
"""Many such numbers, each with a line break behind it."""

_PLAIN_SHAPES = (
    Shape(Kind.INTEGER),
    *(Shape(Kind.DECIMAL, decimals=decimals) for decimals in range(1, 7)),
)

_CURRENCIES_BEGIN = frozenset("ACEGHIJKNRSTU")
"""How the currencies of several letters begin, US$ and EUR."""

_STARTS = re.compile(rf"[\s(+\-−–—―‑…./nN0-9（＋－．／０-９＄￥~～]|{_PREFIXES}")
"""How a number, a date, a range or nothing can begin; most texts begin otherwise."""

SOME_COUNT = when_used(rf"^(?:{_STARTS.pattern}|$)", re.MULTILINE)
"""Among many texts, each on a line, one that could be more than a text."""

_DATE = when_used(
    r"(?P<y>[0-9]{4})(?P<sep>[-/.‑])(?P<M>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})"
    r"(?:[ T](?P<H>[0-9]{2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2}))?)?"
    r"|(?P<ey>[0-9]{4})(?:年|년 ?)(?P<eM>[0-9]{1,2})(?:月|월)(?:\ ?(?P<ed>[0-9]{1,2})(?:日|일))?"
)
_DATE_YEAR_LAST = re.compile(
    r"(?P<a>[0-9]{1,2})(?P<sep>[-/.])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[0-9]{4})"
)
_RANGE_OF_NUMBERS = when_used(
    r"[^\s0-9A-Za-z]{0,3}[0-9][0-9,.]*\s?[^\s0-9]{0,4}"
    r"\s?[-–—~～−‑至到]\s?"
    r"[^\s0-9A-Za-z]{0,3}[0-9][0-9,.]*\s?[^\s0-9]{0,4}"
)
_PARTS = re.compile(r"[0-9]+")
_HAS_DIGIT = re.compile(r"[0-9]")
_PHONE_DIGITS = 8
"""A plus and this many ungrouped digits is a telephone number."""

_NARROWER = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x00A0: " ",
    0x2009: " ",
    0x202F: " ",
    0xFFE5: "¥",
}
"""Full-width forms and the spaces that part thousands; nothing else may turn into a digit."""

_NOTHING = frozenset(
    {"", "-", "--", "–", "—", "―", "－", "‒", "――", "——", "−", "‑", "n/a", "N/A", "NA", "…", "/"}
)


def parse(text: str) -> Value:
    """Return what one cell says by itself.

    A number with a unit is its mantissa: 1.2亿 is worth 1.2 and ends in 亿. A
    date with its year last is text here: only its column can tell the day from
    the month (`parse_year_last`).
    """
    plain = PLAIN.fullmatch(text)
    if plain is not None:
        return Value(text, *plain_number(text, plain))
    if text and not _STARTS.match(text):
        return Value(text, TEXT)
    clean = narrowed(text)
    if clean in _NOTHING:
        return Value(text, MISSING)
    if len(clean) > LONGEST_NUMBER or not _HAS_DIGIT.search(clean):
        return Value(text, TEXT)
    found = _number(clean) or _date(clean)
    if found is not None:
        shape, worth = found
        exact = clean == text or _one_space(clean) == _one_space(text.strip())
        return Value(text, shape, worth, exact)
    return Value(text, RANGE if _RANGE_OF_NUMBERS.fullmatch(clean) else TEXT)


@lru_cache(maxsize=8)
def all_alike(decimals: int) -> re.Pattern[str]:
    """Return what matches many such numbers that all have so many decimals."""
    fraction = rf"\.[0-9]{{{decimals}}}" if decimals else ""
    return re.compile(rf"(?:{_PLAIN_NUMBER}{fraction}\n)++", re.MULTILINE)


def alike(texts: Collection[str]) -> Shape | None:
    """Return the shape of amounts that are written alike, ``None`` where some is not.

    Alike are those with the same currency, unit and decimals; of a thousand
    and more all have commas or none. The shape's ``group`` is that of the first.
    """
    value = parse(next(iter(texts)))
    shape = value.shape
    simple = shape.minus == "-" and not (shape.plus or shape.pointed or shape.inner)
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
    return not start or start in _CURRENCIES_BEGIN or _STARTS.match(start) is not None


def parse_year_last(text: str, order: str) -> Value:
    """Return a date like 11/9/1995 as its column orders it: ``Md`` or ``dM``."""
    clean = narrowed(text)
    if clean in _NOTHING:
        return Value(text, MISSING)
    match = _DATE_YEAR_LAST.fullmatch(clean)
    if match is None:
        return Value(text, TEXT)
    month, day = (match["a"], match["b"]) if order == "Md" else (match["b"], match["a"])
    moment = _moment(match["y"], month, day)
    if moment is None:
        return Value(text, TEXT)
    pattern = _pattern(clean, (order[0], order[1], "y"))
    return Value(text, Shape(Kind.DATE, pattern=pattern), moment, exact=clean == text.strip())


def orders_of(text: str) -> frozenset[str]:
    """Return the ways in which a text can be a date with its year last: ``Md``, ``dM``."""
    if not _DATE_YEAR_LAST.fullmatch(narrowed(text)):
        return frozenset()
    return frozenset(
        order for order in ("Md", "dM") if parse_year_last(text, order).kind is Kind.DATE
    )


def narrowed(text: str) -> str:
    """Return a text without outer space, its full-width forms as ASCII."""
    text = text.strip()
    return text if text.isascii() else text.translate(_NARROWER).strip()


def written(shape: Shape, number: float | datetime) -> str:
    """Write a number or a date in a shape: what a right number format shows.

    Raises:
        ValueError: The shape is not one of numbers or dates.
    """
    if isinstance(number, datetime):
        return _written_date(shape.pattern, number)
    if not (shape.kind.is_quantity or shape.kind is Kind.YEAR):
        raise ValueError(f"no number is written as {shape.kind.value}")
    amount = Decimal(repr(number))
    if shape.kind is Kind.PERCENT:
        amount = amount.scaleb(2)
    digits = f"{abs(amount):,.{shape.decimals}f}".replace(",", shape.group)
    if shape.pointed:
        digits = digits.removeprefix("0")
    if amount >= 0:
        return f"{'+' if shape.plus else ''}{shape.prefix}{digits}{shape.suffix}"
    if shape.minus == "(":
        return f"({shape.prefix}{digits}{shape.suffix})"
    marks = (shape.prefix, shape.minus) if shape.inner else (shape.minus, shape.prefix)
    return f"{''.join(marks)}{digits}{shape.suffix}"


def plain_number(text: str, match: re.Match[str]) -> tuple[Shape, float]:
    """Return the shape and worth of a number that `PLAIN` matches; whole ones are integers."""
    fraction = match[1]
    if fraction is None:
        return _PLAIN_SHAPES[0], int(text)
    number = float(text)
    shape = _PLAIN_SHAPES[len(fraction) - 1]
    return shape, int(number) if number.is_integer() else number


def _number(clean: str) -> tuple[Shape, float] | None:
    match = _NUMBER.fullmatch(clean)
    if match is None:
        return None
    whole, fraction = match["whole"] or "", match["fraction"] or ""
    prefix, suffix = match["prefix"] or "", match["suffix"] or ""
    group = "," if "," in whole else " " if " " in whole else ""
    digits = whole.replace(group, "") if group else whole
    plain = not (group or fraction or prefix or suffix)
    minus = "(" if match["open"] else (match["sign"] or "").strip("+") or match["inner"] or ""
    if (
        not (digits or fraction)
        or (len(digits) > 1 and digits[0] == "0")
        or len((digits + fraction[1:]).lstrip("0")) > MOST_DIGITS
        or bool(match["open"]) != bool(match["close"])
        or (match["open"] and (match["sign"] or match["inner"] or plain))
        or (match["sign"] and match["inner"])
        or (match["sign"] == "+" and plain and len(digits) >= _PHONE_DIGITS)
    ):
        return None
    amount = Decimal((digits or "0") + fraction)
    if minus:
        if not amount:
            return None
        amount = -amount
    kind = (
        Kind.PERCENT
        if match["percent"]
        else Kind.MONEY
        if prefix or match["money"]
        else Kind.DECIMAL
        if fraction
        else Kind.INTEGER
    )
    shape = Shape(
        kind,
        decimals=max(len(fraction) - 1, 0),
        group=group,
        minus=minus or "-",
        inner=bool(match["inner"]),
        plus=match["sign"] == "+",
        pointed=not digits,
        prefix=prefix,
        suffix=suffix,
    )
    if kind is Kind.PERCENT:
        amount = amount.scaleb(-2)
    return shape, int(amount) if amount == amount.to_integral_value() else float(amount)


def _date(clean: str) -> tuple[Shape, datetime] | None:
    match = _DATE.fullmatch(clean)
    if match is None:
        return None
    if match["ey"]:
        moment = _moment(match["ey"], match["eM"], match["ed"] or "1")
    else:
        clock = (match["H"] or "0", match["m"] or "0", match["s"] or "0")
        moment = _moment(match["y"], match["M"], match["d"], *clock)
    if moment is None:
        return None
    return Shape(Kind.DATE, pattern=_pattern(clean, ("y", "M", "d", "H", "m", "s"))), moment


def _moment(*parts: str) -> datetime | None:
    try:
        moment = datetime(*map(int, parts))  # type: ignore[arg-type]  # noqa: DTZ001  # a cell's date has no time zone
    except ValueError:
        return None
    return moment if moment >= FIRST_DATE else None


def _pattern(clean: str, letters: tuple[str, ...]) -> str:
    """Put a letter in place of every digit: 2025-03-04 is yyyy-MM-dd."""
    following = iter(letters)
    return _PARTS.sub(lambda digits: next(following) * len(digits[0]), clean)


def _written_date(pattern: str, moment: datetime) -> str:
    parts = {
        "y": moment.year,
        "M": moment.month,
        "d": moment.day,
        "H": moment.hour,
        "m": moment.minute,
        "s": moment.second,
    }
    return re.sub(r"y+|M+|d+|H+|m+|s+", lambda run: f"{parts[run[0][0]]:0{len(run[0])}d}", pattern)


def _one_space(text: str) -> str:
    """Return a text with any space as the plain one: white space parts no two texts."""
    return re.sub(r"\s", " ", text)
