"""A title of several lines -> the title with a line break where it pauses anyway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporters.layout.kinds import WIDE, kinds

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE = re.compile(
    r"(?<=：)\s*|(?<=——)\s*|(?<=[:–—|｜/])\s+|(?=（)"
    r"|(?P<wide>(?<=\S)\s+(?=\S)|(?<=[）】》」])(?=[^\s，。；：、]))"
)
"""After a colon, dash, stroke or bracket, and at ``wide`` places where they part Chinese words."""

_LEAST = 0.2
"""The part of a title that a line must hold: one word alone looks left over."""


def with_pause(title: str, lines: Callable[[str], int]) -> str:
    r"""Return a title with ``\n`` at its pause nearest the middle, if it then takes no more lines.

    A half that still takes several is parted likewise. ``lines`` counts what a text takes.
    Chinese text breaks between any two characters, and the middle of a word is no place for a
    title's end.
    """
    whole = lines(title)
    if whole == 1 or "\n" in title:
        return title
    shape = kinds(title)
    pauses = [
        (start, end)
        for found in _PAUSE.finditer(title)
        for start, end in [found.span()]
        if min(start, len(title) - end) >= len(title) * _LEAST
        and (found["wide"] is None or (shape[start - 1] in WIDE and shape[end] in WIDE))
    ]
    for start, end in sorted(pauses, key=lambda pause: abs(sum(pause) - len(title))):
        first, second = title[:start], title[end:]
        if lines(first) + lines(second) <= whole:
            return f"{with_pause(first, lines)}\n{with_pause(second, lines)}"
    return _between_words(title, shape, whole, lines)


def _between_words(title: str, shape: str, whole: int, lines: Callable[[str], int]) -> str:
    """Return a title of two lines with its break between two Chinese words it is known to hold."""
    from exporters.layout.title_words import edges  # late: few titles ask for it

    if whole != 2:  # noqa: PLR2004 - more lines have more breaks, which the same words must pay for
        return title
    places = [
        place
        for place in edges(title)
        if min(place, len(title) - place) >= len(title) * _LEAST
        and shape[place - 1] in WIDE
        and shape[place] in WIDE
    ]
    half = _breadth(shape) / 2
    for place in sorted(places, key=lambda place: abs(_breadth(shape[:place]) - half)):
        if lines(title[:place]) == lines(title[place:]) == 1:
            return f"{title[:place]}\n{title[place:]}"
    return title


def _breadth(shape: str) -> int:
    """Return about how broad a text is, by the kinds of its characters: Latin ones count half."""
    return len(shape) + sum(kind in WIDE for kind in shape)
