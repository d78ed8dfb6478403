"""A Report in -> a finished deck out. Pure: opens no output and no file library.

Sections become topics, topics become pages by the layout that fits what they
hold, and pages get their frames. Nothing is placed unmeasured.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from exporters.powerpoint import (
    slide_agenda,
    slide_callout,
    slide_cards,
    slide_code,
    slide_comparison,
    slide_content,
    slide_cover,
    slide_picture,
    slide_quote,
    slide_section,
    slide_table,
    slide_timeline,
)
from exporters.powerpoint.desk import Desk, Intro, Page
from exporters.powerpoint.fit import Ruler, largest, passages_of, set_at
from exporters.powerpoint.frame import Draft, Framer, Head
from exporters.powerpoint.layouts import look
from exporters.powerpoint.links import resolved
from exporters.powerpoint.passages import Wording, ids_of, label_of
from exporters.powerpoint.plan import Deck, Properties, Slide, TextRun
from exporters.powerpoint.plan import Section as DeckSection
from exporters.powerpoint.slide_comparison import Side
from exporters.powerpoint.slide_items import items_of
from exporters.powerpoint.topics import Group, groups, is_text, leads_in
from exporters.theme import Type
from report_data.ids import ROOT, BlockId
from report_data.model import Box, Break, List, Paragraph, Reference, Section, plain, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from exporters.context import Context
    from exporters.powerpoint.passages import Atom, Passage
    from report_data.model import Block, Node, Report

LAYOUTS = ("cards", "timeline", "comparison", "callout", "quote", "content", "section")
"""What an author may write as ``{layout=...}``."""

_NOTES = Type(12, 18)
"""Speaker notes, as PowerPoint's own notes page sets them."""

_LEAST_AGENDA = 3
"""A report of fewer top sections needs no agenda."""

_DIVIDED_DECK, _DIVIDED_SECTION = 24, 4
"""Dividers stand in decks of more slides, before sections of at least so many."""

_SMALL = 0.45
"""The part of a slide's height, at the middle size, that a small subsection takes at most."""

_MOST_MERGED = 4
"""The most subsections that are told on one slide under their headings."""

_FRONT = BlockId("front/text")
"""The name of shapes that show what stands before the first heading."""

_SHORT_LABEL = 12
"""The longest label that names a slide."""


def plan_deck(report: Report, context: Context, *, with_notes: bool = True) -> Deck:
    """Lay a report out as slides, as filtered for the deck."""
    return _Planner(report, context, with_notes=with_notes).deck()


@dataclass(slots=True)
class _Topic:
    """A heading with what stands above it, and the pages that it has come to."""

    head: Head
    above: tuple[Head, ...]
    section: int
    pages: list[Page] = field(default_factory=list)
    spoken: list[Passage] = field(default_factory=list)


class _Planner:
    def __init__(self, report: Report, context: Context, *, with_notes: bool) -> None:
        self._report = report
        self._context = context
        theme = context.theme
        titles = {node.id: plain(node.title) for node in report.walk() if isinstance(node, Section)}
        self._desk = Desk(
            context=context,
            look=look(theme),
            tokens=theme.slide,
            ruler=Ruler(context.fonts),
            wording=Wording(context.names, context.words, titles),
            series=report.meta.series,
            with_notes=with_notes,
            referenced=_referenced(report),
        )
        self._title = report.meta.title or report.name
        self._topics: list[_Topic] = []
        self._sections: list[DeckSection] = []

    # --- the whole ----------------------------------------------------------------

    def deck(self) -> Deck:
        meta, desk = self._report.meta, self._desk
        self._sections.append(DeckSection(meta.short_title or self._title, ROOT))
        above, tops = self._opening()
        for top in tops:
            self._sections.append(DeckSection(plain(top.title), top.id))
            self._section(top, above)
        self._footnotes()
        drafts = self._drafts(tops)
        slides, places = self._framed(drafts)
        deck = Deck(
            slides=tuple(slides),
            sections=tuple(self._sections),
            properties=Properties(
                title=self._title,
                created=self._context.created,
                author="; ".join(author.text for author in meta.authors),
                subject=meta.subtitle,
                keywords=", ".join(meta.keywords),
                language=meta.lang,
                identifier=f"{self._context.set_id}/{len(slides)}",
            ),
            look=_used(desk, slides),
            omissions=tuple(desk.omissions),
        )
        return resolved(deck, places)

    def _opening(self) -> tuple[tuple[Head, ...], tuple[Section, ...]]:
        """Plan what stands before the first section; return the top sections.

        A single section that holds all others is no chapter but the whole: its
        subsections are the chapters.
        """
        report, meta = self._report, self._report.meta
        if meta.abstract:
            self._topics.append(
                _Topic(
                    Head(None, (TextRun(self._context.words.abstract),)),
                    (),
                    0,
                    slide_content.pages(_spoken_atoms(meta.abstract), ROOT, self._desk),
                )
            )
        front = tuple(child for child in report.children if not isinstance(child, Section))
        if front:
            self._topic(Head(None, (TextRun(self._context.words.opening),)), (), front, _FRONT, {})
        tops, above = report.sections, ()
        if len(tops) == 1 and len(tops[0].sections) > 1:
            whole = tops[0]
            head = Head(whole.id, self._desk.wording.runs(whole.title))
            above = (head,)
            if whole.blocks:
                self._topic(head, (), whole.blocks, whole.id, dict(whole.attributes.pairs))
            tops = whole.sections
        return above, tops

    def _drafts(self, tops: Sequence[Section]) -> list[Draft]:
        """Return all pages in order, agenda and dividers among them."""
        drafts = []
        if len(tops) >= _LEAST_AGENDA:
            entries = [(top.id, self._desk.wording.runs(top.title)) for top in tops]
            agenda = slide_agenda.pages(entries, self._desk)
            head = Head(None, (TextRun(self._context.words.contents),))
            drafts += [
                Draft(page, head, (), 0, number, len(agenda))
                for number, page in enumerate(agenda, 1)
            ]
        count = sum(len(topic.pages) for topic in self._topics)
        lengths: dict[int, int] = {}
        for topic in self._topics:
            lengths[topic.section] = lengths.get(topic.section, 0) + len(topic.pages)
        totals: Counter[Head] = Counter()
        for topic in self._topics:
            totals[topic.head] += len(topic.pages)
        told: Counter[Head] = Counter()
        opened: set[int] = set()
        for topic in self._topics:
            if (
                topic.section
                and topic.section not in opened
                and count > _DIVIDED_DECK
                and lengths[topic.section] >= _DIVIDED_SECTION
                and topic.section <= len(tops)
            ):
                top = tops[topic.section - 1]
                head = Head(top.id, self._desk.wording.runs(top.title))
                page = replace(slide_section.page(topic.section, self._desk), ids=(top.id,))
                drafts.append(Draft(page, head, (), topic.section))
            opened.add(topic.section)
            for page in topic.pages:
                told[topic.head] += 1
                part, parts = told[topic.head], totals[topic.head]
                drafts.append(Draft(page, topic.head, topic.above, topic.section, part, parts))
        return drafts

    def _framed(self, drafts: Sequence[Draft]) -> tuple[list[Slide], dict[BlockId, int]]:
        """Return the slides, cover first, and the slide on which each id is first shown."""
        meta, desk = self._report.meta, self._desk
        foot = tuple(filter(None, (meta.short_title or self._title, meta.confidentiality)))
        framer = Framer(desk, foot)
        framer.titles[self._title] = 1
        cover = slide_cover.shapes(meta, self._title, desk, self._context.theme.logo)
        slides = [Slide("cover", self._title, cover)]
        places: dict[BlockId, int] = {ROOT: 1}
        for draft in drafts:
            title, shapes, notes = framer.frame(draft)
            said = (*notes, *draft.page.notes)
            if said and not desk.with_notes:
                self._unsaid(title)
                said = ()
            slides.append(
                Slide(draft.page.layout, title, shapes, set_at(said, _NOTES), draft.section)
            )
            for one in (*filter(None, (draft.head.block,)), *draft.page.ids):
                places.setdefault(one, len(slides))
            for head in draft.above:
                if head.block:
                    places.setdefault(head.block, len(slides))
        return slides, places

    def _unsaid(self, title: str) -> None:
        self._context.diagnostics.note(
            "W404",
            f"Slide “{title}” is shown without the notes that hold the rest of its text.",
            hint="Leave out --no-notes to have them.",
        )

    # --- sections -------------------------------------------------------------------

    def _section(self, section: Section, above: tuple[Head, ...]) -> None:
        desk = self._desk
        head = self._head(section)
        asked = self._asked(section)
        sides = self._sides(section) if asked in {"", "comparison"} else None
        if sides and self._comparison(head, above, sides):
            return
        if asked == "" and self._merged(section, head, above):
            return
        if any(not isinstance(block, Break) for block in section.blocks):
            self._topic(head, above, section.blocks, section.id, dict(section.attributes.pairs))
        elif not section.sections:
            number = 0 if above else len(self._sections) - 1
            self._add(head, above, [slide_section.page(number, desk)])
        for run in self._runs(section.sections):
            if len(run) > 1:
                self._together(run, head, above, section.id)
            else:
                self._section(run[0], (*above, head))

    def _runs(self, sections: tuple[Section, ...]) -> Iterator[tuple[Section, ...]]:
        """Yield subsections in order; small ones of text in a row come together.

        A slide a heading would leave most of a report's slides almost empty.
        """
        run: list[Section] = []
        for section in sections:
            if run and not (self._is_small(section) and self._fit([*run, section])):
                yield tuple(run)
                run = []
            run.append(section)
            if not self._is_small(section):
                yield tuple(run)
                run = []
        if run:
            yield tuple(run)

    def _is_small(self, section: Section) -> bool:
        """Return whether a subsection is a few words of text that ask for no slide of their own."""
        if section.attributes or not is_text(section.children):
            return False
        box = self._desk.look.layout(slide_content.LAYOUT).get("body").rect
        step = self._desk.tokens.body_steps[1]
        passages = passages_of(self._desk.wording.atoms((section,)))
        height = self._desk.ruler.height(set_at(passages, step), box.width)
        return height <= box.height * _SMALL

    def _fit(self, sections: Sequence[Section]) -> bool:
        """Return whether sections fit one slide under their headings."""
        passages = passages_of(self._desk.wording.atoms(sections))
        box = self._desk.look.layout(slide_content.LAYOUT).get("body").rect
        step = self._desk.tokens.body_steps[1]
        return bool(largest(self._desk.ruler, passages, (step,), box.width, box.height))

    def _together(
        self,
        sections: Sequence[Section],
        head: Head,
        above: tuple[Head, ...],
        name: BlockId,
    ) -> None:
        """Tell sections on one slide, under the heading that they all stand under."""
        atoms = list(self._desk.wording.atoms(sections))
        pages = slide_content.pages(atoms, name, self._desk)
        self._add(head, above, pages)

    def _head(self, section: Section) -> Head:
        title = section.attributes.get("slide-title")
        if title:
            return Head(None, (TextRun(title),))
        return Head(section.id, self._desk.wording.runs(section.title))

    def _asked(self, node: Section | Box) -> str:
        asked = node.attributes.get("layout")
        if asked and asked not in LAYOUTS:
            self._context.diagnostics.warn(
                "W403",
                f"There is no layout “{asked}”.",
                node.span,
                f"Layouts are: {', '.join(LAYOUTS)}.",
            )
            return ""
        return asked

    def _sides(self, section: Section) -> tuple[Side, Side] | None:
        """Return the two sides that a section compares, when its two subsections are such."""
        two = section.sections
        if len(two) != 2 or section.blocks or not is_text(two):  # noqa: PLR2004  a comparison has two sides
            return None
        colors = [self._desk.side(plain(one.title)) for one in two]
        if section.attributes.get("layout") != "comparison" and (
            not all(colors) or colors[0] == colors[1]
        ):
            return None
        left, right = (
            Side(
                one.id,
                self._desk.wording.runs(one.title),
                tuple(self._desk.wording.atoms(one.children)),
                ids_of((one,)),
            )
            for one in two
        )
        return left, right

    def _comparison(self, head: Head, above: tuple[Head, ...], sides: tuple[Side, Side]) -> bool:
        pages = slide_comparison.pages(sides, self._desk)
        if pages is None:
            return False
        self._add(head, above, pages)
        return True

    def _merged(self, section: Section, head: Head, above: tuple[Head, ...]) -> bool:
        """Tell a section of small subsections on one slide, if that is enough for them."""
        if not 0 < len(section.sections) <= _MOST_MERGED or not is_text(section.children):
            return False
        atoms = list(self._desk.wording.atoms(section.children))
        box = self._desk.look.layout(slide_content.LAYOUT).get("body").rect
        steps = self._desk.tokens.body_steps[:2]
        if not largest(self._desk.ruler, passages_of(atoms), steps, box.width, box.height):
            return False
        self._add(head, above, slide_content.pages(atoms, section.id, self._desk))
        return True

    def _add(self, head: Head, above: tuple[Head, ...], pages: list[Page]) -> None:
        self._topics.append(_Topic(head, above, len(self._sections) - 1, pages))

    # --- what stands under one heading ------------------------------------------------

    def _topic(
        self,
        head: Head,
        above: tuple[Head, ...],
        blocks: tuple[Block, ...],
        name: BlockId,
        asked: dict[str, str],
    ) -> None:
        topic = _Topic(head, above, len(self._sections) - 1)
        self._topics.append(topic)
        found = groups(_as_asked(blocks, asked.get("layout", "")))
        index = 0
        while index < len(found):
            index += self._group(found, index, topic, name)
        if topic.spoken:
            if not topic.pages:
                topic.pages.append(slide_section.page(topic.section, self._desk))
            last = topic.pages[-1]
            topic.pages[-1] = replace(last, notes=(*last.notes, *topic.spoken))
        if not topic.pages:
            self._topics.pop()

    def _group(self, found: list[Group], index: int, topic: _Topic, name: BlockId) -> int:
        """Plan a group, and the next if they share a slide; return how many were planned."""
        group = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if group.kind == "break":
            return 1
        if group.kind == "notes":
            topic.spoken += passages_of(self._desk.wording.atoms(group.blocks))
            return 1
        if group.kind not in {"text", "quote"}:
            outro = self._outro(found, index, name)
            topic.pages += self._special(group, topic, name, None, outro)
            return 2 if outro else 1
        if following is None or following.kind in {"break", "notes", "text", "quote"}:
            topic.pages += self._words(group, name)
            return 1
        intro, rest = self._intro(group, name)
        if rest:
            topic.pages += self._words(Group("text", rest), name)
        if intro is None:
            return 1
        topic.pages += self._special(following, topic, name, intro, None)
        return 2

    def _words(self, group: Group, name: BlockId) -> list[Page]:
        atoms = list(self._desk.wording.atoms(group.blocks))
        if group.kind == "quote":
            inner = list(self._desk.wording.atoms(group.blocks[0].blocks))  # type: ignore[union-attr]
            pages = slide_quote.pages(inner, group.blocks[0].id, self._desk) if inner else []
            if pages is not None:
                return pages
        return slide_content.pages(atoms, name, self._desk) if atoms else []

    def _intro(self, group: Group, name: BlockId) -> tuple[Intro | None, tuple[Block, ...]]:
        """Return the words that open the next group's slide, and the text before them."""
        blocks = group.blocks
        for start in (0, len(blocks) - 1):
            part = blocks[start:]
            if start and not leads_in(part[0]):
                break
            passages = tuple(passages_of(self._desk.wording.atoms(part)))
            if all(isinstance(one, Paragraph) for one in part) and self._desk.fits_as_intro(
                passages
            ):
                return Intro(name, passages, ids_of(part)), blocks[:start]
        return None, blocks

    def _outro(self, found: list[Group], index: int, name: BlockId) -> Intro | None:
        """Return the few words that follow a table as the last of their section."""
        after = found[index + 1 :]
        if found[index].kind != "table" or not after:
            return None
        if any(group.kind not in {"break", "notes"} for group in after[1:]):
            return None
        last = after[0]
        if last.kind != "text" or not all(isinstance(one, Paragraph) for one in last.blocks):
            return None
        passages = tuple(passages_of(self._desk.wording.atoms(last.blocks)))
        fits = self._desk.fits_as_intro(passages, most=2)
        return Intro(name, passages, ids_of(last.blocks)) if fits else None

    def _special(
        self,
        group: Group,
        topic: _Topic,
        name: BlockId,
        intro: Intro | None,
        outro: Intro | None,
    ) -> list[Page]:
        """Return the pages of a table, picture, code or box."""
        desk, block = self._desk, group.blocks[0]
        if group.kind == "table":
            return slide_table.pages(block, desk, intro, outro, topic.head.text)  # type: ignore[arg-type]
        if group.kind == "code":
            return slide_code.pages(block, desk, intro)  # type: ignore[arg-type]
        pages: list[Page] | None = None
        if group.kind == "figure":
            pages = slide_picture.pages(block, desk, intro)  # type: ignore[arg-type]
        elif isinstance(block, Box):
            pages = self._box(block, topic, intro)
        if pages is None:
            before = slide_content.pages(_intro_atoms(intro), name, desk) if intro else []
            inner = block.blocks if isinstance(block, Box) else (block,)
            rest = _Topic(topic.head, topic.above, topic.section)
            found = groups(inner)
            at = 0
            while at < len(found):
                at += self._group(found, at, rest, name)
            topic.spoken += rest.spoken
            return [*before, *rest.pages]
        return pages

    def _box(self, box: Box, topic: _Topic, intro: Intro | None) -> list[Page] | None:
        desk = self._desk
        title = box.attributes.get("slide-title")
        pages: list[Page] | None = None
        if not is_text(_inner(box)):
            return None
        if box.kind == "callout":
            atoms = list(desk.wording.atoms((box,)))
            if not title and topic.pages and atoms:
                title = _label(atoms)
            pages = slide_callout.pages(atoms, box.id, desk) if atoms else []
            if pages and intro:
                pages = [*slide_content.pages(_intro_atoms(intro), intro.name, desk), *pages]
        elif box.kind in {"timeline", "cards"} and not box.label:
            items = items_of(box.blocks, desk.wording)
            planner = slide_timeline if box.kind == "timeline" else slide_cards
            pages = planner.pages(items, desk, intro) if len(items) > 1 else None
        elif box.kind == "columns":
            sides = self._columns(box)
            pages = slide_comparison.pages(sides, desk, intro) if sides else None
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
                self._desk.wording.runs(one.label),
                tuple(self._desk.wording.atoms(one.blocks)),
                ids_of((one,)),
            )
            for one in columns
        )
        return left, right

    def _footnotes(self) -> None:
        notes = self._report.notes
        if not notes:
            return
        self._sections.append(DeckSection(self._context.words.notes, "triptych:notes"))
        atoms = [
            atom
            for note in notes
            for atom in self._desk.wording.atoms(
                (
                    List(
                        id=note.id,
                        ordered=True,
                        start=note.number,
                        items=(_as_item(note.id, note.blocks),),
                    ),
                )
            )
        ]
        pages = slide_content.pages(atoms, notes[0].id, self._desk)
        self._add(Head(None, (TextRun(self._context.words.notes),)), (), pages)


def _as_item(block: BlockId, blocks: tuple[Block, ...]) -> object:
    from report_data.model import ListItem

    return ListItem(id=block, blocks=blocks)


def _as_asked(blocks: tuple[Block, ...], layout: str) -> Iterable[Block]:
    """Put a section's lists, or all of its text, into the box that its author asked for."""
    for block in blocks:
        if (layout in {"cards", "timeline"} and isinstance(block, List)) or (
            layout in {"callout"} and isinstance(block, Paragraph | List)
        ):
            yield Box(id=block.id, kind=layout, blocks=(block,))  # type: ignore[arg-type]
        else:
            yield block


def _inner(box: Box) -> Iterable[Node]:
    return box.blocks


def _label(atoms: Sequence[Atom]) -> str:
    """Return the short label that a box begins with, as a title for its slide."""
    label = label_of(atoms[0].passages[0].text)
    return label if len(label) <= _SHORT_LABEL else ""


def _intro_atoms(intro: Intro) -> list[Atom]:
    from exporters.powerpoint.passages import Atom

    return [Atom(intro.passages, intro.ids)]


def _spoken_atoms(text: str) -> list[Atom]:
    from exporters.powerpoint.passages import Atom, Passage

    return [Atom((Passage((TextRun(one),)),)) for one in text.split("\n\n") if one.strip()]


def _referenced(report: Report) -> frozenset[BlockId]:
    """Return the ids that the text refers to by number."""
    result: set[BlockId] = set()
    for node in walk(report.children):
        content = getattr(node, "content", ())
        if isinstance(content, tuple):
            result.update(one.target for one in content if isinstance(one, Reference))
    return frozenset(result)


def _used(desk: Desk, slides: Sequence[Slide]) -> object:
    """Return the look with the layouts that are always there and those of counts in use."""
    used = {slide.layout for slide in slides}
    return replace(
        desk.look,
        layouts=tuple(
            layout
            for layout in desk.look.layouts
            if layout.key in used or layout.key.split("-")[-1] in {layout.key, "3"}
        ),
    )
