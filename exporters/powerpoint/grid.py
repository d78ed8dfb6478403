"""A table in -> its measured grid: column widths, row heights and cells at any size.

A cell is measured once, at one point; wider sizes scale. Only cells that cannot
stand on one line are broken into lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.layout.table import column_widths, side
from exporters.powerpoint.passages import Passage
from exporters.powerpoint.plan import TableCell, TextParagraph, TextRun
from exporters.theme import Type

if TYPE_CHECKING:
    from typing import Literal

    from exporters.layout.geometry import Insets, Pt
    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.fit import Ruler
    from report_data.model import Table

MOST_COLUMNS = 12
"""More columns than this stand on several slides: each would be narrower than six characters."""

_WIDEST_WORD = 0.3
"""The part of the table's width that a word may claim; a longer one is broken."""

T = TypeVar("T")

_UNIT = Type(1, 1)

_SAMPLE = 200
"""Rows that decide whether a column holds figures: those line up at the right."""

_SLACK = 1.06
"""Measured widths are taken six per cent wider: hosts set Latin in another face than ours,
and a cell that takes a line more than planned moves every row under it."""

BLANK_HEADER: Pt = 2.0
"""The height of a header that says nothing: its rule, and no empty line over it."""
_NOTHING = Type(1, 1)

_CAPITALS = re.compile(r"[A-Z]{2}")
_CAPITALS_SLACK = 1.12
"""Capitals are up to twelve per cent wider in Arial than in our face; RAG is a word that a
column may have no more room for than it needs."""

_RATING = re.compile("[\u2190-\u2bff\ufe0f\U0001f300-\U0001faff]{2,12}")
"""Signs in a row, five stars: parted over lines they are counted wrong."""

Runs = tuple[TextRun, ...]


class Grid(Struct):
    """A table measured for one width. Row -1 of a caller is the header, row 0 here."""

    table: Table
    rows: tuple[tuple[Runs, ...], ...]
    header: tuple[Runs, ...]
    natural: tuple[tuple[Pt, ...], ...]
    """Of the header and each row: a cell's width on one line at one point, without padding."""
    least: tuple[Pt, ...]
    """Of each column: its widest unbreakable cluster at one point."""
    width: Pt
    insets: Insets
    aligned: tuple[Literal["left", "center", "right"], ...]
    ruler: Ruler
    known_widths: dict[Pt, tuple[Pt, ...]] = field(default_factory=dict)
    known_heights: dict[Pt, tuple[Pt, ...]] = field(default_factory=dict)

    def widths(self, step: Type) -> tuple[Pt, ...]:
        """Return the columns' widths at a size, in points; they sum to the table's."""
        known = self.known_widths.get(step.size)
        if known is None:
            padding = self.insets.left + self.insets.right
            widest = [max(column) for column in zip(*self.natural, strict=True)]
            known = self.known_widths[step.size] = column_widths(
                [one * step.size + padding for one in widest],
                [min(one * step.size, self.width * _WIDEST_WORD) + padding for one in self.least],
                self.width,
            )
        return known

    def spans(self, step: Type) -> list[tuple[int, int]]:
        """Return which columns may stand side by side at a size; each has the first before it.

        One span of all columns, or spans whose words fit unbroken where possible.
        """
        padding = self.insets.left + self.insets.right
        count = len(self.header)
        widest = self.width * _WIDEST_WORD
        least = [min(one * step.size, widest) + padding for one in self.least]
        if count <= 2 or (count <= MOST_COLUMNS and sum(least) <= self.width):  # noqa: PLR2004  no fewer can be parted
            return [(0, count)]
        groups, used = [1], least[0]
        for column in range(1, count):
            if groups[-1] < column and (
                used + least[column] > self.width or column - groups[-1] >= MOST_COLUMNS - 1
            ):
                groups.append(column)
                used = least[0]
            used += least[column]
        even = -(-(count - 1) // len(groups))
        starts = [1 + even * index for index in range(len(groups)) if 1 + even * index < count]
        if any(least[0] + sum(least[start : start + even]) > self.width for start in starts):
            starts = groups
        ends = [*starts[1:], count]
        return [(start if start > 1 else 0, end) for start, end in zip(starts, ends, strict=True)]

    def columns(self, span: tuple[int, int]) -> Grid:
        """Return the grid of some columns, with the first one before them."""
        start, end = span
        kept = (0, *range(max(start, 1), end))

        def of(row: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(row[column] for column in kept)

        return replace(
            self,
            rows=tuple(map(of, self.rows)),
            header=of(self.header),
            natural=tuple(map(of, self.natural)),
            least=of(self.least),
            aligned=of(self.aligned),
            known_widths={},
            known_heights={},
        )

    def heights(self, step: Type) -> tuple[Pt, ...]:
        """Return the heights of the header and of each row at a size, in points."""
        known = self.known_heights.get(step.size)
        if known is None:
            known = self.known_heights[step.size] = self._heights(step)
        return known

    def _heights(self, step: Type) -> tuple[Pt, ...]:
        padding = self.insets.left + self.insets.right
        inner = [(width - padding) / _SLACK for width in self.widths(step)]
        above = self.insets.top + self.insets.bottom
        bold = replace_bold(step)
        result = []
        for number, (runs, widths) in enumerate(
            zip((self.header, *self.rows), self.natural, strict=True)
        ):
            lines = 1
            for column, (cell, natural, room) in enumerate(zip(runs, widths, inner, strict=True)):
                if natural * step.size > room or _breaks(cell):
                    size = bold if number == 0 or column == 0 else step
                    lines = max(lines, self.ruler.sure_lines(cell, size, room))
            result.append(lines * step.leading + above)
        if self.is_blank:
            result[0] = BLANK_HEADER
        return tuple(result)

    @property
    def is_blank(self) -> bool:
        """Whether the header says nothing: Markdown knows no table without one."""
        return not any(self.header)

    def surely_taller(self, height: Pt, step: Type) -> bool:
        """Return whether the rows are too tall even at one line each."""
        above = self.insets.top + self.insets.bottom
        return (len(self.rows) + 1) * (step.leading + above) > height

    def within(
        self, height: Pt, step: Type, header: Pt
    ) -> tuple[Grid, dict[int, tuple[Passage, ...]]]:
        """Cut cells so that the header is no taller than ``header``, with any row than ``height``.

        Returns the grid, and by row (-1 the header) the cells that were cut, whole.
        """
        heights = self.heights(step)
        if heights[0] <= header and header + max(heights[1:], default=0.0) <= height:
            return self, {}
        above = self.insets.top + self.insets.bottom
        most = (
            max(1, int((header - above) / step.leading)),
            max(1, int((height - header - above) / step.leading)),
        )
        whole: dict[int, tuple[Passage, ...]] = {}
        rows, natural = [], []
        for number, (runs, widths) in enumerate(
            zip((self.header, *self.rows), self.natural, strict=True)
        ):
            if heights[number] > most[number > 0] * step.leading + above:
                told = self._cut(runs, widths, number, step, most[number > 0])
                runs, widths, whole[number - 1] = told  # noqa: PLW2901  the row as it was cut
            rows.append(runs)
            natural.append(widths)
        fitted = replace(
            self,
            header=rows[0],
            rows=tuple(rows[1:]),
            natural=tuple(natural),
            known_widths={step.size: self.widths(step)},
            known_heights={},
        )
        return fitted, whole

    def _cut(
        self, runs: tuple[Runs, ...], widths: tuple[Pt, ...], number: int, step: Type, most: int
    ) -> tuple[tuple[Runs, ...], tuple[Pt, ...], tuple[Passage, ...]]:
        """Return a row with its cells cut after so many lines, and those cells whole."""
        padding = self.insets.left + self.insets.right
        cells, natural, told = list(runs), list(widths), []
        for column, cell in enumerate(runs):
            size = replace_bold(step) if number == 0 or column == 0 else step
            room = (self.widths(step)[column] - padding) / _SLACK
            # A column of empty cells, or of what has no width, may be as wide as its padding.
            if not cell or room <= 0 or self.ruler.sure_lines(cell, size, room) <= most:
                continue
            told.append(Passage(cell))
            cells[column] = self.ruler.beginning(cell, size, room, max(1, most - 1))
            unit = replace_bold(_UNIT) if number == 0 or column == 0 else _UNIT
            natural[column] = self.ruler.sure_width(cells[column], unit)
        return tuple(cells), tuple(natural), tuple(told)

    def cells(
        self, step: Type, start: int, end: int, desk: Desk
    ) -> tuple[tuple[TableCell, ...], ...]:
        """Return the header and rows ``start`` to ``end`` as planned cells."""
        of_header = _NOTHING if self.is_blank else step
        header = tuple(
            _header_cell(cell, of_header, align, desk)
            for cell, align in zip(self.header, self.aligned, strict=True)
        )
        body = tuple(
            tuple(
                TableCell((TextParagraph(cell, step, align=align),))
                for cell, align in zip(row, self.aligned, strict=True)
            )
            for row in self.rows[start:end]
        )
        return (header, *body)


def measured(table: Table, desk: Desk, width: Pt, insets: Insets) -> Grid:
    """Measure a table's cells, each once; ``insets`` are their padding."""
    wording, ruler = desk.wording, desk.ruler
    header = tuple(wording.runs(column.header.content) for column in table.columns)
    rows = tuple(tuple(wording.runs(cell.content) for cell in row) for row in table.rows)
    natural, least = [], [0.0] * len(header)
    for number, row in enumerate((header, *rows)):
        widths = []
        for column, cell in enumerate(row):
            unit = replace_bold(_UNIT) if number == 0 or column == 0 else _UNIT
            one = ruler.sure_width(cell, unit) * _SLACK if cell else 0.0
            widths.append(one)
            if one > least[column]:
                said = "".join(run.text for run in cell)
                slack = _CAPITALS_SLACK if _CAPITALS.search(said) else _SLACK
                whole = _RATING.fullmatch(said) is not None
                shortest = one if whole else ruler.least(cell, unit) * slack
                least[column] = max(least[column], shortest)
        natural.append(tuple(widths))
    return Grid(
        table,
        rows,
        header,
        tuple(natural),
        tuple(least),
        width,
        insets,
        _alignments(table),
        ruler,
    )


def replace_bold(step: Type) -> Type:
    """Return a type in bold."""
    return Type(step.size, step.leading, bold=True)


def _breaks(cell: Runs) -> bool:
    return any("\n" in run.text for run in cell)


def _header_cell(
    cell: Runs, step: Type, align: Literal["left", "center", "right"], desk: Desk
) -> TableCell:
    role = desk.side("".join(run.text for run in cell))
    runs = tuple(replace(run, color=role) for run in cell) if role else cell
    return TableCell((TextParagraph(runs, step, align=align),), rule=role)


def _alignments(table: Table) -> tuple[Literal["left", "center", "right"], ...]:
    """Return each column's alignment: the author's, else figures at the right."""
    sample = table.rows[:_SAMPLE]
    return tuple(
        side(column.align, index, (row[index].text for row in sample))
        for index, column in enumerate(table.columns)
    )
