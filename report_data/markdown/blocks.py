"""Block elements -> the model's blocks, each with its id and its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from report_data.images import find_picture
from report_data.markdown.alerts import split_alert
from report_data.markdown.attributes import NO_BRACES
from report_data.markdown.boxes import KINDS, is_data_table, parse_box_head
from report_data.markdown.braces import check_picture
from report_data.markdown.clean import clean_text
from report_data.markdown.flattened import TASK
from report_data.markdown.html import TERM_PART
from report_data.markdown.pictures import is_caption, parted
from report_data.markdown.rules import MAX_LEVEL, is_table_rule, split_row
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
from report_data.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from report_data.diagnostics import Span
    from report_data.ids import BlockId, IdMaker
    from report_data.markdown.boxes import BoxHead
    from report_data.markdown.inlines import InlineReader
    from report_data.markdown.parser import Element
    from report_data.markdown.source import Source
    from report_data.model import Block, Inline, RichText

_MARKER = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?=\s|$)[ \t]*")
_FLATTENED = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+[ \t]*")


class _At(Struct, frozen=True):
    """Where the content of the enclosing container begins."""

    line: int = -1
    column: int = 0


class BlockBuilder(Struct):
    """Builds the blocks of one section after another; ``section`` is the one at hand."""

    source: Source
    inlines: InlineReader
    ids: IdMaker
    section: BlockId

    def build(self, elements: Sequence[Element], at: _At | None = None) -> tuple[Block, ...]:
        """Return the blocks of sibling elements."""
        at = at or _At()
        blocks: list[Block] = []
        for element in elements:
            blocks.extend(_BUILD[element.kind](self, element, self._column(element, at)))
        return tuple(blocks)

    def _identify(self, element: Element, kind: str) -> BlockId:
        """Return an element's id: the author's, or the next of its kind in the section."""
        return element.id or self.ids.block(self.section, kind)

    def _span(self, element: Element, column: int) -> Span:
        return self.source.block(element.start, element.end, column)

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

    def paragraph(self, element: Element, column: int) -> Iterable[Block]:
        """Return a paragraph: the pictures that stand alone in it, and its text."""
        if element.floored:
            return self._flattened(element)
        content = self.inlines.read(
            element.content, element.start, element.end, pictures_alone=True
        )
        blocks: list[Block] = []
        self._warn_of_broken_table(element)
        for part in parted(content):
            if isinstance(part, InlineImage):
                blocks.append(self._figure(element, part))
                continue
            # Of several parts the first has the id that the author gave.
            identifier, element.id = self._identify(element, "paragraph"), None
            span = self._span(element, column)
            blocks.append(Paragraph(id=identifier, span=span, content=part))
        return blocks

    def _warn_of_broken_table(self, element: Element) -> None:
        """Say when lines are a table but for the number of cells in the rule under the header."""
        lines = element.content.split("\n", 2)
        if len(lines) < 2 or not is_table_rule(lines[1]) or "|" not in lines[0]:  # noqa: PLR2004  header and rule
            return
        header, rule = (len(split_row(line, 0)) for line in lines[:2])
        self.source.diagnostics.warn(
            "W202",
            f"these lines are no table: the header has {header} cells, the line under it {rule}; "
            "they stand as text",
            self.source.find(lines[1], element.start, element.end),
            "Give both the same number of cells",
        )

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

    def _figure(self, element: Element, picture: InlineImage) -> Figure:
        found = find_picture(picture.source, self.source.folder)
        place = self.source.find(f"![{picture.alt}", element.start, element.end)
        if found.problem:
            code = "W150" if found.path is None else "W153"
            self.source.diagnostics.warn(
                code, f"{found.problem}: “{picture.source[:200]}”", place, found.hint
            )
        caption = self.inlines.titles.get(picture, "")
        braces = element.braces
        if braces is NO_BRACES:
            braces = self.inlines.braces.get(picture, NO_BRACES)
        if braces.attributes:
            check_picture(braces, element, self.source)
        identifier, element.id = self._identify(element, "figure"), None
        return Figure(
            id=identifier,
            span=place,
            attributes=braces.attributes,
            source=picture.source,
            alt=picture.alt,
            path=found.path,
            caption=self.inlines.read(caption, element.start, element.end)
            if caption or not is_caption(picture.alt)
            else (Run(picture.alt),),
        )

    def heading(self, element: Element, column: int) -> Iterable[Block]:
        """Return a heading inside a box, a list or a quote."""
        yield Heading(
            id=self._identify(element, "heading"),
            span=self._span(element, column),
            attributes=element.braces.attributes,
            level=element.level,
            content=self._read(element),
        )

    def list_(self, element: Element, column: int) -> Iterable[Block]:
        """Return a list with its items."""
        identifier = self._identify(element, "list")
        at = _At(element.start, column)
        yield List(
            id=identifier,
            span=self._span(element, column),
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
            task = TASK.match(first.content)
            if task is not None:
                checked = task[1] != " "
                first.content = first.content[task.end() :]
        return ListItem(
            id=self._identify(element, "item"),
            span=self.source.block(element.start, element.end, column),
            checked=checked,
            blocks=self.build(children, inside),
        )

    def definitions(self, element: Element, column: int) -> Iterable[Block]:
        """Return terms with what they mean."""
        identifier = self._identify(element, "definitions")
        items: list[Definition] = []
        term: RichText = ()
        named = element
        for child in element.children:
            if child.kind == "dt":
                if term:  # a term without a text of its own shares the next one's
                    items.append(self._definition(term, named, ()))
                term, named = self._term(child), child
            else:
                items.append(self._definition(term, child, self.build(child.children)))
                term = ()
        if term:
            items.append(self._definition(term, named, ()))
        yield DefinitionList(
            id=identifier,
            span=self._span(element, column),
            items=tuple(items),
        )

    def _term(self, element: Element) -> RichText:
        """Return a term, each of its texts read by itself: emphasis ends where its block does."""
        found: list[Inline] = []
        for text in element.content.split(TERM_PART):
            if made := self.inlines.read(text, element.start, element.end):
                found += [*([Run(" ")] if found else []), *made]
        return tuple(found)

    def _definition(
        self, term: RichText, element: Element, blocks: tuple[Block, ...]
    ) -> Definition:
        return Definition(
            id=self._identify(element, "definition"),
            span=self.source.block(element.start, element.end),
            term=term,
            blocks=blocks,
        )

    def box(self, element: Element, column: int) -> Iterable[Block]:
        """Return a fenced div."""
        head = element.box or parse_box_head(element.info)
        if is_data_table(head):
            yield from self._data_table(element, head, column)
            return
        line = self.source.line(element.start)
        place = self.source.span(element.start, column, len(line.rstrip()) - column)
        if head.unknown:
            self.source.diagnostics.warn(
                "W161",
                f"“{head.unknown}” is no kind of box; its content stands without one",
                place,
                f"{meant(head.unknown, (*KINDS, 'table'))}Known boxes: callout, timeline, cards, "
                "columns, column, notes, only, chart, table",
            )
        if not element.closed:
            self.source.diagnostics.warn(
                "W160", "this box is never closed", place, "End it with a line of :::"
            )
        identifier = self._identify(element, "box" if head.kind == "plain" else head.kind)
        yield Box(
            id=identifier,
            span=self._span(element, column),
            attributes=head.braces.attributes,
            kind=head.kind,
            label=self.inlines.read(head.title, element.start, element.start + 1),
            blocks=self.build(element.children),
        )

    def _data_table(self, element: Element, head: BoxHead, column: int) -> Iterable[Block]:
        # Few reports have data files, whose readers take long to import.
        from report_data.markdown.data_tables import data_table

        identifier = self._identify(element, "table")
        caption = self.inlines.read(head.title, element.start, element.start + 1)
        table = data_table(head, identifier, caption, self.source, self._span(element, column))
        if table is not None:
            yield table
        yield from self.build(element.children)

    def details(self, element: Element, column: int) -> Iterable[Block]:
        """Return HTML details as a box with a label."""
        identifier = self._identify(element, "box")
        yield Box(
            id=identifier,
            span=self._span(element, column),
            kind="plain",
            label=self.inlines.read(element.label, element.start, element.end),
            blocks=self.build(element.children),
        )

    def summary(self, element: Element, _column: int) -> Iterable[Block]:
        """Return what stands in a summary outside details: text like any other."""
        return self.build(element.children)

    def table(self, element: Element, _column: int) -> Iterable[Block]:
        """Return a table."""
        yield build_table(element, self._identify(element, "table"), self.inlines)

    def quote(self, element: Element, column: int) -> Iterable[Block]:
        """Return a block quotation; the word of GitHub's alerts (``[!NOTE]``) is its first line."""
        first = element.children[0] if element.children else None
        if first is not None and first.kind == "paragraph":
            word, rest = split_alert(first.content)
            if word:
                first.content = f"**{word}**  \n{rest}" if rest.strip() else f"**{word}**"
        identifier = self._identify(element, "quote")
        inside = self.build(element.children, _At(element.start, column + 1))
        yield Quote(id=identifier, span=self._span(element, column), blocks=inside)

    def code(self, element: Element, column: int) -> Iterable[Block]:
        """Return code, fenced or indented."""
        info = element.info.split()
        language = info[0].strip("{}.") if info else ""
        span = self._span(element, column)
        if language.lower() in _DRAWN_BY_OTHERS:
            self.source.diagnostics.warn(
                "W154",
                f"a drawing in {language} is shown as its source",
                span,
                "Save the drawing as SVG or PNG and show that: ![what it shows](drawing.svg)",
            )
        yield CodeBlock(
            id=self._identify(element, "code"),
            span=span,
            text=clean_text(element.content.removesuffix("\n")),
            language=language,
        )

    def math(self, element: Element, column: int) -> Iterable[Block]:
        """Return a displayed formula."""
        yield MathBlock(
            id=self._identify(element, "math"),
            span=self._span(element, column),
            text=clean_text(element.content),
        )

    def rule(self, element: Element, column: int) -> Iterable[Block]:
        """Return a thematic break."""
        yield Break(id=self._identify(element, "break"), span=self._span(element, column))


_DRAWN_BY_OTHERS = frozenset(("mermaid", "plantuml", "puml", "dot", "graphviz", "echarts", "flow"))
"""Languages of code that web pages show as drawings."""

_BUILD: dict[str, Callable[[BlockBuilder, Element, int], Iterable[Block]]] = {
    "paragraph": BlockBuilder.paragraph,
    "heading": BlockBuilder.heading,
    "bullet_list": BlockBuilder.list_,
    "ordered_list": BlockBuilder.list_,
    "blockquote": BlockBuilder.quote,
    "fence": BlockBuilder.code,
    "code_block": BlockBuilder.code,
    "math_block": BlockBuilder.math,
    "hr": BlockBuilder.rule,
    "dl": BlockBuilder.definitions,
    "table": BlockBuilder.table,
    "div": BlockBuilder.box,
    "details": BlockBuilder.details,
    "summary": BlockBuilder.summary,
}


def _tight(element: Element) -> bool:
    return all(
        child.tight
        for item in element.children
        for child in item.children
        if child.kind == "paragraph"
    )
