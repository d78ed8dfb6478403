"""The texts of a column in -> what is true of all of them, found by few scans in C.

A column of a data file is looked at once; who writes it later need not look again.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from report_data.alike import ALL_PLAIN, all_alike

if TYPE_CHECKING:
    from collections.abc import Collection


class Traits(NamedTuple):
    """What is true of all texts that were looked at.

    ``starts`` and ``ends`` are their first and last characters (``""`` of an
    empty text). ``printable``: each is one line without control characters or
    white space other than the plain space. ``most`` is the length of the longest,
    in characters. ``plain``: each is a number that
    `report_data.parsing.PLAIN` matches; ``decimals`` then, where all have as many.
    """

    starts: frozenset[str]
    ends: frozenset[str]
    printable: bool
    most: int
    plain: bool = False
    decimals: int | None = None

    def with_others(self, other: Traits) -> Traits:
        """Return what is true of these texts and of others."""
        return Traits(
            self.starts | other.starts,
            self.ends | other.ends,
            self.printable and other.printable,
            max(self.most, other.most),
            self.plain and other.plain,
            self.decimals if self.decimals == other.decimals else None,
        )


_FIRST, _LAST = itemgetter(0), itemgetter(-1)
_NUMBERS_BEGIN = frozenset("-0123456789")
_NUMBERS = Traits(_NUMBERS_BEGIN, _NUMBERS_BEGIN, printable=True, most=0, plain=True)


def traits_of(texts: Collection[str]) -> Traits:
    """Look at texts, at least one; each different one is needed once only."""
    most = max(map(len, texts))
    if next(iter(texts))[:1] in _NUMBERS_BEGIN:
        lines = "\n".join(texts) + "\n"
        if lines.count("\n") == len(texts) and ALL_PLAIN.fullmatch(lines):
            decimals = len(lines[: lines.index("\n")].partition(".")[2])
            alike = all_alike(decimals).fullmatch(lines) is not None
            return _NUMBERS._replace(most=most, decimals=decimals if alike else None)
    if "" in texts:
        starts, ends = ({text[place:][:1] for text in texts} for place in (0, -1))
    else:
        starts, ends = {*map(_FIRST, texts)}, {*map(_LAST, texts)}
    return Traits(frozenset(starts), frozenset(ends), "".join(texts).isprintable(), most)
