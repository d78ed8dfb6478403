"""A measured table -> the one slide that holds it, or the slides that it goes on over.

A part repeats the header; columns that do not fit side by side follow on slides
of their own, which repeat the first column. An excerpt says where the whole table is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.geometry import Rect
from exporters.layout.table import names_rows, split_rows
from exporters.names import says_its_label
from exporters.powerpoint import slide_content, slide_takeaway
from exporters.powerpoint.desk import Page
from exporters.powerpoint.grid import Grid, measured
from exporters.powerpoint.passages import ids_of
from exporters.powerpoint.plan import Omission, TableGrid, TextParagraph, TextRun

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exporters.layout.geometry import Pt
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.passages import Passage
    from exporters.powerpoint.plan import Shape
    from exporters.theme import Type
    from report_data.ids import BlockId
    from report_data.model import Table

LAYOUT = "table"

SLIDES_BEFORE_EXCERPT = 3
"""A longer table is an excerpt on its slide, if the workbook of the same run has all of it."""

MOST_SLIDES = 120
"""The cap for a table that has no workbook to point to: more slides nobody turns."""

MOST_ROWS = 200
"""Rows that the slides of one table before an excerpt surely cannot hold."""

_SPACIOUS_CELLS = 64
"""A table of so few cells may stand in larger type."""

_MOST_HEADER = 0.4
"""The part of a slide that a header takes at most; a longer one is cut, whole in the notes."""


class Manner(Struct, frozen=True):
    """How tables are shown: by which layout, how tight, on how many slides before an excerpt.

    ``largest`` is the place, in the theme's steps for tables, of the first size to try.
    """

    layout: str = LAYOUT
    largest: int = 0
    tight: bool = False
    slides: int = SLIDES_BEFORE_EXCERPT


class _Part(Struct, frozen=True):
    """Rows and columns that one slide shows, with the number of the slide among all."""

    rows: tuple[int, int]
    columns: tuple[int, int] | None
    number: int
    count: int

    def name(self, block: BlockId) -> str:
        """Return the shape's name, from which a reader knows the part."""
        name = str(block)
        if self.count > 1:
            name += f" ({self.number}/{self.count})"
        if self.columns:
            name += f" columns {self.columns[0] + 1}-{self.columns[1]}"
        return name


class _Parted(Struct, frozen=True):
    """A table at one size, in slices of columns that fit side by side.

    ``spans`` are the slices' columns. The first slide begins with ``opening`` and has
    ``area`` left. ``told`` are the cells that were cut, whole, by row (-1 the header).
    """

    slices: Sequence[Grid]
    spans: Sequence[tuple[int, int]]
    step: Type
    opening: tuple[Shape, ...]
    area: Rect
    told: Mapping[int, tuple[Passage, ...]]

    def heights(self, step: Type) -> list[Pt]:
        """Return the heights in points of the header and of each row over all slices."""
        return [max(one) for one in zip(*(grid.heights(step) for grid in self.slices), strict=True)]


def _within_limit(table: Table, desk: Desk) -> Table:
    """Return a table with no more rows than its author wants, if the workbook has all of them.

    Of a very long one no more are looked at than could ever stand on its slides.
    """
    most = table.limit or MOST_ROWS
    if most >= len(table.rows) or "xlsx" not in desk.context.formats:
        return table
    return replace(table, rows=tuple(table.rows[:most]))


class TablePlanner:
    """Plans the slides of one table in one manner; ``heading`` names it where nothing else does."""

    def __init__(self, table: Table, desk: Desk, heading: str, manner: Manner) -> None:
        self._total = len(table.rows)
        self._table = table = _within_limit(table, desk)
        self._desk = desk
        self._heading = heading
        self._manner = manner
        self._steps = desk.tokens.table_steps[manner.largest :]
        self._area = desk.tokens.content
        insets = desk.tokens.tight_cell if manner.tight else desk.tokens.cell
        self._grid = measured(table, desk, self._area.width, insets)
        self._ids = ids_of((table,))

    # --- on one slide ------------------------------------------------------------------

    def whole(self, intro: Intro | None, outro: Intro | None) -> Page | None:
        """Return the one slide that holds the table and its words, if one does."""
        if len(self._grid.spans(self._floor)) > 1 or len(self._table.rows) < self._total:
            return None
        opening, area = self._desk.intro(slide_takeaway.LAYOUT, intro)
        caption, area = self._caption(area)
        below = slide_takeaway.height_below(outro, self._desk)
        for grid, step in self._sizes():
            if grid.surely_taller(area.height - below, step):
                continue
            heights = grid.heights(step)
            if sum(heights) + step.leading > area.height - below:
                continue
            part = _Part((0, len(grid.rows)), None, 1, 1)
            shape = self._shape(grid, step, heights, part, area)
            shapes: tuple[Shape, ...] = (*opening, *caption, shape)
            ids = (*(intro.ids if intro else ()), *self._ids)
            if outro:
                shapes = (*shapes, slide_takeaway.below(outro, shape.rect, self._desk))
                ids = (*ids, *outro.ids)
            layout = slide_takeaway.LAYOUT if intro or outro else self._manner.layout
            return Page(layout, shapes, (), ids)
        return None

    @property
    def _floor(self) -> Type:
        return self._steps[-1]

    def _sizes(self) -> list[tuple[Grid, Type]]:
        """Return the sizes to try, largest first; few cells may stand further apart."""
        tokens = self._desk.tokens
        sizes = [(self._grid, step) for step in self._steps]
        if (
            self._manner.tight
            or len(self._table.columns) * (len(self._table.rows) + 1) > _SPACIOUS_CELLS
        ):
            return sizes
        airy = replace(self._grid, insets=tokens.spacious_cell, known_widths={}, known_heights={})
        steps = (*tokens.spacious_steps, self._steps[0])
        return [*((airy, step) for step in steps), *sizes]

    def _caption(self, area: Rect) -> tuple[tuple[Shape, ...], Rect]:
        """Return "表 1" and the caption over the table, and the area left."""
        desk, table = self._desk, self._table
        runs = desk.wording.runs(table.caption)
        if not runs and table.id not in desk.referenced:
            return (), area
        if not says_its_label("".join(run.text for run in runs)):
            label = desk.context.names.tables[table.id].label
            gap = "\u2003" if runs else ""
            runs = (TextRun(f"{label}{gap}", bold=True, furniture=True), *runs)
        step = desk.tokens.section_label
        height = desk.ruler.lines(runs, step, area.width) * step.leading
        box = Rect(area.x, area.y, area.width, height)
        used = height + desk.tokens.label_gap
        text = desk.text(LAYOUT, "caption", table.id, (TextParagraph(runs, step),), box)
        return (text,), Rect(area.x, area.y + used, area.width, area.height - used)

    @property
    def _notice(self) -> Pt:
        """The height of the line under an excerpt."""
        return self._desk.tokens.section_label.leading + self._desk.tokens.label_gap

    @property
    def _least(self) -> Pt:
        """The height of a header and a row of one line each, and a line under them."""
        insets = self._grid.insets
        row = self._floor.leading + insets.top + insets.bottom
        return 2 * row + self._floor.leading + self._notice

    # --- on several ----------------------------------------------------------------------

    def parts(self, intro: Intro | None) -> list[Page]:
        """Return the slides of a table that one cannot hold; the first begins with the words.

        Words that would have a cell cut for want of room have a slide of their own.
        """
        opening, area = self._desk.intro(slide_takeaway.LAYOUT, intro)
        if intro and area.height < self._least:
            return [*slide_content.alone(intro, self._desk), *self._parts((), self._area)]
        found = self._parts(opening, area)
        if intro is None:
            return found
        if any(page.notes for page in found):
            return [*slide_content.alone(intro, self._desk), *self._parts((), self._area)]
        first = found[0]
        ids = (*intro.ids, *first.ids)
        return [replace(first, layout=slide_takeaway.LAYOUT, ids=ids), *found[1:]]

    def _parts(self, opening: tuple[Shape, ...], area: Rect) -> list[Page]:
        parted = self._parted(opening, area)
        runs = self._runs(parted, parted.step)
        count = len(runs) * len(parted.slices)
        limited = len(self._table.rows) < self._total
        if limited or (count > self._manner.slides and "xlsx" in self._desk.context.formats):
            return self._excerpt(parted)
        if count > MOST_SLIDES:
            self._refuse(count)
            runs = runs[: max(1, MOST_SLIDES // len(parted.slices))]
            count = len(runs) * len(parted.slices)
        if count <= self._manner.slides and len(parted.slices) == 1 and not parted.told:
            parted, runs = self._larger(parted, runs)
        return self._pages(parted, runs)

    def _parted(self, opening: tuple[Shape, ...], area: Rect) -> _Parted:
        """Return the table at its least size, parted into columns that fit side by side."""
        step = self._floor
        caption, area = self._caption(area)
        spans = self._grid.spans(step)
        slices = [self._grid] if len(spans) == 1 else [self._grid.columns(one) for one in spans]
        told: dict[int, tuple[Passage, ...]] = {}
        fitted = []
        room = area.height - step.leading - self._notice
        header = min(max(grid.heights(step)[0] for grid in slices), room * _MOST_HEADER)
        for grid in slices:
            cut, whole = grid.within(room, step, header)
            fitted.append(cut)
            for row, notes in whole.items():
                told[row] = (*told.get(row, ()), *notes)
        return _Parted(fitted, spans, step, (*opening, *caption), area, told)

    def _runs(self, parted: _Parted, step: Type) -> Sequence[tuple[int, int]]:
        """Return the rows of each slide at a size: those that all slices can show."""
        header, *heights = parted.heights(step)
        if not heights:  # a header alone
            return [(0, 0)]
        room = (area.height - header - step.leading for area in (parted.area, self._area))
        return [one for one in split_rows(heights, *room, balanced=True) if one[1] > one[0]]

    def _larger(
        self, parted: _Parted, runs: Sequence[tuple[int, int]]
    ) -> tuple[_Parted, Sequence[tuple[int, int]]]:
        """Return the largest size that takes no more slides, and its rows of each."""
        for step in self._steps[:-1]:
            larger = self._runs(parted, step)
            header, *heights = parted.heights(step)
            fits = all(
                header + sum(heights[start:end]) + step.leading <= parted.area.height
                for start, end in larger
            )
            if fits and len(larger) == len(runs):
                return replace(parted, step=step), larger
        return parted, runs

    def _pages(self, parted: _Parted, runs: Sequence[tuple[int, int]]) -> list[Page]:
        result: list[Page] = []
        count = len(runs) * len(parted.slices)
        for start, end in runs:
            for index, grid in enumerate(parted.slices):
                opening, area = ((), self._area) if result else (parted.opening, parted.area)
                heights = grid.heights(parted.step)
                columns = parted.spans[index] if len(parted.spans) > 1 else None
                part = _Part((start, end), columns, len(result) + 1, count)
                shown = (heights[0], *heights[start + 1 : end + 1])
                shapes = (*opening, self._shape(grid, parted.step, shown, part, area))
                rows = range(-1 if not result else start, end) if index == 0 else range(0)
                notes = tuple(note for row in rows for note in parted.told.get(row, ()))
                ids = () if result else self._ids
                result.append(Page(self._manner.layout, shapes, notes, ids))
        return result

    def _excerpt(self, parted: _Parted) -> list[Page]:
        """Return the table's first rows with a notice that says where all of it is."""
        desk, table, notice = self._desk, self._table, self._desk.tokens.section_label
        name = desk.context.names.tables[table.id].sheet
        header, *heights = parted.heights(parted.step)
        used = self._notice + parted.step.leading
        rows = 0
        for height in heights:
            if rows and sum(heights[:rows], header) + height + used > parted.area.height:
                break
            rows += 1
        text = desk.context.words.excerpt.format(shown=rows, total=self._total, name=name)
        desk.omissions.append(Omission(table.id, f"rows {rows + 1} to {self._total}", text))
        desk.context.diagnostics.note(
            "W402",
            f"the table has {self._total} rows and {len(table.columns)} columns; the deck "
            f"shows the first {rows} and names the workbook's sheet “{name}”",
            table.span,
        )
        # Two lines are no more than the line of the table that is kept in reserve.
        lines = min(desk.ruler.sure_lines((TextRun(text),), notice, self._area.width), 2)
        result = []
        for page in self._pages(parted, [(0, rows)]):
            *opening, shape = page.shapes
            below = shape.rect.bottom + desk.tokens.label_gap
            box = Rect(self._area.x, below, self._area.width, lines * notice.leading)
            line = desk.furniture(LAYOUT, "notice", "excerpt", text, box)
            result.append(replace(page, shapes=(*opening, shape, line)))
        return result

    def _refuse(self, count: int) -> None:
        self._desk.context.diagnostics.error(
            "E401",
            f"the table needs {count} slides; a deck takes at most {MOST_SLIDES} for one table",
            self._table.span,
            "Write the workbook in the same run (--to pptx --to xlsx): then the deck shows the "
            "first rows and names the sheet",
        )

    def _shape(
        self, grid: Grid, step: Type, heights: tuple[Pt, ...], part: _Part, area: Rect
    ) -> TableGrid:
        table = self._table
        label = self._desk.context.names.tables[table.id].label
        caption = "".join(run.text for run in self._desk.wording.runs(table.caption))
        return TableGrid(
            part.name(table.id),
            replace(area, height=sum(heights)),
            grid.widths(step),
            heights,
            grid.cells(step, *part.rows, self._desk),
            grid.insets,
            first_row=part.rows[0] + 1,
            first_column=names_rows(row[0].text for row in table.rows),
            description=f"{label} {caption or self._heading}".strip(),
        )
