"""Texts that may stand anywhere and what a file holds -> the rest of both, these left out.

Fields of the cover may stand in any order, footnotes on any page.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from heapq import merge
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from exporters.reading import Found
    from exporters.verify.expected import Item

_BEGINNING = 16
"""Characters by which texts are looked up: few have them in common, save their label."""

Texts: TypeAlias = "Sequence[tuple[str, Found]]"
"""What a file holds, each text without white space and where it stands."""


def take_loose(loose: Sequence[Item], texts: Texts) -> tuple[list[tuple[str, Found]], list[Item]]:
    """Take out the texts that say a loose item; return the rest of both."""
    spelled = [(item, item.spellings()) for item in loose]
    places = _Places(texts)
    for index, (text, found) in enumerate(texts if loose else ()):
        places.put(index, text, found.block)
    left = [item for item, spellings in spelled if not places.take(item, spellings)]
    return [pair for index, pair in enumerate(texts) if index not in places.taken], left


_Ordered: TypeAlias = "OrderedDict[int, None]"
"""Places in their order, of which any is taken out in no time."""


class _Places(Struct, frozen=True):
    """Where texts stand in a file that are not taken yet."""

    texts: Texts
    wholes: dict[str, dict[str | None, _Ordered]] = field(default_factory=dict)
    """By what they say and their block."""
    starts: dict[str, deque[int]] = field(default_factory=dict)
    """By how they begin; some that are taken are still there."""
    blocks: defaultdict[str | None, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By their block, all of them."""
    taken: set[int] = field(default_factory=set)

    def put(self, index: int, text: str, block: str | None) -> None:
        """Note the place of a text."""
        self.wholes.setdefault(text, {}).setdefault(block, OrderedDict())[index] = None
        self.starts.setdefault(text[:_BEGINNING], deque()).append(index)
        self.blocks[block].append(index)

    def take(self, item: Item, spellings: Sequence[str]) -> bool:
        """Take the texts that say an item, one or several in a row; return whether there are."""
        find = self._first if item.span is None else self._own
        run = next((run for whole in spellings if (run := find(item, whole))), range(0))
        for index in run:
            text, found = self.texts[index]
            del self.wholes[text][found.block][index]
            self.taken.add(index)
        return bool(run)

    def _first(self, _item: Item, whole: str) -> range:
        """Return the first place where a text of the cover is said."""
        known = [next(iter(places)) for places in self.wholes.get(whole, {}).values() if places]
        before = takewhile(lambda place: not known or place < min(known), self._begun(whole))
        return self._said(whole, before) or self._said(whole, known[:1] and [min(known)])

    def _own(self, item: Item, whole: str) -> range:
        """Return the place of a note's text that is marked as the note's, else the last."""
        by_block = self.wholes.get(whole, {})
        for block in item.path:
            if places := by_block.get(block):
                return self._said(whole, [next(iter(places))])
            if run := self._said(whole, self.blocks.get(block, ())):
                return run
        return self._said(whole, self._begun(whole, last_first=True))

    def _begun(self, whole: str, *, last_first: bool = False) -> Iterator[int]:
        """Return where a text may begin, in order; some texts are less than its beginning."""
        every = []
        for start in {whole[:length] for length in range(1, _BEGINNING + 1)}:
            places = self.starts.get(start)
            if places is None:
                continue
            while places and places[0] in self.taken:
                places.popleft()
            while places and places[-1] in self.taken:
                places.pop()
            every.append(reversed(places) if last_first else iter(places))
        return merge(*every, reverse=last_first)

    def _said(self, whole: str, places: Iterable[int]) -> range:
        """Return where texts in a row from one of some places are together a text."""
        for first in places:
            if first not in self.taken and (last := self._end(whole, first)) is not None:
                return range(first, last)
        return range(0)

    def _end(self, whole: str, first: int) -> int | None:
        """Return where the run of texts ends that together are a text, or ``None``."""
        at, index = 0, first
        while at < len(whole) and index < len(self.texts) and index not in self.taken:
            text = self.texts[index][0]
            if not whole.startswith(text, at):
                return None
            at += len(text)
            index += 1
        return index if at == len(whole) else None
