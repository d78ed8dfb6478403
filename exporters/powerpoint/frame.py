"""A page and where it stands in -> a slide: section label, title, foot, number.

A heading is the report's own text where it stands first, and ours where it is
repeated; so the words "（续 2/3）" and every repetition are marked as furniture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.powerpoint.layouts import FOOT, LABEL, NUMBER, TITLE
from exporters.powerpoint.passages import Passage
from exporters.powerpoint.plan import FURNITURE, Field, Text, TextParagraph, TextRun

if TYPE_CHECKING:
    from exporters.layout.geometry import Rect
    from exporters.powerpoint.desk import Desk, Page
    from exporters.powerpoint.passages import Wording
    from exporters.powerpoint.plan import Layout, Shape
    from exporters.theme import Type
    from report_data.ids import BlockId
    from report_data.model import Section

_SURE = 0.96
"""The part of a line's width that titles, labels and foot may fill: they have no line to spare."""

_BETWEEN = " / "
_APART = "\u2003"
"""Between the parts of the foot line: an em space."""


class Head(Struct, frozen=True, gc=False):
    """A heading by its id; ``block`` is ``None`` for words that are not the report's.

    ``named`` is the title that its author gave its slides: the heading is then in the notes
    of the first, or its title where there are no notes.
    """

    block: BlockId | None
    runs: tuple[TextRun, ...]
    named: tuple[TextRun, ...] = ()

    @classmethod
    def ours(cls, words: str) -> Head:
        """Return a heading in words of the tool's own."""
        return cls(None, (TextRun(words),))

    @property
    def text(self) -> str:
        """Return the words."""
        return "".join(run.text for run in self.runs)


class Draft(Struct, frozen=True, gc=False):
    """A page with its heading, the headings above it, and its part of all with that heading."""

    page: Page
    head: Head
    above: tuple[Head, ...] = ()
    section: int = 0
    part: int = 1
    parts: int = 1


class Framer(Struct):
    """Puts frames around pages, in order: it knows which headings were shown before."""

    desk: Desk
    foot: tuple[str, ...]
    shown: set[BlockId] = field(default_factory=set)
    titles: dict[str, int] = field(default_factory=dict)
    below: dict[str, tuple[Shape, ...]] = field(default_factory=dict)
    """Foot and number of each layout, the same on all its slides."""

    def frame(self, draft: Draft) -> tuple[str, tuple[Shape, ...], tuple[Passage, ...]]:
        """Return a slide's title, all its shapes in reading order, and notes for what was cut."""
        layout = self.desk.look.layout(draft.page.layout)
        notes: list[Passage] = []
        shapes: list[Shape] = []
        if layout.has(LABEL):
            label = self._label(draft, layout.get(LABEL).types[0], notes)
            if label is not None:
                shapes.append(label)
        else:
            notes += [Passage(head.runs) for head in self._new(draft)]
        title, text = self._title(draft, notes)
        below = self.below.get(layout.key)
        if below is None:
            below = self.below[layout.key] = self._below(layout)
        shapes += [title, *draft.page.shapes, *below]
        return text, tuple(shapes), tuple(notes)

    def _label(self, draft: Draft, step: Type, notes: list[Passage]) -> Text | None:
        """Return the line above the title: the top section, and headings not shown before."""
        new = self._new(draft)
        path = [head for head in draft.above if head in new or head is draft.above[0]]
        if not path:
            return None
        box = self.desk.box(draft.page.layout, LABEL).rect
        width, ruler = box.width * _SURE, self.desk.ruler
        runs = self._joined(path, new)
        if ruler.sure_lines(runs, step, width) > 1 and new and path[0] not in new:
            runs = self._joined(new, new)
        if ruler.sure_lines(runs, step, width) > 1:
            notes += [Passage(head.runs) for head in new]
            runs = ruler.beginning(runs, step, width, 1)
        name = str(new[0].block) if new else f"{FURNITURE}label"
        return self.desk.text(draft.page.layout, LABEL, name, (TextParagraph(runs, step),))

    def _new(self, draft: Draft) -> list[Head]:
        """Return the headings above a page that no slide has shown, which count as shown now."""
        new = [head for head in draft.above if head.block and head.block not in self.shown]
        self.shown.update(head.block for head in new if head.block)
        return new

    def _joined(self, path: list[Head], new: list[Head]) -> tuple[TextRun, ...]:
        runs: list[TextRun] = []
        for head in path:
            if runs:
                runs.append(TextRun(_BETWEEN, furniture=True))
            runs += head.runs if head in new else ours(head.runs)
        return tuple(runs)

    def _title(self, draft: Draft, notes: list[Passage]) -> tuple[Text, str]:
        head, page = draft.head, draft.page
        runs, suffix = page.title or head.named or head.runs, ""
        first = head.block is not None and head.block not in self.shown
        if first and not self.desk.with_notes:
            runs = head.runs  # it can stand nowhere else
        own = first and runs is head.runs
        if first and head.block:
            self.shown.add(head.block)
            if not own:
                notes.append(Passage(head.runs))
        elif draft.part > 1 and not page.title:
            words = self.desk.context.words.continued
            suffix = words.format(part=draft.part, parts=draft.parts)
        suffix = self._unique("".join(run.text for run in runs), suffix)
        shown = runs if own else ours(runs)
        if suffix:
            shown = (*shown, TextRun(suffix, furniture=True))
        step, fitted = self._fitted(
            shown, suffix, self.desk.box(page.layout, TITLE).rect, page.layout
        )
        if fitted is not shown and own:
            notes.append(Passage(runs))
        name = str(head.block) if own else f"{FURNITURE}title"
        text = self.desk.text(page.layout, TITLE, name, (TextParagraph(fitted, step),))
        return text, "".join(run.text for run in fitted)

    def _unique(self, text: str, suffix: str) -> str:
        """Return the suffix that makes a title the only one of its words."""
        number = self.titles.get(text + suffix, 0) + 1
        self.titles[text + suffix] = number
        while number > 1:
            candidate = f"{suffix}（{number}）" if "（" in suffix else f"{suffix} ({number})"
            if text + candidate not in self.titles:
                self.titles[text + candidate] = 1
                return candidate
            number += 1
        return suffix

    def _fitted(
        self, runs: tuple[TextRun, ...], suffix: str, box: Rect, layout: str
    ) -> tuple[Type, tuple[TextRun, ...]]:
        """Return the largest type at which a title fits its box, else its beginning."""
        ruler = self.desk.ruler
        steps = self.desk.box(layout, TITLE).types
        if steps[0] == self.desk.tokens.title_type:
            steps = self.desk.tokens.title_steps
        else:
            steps = (*steps, *self.desk.tokens.title_steps)
        width = box.width * _SURE
        for step in steps:
            if ruler.sure_lines(runs, step, width) * step.leading + step.size / 5 <= box.height:
                return step, runs
        step = steps[-1]
        lines = max(1, int(box.height / step.leading))
        tail = (TextRun(suffix, furniture=True),) if suffix else ()
        return step, ruler.beginning(runs, step, width, lines, tail)

    def _below(self, layout: Layout) -> tuple[Shape, ...]:
        foot = [self._foot(layout.key)] if layout.has(FOOT) and self.foot else []
        if not layout.has(NUMBER):
            return tuple(foot)
        return (*foot, Field(f"{FURNITURE}number", NUMBER, layout.get(NUMBER).rect))

    def _foot(self, layout: str) -> Text:
        box = self.desk.box(layout, FOOT)
        step = box.types[0]
        runs: list[TextRun] = []
        for text in self.foot:
            runs += [TextRun(_APART, furniture=True)] if runs else []
            runs.append(TextRun(text, furniture=True))
        width, ruler = box.rect.width * _SURE, self.desk.ruler
        if ruler.sure_lines(runs, step, width) > 1:
            runs = list(ruler.beginning(tuple(runs), step, width, 1))
        return self.desk.text(layout, FOOT, f"{FURNITURE}foot", (TextParagraph(tuple(runs), step),))


def ours(runs: tuple[TextRun, ...]) -> tuple[TextRun, ...]:
    """Return runs marked as the tool's own words."""
    return tuple(replace(run, furniture=True) for run in runs)


def head_of(section: Section, wording: Wording) -> Head:
    """Return a section's heading, with the title that its author gave its slides."""
    title = section.attributes.get("slide-title")
    return Head(section.id, wording.runs(section.title), (TextRun(title),) if title else ())
