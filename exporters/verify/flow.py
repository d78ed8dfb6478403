"""Texts in reading order and what a file holds -> what differs between the two flows.

For the PDF and the workbook, where order is reading order: all texts of the
report, one after the other, must be all texts of the file. How a file parts
them (lines, pages, cells) is its own affair.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from exporters.verify.alignment import Difference, differences
from exporters.verify.expected import Item, squeezed
from exporters.verify.loose import take_loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.reading import Found
    from exporters.verify.saying import Saying

Source = TypeVar("Source")


class Strand(Struct, Generic[Source], frozen=True):
    """Texts joined into one, and which of them stands at a place."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, Source]]) -> Strand[Source]:
        """Join the texts that are not empty."""
        starts, sources, texts, at = [], [], [], 0
        for text, source in pieces:
            if text:
                starts.append(at)
                sources.append(source)
                texts.append(text)
                at += len(text)
        return cls("".join(texts), tuple(starts), tuple(sources))

    def within(self, start: int, end: int) -> list[tuple[Source, int, int, bool]]:
        """Return what stands between two places: source, its own range, whether it is whole.

        For an empty range it is the text that the place is in the middle of, if any.
        """
        found = []
        index = max(0, bisect_right(self.starts, start) - 1)
        while index < len(self.starts) and self.starts[index] < max(end, start + (start == end)):
            first = self.starts[index]
            last = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
            if last > start and (end > start or first < start):
                own = (max(start, first) - first, min(end, last) - first)
                found.append((self.sources[index], *own, own == (0, last - first)))
            index += 1
        return found

    def before(self, place: int) -> Source | None:
        """Return the source of the text that ends at a place or is in its middle."""
        index = bisect_right(self.starts, place - 1) - 1
        return self.sources[index] if index >= 0 and place > 0 else None

    def at(self, place: int) -> tuple[Source, int] | None:
        """Return the source of the text at a place and the offset in it."""
        if not self.starts:
            return None
        index = max(0, bisect_right(self.starts, place) - 1)
        return self.sources[index], place - self.starts[index]


def compare_flow(
    items: Sequence[Item], pieces: Sequence[Found], marks: dict[str, str], saying: Saying
) -> None:
    """Say what differs between the report's texts and a file's.

    ``marks`` are the characters that stand for tables, by block id; one is put
    where the first cell of its table stands. Without any, tables are no part
    of the flow.
    """
    texts = _with_tables(pieces, marks)
    fixed = [item for item in items if not item.loose]
    kept, left = take_loose([item for item in items if item.loose], texts)
    cover = [item for item in left if item.path[0] == item.block and not item.span]
    others = [item for item in left if item not in cover]
    flow = [
        item for item in (*cover, *fixed, *others) if item.kind != "table" or item.block in marks
    ]
    report = Strand.of((item.text, item) for item in flow)
    file = Strand.of(kept)
    slots = {
        start + slot.offset: slot.texts
        for start, item in zip(report.starts, report.sources, strict=True)
        for slot in item.slots
    }
    for difference in differences(report.text, file.text, slots):
        _say(difference, report, file, saying)


def _with_tables(pieces: Sequence[Found], marks: dict[str, str]) -> list[tuple[str, Found]]:
    texts = []
    seen: set[str] = set()
    for found in pieces:
        if found.row is None:
            texts.append((squeezed(found.text), found))
        elif found.block in marks and found.block not in seen:
            seen.add(found.block)
            texts.append((marks[found.block], found))
    return [pair for pair in texts if pair[0]]


def _say(difference: Difference, report: Strand[Item], file: Strand[Found], saying: Saying) -> None:
    start, end, found_start, found_end = difference
    ours = report.within(start, end)
    theirs = file.within(found_start, found_end)
    if not ours and all(whole for *_, whole in theirs):  # between two texts of ours
        for found, *_ in theirs:
            saying.surplus(found, squeezed(found.text))
        return
    one_of_each = len(ours) <= 1 and not any(whole for *_, whole in theirs[1:])
    if one_of_each and (theirs or not (ours and ours[0][3])):
        item, first, last, _ = ours[0] if ours else _nearest_item(report, start)
        place = file.at(found_start)
        if place is not None and item.kind != "table":
            found, offset = place
            length = min(found_end - found_start, len(squeezed(found.text)) - offset)
            saying.differs(item, found, (first, last), (offset, offset + length))
            return
    for item, first, last, whole in ours:
        if item.kind == "table":
            continue
        place = file.at(found_start)
        if whole or place is None:
            saying.missing(item, file.before(found_start))
        else:
            found, offset = place
            saying.differs(item, found, (first, last), (offset, offset))
    for found, _, _, whole in theirs:
        if whole and found.row is None:
            saying.surplus(found, squeezed(found.text))


def _nearest_item(report: Strand[Item], place: int) -> tuple[Item, int, int, bool]:
    item, offset = report.at(max(0, place - 1)) or report.at(0) or _nothing()
    return item, offset + 1, offset + 1, False


def _nothing() -> tuple[Item, int]:
    raise ValueError("a report without any text has nothing to compare with")
