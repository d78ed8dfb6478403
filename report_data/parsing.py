"""A cell's text in -> the number or date that it surely is, and how that is written."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from report_data.expressions import when_used
from report_data.values import MISSING, NOTHING, RANGE, TEXT, Kind, Shape, Value, narrowed

_MOST_DIGITS = 15
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

RISING, FALLING = "↑▲⬆↗", "↓▼⬇↘"
"""Arrows behind a number. A falling one behind a number without a minus leaves open which of
both is meant, a fall by so much or a fall to it."""

_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_NUMBER = when_used(
    rf"""(?P<open>\()?
    (?P<sign>[-+−])?
    (?P<prefix>(?:{_PREFIXES})\s?)?
    (?P<inner>[-−])?
    (?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,3}}(?:\ [0-9]{{3}})+|[0-9]+)?
    (?P<fraction>\.[0-9]+)?
    (?P<suffix>\s?(?:(?P<percent>%)|(?:{_SCALE})?(?:(?P<money>{_MONEY})|(?:{_UNITS}))?))
    (?P<close>\))?
    (?P<trend>\s?[{RISING}{FALLING}→])?""",
    re.VERBOSE,
)

PLAIN_NUMBER = r"(?:(?!-0(?:\.0+)?$)-)?+(?:0|[1-9][0-9]{0,8}+)"
"""Without a way back (possessive): seven times as fast over thousands of lines."""

PLAIN = re.compile(rf"{PLAIN_NUMBER}(\.[0-9]{{1,6}}+)?+")
"""The usual number, at most 15 digits; all others go the long way."""

_PLAIN_SHAPES = (
    Shape(Kind.INTEGER),
    *(Shape(Kind.DECIMAL, decimals=decimals) for decimals in range(1, 7)),
)

STARTS = re.compile(rf"[\s(+\-−–—―‑…./nN0-9（＋－．／０-９＄￥~～]|{_PREFIXES}")
"""How a number, a date, a range or nothing can begin; most texts begin otherwise."""

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


def parse(text: str) -> Value:
    """Return what one cell says by itself.

    A number with a unit is its mantissa: 1.2亿 is worth 1.2 and ends in 亿. A
    date with its year last is text here: only its column can tell the day from
    the month (`parse_year_last`).
    """
    plain = PLAIN.fullmatch(text)
    if plain is not None:
        return Value(text, *plain_number(text, plain))
    if text and not STARTS.match(text):
        return Value(text, TEXT)
    clean = narrowed(text)
    if clean in NOTHING:
        return Value(text, MISSING)
    if len(clean) > LONGEST_NUMBER or not _HAS_DIGIT.search(clean):
        return Value(text, TEXT)
    found = _number(clean) or _date(clean)
    if found is not None:
        shape, worth = found
        exact = clean == text or _one_space(clean) == _one_space(text.strip())
        return Value(text, shape, worth, exact)
    return Value(text, RANGE if _RANGE_OF_NUMBERS.fullmatch(clean) else TEXT)


def parse_year_last(text: str, order: str) -> Value:
    """Return a date like 11/9/1995 as its column orders it: ``Md`` or ``dM``."""
    clean = narrowed(text)
    if clean in NOTHING:
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


def plain_shape(decimals: int) -> Shape:
    """Return the shape of a number that `PLAIN` matches."""
    return _PLAIN_SHAPES[decimals]


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
        or len((digits + fraction[1:]).lstrip("0")) > _MOST_DIGITS
        or bool(match["open"]) != bool(match["close"])
        or (match["open"] and (match["sign"] or match["inner"] or plain))
        or (match["sign"] and match["inner"])
        or (match["sign"] == "+" and plain and len(digits) >= _PHONE_DIGITS)
    ):
        return None
    trend = match["trend"] or ""
    if trend and trend[-1] in (RISING if minus else FALLING):
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
        trend=trend,
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


def _one_space(text: str) -> str:
    """Return a text with any space as the plain one: white space parts no two texts."""
    return re.sub(r"\s", " ", text)
