"""What openpyxl does not offer: the only file here that touches its private members.

Rows spliced into ``sheetData`` as a stream, a table style of our own, a default
font without theme, ignored warnings, and archives without a clock. Written
against openpyxl 3.1.5; ``tests/excel/test_workbook_package.py`` fails when they move.
"""

# ruff: noqa: SLF001, ANN401  # private members, which the stubs do not know, are this file's purpose

from __future__ import annotations

import io
import zipfile
from typing import IO, TYPE_CHECKING, Any

from lxml import etree
from openpyxl.chart._chart import ChartBase
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Border, Color, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.table import TableStyle, TableStyleElement, TableStyleList
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.table import Table

    from exporters.excel.plan import TableLook

_BUFFER = 1 << 18
_LEVEL = 2
"""Of zlib: a third of the time of its default, for a sixth more bytes."""
_FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
"""ECMA-376 part 1, 18.8.22; schema sml.xsd, CT_Font."""
_CENTIMETRES = 2.54 / 72
"""Centimetres a point."""
_POINTS = 0.75
"""Points a pixel."""
_FORMATS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
"""How files of pictures begin."""


class Stream:
    """What goes into one sheet beside what openpyxl knows of it.

    ``rows`` yields row elements; while it runs, ``links`` and ``notes`` fill up.
    """

    def __init__(self, rows: Iterator[str], dimension: str) -> None:
        self.rows = rows
        self.dimension = dimension
        self.links: list[Hyperlink] = []
        self.notes: list[CommentRecord] = []
        self.text_numbers = ""
        """The cells whose text may look like a number without a warning on each."""


def set_default_font(book: Any, font: Font) -> None:
    """Make a font the default one: of cells without a style, and of column widths."""
    book._fonts = IndexedList([font])
    normal = book._named_styles["Normal"]
    normal.font = font
    normal.bind(book)


def add_sheet(book: Any, name: str) -> Any:
    """Add a sheet and return it. No two may have one name: openpyxl would compare it with all."""
    page: Any = Worksheet(None)
    page._parent = book
    page._WorkbookChild__title = name
    book._sheets.append(page)
    return page


def add_table(page: Any, table: Table) -> None:
    """Add a table to a sheet. No two of a workbook may have one name, as with sheets."""
    page._tables.add(table)


def add_table_style(book: Any, look: TableLook) -> None:
    """Add our table style and make it the default, so that new tables and rows wear it."""
    hairline = Side(style="thin", color=_color(look.hairline))
    rule = Side(style="medium", color=_color(look.structure))
    elements: dict[Any, DifferentialStyle] = {
        "wholeTable": DifferentialStyle(border=Border(bottom=hairline, horizontal=hairline)),
        "headerRow": DifferentialStyle(
            font=Font(bold=True, color=_color(look.structure)),
            fill=PatternFill(patternType="solid", bgColor=_color(look.surface)),
            border=Border(bottom=rule),
        ),
        "totalRow": DifferentialStyle(font=Font(bold=True), border=Border(top=rule)),
        "firstColumn": DifferentialStyle(font=Font(bold=True)),
    }
    dxfs = book._differential_styles
    style = TableStyle(
        name=look.name,
        pivot=False,
        count=len(elements),
        tableStyleElement=[
            TableStyleElement(type=kind, dxfId=dxfs.add(dxf)) for kind, dxf in elements.items()
        ],
    )
    book._table_styles = TableStyleList(defaultTableStyle=look.name, tableStyle=[style])


def add_chart(
    page: Any, part: str, corner: str, size: tuple[float, float], name: str, description: str
) -> None:
    """Put a chart on a sheet by its finished part; ``size`` in points."""
    page.add_chart(_Chart(part, size, name, description), corner)


def add_picture(
    page: Any, data: bytes, corner: str, size: tuple[float, float], name: str, description: str
) -> None:
    """Put a picture on a sheet, its bytes as they are; ``size`` in points."""
    page.add_image(_Picture(data, size, name, description), corner)


def save(book: Workbook, path: Path, streams: Mapping[str, Stream], moment: datetime) -> None:
    """Write a workbook whose sheets' rows are streams by sheet title, at one moment."""
    book.properties.created = book.properties.modified = moment
    with _Archive(path, moment) as archive:
        _Writer(book, archive, streams).write_data()


def note_record(reference: str, author: str, text: str, width: int, height: int) -> CommentRecord:
    """Return a cell's note, its box in pixels."""
    record = CommentRecord(ref=reference, author=author, width=width, height=height)
    record.text.t = text
    return record


def _color(color: str) -> Color:
    return Color(rgb=f"FF{color}")


class _Archive(zipfile.ZipFile):
    """A ZIP archive whose entries all carry one time and no trace of the machine."""

    def __init__(self, path: Path, moment: datetime) -> None:
        super().__init__(path, "x", zipfile.ZIP_DEFLATED)
        self._moment = moment.timetuple()[:6]

    def entry(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._moment)
        info.compress_type = zipfile.ZIP_DEFLATED
        info._compresslevel = _LEVEL  # type: ignore[attr-defined]
        info.create_system = 3
        info.external_attr = 0o600 << 16
        return info

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Write an entry under its name alone; styles in the schema's order."""
        if zinfo_or_arcname == ARC_STYLE:
            data = _in_schema_order(data)
        info = self.entry(str(zinfo_or_arcname))
        super().writestr(info, data, compress_type, compresslevel)


def _in_schema_order(styles: bytes) -> bytes:
    """Return styles whose fonts say what they are in the order of CT_Font, which openpyxl mixes."""
    root = etree.fromstring(styles)
    for font in root.iter(f"{{{SHEET_MAIN_NS}}}font"):
        font[:] = sorted(font, key=lambda item: _FONT_ORDER.index(etree.QName(item).localname))
    return etree.tostring(root)


class _Writer(ExcelWriter):
    """openpyxl's writer of packages, with sheets written as streams."""

    _archive: _Archive

    def __init__(self, book: Workbook, archive: _Archive, streams: Mapping[str, Stream]) -> None:
        super().__init__(book, archive)
        self._streams = streams

    def write_worksheet(self, ws: Any) -> None:
        """Write a sheet's head, its rows as they come, and its tail."""
        stream = self._streams[ws.title]
        ws._drawing = _drawing(ws._charts, ws._images)
        ws.calculate_dimension = lambda: stream.dimension
        head = _Part(ws)
        head.write_top()
        with self._archive.open(self._archive.entry(ws.path[1:]), "w", force_zip64=True) as entry:
            entry.write(head.opening())
            entry.write(b"<sheetData>")
            _copy(stream.rows, entry)
            entry.write(b"</sheetData>")
            tail = _Part(ws, stream.text_numbers)
            ws._hyperlinks = stream.links
            ws._comments = stream.notes
            tail.write_tail()
            entry.write(tail.closing())
        ws._rels = tail._rels
        self.manifest.append(ws)


class _Chart(ChartBase):
    """A chart whose part is finished."""

    tagname = "chart"
    width: Any
    height: Any

    def __init__(self, part: str, size: tuple[float, float], name: str, description: str) -> None:
        super().__init__()
        self.width, self.height = (length * _CENTIMETRES for length in size)
        self.part = part
        self.name = name
        self.description = description

    def _write(self) -> Any:
        return etree.fromstring(self.part.encode())


class _Picture(Image):
    """A picture whose bytes are known: openpyxl would open it to find out its size."""

    width: Any
    height: Any

    def __init__(self, data: bytes, size: tuple[float, float], name: str, description: str) -> None:
        self._bytes = data
        self.width, self.height = (round(length / _POINTS) for length in size)
        self.format = next(kind for head, kind in _FORMATS.items() if data.startswith(head))
        self.name = name
        self.description = description

    def _data(self) -> bytes:
        return self._bytes


def _drawing(charts: list[_Chart], images: list[Any]) -> Any:
    """Return a sheet's drawing whose charts and pictures have the names they were given.

    Not a subclass: openpyxl's serialisable classes find their elements by the
    class itself, and a subclass would have none.
    """
    drawing: Any = SpreadsheetDrawing()
    drawing.charts, drawing.images = charts, images
    make_frame = drawing._chart_frame

    def named_frame(number: int) -> Any:
        frame = make_frame(number)
        frame.nvGraphicFramePr.cNvPr.name = charts[number - 1].name
        frame.nvGraphicFramePr.cNvPr.descr = charts[number - 1].description
        return frame

    make_picture = drawing._picture_frame

    def named_picture(number: int) -> Any:
        frame = make_picture(number)
        frame.nvPicPr.cNvPr.name = images[number - len(charts) - 1].name
        frame.nvPicPr.cNvPr.descr = images[number - len(charts) - 1].description
        return frame

    drawing._chart_frame = named_frame
    drawing._picture_frame = named_picture
    return drawing


class _Part(WorksheetWriter):
    """The head or the tail of a sheet as bytes."""

    _rels: Any

    def __init__(self, ws: Any, text_numbers: str = "") -> None:
        self._bytes = io.BytesIO()
        self._text_numbers = text_numbers
        super().__init__(ws, self._bytes)

    def write_breaks(self) -> None:
        """Write page breaks and, next in the schema's order, the ignored warnings."""
        super().write_breaks()
        if self._text_numbers:
            cells = {"sqref": self._text_numbers, "numberStoredAsText": "1"}
            ignored = etree.Element("ignoredErrors")
            etree.SubElement(ignored, "ignoredError", cells)
            self.xf.send(ignored)

    def opening(self) -> bytes:
        """Return the start tag of the sheet and all before its rows."""
        return self._whole().removesuffix(b"</worksheet>")

    def closing(self) -> bytes:
        """Return all after the rows and the end tag."""
        whole = self._whole()
        return whole[whole.index(b">") + 1 :]

    def _whole(self) -> bytes:
        self.close()
        return self._bytes.getvalue()


def _copy(rows: Iterable[str], entry: IO[bytes]) -> None:
    """Write rows in pieces large enough for the compressor."""
    buffer: list[str] = []
    size = 0
    for row in rows:
        buffer.append(row)
        size += len(row)
        if size > _BUFFER:
            entry.write("".join(buffer).encode())
            buffer.clear()
            size = 0
    entry.write("".join(buffer).encode())
