"""The rows of a data file in -> the rows of its sheet, as a stream: nothing is kept.

The usual cell (a plain number, a short text) takes a short way; every other one
goes the way of all cells (`columns.make_cell`), so that both look the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exporters.excel.cells import has_special, within_links
from exporters.excel.columns import FILTER_ROOM, make_cell, may_wrap, number_style
from exporters.excel.plan import Cell, Row
from report_data.model import Cell as SourceCell
from report_data.model import Run
from report_data.values import PLAIN, Kind, plain_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exporters.excel.columns import Layout
    from exporters.excel.plan import Style
    from exporters.excel.setting import Setting
    from report_data.ids import BlockId
    from report_data.sources import SourceRows

_Made = tuple[Cell, int]
"""A cell and the lines it takes."""

_REMEMBERED = 4_096
"""Different texts of a column that are made once."""


@dataclass(frozen=True, slots=True)
class SourceStream:
    """The body rows of one sheet of a data file; read anew each time they are iterated."""

    table: BlockId
    rows: SourceRows
    top: int
    left: int
    layouts: tuple[Layout, ...]
    setting: Setting
    _styles: dict[object, Style] = field(default_factory=dict, compare=False, repr=False)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows from the first one."""
        return within_links(self._with_rests() if self.setting.rests else self._all())

    def _all(self) -> Iterator[Row]:
        makers = [self._maker(layout) for layout in self.layouts]
        known: list[dict[str, _Made]] = [{} for _ in makers]
        columns = list(zip(makers, known, strict=True))
        left, right = self.left, self.left + len(makers)
        height = self.setting.height
        for texts in self.rows.texts():
            cells: list[Cell] = []
            most = 1
            for text, (make, seen) in zip(texts[left:right], columns, strict=True):
                made = seen.get(text)
                if made is None:
                    made = make(text)
                    if len(seen) < _REMEMBERED:
                        seen[text] = made
                cells.append(made[0])
                most = max(most, made[1])
            yield Row(tuple(cells), height(most) if most > 1 else None)

    def _with_rests(self) -> Iterator[Row]:
        """Yield rows with links to where the texts go on that a cell cannot hold."""
        rests = self.setting.rests
        for number, row in enumerate(self._all(), self.top + 1):
            cells = list(row.cells)
            for column, layout in enumerate(self.layouts):
                rest = rests.get((self.table, number, self.left + column))
                if rest is not None:
                    texts = self.rows[number - 1 - self.top]
                    source = texts[self.left + column]
                    cells[column] = make_cell(source, layout, self.setting, self._styles, rest)
            yield row._replace(cells=tuple(cells))

    def _maker(self, layout: Layout) -> Callable[[str], _Made]:
        """Return what makes a column's cells."""
        setting, styles = self.setting, self._styles
        short = int(layout.width - FILTER_ROOM) // 2
        plain = layout.type.kind in {Kind.INTEGER, Kind.DECIMAL} and not layout.type.scaled
        text_only = layout.type.is_text

        def make(text: str) -> _Made:
            if plain:
                match = PLAIN.fullmatch(text)
                if match is not None:
                    shape, number = plain_number(text, match)
                    style = number_style(styles, layout.number, shape, 0, bold=layout.text.bold)
                    return Cell(number, style), 1
            elif text_only and len(text) < short and not has_special(text):
                return Cell(text or None, layout.text), 1
            source = SourceCell((Run(text),)) if text else SourceCell(())
            cell = make_cell(source, layout, setting, styles)
            if may_wrap(cell, layout.width):
                return cell, setting.ruler.lines(cell.content, cell.style, layout.width)
            return cell, 1

        return make
