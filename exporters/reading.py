"""What a finished file says, as its own reader found it: the input of `exporters.verify`.

Each format's ``read.py`` returns a `Reading`; ``verify`` holds it against the Report.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Layer(Enum):
    """Where in a document a text stands.

    BODY is what the report says; NOTES are the speaker notes of a deck;
    FURNITURE is what the tool adds and the file marks as its own (artifacts in
    the PDF, named shapes and fields in the deck, contents sheet and page
    headers in the workbook).
    """

    BODY = "body"
    NOTES = "notes"
    FURNITURE = "furniture"


class Found(Struct, frozen=True, gc=False):
    """One text found in a file.

    ``place`` is for a person: ``slide 4, table, row 2, column 3``. ``group`` is
    the number of the slide, page or sheet, from 1. ``block`` is the block's id
    when the file itself records it. ``row`` and ``column`` are set in table
    cells, from 0; the header is row 0.
    """

    text: str
    place: str
    group: int
    layer: Layer = Layer.BODY
    block: str | None = None
    row: int | None = None
    column: int | None = None


class FoundChart(Struct, frozen=True):
    """The numbers that one chart draws, by series: its name and its values in order.

    ``block`` is the chart's id. In a workbook the numbers are those of the cells
    that the chart refers to; what it keeps as drawn is a second `FoundChart`
    where that differs.
    """

    block: str
    place: str
    series: tuple[tuple[str, tuple[float | None, ...]], ...]


class FoundRows(Protocol):
    """The rows of a long table that a file holds, read from it anew whenever they are asked for.

    Their texts and pieces are not in `Reading.found`: nothing is held.
    """

    def texts(self) -> Iterator[list[str]]:
        """Yield the texts of each row without the header, as the file shows them."""

    def found(self) -> Iterator[Found]:
        """Yield the cells of these rows one by one, as `Reading.found` has those of others."""


SET_PROPERTY = "identifier"
"""The property (``dc:identifier``) that says what a file was made with.

It is the `Context.set_id`, a slash, and how many slides, pages or sheets there are; for a
deck that was asked to have no notes, another slash and `WITHOUT_NOTES`.
"""

WITHOUT_NOTES = "no-notes"


class MadeWith(NamedTuple):
    """What a file says that it was made with: empty texts where it says nothing."""

    set_id: str = ""
    groups: str = ""
    """How many slides, pages or sheets."""
    spoken: bool = True
    """Whether a deck was to have speaker notes."""


class Reading(Struct, frozen=True):
    """All texts of one file in reading order, and its properties under the format's names."""

    format: str
    found: tuple[Found, ...]
    properties: tuple[tuple[str, str], ...] = ()
    charts: tuple[FoundChart, ...] | None = None
    """``None`` where a format's reader does not read charts."""
    rows: Mapping[str, FoundRows] = field(default_factory=dict)
    """Long tables by the id of their block."""


def identifier(set_id: str, count: int, *, with_notes: bool = True) -> str:
    """Return the `SET_PROPERTY` of a file; nothing for one that no run makes."""
    if not set_id:
        return ""
    return "/".join((set_id, str(count), *(() if with_notes else (WITHOUT_NOTES,))))


def made_with(reading: Reading) -> MadeWith:
    """Return what the `SET_PROPERTY` of a file says."""
    said = {name.lower(): value for name, value in reading.properties}
    parts = said.get(SET_PROPERTY, "").split("/")
    return MadeWith(parts[0], "".join(parts[1:2]), WITHOUT_NOTES not in parts)
