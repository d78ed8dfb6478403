"""An .xlsx file's archive in -> its parts: relations, formats of numbers, shared texts, notes."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from exporters.excel.read_cells import MAIN, Element, text_of

if TYPE_CHECKING:
    import zipfile

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
}  # fmt: skip
"""Numbers of formats that files need not spell out (ECMA-376 part 1, 18.8.30)."""


class Parts:
    """What sheets are read with. ``names`` are the parts that there are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def parse(self, name: str) -> Element:
        """Return a part's root."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(self._archive.read(name), parser)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return id -> (kind, part) of what a part refers to inside the package."""
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        if rels not in self.names:
            return {}
        found = {}
        for relation in self.parse(rels).iter(f"{_PACKAGE}Relationship"):
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", "")))
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = (kind, target.lstrip("/"))
        return found

    def formats(self) -> list[str]:
        """Return the number format of each style of cells."""
        if "xl/styles.xml" not in self.names:
            return []
        root = self.parse("xl/styles.xml")
        own = {
            item.get("numFmtId", ""): item.get("formatCode", "")
            for item in root.iter(f"{MAIN}numFmt")
        }
        cells = root.find(f"{MAIN}cellXfs")
        return [
            own.get(xf.get("numFmtId", "0"), _BUILT_IN.get(int(xf.get("numFmtId", "0")), ""))
            for xf in (cells if cells is not None else ())
        ]

    def shared(self) -> list[str]:
        """Return the texts that cells refer to by number."""
        if "xl/sharedStrings.xml" not in self.names:
            return []
        return [text_of(item) for item in self.parse("xl/sharedStrings.xml").iter(f"{MAIN}si")]

    def notes(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the author and the text of each note, by its cell."""
        root = self.parse(part)
        authors = [author.text or "" for author in root.iter(f"{MAIN}author")]
        return {
            note.get("ref", ""): (authors[int(note.get("authorId", "0"))], text_of(note))
            for note in root.iter(f"{MAIN}comment")
        }
