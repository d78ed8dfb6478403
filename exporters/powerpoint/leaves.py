"""Parts that python-pptx does not hold -> their entries, relationships and content types.

Slides, notes, charts and pictures are such: thousands of its parts cost more than the
slides. Importing it takes as long as hundreds of them, so nothing here does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from exporters.powerpoint.xml import attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.powerpoint.zipped import Entry

_OFFICE = "application/vnd.openxmlformats-officedocument"
SLIDE_TYPE = f"{_OFFICE}.presentationml.slide+xml"
NOTES_TYPE = f"{_OFFICE}.presentationml.notesSlide+xml"
CHART_TYPE = f"{_OFFICE}.drawingml.chart+xml"
"""Content types of the parts of ECMA-376 part 1, 13.3.8, 13.3.5 and 14.2.1."""

_DEFAULT_TYPES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
"""Content types of parts that are told by their suffix; others are told by their name."""

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""What the kinds of relationship below begin with (ECMA-376 part 1, 13.3, 14.2, 15.2)."""

_RELS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)


class Fixed(Struct, frozen=True):
    """All other parts, made by `exporters.powerpoint.fixed`, and what slides refer to.

    ``types`` are the content types without those of the leaves. ``layouts`` by key and
    ``notes_master``, empty in a deck without notes, are as slides in their folder name
    them. It stands here because who is handed one has no need of python-pptx.
    """

    types: bytes
    entries: list[Entry]
    layouts: dict[str, str]
    notes_master: str


class Leaf(NamedTuple):
    """A part's entry, and its content type unless that is told by the suffix."""

    entry: Entry
    content_type: str = ""


def relationships(items: Iterable[str]) -> bytes:
    """Return the relationships part of a leaf."""
    return f"{_RELS_HEAD}{''.join(items)}</Relationships>".encode()


def relationship(rid: str, kind: str, target: str, *, outer: bool = False) -> str:
    """Return one relationship; ``target`` is relative to the part that has it, or an address.

    ``kind`` is its last word (``slideLayout``), or the whole name of one of another family.
    """
    named = kind if "/" in kind else f"{_RELATION}/{kind}"
    mode = ' TargetMode="External"' if outer else ""
    return f'<Relationship Id="{rid}" Type="{named}" Target="{attribute(target)}"{mode}/>'


def with_types(xml: bytes, leaves: Sequence[Leaf]) -> bytes:
    """Return content types with those of the leaves (ECMA-376 part 2, 10.1.2)."""
    suffixes = dict.fromkeys(
        leaf.entry.name.rpartition(".")[2] for leaf in leaves if not leaf.content_type
    )
    more = "".join(
        f'<Default Extension="{suffix}" ContentType="{_DEFAULT_TYPES[suffix]}"/>'
        for suffix in suffixes
        if suffix in _DEFAULT_TYPES and f'Extension="{suffix}"'.encode() not in xml
    )
    overrides = "".join(
        f'<Override PartName="/{leaf.entry.name}" ContentType="{leaf.content_type}"/>'
        for leaf in leaves
        if leaf.content_type
    )
    head, opening, rest = xml.partition(b"<Default ")
    listed, closing, _ = rest.rpartition(b"</Types>")
    return b"".join((head, more.encode(), opening, listed, overrides.encode(), closing))
