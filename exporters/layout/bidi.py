"""Text with right-to-left letters in -> its letters' joined forms, and the order they stand in.

Unicode's bidirectional algorithm (UAX #9) for plain text, without embeddings and isolates:
their controls vanish from set text. Arabic letters take the form their neighbours ask for
(The Unicode Standard, 9.2) from the presentation forms that faces hold beside the letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from re import Pattern

_OPENING, _CLOSING = "([{（《〈「『【", ")]}）》〉」』】"
_BRACKETS = dict(zip(_OPENING, _CLOSING, strict=True))
"""Opening brackets and what closes them (BidiBrackets.txt)."""

_MIRRORED = str.maketrans(f"{_OPENING}{_CLOSING}<>«»‹›≤≥", f"{_CLOSING}{_OPENING}><»«›‹≥≤")
"""The marks of BidiMirroring.txt that are met in text, each with its mirror image."""

_FORMS = (range(0xFB50, 0xFBFF), range(0xFE70, 0xFEFD))
"""Arabic Presentation Forms A (its letters) and B."""

_LAM = "\u0644"
_JOINERS = frozenset("\u0640\u200d")
"""Tatweel and zero width joiner: what stands beside them joins (ArabicShaping.txt, C)."""

SPENT = "\u2060"
"""Stands for the alef that its lam has taken in: lengths stay, and it vanishes from set text."""

_STRONG = frozenset("LR")
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "BN"))


def is_right_to_left(char: str) -> bool:
    """Return whether a character is a right-to-left letter (bidirectional class R or AL)."""
    return char >= "\u0590" and unicodedata.bidirectional(char) in {"R", "AL"}


_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Where characters without a class of their own run from right to left (DerivedBidiClass.txt)."""


@cache
def _near_right_to_left() -> Pattern[str]:
    return re.compile(f"[{_RIGHT_TO_LEFT}]")


def is_turned(text: str) -> bool:
    """Return whether programs that read text off a page may turn some of this about.

    They know an older Unicode: a mark that came later is a right-to-left letter to them.
    """
    return not text.isascii() and bool(_near_right_to_left().search(text))


def mirrored(text: str) -> str:
    """Return a right-to-left run as it is drawn from the left: its clusters turned about.

    A combining mark stays behind its letter.
    """
    clusters: list[str] = []
    for char in text:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char.translate(_MIRRORED))
    return "".join(reversed(clusters))


def base_level(text: str) -> int:
    """Return 1 if the first letter runs from right to left, else 0 (rules P2 and P3)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"L", "R", "AL"}:
            return int(kind != "L")
    return 0


def levels(text: str, base: int) -> bytes:
    """Return the level of every character: odd ones run from right to left (UAX #9, 3.3)."""
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    edge = "R" if base else "L"
    _resolve_weak(kinds, edge)
    _resolve_brackets(text, kinds, edge)
    _resolve_neutral(kinds, edge)
    # I1 and I2
    above = {"L": 2 if base else 0, "R": 1, "EN": 2, "AN": 2}
    return bytes(above[kind] for kind in kinds)


def _resolve_weak(kinds: list[str], edge: str) -> None:
    """Resolve marks, digits and what stands beside them: W1 to W7 (3.3.4)."""
    before = strong = edge
    for index, kind in enumerate(kinds):
        before = before if kind == "NSM" else kind  # W1
        if before == "EN" and strong == "AL":  # W2
            before = "AN"
        elif before in {"L", "R", "AL"}:
            strong = before
        kinds[index] = before
    _resolve_separators(kinds)
    strong = edge
    for index, kind in enumerate(kinds):  # W7
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"


def _resolve_separators(kinds: list[str]) -> None:
    """Resolve what stands between or beside digits: W3 to W6."""
    for index in range(1, len(kinds) - 1):  # W4: a separator between two digits of a kind
        beside = kinds[index - 1]
        if beside == kinds[index + 1] and (
            (kinds[index] == "CS" and beside in {"EN", "AN"})
            or (kinds[index] == "ES" and beside == "EN")
        ):
            kinds[index] = beside
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    start = 0
    for kind, run in groupby(kinds[:]):  # W5, W6
        end = start + len(list(run))
        if kind in {"ET", "ES", "CS"}:
            joins = kind == "ET" and "EN" in (*kinds[max(start - 1, 0) : start], *kinds[end:][:1])
            kinds[start:end] = ["EN" if joins else "ON"] * (end - start)
        start = end


def _resolve_brackets(text: str, kinds: list[str], edge: str) -> None:
    """Give both brackets of a pair one direction: N0 (3.3.5)."""
    for start, end in sorted(_pairs(text, kinds)):
        inside = {_direction(kind) for kind in kinds[start + 1 : end] if kind not in _NEUTRAL}
        if edge in inside:
            kinds[start] = kinds[end] = edge
        elif inside:
            before = (_direction(kind) for kind in kinds[:start][::-1] if kind not in _NEUTRAL)
            kinds[start] = kinds[end] = next(before, edge)


def _pairs(text: str, kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where brackets open and close that belong together (BD16)."""
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if kinds[at] != "ON":
            continue
        if char in _BRACKETS:
            opened.append((_BRACKETS[char], at))
        elif (depth := _depth(opened, char)) is not None:
            yield opened[depth][1], at
            del opened[depth:]


def _depth(opened: Sequence[tuple[str, int]], char: str) -> int | None:
    """Return which open bracket a character closes, the innermost first."""
    depths = range(len(opened) - 1, -1, -1)
    return next((depth for depth in depths if opened[depth][0] == char), None)


def _resolve_neutral(kinds: list[str], edge: str) -> None:
    """Give neutrals the direction around them: N1 and N2 (3.3.5); digits count as R."""
    start = 0
    before = edge
    for neutral, run in groupby(kinds[:], key=lambda kind: kind in _NEUTRAL):
        end = start + len(list(run))
        if neutral:
            after = _direction(kinds[end]) if end < len(kinds) else edge
            kinds[start:end] = [before if before == after else edge] * (end - start)
        else:
            before = _direction(kinds[end - 1])
        start = end


def _direction(kind: str) -> str:
    return "L" if kind == "L" else "R"


def turns(text: str, found: bytes) -> Iterator[int]:
    """Yield where a line is cut: where the level changes, and around right-to-left words.

    Programs that take text out of a page turn right-to-left words about, not lines.
    """
    word = [level % 2 and char.isalpha() for char, level in zip(text, found, strict=True)]
    for at in range(1, len(text)):
        if found[at] != found[at - 1] or (
            found[at] % 2 and word[at] != word[at - 1] and not unicodedata.combining(text[at])
        ):
            yield at


def visual_order(found: Sequence[int]) -> list[int]:
    """Return the indices of runs with these levels as they stand from left to right (L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        start = 0
        for high, run in groupby(order[:], key=lambda index: found[index] >= level):
            end = start + len(list(run))
            if high:
                order[start:end] = order[start:end][::-1]
            start = end
    return order


# --- joining -----------------------------------------------------------------------------


@cache
def _forms() -> dict[tuple[str, str], str]:
    """Return the presentation form of letters (one, or lam with alef) by its place in a word."""
    forms: dict[tuple[str, str], str] = {}
    for codes in _FORMS:
        for code in codes:
            place, *letters = unicodedata.decomposition(chr(code)).split() or [""]
            if place in {"<isolated>", "<final>", "<initial>", "<medial>"}:
                said = "".join(chr(int(letter, 16)) for letter in letters)
                forms.setdefault((said, place[1:-1]), chr(code))
    return forms


def joined(text: str, has: Callable[[str], bool]) -> str:
    """Return a text of the same length with its Arabic letters in their joined forms.

    ``has`` tells whether a face has a form; where none has, the letter stays as it is.
    """
    forms = _forms()
    made = list(text)
    places = list(_letters(text))
    taken = False
    for number, (index, char) in enumerate(places):
        if taken:
            taken = False
            continue
        before = places[number - 1][1] if number else ""
        after = places[number + 1] if number + 1 < len(places) else (0, "")
        linked = _joins_on(before)
        if char == _LAM and after[0] == index + 1:
            form = forms.get((char + after[1], "final" if linked else "isolated"))
            if form and has(form):
                made[index], made[index + 1], taken = form, SPENT, True
                continue
        goes_on = _joins_on(char) and _joins_back(after[1])
        place = (("isolated", "initial"), ("final", "medial"))[linked][goes_on]
        form = forms.get((char, place))
        if form and has(form):
            made[index] = form
    return "".join(made)


def _letters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the characters that joining looks at: marks on letters are passed over."""
    return ((at, char) for at, char in enumerate(text) if unicodedata.category(char) != "Mn")


def _joins_on(char: str) -> bool:
    """Return whether a letter joins the one after it."""
    return char in _JOINERS or (char, "initial") in _forms()


def _joins_back(char: str) -> bool:
    """Return whether a letter joins the one before it."""
    return char in _JOINERS or (char, "final") in _forms()
