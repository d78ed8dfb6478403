"""The rows of a data file in -> the rows of its sheet, chunk by chunk: nothing is kept.

Columns of plain numbers or short texts take a short way; every other cell goes
the way of all cells (`columns.make_cell`), so that both are the same in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import field
from msgspec.structs import replace

from exporters.excel.cells import are_plain
from exporters.excel.columns import make_cell, may_wrap, number_style
from exporters.excel.plan import Cell, Chunk, Numbers, Texts, spelled
from report_data.alike import alike
from report_data.model import Cell as SourceCell
from report_data.model import Run
from report_data.parsing import PLAIN, plain_number, plain_shape
from report_data.records import Record
from report_data.traits import traits_of
from report_data.values import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from exporters.excel.columns import Layout
    from exporters.excel.plan import ChunkColumn, Style
    from exporters.excel.setting import Setting
    from report_data.ids import BlockId
    from report_data.sources import SourceRows
    from report_data.traits import Traits

_REMEMBERED = 10_000
"""Different texts of a column that are made once."""

_FEW_DECIMALS = 4
"""With more, a number can be so small that files spell it with an exponent."""


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
        right = self.left + len(self.layouts)
        traits = self.rows.source.traits[self.left : right]
        columns = [
            _Column(layout, self.setting, self._styles, found)
            for layout, found in zip(self.layouts, traits, strict=True)
        ]
        first = self.top + 1
        for batch in self.rows.batches():
            texts = batch[self.left : right]
            heights: dict[int, int] = {}
            made = [column.made(own, heights) for column, own in zip(columns, texts, strict=True)]
            if self.setting.rests:
                made = [
                    self._with_rests(cells, first, index, own)
                    for index, (cells, own) in enumerate(zip(made, texts, strict=True))
                ]
            tall = {place: self.setting.height(lines) for place, lines in heights.items()}
            yield Chunk(tuple(made), tall, len(batch[0]))
            first += len(batch[0])

    def _with_rests(
        self, made: ChunkColumn, first: int, index: int, texts: Sequence[str]
    ) -> ChunkColumn:
        """Link cells to where their texts go on that they cannot hold."""
        if isinstance(made, Texts | Numbers):
            return made  # no cell of these is long
        cells = list(made)
        layout = self.layouts[index]
        for place, text in enumerate(texts):
            rest = self.setting.rests.get((self.table, first + place, self.left + index))
            if rest is not None:
                source = SourceCell((Run(text),))
                cells[place] = make_cell(source, layout, self.setting, self._styles, rest)
        return cells


class _Column:
    """Makes the cells of one column, a chunk at a time.

    What ``traits`` say of the whole column need not be looked for in each chunk.
    """

    def __init__(
        self, layout: Layout, setting: Setting, styles: dict[object, Style], traits: Traits | None
    ) -> None:
        self._layout = layout
        self._setting = setting
        self._styles = styles
        self._traits = traits
        kind = layout.type.kind
        self._texts = layout.type.is_text and not layout.wraps
        self._numbers = kind in {Kind.INTEGER, Kind.DECIMAL} and not layout.type.scaled
        self._bare = not layout.type.is_text
        """Whether all cells so far are numbers without notes, links or words."""
        self._spelled: dict[str, tuple[Style, str]] = {}
        self._known: dict[str, tuple[Cell, int]] = {}

    def made(self, texts: Sequence[str], heights: dict[int, int]) -> ChunkColumn:
        """Return the cells; ``heights`` takes the lines of rows with more than one."""
        short = self._short_way(texts)
        if short is not None:
            return short
        cells = self._cells({*texts})
        tall = {text: lines for text, (_, lines) in cells.items() if lines > 1}
        if tall:
            for place, text in enumerate(texts):
                if text in tall:
                    heights[place] = max(heights.get(place, 1), tall[text])
        return [cells[text][0] for text in texts]

    def _short_way(self, texts: Sequence[str]) -> Texts | Numbers | None:
        """Return texts that are written as they are, or numbers and nothing else."""
        traits = self._traits
        if self._texts:
            if traits is None or not are_plain(traits):
                traits = traits_of(texts)
            return Texts(self._layout.text, texts) if are_plain(traits) else None
        if self._numbers and traits is not None:
            if traits.decimals is None:
                traits = traits_of(texts)
            if traits.decimals is not None and traits.decimals <= _FEW_DECIMALS:
                return self._alike(texts, traits.decimals)
        if not self._bare:
            return None
        return self._written_alike(texts) or self._all_bare(texts)

    def _written_alike(self, texts: Sequence[str]) -> Numbers | None:
        """Return amounts with one currency, unit and number of decimals: 1,234.50 and $5.00."""
        type_ = self._layout.type
        shape = alike(texts) if type_.kind.is_quantity and not type_.scaled else None
        if shape is None or shape.decimals > _FEW_DECIMALS:
            return None
        lines = "\n".join(texts).replace(",", "") + "\n"
        bare = lines.replace(shape.prefix, "").replace(f"{shape.suffix}\n", "\n")
        values = bare.removesuffix("\n").split("\n")
        if shape.kind is Kind.PERCENT:
            values = [spelled(float(f"{value}e-2")) for value in values]
        elif shape.decimals:
            values = [value.rstrip("0").rstrip(".") for value in values]
        layout = self._layout
        styles = [
            number_style(
                self._styles,
                layout.number,
                replace(shape, group=group),
                0,
                bold=layout.text.bold,
            )
            for group in ("", ",")
        ]
        looks = [styles["," in text] for text in texts] if "," in "".join(texts) else styles[0]
        return Numbers(looks, values)

    def _alike(self, texts: Sequence[str], decimals: int) -> Numbers:
        """Return usual numbers that all have so many decimals."""
        if decimals:
            texts = [text.rstrip("0").rstrip(".") for text in texts]
        return Numbers(self._style_of(decimals), texts)

    def _all_bare(self, texts: Sequence[str]) -> Numbers | None:
        """Return numbers of one or several looks, ``None`` if some cell is more than its number."""
        known = self._spelled
        found = [*map(known.get, texts)]
        if None in found:
            if len(known) > _REMEMBERED:
                known.clear()
            for text in {*texts} - known.keys():
                bare = _bare(self._cell(text))
                if bare is None:
                    self._bare = False
                    return None
                known[text] = bare
            found = [known[text] for text in texts]
        styles, values = zip(*found, strict=True)
        return Numbers(styles[0] if len({*map(id, styles)}) == 1 else styles, values)

    def _cells(self, different: Collection[str]) -> dict[str, tuple[Cell, int]]:
        """Return the cell of each text, and the lines it takes."""
        known = self._known
        cells = {text: known.get(text) or self._measured(text) for text in different}
        if len(known) < _REMEMBERED:
            known.update(cells)
        return cells

    def _measured(self, text: str) -> tuple[Cell, int]:
        cell, layout = self._cell(text), self._layout
        if (layout.wraps or "\n" in text) and may_wrap(cell, layout.width):
            return cell, self._setting.ruler.lines(cell.content, cell.style, layout.width)
        return cell, 1

    def _cell(self, text: str) -> Cell:
        if self._numbers and (plain := PLAIN.fullmatch(text)):
            shape, number = plain_number(text, plain)
            return Cell(number, self._style_of(shape.decimals))
        source = SourceCell((Run(text),)) if text else SourceCell(())
        return make_cell(source, self._layout, self._setting, self._styles)

    def _style_of(self, decimals: int) -> Style:
        """Return the style of a usual number."""
        layout = self._layout
        shape = plain_shape(decimals)
        return number_style(self._styles, layout.number, shape, 0, bold=layout.text.bold)


def _bare(cell: Cell) -> tuple[Style, str] | None:
    """Return a number's style and how the file spells it, ``None`` if the cell has more."""
    content = cell.content
    if cell.link is not None or cell.note is not None or not isinstance(content, int | float):
        return None
    return cell.style, spelled(content)
