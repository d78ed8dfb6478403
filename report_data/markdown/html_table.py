"""The tags of an HTML table -> the raw table that a Markdown one gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.limits import Limit
from report_data.markdown.rules import RawCell, RawRow, RawTable
from report_data.markdown.tags import Kind

if TYPE_CHECKING:
    from report_data.markdown.tags import InlineTag

_ALIGN = re.compile(r"left|right|center")
CHUNK = "\x1e"
"""Between texts of a cell that are read apart; no source has this character any more."""
MAX_SPAN = 100
"""Columns or rows that one cell may take."""


class HtmlTable(Struct):
    """A table while its tags are read.

    A cell that takes several columns or rows stands in the first; the others
    are empty, so that the columns after it stay in line.
    """

    start: int
    flat: bool = False
    """It becomes lines, so a caption is one where it is written, as a row is."""
    rows: list[RawRow] = field(default_factory=list)
    aligns: list[str] = field(default_factory=list)
    caption: str = ""
    cell: list[str] | None = None
    """The text of the open cell so far; ``None`` between cells."""
    in_caption: bool = False
    row_ended: bool = False
    """The next cell begins a row, with a tag of one or without."""
    across: int = 1
    down: int = 1
    reaching: dict[int, int] = field(default_factory=dict)
    """Rows that a cell above still takes, by column."""
    made: int = 0
    """Cells that spans have made; beyond the limit, which refuses the table, they make none."""

    @property
    def takes_text(self) -> bool:
        """Whether there is a cell that text can go to: the open one or the last."""
        return self.cell is not None or any(row.cells for row in self.rows)

    def write(self, text: str) -> None:
        """Append inline Markdown to the open cell; between cells, to the last one."""
        if self.cell is not None:
            self.cell.append(text)
        elif text.strip():
            cells = next(row.cells for row in reversed(self.rows) if row.cells)
            cells[-1] = RawCell(f"{cells[-1].text} {text}".strip(), 0)

    def new_line(self) -> None:
        """Begin a new line in the open cell unless it is empty so far."""
        if self.cell and not self.cell[-1].endswith(("<br>", CHUNK)) and self.cell[-1].strip():
            self.cell.append("<br>")

    def tag(self, tag: InlineTag, line: int) -> None:
        """Take a tag of a row, a cell or the caption."""
        self.end_cell()
        if tag.kind is not Kind.OPEN:
            return
        is_line = self.flat and tag.name == "caption"
        if tag.name == "tr" or is_line or self.row_ended:
            self._fill_row()
            self.rows.append(RawRow(line, []))
        self.row_ended = is_line
        if tag.name != "tr":
            self.cell = []
            self.in_caption = tag.name == "caption" and not is_line
            if not self.in_caption:
                self._open_cell(tag, line)

    def end_cell(self) -> None:
        """Put the open cell into its row."""
        if self.cell is None:
            return
        text = "".join(self.cell).strip().removesuffix("<br>").strip()
        self.cell = None
        if self.in_caption:
            self.caption = "<br>".join(filter(None, (self.caption, text)))
            return
        cells = self.rows[-1].cells
        self.made += self.across - 1
        for _ in range(self.across):
            if self.down > 1:
                self.reaching[len(cells)] = self.down - 1
            cells.append(RawCell(text, 0))
            text = ""

    def finish(self) -> RawTable | None:
        """Return the table; ``None`` when it has no cells."""
        self.end_cell()
        self._fill_row()
        rows = [row for row in self.rows if row.cells]
        if not rows:
            return None
        # In HTML a short row is no slip: the browser leaves the rest empty, and so do we.
        width = max(len(row.cells) for row in rows)
        self.made += sum(width - len(row.cells) for row in rows)
        if not self._is_full:
            for row in rows:
                row.cells.extend(RawCell("", 0) for _ in range(width - len(row.cells)))
        aligns = (*self.aligns, *["default"] * width)[:width]
        return RawTable(rows[0], aligns, rows[1:], self.made if self._is_full else 0)

    @property
    def _is_full(self) -> bool:
        return self.made > Limit.MISSING_CELLS.get()

    def _open_cell(self, tag: InlineTag, line: int) -> None:
        if not self.rows:
            self.rows.append(RawRow(line, []))
        self._fill_gaps()
        self.across = 1 if self._is_full else _count(tag.attributes.get("colspan", "1"))
        self.down = 1 if self._is_full else _count(tag.attributes.get("rowspan", "1"))
        wanted = _ALIGN.search(tag.attributes.get("align", "") + tag.attributes.get("style", ""))
        if len(self.rows) == 1:
            self.aligns.extend([wanted[0] if wanted else "default"] * self.across)

    def _fill_gaps(self) -> None:
        """Put empty cells where a cell of a row above reaches down."""
        cells = self.rows[-1].cells
        while self.reaching.get(len(cells), 0) > 0 and not self._is_full:
            self.made += 1
            self.reaching[len(cells)] -= 1
            cells.append(RawCell("", 0))

    def _fill_row(self) -> None:
        if len(self.rows) > 1:
            self._fill_gaps()


def _count(text: str) -> int:
    return max(1, min(MAX_SPAN, int(text))) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004  enough digits for any span
