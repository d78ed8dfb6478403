"""A .pptx file -> everything in its package that makes PowerPoint offer to repair it.

The schema is openxml-audit's business. These are the rules that a file can break
while every part of it is valid by itself: parts, relationships, content types,
ids and their order (ECMA-376 part 2, and part 1, clause 19).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"

_CONTENT_TYPES = "[Content_Types].xml"
_PRESENTATION = "ppt/presentation.xml"

_ORDER = (
    "sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz",
    "embeddedFontLst", "custShowLst", "photoAlbum", "custDataLst", "kinsoku",
    "defaultTextStyle", "modifyVerifier", "extLst",
)  # fmt: skip
"""The order of a presentation's children (part 1, 19.2.1.26)."""

_LEAST_SLIDE_ID, _LEAST_LAYOUT_ID = 256, 2**31


class Package:
    """A package opened for checking."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.namelist()
            self.blobs = {name: archive.read(name) for name in self.entries}
        self.trees: dict[str, etree._Element] = {}
        self.broken: list[str] = []
        for name, blob in self.blobs.items():
            if name.endswith((".xml", ".rels")):
                try:
                    self.trees[name] = etree.fromstring(blob)
                except etree.XMLSyntaxError as error:
                    self.broken.append(f"{name}: {error}")

    def rels(self, name: str) -> list[etree._Element]:
        """Return the relationships of a part (``""``: the package's own)."""
        folder, base = posixpath.split(name)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{base}.rels"))
        return [] if tree is None else list(tree.iterfind(f"{_RELS}Relationship"))

    def target(self, name: str, rel: etree._Element) -> str:
        """Return the name of the part that an inner relationship leads to."""
        joined = posixpath.join("/", posixpath.dirname(name), rel.get("Target", ""))
        return posixpath.normpath(joined).lstrip("/")

    @property
    def parts(self) -> list[str]:
        """Return the names of all parts, relationships left aside."""
        return [
            name for name in self.entries if name != _CONTENT_TYPES and not name.endswith(".rels")
        ]


def faults(path: Path) -> list[str]:
    """Return what is wrong with a package, one line each."""
    package = Package(path)
    if package.broken:
        return package.broken
    return [fault for rule in RULES for fault in rule(package)]


def names_are_unique(package: Package) -> Iterator[str]:
    """Part names differ by more than case (part 2, 6.2.2)."""
    for name, count in Counter(name.lower() for name in package.entries).items():
        if count > 1:
            yield f"{name} stands {count} times in the package"


def types_are_declared(package: Package) -> Iterator[str]:
    """Every part has a content type, every override a part (part 2, 6.2.3)."""
    types = package.trees[_CONTENT_TYPES]
    defaults = {item.get("Extension", "").lower() for item in types.iterfind(f"{_CT}Default")}
    overrides = [item.get("PartName", "").lstrip("/") for item in types.iterfind(f"{_CT}Override")]
    for name, count in Counter(overrides).items():
        if count > 1:
            yield f"{name} has {count} content types"
        if name not in package.blobs:
            yield f"{name} has a content type but is not there"
    for name in package.parts:
        if name not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name} has no content type"
        if name.endswith(".xml") and name not in overrides:
            yield f"{name} is said to be any XML"


def relationships_lead_somewhere(package: Package) -> Iterator[str]:
    """Inner targets exist, ids are unique, outer targets are absolute addresses."""
    for name in ["", *package.parts]:
        rels = package.rels(name)
        for rid, count in Counter(rel.get("Id") for rel in rels).items():
            if count > 1:
                yield f"{name}: relationship {rid} stands {count} times"
        for rel in rels:
            if rel.get("TargetMode") == "External":
                address = rel.get("Target", "")
                if not address.isascii() or any(char in address for char in ' <>"{}|\\^`'):
                    yield f"{name}: {address!r} is no address"
            elif package.target(name, rel) not in package.blobs:
                yield f"{name}: {rel.get('Id')} leads to {rel.get('Target')}, which is not there"


def references_are_related(package: Package) -> Iterator[str]:
    """Every r:id in a part is one of its relationships."""
    for name in package.parts:
        if name not in package.trees:
            continue
        known = {rel.get("Id") for rel in package.rels(name)}
        for item in package.trees[name].iter():
            for key, value in item.attrib.items():
                if str(key).startswith(_R) and value not in known:
                    yield f"{name}: {value!s} is no relationship of it"


def parts_are_reached(package: Package) -> Iterator[str]:
    """Every part is related to from somewhere: PowerPoint drops or refuses the others."""
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        name = waiting.pop()
        for rel in package.rels(name):
            if rel.get("TargetMode") != "External":
                target = package.target(name, rel)
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
    for name in package.parts:
        if name not in reached:
            yield f"nothing leads to {name}"


def presentation_is_in_order(package: Package) -> Iterator[str]:
    """The children of the presentation stand in the schema's order."""
    tree = package.trees[_PRESENTATION]
    places = [_ORDER.index(etree.QName(item).localname) for item in tree]
    if places != sorted(places):
        yield f"{_PRESENTATION}: {[etree.QName(item).localname for item in tree]} are out of order"


def slide_ids_are_right(package: Package) -> Iterator[str]:
    """Slide ids are unique and 256 or more (part 1, 19.7.13)."""
    ids = [
        int(item.get("id", "0"))
        for item in package.trees[_PRESENTATION].iterfind(f"{_P}sldIdLst/{_P}sldId")
    ]
    yield from _doubles(_PRESENTATION, ids)
    for one in ids:
        if one < _LEAST_SLIDE_ID:
            yield f"{_PRESENTATION}: slide id {one} is under {_LEAST_SLIDE_ID}"


def layout_ids_are_right(package: Package) -> Iterator[str]:
    """Masters and layouts share one space of ids from 2^31 on (part 1, 19.7.14)."""
    lists = [package.trees[_PRESENTATION].iterfind(f"{_P}sldMasterIdLst/{_P}sldMasterId")]
    lists += [
        tree.iterfind(f"{_P}sldLayoutIdLst/{_P}sldLayoutId")
        for name, tree in package.trees.items()
        if name.startswith("ppt/slideMasters/slideMaster")
    ]
    ids = [int(item.get("id", "0")) for items in lists for item in items]
    yield from _doubles("masters and layouts", ids)
    for one in ids:
        if one < _LEAST_LAYOUT_ID:
            yield f"id {one} of a master or layout is under 2^31"


def shape_ids_are_unique(package: Package) -> Iterator[str]:
    """Ids of shapes are unique on their slide, layout or master (part 1, 20.1.2.2.8)."""
    for name, tree in package.trees.items():
        if name.startswith("ppt/") and not name.endswith(".rels"):
            yield from _doubles(name, [item.get("id") for item in tree.iter(f"{_P}cNvPr")])


def placeholders_are_their_layouts(package: Package) -> Iterator[str]:
    """A slide's placeholders are its layout's, each used once."""
    for name, tree in package.trees.items():
        if not name.startswith("ppt/slides/slide"):
            continue
        layouts = [
            package.target(name, rel)
            for rel in package.rels(name)
            if rel.get("Type", "").endswith("/slideLayout")
        ]
        if len(layouts) != 1:
            yield f"{name} has {len(layouts)} layouts"
            continue
        theirs = {_placeholder(item) for item in package.trees[layouts[0]].iter(f"{_P}ph")}
        own = [_placeholder(item) for item in tree.iter(f"{_P}ph")]
        yield from _doubles(name, own)
        for one in own:
            if one not in theirs:
                yield f"{name}: placeholder {one} is not in {layouts[0]}"


def sections_hold_each_slide_once(package: Package) -> Iterator[str]:
    """The slide sorter's sections hold every slide once, and have ids of their own."""
    tree = package.trees[_PRESENTATION]
    listed = [item.get("id") for item in tree.iter(f"{_P14}sldId")]
    slides = [item.get("id") for item in tree.iterfind(f"{_P}sldIdLst/{_P}sldId")]
    if listed and listed != slides:
        yield f"{_PRESENTATION}: sections hold {len(listed)} slides of {len(slides)}, in order"
    yield from _doubles("sections", [item.get("id") for item in tree.iter(f"{_P14}section")])


def notes_know_their_slides(package: Package) -> Iterator[str]:
    """A notes slide is related to the slide that is related to it."""
    for name in package.parts:
        if not name.startswith("ppt/slides/slide"):
            continue
        for rel in package.rels(name):
            if rel.get("Type", "").endswith("/notesSlide"):
                notes = package.target(name, rel)
                back = [package.target(notes, one) for one in package.rels(notes)]
                if name not in back:
                    yield f"{notes} does not lead back to {name}"


def tables_are_whole(package: Package) -> Iterator[str]:
    """Every row of a table has a cell for every column of its grid."""
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for name, tree in package.trees.items():
        for table in tree.iter(f"{a}tbl"):
            columns = len(table.findall(f"{a}tblGrid/{a}gridCol"))
            for row in table.iterfind(f"{a}tr"):
                if len(row.findall(f"{a}tc")) != columns:
                    yield f"{name}: a row of {len(row)} cells in a table of {columns} columns"


RULES = (
    names_are_unique,
    types_are_declared,
    relationships_lead_somewhere,
    references_are_related,
    parts_are_reached,
    presentation_is_in_order,
    slide_ids_are_right,
    layout_ids_are_right,
    shape_ids_are_unique,
    placeholders_are_their_layouts,
    sections_hold_each_slide_once,
    notes_know_their_slides,
    tables_are_whole,
)


def _placeholder(item: etree._Element) -> tuple[str, str]:
    return item.get("type", "obj"), item.get("idx", "0")


def _doubles(name: str, ids: Iterable[object]) -> Iterator[str]:
    for one, count in Counter(ids).items():
        if count > 1:
            yield f"{name}: {one} is taken {count} times"
