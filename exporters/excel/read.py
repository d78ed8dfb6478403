"""An .xlsx file in -> what it says, cell by cell. Reads the package itself.

Shares nothing with the writer: zip and XML only. What is the report's own is
known by the file's hidden names (``triptych.body``, ``triptych.table`` with the
block's id, ``triptych.ids``) and by runs of the font family that marks ours.
"""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from msgspec import Struct, field

from exporters.excel.read_cells import (
    MAIN,
    Element,
    agree,
    number_in,
    place_of,
    rows_of,
    text_of,
    unescaped,
)
from exporters.excel.read_charts import CHART, areas_by_sheet, number_of, read_chart
from exporters.excel.read_parts import Parts
from exporters.excel.references import Cells, areas_of, referred
from exporters.excel.shown import shown
from exporters.reading import Found, FoundChart, Layer, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from exporters.excel.read_charts import DrawnChart

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"

_HELD_ROWS = 1_000
"""Rows of a table that are held; a longer one is read as a stream."""

_WRITTEN = "triptych:written"
_FURNITURE = "triptych:"
_REST = re.compile(r"triptych:cell (\d+) (\d+) (.+)", re.DOTALL)
_BLOCK = re.compile(r"(.+) @(\d+),(\d+)", re.DOTALL)
_ADDRESS = re.compile(r"(?i)(?:https?://|mailto:)\S+")


class _Shows(NamedTuple):
    """The block that a table's area shows, from which of its rows (1) and columns (0) on."""

    block: str
    first_row: int
    first_column: int


class _Sheet(Struct):
    number: int
    name: str
    part: str
    body: tuple[Cells, ...] = ()
    ids: Cells | None = None
    table: Cells | None = None
    shows: _Shows | None = None
    notes: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def is_body(self, row: int) -> bool:
        """Return whether a row is one of the table's, not its header."""
        return self.table is not None and self.table.top < row <= self.table.bottom


def read(path: Path) -> Reading:
    """Read a workbook back.

    Raises:
        ValueError: It is no workbook, or a part of it is broken.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            book = _Book(archive)
            rows = {block: _Rows(path, book, sheets) for block, sheets in book.long.items()}
            found = tuple(book.found())
            return Reading("xlsx", found, tuple(book.properties()), tuple(book.charts()), rows)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as problem:
        raise ValueError(f"{path.name} is no readable workbook: {problem}") from problem


class _Book:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = Parts(archive)
        self._formats = self._parts.formats()
        self._shared = self._parts.shared()
        self._rests: list[Found] = []
        self._ids: dict[str, list[str]] = {}
        self._all_sheets = self._sheets()
        self._charts = [chart for sheet in self._all_sheets for chart in self._sheet_charts(sheet)]
        self._wanted = areas_by_sheet(chart.references() for chart in self._charts)
        self._cells: dict[tuple[str, int, int], str] = {}
        self.long = _long(self._all_sheets)

    def charts(self) -> Iterator[FoundChart]:
        """Yield the charts with the numbers of the cells they refer to; call after `found`."""
        for chart in self._charts:
            bound = tuple(
                (
                    "".join(self._texts(one.name)),
                    tuple(number_of(text) for text in self._texts(one.values)),
                )
                for one in chart.series
            )
            yield FoundChart(chart.block, chart.place, bound)
            drawn = tuple((one.drawn_name, one.drawn) for one in chart.series)
            if drawn != bound:
                yield FoundChart(chart.block, f"{chart.place}, as drawn", drawn)

    def _texts(self, reference: str) -> list[str]:
        """Return what the cells of a reference hold, down the column."""
        sheet, areas = referred(reference)
        return [
            self._cells.get((sheet, row, column), "")
            for area in areas
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        ]

    def _sheet_charts(self, sheet: _Sheet) -> Iterator[DrawnChart]:
        for kind, part in self._parts.relations(sheet.part).values():
            if kind != "drawing":
                continue
            charts = self._parts.relations(part)
            for frame in self._parts.parse(part).iter(f"{_DRAWING}graphicFrame"):
                name = frame.find(f".//{_DRAWING}cNvPr")
                chart = frame.find(f".//{CHART}chart")
                if name is None or chart is None:
                    continue
                root = self._parts.parse(charts[chart.get(f"{_REL}id", "")][1])
                block = name.get("name", "")
                yield read_chart(root, block, f"sheet {sheet.name}, chart {block}")

    def found(self) -> Iterator[Found]:
        """Yield every text, sheet by sheet; what overflowed from tables comes last."""
        for sheet in self._all_sheets:
            yield from self._sheet(sheet)
        yield from self._rests

    def properties(self) -> Iterator[tuple[str, str]]:
        """Yield the document's properties by their local names, and the ids; after `found`."""
        for sheet, ids in self._ids.items():
            yield f"ids of {sheet}", " ".join(ids)
        if "docProps/core.xml" in self._parts.names:
            for element in self._parts.parse("docProps/core.xml"):
                yield etree.QName(element).localname, element.text or ""

    def _sheets(self) -> list[_Sheet]:
        parts = dict(self._parts.relations("").values())
        main = parts["officeDocument"]
        root, relations = self._parts.parse(main), self._parts.relations(main)
        sheets = [
            _Sheet(number, item.get("name", ""), relations[item.get(f"{_REL}id", "")][1])
            for number, item in enumerate(root.iter(f"{MAIN}sheet"), 1)
        ]
        for name in root.iter(f"{MAIN}definedName"):
            if name.get("localSheetId") is not None:
                self._take_name(sheets[int(name.get("localSheetId", "0"))], name)
        for sheet in sheets:
            for kind, part in self._parts.relations(sheet.part).values():
                if kind == "table" and sheet.shows is not None:
                    table = self._parts.parse(part)
                    area = areas_of(table.get("ref", ""))[0]
                    totals = int(table.get("totalsRowCount", "0"))
                    sheet.table = area._replace(bottom=area.bottom - totals)
                elif kind == "comments":
                    sheet.notes = self._parts.notes(part)
        return sheets

    def _take_name(self, sheet: _Sheet, name: Element) -> None:
        areas = areas_of(re.sub(r"'(?:[^']|'')*'!", "", name.text or ""))
        if name.get("name") == "triptych.body":
            sheet.body = areas
        elif name.get("name") == "triptych.ids" and areas:
            sheet.ids = areas[0]
        elif name.get("name") == "triptych.table" and areas:
            match = _BLOCK.fullmatch(name.get("comment", ""))
            if match:
                sheet.table = areas[0]
                sheet.shows = _Shows(match[1], int(match[2]), int(match[3]))

    # --- cells -------------------------------------------------------------------

    def _sheet(self, sheet: _Sheet) -> Iterator[Found]:
        later = sheet.shows is not None and sheet.shows.block in self.long
        with self._archive.open(sheet.part) as stream:
            for number, row in rows_of(stream):
                if sheet.name in self._wanted:
                    self._keep(sheet.name, number, row)
                if not (later and sheet.is_body(number)):
                    yield from self._row(sheet, number, row)
        for reference, (author, text) in sheet.notes.items():
            place = f"sheet {sheet.name}, note on {reference}"
            for line in text.split("\n"):
                if author != _WRITTEN and not _ADDRESS.fullmatch(line):
                    yield Found(line, place, sheet.number, Layer.FURNITURE)

    def _row(self, sheet: _Sheet, number: int, row: Element) -> Iterator[Found]:
        cells = [(*place_of(cell), cell) for cell in row.iter(f"{MAIN}c")]
        block = self._block(sheet, number, cells)
        for letters, column, cell in cells:
            if sheet.ids is not None and sheet.ids.left == column:
                # It names blocks and says nothing.
                self._ids.setdefault(sheet.name, []).append(self._value(cell))
                continue
            found = _found(sheet, number, column, block, self._shown(sheet, cell), letters)
            if block is not None and found.row is not None:
                self._rests.append(found)
            elif found.text or found.row is not None:
                yield found

    def body_texts(self, sheet: _Sheet, row: Element) -> list[str]:
        """Return the texts of a row of a table, one a column."""
        area = sheet.table
        assert area is not None  # noqa: S101  # only sheets of tables are asked
        texts = [""] * (area.right - area.left + 1)
        for cell in row.iter(f"{MAIN}c"):
            _, column = place_of(cell)
            if area.left <= column <= area.right:
                texts[column - area.left] = self._shown(sheet, cell)
        return texts

    def body_found(self, sheet: _Sheet, number: int, row: Element) -> Iterator[Found]:
        """Yield the cells of a row of a table."""
        for cell in row.iter(f"{MAIN}c"):
            letters, column = place_of(cell)
            yield _found(sheet, number, column, None, self._shown(sheet, cell), letters)

    def _keep(self, sheet: str, number: int, row: Element) -> None:
        """Remember the raw values of cells that charts refer to."""
        for cell in row.iter(f"{MAIN}c"):
            _, column = place_of(cell)
            if any(area.has(number, column) for area in self._wanted[sheet]):
                is_number = cell.get("t", "n") == "n"
                text = cell.findtext(f"{MAIN}v") if is_number else self._value(cell)
                self._cells[sheet, number, column] = text or ""

    def _block(self, sheet: _Sheet, row: int, cells: list[tuple[str, int, Element]]) -> str | None:
        """Return the id that a row of the full text names."""
        if sheet.ids is None or not sheet.ids.top <= row <= sheet.ids.bottom:
            return None
        return next(
            (self._value(cell) for _, column, cell in cells if column == sheet.ids.left), None
        )

    def _shown(self, sheet: _Sheet, cell: Element) -> str:
        text = self._value(cell)
        if not sheet.notes:
            return text
        note = sheet.notes.get(cell.get("r", ""))
        if note is None or note[0] != _WRITTEN or cell.get("t", "n") != "n":
            return text
        return note[1] if agree(note[1], number_in(cell)) else text

    def _value(self, cell: Element) -> str:
        """Return a cell's text: the report's own where runs tell it from the tool's."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(f"{MAIN}is")
            return "" if inline is None else text_of(inline)
        value = cell.findtext(f"{MAIN}v")
        if value is None:
            return ""
        if kind == "s":
            return self._shared[int(value)]
        if kind != "n":
            return unescaped(value)
        if cell.find(f"{MAIN}f") is not None:  # a total: what the file calculates, no one's words
            return f"{Decimal(value):f}"
        style = int(cell.get("s", "0"))
        code = self._formats[style] if style < len(self._formats) else ""
        return shown(float(value), code)


class _Rows:
    """The rows of one table, which may go on from sheet to sheet (`FoundRows`)."""

    def __init__(self, path: Path, book: _Book, sheets: Sequence[_Sheet]) -> None:
        self._path = path
        self._book = book
        self._sheets = sheets

    def texts(self) -> Iterator[list[str]]:
        return (self._book.body_texts(sheet, row) for sheet, _, row in self._rows())

    def found(self) -> Iterator[Found]:
        for sheet, number, row in self._rows():
            yield from self._book.body_found(sheet, number, row)

    def _rows(self) -> Iterator[tuple[_Sheet, int, Element]]:
        with zipfile.ZipFile(self._path) as archive:
            for sheet in self._sheets:
                with archive.open(sheet.part) as stream:
                    for number, row in rows_of(stream):
                        if sheet.is_body(number):
                            yield sheet, number, row


def _long(sheets: Sequence[_Sheet]) -> dict[str, list[_Sheet]]:
    """Return the sheets of tables that are too long to be held, by the tables' blocks."""
    found: dict[str, list[_Sheet]] = {}
    for sheet in sheets:
        if sheet.shows is not None and sheet.table is not None:
            found.setdefault(sheet.shows.block, []).append(sheet)
    return {
        block: sorted(own, key=lambda sheet: sheet.shows.first_row if sheet.shows else 0)
        for block, own in found.items()
        if sum(sheet.table.bottom - sheet.table.top for sheet in own if sheet.table) > _HELD_ROWS
        and all(sheet.shows and not sheet.shows.first_column for sheet in own)
    }


def _found(
    sheet: _Sheet, row: int, column: int, block: str | None, text: str, letters: str
) -> Found:
    """Return a text with the block that it shows, or as the tool's own.

    ``block`` is what the full text names in this row: an id, the tool's own
    mark, or the cell of a table that could not hold all of its text.
    """
    place = f"sheet {sheet.name}, cell {letters}{row}"
    area, shows = sheet.table, sheet.shows
    layer = Layer.BODY
    if area is not None and shows is not None and area.has(row, column):
        own_column = shows.first_column + column - area.left
        if row > area.top:
            own_row = shows.first_row + row - area.top - 1
            return Found(text, place, sheet.number, layer, shows.block, own_row, own_column)
        if shows.first_row == 1:
            return Found(text, place, sheet.number, layer, shows.block, 0, own_column)
        return Found(text, place, sheet.number, Layer.FURNITURE)
    if not any(area.has(row, column) for area in sheet.body):
        return Found(text, place, sheet.number, Layer.FURNITURE)
    rest = _REST.fullmatch(block or "")
    if rest:
        return Found(text, place, sheet.number, layer, rest[3], int(rest[1]), int(rest[2]))
    if block and block.startswith(_FURNITURE):
        layer = Layer.FURNITURE
    return Found(text, place, sheet.number, layer, block)
