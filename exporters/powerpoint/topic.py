"""The blocks under one heading in -> pages, each by the layout that its blocks ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
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
from exporters.powerpoint.asking import asked, unfit
from exporters.powerpoint.desk import Intro
from exporters.powerpoint.fit import passages_of
from exporters.powerpoint.groups import (
    Group,
    groups,
    is_table_note,
    is_text,
    leads_in,
    suits,
    with_notes_apart,
)
from exporters.powerpoint.passages import Atom, Passage, ids_of, label_of, without_ornaments
from exporters.powerpoint.periods import is_period, may_be_period
from exporters.powerpoint.plan import TextRun
from exporters.powerpoint.slide_comparison import Side
from exporters.powerpoint.slide_items import items_of
from exporters.powerpoint.spoken import spoken
from report_data.model import (
    Box,
    CodeBlock,
    Figure,
    Heading,
    List,
    Mark,
    MathBlock,
    Paragraph,
    Quote,
    Run,
    Table,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.powerpoint.desk import Desk, Page
    from report_data.diagnostics import Span
    from report_data.ids import BlockId
    from report_data.model import Block

_SHORT_LABEL = 12
"""The longest label, in characters, that names a slide."""

_INTRO_LINES, _OUTRO_LINES = 3, 2
"""The most lines that open a slide of another kind, and that stand under a table."""

_WITH_RULE = 3
"""Words, a rule, and words."""

_LEAST_PERIODS, _MOST_PERIODS = 3, 8
"""Items of a list that is told as a timeline: two are a pair, more than two slides a list."""

_TAKEAWAY_LINES = 5
"""The most lines beside a table or chart whose author asks for them there."""


def _is_aside(block: Block) -> bool:
    """Return whether a block is a paragraph in italics."""
    return isinstance(block, Paragraph) and all(
        isinstance(run, Run) and Mark.ITALIC in run.marks for run in block.content
    )


def _is_of_paragraphs(block: Block) -> bool:
    """Return whether a block is a quotation or list that holds nothing but paragraphs."""
    inside = [block] if isinstance(block, Quote) else block.items if isinstance(block, List) else ()
    return bool(inside) and all(isinstance(one, Paragraph) for it in inside for one in it.blocks)


class Topic(Struct):
    """What stands under one heading: ``name`` its id, ``heading`` its words; then what it took.

    ``appendix`` says that it stands in one.
    """

    desk: Desk
    name: BlockId
    heading: str
    appendix: bool = False
    pages: list[Page] = field(default_factory=list)
    spoken: list[Passage] = field(default_factory=list)

    def add(self, blocks: Iterable[Block], layout: str = "", span: Span | None = None) -> Topic:
        """Plan blocks; ``layout`` is what the author asked for at ``span``. Returns itself."""
        context = self.desk.context
        found = self._with_coda(groups(blocks, self._wanted, layout))
        if any(group.kind == "table" for group in found):
            found = with_notes_apart(found)
        if span is not None and layout and not any(group.asked == layout for group in found):
            unfit(layout, span, context, "nothing here is of its kind")
        index = 0
        while index < len(found):
            index += self._group(found, index)
        return self

    def _with_coda(self, found: list[Group]) -> list[Group]:
        """Return groups without a rule before a few last words in italics, if they fit before it.

        Reports end so: a rule, then who signs, or what is not warranted. Before any other
        words an author's rule is a new slide.
        """
        if len(found) < _WITH_RULE or found[-2].kind != "break":
            return found
        *rest, before, _, after = found
        few = self._few(after.blocks) if all(map(_is_aside, after.blocks)) else None
        if few is None or not self.desk.fits_as_intro(few.passages):
            return found
        if before.kind == "table" and not after.asked:
            return [*rest, before, after]
        if (before.kind, before.asked) != ("text", after.asked) or self._told_by_periods(before):
            return found
        blocks = (*before.blocks, *after.blocks)
        atoms = list(self.desk.wording.atoms(blocks))
        if not slide_content.is_one_slide(atoms, self.desk):
            return found
        return [*rest, replace(before, blocks=blocks)]

    def _wanted(self, block: Block) -> str:
        """Return the layout that a block itself asks for; one that does not suit it is said."""
        context = self.desk.context
        layout = asked(block, context)
        if layout and not suits(layout, block):
            unfit(layout, block.span, context, "it is not for what stands here")
            return ""
        return layout

    def _group(self, found: Sequence[Group], index: int) -> int:
        """Plan a group, and the next if they share a slide; return how many were planned."""
        group = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if group.kind == "break":
            return 1
        if group.kind == "notes":
            self.spoken += spoken(group.blocks, self.desk)
            return 1
        beside = self._beside(group, following) if following else None
        if beside:
            self.pages += beside
            return 2
        if not group.is_words:
            outro = self._outro(found, index)
            self.pages += self._special(group, None, outro)
            return 2 if outro else 1
        return self._text(found, index)

    def _text(self, found: Sequence[Group], index: int) -> int:
        """Plan text, its end together with what follows it if that is no text.

        Returns how many groups were planned.
        """
        group = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if following is None or following.is_words or following.kind in {"break", "notes"}:
            self.pages += self._words(group)
            return 1
        intro, rest = self._intro(group, following)
        if rest:
            self.pages += self._words(Group("text", rest))
        if intro is None:
            return 1
        outro = self._outro(found, index + 1)
        self.pages += self._special(following, intro, outro)
        return 3 if outro else 2

    def _beside(self, first: Group, second: Group) -> list[Page] | None:
        """Return the slide of a picture and the text before or after it, if they share one."""
        text_first = first.is_words and second.kind == "figure"
        if not text_first and not (first.kind == "figure" and second.is_words):
            return None
        text, picture = (first, second) if text_first else (second, first)
        figure = picture.blocks[0]
        if not isinstance(figure, Figure) or picture.asked == slide_picture.LAYOUT:
            return None
        sure = picture.asked == slide_picture_text.LAYOUT
        alone = len(text.blocks) == 1 and leads_in(text.blocks[0])
        if not sure and (alone or not slide_picture_text.suits(figure, self.desk)):
            return None
        atoms = list(self.desk.wording.atoms(text.blocks))
        return slide_picture_text.pages(
            figure, atoms, self.name, self.desk, text_first=text_first, sure=sure
        )

    def _words(self, group: Group) -> list[Page]:
        quote = group.blocks[0]
        if group.kind == "quote" and isinstance(quote, Quote):
            inner = list(self.desk.wording.atoms(quote.blocks))
            pages = slide_quote.pages(inner, quote.id, self.desk) if inner else []
            if pages is not None:
                return pages
        atoms = list(self.desk.wording.atoms(group.blocks))
        if self.desk.with_notes:
            atoms, signs = without_ornaments(atoms)
            self.spoken += signs
        if not atoms:
            return []
        return (
            slide_number.pages(atoms, self.desk)
            or self._told_by_periods(group)
            or slide_content.pages(atoms, self.name, self.desk)
        )

    def _told_by_periods(self, group: Group) -> list[Page] | None:
        """Return the timeline of a list whose items each begin with a period, if it is one."""
        *before, last = group.blocks
        if group.asked or not isinstance(last, List) or not _may_tell_periods(last):
            return None
        intro = self._few(tuple(before)) if before else None
        if before and not (intro and self.desk.fits_as_intro(intro.passages)):
            return None
        items = items_of((last,), self.desk.wording)
        labels = ["".join(run.text for run in item.label) for item in items]
        if not all(map(is_period, labels)) or not all(item.passages for item in items):
            return None
        return slide_timeline.pages(items, self.desk, intro)

    def _intro(self, group: Group, following: Group) -> tuple[Intro | None, tuple[Block, ...]]:
        """Return the words that open the next group's slide, and the text before them."""
        blocks = group.blocks
        if following.asked == slide_table.LAYOUT:
            return None, blocks
        wanted = following.asked in {slide_takeaway.LAYOUT, "chart"}
        most = _TAKEAWAY_LINES if wanted else _INTRO_LINES
        for start in (0, len(blocks) - 1):
            part = blocks[start:]
            if start and not wanted and not leads_in(part[0]):
                break
            intro = self._few(part)
            if intro and self.desk.fits_as_intro(intro.passages, most=most):
                return intro, blocks[:start]
        return None, blocks

    def _outro(self, found: Sequence[Group], index: int) -> Intro | None:
        """Return the few words that follow a table: the last of their section, or about it."""
        after = found[index + 1 :]
        table = found[index]
        if table.kind != "table" or table.asked == slide_table.LAYOUT or not after:
            return None
        wanted = table.asked == slide_takeaway.LAYOUT
        if not after[0].is_words:
            return None
        note = len(after[0].blocks) == 1 and is_table_note(found, index + 1)
        last = all(group.kind in {"break", "notes"} for group in after[1:])
        if not wanted and not note and not last:
            return None
        outro = self._few(after[0].blocks)
        most = _TAKEAWAY_LINES if wanted else _OUTRO_LINES
        if outro is None or not self.desk.fits_as_intro(outro.passages, most=most):
            return None
        return replace(outro, note=note) if note else outro

    def _few(self, blocks: tuple[Block, ...]) -> Intro | None:
        """Return paragraphs, quoted or listed, as words beside something; else ``None``."""
        if not all(isinstance(one, Paragraph) or _is_of_paragraphs(one) for one in blocks):
            return None
        passages = tuple(passages_of(self.desk.wording.atoms(blocks)))
        return Intro(self.name, passages, ids_of(blocks))

    def _special(self, group: Group, intro: Intro | None, outro: Intro | None) -> list[Page]:
        """Return the pages of a table, picture, code or box, or of what a layout is asked for."""
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
                pages = slide_picture.pages(block, self.desk, intro)
            case Box(kind="chart") if block.id in self.desk.charts:
                return self._chart(block, intro)
            case Box() if is_text(block.blocks):
                pages = self._box(block, intro)
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
        return [*self._alone(intro), *pages] if pages is not None and intro else pages

    def _chart(self, box: Box, intro: Intro | None) -> list[Page]:
        """Return a chart's slide, and those of what stands in its box: its table."""
        from exporters.powerpoint import slide_chart

        blocks = box.blocks
        if intro is None and blocks:
            few = self._few(blocks)
            intro = few if few and self.desk.fits_as_intro(few.passages) else None
            blocks = () if intro else blocks
        chart = slide_chart.pages(box, self.desk.charts[box.id], self.desk, intro)
        inner = Topic(self.desk, self.name, self.heading, self.appendix).add(blocks)
        self.spoken += inner.spoken
        return [*chart, *inner.pages]

    def _plainly(self, blocks: tuple[Block, ...], intro: Intro | None) -> list[Page]:
        """Return the pages of blocks whose own layout cannot hold them: of what is in them."""
        before = self._alone(intro) if intro else []
        box = blocks[0]
        if not isinstance(box, Box):
            atoms = list(self.desk.wording.atoms(blocks))
            return [*before, *slide_content.pages(atoms, self.name, self.desk)]
        inner = Topic(self.desk, self.name, self.heading, self.appendix).add(_with_label(box))
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
            if pages is not None and intro:
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


def _may_tell_periods(block: List) -> bool:
    """Return whether a list is as long as a timeline's and each item one paragraph, none a task.

    Most lists are seen to be none by the first letter of their first item.
    """
    if not _LEAST_PERIODS <= len(block.items) <= _MOST_PERIODS:
        return False
    first = block.items[0].blocks[0] if block.items[0].blocks else None
    if not isinstance(first, Paragraph) or not may_be_period(plain(first.content)):
        return False
    return all(
        item.checked is None and len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph)
        for item in block.items
    )


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
