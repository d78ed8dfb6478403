"""The rows of a data file in -> the rows of its sheet, chunk by chunk: nothing is kept.

Columns of plain numbers or short texts take a short way; every other cell goes
the way of all cells (`columns.make_cell`), so that both are the same in the file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from msgspec import field

from exporters.excel.cells import are_plain
from exporters.excel.columns import make_cell, may_wrap, number_style
from exporters.excel.plan import Chunk, Numbers, Texts
from report_data.model import Cell as SourceCell
from report_data.model import Run
from report_data.records import Record
from report_data.values import ALL_PLAIN, Kind, plain_shape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from exporters.excel.columns import Layout
    from exporters.excel.plan import Cell, Style
    from exporters.excel.setting import Setting
    from report_data.ids import BlockId
    from report_data.sources import SourceRows

_CHUNK_ROWS = 1_000

_REMEMBERED = 4_096
"""Different texts of a column that are made once."""

_TINY = re.compile(r"^-?0\.0000[0-9]*[1-9]", re.MULTILINE)
"""Numbers that a file spells with an exponent."""


class SourceChunks(Record, frozen=True):
    """The body of one sheet of a data file; read anew each time it is iterated."""

    table: BlockId
    rows: SourceRows
    top: int
    left: int
    layouts: tuple[Layout, ...]
    setting: Setting
    _styles: dict[object, Style] = field(default_factory=dict)
    aside: ClassVar[frozenset[str]] = frozenset({"_styles"})

    def __iter__(self) -> Iterator[Chunk]:
        """Yield the rows from the first one."""
        columns = [_Column(layout, self.setting, self._styles) for layout in self.layouts]
        right = self.left + len(columns)
        texts = self.rows.texts()
        first = self.top + 1
        while rows := list(islice(texts, _CHUNK_ROWS)):
            heights: dict[int, int] = {}
            made = tuple(
                column.made(cells, heights)
                for column, cells in zip(
                    columns, list(zip(*rows, strict=True))[self.left : right], strict=True
                )
            )
            if self.setting.rests:
                made = tuple(
                    self._with_rests(one, first, index, rows) for index, one in enumerate(made)
                )
            tall = {place: self.setting.height(lines) for place, lines in heights.items()}
            yield Chunk(made, tall, len(rows))
            first += len(rows)

    def _with_rests(
        self,
        made: Texts | Numbers | Sequence[Cell],
        first: int,
        index: int,
        rows: Sequence[Sequence[str]],
    ) -> Texts | Numbers | Sequence[Cell]:
        """Link cells to where their texts go on that they cannot hold."""
        if isinstance(made, Texts | Numbers):
            return made  # no cell of these is long
        cells = list(made)
        column = self.left + index
        for place in range(len(cells)):
            rest = self.setting.rests.get((self.table, first + place, column))
            if rest is not None:
                source = SourceCell((Run(rows[place][column]),))
                layout = self.layouts[index]
                cells[place] = make_cell(source, layout, self.setting, self._styles, rest)
        return cells


class _Column:
    """Makes the cells of one column, a chunk at a time."""

    def __init__(self, layout: Layout, setting: Setting, styles: dict[object, Style]) -> None:
        self._layout = layout
        self._setting = setting
        self._styles = styles
        self._numbers = layout.type.kind in {Kind.INTEGER, Kind.DECIMAL} and not layout.type.scaled
        self._known: dict[str, tuple[Cell, int]] = {}

    def made(
        self, texts: Sequence[str], heights: dict[int, int]
    ) -> Texts | Numbers | Sequence[Cell]:
        """Return the cells; ``heights`` takes the lines of rows with more than one."""
        layout = self._layout
        different = {*texts}
        if self._numbers:
            numbers = self._plain_numbers(texts, different)
            if numbers is not None:
                return numbers
        elif layout.type.is_text and not layout.wraps and are_plain(different):
            return Texts(layout.text, texts)
        cells = self._cells(different)
        tall = {text: lines for text, (_, lines) in cells.items() if lines > 1}
        if tall:
            for place, text in enumerate(texts):
                if text in tall:
                    heights[place] = max(heights.get(place, 1), tall[text])
        style = next(iter(cells.values()))[0].style
        spelled = {text: _spelled(cell, style) for text, (cell, _) in cells.items()}
        if None not in spelled.values():
            return Numbers(style, [spelled[text] or "" for text in texts])
        return [cells[text][0] for text in texts]

    def _cells(self, different: Collection[str]) -> dict[str, tuple[Cell, int]]:
        """Return the cell of each text, and the lines it takes."""
        known = self._known
        cells = {text: known.get(text) or self._make(text) for text in different}
        if len(known) < _REMEMBERED:
            known.update(cells)
        return cells

    def _plain_numbers(self, texts: Sequence[str], different: Collection[str]) -> Numbers | None:
        """Return numbers that all have the same decimals, ``None`` if they have not."""
        joined = "\n".join(different) + "\n"
        decimals = len(texts[0].partition(".")[2])
        one_line_each = joined.count("\n") == len(different)
        if not (
            one_line_each and _alike(decimals).fullmatch(joined) and ALL_PLAIN.fullmatch(joined)
        ):
            return None
        style = number_style(
            self._styles, self._layout.number, plain_shape(decimals), 0, bold=self._layout.text.bold
        )
        if not decimals:
            return Numbers(style, texts)
        if _TINY.search(joined):
            return None
        if "0\n" in joined:
            texts = [text.rstrip("0").rstrip(".") for text in texts]
        return Numbers(style, texts)

    def _make(self, text: str) -> tuple[Cell, int]:
        layout, setting = self._layout, self._setting
        source = SourceCell((Run(text),)) if text else SourceCell(())
        cell = make_cell(source, layout, setting, self._styles)
        if (layout.wraps or "\n" in text) and may_wrap(cell, layout.width):
            return cell, setting.ruler.lines(cell.content, cell.style, layout.width)
        return cell, 1


def _spelled(cell: Cell, style: Style) -> str | None:
    """Return the number of a cell that has nothing else and this look, as the file spells it."""
    content = cell.content
    if cell.style is not style or cell.link is not None or cell.note is not None:
        return None
    return f"{content:.16g}" if isinstance(content, int | float) else None


@lru_cache(maxsize=8)
def _alike(decimals: int) -> re.Pattern[str]:
    """Return what matches many numbers of so many decimals, each with a line break behind it."""
    fraction = rf"\.[0-9]{{{decimals}}}" if decimals else ""
    return re.compile(rf"(?:-?[0-9]+{fraction}\n)+")
