"""A template's ZIP archive in -> why it must not be opened: it could harm, or is damaged.

Parts are bounded before they are unpacked and looked through before they are
parsed. What is damaged would be found by who opens the deck, when it is too late:
parts of a template go into it as they are.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    import zipfile

MOST_BYTES, MOST_ENTRY, MOST_ENTRIES, MOST_RATIO = 200_000_000, 60_000_000, 4_000, 200
LEAST_SUSPECT = 1_000_000
"""What a template may unpack to, in all and an entry, how many entries, and how
tightly packed (entries of less than `LEAST_SUSPECT` bytes may be tighter)."""

CONTENT_TYPES = "[Content_Types].xml"

_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_ENCODINGS = frozenset((b"utf-8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii"))

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def parse(part: bytes) -> etree._Element:
    """Return the root of a part, without what it may refer to.

    Raises:
        etree.XMLSyntaxError: it is not well-formed.
    """
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def harm_in(archive: zipfile.ZipFile) -> str:
    """Return why a package must not be opened, ``""`` if it may."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_BYTES:
        return "it unpacks to more than a template should"
    seen: set[str] = set()
    for one in entries:
        name = one.filename
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or "\\" in name or ":" in name:
            return f"a part is called {name!r}"
        if name.lower() in seen:
            return f"two parts are called {name!r}"
        seen.add(name.lower())
        packed = MOST_RATIO * max(one.compress_size, 1)
        if one.file_size > MOST_ENTRY or (one.file_size > LEAST_SUSPECT and one.file_size > packed):
            return f"{name} unpacks to {one.file_size:,} bytes"
        if name.endswith((".xml", ".rels")) and (reason := _strange_xml(archive.read(name))):
            return f"{name} {reason}"
    return ""


def _strange_xml(part: bytes) -> str:
    """Return what is wrong with a part's XML before it is parsed, ``""`` if nothing.

    Parts are UTF-8 or UTF-16 and declare no document type (ECMA-376 part 2, 8.1.4).
    """
    bare = part.replace(b"\0", b"")  # of UTF-16, what is ASCII
    if b"<!DOCTYPE" in bare:
        return "declares a document type"
    encoding = _ENCODING.match(bare.lstrip(b"\xef\xbb\xbf\xff\xfe"))
    if encoding is None or encoding[1].lower() in _ENCODINGS:
        return ""
    return f"is in the encoding {encoding[1].decode()}"


def damage_in(archive: zipfile.ZipFile) -> str:
    """Return what of a package is damaged, ``""`` if nothing: for one without harm.

    Every part is well-formed and has a content type (ECMA-376 part 2, 10.1.2);
    every relationship says its id, its type and a target that is there (9.3).
    """
    names = set(archive.namelist())
    if CONTENT_TYPES not in names:
        return f"{CONTENT_TYPES} is missing"
    roots: dict[str, etree._Element] = {}
    for name in sorted(names):
        if name.endswith((".xml", ".rels")):
            try:
                roots[name] = parse(archive.read(name))
            except etree.XMLSyntaxError as error:
                return f"{name} is no XML: {error.msg}"
    typed = _typed(roots[CONTENT_TYPES])
    if typed is None:
        return f"{CONTENT_TYPES} does not say what the parts are"
    for name in (name for name in roots if name.endswith(".rels")):
        if reason := _broken_relation(name, roots[name], names, *typed):
            return f"{name} {reason}"
    return ""


def _typed(root: etree._Element) -> tuple[set[str], set[str]] | None:
    """Return the endings and the parts that have a content type, ``None`` if that is not said."""
    endings, parts = root.findall(f"{_TYPES}Default"), root.findall(f"{_TYPES}Override")
    said = [
        *((one.get("Extension"), one.get("ContentType")) for one in endings),
        *((one.get("PartName"), one.get("ContentType")) for one in parts),
    ]
    if root.tag != f"{_TYPES}Types" or not all(name and kind for name, kind in said):
        return None
    return (
        {str(one.get("Extension")).lower() for one in endings},
        {str(one.get("PartName")).lower() for one in parts},
    )


def _broken_relation(
    name: str, root: etree._Element, names: set[str], endings: set[str], parts: set[str]
) -> str:
    if root.tag != f"{_RELATIONS}Relationships":
        return "holds no relationships"
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in root.iterfind(f"{_RELATIONS}Relationship"):
        target = one.get("Target")
        if not (one.get("Id") and one.get("Type") and target):
            return "has a relationship without id, type or target"
        if one.get("TargetMode") == "External":
            continue
        part = posixpath.normpath(posixpath.join("/", folder, target))
        if part[1:] not in names:
            return f"refers to {target}, which is not there"
        if part.rpartition(".")[2].lower() not in endings and part.lower() not in parts:
            return f"refers to {target}, of which nobody says what it is"
    return ""
