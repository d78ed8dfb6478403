"""A Report in -> the document properties of its files; each format spells them its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.reading import identifier

if TYPE_CHECKING:
    from datetime import datetime

    from exporters.context import Context
    from report_data.model import Report


class Properties(Struct, frozen=True):
    """What a file says of itself; the names are those of Dublin Core where it has one.

    ``created`` is the one timestamp of the file, ``language`` one of the report's
    (`report_data.model.Language`). ``identifier`` says what the file was made with
    (`exporters.reading.SET_PROPERTY`).
    """

    title: str
    created: datetime
    authors: tuple[str, ...]
    subject: str
    abstract: str
    keywords: tuple[str, ...]
    category: str
    language: str
    identifier: str


def properties_of(
    report: Report, context: Context, count: int, *, with_notes: bool = True
) -> Properties:
    """Return the properties of a file of ``count`` slides, pages or sheets.

    ``with_notes`` is false for a deck that was asked to have no speaker notes.
    """
    meta = report.meta
    return Properties(
        title=context.names.title,
        created=context.created,
        authors=tuple(author.text for author in meta.authors),
        subject=meta.subtitle,
        abstract=meta.abstract,
        keywords=meta.keywords,
        category=meta.kind,
        language=meta.lang,
        identifier=identifier(context.set_id, count, with_notes=with_notes),
    )
