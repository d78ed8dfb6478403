"""What a cell is worth and how that is written; a shape and a number in -> the text again.

The text as written is always kept. `written` is the inverse of
`report_data.parsing.parse`: a shape holds all that is needed to show a number
the same way again.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct


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
    ``pattern`` is a date's parts as written, in the letters y M d H m s. ``trend`` is an
    arrow behind all, which tells again what the number says.
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
    trend: str = ""


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
        return narrowed(self.text) in NOTHING


TEXT = Shape(Kind.TEXT)
MISSING = Shape(Kind.MISSING)
RANGE = Shape(Kind.RANGE)

_NARROWER = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x00A0: " ",
    0x2009: " ",
    0x202F: " ",
    0xFFE5: "¥",
}
"""Full-width forms and the spaces that part thousands; nothing else may turn into a digit."""

NOTHING = frozenset(
    {"", "-", "--", "–", "—", "―", "－", "‒", "――", "——", "−", "‑", "n/a", "N/A", "NA", "…", "/"}
)
"""How a cell says, narrowed, that there is nothing."""


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
        return f"{'+' if shape.plus else ''}{shape.prefix}{digits}{shape.suffix}{shape.trend}"
    if shape.minus == "(":
        return f"({shape.prefix}{digits}{shape.suffix}){shape.trend}"
    marks = (shape.prefix, shape.minus) if shape.inner else (shape.minus, shape.prefix)
    return f"{''.join(marks)}{digits}{shape.suffix}{shape.trend}"


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
