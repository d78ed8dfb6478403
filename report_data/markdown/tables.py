"""A table as the parser found it -> the model's Table, every row as long as the header."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from report_data.limits import Limit
from report_data.markdown.flattened import CELL
from report_data.markdown.html_table import CHUNK
from report_data.markdown.rules import INDENT
from report_data.model import Align, Cell, Column, Run, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from report_data.ids import BlockId
    from report_data.markdown.inlines import InlineReader
    from report_data.markdown.parser import Element
    from report_data.markdown.rules import RawCell, RawTable
    from report_data.model import RichText


def build_table(element: Element, identifier: BlockId, inlines: InlineReader) -> Table:
    """Return the table; missing cells are empty, surplus ones open columns of their own."""
    raw = element.table
    assert raw is not None  # noqa: S101  the rule of tables sets it
    width = max([len(raw.header.cells), *(len(row.cells) for row in raw.rows)])
    if not raw.made:  # else it is refused, for what nobody wrote
        _report_ragged(raw, inlines)
    missing = width * (len(raw.rows) + 1) - sum(len(r.cells) for r in (raw.header, *raw.rows))
    missing += raw.made
    limit = Limit.MISSING_CELLS
    if missing > limit.get():
        inlines.source.diagnostics.error(
            "E205",
            f"{missing} cells are missing in this table; no more than {limit.get()} are filled in",
            inlines.source.block(element.start, element.end),
            f"Write rows as long as the header, or {limit.hint}",
        )
        raw, width = raw._replace(rows=[]), len(raw.header.cells)

    def cells(line: int, given: list[RawCell]) -> tuple[Cell, ...]:
        made = [
            Cell(
                _read(cell.text, line, inlines),
                inlines.source.span(line, cell.column, len(cell.text)),
            )
            for cell in given
        ]
        end = len(inlines.source.line(line).rstrip())
        made.extend(Cell((), inlines.source.span(line, end)) for _ in range(width - len(made)))
        return tuple(made)

    caption = element.caption
    header = cells(raw.header.line, raw.header.cells)
    aligns = (*raw.aligns, *["default"] * width)[:width]
    return Table(
        id=identifier,
        span=inlines.source.block(element.start, element.end, raw.header.cells[0].column),
        attributes=element.braces.attributes,
        columns=tuple(
            Column(cell, cast("Align", align)) for cell, align in zip(header, aligns, strict=True)
        ),
        rows=tuple(cells(row.line, row.cells) for row in raw.rows),
        caption=inlines.read(caption.content, caption.start, caption.end) if caption else (),
    )


def _read(text: str, line: int, inlines: InlineReader) -> RichText:
    """Return a cell's rich text; texts that an HTML table holds apart are a line each."""
    if text[:1] == INDENT:
        said = text.lstrip(INDENT)
        first, *rest = inlines.read(said, line, line + 1) or (Run(""),)
        space = text[: len(text) - len(said)]
        if isinstance(first, Run):
            return (replace(first, text=space + first.text), *rest)
        return (Run(space), first, *rest)
    if CHUNK not in text:
        return inlines.read(text, line, line + 1)
    rows = (
        _joined(" ", (inlines.read(cell, line, line + 1) for cell in part.split(CELL)))
        for part in text.split(CHUNK)
    )
    return _joined("\n", rows)


def _joined(between: str, parts: Iterable[RichText]) -> RichText:
    content: RichText = ()
    for part in parts:
        content = (*content, Run(between), *part) if content and part else content or part
    return content


def _report_ragged(raw: RawTable, inlines: InlineReader) -> None:
    """Say which rows have more or fewer cells than the header."""
    expected = len(raw.header.cells)
    diagnostics = inlines.source.diagnostics
    if len(raw.aligns) != expected:
        number = raw.header.line + 1
        rule = inlines.source.line(number)
        diagnostics.warn(
            "W202",
            f"the line under the header has {len(raw.aligns)} cells, the header {expected}; "
            "other programs show no table here",
            inlines.source.span(number, len(rule) - len(rule.lstrip()), len(rule.strip())),
            "Give both the same number of cells",
        )
    for row in raw.rows:
        count = len(row.cells)
        if count < expected:
            line = inlines.source.line(row.line)
            diagnostics.warn(
                "W203",
                f"this row has {count} cells, the header {expected}; the rest are empty",
                inlines.source.span(row.line, len(line) - len(line.lstrip()), len(line.strip())),
                "Write the missing cells, empty ones as “| |”",
            )
        elif count > expected:
            surplus = row.cells[expected]
            diagnostics.warn(
                "W204",
                f"this row has {count} cells, the header {expected}; "
                "the table gets columns without a header",
                inlines.source.span(row.line, surplus.column, len(surplus.text)),
                "Write a header for them, or escape a | that belongs to the text as \\|",
            )
