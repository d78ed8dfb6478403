"""A Report, however it was made -> what is wrong with its shape.

What the reader makes is well formed by construction; a report built in Python
from the model's types may not be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.diagnostics import Diagnostic, Severity
from report_data.ids import BlockId
from report_data.model import (
    Box,
    Definition,
    Heading,
    NoteRef,
    Paragraph,
    Reference,
    Run,
    Section,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.diagnostics import Span
    from report_data.model import ListItem, Node, Note, Report, RichText

    AnyNode = Node | ListItem | Definition | Note


def check(report: Report) -> tuple[Diagnostic, ...]:
    """Return every id given twice (E201), uneven row (E207) and link to nothing (E208)."""
    nodes = list(report.walk())
    ids = {node.id for node in nodes}
    notes = {note.id for note in report.notes}
    found = list(_twins(nodes))
    for node in nodes:
        if isinstance(node, Table):
            found.extend(_uneven(node))
        for content in _contents(node):
            found.extend(_loose_ends(content, ids, notes, node.span))
    return tuple(found)


def _twins(nodes: list[AnyNode]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for node in nodes:
        if node.id in seen:
            hint = "Give one of them another id"
            yield _error("E201", f"the id “{node.id}” is given twice", node.span, hint)
        seen.add(node.id)


def _uneven(table: Table) -> Iterator[Diagnostic]:
    if table.attributes.get("src"):
        return  # the rows of a data file are as wide as its header; reading them takes time
    width = len(table.columns)
    for number, row in enumerate(table.rows, 1):
        if len(row) != width:
            message = f"row {number} of {table.id} has {len(row)} cells, the header {width}"
            yield _error("E207", message, table.span, "Give every row a cell for each column")


def _loose_ends(
    content: RichText, ids: set[BlockId], notes: set[BlockId], span: Span | None
) -> Iterator[Diagnostic]:
    for item in content:
        match item:
            case NoteRef(note=target) if target not in notes:
                pass
            case Reference(target=target) if target not in ids:
                pass
            case Run(link=str(link)) if link.startswith("#") and link[1:] not in ids:
                target = BlockId(link[1:])
            case _:
                continue
        hint = "Give what it leads to this id, or take the link away"
        yield _error("E208", f"nothing has the id “{target}” that is linked to", span, hint)


def _contents(node: AnyNode) -> Iterator[RichText]:
    match node:
        case Section(title=content) | Paragraph(content=content) | Heading(content=content):
            yield content
        case Definition(term=content) | Box(label=content):
            yield content
        case Table():
            yield node.caption
            yield from (column.header.content for column in node.columns)
            if not node.attributes.get("src"):
                yield from (cell.content for row in node.rows for cell in row)
        case _:
            pass


def _error(code: str, message: str, span: Span | None, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)
