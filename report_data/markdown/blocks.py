"""Block elements -> the model's blocks, each with its id and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report_data.ids import BlockId
from report_data.images import find_picture
from report_data.markdown.attributes import NO_BRACES, Braces, split_attributes, split_picture
from report_data.markdown.boxes import parse_box_head
from report_data.markdown.clean import clean_text
from report_data.markdown.parser import Element
from report_data.markdown.rules import MAX_LEVEL
from report_data.markdown.tables import build_table
from report_data.model import (
    Box,
    Break,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    InlineImage,
    List,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Run,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from report_data.ids import IdMaker
    from report_data.markdown.inlines import InlineReader
    from report_data.markdown.source import Source
    from report_data.model import Block, RichText

_MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?=\s|$)[ \t]*")
_TASK = re.compile(r"\[([ xX])\](?=\s)\s*")
_CAPTION = re.compile(r"(?::|Table:|表[:：])[ \t]+")
_FLATTENED = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+[ \t]*")


@dataclass(frozen=True, slots=True)
class _At:
    """Where the content of the enclosing container begins."""

    line: int = -1
    column: int = 0


@dataclass(slots=True)
class BlockBuilder:
    """Builds the blocks of one section after another; ``section`` is the one at hand."""

    source: Source
    inlines: InlineReader
    ids: IdMaker
    section: BlockId
    explicit: dict[int, BlockId]
    """Ids that the author gave, by the identity of the element; taken once."""

    def build(self, elements: Sequence[Element], at: _At | None = None) -> tuple[Block, ...]:
        """Return the blocks of sibling elements."""
        at = at or _At()
        blocks: list[Block] = []
        skip = -1
        for index, element in enumerate(elements):
            if index == skip:
                continue
            if element.kind == "table":
                following = elements[index + 1] if index + 1 < len(elements) else None
                caption = following if following is not None and is_caption(following) else None
                skip = index + 1 if caption is not None else skip
                blocks.append(self._table(element, caption))
            else:
                blocks.extend(self._blocks(element, at))
        return tuple(blocks)

    def identify(self, element: Element, kind: str) -> BlockId:
        """Return an element's id: the author's, or the next of its kind in the section."""
        return self.explicit.get(id(element)) or self.ids.block(self.section, kind)

    def _blocks(self, element: Element, at: _At) -> Iterable[Block]:
        kind = element.kind
        column = self._column(element, at)
        span = self.source.block(element.start, element.end, column)
        here = _At(element.start, column)
        if kind == "paragraph":
            return self._paragraph(element, column)
        if kind in ("bullet_list", "ordered_list"):
            return (self._list(element, here),)
        if kind == "blockquote":
            identifier = self.identify(element, "quote")
            inside = self.build(element.children, _At(element.start, column + 1))
            return (Quote(id=identifier, span=span, blocks=inside),)
        if kind == "div":
            return (self._box(element, column),)
        if kind == "heading":
            return (self._heading(element, column),)
        if kind in ("fence", "code_block"):
            info = element.info.split()
            return (
                CodeBlock(
                    id=self.identify(element, "code"),
                    span=span,
                    text=clean_text(element.content.rstrip("\n")),
                    language=info[0].strip("{}.") if info else "",
                ),
            )
        if kind == "math_block":
            identifier = self.identify(element, "math")
            return (MathBlock(id=identifier, span=span, text=clean_text(element.content)),)
        if kind == "hr":
            return (Break(id=self.identify(element, "break"), span=span),)
        if kind == "dl":
            return (self._definitions(element, here),)
        if kind == "details":
            return (self._details(element, column),)
        if kind == "summary":  # outside details it is text like any other
            return self.build(element.children)
        raise AssertionError(kind)

    def _column(self, element: Element, at: _At) -> int:
        """Return the column, from 0, at which an element begins."""
        line = self.source.line(element.start)
        column = at.column if element.start == at.line else 0
        skipped = " \t" if element.kind == "blockquote" or element.start == at.line else " \t>"
        while column < len(line) and line[column] in skipped:
            column += 1
        return column

    def _read(self, element: Element) -> RichText:
        return self.inlines.read(element.content, element.start, element.end)

    def _paragraph(self, element: Element, column: int) -> Iterable[Block]:
        if element.floored:
            return self._flattened(element)
        text, braces = split_picture(element.content)
        content = self.inlines.read(text, element.start, element.end, pictures_alone=True)
        pictures = [item for item in content if isinstance(item, InlineImage)]
        if pictures and all(
            isinstance(item, InlineImage) or (isinstance(item, Run) and not item.text.strip())
            for item in content
        ):
            return tuple(self._figure(element, picture, braces) for picture in pictures)
        if not content:
            return ()
        span = self.source.block(element.start, element.end, column)
        return (Paragraph(id=self.identify(element, "paragraph"), span=span, content=content),)

    def _flattened(self, element: Element) -> Iterable[Block]:
        """Return what stands below the deepest level as paragraphs, markers taken off."""
        self.source.diagnostics.warn(
            "W180",
            f"lists and quotes are nested deeper than {MAX_LEVEL} levels; "
            "what is deeper stands as paragraphs",
            self.source.block(element.start, element.end),
            "Nest less: nobody reads that deep",
        )
        texts: list[tuple[int, str]] = []
        for number, line in enumerate(element.content.split("\n"), element.start):
            marker = _FLATTENED.match(line)
            if marker is not None or not texts:
                texts.append((number, line[marker.end() :] if marker else line))
            else:
                texts[-1] = (texts[-1][0], f"{texts[-1][1]}\n{line}")
        blocks: list[Block] = []
        for number, text in texts:
            content = self.inlines.read(text, number, element.end)
            if content:
                identifier = self.ids.block(self.section, "paragraph")
                span = self.source.block(number, number + 1)
                blocks.append(Paragraph(id=identifier, span=span, content=content))
        return blocks

    def _figure(self, element: Element, picture: InlineImage, braces: Braces) -> Figure:
        found = find_picture(picture.source, self.source.folder)
        place = self.source.find(f"![{picture.alt}", element.start, element.end)
        if found.problem:
            self.source.diagnostics.warn(
                "W150", f"{found.problem}: “{picture.source[:200]}”", place, found.hint
            )
        caption = self.inlines.titles.get(picture, "")
        return Figure(
            id=self.explicit.pop(id(element), None) or self.ids.block(self.section, "figure"),
            span=place,
            attributes=braces.attributes,
            source=picture.source,
            alt=picture.alt,
            path=found.path,
            caption=self.inlines.read(caption, element.start, element.end),
        )

    def _heading(self, element: Element, column: int) -> Heading:
        text, braces = split_attributes(element.content)
        return Heading(
            id=self.identify(element, "heading"),
            span=self.source.block(element.start, element.end, column),
            attributes=braces.attributes,
            level=element.level,
            content=self.inlines.read(text, element.start, element.end),
        )

    def _list(self, element: Element, at: _At) -> List:
        identifier = self.identify(element, "list")
        return List(
            id=identifier,
            span=self.source.block(element.start, element.end, at.column),
            ordered=element.kind == "ordered_list",
            start=element.number,
            tight=_tight(element),
            items=tuple(self._item(child, at) for child in element.children),
        )

    def _item(self, element: Element, at: _At) -> ListItem:
        column = self._column(element, at)
        marker = _MARKER.match(self.source.line(element.start), column)
        inside = _At(element.start, marker.end() if marker else column)
        checked = None
        children = element.children
        first = children[0] if children else None
        if first is not None and first.kind == "paragraph":
            task = _TASK.match(first.content)
            if task is not None:
                checked = task[1] != " "
                first.content = first.content[task.end() :]
        return ListItem(
            id=self.identify(element, "item"),
            span=self.source.block(element.start, element.end, column),
            checked=checked,
            blocks=self.build(children, inside),
        )

    def _definitions(self, element: Element, at: _At) -> DefinitionList:
        identifier = self.identify(element, "definitions")
        items: list[Definition] = []
        term: RichText = ()
        for child in element.children:
            if child.kind == "dt":
                if term:  # a term without a text of its own shares the next one's
                    items.append(self._definition(term, child, ()))
                term = self._read(child)
            else:
                items.append(self._definition(term, child, self.build(child.children)))
                term = ()
        return DefinitionList(
            id=identifier,
            span=self.source.block(element.start, element.end, at.column),
            items=tuple(items),
        )

    def _definition(
        self, term: RichText, element: Element, blocks: tuple[Block, ...]
    ) -> Definition:
        return Definition(
            id=self.identify(element, "definition"),
            span=self.source.block(element.start, element.end),
            term=term,
            blocks=blocks,
        )

    def _box(self, element: Element, column: int) -> Box:
        head = parse_box_head(element.info)
        line = self.source.line(element.start)
        span = self.source.span(element.start, column, len(line.rstrip()) - column)
        if head.unknown:
            self.source.diagnostics.warn(
                "W161",
                f"“{head.unknown}” is no kind of box; its content stands without one",
                span,
                "Known boxes: callout, timeline, cards, columns, notes, only, chart",
            )
        if not element.closed:
            self.source.diagnostics.warn(
                "W160", "this box is never closed", span, "End it with a line of :::"
            )
        identifier = self.identify(element, head.kind if head.kind != "plain" else "box")
        return Box(
            id=identifier,
            span=self.source.block(element.start, element.end, column),
            attributes=head.braces.attributes,
            kind=head.kind,
            label=self.inlines.read(head.title, element.start, element.start + 1),
            blocks=self.build(element.children),
        )

    def _table(self, element: Element, caption: Element | None) -> Block:
        text, braces = ("", NO_BRACES) if caption is None else caption_of(caption)
        label: RichText = ()
        if caption is not None:
            label = self.inlines.read(text, caption.start, caption.end)
        return build_table(
            element, self.identify(element, "table"), braces.attributes, label, self.inlines
        )

    def _details(self, element: Element, column: int) -> Box:
        identifier = self.identify(element, "box")
        return Box(
            id=identifier,
            span=self.source.block(element.start, element.end, column),
            kind="plain",
            label=self.inlines.read(element.label, element.start, element.end),
            blocks=self.build(element.children),
        )


def is_caption(element: Element) -> bool:
    """Return whether a paragraph after a table is its caption (``: text``)."""
    return element.kind == "paragraph" and _CAPTION.match(element.content) is not None


def caption_of(element: Element) -> tuple[str, Braces]:
    """Return a caption's text and what its braces say."""
    return split_attributes(_CAPTION.sub("", element.content, count=1))


def _tight(element: Element) -> bool:
    return all(
        child.tight
        for item in element.children
        for child in item.children
        if child.kind == "paragraph"
    )
