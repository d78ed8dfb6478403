"""Set lines in -> faults by kind out: CLREQ's rules written down a second time.

Shares no table with `exporters.layout`, so that a mistake there does not hide itself here.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KINDS = (
    "forbidden start",
    "forbidden end",
    "word split",
    "number split",
    "pair split",
    "past the margin",
    "orphan character",
    "uneven gaps",
)

# CLREQ 3.1.6, GB/T 15834-2011 5.1: what starts no line, what ends none.
_NO_START = frozenset("、，。．；：？！）］｝〕〉》」』】〗”’％‰℃·・～–,.;:?!)]}%")
_NO_END = frozenset("（［｛〔〈《「『【〖“‘￥＄([{$¥€£/")

_URL = re.compile(r"(?:https?://|www\.)[!-~]+")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*")
_NUMBER = re.compile(
    r"\d[\d.,]*\d"  # 12,345.6
    r"|\d[\d.,]* ?(?:[GTMk]bps|[GTMKk]B|[GMk]Hz|[nmck]m|kg|dB|[mkMG]W|pJ/bit|%|℃)(?![A-Za-z])"
    r"|\d{4} ?年(?: ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)?|\d{4}-\d\d-\d\d"
    r"|[$¥￥€£] ?\d[\d.,]*|\d[\d.,]* ?[万亿]+(?:美元|元)?"
)
_PAIR = re.compile("——|……")
_MARKS = re.compile("[\\s、，。．；：？！）］｝〕〉》」』】〗”’,.;:?!)\\]}\u200b\u2060\ufeff]")


class Shown(NamedTuple):
    """A set line: its text, its place in the paragraph, its visible width in points.

    ``gaps`` are the distances between neighbouring ideographs, in points, where known.
    """

    start: int
    end: int
    width: float
    gaps: Sequence[float] = ()


def count_faults(paragraph: str, lines: Sequence[Shown], limit: float, em: float) -> Counter[str]:
    """Return the faults of a paragraph's lines by kind."""
    found: Counter[str] = Counter()
    shown = [line for line in lines if paragraph[line.start : line.end].strip()]
    for line in shown:
        found["past the margin"] += line.width > limit + 0.01
        found["uneven gaps"] += bool(line.gaps) and max(line.gaps) - min(line.gaps) > 0.02  # noqa: PLR2004  # points that can be seen
    for above, below in pairwise(shown):
        if "\n" in paragraph[above.end - 1 : below.start]:
            continue
        found.update(_at_break(paragraph, below.start, limit / em))
    if len(shown) > 1 and "\n" not in paragraph[shown[-2].start : shown[-2].end + 1]:
        last = _MARKS.sub("", paragraph[shown[-1].start : shown[-1].end])
        found["orphan character"] += len(last) == 1 and last.isalnum()  # CLREQ's 孤字; no sign
    return found


def _at_break(text: str, place: int, ems: float) -> Iterable[str]:
    """Yield the faults of a line's end at a place of the paragraph."""
    if any(match.start() < place < match.end() for match in _URL.finditer(text)):
        return  # an address is broken at its own marks
    token = _token(text, place)
    if len(token) > ems * 1.2:  # no line holds it: broken at the edge
        return
    before, after = text[:place].rstrip(" \u200b")[-1:], text[place : place + 1]
    if after in _NO_START and not (after in ".," and text[place + 1 : place + 2].isdigit()):
        yield "forbidden start"
    if before in _NO_END:
        yield "forbidden end"
    for kind, pattern in (("word split", _WORD), ("number split", _NUMBER), ("pair split", _PAIR)):
        window = range(max(place - 60, 0), place)
        for match in pattern.finditer(text, window.start, place + 60):
            if match.start() < place < match.end():
                yield kind
                break


def _token(text: str, place: int) -> str:
    """Return the run of ASCII characters around a place, without spaces."""
    start = end = place
    while start > 0 and "!" <= text[start - 1] <= "~":
        start -= 1
    while end < len(text) and "!" <= text[end] <= "~":
        end += 1
    return text[start:end]
