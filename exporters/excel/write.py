"""The plan of a workbook in -> an .xlsx file. Decides nothing."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook as Book
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.styleable import StyleableObject
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from exporters.excel.package import (
    Stream,
    add_chart,
    add_picture,
    add_sheet,
    add_table,
    add_table_style,
    note_record,
    save,
    set_default_font,
)
from exporters.excel.rows import RowWriter, escape
from exporters.pictures import drawable

if TYPE_CHECKING:
    from openpyxl.comments.comment_sheet import CommentRecord
    from openpyxl.worksheet.worksheet import Worksheet

    from exporters.excel.plan import (
        Area,
        Cell,
        Rule,
        Sheet,
        Style,
        TableArea,
        TextRun,
        Total,
        Workbook,
    )

_A4 = 9
"""ECMA-376 part 1, 18.3.1.63."""

_INCHES = PageMargins(left=0.6, right=0.6, top=0.8, bottom=0.8, header=0.4, footer=0.4)
_HEAD_SIZE = 9

SUBTOTALS = {"average": 101, "count": 102, "max": 104, "min": 105, "sum": 109}
"""What SUBTOTAL calculates over the rows that a filter leaves (part 1, 18.17.7.308)."""

_FUNCTIONS: dict[str, Any] = {name: name for name in SUBTOTALS} | {"count": "countNums"}
"""The same as a table's definition calls it (part 1, 18.18.90)."""

_IN_BRACKETS = re.compile(r"[\[\]#']")
"""What a column's name in a structured reference marks by an apostrophe."""

NOTE_AUTHOR = "triptych"
WRITTEN_AUTHOR = "triptych:written"
"""The author of a note that holds a cell's text as written."""

_NOTE_WIDTH = 280
_NOTE_LINE = 18
_NOTE_CHARACTERS = 22
"""Pixels of a note's box and a line in it, and East Asian characters a line."""


def write(plan: Workbook, path: Path) -> None:
    """Write a workbook to a file that does not exist yet."""
    book = Book()
    book.remove(book.worksheets[0])
    set_default_font(book, Font(name=plan.font, size=plan.size, family=2))
    add_table_style(book, plan.look)
    streams: dict[str, Stream] = {}
    styles: dict[Style, int] = {}
    for sheet in plan.sheets:
        page = add_sheet(book, sheet.name)
        _set_up(page, sheet, plan)
        streams[page.title] = _stream(page, sheet, plan, styles)
    properties = plan.properties
    book.properties.title = properties.title
    book.properties.creator = "; ".join(properties.authors)
    book.properties.subject = properties.subject
    book.properties.keywords = ", ".join(properties.keywords)
    book.properties.category = properties.category
    book.properties.language = properties.language
    book.properties.identifier = properties.identifier
    save(book, path, streams, properties.created.replace(tzinfo=None))


class _Sink:
    """Takes what rows give off, for one sheet."""

    def __init__(
        self, page: Worksheet, plan: Workbook, styles: dict[Style, int], table: str
    ) -> None:
        self._page = page
        self._table = table
        self._plan = plan
        self._styles = styles
        self.links: list[Hyperlink] = []
        self.notes: list[CommentRecord] = []

    def style(self, style: Style) -> int:
        found = self._styles.get(style)
        if found is None:
            found = self._styles[style] = _style_number(self._page, style, self._plan)
        return found

    def font(self, run: TextRun, style: Style) -> tuple[str, float]:
        return (self._plan.code_font if run.code or style.code else self._plan.font), style.size

    def formula(self, total: Total) -> str:
        name = _IN_BRACKETS.sub(r"'\g<0>", total.column)
        return f"SUBTOTAL({SUBTOTALS[total.function]},{self._table}[{name}])"

    def special(self, reference: str, cell: Cell) -> None:
        if cell.link is not None:
            place = cell.link.location or None
            address = cell.link.address or None
            self.links.append(Hyperlink(ref=reference, location=place, target=address))
        if cell.note is not None:
            author = WRITTEN_AUTHOR if cell.note.written else NOTE_AUTHOR
            lines = sum(1 + len(line) // _NOTE_CHARACTERS for line in cell.note.text.split("\n"))
            height = (lines + 1) * _NOTE_LINE
            self.notes.append(
                note_record(reference, author, escape(cell.note.text), _NOTE_WIDTH, height)
            )


def _stream(page: Worksheet, sheet: Sheet, plan: Workbook, styles: dict[Style, int]) -> Stream:
    sink = _Sink(page, plan, styles, sheet.table.name if sheet.table else "")
    writer = RowWriter(len(sheet.widths), sink)
    rows = chain(
        writer.rows(chain(sheet.rows, sheet.stream)),
        writer.chunks(sheet.chunks),
        writer.rows([sheet.last] if sheet.last else []),
    )
    last = max(len(sheet.rows) + sheet.length + bool(sheet.last), 1)
    stream = Stream(rows, f"A1:{get_column_letter(len(sheet.widths))}{last}")
    stream.links = sink.links
    stream.notes = sink.notes
    if sheet.table is not None:
        stream.text_numbers = _reference(sheet.table.area)
    return stream


def _set_up(page: Worksheet, sheet: Sheet, plan: Workbook) -> None:
    """Give a sheet all that is not its rows."""
    page.sheet_view.showGridLines = sheet.gridlines
    page.sheet_view.zoomScale = 100
    page.sheet_format.defaultRowHeight = sheet.row_height
    page.sheet_format.customHeight = True
    if sheet.tab:
        page.sheet_properties.tabColor = sheet.tab
    for index, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(index)].width = width
    for index in sheet.hidden:
        page.column_dimensions[get_column_letter(index)].hidden = True
    rows, columns = sheet.frozen
    if rows or columns:
        page.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
    # no two overlap: to add one by one looks at all that are there
    page.merged_cells.ranges.update(CellRange(_reference(area)) for area in sheet.merged)
    for shading in sheet.shadings:
        color = f"FF{shading.color}"
        make_bars: Any = DataBarRule
        make_scale: Any = ColorScaleRule
        rule = (
            make_bars("min", end_type="max", color=color)
            if shading.bars
            else make_scale("min", start_color="FFFFFFFF", end_type="max", end_color=color)
        )
        page.conditional_formatting.add(_reference(shading.area), rule)
    _add_drawings(page, sheet)
    _set_up_print(page, sheet, plan)
    if sheet.table is not None:
        add_table(page, _table(sheet.table, plan))
        _define_table(page, sheet.table, sheet.ids)
    if sheet.body:
        _define(page, "triptych.body", sheet.body)


def _add_drawings(page: Worksheet, sheet: Sheet) -> None:
    for frame in sheet.charts:
        corner = f"{get_column_letter(frame.column)}{frame.row}"
        add_chart(
            page, frame.part, corner, (frame.width, frame.height), frame.name, frame.description
        )
    for picture in sheet.pictures:
        corner = f"{get_column_letter(picture.column)}{picture.row}"
        size = (picture.width, picture.height)
        data = drawable(Path(picture.path))
        add_picture(page, data, corner, size, picture.name, picture.description)


def _define_table(page: Worksheet, table: TableArea, ids: int | None) -> None:
    """Name what a table shows: a block from a row and a column on, or a column of block ids."""
    if table.block is not None:
        comment = f"{table.block} @{table.first_row},{table.first_column}"
        _define(page, "triptych.table", (table.area,), comment)
    if ids is not None:
        area = table.area._replace(top=table.area.top + 1, left=ids, right=ids)
        _define(page, "triptych.ids", (area,))


def _set_up_print(page: Any, sheet: Sheet, plan: Workbook) -> None:  # noqa: ANN401  # stubs lack parts
    printing = sheet.printing
    page.page_setup.paperSize = _A4
    page.page_setup.orientation = "landscape" if printing.landscape else "portrait"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = int(printing.one_page)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = _INCHES
    page.print_options.horizontalCentered = False
    if printing.titles:
        page.print_title_rows = "{}:{}".format(*printing.titles)
    for item, texts in ((page.oddHeader, printing.head), (page.oddFooter, printing.foot)):
        for part, text in zip((item.left, item.right), texts, strict=True):
            part.text = text
            part.size = _HEAD_SIZE
            part.font = f"{plan.font},Regular"


def _table(area: TableArea, plan: Workbook) -> Table:
    columns = [
        TableColumn(id=index, name=escape(name)) for index, name in enumerate(area.columns, 1)
    ]
    for column, function in zip(columns, area.totals, strict=False):
        column.totalsRowFunction = _FUNCTIONS.get(function)
    if area.totals and not area.totals[0]:
        columns[0].totalsRowLabel = area.total_label
    reference = _reference(area.area)
    filtered = area.area._replace(bottom=area.area.bottom - bool(area.totals))
    return Table(
        displayName=area.name,
        name=area.name,
        ref=reference,
        autoFilter=AutoFilter(ref=_reference(filtered)),
        totalsRowCount=1 if area.totals else None,
        tableColumns=columns,
        tableStyleInfo=TableStyleInfo(
            name=plan.look.name,
            showFirstColumn=False,
            showLastColumn=False,
            showRowStripes=False,
            showColumnStripes=False,
        ),
    )


def _define(
    page: Worksheet, name: str, areas: tuple[Area, ...], comment: str | None = None
) -> None:
    """Name cells, out of sight, so that `read` knows what they hold."""
    quoted = page.title.replace("'", "''")
    text = ",".join(f"'{quoted}'!{_reference(area, absolute=True)}" for area in areas)
    page.defined_names[name] = DefinedName(name, attr_text=text, hidden=True, comment=comment)


def _reference(area: Area, *, absolute: bool = False) -> str:
    mark = "$" if absolute else ""
    corners = ((area.left, area.top), (area.right, area.bottom))
    first, last = (f"{mark}{get_column_letter(column)}{mark}{row}" for column, row in corners)
    return first if first == last else f"{first}:{last}"


def _side(rule: Rule | None) -> Side:
    return Side(style=rule.weight, color=f"FF{rule.color}") if rule else Side()


def _style_number(page: Worksheet, style: Style, plan: Workbook) -> int:
    target = StyleableObject(page)
    target.font = Font(
        name=plan.code_font if style.code else plan.font,
        size=style.size,
        bold=style.bold,
        italic=style.italic,
        strike=style.strike,
        underline="single" if style.underline else None,
        color=f"FF{style.color}",
        family=2,
    )
    if style.fill:
        target.fill = PatternFill(patternType="solid", fgColor=f"FF{style.fill}")
    target.border = Border(bottom=_side(style.under), top=_side(style.over))
    target.alignment = Alignment(
        horizontal=style.align,
        vertical=style.vertical,
        wrap_text=style.wrap,
        indent=style.indent,
    )
    target.number_format = style.number_format
    if style.quoted:
        target.quotePrefix = True
    return int(target.style_id)
