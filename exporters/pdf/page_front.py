"""The report's front matter and its sections in -> the cover, and the contents with page numbers.

The contents are laid out twice on one measurement: first without numbers, to
know how many pages they take, then with them. A number's width is reserved, so
nothing moves between the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.geometry import Rect
from exporters.layout.text import Piece, balanced_width, compose, count_lines, natural_width
from exporters.layout.titles import with_pause
from exporters.pdf.page_heads import cover_foot
from exporters.pdf.page_text import language_of, line_items, pieces, set_text
from exporters.pdf.paginate import Paginator
from exporters.pdf.plan import Area, Band, Fill, Look, Rule
from exporters.pdf.setting import Column
from exporters.pdf.strips import Strip, stacked
from report_data.model import Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Setting, Tone
    from exporters.theme import PageTokens, Type
    from report_data.ids import BlockId
    from report_data.model import Labelled, Meta, RichText, Section

LONG_TITLE = 60
"""Characters from which on a title is set smaller: four lines of Chinese."""

TIGHTEST = 0.84
"""The least part of their leading that the contents are set with to fit on a page."""

WELL_FILLED = 1.4
"""Pages of contents from which on a second one does not look like a mistake."""

SHORTEST_CONTENTS = 3
"""Sections from which on a report has contents."""


def cover(meta: Meta, setting: Setting) -> list[tuple[Band, ...]]:
    """Return the cover: a field of colour, kind, title, subtitle, a rule, authors and date.

    A long title is set smaller. What still does not fit goes on, beside the same
    field, on further pages: one tuple of bands a page. A statement of confidentiality
    stands at the foot.
    """
    look, palette, page = setting.look, setting.palette, setting.page
    element = setting.element("Sect")
    left = look.cover_field + look.margins.left
    column = Column(left, page.width - left - look.margins.right, element)
    texts = _Cover(column, setting)
    if meta.kind:
        texts.add(
            meta.kind, setting.tone(look.cover_kind, palette.ink_second), after=look.cover_kind_gap
        )
    if meta.title:
        step = look.cover_title if len(meta.title) <= LONG_TITLE else look.headings[0]
        tone = setting.tone(step, palette.structure)
        texts.add(meta.title, tone, after=look.cover_title_gap, balanced=True)
    if meta.subtitle:
        texts.add(meta.subtitle, setting.tone(look.cover_subtitle, palette.ink_second), after=0)
    texts.rule(look.cover_rule_gap)
    tone = setting.tone(look.body, palette.ink)
    words = setting.context.words
    for number, author in enumerate(meta.authors):
        texts.add_labelled(author, words.author, tone, again=number > 0)
    for detail in meta.details:
        texts.add_labelled(detail, detail.label, tone)
    if meta.date:
        texts.add_labelled(meta.date, words.date, tone)
    if meta.abstract:
        texts.add_labelled_text(words.abstract, meta.abstract, setting.body)
    height = stacked(texts.strips).bottom
    foot = page.height - look.margins.bottom
    top = max(look.margins.top, min(page.height * look.cover_top, foot - height))
    room = Rect(0, top, page.width, foot - top)
    field = Band(0, 0, (Fill(0, 0, look.cover_field, page.height, palette.field),))
    filled = Paginator(room, room, {}, 0.0).fill(texts.strips)
    pages = [(field, *one.stack.bands()) for one in filled]
    if meta.confidentiality.strip():
        said = cover_foot(setting.element("P", element), left, setting)
        pages[-1] = (*pages[-1], Band(0, 0, tuple(said)))
    return pages


class _Cover:
    """The cover's texts, one under another."""

    def __init__(self, column: Column, setting: Setting) -> None:
        self.strips: list[Strip] = []
        self._column = column
        self._setting = setting
        self._space = 0.0

    def add(self, text: str, tone: Tone, after: Pt, *, balanced: bool = False) -> None:
        """Add a paragraph; ``balanced``: its lines about equally long."""
        language = language_of(text, self._setting.meta.lang)
        element = self._setting.element("P", self._column.element, lang=language)
        column, fonts = self._column, self._setting.context.fonts

        def made_of(words: str) -> Sequence[Piece]:
            content: RichText = (Run(words),)
            return pieces(content, element, tone, self._setting)

        if balanced:
            text = with_pause(text, lambda words: count_lines(made_of(words), column.width, fonts))
        made = made_of(text)
        if balanced:
            column = replace(column, width=balanced_width(made, column.width, fonts))
        self._set(made, tone, after, column)

    def add_labelled(self, value: Labelled, word: str, tone: Tone, *, again: bool = False) -> None:
        """Add a field with its label: the report's own, or our word for it.

        Said ``again``, our word is left out: the field stands under the one before it.
        """
        element = self._setting.element("P", self._column.element)
        inside = element if value.label else self._setting.element("Lbl", element)
        look = Look(self._setting.palette.ink_second, inside)
        label = f"{value.label or word}{self._setting.context.words.colon}"
        text = Piece(value.text, tone.style, Look(tone.color, element))
        gap = self._setting.look.cover_fact_gap
        named = Piece(label, tone.style, look)
        if again and not value.label:
            under = self._column.within(natural_width([named], self._setting.context.fonts))
            self._set((text,), tone, gap, under)
        else:
            self._set((named, text), tone, gap)

    def add_labelled_text(self, word: str, text: str, tone: Tone) -> None:
        """Add a text under a label of ours."""
        self._space += self._setting.look.cover_abstract_gap
        ours = self._setting.element("Lbl", self._column.element)
        bold = replace(tone, bold=True)
        look = Look(self._setting.palette.structure, ours)
        self._set((Piece(word, bold.style, look),), bold, after=0)
        self.add(text, tone, after=0)

    def rule(self, space: Pt) -> None:
        """Add a short rule with white space over and under it."""
        size = self._setting.look.cover_rule
        fill = Fill(self._column.x, 0, size.width, size.height, self._setting.palette.structure)
        self.strips.append(Strip(size.height, (fill,), space=self._space + space))
        self._space = space

    def _set(
        self, text: Sequence[Piece], tone: Tone, after: Pt, column: Column | None = None
    ) -> None:
        strips = set_text(text, column or self._column, tone, self._setting)
        self.strips.extend([replace(strips[0], space=self._space), *strips[1:]])
        self._space = after


class Listed(Struct, frozen=True, gc=False):
    """An entry of the contents: level from 0, title, the block it leads to, and its label."""

    level: int
    title: str
    target: str
    label: str = ""


def listed_sections(
    sections: Sequence[Section], titles: Mapping[BlockId, str], look: PageTokens, room: Pt
) -> tuple[list[Listed], float]:
    """Return the sections that the contents name, and how much of their leading is left.

    As many levels as fill a page of ``room`` points, set a little tighter if that
    is enough; or two pages well filled; else the first level alone.
    """
    levels: list[list[Listed]] = [[] for _ in look.contents]

    def collect(children: Sequence[Section], level: int) -> None:
        for child in children:
            entry = Listed(level, titles[child.id], child.id)
            for deepest in range(level, len(levels)):
                levels[deepest].append(entry)
            if level + 1 < len(levels):
                collect(child.sections, level + 1)

    collect(sections, 0)
    title = look.contents_title.leading + look.heading_below[0]
    for entries in reversed(levels):
        height = sum(
            look.contents[one.level].leading + look.contents_gap * (not one.level)
            for one in entries
        )
        tight = min(1.0, (room - title) / height) if height else 1.0
        if tight >= TIGHTEST:
            return entries, tight
        if WELL_FILLED <= height / room <= 2:  # noqa: PLR2004 - two pages
            return entries, 1.0
    return levels[0], 1.0


class Contents:
    """The contents, measured once; `strips` gives them with page numbers."""

    def __init__(
        self,
        title: str,
        step: Type,
        entries: Sequence[Listed],
        column: Column,
        setting: Setting,
        tight: float = 1.0,
    ) -> None:
        self._step = step
        self._tight = tight
        self._setting = setting
        self._element = setting.element("TOC", column.element)
        self._caption = setting.element("Caption", self._element)
        self._column = column
        self._title = title
        self._aside = self._labels_width(entries)
        self._entries = [self._measured(entry) for entry in entries]

    def _labels_width(self, entries: Sequence[Listed]) -> Pt:
        """Return how far titles stand from the labels' left edge, for one edge of them all."""
        look, fonts = self._setting.look, self._setting.context.fonts
        steps = {
            one.label: look.contents[min(one.level, len(look.contents) - 1)] for one in entries
        }
        return max(
            (
                natural_width([Piece(label, self._setting.tone(step).style)], fonts) + step.size
                for label, step in steps.items()
                if label
            ),
            default=0.0,
        )

    def _measured(self, entry: Listed) -> tuple[Listed, Tone, list[Strip], Pt, ElementId]:
        setting, look = self._setting, self._setting.look
        step = look.contents[min(entry.level, len(look.contents) - 1)]
        color = setting.palette.structure if entry.level == 0 else setting.palette.ink
        tone = setting.tone(step, color)
        tone = replace(tone, leading=tone.leading * self._tight)
        reference = setting.element("Reference", setting.element("TOCI", self._element))
        link = setting.element("Link", reference)
        number_width = 4 * 0.6 * tone.size
        inside = self._column.within(entry.level * look.indent, number_width + tone.size)
        style, fonts = Look(tone.color, link), setting.context.fonts
        beside: tuple[Item, ...] = ()
        if entry.label:  # its space parts it from the title for those who read the file
            label, *_ = compose([Piece(f"{entry.label} ", tone.style, style)], inside.width, fonts)
            beside = line_items(label, inside, tone, setting)
            inside = inside.within(self._aside)
        lines = compose([Piece(entry.title, tone.style, style)], inside.width, fonts)
        strips = [
            Strip(tone.leading, line_items(line, inside, tone, setting), keep=line is not lines[-1])
            for line in lines
        ]
        strips[0] = replace(strips[0], items=(*beside, *strips[0].items))
        if entry.level == 0:
            strips[0] = replace(strips[0], space=look.contents_gap * self._tight)
        end = inside.x + lines[-1].width
        return entry, tone, strips, end, link

    def strips(self, pages: Mapping[str, int]) -> list[Strip]:
        """Return the contents; without page numbers when they are not known yet."""
        setting, look = self._setting, self._setting.look
        tone = setting.tone(self._step, setting.palette.structure)
        look_ = Look(tone.color, self._caption)
        title = set_text([Piece(self._title, tone.style, look_)], self._column, tone, setting)
        title[-1] = replace(title[-1], height=title[-1].height + look.heading_below[0], keep=True)
        made = [replace(title[0], space=look.heading_above[0]), *title[1:]]
        for entry, tone_, strips, end, link in self._entries:
            last = strips[-1]
            number = str(pages.get(entry.target, ""))
            extra: list[Item] = self._leader(number, tone_, end, link) if number else []
            extra.append(self._area(entry, tone_, link, len(strips)))
            made.extend([*strips[:-1], replace(last, items=(*last.items, *extra))])
        return made

    def _leader(self, number: str, tone: Tone, end: Pt, link: ElementId) -> list[Item]:
        """Return dots from the title's end to the number at the right edge, on one grid."""
        setting = self._setting
        fonts = setting.context.fonts
        style = tone.style
        # the space parts it from the title for those who read the file, not see it: at the
        # end of the title's line it would go where the line is full
        number = f" {number}"
        width = natural_width([Piece(number, style)], fonts)
        text = Piece(number, style, Look(tone.color, link))
        right = replace(self._column, x=self._column.right - width, width=width + 1)
        items = list(set_text([text], right, tone, setting)[0].items)
        look, pitch = setting.look, setting.look.leader_pitch
        first = -(-(end + look.leader_gap) // pitch) * pitch
        last = self._column.right - width - look.leader_gap
        if last - first >= pitch:
            y = tone.base - 1
            color = setting.palette.ink_second
            items.append(Rule(first, y, last, y, look.leader, color, dash=pitch))
        return items

    def _area(self, entry: Listed, tone: Tone, link: ElementId, lines: int) -> Area:
        height = tone.leading * lines
        return Area(
            self._column.x,
            tone.leading - height,
            self._column.width,
            height,
            f"#{entry.target}",
            f"{entry.label} {entry.title}".strip(),
            link,
        )
