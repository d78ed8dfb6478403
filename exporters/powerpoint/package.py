"""Parts and relationships in -> one .pptx file, the same bytes every time.

The only file of this room that touches private members of python-pptx (1.0):
``_Relationships._rels`` (adding to it in constant time; the public way scans all
it has) and ``serialized._ContentTypesItem``. ``tests/powerpoint/test_package.py``
fails when a release moves them. python-pptx reads templates and knows the graph
of parts; zip dates are fixed here because it stamps the time of day.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import Part, _Relationship
from pptx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from pptx.opc.serialized import _ContentTypesItem
from pptx.package import Package

from exporters.powerpoint.xml import attribute
from exporters.powerpoint.zipped import packed, write_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from exporters.powerpoint.zipped import Entry

PartRef: TypeAlias = Part
"""A part of the package; opaque to all but this file."""

TYPES = CONTENT_TYPE
RELATIONS = RELATIONSHIP_TYPE

_LEFT_BEHIND = frozenset(
    {"vbaProject", "oleObject", "control", "package", "externalLinkPath", "customXml", "tags"}
)
"""Kinds of relationship that a deck does not take over from a template."""

_SHAPES = ("}sp", "}pic", "}graphicFrame", "}grpSp", "}controls", "}custDataLst")

_RELS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)

_DEFAULT_TYPES = {
    "png": CONTENT_TYPE.PNG,
    "jpeg": CONTENT_TYPE.JPEG,
    "gif": CONTENT_TYPE.GIF,
    "xlsx": CONTENT_TYPE.SML_SHEET,
}
"""Content types of parts that are told by their suffix; others are told by their name."""


class Leaf(NamedTuple):
    """A part that python-pptx does not hold: its entry, and its content type unless by suffix.

    Slides, notes, charts and pictures are such: thousands of its parts cost more than the slides.
    """

    entry: Entry
    content_type: str = ""


class DeckPackage:
    """A package under construction. Part names and relationship ids come from the caller."""

    def __init__(self, package: Package) -> None:
        self._package = package

    @classmethod
    def new(cls) -> DeckPackage:
        """Return an empty package."""
        return cls(Package(io.BytesIO()))

    @classmethod
    def from_template(cls, path: Path) -> tuple[DeckPackage, PartRef]:
        """Return a template's package without its slides, and its presentation part.

        Macros, embedded objects and outer links stay behind: their relationships are
        dropped, with the shapes that refer to them.
        """
        package = Package.open(str(path))
        old = package.main_document_part
        main = Part(old.partname, TYPES.PML_PRESENTATION_MAIN, package, old.blob)
        kept = {
            rid: rel
            for rid, rel in old.rels.items()
            if rel.reltype not in {RELATIONS.SLIDE, RELATIONS.COMMENT_AUTHORS}
            and _kind(rel) not in _LEFT_BEHIND
            and not rel.is_external
        }
        main.rels._rels.update(kept)  # noqa: SLF001  see above
        outer = package._rels._rels  # noqa: SLF001  see above
        outer.clear()
        result = cls(package)
        result.relate(None, "rId1", RELATIONS.OFFICE_DOCUMENT, main)
        for part in tuple(package.iter_parts()):
            _disarm(part)
        return result, main

    def part(self, name: str) -> PartRef:
        """Return a part by its name.

        Raises:
            KeyError: there is none.
        """
        for part in self._package.iter_parts():
            if part.partname == f"/{name.lstrip('/')}":
                return part
        raise KeyError(name)

    def add(self, name: str, content_type: str, blob: bytes) -> PartRef:
        """Add a part by its name (``/ppt/slides/slide1.xml``); it is written once related to."""
        return Part(PackURI(name), content_type, self._package, blob)

    def relate(self, source: PartRef | None, rid: str, kind: str, target: PartRef | str) -> None:
        """Relate a part (``None``: the package itself) to a part or to an outer address."""
        rels = self._package._rels if source is None else source.rels  # noqa: SLF001  see above
        base = PACKAGE_URI.baseURI if source is None else source.partname.baseURI
        mode = "External" if isinstance(target, str) else "Internal"
        rels._rels[rid] = _Relationship(base, rid, kind, mode, target)  # noqa: SLF001  see above

    def save(
        self,
        path: Path,
        main: PartRef | None = None,
        related: str = "",
        leaves: Sequence[Leaf] = (),
    ) -> None:
        """Write the file: the parts in the order of their graph, then the leaves.

        ``related`` are relationships of the part ``main`` to leaves, as `relationship` makes them.

        Raises:
            OSError: the file cannot be written.
            ValueError: it would be larger than 4 GB.
        """
        parts = tuple(self._package.iter_parts())
        write_zip(path, self._entries(parts, main, related, leaves))

    def _entries(
        self, parts: tuple[Part, ...], main: PartRef | None, related: str, leaves: Sequence[Leaf]
    ) -> Iterator[Entry]:
        types = serialize_part_xml(_ContentTypesItem.xml_for(parts))
        yield packed(CONTENT_TYPES_URI.membername, _with_types(types, leaves))
        yield packed(PACKAGE_URI.rels_uri.membername, self._package._rels.xml)  # noqa: SLF001  see above
        for part in parts:
            yield packed(part.partname.membername, part.blob)
            more = related if part is main else ""
            if len(part.rels) or more:
                yield packed(part.partname.rels_uri.membername, _rels_xml(part, more))
        for leaf in leaves:
            yield leaf.entry


def relationships(items: Iterable[str]) -> bytes:
    """Return the relationships part of a leaf."""
    return f"{_RELS_HEAD}{''.join(items)}</Relationships>".encode()


def relationship(rid: str, kind: str, target: str, *, outer: bool = False) -> str:
    """Return one relationship; ``target`` is relative to the part that has it, or an address."""
    mode = ' TargetMode="External"' if outer else ""
    return f'<Relationship Id="{rid}" Type="{kind}" Target="{attribute(target)}"{mode}/>'


def reference(part: PartRef, folder: str) -> str:
    """Return how a part is referred to from a folder (``/ppt/slides``)."""
    return _relative(part.partname, folder)


def _with_types(xml: bytes, leaves: Sequence[Leaf]) -> bytes:
    """Return the content types with those of the leaves (ECMA-376 part 2, 10.1.2)."""
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


def _rels_xml(part: Part, more: str = "") -> bytes:
    """Return a part's relationships, as a string: a tree costs more than a slide."""
    folder = part.partname.baseURI
    items = (
        relationship(
            rel.rId,
            rel.reltype,
            rel.target_ref if rel.is_external else _relative(rel.target_partname, folder),
            outer=rel.is_external,
        )
        for rel in part.rels.values()
    )
    return relationships((*items, more))


@lru_cache(maxsize=1024)
def _relative(name: PackURI, folder: str) -> str:
    return str(name.relative_ref(folder))


def _kind(rel: _Relationship) -> str:
    return str(rel.reltype).rsplit("/", 1)[-1]


def _disarm(part: Part) -> None:
    """Drop a part's relationships that a deck must not carry, with the shapes that use them."""
    dropped = [
        rid
        for rid, rel in part.rels.items()
        if _kind(rel) in _LEFT_BEHIND or (rel.is_external and rel.reltype != RELATIONS.HYPERLINK)
    ]
    tree = getattr(part, "_element", None)
    for rid in dropped:
        part.rels.pop(rid)
        if tree is None:
            continue
        for item in tree.xpath(f'//*[@*="{rid}"]'):
            shape = item
            while shape is not None and not str(shape.tag).endswith(_SHAPES):
                shape = shape.getparent()
            if shape is not None and shape.getparent() is not None:
                shape.getparent().remove(shape)
