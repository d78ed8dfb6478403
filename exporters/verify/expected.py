"""A Report in -> every text that a file of it must hold, in reading order, with its place.

White space is no part of a text here: setting text adds and removes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from msgspec import Struct, field

from exporters.layout.fonts import IGNORED
from report_data.ids import ROOT
from report_data.model import (
    Box,
    CodeBlock,
    Definition,
    Figure,
    Heading,
    InlineImage,
    ListItem,
    MathBlock,
    Note,
    NoteRef,
    Paragraph,
    Reference,
    Run,
    Section,
    Table,
    children,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from exporters.furniture import Furniture
    from exporters.names import Names
    from report_data.diagnostics import Span
    from report_data.ids import BlockId
    from report_data.model import Inline, Labelled, Node, Report, RichText


_UNSEEN = f"{IGNORED}\u2800\ufff9-\ufffc"
"""What vanishes from set text, and what readers leave out as well: BRAILLE PATTERN BLANK, which
looks like white space, and the marks that stand for annotations and objects elsewhere."""

_INVISIBLE = re.compile(f"[{_UNSEEN}]")

_FORMS = "\u017f\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe10-\ufe19\ufe30-\ufe6b\ufe70-\ufefc"
"""Ligatures, positional and vertical forms: some readers give the letters they stand for."""

_PRESENTATION_FORMS = re.compile(f"[{_FORMS}]+")
_SPELLED = re.compile(f"[{_UNSEEN}{_FORMS}]")


def visible(text: str) -> str:
    """Return a text without the hints that vanish from set text, ligatures as their letters."""
    if text.isascii() or not _SPELLED.search(text):
        return text
    spelled = _PRESENTATION_FORMS.sub(lambda match: normalize("NFKC", match[0]), text)
    return _INVISIBLE.sub("", spelled)


def squeezed(text: str) -> str:
    """Return a text without white space and without the hints that vanish from set text."""
    return "".join(visible(text).split())


class Slot(NamedTuple):
    """A place in a squeezed text where a file may show one of a few texts of ours."""

    offset: int
    texts: tuple[str, ...]


class Item(Struct, frozen=True, gc=False):
    """One text of the report: a heading, paragraph, cell, caption, field of the cover...

    ``path`` holds the ids of all that it stands in, its own last. ``spoken``
    texts are for speaker notes. ``row`` counts from 0, the header's; both are
    ``None`` outside of tables.
    """

    block: BlockId
    kind: str
    raw: str
    text: str
    path: tuple[BlockId, ...]
    span: Span | None = None
    slots: tuple[Slot, ...] = ()
    row: int | None = None
    column: int | None = None
    spoken: bool = False
    loose: bool = False
    """It may stand anywhere: fields of the cover in any order, footnotes on any page."""

    @property
    def name(self) -> str:
        """Return what to call it in a message."""
        if self.row is None or self.column is None:
            return f"{self.kind} {self.block}"
        return f"table {self.block}, row {self.row}, column {self.column + 1}"

    def spellings(self) -> list[str]:
        """Return the squeezed text without and with each of our own words that may stand in it.

        Where that is too many, all of them stand in it, or the last few.
        """
        spellings = [self.text]
        for slot in reversed(self.slots):
            spellings += [
                text[: slot.offset] + ours + text[slot.offset :]
                for text in spellings
                for ours in slot.texts
                if ours
            ]
            if len(spellings) > _MOST_SPELLINGS:
                most = max(len(slot.texts) for slot in self.slots)
                return [*spellings, *(self._wholly(choice) for choice in range(most))]
        return spellings

    def ends(self, text: str, start: int) -> set[int]:
        """Return where this text ends in another that holds it at a place, however spelled."""
        reached = {start}
        for parts in self._parts():
            reached = {end + len(p) for end in reached for p in parts if text.startswith(p, end)}
            if not reached:
                break
        return reached

    def begins(self, text: str) -> bool:
        """Return whether this text begins with another, however spelled."""
        reached = {0}
        for parts in self._parts():
            if any(part.startswith(text[end:]) for end in reached for part in parts):
                return True
            reached = {end + len(p) for end in reached for p in parts if text.startswith(p, end)}
            if not reached:
                break
        return False

    def holds(self, text: str) -> bool:
        """Return whether another text is a part of this one, however spelled."""
        if text in self.text:
            return True
        if not self.slots:
            return False
        reached = {0}
        for parts in self._parts():
            if any(text in part for part in parts):
                return True
            if any(part.startswith(text[end:]) for end in reached for part in parts):
                return True
            following = {end + len(p) for end in reached for p in parts if text.startswith(p, end)}
            reached = following.union({0}, *(_overlaps(part, text) for part in parts))
        return len(text) in reached

    def _parts(self) -> Iterator[tuple[str, ...]]:
        """Yield the text between the places for words of ours, and what may stand in each."""
        at = 0
        for slot in self.slots:
            yield (self.text[at : slot.offset],)
            yield ("", *slot.texts)
            at = slot.offset
        yield (self.text[at:],)

    def _wholly(self, choice: int) -> str:
        """Return the text with a word of ours in every place: of each that one, or its last."""
        parts: list[str] = []
        start = 0
        for slot in self.slots:
            ours = slot.texts[min(choice, len(slot.texts) - 1)] if slot.texts else ""
            parts += (self.text[start : slot.offset], ours)
            start = slot.offset
        return "".join((*parts, self.text[start:]))


def _overlaps(text: str, other: str) -> Iterator[int]:
    """Yield how many characters at the end of a text are the beginning of another."""
    begin = other[:_ALIKE]
    at = text.find(begin)
    while at >= 0:
        if other.startswith(text[at:]):
            yield len(text) - at
        at = text.find(begin, at + 1)
    yield from (length for length in range(1, len(begin)) if text.endswith(other[:length]))


_ALIKE = 8
"""Characters by which the beginning of a text is looked for."""

_MOST_SPELLINGS = 200
"""Spellings of one text that are tried, about."""


class Expected(Struct, frozen=True):
    """All texts in reading order; cells stand with their table, ``notes`` at the end."""

    items: tuple[Item, ...]
    """What stands outside of tables, with one textless item of kind ``table`` for each."""
    tables: dict[BlockId, tuple[tuple[Item, ...], ...]]
    """Rows of cells by table, the header first."""

    def __len__(self) -> int:
        """Return how many texts there are."""
        cells = sum(len(row) for rows in self.tables.values() for row in rows)
        return sum(item.kind != "table" for item in self.items) + cells

    def every(self) -> Iterator[Item]:
        """Yield every item that has a text."""
        yield from (item for item in self.items if item.kind != "table")
        for rows in self.tables.values():
            for row in rows:
                yield from row


def expect(
    report: Report, words: Furniture, names: Names, most: Mapping[BlockId, int] | None = None
) -> Expected:
    """Return what a file of a report, as filtered for its format, must hold.

    ``most`` is how many rows it need hold of some tables.
    """
    titles = {section.id: squeezed(plain(section.title)) for section in report.every(Section)}
    titles |= {note.id: str(note.number) for note in report.notes}
    collector = _Collector(words, names, titles, most or {})
    collector.cover(report)
    collector.nodes(report.children)
    for note in report.notes:
        collector.note(note)
    return Expected(tuple(collector.items), collector.tables)


class _Collector(Struct):
    words: Furniture
    names: Names
    titles: Mapping[BlockId, str]
    """What a reference to a section or a footnote shows."""
    most: Mapping[BlockId, int]
    items: list[Item] = field(default_factory=list)
    tables: dict[BlockId, tuple[tuple[Item, ...], ...]] = field(default_factory=dict)

    def cover(self, report: Report) -> None:
        meta = report.meta
        for kind, text in (
            ("title", meta.title),
            ("subtitle", meta.subtitle),
            ("kind of report", meta.kind),
        ):
            self._cover(kind, text, ())
        for author in meta.authors:
            self._labelled("author", author, self.words.author)
        for detail in meta.details:
            self._labelled("detail", detail, "")
        if meta.date is not None:
            self._labelled("date", meta.date, self.words.date)
        self._cover("abstract", meta.abstract, (Slot(0, _labels(self.words.abstract)),))
        self._cover("statement of confidentiality", meta.confidentiality, ())

    def _labelled(self, kind: str, value: Labelled, word: str) -> None:
        if not value.label:
            self._cover(kind, value.text, (Slot(0, _labels(word)),))
            return
        end = len(squeezed(value.label))
        self._cover(kind, f"{value.label} {value.text}", (Slot(end, ("：", ":")),))

    def _cover(self, kind: str, raw: str, slots: tuple[Slot, ...]) -> None:
        if text := squeezed(raw):
            self.items.append(Item(ROOT, kind, raw, text, (ROOT,), slots=slots, loose=True))

    def nodes(self, nodes: tuple[Node, ...]) -> None:
        """Collect nodes and all in them; with a stack of its own, as deep as memory allows."""
        self._walk(nodes, path=(), loose=False)

    def note(self, note: Note) -> None:
        self._walk((note,), path=(), loose=True)

    def _walk(
        self, nodes: tuple[Node | Note, ...], *, path: tuple[BlockId, ...], loose: bool
    ) -> None:
        stack: list[tuple[Node | Note | ListItem | Definition, tuple[BlockId, ...], bool]] = [
            (node, path, False) for node in reversed(nodes)
        ]
        while stack:
            node, above, spoken = stack.pop()
            path = (*above, node.id)
            spoken = spoken or (isinstance(node, Box) and node.kind == "notes")
            self._own(node, path, spoken=spoken, loose=loose)
            stack += [(child, path, spoken) for child in reversed(children(node))]

    def _own(
        self,
        node: Node | Note | ListItem | Definition,
        path: tuple[BlockId, ...],
        *,
        spoken: bool,
        loose: bool,
    ) -> None:
        def add(kind: str, content: RichText | str) -> None:
            raw, text, slots = self._text(content)
            if text:
                self.items.append(
                    Item(
                        node.id, kind, raw, text, path, node.span, slots, spoken=spoken, loose=loose
                    )
                )

        if isinstance(node, Figure) and node.path is None:
            add("placeholder of picture", self.words.missing(node))
        if type(node) in _OWN_TEXT:
            kind, attribute = _OWN_TEXT[type(node)]
            add(kind, getattr(node, attribute))
        if isinstance(node, Table):
            self._table(node, path, spoken=spoken, loose=loose)

    def _table(self, table: Table, path: tuple[BlockId, ...], *, spoken: bool, loose: bool) -> None:
        mark = _table_mark(len(self.tables))
        self.items.append(Item(table.id, "table", "", mark, path, table.span, loose=loose))
        shown = table.rows[: self.most.get(table.id, len(table.rows))]
        rows = [tuple(column.header for column in table.columns), *shown]
        cells = []
        for number, row in enumerate(rows):
            line = []
            for column, cell in enumerate(row):
                raw, text, slots = self._text(cell.content)
                span = cell.span or table.span
                line.append(
                    Item(
                        table.id,
                        "cell",
                        raw,
                        text,
                        path,
                        span,
                        slots,
                        number,
                        column,
                        spoken=spoken,
                    )
                )
            cells.append(tuple(line))
        self.tables[table.id] = tuple(cells)

    def _text(self, content: RichText | str) -> tuple[str, str, tuple[Slot, ...]]:
        """Return a text raw and squeezed, and where our own words may stand in it."""
        if isinstance(content, str):
            return content, squeezed(content), ()
        if len(content) == 1 and type(content[0]) is Run:
            raw = content[0].text
            return raw, squeezed(raw), ()
        if all(isinstance(item, Run) for item in content):
            raw = plain(content)
            return raw, squeezed(raw), ()
        raw, slots = "", []
        for item in content:
            if isinstance(item, Run):
                raw += item.text
            elif isinstance(item, InlineImage):  # its text stands for it, between words of ours
                before, after = self.words.image_missing.split("{alt}")
                slots.append(Slot(len(squeezed(raw)), (squeezed(before),)))
                raw += item.alt
                slots.append(Slot(len(squeezed(raw)), (squeezed(after),)))
            else:
                slots.append(Slot(len(squeezed(raw)), self._ours(item)))
        return raw, squeezed(raw), tuple(slots)

    def _ours(self, item: Inline) -> tuple[str, ...]:
        """Return what a file may show for something that is not text itself."""
        if isinstance(item, NoteRef):
            number = str(item.number)
            raised = number.translate(_RAISED)
            return (number, f"[{number}]", f"［{number}］", raised)
        if isinstance(item, Reference):
            table = self.names.tables.get(item.target)
            label = table.label if table else self.names.figures.get(item.target, "")
            label = squeezed(label) or self.titles.get(item.target, "")
            return (label or squeezed(item.target),)  # what has no name is called by its id
        return ()


_OWN_TEXT: dict[type, tuple[str, str]] = {
    Section: ("heading", "title"),
    Heading: ("heading", "content"),
    Paragraph: ("paragraph", "content"),
    Definition: ("term", "term"),
    Box: ("title of box", "label"),
    CodeBlock: ("code", "text"),
    MathBlock: ("formula", "text"),
    Table: ("caption", "caption"),
    Figure: ("caption", "caption"),
}
"""What a node says itself, not by its children: what to call it, and its attribute."""

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _labels(word: str) -> tuple[str, ...]:
    return (f"{word}：", f"{word}:", word)


def _table_mark(number: int) -> str:
    """Return the character that stands for a table in the flow of texts.

    From plane 15, for private use; after 65,533 tables they repeat, which only
    means that two far apart are not told from each other by it.
    """
    return chr(0xF0000 + number % 0xFFFD)
