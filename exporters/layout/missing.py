"""A Report and fonts in -> warnings for the characters that no face has, each at its first place.

Such a character is drawn as an empty box in the PDF; the export goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.diagnostics import Diagnostic, Severity
from report_data.model import (
    Box,
    CodeBlock,
    Definition,
    Figure,
    Heading,
    MathBlock,
    Paragraph,
    Section,
    Table,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exporters.layout.fonts import FontSet
    from report_data.diagnostics import Span
    from report_data.model import Report

MOST_ROWS = 500
"""Rows of a long table that pages show; for all others the workbook's host has faces."""

_HINT = 'Install more faces: pip install "triptych[fonts]", or give one with --font'


def missing_in_report(
    report: Report, fonts: FontSet, *, excerpts: bool = False
) -> tuple[Diagnostic, ...]:
    """Return a warning W301 for every place where a character first stands that no face has.

    ``excerpts``: pages show the first rows of long tables only.
    """
    texts = tuple(_texts(report, MOST_ROWS if excerpts else None))
    if not fonts.missing("".join(text for text, _ in texts)):
        return ()
    return missing_characters(texts, fonts)


def missing_characters(
    texts: Iterable[tuple[str, Span | None]], fonts: FontSet
) -> tuple[Diagnostic, ...]:
    """Return the same warnings for texts with their places."""
    named: set[str] = set()
    found: list[Diagnostic] = []
    for text, span in texts:
        new = [char for char in fonts.missing(text) if char not in named]
        if new:
            named.update(new)
            shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in new)
            message = f"no face has {shown}"
            found.append(Diagnostic("W301", Severity.WARNING, message, span, _HINT))
    return tuple(found)


def _texts(report: Report, most: int | None) -> Iterator[tuple[str, Span | None]]:
    """Yield what a report says, piece by piece with its place."""
    meta = report.meta
    fields = (meta.title, meta.subtitle, meta.kind, meta.abstract, meta.short_title)
    labelled = (*meta.authors, *((meta.date,) if meta.date else ()))
    words = (*fields, meta.confidentiality, *meta.keywords, *meta.series)
    yield ("".join((*words, *(item.label + item.text for item in labelled))), None)
    for node in report.walk():
        if isinstance(node, Paragraph | Heading):
            yield (plain(node.content), node.span)
        elif isinstance(node, Section):
            yield (plain(node.title), node.span)
        elif isinstance(node, CodeBlock | MathBlock):
            yield (node.text, node.span)
        elif isinstance(node, Figure):
            yield (plain(node.caption) + node.alt, node.span)
        elif isinstance(node, Box):
            yield (plain(node.label), node.span)
        elif isinstance(node, Definition):
            yield (plain(node.term), node.span)
        elif isinstance(node, Table):
            yield (plain(node.caption), node.span)
            yield from _cells(node, most)


def _cells(table: Table, most: int | None) -> Iterator[tuple[str, Span | None]]:
    rows = table.rows[: (most and table.limit) or most]
    for row in (tuple(column.header for column in table.columns), *rows):
        for cell in row:
            yield (cell.text, cell.span or table.span)
