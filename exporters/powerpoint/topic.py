"""The blocks under one heading in -> pages: which blocks share a slide, and words by themselves.

What is not plain text is planned by `special`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.powerpoint import (
    slide_content,
    slide_number,
    slide_picture,
    slide_picture_text,
    slide_quote,
    slide_takeaway,
    slide_timeline,
    table_slides,
)
from exporters.powerpoint.asking import asked, unfit
from exporters.powerpoint.groups import (
    NOTED,
    Group,
    groups,
    is_note,
    leads_in,
    suits,
    with_notes_apart,
)
from exporters.powerpoint.passages import without_ornaments
from exporters.powerpoint.periods import is_period, may_be_period
from exporters.powerpoint.slide_items import items_of
from exporters.powerpoint.special import Special, few_words
from exporters.powerpoint.spoken import spoken
from report_data.model import Figure, List, Mark, Paragraph, Quote, Run, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.powerpoint.desk import Desk, Intro, Page
    from exporters.powerpoint.passages import Passage
    from report_data.diagnostics import Span
    from report_data.ids import BlockId
    from report_data.model import Block

_WORDLESS = frozenset((table_slides.LAYOUT, slide_picture.LAYOUT))
"""Layouts that are asked for to have nothing beside the table or picture."""

_INTRO_LINES, _OUTRO_LINES = 3, 2
"""The most lines that open a slide of another kind, and that stand under a table."""

_WITH_RULE = 3
"""Words, a rule, and words."""

_LEAST_PERIODS, _MOST_PERIODS = 3, 8
"""Items of a list that is told as a timeline: two are a pair, more than two slides a list."""

_TAKEAWAY_LINES = 5
"""The most lines beside a table or chart whose author asks for them there."""


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
        if any(group.kind in NOTED for group in found):
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
        if following.asked == table_slides.LAYOUT:
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
        """Return the few words that follow a table or picture: the last here, or about it."""
        after = found[index + 1 :]
        group = found[index]
        if group.kind not in NOTED or group.asked in _WORDLESS or not after:
            return None
        if group.kind == "figure" and not slide_picture.is_shown(group.blocks[0]):
            return None
        wanted = group.asked == slide_takeaway.LAYOUT
        if not after[0].is_words:
            return None
        note = len(after[0].blocks) == 1 and is_note(found, index + 1)
        last = all(group.kind in {"break", "notes"} for group in after[1:])
        if not wanted and not note and not last:
            return None
        outro = self._few(after[0].blocks)
        most = _TAKEAWAY_LINES if wanted else _OUTRO_LINES
        if outro is None or not self.desk.fits_as_intro(outro.passages, most=most):
            return None
        return replace(outro, note=note) if note else outro

    def _few(self, blocks: tuple[Block, ...]) -> Intro | None:
        return few_words(blocks, self.name, self.desk)

    def _special(self, group: Group, intro: Intro | None, outro: Intro | None) -> list[Page]:
        special = Special(self.desk, self.name, self.heading, self.appendix, self._inside)
        return special.pages(group, intro, outro, first=not self.pages)

    def _inside(self, blocks: Iterable[Block]) -> list[Page]:
        """Return the pages of what a box holds, as if it stood under the heading itself."""
        inner = Topic(self.desk, self.name, self.heading, self.appendix).add(blocks)
        self.spoken += inner.spoken
        return inner.pages


def _is_aside(block: Block) -> bool:
    """Return whether a block is a paragraph in italics."""
    return isinstance(block, Paragraph) and all(
        isinstance(run, Run) and Mark.ITALIC in run.marks for run in block.content
    )


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
