"""Characters -> their kinds as one letter each: what gaps and justification look at.

Expressions over these letters compile at once; over the ranges of code points themselves
they take milliseconds of every cold start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CHINESE = "C"
_WIDE = "w"
_LATIN = "L"
_BEFORE, _AFTER = "b", "a"
_SPACE = " "
_OTHER = "."

_KINDS = {
    _CHINESE: (
        *((0x3005, 0x3007), (0x3041, 0x30FA), (0x30FC, 0x31FF), (0x3400, 0x9FFF)),
        *((0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
    ),
    _WIDE: ((0x2E80, 0x303F), (0x30FB, 0x30FB), (0xAC00, 0xD7FF), (0xFF01, 0xFF9F)),
    _LATIN: (
        *((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x370, 0x52F)),
        *((0x1E00, 0x1FFF), (0x2B, 0x2B)),
    ),
    _BEFORE: tuple((ord(char), ord(char)) for char in "$€£@#&"),
    _AFTER: tuple((ord(char), ord(char)) for char in "%‰°"),
    _SPACE: ((0x20, 0x20),),
}
"""First and last code points of each kind: Chinese and kana; other characters of full width,
Korean among them; Latin, Greek and Cyrillic letters, digits and the plus; signs that stand
before a number, and after one."""

CHINESE, WIDE = _CHINESE, f"{_CHINESE}{_WIDE}"
"""As regular expressions inside a class: what is set apart from Latin; what is of full width."""

STARTS, ENDS = f"{_LATIN}{_BEFORE}", f"{_LATIN}{_AFTER}"
"""What Latin text begins with and ends with where a gap parts it from Chinese."""


class Kinds(dict[int, str]):
    """Code point -> the letter of the first kind whose ranges hold it; filled as asked.

    Ranges as regular expressions take milliseconds to compile.
    """

    def __init__(self, ranges: Mapping[str, Iterable[tuple[int, int]]], other: str) -> None:
        super().__init__()
        self._ranges = ranges
        self._other = other

    def __missing__(self, code: int) -> str:
        """Return the letter of a code point asked for the first time, and keep it."""
        kinds = (
            kind
            for kind, ranges in self._ranges.items()
            if any(first <= code <= last for first, last in ranges)
        )
        self[code] = kind = next(kinds, self._other)
        return kind


_LETTERS = Kinds(_KINDS, _OTHER)


def kinds(text: str) -> str:
    """Return a text of the same length, each character as the letter of its kind."""
    return text.translate(_LETTERS)
