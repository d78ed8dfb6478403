"""A Report in -> its whole text as lines, one a cell of the full-text sheet, in reading order.

Rows of tables are left out: they stand on sheets of their own, and a line
stands where the table does.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from exporters.excel.cells import (
    CELL_BREAKS,
    CELL_UNITS,
    HEADER_UNITS,
    Spelled,
    fits,
    one_line_runs,
    parts_of,
)
from exporters.excel.plan import TextRun
from exporters.names import are_numbered, letters
from report_data.model import (
    Box,
    CodeBlock,
    Definition,
    Figure,
    Heading,
    List,
    ListItem,
    MathBlock,
    Note,
    Paragraph,
    Quote,
    Run,
    Section,
    Table,
    children,
    plain,
)
from report_data.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from exporters.context import Context
    from exporters.excel.cells import Speller
    from report_data.charts import Chart
    from report_data.diagnostics import Span
    from report_data.ids import BlockId
    from report_data.model import Node, Report, RichText

LineKind: TypeAlias = Literal[
    "heading", "paragraph", "list", "table", "quote", "code", "figure", "note", "box", "math"
]

DEEPEST_INDENT = 8
"""Steps; a list deeper than that goes on at the same indent."""

_BULLETS = ("•", "–")


class Line(Struct, frozen=True):
    """One cell of the full text. ``number`` is the tool's: 2.1, a bullet, 表 3.

    ``level`` is a heading's, 0 for text; ``furniture`` a line without a word of
    the report's own.
    """

    block: BlockId
    kind: LineKind
    spelled: Spelled
    number: str = ""
    level: int = 0
    indent: int = 0
    code: bool = False
    furniture: bool = False
    cell: tuple[int, int] | None = None
    """Row (the header is 0) and column of the table's cell whose text goes on here."""


class _Around(NamedTuple):
    """What a block inherits from what it stands in."""

    kind: LineKind = "paragraph"
    indent: int = 0
    marker: str = ""
    depth: int = 0


_Item: TypeAlias = "Node | ListItem | Definition | Note"


def lines_of(
    report: Report, speller: Speller, numbers: Mapping[BlockId, Chart] | None = None
) -> tuple[Line, ...]:
    """Return the report's text as lines, its footnotes last; ``numbers`` are shown as text."""
    return tuple(_Liner(speller.context, speller, numbers or {}).lines(report))


class _Liner(Struct):
    context: Context
    speller: Speller
    numbers: Mapping[BlockId, Chart]

    def lines(self, report: Report) -> Iterator[Line]:
        numbers = section_numbers(report)
        stack: list[tuple[_Item, _Around]] = []
        top = (*report.children, *report.notes)
        stack.extend((node, _Around()) for node in reversed(top))
        while stack:
            node, around = stack.pop()
            yield from self._own(node, around, numbers)
            stack.extend(reversed(self._inside(node, around)))

    def _inside(self, node: _Item, around: _Around) -> list[tuple[_Item, _Around]]:
        """Return what stands in a node, each with what it inherits."""
        deeper = min(around.indent + 1, DEEPEST_INDENT)
        inner = around
        if isinstance(node, Section):
            inner = _Around()
        elif isinstance(node, List):
            return [
                (item, around._replace(marker=self._marker(node, index, around)))
                for index, item in enumerate(node.items)
            ]
        elif isinstance(node, ListItem):
            inner = _Around("list", deeper, around.marker, around.depth + 1)
        elif isinstance(node, Definition):
            inner = around._replace(indent=deeper)
        elif isinstance(node, Quote):
            inner = around._replace(kind="quote", indent=deeper)
        elif isinstance(node, Note):
            inner = _Around("note", marker=f"[{node.number}]")
        elif isinstance(node, Box) and node.kind == "callout":
            inner = around._replace(kind="box")
        unmarked = inner._replace(marker="")
        return [(child, unmarked if index else inner) for index, child in enumerate(children(node))]

    def _marker(self, node: List, index: int, around: _Around) -> str:
        item = node.items[index]
        if item.checked is not None:
            return "☑" if item.checked else "☐"
        if node.ordered:
            return f"{node.start + index}."
        return _BULLETS[around.depth % len(_BULLETS)]

    def _own(self, node: _Item, around: _Around, numbers: dict[BlockId, str]) -> Iterator[Line]:
        """Yield what a node says itself, not by what stands in it."""
        if isinstance(node, Section):
            number = numbers.get(node.id, "")
            yield from self._rich(node, node.title, "heading", number, level=node.level)
        elif isinstance(node, Heading):
            yield from self._rich(node, node.content, "heading", around.marker, level=node.level)
        elif isinstance(node, Paragraph):
            yield from self._rich(node, node.content, around.kind, around.marker, around.indent)
        elif isinstance(node, CodeBlock | MathBlock):
            yield from self._code(node, around)
        elif isinstance(node, Definition):
            term = self.speller.spell(node.term, node.span)
            bold = tuple(run._replace(bold=True) for run in term.runs)
            yield from self._split(node, "list", term._replace(runs=bold), "", around.indent)
        elif isinstance(node, Table):
            yield from self._table(node)
        elif isinstance(node, Figure):
            yield from self._figure(node)
        elif isinstance(node, Box):
            yield from self._box(node, around)
        elif isinstance(node, ListItem) and not node.blocks:
            yield Line(node.id, "list", Spelled(()), around.marker, furniture=True)

    def _table(self, table: Table) -> Iterator[Line]:
        name = self.context.names.tables[table.id]
        if table.caption:
            yield from self._rich(table, table.caption, "table", name.label)
        else:
            title = TextRun(name.title, color=self.context.theme.palette.ink_second, furniture=True)
            yield Line(table.id, "table", Spelled((title,)), name.label, furniture=True)
        yield from self._rests(table)

    def _rests(self, table: Table) -> Iterator[Line]:
        """Yield what cells of a table hold beyond their limits, behind the table's own line."""
        body = table.texts()
        if table.longest is not None and not any(
            len(text) > CELL_BREAKS for column in table.longest for text in column
        ):
            body = iter(())  # a data file knows that no cell is long
        for number, texts in enumerate(chain([self._headers(table)], body)):
            limit = CELL_UNITS if number else HEADER_UNITS
            if len(max(texts, key=len, default="")) <= CELL_BREAKS and number:
                continue
            for column, text in enumerate(texts):
                if not fits(text, limit):
                    yield from self._rest(table, number, column, limit)

    def _headers(self, table: Table) -> list[str]:
        return [column.header.text for column in table.columns]

    def _rest(self, table: Table, number: int, column: int, limit: int) -> Iterator[Line]:
        """Yield what one cell cannot hold."""
        cell = table.rows[number - 1][column] if number else table.columns[column].header
        spelled = self.speller.spell(cell.content, cell.span)
        runs = spelled.runs if number else one_line_runs(spelled.runs)
        parts = parts_of(runs, limit)
        self._warn_of_parts(len(parts), cell.span or table.span)
        for part in parts[1:]:
            yield Line(table.id, "table", Spelled(part), cell=(number, column))

    def _box(self, box: Box, around: _Around) -> Iterator[Line]:
        is_chart = box.kind == "chart"
        kind: LineKind = "figure" if is_chart else "box"
        number = self.context.names.figures.get(box.id, around.marker)
        if box.id in self.numbers:
            yield self._number(box, self.numbers[box.id], number)
        elif box.label:
            spelled = self.speller.spell(box.label, box.span)
            yield from self._split(box, kind, spelled, number, 0 if is_chart else around.indent)
        elif is_chart:
            yield Line(box.id, kind, Spelled(()), number, furniture=True)

    def _number(self, box: Box, chart: Chart, number: str) -> Line:
        """Return a number that deck and PDF show large, after its title."""
        from report_data.charts import last_number  # most reports have no charts

        spelled = self.speller.spell(box.label, box.span)
        one, found = chart.series[0], last_number(chart)
        worth = written(one.shape, found[1]) if found else ""
        told = f"{one.name}{self.context.words.colon}{worth}"
        gap = "　" if spelled.runs else ""
        run = TextRun(f"{gap}{told}", bold=True, furniture=True)
        return Line(
            box.id,
            "figure",
            spelled._replace(runs=(*spelled.runs, run)),
            number,
            furniture=not spelled.runs,
        )

    def _figure(self, figure: Figure) -> Iterator[Line]:
        label = self.context.names.figures.get(figure.id, "")
        alt = self.context.words.missing(figure)
        missing = figure.path is None
        if missing or not figure.caption:
            run = TextRun(
                self.speller.clean(alt, figure.span),
                color=self.context.theme.palette.ink_second,
                furniture=not missing,
            )
            way = self.context.words.way_to(figure)
            spelled = Spelled((run,), ((run.text, way),) if way else ())
            yield Line(figure.id, "figure", spelled, label, furniture=not missing)
            label = ""
        if figure.caption:
            yield from self._rich(figure, figure.caption, "figure", label)

    def _rich(
        self,
        node: Section | Heading | Paragraph | Table | Figure,
        content: RichText,
        kind: LineKind,
        number: str,
        indent: int = 0,
        *,
        level: int = 0,
    ) -> Iterator[Line]:
        spelled = self.speller.spell(content, node.span)
        yield from self._split(node, kind, spelled, number, indent, level=level)

    def _code(self, node: CodeBlock | MathBlock, around: _Around) -> Iterator[Line]:
        kind: LineKind = "code" if isinstance(node, CodeBlock) else "math"
        spelled = self.speller.spell((Run(node.text),), node.span)
        yield from self._split(node, kind, spelled, around.marker, around.indent, code=True)

    def _split(
        self,
        node: Node | Definition,
        kind: LineKind,
        spelled: Spelled,
        number: str,
        indent: int,
        *,
        level: int = 0,
        code: bool = False,
    ) -> Iterator[Line]:
        """Yield one line, or several where a cell cannot hold the text."""
        parts = parts_of(spelled.runs)
        self._warn_of_parts(len(parts), node.span)
        for index, runs in enumerate(parts):
            whole = spelled._replace(runs=runs) if not index else Spelled(runs)
            yield Line(node.id, kind, whole, "" if index else number, level, indent, code)

    def _warn_of_parts(self, parts: int, span: Span | None) -> None:
        if parts > 1:
            self.context.diagnostics.warn(
                "W602",
                f"a text is longer than a cell can be and stands in {parts} cells",
                span,
                f"Nothing is lost: a cell holds {CELL_UNITS:,} characters, {CELL_BREAKS} breaks",
            )


def section_numbers(report: Report) -> dict[BlockId, str]:
    """Return the number of every section: 2.1, in appendices A.1.

    None has one where authors number their own: 4 beside “3. Results” would be a second count.
    """
    if are_numbered(plain(section.title) for section in report.every(Section)):
        return dict.fromkeys((section.id for section in report.every(Section)), "")
    numbers: dict[BlockId, str] = {}
    stack: list[tuple[Sequence[Node], str]] = [(report.children, "")]
    while stack:
        nodes, above = stack.pop()
        count = appendices = 0
        for node in nodes:
            if not isinstance(node, Section):
                continue
            if node.appendix and not above:
                appendices += 1
                number = letters(appendices)
            else:
                count += 1
                number = f"{above}.{count}" if above else str(count)
            numbers[node.id] = number
            stack.append((node.children, number))
    return numbers
