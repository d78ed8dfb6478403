"""A Report, however it was made -> what is wrong with its shape.

What the reader makes is well formed by construction; a report built in Python
from the model's types may not be. `exporters.export` asks before it plans.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from report_data.diagnostics import Diagnostic, Severity
from report_data.ids import BlockId
from report_data.links import check_link
from report_data.model import (
    Align,
    Box,
    BoxKind,
    Break,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    InlineImage,
    Language,
    List,
    ListItem,
    MathBlock,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Reference,
    Run,
    Section,
    Table,
    children,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.diagnostics import Span
    from report_data.model import Node, Report, RichText

    AnyNode = Node | ListItem | Definition | Note

_BLOCKS = (
    *(Paragraph, Heading, List, DefinitionList, Quote, CodeBlock, MathBlock, Table, Figure),
    *(Break, Box),
)
_INLINES = (Run, NoteRef, Reference, InlineImage)
_HOLDS: dict[type, tuple[type, ...]] = {
    Section: (*_BLOCKS, Section),
    List: (ListItem,),
    DefinitionList: (Definition,),
    **dict.fromkeys((Quote, Box, ListItem, Definition, Note), _BLOCKS),
}
"""By class: what may stand directly in it."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (2.2 Char) cannot hold, so that no document can."""


def check(report: Report) -> tuple[Diagnostic, ...]:
    """Return everything that would keep a document from being made or from being true.

    Values of a wrong kind (E209), ids given twice (E201), uneven rows (E207),
    links to nothing and addresses that are not allowed (E208), characters that
    no document can hold (E212), pictures that are not there (E213).
    """
    foreign = tuple(_foreign(report))
    if foreign:  # nothing else can be asked of them
        return foreign
    nodes = list(report.walk())
    ids = {node.id for node in nodes}
    notes = {note.id for note in report.notes}
    found = [*_meta(report), *_twins(nodes)]
    for node in nodes:
        found.extend(_own(node))
        for content in _contents(node):
            found.extend(_loose_ends(content, ids, notes, node))
            if _FORBIDDEN.search(plain(content)):
                found.append(_unfit(node))
    return tuple(found)


def _foreign(report: Report) -> Iterator[Diagnostic]:
    """Find what is no part of the model where it stands."""
    stack: list[tuple[Any, tuple[type, ...], str]] = [
        *((node, (*_BLOCKS, Section), "the report") for node in report.children),
        *((note, (Note,), "its notes") for note in report.notes),
    ]
    while stack:
        node, allowed, place = stack.pop()
        if type(node) not in allowed:
            yield _strange(node, place)
            continue
        stack.extend((child, _HOLDS[type(node)], node.id) for child in reversed(children(node)))
        contents: Any = _contents(node)
        for content in contents:
            if not isinstance(content, tuple):
                yield _strange(content, node.id)
                break
            strange = (item for item in content if type(item) not in _INLINES)
            yield from (_strange(item, node.id) for item in strange)


def _strange(what: object, place: str) -> Diagnostic:
    message = f"{place} holds a {type(what).__name__}, which may not stand there"
    return _error("E209", message, None, "Build reports from the types of report_data.model")


def _meta(report: Report) -> Iterator[Diagnostic]:
    meta = report.meta
    if meta.lang not in get_args(Language):
        known = ", ".join(get_args(Language))
        yield _error("E209", f"“{meta.lang}” is no language of a report", None, f"Known: {known}")
    texts = (meta.title, meta.subtitle, meta.kind, meta.short_title, meta.confidentiality)
    for text in (*texts, *(f"{field.label}{field.text}" for field in meta.labelled)):
        if _FORBIDDEN.search(text):
            message = f"{text!r} on the cover holds a control character or half a character"
            yield _error("E212", message, None, "Take it out: no document can hold it")


def _twins(nodes: list[AnyNode]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for node in nodes:
        if node.id in seen:
            hint = "Give one of them another id"
            yield _error("E201", f"the id “{node.id}” is given twice", node.span, hint)
        seen.add(node.id)


def _own(node: AnyNode) -> Iterator[Diagnostic]:
    """Find what is wrong with a node alone."""
    match node:
        case Table():
            yield from _uneven(node)
        case Box(kind=kind) if kind not in get_args(BoxKind):
            hint = f"Known: {', '.join(get_args(BoxKind))}"
            yield _error("E209", f"“{kind}” of {node.id} is no kind of box", node.span, hint)
        case CodeBlock(text=text) | MathBlock(text=text) if _FORBIDDEN.search(text):
            yield _unfit(node)
        case Figure(path=str(path)) if not Path(path).is_file():
            hint = "Give the path of a file, or None for a placeholder"
            yield _error("E213", f"the picture of {node.id} is not there", node.span, hint)
        case _:
            pass


def _uneven(table: Table) -> Iterator[Diagnostic]:
    width = len(table.columns)
    if not width:
        message = f"{table.id} has no columns"
        yield _error("E207", message, table.span, "Give the table a column, or leave it out")
    if table.types is not None and len(table.types) != width:
        message = f"{table.id} has {width} columns and types for {len(table.types)}"
        yield _error("E207", message, table.span, "Give each column a type, or none at all")
    for column in table.columns:
        if column.align not in get_args(Align):
            hint = f"Known: {', '.join(get_args(Align))}"
            yield _error("E209", f"“{column.align}” is no alignment", table.span, hint)
    if table.attributes.get("src"):
        return  # the rows of a data file are as wide as its header; reading them takes time
    for number, row in enumerate(table.rows, 1):
        if len(row) != width:
            message = f"row {number} of {table.id} has {len(row)} cells, the header {width}"
            yield _error("E207", message, table.span, "Give every row a cell for each column")


def _loose_ends(
    content: RichText, ids: set[BlockId], notes: set[BlockId], node: AnyNode
) -> Iterator[Diagnostic]:
    for item in content:
        match item:
            case NoteRef(note=target) if target not in notes:
                pass
            case Reference(target=target) if target not in ids:
                pass
            case Run(link=str(link)) if link.startswith("#"):
                target = BlockId(link[1:])
                if target in ids:
                    continue
            case Run(link=str(link)) if check_link(link).address != link:
                problem = check_link(link).problem or "it holds blanks"
                message = f"“{link[:200]}” in {node.id} cannot be linked to: {problem}"
                yield _error("E208", message, node.span, "Link to http, https, mailto or #id")
                continue
            case _:
                continue
        message = f"nothing has the id “{target}” that {node.id} links to"
        hint = "Give what it leads to this id, or take the link away"
        yield _error("E208", message, node.span, hint)


def _contents(node: AnyNode) -> Iterator[RichText]:
    match node:
        case Section(title=content) | Paragraph(content=content) | Heading(content=content):
            yield content
        case Definition(term=content) | Box(label=content) | Figure(caption=content):
            yield content
        case Table():
            yield node.caption
            yield from (column.header.content for column in node.columns)
            if not node.attributes.get("src"):
                yield from (cell.content for row in node.rows for cell in row)
        case _:
            pass


def _unfit(node: AnyNode) -> Diagnostic:
    message = f"{node.id} holds a control character or half a character"
    return _error("E212", message, node.span, "Take it out: no document can hold it")


def _error(code: str, message: str, span: Span | None, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)
