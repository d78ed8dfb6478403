"""The report's meta data in -> the cover."""

from __future__ import annotations

from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.geometry import Rect
from exporters.layout.titles import with_pause
from exporters.pictures import size_of
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, passages_of, set_at
from exporters.powerpoint.layouts import FIRST_INDEX, TITLE
from exporters.powerpoint.passages import Passage
from exporters.powerpoint.plan import (
    FURNITURE,
    Drawing,
    Layout,
    Picture,
    Placeholder,
    Text,
    TextParagraph,
    TextRun,
)
from exporters.theme import Type
from report_data.ids import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Shape
    from exporters.theme import SlideTokens
    from report_data.ids import BlockId
    from report_data.model import Labelled, Meta

LAYOUT = "cover"

_STEPS = (1.0, 0.85, 0.7, 0.55)
"""A long text steps down by these parts of its size on the cover."""

_WIDTHS = tuple(part / 100 for part in range(97, 49, -3))
"""The parts of a box's width in which a text of several lines may be set, widest first."""

_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""The part of a box's room to spare that stands before a text."""

_LOGO = 0.5
"""The part of the field's width that a logo takes."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    boxes = (
        Placeholder(
            "kind", "body", tokens.cover_kind, (tokens.kind,), FIRST_INDEX, color="ink_second"
        ),
        Placeholder(
            TITLE,
            "ctrTitle",
            tokens.cover_text,
            (tokens.cover_title,),
            color="structure",
            anchor="b",
        ),
        Placeholder("subtitle", "subTitle", tokens.cover_subtitle_box, (tokens.cover_subtitle,), 1),
        Placeholder(
            "authors",
            "body",
            tokens.cover_foot,
            (tokens.kind,),
            FIRST_INDEX + 1,
            color="ink_second",
            anchor="b",
        ),
    )
    drawings = (
        Drawing("field", tokens.cover_field, "field"),
        Drawing("rule", tokens.cover_rule, "structure"),
    )
    return (Layout(LAYOUT, LAYOUT, "title", boxes, drawings),)


def shapes(
    meta: Meta, title: str, desk: Desk, logo: Path | None
) -> tuple[tuple[Shape, ...], tuple[Passage, ...]]:
    """Return the cover's shapes, and for its notes what they could not hold.

    ``title`` stands in where the report has none.
    """
    cover = _Cover(desk)
    if meta.kind:
        cover.line("kind", meta.kind)
    cover.line("title", title, ROOT if meta.title else f"{FURNITURE}title")
    if meta.subtitle:
        cover.line("subtitle", meta.subtitle)
    people = [_labelled(one, desk.context.words.author, desk) for one in meta.authors]
    people += [_labelled(one, one.label, desk) for one in meta.details]
    if meta.date:
        people.append(_labelled(meta.date, desk.context.words.date, desk))
    if meta.confidentiality.strip():
        people.append((TextRun(meta.confidentiality),))
    if people:
        cover.foot(people)
    if logo is not None:
        cover.shapes += _logo(logo, desk)
    return tuple(cover.shapes), tuple(cover.notes)


def pages(atoms: Sequence[Atom], name: BlockId, desk: Desk) -> list[Page] | None:
    """Return a cover inside the deck, its text as the subtitle; ``None`` when that is too long."""
    box = desk.box(LAYOUT, "subtitle")
    passages = passages_of(atoms)
    steps = (box.types[0], *desk.tokens.body_steps)
    step = largest(desk.ruler, passages, steps, box.rect.width, box.rect.height)
    if passages and step is None:
        return None
    ids = tuple(one for atom in atoms for one in atom.ids)
    words = (desk.text(LAYOUT, "subtitle", name, set_at(passages, step)),) if step else ()
    return [Page(LAYOUT, words, (), (name, *ids))]


class _Cover:
    """Fills the cover's boxes: what is too long steps down, then loses its end to the notes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._layout = desk.look.layout(LAYOUT)
        self.shapes: list[Shape] = []
        self.notes: list[Passage] = []

    def line(self, key: str, text: str, name: str = ROOT) -> None:
        """Add one text in its own box."""
        box = self._layout.get(key)
        base, ruler = box.types[0], self._desk.ruler
        runs: tuple[TextRun, ...] = (TextRun(text),)
        for part in _STEPS:
            step = Type(round(base.size * part), round(base.leading * part), base.bold)
            if ruler.sure_lines(runs, step, box.rect.width) * step.leading <= box.rect.height:
                break
        else:
            self.notes.append(Passage(runs))
            most = max(1, int(box.rect.height / step.leading))
            runs = ruler.beginning(runs, step, box.rect.width, most)
        if key == "title" and len(runs) == 1:
            width = box.rect.width
            text = with_pause(runs[0].text, lambda t: ruler.sure_lines((TextRun(t),), step, width))
            runs = (replace(runs[0], text=text),)
        paragraph = TextParagraph(runs, step, align=box.align)
        rect = self._balanced(runs, step, box)
        self.shapes.append(self._desk.text(LAYOUT, key, name, (paragraph,), rect))

    def _balanced(self, runs: tuple[TextRun, ...], step: Type, box: Placeholder) -> Rect:
        """Return the narrowest box of as many lines: they are then about equally long.

        A line that ends only where it is full ends in the middle of a Chinese word. One em is
        to spare, for a host whose letters are wider; lines that end by themselves need no less
        room than there is.
        """
        rect = box.rect
        if any("\n" in run.text for run in runs):
            return rect
        lines = self._desk.ruler.sure_lines(runs, step, rect.width)
        balanced = rect
        for part in _WIDTHS if lines > 1 else ():
            width = rect.width * part
            if self._desk.ruler.sure_lines(runs, step, width) > lines:
                break
            width = min(width + step.size, rect.width)
            left = rect.x + (rect.width - width) * _BEFORE[box.align]
            balanced = Rect(left, rect.y, width, rect.height)
        return balanced

    def foot(self, people: Sequence[tuple[TextRun, ...]]) -> None:
        """Add authors, details and date, at the bottom of their box; many take the subtitle's."""
        box, ruler = self._layout.get("authors"), self._desk.ruler
        rect = box.rect
        first = TextParagraph(people[0], box.types[0], align=box.align)
        paragraphs = tuple(replace(first, runs=runs) for runs in people)
        if not any(isinstance(one, Text) and one.placeholder == "subtitle" for one in self.shapes):
            under = self._layout.get("subtitle").rect
            top = min(rect.y, max(under.y, rect.bottom - ruler.height(paragraphs, rect.width)))
            rect = Rect(rect.x, top, rect.width, rect.bottom - top)
        for step in (box.types[0], self._desk.tokens.section_label, self._desk.tokens.caption):
            paragraphs = tuple(replace(first, runs=runs, type=step) for runs in people)
            if ruler.height(paragraphs, rect.width) <= rect.height:
                break
        else:
            self.notes += [Passage(runs) for runs in people]
            paragraphs = self._first(paragraphs, rect)
        self.shapes.append(self._desk.text(LAYOUT, "authors", ROOT, paragraphs, rect))

    def _first(self, items: tuple[TextParagraph, ...], rect: Rect) -> tuple[TextParagraph, ...]:
        """Return the paragraphs that fit, at least the beginning of the first."""
        heights = accumulate(self._desk.ruler.height((item,), rect.width) for item in items)
        count = sum(1 for _ in takewhile(lambda height: height <= rect.height, heights))
        if count:
            return items[:count]
        first = items[0]
        most = int(rect.height / first.type.leading)
        runs = self._desk.ruler.beginning(first.runs, first.type, rect.width, most)
        return (replace(first, runs=runs),)


def _labelled(field: Labelled, word: str, desk: Desk) -> tuple[TextRun, ...]:
    """Return a label and its text; a label that the report has not given is ours."""
    colon = TextRun(desk.context.words.colon, furniture=True)
    if field.label:
        return TextRun(field.label), colon, TextRun(field.text)
    return TextRun(word, furniture=True), colon, TextRun(field.text)


def _logo(path: Path, desk: Desk) -> list[Picture]:
    size = size_of(str(path))
    if size is None:
        return []
    field = desk.tokens.cover_field
    width = field.width * _LOGO
    height = width * size[1] / size[0]
    box = Rect(field.x + (field.width - width) / 2, desk.tokens.cover_kind.y, width, height)
    return [Picture("triptych:logo", box, path)]
