"""Two texts in -> the places where they differ, in time linear in their length.

A full edit distance is quadratic and not needed: two texts that should be equal
mostly are. The texts are walked together; where they part, the nearest place
at which both go on alike is found by short windows first, larger ones after.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Difference(NamedTuple):
    """``expected[start:end]`` stands in the other text as ``found[found_start:found_end]``."""

    start: int
    end: int
    found_start: int
    found_end: int


_WINDOWS = ((48, 6), (512, 10), (8_192, 16), (262_144, 24))
"""Characters searched on each side, and how many must agree to go on from there.

A short window asks for few characters, so that a changed word is named alone;
a long one for many, so that a phrase that recurs does not fool it.
"""

_SKIPPED_FOR_EACH_ALIKE = 4
"""The more is skipped, the more must agree: one character for so many."""

_SURE = 64
"""Texts that agree for so many characters surely go on alike."""

_SLACK = 4_096
"""Characters beyond a window in which agreement is tried."""

_AFTER_SLOT = 12
"""How many characters after an optional text must agree to accept it."""

_END = "\0"
"""Stands after both texts, so that their ends are alike; no report holds it."""


def differences(
    expected: str, found: str, slots: Mapping[int, Sequence[str]] | None = None
) -> Iterator[Difference]:
    """Yield where two texts differ, in order.

    ``slots`` are places in ``expected`` where the other text may or may not
    hold one of a few texts (the number of a footnote).
    """
    padding = _END * _WINDOWS[-1][1]
    expected_length, found_length = len(expected), len(found)
    expected += padding
    found += padding
    slots = slots or {}
    places = [*sorted(slots), len(expected)]
    at = found_at = place = 0
    while at < expected_length or found_at < found_length:
        place = bisect_left(places, at, lo=place)
        run = _common(expected, at, places[place], found, found_at)
        at += run
        found_at += run
        if at == places[place] and at in slots:
            found_at += _optional(slots[at], expected[at : places[place + 1]], found, found_at)
            place += 1
            continue
        if at >= expected_length and found_at >= found_length:
            return
        skipped, found_skipped = _parted(expected, at, found, found_at)
        end = min(at + skipped, expected_length)
        found_end = min(found_at + found_skipped, found_length)
        yield Difference(at, end, found_at, found_end)
        at, found_at = end, found_end
        if at >= expected_length and found_at >= found_length:
            return


def _common(one: str, at: int, end: int, other: str, other_at: int) -> int:
    """Return how many characters agree from two places on, up to ``end`` of the first."""
    length = min(end - at, len(other) - other_at)
    done, step = 0, 64
    while done < length:
        step = min(step, length - done)
        if one[at + done : at + done + step] == other[other_at + done : other_at + done + step]:
            done += step
            step *= 4
        elif step == 1:
            break
        else:
            length = done + step
            step = max(1, step // 4)
    return done


def _optional(texts: Sequence[str], after: str, other: str, at: int) -> int:
    """Return how long the optional text is that stands at a place, 0 if none does."""
    after = after[:_AFTER_SLOT]
    if other.startswith(after, at):
        return 0
    for text in texts:
        if other.startswith(text, at) and other.startswith(after, at + len(text)):
            return len(text)
    return 0


def _parted(one: str, at: int, other: str, other_at: int) -> tuple[int, int]:
    """Return how much to skip in each text until they go on alike.

    A place from which they agree for long is taken at once, wherever it is; one
    from which they agree for a little only when no window but the last has a
    better one.
    """
    unsure = None
    for window, agree in _WINDOWS:
        if unsure is not None and window == _WINDOWS[-1][0]:
            return unsure
        size = window + _SLACK
        sure, near = _nearest(one[at : at + size], other[other_at : other_at + size], window, agree)
        if sure is not None:
            return sure
        unsure = unsure or near
        if window >= len(one) - at and window >= len(other) - other_at:
            break
    return unsure or (len(one) - at, len(other) - other_at)


_Skip: TypeAlias = tuple[int, int] | None


def _nearest(one: str, other: str, window: int, agree: int) -> tuple[_Skip, _Skip]:
    """Return the offsets with the least sum at which both go on alike: for long, for a little."""
    first: dict[str, int] = {}
    for offset in range(min(window, len(one) - agree + 1)):
        first.setdefault(one[offset : offset + agree], offset)
    sure: _Skip = None
    unsure: _Skip = None
    for offset in range(min(window, len(other) - agree + 1)):
        if sure is not None and offset >= sum(sure):
            break
        match = first.get(other[offset : offset + agree])
        if match is None:
            continue
        skipped = match + offset
        more = skipped // _SKIPPED_FOR_EACH_ALIKE
        if sure is None or skipped < sum(sure):
            if one.startswith(other[offset : offset + _SURE + more], match):
                sure = (match, offset)
            elif (unsure is None or skipped < sum(unsure)) and one.startswith(
                other[offset : offset + agree + more], match
            ):
                unsure = (match, offset)
    return sure, unsure
