"""A workbook in -> what in it would make Excel repair it, or would fail its reader.

Written against ECMA-376 and Excel's "specifications and limits", not against
our writer: it looks at the package as any program would.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Element: TypeAlias = Any
"""Of a part's XML: lxml has no public name for it."""

Cells: TypeAlias = dict[tuple[int, int], Element]
"""A sheet's cells by row and column."""

CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"

ORDER = [
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
    *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
    *(
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
    ),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
    *("colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing"),
    *("legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
]
"""The elements of a worksheet in the schema's order (CT_Worksheet, part 1, 18.3.1.99)."""

_CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")
_NAME = re.compile(r"[^\W\d][\w.\\]*")
_REFERENCE = re.compile(r"(?i)[a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*|[rc][0-9]*")
_TOTAL = re.compile(r"SUBTOTAL\(10[1-9],\w+\[.*\]\)", re.DOTALL)
"""The total of a table's column, the one formula that a report's workbook may hold."""

_SCHEMES = ("http://", "https://", "mailto:")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def faults(path: Path) -> list[str]:
    """Return everything that is wrong with a workbook, nothing when it is sound."""
    with zipfile.ZipFile(path) as archive:
        return list(_Book(archive).check())


def number(letters: str) -> int:
    """Return a column's number from 1."""
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value


@dataclass
class _Book:
    archive: zipfile.ZipFile
    parts: dict[str, Element] = field(default_factory=dict)
    sheets: list[tuple[str, str]] = field(default_factory=list)
    tables: list[tuple[str, Element]] = field(default_factory=list)

    def check(self) -> Iterator[str]:
        names = self.archive.namelist()
        yield from (f"part twice: {name}" for name, n in Counter(names).items() if n > 1)
        for name in names:
            if name.endswith((".xml", ".rels", ".vml")):
                try:
                    self.parts[name] = etree.fromstring(self.archive.read(name))
                except etree.XMLSyntaxError as problem:
                    yield f"not well-formed: {name}: {problem}"
        if not {"[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"} <= set(self.parts):
            yield "a part of every workbook is missing or broken"
            return
        yield from self._types()
        yield from self._all_relations()
        yield from self._workbook()
        for name, part in self.sheets:
            if part in self.parts:
                yield from self._sheet(name, part)
        yield from self._all_tables()

    # --- package ------------------------------------------------------------------

    def _types(self) -> Iterator[str]:
        root = self.parts["[Content_Types].xml"]
        defaults = {item.get("Extension") for item in root.iter(f"{CT}Default")}
        own = {item.get("PartName").lstrip("/") for item in root.iter(f"{CT}Override")}
        for name in self.archive.namelist():
            suffix = name.rsplit(".", 1)[-1]  # "xml" alone says nothing of what a part is
            typed = name in own or (suffix in defaults and suffix != "xml")
            if not typed and name != "[Content_Types].xml":
                yield f"no content type: {name}"
        yield from (
            f"content type of no part: {name}" for name in own - set(self.archive.namelist())
        )

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for item in self.parts.get(rels, ()):
            outside = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.get("Id")] = (item.get("Type").rsplit("/", 1)[-1], target, outside)
        return found

    def _all_relations(self) -> Iterator[str]:
        for name, root in self.parts.items():
            if not name.endswith(".rels"):
                continue
            ids = Counter(item.get("Id") for item in root)
            yield from (f"relationship twice: {name} {id_}" for id_, n in ids.items() if n > 1)
            folder = posixpath.dirname(posixpath.dirname(name))
            source = posixpath.join(folder, posixpath.basename(name)[: -len(".rels")])
            for kind, target, outside in self.relations(source).values():
                if outside and (kind != "hyperlink" or not target.startswith(_SCHEMES)):
                    yield f"refused link: {target}"
                if not outside and target not in self.archive.namelist():
                    yield f"relationship to nothing: {name} -> {target}"

    # --- workbook -----------------------------------------------------------------

    def _workbook(self) -> Iterator[str]:
        root = self.parts["xl/workbook.xml"]
        relations = self.relations("xl/workbook.xml")
        seen: set[str] = set()
        for sheet in root.iter(f"{M}sheet"):
            name, id_ = sheet.get("name"), sheet.get(f"{R}id")
            if len(name.encode("utf-16-le")) // 2 > 31 or not name or set(name) & set("[]:*?/\\"):
                yield f"illegal sheet name: {name}"
            if name.casefold() == "history" or name != name.strip("'"):
                yield f"illegal sheet name: {name}"
            if name.casefold() in seen:
                yield f"sheet name twice: {name}"
            seen.add(name.casefold())
            if id_ not in relations:
                yield f"sheet without a part: {name}"
            else:
                self.sheets.append((name, relations[id_][1]))
        names = Counter(
            (item.get("name").casefold(), item.get("localSheetId"))
            for item in root.iter(f"{M}definedName")
        )
        yield from (f"defined name twice: {name}" for name, n in names.items() if n > 1)
        for item in root.iter(f"{M}definedName"):
            yield from self._place(item.text or "", f"defined name {item.get('name')}")

    def _place(self, text: str, what: str) -> Iterator[str]:
        titles = {name for name, _ in self.sheets}
        for quoted in re.findall(r"'((?:[^']|'')+)'!", text):
            if quoted.replace("''", "'") not in titles:
                yield f"{what} leads to no sheet: {quoted}"

    # --- sheets -------------------------------------------------------------------

    def _sheet(self, name: str, part: str) -> Iterator[str]:
        root = self.parts[part]
        places = [ORDER.index(etree.QName(child).localname) for child in root]
        if places != sorted(places):
            yield f"elements out of order: {name}"
        cells: Cells = {}
        yield from self._rows(name, root, cells)
        yield from self._dimension(name, root, cells)
        yield from self._areas(name, root, part, cells)
        yield from self._links(name, root, part)
        if any(float(item.get("width", 0)) > 255 for item in root.iter(f"{M}col")):
            yield f"column too wide: {name}"
        if any(len(item.text or "") > 255 for item in root.iter(f"{M}oddHeader", f"{M}oddFooter")):
            yield f"head or foot too long: {name}"

    def _rows(self, name: str, root: Element, cells: Cells) -> Iterator[str]:
        last_row = 0
        styles = len(self.parts["xl/styles.xml"].find(f"{M}cellXfs"))
        for row in root.iter(f"{M}row"):
            index = int(row.get("r"))
            if index <= last_row or index > 1_048_576:
                yield f"rows out of order or range: {name} row {index}"
            last_row = index
            if float(row.get("ht", 0)) > 409.5:
                yield f"row too tall: {name} row {index}"
            last_column = 0
            for cell in row:
                letters, digits = _CELL.fullmatch(cell.get("r")).groups()  # type: ignore[union-attr]
                column = number(letters)
                if int(digits) != index or column <= last_column or column > 16_384:
                    yield f"cells out of order or range: {name} {cell.get('r')}"
                last_column = column
                cells[index, column] = cell
                yield from self._cell(name, cell, styles)

    def _cell(self, sheet: str, cell: Element, styles: int) -> Iterator[str]:
        where = f"{sheet} {cell.get('r')}"
        if int(cell.get("s", 0)) >= styles:
            yield f"no such style: {where}"
        formula = cell.findtext(f"{M}f")
        if formula is not None and not _TOTAL.fullmatch(formula):
            yield f"a formula: {where}"
        if cell.get("t") == "e":
            yield f"an error value: {where}"
        if cell.get("t") == "inlineStr":
            text = "".join(item.text or "" for item in cell.iter(f"{M}t"))
            if len(text.encode("utf-16-le")) // 2 > 32_767:
                yield f"text too long: {where}"
            if text.count("\n") > 253:
                yield f"too many line breaks: {where}"
        elif cell.get("t", "n") == "n" and cell.findtext(f"{M}v") is not None:
            try:
                float(cell.findtext(f"{M}v"))
            except ValueError:
                yield f"no number: {where}"

    def _dimension(self, name: str, root: Element, cells: Cells) -> Iterator[str]:
        top, left, bottom, right = area(root.find(f"{M}dimension").get("ref"))
        for row, column in cells:
            if not (top <= row <= bottom and left <= column <= right):
                yield f"cell outside of the dimension: {name} row {row}"

    def _areas(self, name: str, root: Element, part: str, cells: Cells) -> Iterator[str]:
        taken = [area(item.get("ref")) for item in root.iter(f"{M}mergeCell")]
        for kind, target, _ in self.relations(part).values():
            if kind == "table" and target in self.parts:
                self.tables.append((name, self.parts[target]))
                taken.append(area(self.parts[target].get("ref")))
                yield from self._table(self.parts[target], cells)
        for index, one in enumerate(taken):
            for other in taken[:index]:
                apart = one[0] > other[2] or other[0] > one[2] or one[1] > other[3]
                if not (apart or other[1] > one[3]):
                    yield f"areas overlap: {name} {one} {other}"

    def _table(self, table: Element, cells: Cells) -> Iterator[str]:
        what = table.get("displayName")
        top, left, bottom, right = area(table.get("ref"))
        if bottom <= top:
            yield f"table without a row: {what}"
        columns = list(table.iter(f"{M}tableColumn"))
        if len(columns) != right - left + 1:
            yield f"table columns do not count: {what}"
        names = [unescaped(item.get("name")) for item in columns]
        if len({one.casefold() for one in names}) != len(names) or not all(names):
            yield f"column names repeat or are empty: {what}"
        if len({item.get("id") for item in columns}) != len(columns):
            yield f"column ids repeat: {what}"
        for column, own in enumerate(names, left):
            cell = cells.get((top, column))
            text = None
            if cell is not None and cell.get("t") == "inlineStr":
                text = unescaped("".join(item.text or "" for item in cell.iter(f"{M}t")))
            if text != own:
                yield f"header is not its column's name: {what} {own!r} {text!r}"
        if any(len(one) > 255 for one in names):
            yield f"column name too long: {what}"

    def _all_tables(self) -> Iterator[str]:
        defined = {
            item.get("name").casefold()
            for item in self.parts["xl/workbook.xml"].iter(f"{M}definedName")
        }
        ids = Counter(table.get("id") for _, table in self.tables)
        yield from (f"table id twice: {id_}" for id_, n in ids.items() if n > 1)
        names = Counter(table.get("displayName").casefold() for _, table in self.tables)
        for name, count in names.items():
            if count > 1 or name in defined:
                yield f"table name twice: {name}"
            if not _NAME.fullmatch(name) or _REFERENCE.fullmatch(name) or len(name) > 255:
                yield f"illegal table name: {name}"

    def _links(self, name: str, root: Element, part: str) -> Iterator[str]:
        links = list(root.iter(f"{M}hyperlink"))
        if len(links) > 65_530:
            yield f"too many links: {name}"
        relations = self.relations(part)
        for link in links:
            id_ = link.get(f"{R}id")
            if id_ is not None and id_ not in relations:
                yield f"link to nothing: {name} {link.get('ref')}"
            if id_ is None and not link.get("location"):
                yield f"link to nothing: {name} {link.get('ref')}"
            yield from self._place(link.get("location") or "", f"link {name} {link.get('ref')}")


def area(text: str) -> tuple[int, int, int, int]:
    """Return top, left, bottom and right of a reference like ``A1:C5``."""
    corners = [_CELL.fullmatch(one) for one in (text.split(":") * 2)[:2]]
    (left, top), (right, bottom) = (one.groups() for one in corners if one)
    return int(top), number(left), int(bottom), number(right)


def unescaped(text: str) -> str:
    """Return a text with ``_xHHHH_`` as the character it stands for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
