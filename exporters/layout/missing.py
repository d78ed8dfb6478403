"""A Report and fonts in -> warnings for the characters that no face has, each at its first place.

Such a character is drawn as an empty box in the PDF; the export goes on.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from exporters.pictures import words_in
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from exporters.layout.fonts import FontSet
    from report_data.diagnostics import Span
    from report_data.model import Report

MOST_ROWS = 500
"""Rows of a long table that pages show; for all others the workbook's host has faces."""

_MANY, _SHOWN = 24, 8
"""A script of which more characters are missing is named as a whole, with so many examples."""

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
    """Return the same warnings for texts with their places.

    Of a script that is missing altogether there is one, at the first place.
    """
    named: dict[str, list[str]] = {}
    found: list[tuple[str, Span | None, list[str]]] = []
    for text, span in texts:
        new: dict[str, list[str]] = {}
        for char in fonts.missing(text):
            script = unicodedata.name(char, "").partition(" ")[0]
            if char not in named.setdefault(script, []):
                named[script].append(char)
                new.setdefault(script, []).append(char)
        found += ((script, span, chars) for script, chars in new.items())
    return tuple(_warnings(found, named))


def _warnings(
    found: Sequence[tuple[str, Span | None, list[str]]], named: Mapping[str, list[str]]
) -> Iterator[Diagnostic]:
    said: set[str] = set()
    places = {script: span for script, span, _ in reversed(found) if span}
    for script, span, chars in found:
        many = named[script]
        if len(many) <= _MANY:
            shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in chars)
        elif script in said:
            continue
        else:
            said.add(script)
            span = places.get(script)  # noqa: PLW2901  the title's has no place
            first = ", ".join(many[:_SHOWN])
            of = f" of {script.capitalize()}" if script else ""
            shown = f"{len(many)} characters{of}: {first} …"
        yield Diagnostic("W301", Severity.WARNING, f"no face has {shown}", span, _HINT)


def _texts(report: Report, most: int | None) -> Iterator[tuple[str, Span | None]]:
    """Yield what a report says, piece by piece with its place."""
    meta = report.meta
    fields = (meta.title, meta.subtitle, meta.kind, meta.abstract, meta.short_title)
    words = (*fields, meta.confidentiality, *meta.keywords, *meta.series)
    yield ("".join((*words, *(item.label + item.text for item in meta.labelled))), None)
    for node in report.walk():
        if isinstance(node, Paragraph | Heading):
            yield (plain(node.content), node.span)
        elif isinstance(node, Section):
            yield (plain(node.title), node.span)
        elif isinstance(node, CodeBlock | MathBlock):
            yield (node.text, node.span)
        elif isinstance(node, Figure):
            drawn = words_in(node.path) if node.path else ""
            yield (plain(node.caption) + node.alt + drawn, node.span)
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
