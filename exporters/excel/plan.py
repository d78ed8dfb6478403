"""The types of a finished workbook: sheets of rows of cells, plain frozen data.

A plan decides everything: every text, width, height, number format and link.
It can be compared and printed; `write` only spells it in SpreadsheetML.

Provenance: a sheet's ``body`` areas hold what the report says, its table
the rows of the block ``table.block``; all else is the tool's own furniture, and
so is any `TextRun` with ``furniture`` set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exporters.layout.geometry import Pt
    from exporters.properties import Properties
    from report_data.ids import BlockId

Color: TypeAlias = str
"""Six hexadecimal digits, ``""`` for none."""

Align: TypeAlias = Literal["left", "center", "right"]

# --- cells -----------------------------------------------------------------------


class Rule(Struct, frozen=True):
    """A line under or over a cell; weights as ECMA-376's ST_BorderStyle (part 1, 18.18.3)."""

    color: Color
    weight: Literal["hair", "thin", "medium", "thick"] = "thin"


class Style(Struct, frozen=True):
    """How a cell looks. Size in points, ``indent`` in Excel's steps of three spaces.

    ``quoted`` is Excel's quotePrefix: what stands here is text, whatever it
    looks like.
    """

    size: Pt
    color: Color
    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    code: bool = False
    fill: Color = ""
    under: Rule | None = None
    over: Rule | None = None
    align: Align = "left"
    vertical: Literal["top", "center", "bottom"] = "top"
    indent: int = 0
    wrap: bool = True
    number_format: str = "General"
    quoted: bool = False


class TextRun(NamedTuple):
    """Text of one look inside a cell; an empty colour is the cell's own.

    ``furniture`` marks words that the tool made (a footnote's number, "表 2").
    """

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    code: bool = False
    color: Color = ""
    baseline: Literal["", "superscript", "subscript"] = ""
    furniture: bool = False


class Total(Struct, frozen=True):
    """A total of one of the table's columns: the tool's only formula, and its worth now.

    ``function`` is one of SUBTOTAL's by its name in a table's definition.
    """

    column: str
    function: str
    value: float


Content: TypeAlias = "str | float | tuple[TextRun, ...] | Total | None"
"""A cell's text, number (a date is its serial number), text of several looks, or a total."""


class Link(NamedTuple):
    """An address outside, or a place in this workbook (``'sheet'!A1``)."""

    address: str = ""
    location: str = ""


class Note(NamedTuple):
    """A cell's note. ``written`` marks the text of a cell that no number format can show."""

    text: str
    written: bool = False


class Cell(NamedTuple):
    """One cell with all that it has."""

    content: Content
    style: Style
    link: Link | None = None
    note: Note | None = None


class Row(NamedTuple):
    """One row; ``None`` is a cell that is not there. Height in points, ``None`` the host's own."""

    cells: tuple[Cell | None, ...]
    height: Pt | None = None


def spelled(number: float) -> str:
    """Return the shortest text that is a number, as the file holds it (0.1, not 16 digits)."""
    return repr(number).removesuffix(".0")


class Texts(NamedTuple):
    """Cells of a column one below the other, all plain texts of one look."""

    style: Style
    texts: Sequence[str]


class Numbers(NamedTuple):
    """Cells of a column one below the other, all numbers, of one look or each with its own.

    ``values`` are their shortest decimal spellings, as the file will have them.
    """

    style: Style | Sequence[Style]
    values: Sequence[str]


ChunkColumn: TypeAlias = "Texts | Numbers | Sequence[Cell]"


class Chunk(NamedTuple):
    """Rows of a data file, column by column: the short way for many cells that are alike.

    ``heights`` are those of rows that are taller than one line, by their place
    in the chunk from 0, in points.
    """

    columns: tuple[ChunkColumn, ...]
    heights: Mapping[int, Pt]
    length: int


# --- sheets ----------------------------------------------------------------------


class Area(NamedTuple):
    """A rectangle of cells, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class TableArea(Struct, frozen=True):
    """An Excel Table: its legal unique name, its cells with the header row, and its columns.

    ``block`` is the report's table whose rows these are; ``None`` for a list
    that the tool made. ``first_row`` and ``first_column`` say where in that block
    this area begins, from 1 and 0, when it is carried over several sheets.
    """

    name: str
    area: Area
    columns: tuple[str, ...]
    block: BlockId | None = None
    first_row: int = 1
    first_column: int = 0
    totals: tuple[str, ...] = ()
    """The function of each column in the total row (``""`` for none), where there is one."""
    total_label: str = ""


class Shading(NamedTuple):
    """Cells that show how large their numbers are: by bars, or by a scale of a colour."""

    area: Area
    color: Color
    bars: bool


class Frame(Struct, frozen=True):
    """What lies over the cells: its top left cell, its size in points.

    ``name`` is the block's id; ``description`` the text for who cannot see it.
    """

    row: int
    column: int
    width: Pt
    height: Pt
    name: str
    description: str


class ChartFrame(Frame, frozen=True):
    """A native chart: its DrawingML part."""

    part: str


class PictureFrame(Frame, frozen=True):
    """A picture: its file."""

    path: str


class Printing(Struct, frozen=True):
    """How a sheet prints: always one page wide, with ``one_page`` also one page high.

    ``titles`` are the rows that every page repeats. The texts of head and foot
    are in Excel's codes (``&P`` is the page number).
    """

    landscape: bool = False
    one_page: bool = False
    titles: tuple[int, int] | None = None
    head: tuple[str, str] = ("", "")
    foot: tuple[str, str] = ("", "")


class Sheet(Struct, frozen=True):
    """One sheet: ``rows`` from row 1, then ``stream`` or, of a data file, ``chunks``.

    ``row_height`` is that of rows without one of their own, in points.
    ``stream`` and ``chunks`` can be iterated over again and again and hold the rows
    of a table, so that memory does not grow with them; ``length`` is their number.
    Widths are in characters of the default font, from column A. ``frozen`` is
    the number of rows and columns that stay in sight. ``ids`` is the column
    (hidden) that names the block of each row.
    """

    name: str
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    stream: Iterable[Row] = ()
    chunks: Iterable[Chunk] = ()
    length: int = 0
    row_height: Pt = 15.0
    table: TableArea | None = None
    last: Row | None = None
    """The total row, after the stream."""
    shadings: tuple[Shading, ...] = ()
    charts: tuple[ChartFrame, ...] = ()
    pictures: tuple[PictureFrame, ...] = ()
    body: tuple[Area, ...] = ()
    ids: int | None = None
    merged: tuple[Area, ...] = ()
    frozen: tuple[int, int] = (0, 0)
    hidden: tuple[int, ...] = ()
    gridlines: bool = False
    tab: Color = ""
    printing: Printing = Printing()

    @property
    def cells(self) -> int:
        """Return about how many cells the sheet has."""
        return len(self.widths) * (len(self.rows) + self.length)


# --- the workbook ----------------------------------------------------------------


class TableLook(Struct, frozen=True):
    """The table style that every Excel Table here wears, also when colleagues add rows."""

    name: str
    ink: Color
    structure: Color
    surface: Color
    hairline: Color


class Workbook(Struct, frozen=True):
    """A finished workbook. ``font`` and ``code_font`` are names that Excel asks its host for."""

    sheets: tuple[Sheet, ...]
    properties: Properties
    font: str
    code_font: str
    size: Pt
    look: TableLook

    @property
    def count(self) -> int:
        """Return how many sheets there are."""
        return len(self.sheets)
