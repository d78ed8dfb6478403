"""The blocks under one heading in -> pages, each by the layout that its blocks ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.powerpoint import (
    slide_callout,
    slide_cards,
    slide_code,
    slide_comparison,
    slide_content,
    slide_picture,
    slide_quote,
    slide_table,
    slide_timeline,
)
from exporters.powerpoint.desk import Intro
from exporters.powerpoint.fit import passages_of
from exporters.powerpoint.groups import Group, groups, is_text, leads_in
from exporters.powerpoint.passages import Atom, ids_of, label_of
from exporters.powerpoint.plan import TextRun
from exporters.powerpoint.slide_comparison import Side
from exporters.powerpoint.slide_items import items_of
from report_data.model import (
    Box,
    CodeBlock,
    Figure,
    Heading,
    List,
    MathBlock,
    Paragraph,
    Quote,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from exporters.powerpoint.desk import Desk, Page
    from exporters.powerpoint.passages import Passage
    from report_data.ids import BlockId
    from report_data.model import Block

_SHORT_LABEL = 12
"""The longest label, in characters, that names a slide."""

_OUTRO_LINES = 2
"""The most lines that stand under a table as its last word."""


class Topic(Struct):
    """What stands under one heading: ``name`` its id, ``heading`` its words; then what it took."""

    desk: Desk
    name: BlockId
    heading: str
    pages: list[Page] = field(default_factory=list)
    spoken: list[Passage] = field(default_factory=list)

    def add(self, blocks: Iterable[Block], layout: str = "") -> Topic:
        """Plan blocks; ``layout`` is what the author asked for. Returns itself."""
        found = groups(_as_asked(blocks, layout))
        index = 0
        while index < len(found):
            index += self._group(found, index)
        return self

    def _group(self, found: Sequence[Group], index: int) -> int:
        """Plan a group, and the next if they share a slide; return how many were planned."""
        group = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if group.kind == "break":
            return 1
        if group.kind == "notes":
            self.spoken += passages_of(self.desk.wording.atoms(group.blocks))
            return 1
        if group.kind not in {"text", "quote"}:
            outro = self._outro(found, index)
            self.pages += self._special(group, None, outro)
            return 2 if outro else 1
        if following is None or following.kind in {"break", "notes", "text", "quote"}:
            self.pages += self._words(group)
            return 1
        intro, rest = self._intro(group)
        if rest:
            self.pages += self._words(Group("text", rest))
        if intro is None:
            return 1
        self.pages += self._special(following, intro, None)
        return 2

    def _words(self, group: Group) -> list[Page]:
        quote = group.blocks[0]
        if group.kind == "quote" and isinstance(quote, Quote):
            inner = list(self.desk.wording.atoms(quote.blocks))
            pages = slide_quote.pages(inner, quote.id, self.desk) if inner else []
            if pages is not None:
                return pages
        atoms = list(self.desk.wording.atoms(group.blocks))
        return slide_content.pages(atoms, self.name, self.desk) if atoms else []

    def _intro(self, group: Group) -> tuple[Intro | None, tuple[Block, ...]]:
        """Return the words that open the next group's slide, and the text before them."""
        blocks = group.blocks
        for start in (0, len(blocks) - 1):
            part = blocks[start:]
            if start and not leads_in(part[0]):
                break
            intro = self._few(part)
            if intro and self.desk.fits_as_intro(intro.passages):
                return intro, blocks[:start]
        return None, blocks

    def _outro(self, found: Sequence[Group], index: int) -> Intro | None:
        """Return the few words that follow a table as the last of their section."""
        after = found[index + 1 :]
        if found[index].kind != "table" or not after or after[0].kind != "text":
            return None
        if any(group.kind not in {"break", "notes"} for group in after[1:]):
            return None
        outro = self._few(after[0].blocks)
        fits = outro and self.desk.fits_as_intro(outro.passages, most=_OUTRO_LINES)
        return outro if fits else None

    def _few(self, blocks: tuple[Block, ...]) -> Intro | None:
        if not all(isinstance(one, Paragraph) for one in blocks):
            return None
        passages = tuple(passages_of(self.desk.wording.atoms(blocks)))
        return Intro(self.name, passages, ids_of(blocks))

    def _special(self, group: Group, intro: Intro | None, outro: Intro | None) -> list[Page]:
        """Return the pages of a table, picture, code or box."""
        block = group.blocks[0]
        pages: list[Page] | None = None
        match block:
            case Table():
                return slide_table.pages(block, self.desk, intro, outro, self.heading)
            case CodeBlock() | MathBlock():
                return slide_code.pages(block, self.desk, intro)
            case Figure():
                pages = slide_picture.pages(block, self.desk, intro)
            case Box(kind="chart") if block.id in self.desk.charts:
                return self._chart(block, intro)
            case Box() if is_text(block.blocks):
                pages = self._box(block, intro)
        return self._plainly(block, intro) if pages is None else pages

    def _chart(self, box: Box, intro: Intro | None) -> list[Page]:
        """Return a chart's slide, and those of what stands in its box: its table."""
        from exporters.powerpoint import slide_chart

        chart = slide_chart.pages(box, self.desk.charts[box.id], self.desk, intro)
        inner = Topic(self.desk, self.name, self.heading).add(box.blocks)
        self.spoken += inner.spoken
        return [*chart, *inner.pages]

    def _plainly(self, block: Block, intro: Intro | None) -> list[Page]:
        """Return the pages of a block whose own layout cannot hold it: its inner blocks'."""
        before = self._alone(intro) if intro else []
        if not isinstance(block, Box):
            atoms = list(self.desk.wording.atoms((block,)))
            return [*before, *slide_content.pages(atoms, self.name, self.desk)]
        inner = Topic(self.desk, self.name, self.heading).add(_with_label(block))
        self.spoken += inner.spoken
        return [*before, *inner.pages]

    def _alone(self, intro: Intro) -> list[Page]:
        return slide_content.pages([Atom(intro.passages, intro.ids)], intro.name, self.desk)

    def _box(self, box: Box, intro: Intro | None) -> list[Page] | None:
        title = box.attributes.get("slide-title")
        pages: list[Page] | None = None
        if box.kind == "callout":
            atoms = list(self.desk.wording.atoms((box,)))
            if not title and self.pages and atoms:
                title = _label(atoms)
            pages = slide_callout.pages(atoms, box.id, self.desk) if atoms else []
            if pages and intro:
                pages = [*self._alone(intro), *pages]
        elif box.kind in {"timeline", "cards"} and not box.label:
            items = items_of(box.blocks, self.desk.wording)
            if len(items) > 1 and box.kind == "timeline":
                pages = slide_timeline.pages(items, self.desk, intro)
            elif len(items) > 1:
                pages = slide_cards.pages(items, self.desk, intro)
        elif box.kind == "columns":
            sides = self._columns(box)
            pages = slide_comparison.pages(sides, self.desk, intro) if sides else None
        if pages and title:
            pages = [replace(page, title=(TextRun(title),)) for page in pages]
        return pages

    def _columns(self, box: Box) -> tuple[Side, Side] | None:
        columns = [one for one in box.blocks if isinstance(one, Box) and one.kind == "column"]
        if len(columns) != 2 or len(box.blocks) != 2:  # noqa: PLR2004  two halves of a slide
            return None
        left, right = (
            Side(
                one.id,
                self.desk.wording.runs(one.label),
                tuple(self.desk.wording.atoms(one.blocks)),
                ids_of((one,)),
            )
            for one in columns
        )
        return left, right


def _with_label(box: Box) -> tuple[Block, ...]:
    """Return a box's blocks, its label as a heading before them."""
    if not box.label:
        return box.blocks
    return (Heading(id=box.id, span=box.span, level=1, content=box.label), *box.blocks)


def _as_asked(blocks: Iterable[Block], layout: str) -> Iterator[Block]:
    """Put a section's lists, or its text, into the box that its author asked for."""
    for block in blocks:
        if layout in {"cards", "timeline"} and isinstance(block, List):
            yield Box(
                id=block.id, kind="cards" if layout == "cards" else "timeline", blocks=(block,)
            )
        elif layout == "callout" and isinstance(block, Paragraph | List):
            yield Box(id=block.id, kind="callout", blocks=(block,))
        else:
            yield block


def _label(atoms: Sequence[Atom]) -> str:
    """Return the short label that a box begins with, as a title for its slide."""
    label = label_of(atoms[0].passages[0].text)
    return label if len(label) <= _SHORT_LABEL else ""
