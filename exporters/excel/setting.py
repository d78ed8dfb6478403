"""What all sheets of one workbook are planned with: styles, ruler, speller, places of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from exporters.excel.cells import ROW_HEIGHT, Ruler, Speller
from exporters.names import one_line

if TYPE_CHECKING:
    from exporters.context import Context
    from exporters.excel.looks import Looks
    from exporters.excel.plan import Content, Style
    from exporters.layout.geometry import Pt
    from report_data.ids import BlockId
    from report_data.model import Report

_HEAD_UNITS = 60
"""Characters of a running head; Excel takes 255 with its codes, a page's width fewer."""


class Setting(Struct, frozen=True):
    """What all sheets of one workbook are planned with.

    ``charts`` names the sheet of each chart, ``titles`` the chart itself, ``pictures``
    the cell of each picture and of each number that is shown large;
    ``places`` says where each block
    stands (``'全文'!B12``); ``rests`` where a cell's text goes on that one cell
    could not hold, by table, row and column.
    """

    report: Report
    context: Context
    looks: Looks
    ruler: Ruler
    speller: Speller
    charts: dict[BlockId, str] = field(default_factory=dict)
    titles: dict[BlockId, str] = field(default_factory=dict)
    pictures: dict[BlockId, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    rests: dict[tuple[BlockId, int, int], str] = field(default_factory=dict)

    @property
    def row_height(self) -> Pt:
        """Return the height of a row of one line, in points."""
        return self.height(1)

    def height(self, lines: int) -> Pt:
        """Return the height of a row of body text, in points; Excel's own limit is 409."""
        body = self.looks.theme.sheet.body
        return min(lines * body.leading + self.looks.theme.sheet.row_padding, ROW_HEIGHT)

    def fitted(self, content: Content, style: Style, width: float, leading: Pt) -> Pt:
        """Return the height that a text of its own size needs in a column, in points."""
        lines = self.ruler.lines(content, style, width)
        return min(lines * leading + self.looks.theme.sheet.row_padding, ROW_HEIGHT)

    @property
    def running_title(self) -> str:
        """Return the head of printed pages: the report's short title."""
        meta = self.report.meta
        return shortened(meta.short_title or meta.title)

    @property
    def foot(self) -> tuple[str, str]:
        """Return the foot of printed pages: how confidential, and the page's number."""
        number = self.context.words.page_of.format(page="&P", pages="&N")
        return shortened(self.report.meta.confidentiality), number


def shortened(text: str) -> str:
    """Return a text for a running head on one line, with Excel's ``&`` doubled."""
    line = one_line(text)
    if len(line) > _HEAD_UNITS:
        line = f"{line[: _HEAD_UNITS - 1].rstrip()}…"
    return line.replace("&", "&&")
