"""What the sections have come to -> the slides in order: cover, agenda, dividers, pages.

Each page gets its frame (`frame`); what its notes cannot hold follows it on slides of its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.names import are_numbered
from exporters.powerpoint import slide_agenda, slide_content, slide_cover, slide_section
from exporters.powerpoint.fit import passages_of, set_at
from exporters.powerpoint.frame import Draft, Framer, Head, head_of
from exporters.powerpoint.passages import Atom, Passage
from exporters.powerpoint.plan import FURNITURE, Slide
from exporters.powerpoint.slide_agenda import LEAST_ENTRIES, most_entries
from report_data.ids import ROOT, BlockId
from report_data.model import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.powerpoint.chapters import Told
    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.plan import TextParagraph
    from report_data.model import Figure, Meta, Section

_DIVIDED_DECK, _DIVIDED_SECTION = 24, 4
"""Dividers stand in decks of more slides, before sections of at least so many."""


class Assembly(Struct, frozen=True):
    """Puts a report's pages in order, each into its frame.

    ``tops`` are the sections that have slides, and ``told`` what all sections have come
    to. ``contents`` is the author's own list of contents, which the agenda stands for;
    ``unseen`` are pictures that the cover's notes name.
    """

    desk: Desk
    meta: Meta
    tops: Sequence[Section]
    told: Sequence[Told]
    contents: Section | None = None
    unseen: tuple[Figure, ...] = ()

    def slides(self) -> tuple[list[Slide], dict[BlockId, int]]:
        """Return the slides, cover first, and the slide on which each id is first shown."""
        meta, desk, title = self.meta, self.desk, self.desk.context.names.title
        foot = tuple(filter(None, (meta.short_title or title, meta.confidentiality)))
        framer = Framer(desk, foot)
        framer.titles[title] = 1
        logo = None if desk.look.template else self.desk.context.theme.logo
        cover, more = slide_cover.shapes(meta, title, desk, logo)
        more = (*more, *passages_of(desk.wording.atoms(self.unseen)))
        slides = [Slide("cover", title, cover, self._spoken(more))]
        slides += self._shown_whole(more, Head.ours(title), (0, 1), framer)
        places: dict[BlockId, int] = {ROOT: 1, **dict.fromkeys((one.id for one in self.unseen), 1)}
        for draft in self._drafts():
            name, shapes, notes = framer.frame(draft)
            said = (*notes, *draft.page.notes)
            slides.append(Slide(draft.page.layout, name, shapes, self._spoken(said), draft.section))
            heads = (head.block for head in (draft.head, *draft.above) if head.block)
            for one in (*heads, *draft.page.ids):
                places.setdefault(one, len(slides))
            slides += self._shown_whole(said, draft.head, (draft.section, len(slides)), framer)
        return slides, places

    def _drafts(self) -> list[Draft]:
        """Return all pages in order, agenda and dividers among them."""
        drafts = self._agenda()
        totals: Counter[Head] = Counter()
        lengths: Counter[int] = Counter()
        first: dict[int, BlockId | None] = {}
        for topic in self.told:
            totals[topic.head] += len(topic.pages)
            lengths[topic.section] += len(topic.pages)
            first.setdefault(topic.section, topic.head.block)
        is_long = lengths.total() > _DIVIDED_DECK
        divided = {
            number
            for number, top in enumerate(self.tops, 1)
            if is_long
            and first.get(number) != top.id  # else its own text opens the section
            and lengths[number] >= _DIVIDED_SECTION
        }
        counted = are_numbered(plain(top.title) for top in self.tops)
        parts: Counter[Head] = Counter()
        for topic in self.told:
            if topic.section in divided:
                divided.remove(topic.section)
                number = 0 if counted else topic.section
                drafts.append(self._divider(self.tops[topic.section - 1], topic.section, number))
            for page in topic.pages:
                parts[topic.head] += 1
                part, of = parts[topic.head], totals[topic.head]
                drafts.append(Draft(page, topic.head, topic.above, topic.section, part, of))
        return drafts

    def _agenda(self) -> list[Draft]:
        if not LEAST_ENTRIES <= len(self.tops) <= most_entries(self.desk.tokens):
            return []
        entries = [(top.id, self.desk.wording.runs(top.title)) for top in self.tops]
        pages = slide_agenda.pages(entries, self.desk)
        head = Head.ours(self.desk.context.words.contents)
        if written := self.contents:
            head = head_of(written, self.desk.wording)
            atoms = list(self.desk.wording.atoms(written.blocks))
            ids = tuple(one for atom in atoms for one in atom.ids)
            pages[0] = replace(pages[0], notes=tuple(passages_of(atoms)), ids=ids)
        return [
            Draft(page, head, (), 0, number, len(pages)) for number, page in enumerate(pages, 1)
        ]

    def _divider(self, top: Section, section: int, number: int) -> Draft:
        head = Head(top.id, self.desk.wording.runs(top.title))
        return Draft(slide_section.page(number, self.desk), head, (), section)

    def _spoken(self, passages: Sequence[Passage]) -> tuple[TextParagraph, ...]:
        return set_at(passages, self.desk.tokens.notes) if self.desk.with_notes else ()

    def _shown_whole(
        self, passages: Sequence[Passage], head: Head, at: tuple[int, int], framer: Framer
    ) -> Iterator[Slide]:
        """Yield slides of what would be in a slide's notes if there were any.

        ``at`` are that slide's section and its number, which the shapes' names say.
        """
        if not passages or self.desk.with_notes:
            return
        section, number = at
        name = BlockId(f"{FURNITURE}notes of slide {number}")
        pages = slide_content.pages([Atom((passage,)) for passage in passages], name, self.desk)
        for part, page in enumerate(pages, 2):
            draft = Draft(page, head, (), section, part, len(pages) + 1)
            title, shapes, _ = framer.frame(draft)
            yield Slide(page.layout, title, shapes, (), section)
