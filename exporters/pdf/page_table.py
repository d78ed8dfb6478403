"""A table in -> strips of rows: widths by content, a header that repeats, tall rows that split.

Quiet rules and no boxes: a rule in the structure colour under the header, a
hairline under each row, the first column bold, figures aligned at the right.
"""

from __future__ import annotations

import re
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from exporters.layout.table import column_widths
from exporters.layout.text import compose, minimum_width, natural_width
from exporters.pdf.page_figure import caption
from exporters.pdf.page_text import line_items, notes_in, pieces, place, places_back, together
from exporters.pdf.plan import LAYOUT, Area, Look, Place, Presence, Rule, Text
from exporters.pdf.setting import Column
from exporters.pdf.strips import Strip, side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exporters.layout.geometry import Pt
    from exporters.layout.text import Fragment, Line, Piece
    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Align, Setting, Tone
    from report_data.model import Cell, Table

COMFORT = 5.0
"""Em that a column has at least, if its text is as long: below, lines are words without shape."""

TALL_ROW = 9
"""Lines from which on a row may be split between pages; shorter ones move whole."""

CANDIDATES = 64
"""Texts of a column that are measured exactly, when it has more."""

_WORD = re.compile("[!-~\u00a0-\u04ff]+")
"""Letters that are kept together."""

ROWS_A_BODY = 50
"""Rows in one TBody: readers load all children of an element that they meet."""

_FIGURE = re.compile(
    r"[-+−±~≈<>≤≥]?\s*[¥$€£￥]?\s*[\d０-９][\d,.\s]*\s*(%|％|‰|[A-Za-z万亿元]{0,3})"
)
"""A cell that is a number, with its sign, currency and unit."""


class _SetCell(NamedTuple):
    """A cell's lines (none when it is empty), where they stand, and how they are set."""

    lines: Sequence[Line]
    inside: Column
    tone: Tone


class _Grid(NamedTuple):
    """How a table's columns stand on the page."""

    edges: tuple[Pt, ...]
    """The left edge of each column, and the table's right edge."""
    tone: Tone
    aligns: tuple[Align, ...]
    turned: bool


def table(node: Table, column: Column, setting: Setting) -> list[Strip]:
    """Return a table's caption, header and rows."""
    element = setting.element("Table", column.element, id=node.id)
    grid, column = _grid(node, column, setting)
    strips = [
        line._replace(keep=True)
        for line in caption(node.id, node.caption, column, element, setting)
    ]
    if strips:
        strips[-1] = strips[-1]._replace(height=strips[-1].height + setting.look.caption_gap)
    header = _header(node, grid, column, element, setting)
    repeat = (header._replace(items=_as_artifacts(header.items), space=0.0),)
    rows = _rows(node, grid, column, element, repeat, setting)
    strips = [*strips, header, *rows]
    strips = [strip._replace(turned=grid.turned) for strip in strips] if grid.turned else strips
    strips[0] = strips[0]._replace(space=setting.look.figure_gap)
    return place(node.id, strips)


def _measured(node: Table, setting: Setting) -> tuple[list[Pt], list[Pt]]:
    """Return every column's natural and least width, in points at the table's usual size."""
    fonts = setting.context.fonts
    tone = setting.tone(setting.look.table)
    scratch = setting.scratch()
    natural, least = [], []
    for index, head in enumerate(node.columns):
        bold = tone._replace(bold=True)
        usual = bold if index == 0 else tone
        contents = dict.fromkeys(row[index].content for row in node.rows)
        header = pieces(head.header.content, LAYOUT, bold, scratch)
        texts = [header, *(pieces(content, LAYOUT, usual, scratch) for content in contents)]
        widest, longest = _candidates(texts, fonts.widths(usual.style))
        natural.append(max(natural_width(text, fonts) for text in widest))
        least.append(max(minimum_width(text, fonts) for text in longest))
    return natural, least


def _candidates(
    texts: list[tuple[Piece, ...]], widths: Mapping[str, float]
) -> tuple[list[tuple[Piece, ...]], list[tuple[Piece, ...]]]:
    """Return the texts of a column that can be its widest, and those with its longest words.

    Sums of advances are exact but for what Chinese setting adds or squeezes: among
    the few dozen widest by them is the widest. It spares setting thousands of cells twice.
    """
    if len(texts) <= CANDIDATES:
        return texts, texts

    def plain_width(text: tuple[Piece, ...]) -> float:
        return sum(sum(map(widths.__getitem__, piece.text)) for piece in text)

    def word_width(text: tuple[Piece, ...]) -> float:
        words = (word for piece in text for word in _WORD.findall(piece.text))
        return max((sum(map(widths.__getitem__, word)) for word in words), default=0.0)

    return (
        nlargest(CANDIDATES, texts, key=plain_width),
        nlargest(CANDIDATES, texts, key=word_width),
    )


def _grid(node: Table, column: Column, setting: Setting) -> tuple[_Grid, Column]:
    """Choose the size and the page's side on which every column has room."""
    look = setting.look
    padding = look.cell.left + look.cell.right
    natural, least = _measured(node, setting)
    wanted = [
        max(narrow, min(wide, COMFORT * look.table.size))
        for narrow, wide in zip(least, natural, strict=True)
    ]
    floor = look.table_floor.size / look.table.size
    turned_column = column._replace(x=setting.turned.x, width=setting.turned.width)
    sides = [(column, False)]
    if column.frame is None and not column.level and column.width >= setting.upright.width - 1:
        sides.append((turned_column, True))
    for place_, turned in sides:
        for scale in (1.0, (1 + floor) / 2, floor):
            if sum(wanted) * scale + padding * len(wanted) <= place_.width:
                return _made(node, natural, wanted, place_, scale, setting, turned=turned), place_
    place_, turned = sides[-1]
    return _made(node, natural, least, place_, floor, setting, turned=turned), place_


def _made(
    node: Table,
    natural: Sequence[Pt],
    least: Sequence[Pt],
    column: Column,
    scale: float,
    setting: Setting,
    *,
    turned: bool,
) -> _Grid:
    look = setting.look
    padding = look.cell.left + look.cell.right
    widths = column_widths(
        [width * scale + padding for width in natural],
        [width * scale + padding for width in least],
        column.width,
    )
    edges = [column.x]
    for width in widths:
        edges.append(edges[-1] + width)
    tone = setting.tone(look.table)
    tone = tone._replace(size=tone.size * scale, leading=tone.leading * scale)
    aligns = tuple(_align(node, index) for index in range(len(node.columns)))
    return _Grid(tuple(edges), tone, aligns, turned)


def _align(node: Table, index: int) -> Align:
    """Return a column's alignment: the author's, else at the right for figures."""
    asked = node.columns[index].align
    if asked != "default":
        return asked
    filled = [text for row in node.rows if (text := row[index].text.strip())]
    figures = bool(filled) and all(_FIGURE.fullmatch(text) for text in filled)
    return "right" if figures else "left"


def _header(
    node: Table, grid: _Grid, column: Column, element: ElementId, setting: Setting
) -> Strip:
    """Return the header row over its rule; a side of the comparison wears its colour."""
    row = setting.element("TR", setting.element("THead", element))
    cells = []
    for index, head in enumerate(node.columns):
        side = setting.palette.side(head.header.text, setting.meta.series)
        tone = grid.tone._replace(bold=True, color=side or setting.palette.structure)
        inside = setting.element("TH", row, scope="Column")
        cells.append(_cell(head.header, index, inside, tone, grid, setting))
    strip = _row(cells, column, setting)
    rule = Rule(
        column.x,
        strip.height,
        column.right,
        strip.height,
        setting.look.header_rule,
        setting.palette.structure,
    )
    return strip._replace(items=(*strip.items, rule), keep=True)


def _rows(
    node: Table,
    grid: _Grid,
    column: Column,
    element: ElementId,
    repeat: tuple[Strip, ...],
    setting: Setting,
) -> list[Strip]:
    strips: list[Strip] = []
    last = len(node.rows) - 1
    y_rule = setting.look.hairline, setting.palette.hairline
    body, bold = element, grid.tone._replace(bold=True)
    for number, row in enumerate(node.rows):
        if number % ROWS_A_BODY == 0:
            body = setting.element("TBody", element)
        name = f"{node.id}/row-{number + 1}"
        cells = []
        tr: ElementId = setting.element("TR", body)
        for index, cell in enumerate(row):
            inside = setting.element("TD", tr)
            cells.append(
                _cell(cell, index, inside, bold if index == 0 else grid.tone, grid, setting)
            )
        if max(len(cell.lines) for cell in cells) >= TALL_ROW:
            setting.elements[tr] = setting.elements[tr]._replace(id=name)
            strip = _split_row(cells, setting)
        else:
            strip = _row(cells, column, setting)
        rule = Rule(column.x, 0.0, column.right, 0.0, *y_rule)
        notes = tuple(note for cell in row for note in notes_in(cell.content))
        strips.append(
            strip._replace(
                items=(*places_back(notes), *strip.items),
                under=(rule,),
                repeat=repeat,
                notes=notes,
                keep=last > 1 and number in {0, last - 1},
            )
        )
    return strips


def _cell(
    cell: Cell, index: int, element: ElementId, tone: Tone, grid: _Grid, setting: Setting
) -> _SetCell:
    """Return a cell's lines."""
    padding = setting.look.cell
    left, right = grid.edges[index] + padding.left, grid.edges[index + 1] - padding.right
    tone = tone._replace(align=grid.aligns[index])
    inside = Column(left, right - left, element)
    text = pieces(cell.content, element, tone, setting)
    if not any(piece.text for piece in text):
        return _SetCell((), inside, tone)
    return _SetCell(compose(text, inside.width, setting.context.fonts), inside, tone)


def _row(cells: Sequence[_SetCell], column: Column, setting: Setting) -> Strip:
    """Return a row as one strip that is never split."""
    top = setting.look.cell.top
    items: list[Item] = []
    most = 1
    for lines, inside, tone in cells:
        for number, line in enumerate(lines):
            items.extend(line_items(line, inside, tone, setting, top + number * tone.leading))
        if not lines:
            items.append(Presence(inside.element))
        most = max(most, len(lines))
    height = top + most * cells[0].tone.leading + setting.look.cell.bottom
    return Strip(height, tuple(items), frame=column.frame)


def _split_row(cells: Sequence[_SetCell], setting: Setting) -> Strip:
    """Return a row whose cells may each go on over a page's end."""
    padding = setting.look.cell
    parts = tuple(
        tuple(
            together(
                [Strip(tone.leading, line_items(line, inside, tone, setting)) for line in lines]
            )
        )
        or (Strip(tone.leading, (Presence(inside.element),)),)
        for lines, inside, tone in cells
    )
    return side_by_side(Strip(0.0, parts=parts, pad=(padding.top, padding.bottom)))


def _as_artifacts(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return a header's items as they are shown again on a later page: not content."""
    return tuple(
        Text(item.x, item.y, tuple(_as_artifact(part) for part in item.fragments))
        if isinstance(item, Text)
        else item
        for item in items
        if not isinstance(item, Presence | Area | Place)
    )


def _as_artifact(fragment: Fragment) -> Fragment:
    look = fragment.tag
    assert isinstance(look, Look)  # noqa: S101 - every fragment here was tagged by us
    return fragment._replace(tag=look._replace(element=LAYOUT, target=""))
