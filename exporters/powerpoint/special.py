"""A group of blocks that is not plain text -> its pages, by the layout of its kind.

The few words that stand before or after it (`few_words`) open or close its slide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.powerpoint import (
    slide_agenda,
    slide_appendix_table,
    slide_callout,
    slide_cards,
    slide_code,
    slide_comparison,
    slide_content,
    slide_number,
    slide_picture,
    slide_picture_text,
    slide_quote,
    slide_sources,
    slide_table,
    slide_takeaway,
    slide_timeline,
)
from exporters.powerpoint.asking import unfit
from exporters.powerpoint.desk import Intro
from exporters.powerpoint.fit import passages_of
from exporters.powerpoint.groups import is_text
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
    from collections.abc import Callable, Iterable, Sequence

    from exporters.powerpoint.desk import Desk, Page
    from exporters.powerpoint.groups import Group
    from report_data.ids import BlockId
    from report_data.model import Block

_SHORT_LABEL = 12
"""The longest label, in characters, that names a slide."""


class Special(Struct, frozen=True):
    """Plans tables, pictures, code, charts and boxes under one heading.

    ``name`` is the heading's id, ``heading`` its words; ``appendix`` says that it stands
    in one. ``inside`` plans what a box holds as if it stood there without the box.
    """

    desk: Desk
    name: BlockId
    heading: str
    appendix: bool
    inside: Callable[[Iterable[Block]], list[Page]]

    def pages(
        self, group: Group, intro: Intro | None, outro: Intro | None, *, first: bool
    ) -> list[Page]:
        """Return a group's pages; ``first``: they are the first under their heading."""
        block = group.blocks[0]
        pages: list[Page] | None = None
        match block:
            case Table():
                return self._table(block, group.asked, intro, outro)
            case CodeBlock() | MathBlock():
                return slide_code.pages(block, self.desk, intro)
            case Figure():
                if group.asked == slide_picture_text.LAYOUT:
                    self._unfit(group, "no text that fits stands before or after it")
                pages = slide_picture.pages(block, self.desk, intro, outro)
            case Box(kind="chart") if block.id in self.desk.charts:
                return self._chart(block, intro)
            case Box() if is_text(block.blocks):
                pages = self._box(block, intro, first=first)
            case _ if group.asked:
                pages = self._asked(group, intro)
                if pages is None:
                    self._unfit(group, "it cannot hold this")
        return self._plainly(group.blocks, intro) if pages is None else pages

    def _unfit(self, group: Group, what: str) -> None:
        unfit(group.asked, group.blocks[0].span, self.desk.context, what)

    def _table(
        self, table: Table, layout: str, intro: Intro | None, outro: Intro | None
    ) -> list[Page]:
        if layout == slide_takeaway.LAYOUT and not (intro or outro):
            unfit(layout, table.span, self.desk.context, "no few words stand before or after it")
        if layout == slide_appendix_table.LAYOUT:
            manner = slide_appendix_table.MANNER
            return slide_table.pages(table, self.desk, intro, outro, self.heading, manner)
        longer = slide_appendix_table.MANNER if self.appendix and not layout else None
        return slide_table.pages(table, self.desk, intro, outro, self.heading, longer=longer)

    def _asked(self, group: Group, intro: Intro | None) -> list[Page] | None:
        """Return the pages of words by the layout that is asked for; ``None`` if it has no room."""
        desk = self.desk
        name = group.blocks[0].id if len(group.blocks) == 1 else self.name
        if group.asked in {"cards", "timeline"}:
            items = items_of(group.blocks, desk.wording)
            made = slide_cards.pages if group.asked == "cards" else slide_timeline.pages
            return made(items, desk, intro) if len(items) > 1 else None
        atoms = list(desk.wording.atoms(_unquoted(group)))
        match group.asked:
            case "number":
                return slide_number.pages(atoms, desk, intro, sure=True)
            case "agenda":
                pages = slide_agenda.pages_of(atoms, desk)
            case "callout":
                pages = slide_callout.pages(atoms, name, desk)
            case "quote":
                pages = slide_quote.pages(atoms, name, desk)
            case "sources":
                pages = slide_sources.pages(atoms, name, desk)
            case _:
                pages = slide_content.pages(atoms, self.name, desk)
        return (
            [*slide_content.alone(intro, self.desk), *pages]
            if pages is not None and intro
            else pages
        )

    def _chart(self, box: Box, intro: Intro | None) -> list[Page]:
        """Return a chart's slide, and those of what stands in its box: its table."""
        from exporters.powerpoint import slide_chart

        blocks = box.blocks
        if intro is None and blocks:
            few = few_words(blocks, self.name, self.desk)
            intro = few if few and self.desk.fits_as_intro(few.passages) else None
            blocks = () if intro else blocks
        chart = slide_chart.pages(box, self.desk.charts[box.id], self.desk, intro)
        return [*chart, *self.inside(blocks)]

    def _plainly(self, blocks: tuple[Block, ...], intro: Intro | None) -> list[Page]:
        """Return the pages of blocks whose own layout cannot hold them: of what is in them."""
        before = slide_content.alone(intro, self.desk) if intro else []
        box = blocks[0]
        if not isinstance(box, Box):
            atoms = list(self.desk.wording.atoms(blocks))
            return [*before, *slide_content.pages(atoms, self.name, self.desk)]
        return [*before, *self.inside(_with_label(box))]

    def _box(self, box: Box, intro: Intro | None, *, first: bool) -> list[Page] | None:
        title = box.attributes.get("slide-title")
        pages: list[Page] | None = None
        if box.kind == "callout":
            atoms = list(self.desk.wording.atoms((box,)))
            if not title and not first and atoms:
                title = _label(atoms)
            pages = slide_callout.pages(atoms, box.id, self.desk) if atoms else []
            if pages is not None and intro:
                pages = [*slide_content.alone(intro, self.desk), *pages]
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


def few_words(blocks: tuple[Block, ...], name: BlockId, desk: Desk) -> Intro | None:
    """Return paragraphs, quoted or listed, as words beside something; else ``None``."""
    if not all(isinstance(one, Paragraph) or _is_of_paragraphs(one) for one in blocks):
        return None
    return Intro(name, tuple(passages_of(desk.wording.atoms(blocks))), ids_of(blocks))


def _is_of_paragraphs(block: Block) -> bool:
    """Return whether a block is a quotation or list that holds nothing but paragraphs."""
    inside = [block] if isinstance(block, Quote) else block.items if isinstance(block, List) else ()
    return bool(inside) and all(isinstance(one, Paragraph) for it in inside for one in it.blocks)


def _with_label(box: Box) -> tuple[Block, ...]:
    """Return a box's blocks, its label as a heading before them."""
    if not box.label:
        return box.blocks
    return (Heading(id=box.id, span=box.span, level=1, content=box.label), *box.blocks)


def _unquoted(group: Group) -> tuple[Block, ...]:
    """Return a group's blocks, out of the quotation where they are one."""
    block = group.blocks[0]
    return block.blocks if len(group.blocks) == 1 and isinstance(block, Quote) else group.blocks


def _label(atoms: Sequence[Atom]) -> str:
    """Return the short label that a box begins with, as a title for its slide."""
    label = label_of(atoms[0].passages[0].text)
    return label if len(label) <= _SHORT_LABEL else ""
