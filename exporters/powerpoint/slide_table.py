"""A table in -> slides with a native table: whole, continued in balanced parts, or an excerpt.

Type steps down to its floor before a table is parted. A part repeats the
header. What three slides cannot hold is shown in part when the same run's
workbook has it whole, and says so; else it goes on, up to `MOST_SLIDES`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.layout.table import split_rows
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import set_at
from exporters.powerpoint.grid import Grid, measured
from exporters.powerpoint.passages import Passage, ids_of
from exporters.powerpoint.plan import Omission, TableGrid, TextParagraph, TextRun

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Shape
    from exporters.theme import Type
    from report_data.model import Table

SLIDES_BEFORE_EXCERPT = 3
"""A longer table is an excerpt on its slide, if the workbook of the same run has all of it."""

MOST_SLIDES = 120
"""The cap for a table that has no workbook to point to: more slides nobody turns."""

_SPACIOUS_CELLS = 32
"""A table of so few cells may stand in larger type."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a table's slides have beside it, and the area left."""

    layout: str
    shapes: tuple[Shape, ...]
    area: Rect
    ids: tuple[str, ...]


def pages(
    table: Table,
    desk: Desk,
    intro: Intro | None = None,
    outro: Intro | None = None,
    heading: str = "",
) -> list[Page]:
    """Return the slides of a table. ``heading`` names it where it has no caption."""
    grid = measured(table, desk, desk.tokens.content.width)
    first = _framed(table, desk, intro)
    below = _height_of(outro, desk)
    steps = desk.tokens.table_steps
    sizes = [(grid, step) for step in steps]
    if len(table.columns) * (len(table.rows) + 1) <= _SPACIOUS_CELLS:
        airy = replace(grid, insets=desk.tokens.spacious_cell, known_widths={})
        sizes = [(airy, step) for step in (*desk.tokens.spacious_steps, steps[0])] + sizes
    for sized, step in sizes:
        if sized.surely_taller(first.area.height - below, step):
            continue
        heights = sized.heights(step)
        if sum(heights) + step.leading <= first.area.height - below:
            return [_whole(sized, step, heights, first, desk, outro, heading)]
    if outro is not None:
        return [*pages(table, desk, intro, None, heading), *_own_page(outro, desk)]
    if intro is not None:
        return [*_own_page(intro, desk), *pages(table, desk, None, None, heading)]
    return _parts(grid, steps, first, desk, heading)


def _own_page(words: Intro, desk: Desk) -> list[Page]:
    from exporters.powerpoint import slide_content
    from exporters.powerpoint.passages import Atom

    return slide_content.pages([Atom(words.passages, words.ids)], words.name, desk)


def _height_of(words: Intro | None, desk: Desk) -> float:
    if words is None:
        return 0.0
    step = desk.tokens.body_steps[0]
    width = desk.tokens.content.width
    return desk.ruler.height(set_at(words.passages, step), width) + step.leading


def _framed(table: Table, desk: Desk, intro: Intro | None) -> _Frame:
    """Return the opening words and the caption line of a table's first slide."""
    layout = "takeaway"
    opening, area = desk.intro(layout, intro)
    caption = _caption(table, desk)
    shapes: tuple[Shape, ...] = opening
    if caption:
        step = desk.tokens.section_label
        lines = desk.ruler.lines(caption, step, area.width)
        box = Rect(area.x, area.y, area.width, lines * step.leading)
        paragraph = TextParagraph(caption, step)
        shapes = (*shapes, desk.text(layout, "caption", table.id, (paragraph,), box))
        used = box.height + desk.tokens.label_gap
        area = Rect(area.x, area.y + used, area.width, area.height - used)
    ids = (*(intro.ids if intro else ()), *ids_of((table,)))
    return _Frame(layout, shapes, area, ids)


def _caption(table: Table, desk: Desk) -> tuple[TextRun, ...]:
    """Return "表 1" and the caption, where there is one or something refers to the table."""
    runs = desk.wording.runs(table.caption)
    if not runs and table.id not in desk.referenced:
        return ()
    label = desk.context.names.tables[table.id].label
    gap = "\u2003" if runs else ""
    return (TextRun(f"{label}{gap}", bold=True, furniture=True), *runs)


def _whole(
    grid: Grid,
    step: Type,
    heights: tuple[float, ...],
    frame: _Frame,
    desk: Desk,
    outro: Intro | None,
    heading: str,
) -> Page:
    shape = _shape(grid, step, heights, (0, len(grid.rows)), frame.area, desk, heading)
    shapes = (*frame.shapes, shape)
    ids = frame.ids
    if outro is not None:
        size = desk.tokens.body_steps[0]
        paragraphs = set_at(outro.passages, size)
        height = desk.ruler.height(paragraphs, frame.area.width)
        top = shape.rect.bottom + desk.tokens.gutter
        box = Rect(frame.area.x, top, frame.area.width, height)
        shapes = (*shapes, desk.text(frame.layout, "outro", outro.name, paragraphs, box))
        ids = (*ids, *outro.ids)
    plain = len(shapes) == 1
    return Page("table" if plain else frame.layout, shapes, (), ids)  # type: ignore[arg-type]


def _parts(
    grid: Grid, steps: tuple[Type, ...], first: _Frame, desk: Desk, heading: str
) -> list[Page]:
    floor = steps[-1]
    plain = desk.tokens.content
    reserve = floor.leading
    grid, whole_cells = grid.within(first.area.height - reserve, floor)
    heights = grid.heights(floor)
    header, rows = heights[0], heights[1:]
    room = (first.area.height - header - reserve, plain.height - header - reserve)
    runs = split_rows(rows, *room, balanced=True)
    if len(runs) > SLIDES_BEFORE_EXCERPT and "xlsx" in desk.context.formats:
        return [_excerpt(grid, floor, heights, first, desk, heading, whole_cells)]
    if len(runs) > MOST_SLIDES:
        _refuse(grid.table, len(runs), desk)
        runs = runs[:MOST_SLIDES]
    step = floor
    for larger in steps[:-1] if len(runs) <= SLIDES_BEFORE_EXCERPT else ():
        larger_heights = grid.heights(larger)
        limit = [
            area - larger_heights[0] - larger.leading for area in (first.area.height, plain.height)
        ]
        larger_runs = split_rows(larger_heights[1:], *limit, balanced=True)
        if len(larger_runs) == len(runs) and not whole_cells:
            step, heights, runs = larger, larger_heights, larger_runs
            break
    result = []
    for number, (start, end) in enumerate(runs, 1):
        area = first.area if number == 1 else plain
        part = (heights[0], *heights[start + 1 : end + 1])
        shape = _shape(grid, step, part, (start, end), area, desk, heading, (number, len(runs)))
        shapes = (*first.shapes, shape) if number == 1 else (shape,)
        layout = first.layout if len(shapes) > 1 else "table"
        notes = tuple(note for row in range(start, end) for note in whole_cells.get(row, ()))
        if number == 1:
            notes = (*whole_cells.get(-1, ()), *notes)
        result.append(Page(layout, shapes, notes, first.ids if number == 1 else ()))  # type: ignore[arg-type]
    return result


def _excerpt(
    grid: Grid,
    step: Type,
    heights: tuple[float, ...],
    frame: _Frame,
    desk: Desk,
    heading: str,
    whole_cells: dict[int, tuple[Passage, ...]],
) -> Page:
    """Return one slide of a table's first rows with a notice that says where all of it is."""
    notice = desk.tokens.section_label
    limit = frame.area.height - step.leading - notice.leading - desk.tokens.label_gap
    shown, used = 0, heights[0]
    for height in heights[1:]:
        if used + height > limit and shown:
            break
        used += height
        shown += 1
    name = desk.context.names.tables[grid.table.id]
    text = desk.context.words.excerpt.format(shown=shown, total=len(grid.rows), name=name.sheet)
    part = heights[: shown + 1]
    shape = _shape(grid, step, part, (0, shown), frame.area, desk, heading)
    below = shape.rect.bottom + desk.tokens.label_gap
    box = Rect(frame.area.x, below, frame.area.width, notice.leading)
    desk.omissions.append(Omission(grid.table.id, f"rows {shown + 1} to {len(grid.rows)}", text))
    desk.context.diagnostics.note(
        "W402",
        f"The table has {len(grid.rows)} rows; the deck shows the first {shown} and names "
        f"the workbook's sheet “{name.sheet}”.",
        grid.table.span,
    )
    shapes = (*frame.shapes, shape, desk.furniture(frame.layout, "notice", "excerpt", text, box))
    notes = tuple(note for row in range(-1, shown) for note in whole_cells.get(row, ()))
    return Page(frame.layout, shapes, notes, frame.ids)  # type: ignore[arg-type]


def _refuse(table: Table, count: int, desk: Desk) -> None:
    desk.context.diagnostics.error(
        "E401",
        f"The table needs {count} slides; a deck takes at most {MOST_SLIDES} for one table.",
        table.span,
        "Write the workbook in the same run (--to pptx --to xlsx): then the deck shows the "
        "first rows and names the sheet.",
    )


def _shape(
    grid: Grid,
    step: Type,
    heights: tuple[float, ...],
    rows: tuple[int, int],
    area: Rect,
    desk: Desk,
    heading: str,
    part: tuple[int, int] = (1, 1),
) -> TableGrid:
    table = grid.table
    start, end = rows
    name = str(table.id) if part[1] == 1 else f"{table.id} ({part[0]}/{part[1]})"
    known = desk.context.names.tables[table.id]
    title = "".join(run.text for run in desk.wording.runs(table.caption)) or heading
    return TableGrid(
        name,
        replace(area, height=sum(heights)),
        grid.widths(step),
        heights,
        grid.cells(step, start, end, desk),
        grid.insets,
        first_row=start + 1,
        description=f"{known.label} {title}".strip(),
    )


__all__ = ["MOST_SLIDES", "Passage", "pages"]
