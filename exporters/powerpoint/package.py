"""Parts that python-pptx holds, and their relationships -> the entries of a .pptx file.

The only file of this room that touches private members of python-pptx (1.0):
``_Relationships._rels`` (adding to it in constant time; the public way scans all
it has) and ``serialized._ContentTypesItem``. ``tests/powerpoint/test_package.py``
fails when a release moves them. python-pptx reads templates and knows the graph
of parts; zip dates are fixed here because it stamps the time of day.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import Part, _Relationship
from pptx.opc.packuri import PACKAGE_URI, PackURI
from pptx.opc.serialized import _ContentTypesItem
from pptx.package import Package

from exporters.powerpoint.leaves import relationship, relationships
from exporters.powerpoint.zipped import packed

if TYPE_CHECKING:
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
            _number_shapes(part)
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

    def entries(self, main: PartRef | None = None, related: str = "") -> tuple[bytes, list[Entry]]:
        """Return the content types, and the other entries in the order of the graph of parts.

        ``related`` are relationships of the part ``main`` to leaves, as `relationship` makes them.
        """
        parts = tuple(self._package.iter_parts())
        types = serialize_part_xml(_ContentTypesItem.xml_for(parts))
        made = [packed(PACKAGE_URI.rels_uri.membername, self._package._rels.xml)]  # noqa: SLF001  see above
        for part in parts:
            made.append(packed(part.partname.membername, part.blob))
            more = related if part is main else ""
            if len(part.rels) or more:
                made.append(packed(part.partname.rels_uri.membername, _rels_xml(part, more)))
        return types, made


def reference(part: PartRef, folder: str) -> str:
    """Return how a part is referred to from a folder (``/ppt/slides``)."""
    return _relative(part.partname, folder)


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


def _number_shapes(part: Part) -> None:
    """Give shapes that share an id with another one of their own (part 1, 20.1.2.2.8 cNvPr).

    LibreOffice writes such masters. Animations refer to ids: with them all stays.
    """
    tree = getattr(part, "_element", None)
    if tree is None or tree.xpath('//*[local-name()="timing"]'):
        return
    shapes = tree.xpath('//*[local-name()="cNvPr"]')
    ids = (shape.get("id", "") for shape in shapes)
    known = [int(one) if one.isascii() and one.isdecimal() else 0 for one in ids]
    seen: set[int] = set()
    free = max(known, default=0)
    for shape, number in zip(shapes, known, strict=True):
        if number in seen:
            free += 1
            shape.set("id", str(free))
        seen.add(number)
