"""A finished .pptx in -> every text in it, for `exporters.verify`. Reads the raw parts only.

It knows of a deck what the file itself says: shapes named ``triptych:...``,
fields, and runs that carry our extension are the tool's own; any other shape's
name is the id of the block it shows. A table that goes on over slides is named
``id (2/3)``, and its repeated header is the tool's own.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from exporters.reading import Found, FoundChart, Layer, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

_OURS = "triptych:"
_OUR_RUN = "{7B6F1D9C-2E35-4C4B-9A0D-5A1E8C0F3D21}"
_PART = re.compile(
    r"(?P<block>.+?)(?: \((?P<part>\d+)/(?P<parts>\d+)\))?"
    r"(?: columns (?P<first>\d+)-(?P<last>\d+))?"
)
_SHOWN_NOTES = re.compile(rf"{_OURS}notes of slide (\d+)")
"""The name of a shape that shows what would be in the notes of a slide, had the deck any."""

_KEPT_BY_HOST = frozenset({"sldNum", "ftr", "dt", "hdr"})


def read(path: Path) -> Reading:
    """Read a deck.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is no presentation, or a part of it is not there.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Reader(archive).read()
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"{path} is no readable presentation: {error}") from error


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())
        self._parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        self._rows: dict[tuple[str, int], int] = {}
        self._charts: list[FoundChart] = []

    def read(self) -> Reading:
        root = self._related("")
        main = next(target for kind, target in root.values() if kind == "officeDocument")
        related = self._related(main)
        slides = [
            related[item.get(f"{_R}id", "")][1]
            for item in self._tree(main).iterfind(f"{_P}sldIdLst/{_P}sldId")
        ]
        found = [one for number, name in enumerate(slides, 1) for one in self._slide(name, number)]
        properties = tuple(self._properties(root))
        return Reading("pptx", tuple(found), properties, tuple(self._charts))

    def _tree(self, name: str) -> etree._Element:
        return etree.fromstring(self._archive.read(name), self._parser)

    def _related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return a part's inner relationships: by id, the kind and the target's name."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self._names:
            return {}
        result = {}
        for item in self._tree(rels).iterfind(f"{_RELS}Relationship"):
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", "")))
                kind = item.get("Type", "").removeprefix(_TYPES)
                result[item.get("Id", "")] = kind.rsplit("/", 1)[-1], target.lstrip("/")
        return result

    def _properties(self, root: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for kind, target in root.values():
            if kind == "core-properties":
                for item in self._tree(target):
                    yield etree.QName(item).localname, item.text or ""

    # --- slides ----------------------------------------------------------------------

    def _slide(self, name: str, number: int) -> Iterator[Found]:
        tree = self._tree(name).find(f"{_P}cSld/{_P}spTree")
        if tree is not None:
            yield Found("", f"slide {number}", number, Layer.FURNITURE)  # though it may say nothing
            yield from self._shapes(tree, number)
            self._read_charts(tree, name, number)
        for kind, target in self._related(name).values():
            if kind == "notesSlide":
                yield from self._notes(target, number)

    def _shapes(self, tree: etree._Element, number: int) -> Iterator[Found]:
        for shape in tree:
            if shape.tag == f"{_P}grpSp":
                yield from self._shapes(shape, number)
                continue
            known = shape.find(f"./*/{_P}cNvPr")
            name = known.get("name", "") if known is not None else ""
            table = shape.find(f"{_A}graphic/{_A}graphicData/{_A}tbl")
            if table is not None:
                yield from self._table(table, name, number)
            body = shape.find(f"{_P}txBody")
            if body is not None:
                kept = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
                ours = name.startswith(_OURS) or (
                    kept is not None and kept.get("type") in _KEPT_BY_HOST
                )
                layer = Layer.FURNITURE if ours else Layer.BODY
                block = None if ours else name
                place = f"slide {number}, {name}"
                group = number
                if shown := _SHOWN_NOTES.fullmatch(name):
                    layer, group = Layer.NOTES, int(shown[1])
                for paragraph in body.iterfind(f"{_A}p"):
                    for text, own in _stretches(paragraph):
                        yield Found(text, place, group, Layer.FURNITURE if own else layer, block)

    def _table(self, table: etree._Element, name: str, number: int) -> Iterator[Found]:
        """Yield a table's cells; rows count on from the slide before, columns from the name."""
        match = _PART.fullmatch(name)
        block = match["block"] if match else name
        first = int(match["first"] or 1) if match else 1
        seen = self._rows.get((block, first), 0)
        for index, line in enumerate(table.iterfind(f"{_A}tr")):
            row = index and max(seen, 1)
            seen = max(seen, 1) + 1 if index else seen
            for position, cell in enumerate(line.iterfind(f"{_A}tc")):
                column = position if first == 1 or not position else first - 2 + position
                place = f"slide {number}, {name}, row {index + 1}, column {position + 1}"
                stretches = [
                    stretch
                    for paragraph in cell.iterfind(f"{_A}txBody/{_A}p")
                    for stretch in _stretches(paragraph)
                ]
                repeated = (index == 0 and (block, first) in self._rows) or (
                    first > 1 and position == 0
                )
                said = "\n".join(text for text, own in stretches if not own)
                layer = Layer.FURNITURE if repeated else Layer.BODY
                yield Found(said, place, number, layer, block, row, column)
                for text, own in stretches:
                    if own:
                        yield Found(text, place, number, Layer.FURNITURE, block)
        self._rows[block, first] = seen

    def _read_charts(self, tree: etree._Element, slide: str, number: int) -> None:
        """Remember the numbers that the slide's charts keep (21.2.2.149 and 21.2.2.170)."""
        related = self._related(slide)
        for frame in tree.iter(f"{_P}graphicFrame"):
            chart = frame.find(f"{_A}graphic/{_A}graphicData/{_C}chart")
            known = frame.find(f"{_P}nvGraphicFramePr/{_P}cNvPr")
            if chart is not None and known is not None:
                part = self._tree(related[chart.get(f"{_R}id", "")][1])
                name = known.get("name", "")
                series = tuple(map(_series, part.iter(f"{_C}ser")))
                self._charts.append(FoundChart(name, f"slide {number}, {name}", series))

    def _notes(self, name: str, number: int) -> Iterator[Found]:
        for shape in self._tree(name).iterfind(f"{_P}cSld/{_P}spTree/{_P}sp"):
            kind = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
            if kind is None or kind.get("type") != "body":
                continue
            for paragraph in shape.iterfind(f"{_P}txBody/{_A}p"):
                for text, own in _stretches(paragraph):
                    layer = Layer.FURNITURE if own else Layer.NOTES
                    yield Found(text, f"slide {number}, notes", number, layer)


def _stretches(paragraph: etree._Element) -> Iterator[tuple[str, bool]]:
    """Yield a paragraph's text in stretches: each run of our own, and what stands between.

    The raised number of a note parts nothing, it comes after the stretch that it stands in:
    a word between two of them may be the whole of another block. In a repeated title, which
    is our own as a whole or begins a line, what is raised or lowered is a part of it. A line
    break parts no text of ours.
    """
    stretches: list[tuple[list[str], bool]] = []
    raised: list[str] = []
    runs = paragraph.findall(f"{_A}r")
    ours = len(paragraph.findall(f"{_A}r/{_A}rPr/{_A}extLst/{_A}ext[@uri='{_OUR_RUN}']"))
    parted = ours < len(runs)
    broken = False
    for item in paragraph:
        if item.tag == f"{_A}r":
            look = item.find(f"{_A}rPr")
            mark = item.find(f"{_A}rPr/{_A}extLst/{_A}ext[@uri='{_OUR_RUN}']")
            text, own = item.findtext(f"{_A}t") or "", mark is not None
            off = look is not None and look.get("baseline") is not None
            if parted and own and off and not (stretches and stretches[-1][1]):
                raised.append(text)
                continue
        elif item.tag == f"{_A}br":
            if not stretches:
                stretches.append(([], False))
            stretches[-1][0].append("\n")
            broken = stretches[-1][1]
            continue
        elif item.tag == f"{_A}fld":
            text, own = item.findtext(f"{_A}t") or "", True
        else:
            continue
        goes_on = broken if own else bool(stretches) and not stretches[-1][1]
        if not goes_on:
            stretches.append(([], own))
        stretches[-1][0].append(text)
        broken = False
    for parts, own in stretches:
        yield "".join(parts), own
    for text in raised:
        yield text, True


def _series(element: etree._Element) -> tuple[str, tuple[float | None, ...]]:
    """Return a series' name and the values that it keeps as drawn."""
    name = element.findtext(f"{_C}tx//{_C}v") or ""
    values = element.find(f"{_C}val")
    if values is None:
        values = element.find(f"{_C}yVal")
    if values is None:
        return name, ()
    count = values.find(f".//{_C}ptCount")
    drawn: list[float | None] = [None] * int(count.get("val", "0") if count is not None else 0)
    for point in values.iter(f"{_C}pt"):
        try:
            drawn[int(point.get("idx", "0"))] = float(point.findtext(f"{_C}v") or "")
        except ValueError:
            continue
    return name, tuple(drawn)
