"""Strips in -> filled pages: where pages end, and which footnotes stand on them.

Greedy with a step back: a page takes strips until one does not fit, then ends
at the last place before it that nothing forbids. Each strip is placed once and
a few twice, so the time is linear in their number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.pdf.strips import Stack, Strip, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exporters.layout.geometry import Pt, Rect
    from report_data.ids import BlockId

LEAST_SPLIT = 54.0
"""Points that must be left on a page for a tall row to begin there: three lines."""

MOST_LEFT = 0.4
"""Part of a page that may stay empty so that a block is not parted."""

_SLACK = 0.01
"""Points by which a sum may pass a page's foot: rounding, not overflow."""


class Filled(Struct):
    """One page's column and its footnotes, both with heights from the page's top."""

    turned: bool
    stack: Stack
    notes: Stack | None = None
    heads: list[str] = field(default_factory=list)
    """Titles of the sections that begin on it."""


class Paginator:
    """Places strips on pages.

    Args:
        upright: The column of an upright page, on the page.
        turned: That of a landscape page.
        notes: The strips of each footnote.
        note_gap: What stands between text and footnotes, in points.
    """

    def __init__(
        self, upright: Rect, turned: Rect, notes: Mapping[BlockId, Sequence[Strip]], note_gap: Pt
    ) -> None:
        self._columns = {False: upright, True: turned}
        self._note_strips = notes
        self._note_gap = note_gap
        self._pages: list[Filled] = []
        self._left_over: list[Strip] = []
        self._placed: set[BlockId] = set()

    def fill(self, strips: Sequence[Strip]) -> list[Filled]:
        """Return the pages that hold all strips."""
        queue = list(strips)
        for index in range(len(queue) - 1, 0, -1):  # a heading turns with its table
            if queue[index].turned and queue[index - 1].keep:
                queue[index - 1] = replace(queue[index - 1], turned=True)
        start = 0
        if not queue:  # a report of nothing but footnotes
            self._left_over.extend(one for strips in self._note_strips.values() for one in strips)
        while start < len(queue):
            start = self._fill_page(queue, start)
        while self._left_over:
            self._pages.append(self._finish(Stack(self._columns[False].y), turned=False))
        return self._pages

    def _fill_page(self, queue: list[Strip], start: int) -> int:
        """Fill one page from ``start``; return the index of the first strip of the next."""
        turned = queue[start].turned
        column = self._columns[turned]
        stack = self._begin(queue[start], column.y)
        noted: tuple[BlockId, ...] = ()
        index = start
        while index < len(queue):
            strip = queue[index]
            if index > start and (strip.fresh or strip.turned != turned):
                break
            if index > start and strip.units and strip.units != queue[index - 1].units:
                end = self._before_unit(queue, start, index, stack, noted)
                if end is not None:
                    stack, noted = self._cut_back(queue, start, end)
                    index = end
                    break
            with_notes = self._with(noted, strip.notes) if strip.notes else noted
            limit = column.bottom - self._notes_height(with_notes) + _SLACK
            if stack.end_of(strip) > limit:
                room = strip.height - (stack.end_of(strip) - limit)  # what its frames leave
                tall = strip.parts and (index == start or (not strip.whole and room >= LEAST_SPLIT))
                halves = split(strip, room, force=index == start) if tall else None
                if halves:
                    queue[index : index + 1] = halves
                    continue
                if index > start:
                    end = self._last_break(queue, start, index)
                    if end != index:
                        stack, noted = self._cut_back(queue, start, end)
                    index = end
                    break
            stack.place(strip)
            noted = with_notes
            index += 1
        self._placed.update(noted)
        self._left_over.extend(strip for note in noted for strip in self._note_strips[note])
        if index >= len(queue):  # what is mentioned nowhere stands at the end
            rest = [note for note in self._note_strips if note not in self._placed]
            self._left_over.extend(strip for note in rest for strip in self._note_strips[note])
        page = self._finish(stack, turned=turned)
        page.heads = [strip.head for strip in queue[start:index] if strip.head]
        self._pages.append(page)
        return index

    def _cut_back(
        self, queue: Sequence[Strip], start: int, end: int
    ) -> tuple[Stack, tuple[BlockId, ...]]:
        """Return a page anew that ends before a strip, and its footnotes."""
        stack = self._begin(queue[start], self._columns[queue[start].turned].y)
        for strip in queue[start:end]:
            stack.place(strip)
        return stack, self._with((), [note for strip in queue[start:end] for note in strip.notes])

    def _before_unit(
        self,
        queue: Sequence[Strip],
        start: int,
        index: int,
        stack: Stack,
        noted: tuple[BlockId, ...],
    ) -> int | None:
        """Return where the page ends so that a block that begins at ``index`` stays whole.

        None where it fits, where the next page could not hold it whole either, or where
        more than `MOST_LEFT` of the page would stay empty.
        """
        column = self._columns[queue[index].turned]
        end = self._last_break(queue, start, index)
        if queue[end - 1].keep:  # all of the page is kept together with it
            return None
        bottom = stack.placed[end - index - 1][0] + queue[end - 1].height
        notes = self._notes_height(noted)
        if column.bottom - notes - bottom > MOST_LEFT * column.height:
            return None
        before = set(queue[index - 1].units)
        for unit in queue[index].units:
            if unit in before:
                continue
            height, last = self._height_of(unit, queue, index, column.height)
            mentioned = (note for strip in queue[index:last] for note in strip.notes)
            more = self._notes_height(self._with(noted, mentioned)) - notes
            here = column.bottom - notes - stack.top_of(queue[index])
            lead = stack.bottom - bottom
            if height + more > here + _SLACK and lead + height + more <= column.height:
                return end
        return None

    @staticmethod
    def _height_of(unit: object, queue: Sequence[Strip], index: int, most: Pt) -> tuple[Pt, int]:
        """Return how tall a block is, up to ``most`` or a little more, and where it ends."""
        stack = Stack()
        last = index
        while last < len(queue) and unit in queue[last].units and stack.bottom <= most:
            stack.place(queue[last])
            last += 1
        return stack.finish(), last

    def _with(self, noted: tuple[BlockId, ...], more: Iterable[BlockId]) -> tuple[BlockId, ...]:
        """Return notes and further ones, each once: none again, and what they mention with them."""
        found = dict.fromkeys(noted)
        pending = list(more)[::-1]
        while pending:
            note = pending.pop()
            if note in found or note in self._placed or note not in self._note_strips:
                continue
            found[note] = None
            pending.extend(one for strip in self._note_strips[note] for one in strip.notes)
        return tuple(found)

    def _begin(self, first: Strip, top: Pt) -> Stack:
        stack = Stack(top)
        for strip in first.repeat:
            stack.place(strip)
        return stack

    @staticmethod
    def _last_break(queue: Sequence[Strip], start: int, index: int) -> int:
        """Return the last index at which a page may end, ``index`` itself if none before."""
        end = index
        while end > start and queue[end - 1].keep:
            end -= 1
        return end if end > start else index

    def _notes_height(self, notes: Sequence[BlockId]) -> Pt:
        height = _height(self._left_over)
        height += sum(_height(self._note_strips[note]) for note in notes)
        return height + self._note_gap if height else 0.0

    def _finish(self, stack: Stack, *, turned: bool) -> Filled:
        """Close a page: footnotes go to its foot, what does not fit to the next page's."""
        column = self._columns[turned]
        bottom = stack.finish()
        page = Filled(turned, stack)
        taken: list[Strip] = []
        room = column.bottom - bottom - self._note_gap + _SLACK
        while self._left_over and (
            _height([*taken, self._left_over[0]]) <= room or (not stack.placed and not taken)
        ):
            taken.append(self._left_over.pop(0))
        if taken:
            page.notes = Stack(column.bottom - _height(taken))
            for strip in taken:
                page.notes.place(strip)
        return page


def _height(strips: Sequence[Strip]) -> Pt:
    return sum(strip.height + (strip.space if index else 0) for index, strip in enumerate(strips))
