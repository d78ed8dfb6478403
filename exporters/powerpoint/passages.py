"""The report's blocks in -> passages: what to say on slides, before its size is settled.

A passage becomes one paragraph. An atom is what stays together when text splits
over slides: a paragraph, a list item with all under it, a heading and what follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from exporters.names import one_line
from exporters.pictures import is_drawable
from exporters.powerpoint.plan import Mark, TextRun
from report_data import model
from report_data.expressions import when_used
from report_data.model import (
    Box,
    Break,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    InlineImage,
    List,
    ListItem,
    MathBlock,
    NoteRef,
    Paragraph,
    Quote,
    Reference,
    Run,
    Section,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from exporters.furniture import Furniture
    from exporters.names import Names
    from report_data.ids import BlockId
    from report_data.model import Block, Node, RichText

SUPERSCRIPT, SUBSCRIPT = 30, -25
"""Baseline shifts in per cent of the size, as PowerPoint's own buttons set them."""

DEEPEST = 5
"""Lists nested deeper are indented no further: their words would have no width left."""

Kind = Literal["text", "item", "head", "code", "quote"]

_LABEL = re.compile(r"[^：:\n]{1,40}?(?:：|:(?=\s|$))")
"""An item's label without bold: its text up to the first colon; times such as 10:30 are none."""

_ORNAMENT = re.compile(r"[\s—–\-―─━═*＊·•⁂…~～=_]+")
"""A line that parts paragraphs."""

_LEAST_SENTENCE = 12
"""Fewer Latin characters before a stop are a label or an abbreviation: C1. The expected ..."""

_SENTENCE = when_used(r"[。！？]+[”’」』）)】]*|(?<=[^\s.]{2})[.!?]+[\"”’)\]]*(?=\s+[^\sa-z])|\n")
"""Where a sentence ends: Chinese marks always, Latin ones before a space and no small letter."""


_LEAD_IN = ("：", ":")


class Passage(Struct, frozen=True, gc=False):
    """One paragraph to be. ``number`` is an ordered item's own number."""

    runs: tuple[TextRun, ...]
    kind: Kind = "text"
    mark: Mark = Mark.NONE
    level: int = 0
    number: int = 1

    @property
    def text(self) -> str:
        """Return the words."""
        return "".join(run.text for run in self.runs)


class Atom(Struct, frozen=True, gc=False):
    """What is not parted while it fits on a slide. ``glued`` atoms stay with the next one."""

    passages: tuple[Passage, ...]
    ids: tuple[BlockId, ...] = ()
    glued: bool = False

    @property
    def leads_in(self) -> bool:
        """Whether its last line announces what follows: it ends with a colon, or is all bold."""
        last = self.passages[-1]
        if last.kind != "text" or last.mark is not Mark.NONE:
            return False
        bold = all(run.bold or not run.text.strip() for run in last.runs)
        return bold or last.text.rstrip().endswith(_LEAD_IN)


class Wording:
    """Turns rich text and blocks of one report into runs and passages."""

    def __init__(self, names: Names, words: Furniture, sections: dict[BlockId, str]) -> None:
        self._words = words
        self._labels: dict[BlockId, str] = {
            **{key: name.label for key, name in names.tables.items()},
            **names.figures,
            **{key: one_line(title) for key, title in sections.items()},
        }
        self._known: dict[int, tuple[Node, tuple[Atom, ...]]] = {}
        self._say: dict[type, Callable[[Any, int], Iterator[Passage]]] = {
            Paragraph: self._paragraph,
            Heading: self._heading,
            List: self._list,
            DefinitionList: self._definitions,
            Quote: self._quote,
            CodeBlock: self._code,
            MathBlock: self._code,
            Box: self._boxed,
            Figure: self._figure,
        }

    def runs(self, content: RichText, *, bold: bool = False) -> tuple[TextRun, ...]:
        """Return rich text as planned runs; numbers of notes and tables are marked as ours."""
        return tuple([run for item in content if (run := self._run(item, bold=bold)).text])

    def _run(self, item: model.Inline, *, bold: bool) -> TextRun:
        match item:
            case Run():
                marks = item.marks
                if marks is model.Mark.NONE:
                    return TextRun(item.text, bold=bold, link=item.link, lang=item.lang or "")
                raised = model.Mark.SUPERSCRIPT in marks
                lowered = model.Mark.SUBSCRIPT in marks
                return TextRun(
                    item.text,
                    bold=bold or model.Mark.BOLD in marks,
                    italic=model.Mark.ITALIC in marks and not _is_han(item.text),
                    strike=model.Mark.STRIKE in marks,
                    code=bool(marks & (model.Mark.CODE | model.Mark.MATH)),
                    baseline=SUPERSCRIPT if raised else SUBSCRIPT if lowered else 0,
                    link=item.link,
                    lang=item.lang or "",
                )
            case NoteRef():
                return TextRun(
                    str(item.number), baseline=SUPERSCRIPT, link=f"#{item.note}", furniture=True
                )
            case Reference():
                label = self._labels.get(item.target, item.target)
                return TextRun(label, bold=bold, link=f"#{item.target}", furniture=True)
            case InlineImage():
                return TextRun(item.alt, bold=bold)

    def atoms(self, blocks: Iterable[Node]) -> Iterator[Atom]:
        """Yield blocks of text as atoms, in order; sections open with their heading.

        Whether a text fits is asked more than once: what a block says is kept, with the
        block, so that no other can have its identity.
        """
        for block in blocks:
            known = self._known.get(id(block))
            if known is None:
                known = self._known[id(block)] = (block, tuple(self._atoms_of(block)))
            yield from known[1]

    def _atoms_of(self, block: Node) -> Iterator[Atom]:
        match block:
            case Section():
                yield Atom((self._head(block.title),), (block.id,), glued=True)
                yield from self.atoms(block.children)
            case List():
                yield from self._items(block, 0)
            case Box():
                if block.label:
                    yield Atom((self._head(block.label),), (block.id,), glued=True)
                yield from self.atoms(block.blocks)
            case DefinitionList():
                for item in block.items:
                    inner = self._of(item.blocks, 1)
                    yield Atom((self._head(item.term), *inner), ids_of((item,)))
            case Break():
                return
            case _:
                passages = tuple(self._of((block,), 0))
                if passages:
                    yield Atom(passages, ids_of((block,)), glued=isinstance(block, Heading))

    def _items(self, block: List, level: int) -> Iterator[Atom]:
        for number, item in enumerate(block.items, block.start):
            passages = tuple(self._item(item, block, number, level))
            if passages:
                yield Atom(passages, ids_of((item,)))

    def _item(self, item: ListItem, block: List, number: int, level: int) -> Iterator[Passage]:
        mark = Mark.NUMBER if block.ordered else Mark.BULLET
        if item.checked is not None:
            mark = Mark.DONE if item.checked else Mark.TASK
        opened = False
        for child in item.blocks:
            if isinstance(child, Paragraph) and not opened:
                opened = True
                yield Passage(self.runs(child.content), "item", mark, level, number)
            else:
                if not opened:
                    opened = True
                    yield Passage((), "item", mark, level, number)
                yield from self._of((child,), level + 1)

    def _of(self, blocks: Iterable[Block], level: int) -> Iterator[Passage]:
        """Yield blocks inside others, at a depth of list. Tables have slides of their own."""
        for block in blocks:
            say = self._say.get(type(block))
            if say is not None:
                yield from say(block, min(level, DEEPEST))

    def _paragraph(self, block: Paragraph, level: int) -> Iterator[Passage]:
        runs = self.runs(block.content)
        if runs:
            yield Passage(runs, level=level)

    def _heading(self, block: Heading, level: int) -> Iterator[Passage]:
        yield replace(self._head(block.content), level=level)

    def _list(self, block: List, level: int) -> Iterator[Passage]:
        for number, item in enumerate(block.items, block.start):
            yield from self._item(item, block, number, level)

    def _definitions(self, block: DefinitionList, level: int) -> Iterator[Passage]:
        for one in block.items:
            yield replace(self._head(one.term), level=level)
            yield from self._of(one.blocks, level + 1)

    def _quote(self, block: Quote, level: int) -> Iterator[Passage]:
        for passage in self._of(block.blocks, level + 1):
            quoted = passage.kind == "text"
            yield replace(passage, kind="quote") if quoted else passage

    def _code(self, block: CodeBlock | MathBlock, level: int) -> Iterator[Passage]:
        if block.text:
            yield Passage((TextRun(block.text, code=True),), "code", level=level)

    def _boxed(self, block: Box, level: int) -> Iterator[Passage]:
        if block.label:
            yield replace(self._head(block.label), level=level)
        yield from self._of(block.blocks, level)

    def _figure(self, block: Figure, level: int) -> Iterator[Passage]:
        """Yield what stands for a picture that cannot be drawn; one in a list has a slide."""
        if block.path is None or not is_drawable(block.path):
            text = self._words.missing(block)
            link = self._words.way_to(block)
            run = TextRun(text, link=link, furniture=block.path is not None)
            yield Passage((run,), level=level)
            if block.caption:
                yield Passage(self.runs(block.caption), level=level)

    def _head(self, content: RichText) -> Passage:
        return Passage(self.runs(content, bold=True), "head")


def without_ornaments(atoms: Iterable[Atom]) -> tuple[list[Atom], tuple[Passage, ...]]:
    """Part atoms from lines of signs ("—", "* * *"): on a slide these part nothing."""
    kept: list[Atom] = []
    signs: list[Passage] = []
    for atom in atoms:
        first = atom.passages[0]
        if len(atom.passages) == 1 and first.kind == "text" and _ORNAMENT.fullmatch(first.text):
            signs.append(first)
        else:
            kept.append(atom)
    return kept, tuple(signs)


def ids_of(nodes: Iterable[Node | ListItem | model.Definition]) -> tuple[BlockId, ...]:
    """Return the ids of nodes and of all in them, in reading order."""
    return tuple([node.id for node in walk(tuple(nodes))])


def label_and_text(
    runs: tuple[TextRun, ...],
) -> tuple[tuple[TextRun, ...], tuple[TextRun, ...]]:
    """Part an item into its label and the rest: a leading bold run, else up to the first colon.

    A colon that follows a bold label at once belongs to the label.
    """
    text = "".join(run.text for run in runs)
    end = 0
    for run in runs:
        if not run.bold:
            break
        end += len(run.text)
    if end:
        while text[end : end + 1] in {"：", ":"}:
            end += 1
    elif match := _LABEL.match(text):
        end = match.end()
    if end >= len(text.rstrip()):
        return (), runs
    return cut(runs, end)


def cut(runs: tuple[TextRun, ...], end: int) -> tuple[tuple[TextRun, ...], tuple[TextRun, ...]]:
    """Cut runs at a character; white space at the cut is dropped on both sides."""
    before: list[TextRun] = []
    after: list[TextRun] = []
    at = 0
    for run in runs:
        length = len(run.text)
        if at + length <= end:
            before.append(run)
        elif at >= end:
            after.append(run)
        else:
            before.append(replace(run, text=run.text[: end - at]))
            after.append(replace(run, text=run.text[end - at :]))
        at += length
    if before:
        before[-1] = replace(before[-1], text=before[-1].text.rstrip())
    if after:
        after[0] = replace(after[0], text=after[0].text.lstrip())
    return tuple(run for run in before if run.text), tuple(run for run in after if run.text)


def sentences(text: str) -> tuple[int, ...]:
    """Return where each sentence of a text ends; the last end is the text's."""
    ends: list[int] = []
    for match in _SENTENCE.finditer(text):
        short = match.end() - (ends[-1] if ends else 0) < _LEAST_SENTENCE
        if match.end() < len(text) and not (short and match[0][0] in ".!?"):
            ends.append(match.end())
    return (*ends, len(text))


def lead(passage: Passage, count: int) -> Passage:
    """Return a passage's first sentences, verbatim; code, headings and short ones stay whole."""
    if passage.kind in {"code", "head"}:
        return passage
    ends = sentences(passage.text)
    if len(ends) <= count:
        return passage
    return replace(passage, runs=cut(passage.runs, ends[count - 1])[0])


def label_of(text: str) -> str:
    """Return what stands before the first colon of a text, ``""`` without one."""
    match = _LABEL.match(text)
    return match.group(0).rstrip("：:").strip() if match else ""


def _is_han(text: str) -> bool:
    """Return whether a text holds Chinese characters or kana: those are never slanted."""
    return any("\u2e80" <= char <= "\uffef" for char in text)
