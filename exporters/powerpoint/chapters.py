"""Sections in -> topics: which headings get slides of their own, which are told together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.powerpoint import (
    slide_cards,
    slide_closing,
    slide_comparison,
    slide_content,
    slide_cover,
    slide_section,
    slide_sources,
)
from exporters.powerpoint.asking import asked, unfit
from exporters.powerpoint.fit import largest, passages_of, set_at
from exporters.powerpoint.frame import Head, head_of
from exporters.powerpoint.groups import is_text, without_last_rule
from exporters.powerpoint.passages import ids_of, without_ornaments
from exporters.powerpoint.slide_comparison import Side
from exporters.powerpoint.slide_items import Item
from exporters.powerpoint.topic import Topic
from exporters.powerpoint.vocabulary import VOCABULARY
from report_data.model import Break, List, Paragraph, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.layout.geometry import Rect
    from exporters.powerpoint.desk import Desk, Page
    from exporters.powerpoint.passages import Passage
    from report_data.ids import BlockId
    from report_data.model import Block, Section

_MOST_MERGED = 4
"""The most subsections that a whole section tells on one slide under their headings."""

_CARDS = (3, 4)
"""So many subsections of a list each stand side by side as cards: one row, or two of two."""

_SMALL = 0.45
"""The part of a slide's height, at the middle size, that a small subsection takes at most."""


class Told(Struct, frozen=True):
    """A heading with what stands above it, the deck's section, and the pages it has come to."""

    head: Head
    above: tuple[Head, ...]
    section: int
    pages: tuple[Page, ...]


class Chapters(Struct):
    """Plans sections one after another; ``told`` are their pages in order."""

    desk: Desk
    told: list[Told] = field(default_factory=list)
    section: int = 0
    appendix: bool = False

    def add(self, head: Head, above: tuple[Head, ...], pages: Sequence[Page]) -> None:
        """Take pages under a heading."""
        if pages:
            self.told.append(Told(head, above, self.section, tuple(pages)))

    def blocks(
        self,
        head: Head,
        above: tuple[Head, ...],
        blocks: Sequence[Block],
        name: BlockId,
        layout: str = "",
        *,
        within: Section | None = None,
    ) -> None:
        """Plan what stands directly under a heading, in a section if not before the first.

        ``layout`` is what its author asked for.
        """
        span = within.span if within else None
        topic = Topic(self.desk, name, head.text, self.appendix)
        if not layout and within and slide_sources.is_named_so(plain(within.title)):
            layout, span = slide_sources.LAYOUT, None
        pages = topic.add(blocks, layout, span).pages
        if not pages and (topic.spoken or (within and not within.sections)):
            pages = [slide_section.page(0, self.desk)]  # else the heading would be lost
        if topic.spoken:
            pages[-1] = replace(pages[-1], notes=(*pages[-1].notes, *topic.spoken))
        self.add(head, above, pages)

    def plan(self, section: Section, above: tuple[Head, ...]) -> None:
        """Plan a section and all under it."""
        was, self.appendix = self.appendix, self.appendix or section.appendix
        self._plan(section, above)
        self.appendix = was

    def _plan(self, section: Section, above: tuple[Head, ...]) -> None:
        head, layout = head_of(section, self.desk.wording), asked(section, self.desk.context)
        if not layout and (cards := self._cards(section)):
            self.add(head, above, cards)
            return
        if VOCABULARY[layout].whole if layout else True:
            if self._as_a_whole(section, head, above, layout):
                return
            layout = ""
            if self.is_one_slide(section):
                self._together(section.children, head, above, section.id)
                return
        if any(not isinstance(block, Break) for block in section.blocks):
            self.blocks(head, above, section.blocks, section.id, layout, within=section)
        elif not section.sections:
            number = 0 if above else self.section
            self.add(head, above, [slide_section.page(number, self.desk)])
        for run in self._runs(section.sections):
            if len(run) > 1:
                self._together(run, head, above, section.id)
            else:
                self.plan(run[0], (*above, head))

    def close(self, section: Section, above: tuple[Head, ...]) -> None:
        """Plan the last section, which is the closing slide when it is a last word."""
        plainly = section.attributes or section.appendix or section.sections
        atoms = list(self.desk.wording.atoms(section.blocks)) if is_text(section.children) else []
        title = plain(section.title)
        last = not plainly and not slide_closing.is_no_last_word(title)
        if last and slide_closing.is_last_word(atoms):
            pages = slide_closing.pages(atoms, section.id, self.desk)
            if pages and not slide_sources.is_named_so(title):
                self.add(head_of(section, self.desk.wording), above, pages)
                return
        self.plan(section, above)

    def _as_a_whole(
        self, section: Section, head: Head, above: tuple[Head, ...], layout: str
    ) -> bool:
        """Plan a section by a layout for all of it: what it asks for, else a comparison."""
        if layout == slide_section.LAYOUT:
            number = 0 if above else self.section
            self.add(head, above, [slide_section.page(number, self.desk)])
            return False
        pages: list[Page] | None = None
        if layout in {"", slide_comparison.LAYOUT}:
            sides = self._sides(section, sure=layout != "")
            pages = slide_comparison.pages(sides, self.desk) if sides else None
            if pages and not layout and pages[0].notes and not self._are_named(section.sections):
                pages = None  # lists that do not fit side by side have room one under another
            what = "it takes two subsections of text that fit side by side"
        elif is_text(section.children):
            atoms = list(self.desk.wording.atoms(section.children))
            made = slide_cover if layout == slide_cover.LAYOUT else slide_closing
            pages = made.pages(atoms, section.id, self.desk)
            what = "its text is too long, or has links"
        else:
            what = "it holds more than text"
        if pages:
            self.add(head, above, pages)
            return True
        if layout:
            unfit(layout, section.span, self.desk.context, what)
        return False

    # --- comparisons ----------------------------------------------------------------

    def _sides(self, section: Section, *, sure: bool) -> tuple[Side, Side] | None:
        """Return the two sides that a section compares, when its two subsections are such.

        They are when they are named by series, or each is one list: 优势 and 劣势, before and
        after. ``sure``: because the author says so.
        """
        two = section.sections
        if len(two) != 2 or section.blocks or not is_text(two):  # noqa: PLR2004  two sides
            return None
        if not sure and not self._are_named(two) and not all(map(_is_one_list, two)):
            return None
        left, right = (
            Side(
                one.id,
                self.desk.wording.runs(one.title),
                tuple(self.desk.wording.atoms(one.children)),
                ids_of((one,)),
            )
            for one in two
        )
        return left, right

    def _cards(self, section: Section) -> list[Page] | None:
        """Return the cards of three or four subsections of one short list each: a SWOT analysis."""
        parts = section.sections
        if len(parts) not in _CARDS or section.blocks or not all(map(_is_flat_list, parts)):
            return None
        items = [
            Item(
                one.id,
                tuple(replace(run, bold=True) for run in self.desk.wording.runs(one.title)),
                tuple(passages_of(self.desk.wording.atoms(one.children))),
                ids_of((one,)),
            )
            for one in parts
        ]
        if self.is_one_slide(section) and not slide_cards.are_large(items, self.desk):
            return None
        return slide_cards.pages(items, self.desk)

    def _are_named(self, two: Sequence[Section]) -> bool:
        """Return whether the names of both are those of series, and different ones."""
        colors = [self.desk.side(plain(one.title)) for one in two]
        return all(colors) and colors[0] != colors[1]

    # --- small sections ---------------------------------------------------------------

    @property
    def _box(self) -> Rect:
        return self.desk.box(slide_content.LAYOUT, "body").rect

    def is_one_slide(self, section: Section) -> bool:
        """Return whether a section of small subsections fits one slide at a good size."""
        if not 0 < len(section.sections) <= _MOST_MERGED or not is_text(section.children):
            return False
        if any(one.attributes for one in section.sections):  # which ask for slides of their own
            return False
        passages = passages_of(self.desk.wording.atoms(section.children))
        steps = self.desk.tokens.body_steps[:2]
        box = self._box
        return bool(largest(self.desk.ruler, passages, steps, box.width, box.height))

    def _runs(self, sections: tuple[Section, ...]) -> Iterator[tuple[Section, ...]]:
        """Yield subsections in order; small ones of text in a row come together.

        A slide a heading would leave most of a report's slides almost empty.
        """
        run: list[Section] = []
        for section in sections:
            small = self._is_small(section)
            if run and not (small and self._fit([*run, section])):
                yield tuple(run)
                run = []
            run.append(section)
            if not small:
                yield tuple(run)
                run = []
        if run:
            yield tuple(run)

    def _is_small(self, section: Section) -> bool:
        """Return whether a subsection is a few words of text that need no slide of their own."""
        if section.attributes or not is_text(section.children):
            return False
        step = self.desk.tokens.body_steps[1]
        passages = passages_of(self.desk.wording.atoms((section,)))
        height = self.desk.ruler.height(set_at(passages, step), self._box.width)
        return height <= self._box.height * _SMALL

    def _fit(self, sections: Sequence[Section]) -> bool:
        """Return whether sections fit one slide under their headings."""
        passages = passages_of(self.desk.wording.atoms(sections))
        step = self.desk.tokens.body_steps[1]
        box = self._box
        return bool(largest(self.desk.ruler, passages, (step,), box.width, box.height))

    def _together(
        self,
        nodes: Sequence[Block | Section],
        head: Head,
        above: tuple[Head, ...],
        name: BlockId,
    ) -> None:
        """Tell sections on one slide, under the heading that they all stand under."""
        atoms = list(self.desk.wording.atoms(nodes))
        signs: tuple[Passage, ...] = ()
        if self.desk.with_notes:
            atoms, signs = without_ornaments(atoms)
        pages = slide_content.pages(atoms, name, self.desk)
        pages[-1] = replace(pages[-1], notes=(*pages[-1].notes, *signs))
        self.add(head, above, pages)


def _is_flat_list(section: Section) -> bool:
    """Return whether a section is a heading over one list of paragraphs that asks for nothing."""
    (only, *more) = without_last_rule(section.children) or (None,)
    if not isinstance(only, List) or more or section.attributes or only.attributes:
        return False
    return all(
        item.checked is None and len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph)
        for item in only.items
    )


def _is_one_list(section: Section) -> bool:
    """Return whether a section is a heading over a list of two items or more, and no more."""
    (only, *more) = without_last_rule(section.children) or (None,)
    return isinstance(only, List) and not more and len(only.items) > 1
