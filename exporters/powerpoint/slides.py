"""A Report in -> a finished deck out. Pure: opens no output and no file library.

Sections become topics (`chapters`), topics become pages by the layout that fits
what they hold (`topic`), pages stand in order, each in its frame (`assembly`), and
links lead to slides (`links`). Nothing is placed unmeasured.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from exporters.powerpoint import slide_content, slide_sources
from exporters.powerpoint.asking import asked
from exporters.powerpoint.assembly import Assembly
from exporters.powerpoint.chapters import Chapters
from exporters.powerpoint.desk import Desk
from exporters.powerpoint.fit import Ruler
from exporters.powerpoint.frame import Head, head_of
from exporters.powerpoint.halves import both
from exporters.powerpoint.links import resolved
from exporters.powerpoint.passages import Atom, Passage, Wording
from exporters.powerpoint.plan import FURNITURE, Deck, Slide, TextRun
from exporters.powerpoint.plan import Section as DeckSection
from exporters.powerpoint.slide_agenda import LEAST_ENTRIES, most_entries
from exporters.powerpoint.vocabulary import look
from exporters.properties import properties_of
from exporters.written_contents import written_contents
from report_data.ids import ROOT, BlockId
from report_data.model import (
    Box,
    Figure,
    Heading,
    List,
    ListItem,
    Paragraph,
    Reference,
    Section,
    Table,
    plain,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.context import Context
    from exporters.powerpoint.chapters import Told
    from exporters.powerpoint.plan import Look, Omission
    from exporters.theme import SlideTokens
    from report_data.charts import Chart
    from report_data.diagnostics import Diagnostic
    from report_data.model import Report

_SHARED_FROM = 4_000
"""Reports of fewer blocks are not worth a second process: to start it takes 10 to 20 ms."""

_FIRST = 0.02
"""The part of a large report that is planned before a second process is there, which then has
all that the first pages needed: layouts are imported, common words measured."""

_HERE = 0.65
"""The part of the rest that is planned here: to hand over the other takes a while too."""

_SPARED = re.compile(r".+-(?:[12456]|plain)")
"""Layouts for so many cards or periods stand only in decks that use them; that for three in all."""

_FOOTNOTES = BlockId("notes/text")
_OPENING = BlockId("front/text")
"""Names of shapes that show what stands under no heading of the report."""


Stretch: TypeAlias = "tuple[list[Told], list[Omission], list[Diagnostic]]"
"""What some sections come to, what they leave out, and what is said of it."""


def plan_deck(
    report: Report,
    context: Context,
    *,
    with_notes: bool = True,
    dress: tuple[Look, SlideTokens] | None = None,
    shared: bool | None = None,
) -> Deck:
    """Lay a report out as slides, as filtered for the deck.

    ``dress`` is a template's look with its places and sizes; else the theme's own.
    ``shared`` says whether two processes do it, by default for a large report.
    """
    theme = context.theme
    chosen = dress or (look(theme), theme.slide)
    return _Planner(report, context, chosen, with_notes=with_notes).deck(shared=shared)


class _Planner:
    def __init__(
        self,
        report: Report,
        context: Context,
        dress: tuple[Look, SlideTokens],
        *,
        with_notes: bool,
    ) -> None:
        self._report = report
        self._context = context
        master, tokens = dress
        titles = {section.id: plain(section.title) for section in report.every(Section)}
        self._desk = Desk(
            context=context,
            look=master,
            tokens=tokens,
            ruler=Ruler(context.fonts),
            wording=Wording(context.names, context.words, titles),
            series=report.meta.series,
            language=report.meta.lang,
            with_notes=with_notes,
            referenced=_referenced(report),
            charts=_charts(report) if report.chart_boxes else {},
        )
        called = report.meta.short_title or context.names.title
        self._chapters = Chapters(self._desk)
        self._sections = [DeckSection(called, ROOT)]
        self._contents: Section | None = None
        """The author's own list of contents, which the agenda stands for."""
        self._unseen: tuple[Figure, ...] = ()
        """Pictures on the network, such as badges, where all before the first section is such."""

    def deck(self, *, shared: bool | None) -> Deck:
        """Plan everything."""
        meta, desk = self._report.meta, self._desk
        above, tops = self._opening()
        tops = self._without_contents(tops)
        self._sections += [DeckSection(plain(top.title), top.id) for top in tops]
        is_large = self._report.size >= _SHARED_FROM
        self._all(tops, above, shared=is_large if shared is None else shared)
        self._footnotes()
        told = self._chapters.told
        assembly = Assembly(desk, meta, tops, told, self._contents, self._unseen)
        slides, places = assembly.slides()
        deck = Deck(
            slides=tuple(slides),
            sections=tuple(self._sections),
            properties=properties_of(
                self._report, self._context, len(slides), with_notes=desk.with_notes
            ),
            look=_used(desk.look, slides),
            omissions=tuple(desk.omissions),
        )
        return resolved(deck, places)

    def _all(self, tops: tuple[Section, ...], above: tuple[Head, ...], *, shared: bool) -> None:
        """Plan all top sections; ``shared``: half of them in another process."""
        end = len(tops)
        first = round(end * _FIRST)
        middle = first + round((end - first) * _HERE)
        stretches: tuple[Stretch, ...]
        if shared and middle:
            stretches = (
                self._stretch(tops, above, 0, first),
                *both(
                    lambda: self._stretch(tops, above, first, middle),
                    lambda: self._stretch(tops, above, middle, end),
                    "pptx plan",
                ),
            )
        else:
            stretches = (self._stretch(tops, above, 0, end),)
        for told, left_out, said in stretches:
            self._chapters.told += told
            self._desk.omissions += left_out
            self._context.diagnostics.extend(said)

    def _stretch(
        self, tops: tuple[Section, ...], above: tuple[Head, ...], start: int, end: int
    ) -> Stretch:
        """Plan some of the top sections; return all that comes of it, and change nothing."""
        left_out, said = self._desk.omissions, self._context.diagnostics.items
        first_left_out, first_said = len(left_out), len(said)
        chapters = Chapters(self._desk)
        for number, top in enumerate(tops[start:end], start + 1):
            chapters.section = number
            last = number == len(tops) >= LEAST_ENTRIES and not self._report.notes
            (chapters.close if last else chapters.plan)(top, above)
        result = chapters.told, left_out[first_left_out:], said[first_said:]
        del left_out[first_left_out:], said[first_said:]
        return result

    def _opening(self) -> tuple[tuple[Head, ...], tuple[Section, ...]]:
        """Plan what stands before the first section; return the top sections.

        A single section that holds all others is no chapter but the whole: its
        subsections are the chapters.
        """
        report, chapters, words = self._report, self._chapters, self._context.words
        paragraphs = [one for one in report.meta.abstract.split("\n\n") if one.strip()]
        if paragraphs:
            atoms = [Atom((Passage((TextRun(one),)),)) for one in paragraphs]
            chapters.add(
                Head.ours(words.abstract), (), slide_content.pages(atoms, ROOT, self._desk)
            )
        front = tuple(child for child in report.children if not isinstance(child, Section))
        self._unseen = tuple(one for one in front if isinstance(one, Figure) and words.way_to(one))
        if len(self._unseen) < len(front):
            self._unseen = ()
            chapters.blocks(Head.ours(words.opening), (), front, _OPENING)
        tops = report.sections
        if len(tops) != 1 or len(tops[0].sections) < LEAST_ENTRIES:
            return (), tops
        if chapters.is_one_slide(tops[0]):
            return (), tops
        whole = tops[0]
        head = head_of(whole, self._desk.wording)
        if whole.blocks:
            layout = asked(whole, self._context)
            chapters.blocks(head, (), whole.blocks, whole.id, layout, within=whole)
        return (head,), whole.sections

    def _without_contents(self, tops: tuple[Section, ...]) -> tuple[Section, ...]:
        """Take the contents that the author wrote out of the sections that have slides.

        The agenda says the same, under their heading; the list is in its notes.
        """
        written = written_contents(tops, LEAST_ENTRIES)
        found = written.section if written else None
        rest = tuple(top for top in tops if top is not found)
        if found is None or not LEAST_ENTRIES <= len(rest) <= most_entries(self._desk.tokens):
            return tops
        self._contents = found
        return rest

    def _footnotes(self) -> None:
        """Plan the footnotes as numbered items on slides of their own."""
        notes, words = self._report.notes, self._context.words
        if not notes:
            return
        self._sections.append(DeckSection(words.notes, f"{FURNITURE}notes"))
        self._chapters.section = len(self._sections) - 1
        items = [
            List(
                id=note.id,
                ordered=True,
                start=note.number,
                items=(ListItem(id=note.id, blocks=note.blocks),),
            )
            for note in notes
        ]
        if any(_is_no_text(node) for note in notes for node in walk(note.blocks)):
            self._chapters.blocks(Head.ours(words.notes), (), items, _FOOTNOTES)
            return
        atoms = list(self._desk.wording.atoms(items))
        sources = slide_sources.pages(atoms, _FOOTNOTES, self._desk)
        pages = sources or slide_content.pages(atoms, _FOOTNOTES, self._desk)
        self._chapters.add(Head.ours(words.notes), (), pages)


def _is_no_text(node: object) -> bool:
    """Return whether a block in a footnote is shown otherwise than as text, or spoken."""
    return isinstance(node, Table | Figure) or (isinstance(node, Box) and node.kind == "notes")


def _referenced(report: Report) -> frozenset[BlockId]:
    """Return the ids that the text refers to by number."""
    texts = [text.content for text in report.every(Paragraph)]
    texts += [text.content for text in report.every(Heading)]
    return frozenset([one.target for text in texts for one in text if isinstance(one, Reference)])


def _charts(report: Report) -> dict[BlockId, Chart]:
    """Return what each chart box draws; boxes that cannot be drawn are told of by the reader."""
    from report_data.charts import charts_of

    return {chart.id: chart for chart in charts_of(report)}


def _used(full: Look, slides: Sequence[Slide]) -> Look:
    """Return the look with the layouts that are always there and those of counts in use."""
    used = {slide.layout for slide in slides}
    return replace(
        full,
        layouts=tuple(
            layout
            for layout in full.layouts
            if layout.key in used or not _SPARED.fullmatch(layout.key)
        ),
    )
