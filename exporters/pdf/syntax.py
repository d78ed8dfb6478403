"""Values in -> their bytes in a PDF (ISO 32000-1, 7.3): numbers, strings, names, dates, colours."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


def real(value: float) -> bytes:
    """Return a number with at most two decimals: a hundredth of a point is below any printer."""
    text = f"{value:.2f}"
    if text.endswith("0"):
        text = text.rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode()


def string(data: bytes) -> bytes:
    r"""Return bytes as a literal string; only what would be misread is escaped (7.3.4.2)."""
    if b"\\" in data:
        data = data.replace(b"\\", b"\\\\")
    if b"(" in data:
        data = data.replace(b"(", b"\\(")
    if b")" in data:
        data = data.replace(b")", b"\\)")
    if b"\r" in data:
        data = data.replace(b"\r", b"\\r")
    return b"(%b)" % data


def text(value: str) -> bytes:
    """Return text as a text string: ASCII as it is, else UTF-16 with its mark (7.9.2.2)."""
    if value.isascii() and value.isprintable():
        return string(value.encode())
    return b"<FEFF%b>" % value.encode("utf-16-be", "replace").hex().upper().encode()


def name(value: str) -> bytes:
    """Return a name's characters after its solidus; what delimits is written in hex (7.3.5)."""
    return "".join(c if c.isalnum() or c in "+-._" else f"#{ord(c):02X}" for c in value).encode()


def date(moment: datetime) -> bytes:
    """Return a moment as a date in UTC (7.9.4)."""
    return f"(D:{moment:%Y%m%d%H%M%S}Z)".encode()


def references(numbers: Iterable[int]) -> bytes:
    """Return an array of references to objects."""
    return b"[%b]" % b" ".join(b"%d 0 R" % number for number in numbers)


@cache
def color(digits: str) -> bytes:
    """Return six hexadecimal digits as the three operands of ``rg`` and ``RG``."""
    parts = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return b" ".join(f"{part:.3f}".rstrip("0").rstrip(".").encode() for part in parts)
