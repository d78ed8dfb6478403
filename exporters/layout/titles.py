"""A title of several lines -> the title with a line break where it pauses anyway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDE = "[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]"
_PAUSE = re.compile(
    rf"(?<=：)\s*|(?<=——)\s*|(?<=[:–—|｜])\s+|(?<={_WIDE})\s+(?={_WIDE})"
    rf"|(?<=[）】》」])(?={_WIDE})(?![，。；：、])|(?=（)"
)
"""After a colon, dash or bracket, and between Chinese words that a space parts."""

_LEAST = 0.2
"""The part of a title that a line must hold: one word alone looks left over."""


def with_pause(title: str, lines: Callable[[str], int]) -> str:
    r"""Return a title with ``\n`` at its pause nearest the middle, if it then takes no more lines.

    ``lines`` counts what a text takes. Chinese text breaks between any two
    characters, and the middle of a word is no place for a title's end.
    """
    whole = lines(title)
    if whole == 1 or "\n" in title:
        return title
    pauses = [
        (found.start(), found.end())
        for found in _PAUSE.finditer(title)
        if min(found.start(), len(title) - found.end()) >= len(title) * _LEAST
    ]
    for start, end in sorted(pauses, key=lambda pause: abs(sum(pause) - len(title))):
        first, second = title[:start], title[end:]
        if lines(first) + lines(second) <= whole:
            return f"{first}\n{second}"
    return title
