"""Texts in reading order and what a deck holds -> what differs, slide by slide.

A slide may show a part of a block: each text on it must be a verbatim part of
its block, and where the parts do not make the whole, the speaker notes must
hold it. Notes say nothing that the report does not say.
"""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import chain
from typing import TYPE_CHECKING

from exporters.reading import Layer
from exporters.verify.alignment import differences
from exporters.verify.expected import squeezed
from exporters.verify.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.reading import Found
    from exporters.verify.expected import Item

_SEPARATORS = frozenset("：:—–-")
"""A label and its text may be shown apart, without the sign between them."""

_BETWEEN = "\0"


class _Shown:
    """What slides show of one item: the ranges of its text, in order."""

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int]] = []
        self.first: Found | None = None

    @property
    def end(self) -> int:
        return self.ranges[-1][1] if self.ranges else 0

    def gaps(self, text: str) -> bool:
        """Return whether anything but a separator is not shown."""
        at = 0
        for start, end in (*self.ranges, (len(text), len(text))):
            if set(text[at:start]) - _SEPARATORS:
                return True
            at = max(at, end)
        return False


def compare_slides(
    items: Sequence[Item], found: Sequence[Found], saying: Saying, cells: Sequence[Item] = ()
) -> None:
    """Say what differs between the report's texts and a deck's, tables left aside.

    ``cells`` are the tables' own: notes may hold those whole that a slide cuts. Where the same
    words stand in several items a text may be taken for a part of the wrong one: if not all
    comes out with the likeliest places, it is tried with the next in order, and one way in
    which nothing differs is proof enough.
    """
    items = [item for item in items if item.kind != "table"]
    told = _BETWEEN.join(notes_of(found).values())
    pieces = [piece for piece in found if piece.layer is Layer.BODY and piece.row is None]
    for placing in (_Placing, _PlacingInOrder, _PlacingUntold):
        trial = Saying()
        _compare_pieces(items, pieces, told, trial, placing)
        if not trial.diagnostics:
            break
    else:
        _compare_pieces(items, pieces, told, saying, _Placing)
    _check_notes((*items, *cells), found, saying)


def _compare_pieces(
    items: Sequence[Item],
    pieces: Sequence[Found],
    told: str,
    saying: Saying,
    placing: type[_Placing],
) -> None:
    shown = [_Shown() for _ in items]
    placing(items, shown, saying, told).all(pieces)
    last: Found | None = None
    for item, parts in zip(items, shown, strict=True):
        whole = not item.spoken and not parts.gaps(item.text)
        if not whole and not _says(told, item) and id(item) not in saying.faulty:
            if parts.first is None:
                saying.missing(item, last)
            else:
                _part_missing(item, parts, saying)
        last = parts.first or last


def notes_of(found: Sequence[Found]) -> dict[int, str]:
    """Return the squeezed speaker notes of each slide that has any."""
    notes: defaultdict[int, str] = defaultdict(str)
    for piece in found:
        if piece.layer is Layer.NOTES:
            notes[piece.group] += squeezed(piece.text)
    return notes


class _Placing:
    """Finds for each text on a slide the item that it is a part of."""

    def __init__(
        self, items: Sequence[Item], shown: list[_Shown], saying: Saying, told: str
    ) -> None:
        self._items = items
        self._shown = shown
        self._saying = saying
        self._told = told
        self._by_block: defaultdict[str, list[int]] = defaultdict(list)
        self._exact: defaultdict[str, deque[int]] = defaultdict(deque)
        for index, item in enumerate(items):
            for block in item.path:
                self._by_block[block].append(index)
            if item.spoken:  # the same words may stand on the slide, too
                continue
            for spelling in item.spellings():
                self._exact[spelling].append(index)
        self._cursor: dict[str, int] = {}
        self._left_out: frozenset[int] = frozenset()

    def all(self, pieces: Sequence[Found]) -> None:
        unplaced = []
        reached, reached_at = -1, 0
        for piece in pieces:
            text = squeezed(piece.text)
            if not text:
                continue
            place = self._place(piece, text)
            if place is None:
                unplaced.append((piece, text, reached))
                continue
            index, start = place
            item = self._items[index]
            self._shown[index].ranges.append((start, min(len(item.text), start + len(text))))
            self._shown[index].first = self._shown[index].first or piece
            if index < reached and piece.group > reached_at and not item.loose:
                self._saying.misplaced(item, piece, "stands out of order")
            elif index > reached:
                reached, reached_at = index, piece.group
        for piece, text, after in unplaced:
            self._differs(piece, text, after)

    def _place(self, piece: Found, text: str) -> tuple[int, int] | None:
        """Return the item that a text is the next part of, and where in it."""
        known = piece.block in self._by_block
        block = str(piece.block) if known else ""
        candidates = self._by_block[block] if known else range(len(self._items))
        first = self._cursor.get(block, 0)
        exact = self._exact.get(text, deque())
        while exact and self._shown[exact[0]].ranges:
            exact.popleft()
        for index in exact:
            item = self._items[index]
            if index in self._left_out:
                continue
            if not self._shown[index].ranges and (not known or block in item.path):
                self._remember(block, candidates, index)
                return index, 0
        for position in chain(range(first, len(candidates)), range(first)):
            index = candidates[position]
            item = self._items[index]
            if item.spoken or (position < first and not item.loose) or index in self._left_out:
                continue
            at = item.text.find(text, self._shown[index].end)
            if at >= 0:
                if position > first:
                    self._remember(block, candidates, index)
                return index, at
        return None

    def _remember(self, block: str, candidates: Sequence[int], index: int) -> None:
        if block:
            self._cursor[block] = candidates.index(index)

    def _differs(self, piece: Found, text: str, after: int) -> None:
        """Name the item that a text was meant to be a part of, or call it too many."""
        index = self._likest(piece, text, after)
        if index is None:
            self._saying.surplus(piece, text)
            return
        item = self._items[index]
        start = self._shown[index].end
        rest = item.text[start:]
        changes = list(differences(rest, text))
        if changes and changes[-1].found_start == changes[-1].found_end == len(text):
            changes.pop()  # the text may be a part only
        for change in changes or list(differences(rest, text)):
            self._saying.differs(
                item,
                piece,
                (start + change.start, start + change.end),
                (change.found_start, change.found_end),
            )
        self._shown[index].first = self._shown[index].first or piece
        self._shown[index].ranges.append((len(item.text), len(item.text)))

    def _likest(self, piece: Found, text: str, after: int) -> int | None:
        """Return the item not shown yet that is most like a text, looking near its place."""
        known = self._by_block.get(str(piece.block))
        near = known or range(max(0, after - _NEAR), min(len(self._items), after + _NEAR))
        best, likeness = None, _LEAST_LIKENESS
        for index in near:
            item = self._items[index]
            if item.spoken or not self._shown[index].gaps(item.text):
                continue
            like = _likeness(item.text[self._shown[index].end :], text)
            if like > likeness:
                best, likeness = index, like
        return best


class _PlacingInOrder(_Placing):
    """Takes a text for the rest of the item before it, or for the next one's beginning."""

    _last = 0

    def _place(self, piece: Found, text: str) -> tuple[int, int] | None:
        place = self._next(piece, text) or super()._place(piece, text)
        if place is not None:
            self._last = place[0]
        return place

    def _next(self, piece: Found, text: str) -> tuple[int, int] | None:
        known = piece.block in self._by_block
        for index in range(self._last, len(self._items)):
            item, shown = self._items[index], self._shown[index]
            if item.spoken or index in self._left_out:
                continue
            if known and piece.block not in item.path:
                if shown.gaps(item.text) and not _says(self._told, item):
                    return None
                continue
            if item.text.startswith(text, shown.end) or (
                not shown.ranges and text in item.spellings()
            ):
                return index, shown.end
            if shown.gaps(item.text) and not _says(self._told, item):
                return None
        return None


class _PlacingUntold(_PlacingInOrder):
    """Takes a text for what no notes say, where it can be: a heading of which they speak is none.

    Its words may be those of the paragraph below it.
    """

    def __init__(
        self, items: Sequence[Item], shown: list[_Shown], saying: Saying, told: str
    ) -> None:
        super().__init__(items, shown, saying, told)
        said = (index for index, item in enumerate(items) if _says(told, item))
        self._said = frozenset(said)

    def _place(self, piece: Found, text: str) -> tuple[int, int] | None:
        for left_out in (self._said, frozenset[int]()):
            self._left_out = left_out
            place = super()._place(piece, text)
            if place is not None:
                return place
        return None


_NEAR = 40
_LEAST_LIKENESS = 0.5


def _likeness(ours: str, theirs: str) -> float:
    """Return which share of a text agrees with the other, by characters in the same order."""
    same = len(theirs) - sum(
        change.found_end - change.found_start for change in differences(ours, theirs)
    )
    return same / max(1, len(theirs), min(len(ours), 2 * len(theirs)))


def _says(told: str, item: Item) -> bool:
    return any(text in told for text in item.spellings())


def _part_missing(item: Item, parts: _Shown, saying: Saying) -> None:
    at = 0
    for start, end in (*parts.ranges, (len(item.text), len(item.text))):
        if set(item.text[at:start]) - _SEPARATORS and parts.first is not None:
            saying.differs(item, parts.first, (at, start), (at, at))
            return
        at = max(at, end)


def _check_notes(items: Sequence[Item], found: Sequence[Found], saying: Saying) -> None:
    whole = {text for item in items for text in item.spellings()}
    everything = _BETWEEN.join(item.text for item in items)
    for piece in found:
        if piece.layer is Layer.NOTES:
            text = squeezed(piece.text)
            if text not in whole and text not in everything:
                saying.surplus(piece, text)
