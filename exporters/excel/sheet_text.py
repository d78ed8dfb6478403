"""A report's lines in -> the sheet of its whole text: number, content, kind, block id (hidden)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.excel.cells import ROW_HEIGHT, content_of, link_of, looks_like_formula, within_links
from exporters.excel.plan import Area, Cell, Link, Printing, Row, Rule, Sheet, TableArea
from exporters.excel.sheet_table import HEADER_ROW, head_rows
from exporters.names import table_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.excel.lines import Line
    from exporters.excel.plan import Style
    from exporters.excel.setting import Setting
    from exporters.names import Taken

NUMBER, CONTENT, KIND, IDS = 1, 2, 3, 4
"""The sheet's columns."""

FURNITURE = "triptych:"
"""What the id column says before an id where the line is not the report's own text."""

_NUMBER_WIDTH, _KIND_WIDTH, _ID_WIDTH = 10.0, 12.0, 30.0


def place_lines(lines: Sequence[Line], setting: Setting) -> None:
    """Note where each block stands, before any cell with a link is planned."""
    sheet = quoted_sheet(setting.context.names.full_text_sheet)
    for row, line in enumerate(lines, HEADER_ROW + 1):
        place = f"{sheet}!B{row}"
        if line.cell is None:
            setting.places.setdefault(line.block, place)
        else:
            setting.rests.setdefault((line.block, *line.cell), place)
    for block, name in setting.context.names.tables.items():
        if block in setting.places:
            setting.places[block] = f"{quoted_sheet(name.sheet)}!A1"
    setting.places.update(setting.pictures.items())
    for block, chart_sheet in setting.charts.items():
        setting.places[block] = f"{quoted_sheet(chart_sheet)}!A1"


def text_sheet(lines: Sequence[Line], setting: Setting, tables: Taken) -> Sheet:
    """Return the sheet of the report's whole text."""
    words, tokens = setting.context.words, setting.looks.theme.sheet
    headers = (words.number, words.content, words.kind, "id")
    title = setting.report.meta.title or words.full_text
    header = Row(
        tuple(Cell(text, setting.looks.header()) for text in headers),
        setting.row_height + tokens.row_padding,
    )
    body = (_row(line, setting) for line in lines)
    last = HEADER_ROW + max(len(lines), 1)
    return Sheet(
        name=setting.context.names.full_text_sheet,
        rows=(*head_rows("", title, setting), header, *within_links(body)),
        widths=(_NUMBER_WIDTH, tokens.width_text, _KIND_WIDTH, _ID_WIDTH),
        row_height=setting.row_height,
        table=TableArea(
            table_name("full_text", tables), Area(HEADER_ROW, NUMBER, last, IDS), headers
        ),
        body=(Area(HEADER_ROW + 1, CONTENT, last, CONTENT),) if lines else (),
        ids=IDS,
        frozen=(HEADER_ROW, 0),
        hidden=(IDS,),
        printing=Printing(
            titles=(HEADER_ROW, HEADER_ROW),
            head=(setting.running_title, words.full_text),
            foot=setting.foot,
        ),
    )


def quoted_sheet(name: str) -> str:
    """Return a sheet's name as references spell it."""
    return "'" + name.replace("'", "''") + "'"


def _row(line: Line, setting: Setting) -> Row:
    tokens, looks = setting.looks.theme.sheet, setting.looks
    style, leading, before = _style(line, setting)
    link, note = link_of(line.spelled, setting.places)
    own_sheets = (setting.context.names.tables, setting.charts, setting.pictures)
    has_sheet = any(line.block in blocks for blocks in own_sheets)
    if has_sheet:
        link = Link(location=setting.places[line.block])
    content = content_of(line.spelled.runs)
    height = setting.fitted(content, style, tokens.width_text, leading) + before
    beside = replace(looks.small(), vertical=style.vertical, under=style.under)
    number = replace(
        style, color=looks.theme.palette.ink_second, align="right", fill="", indent=0, code=False
    )
    if line.level:
        number = replace(style, align="left")
    if has_sheet and line.number:
        number = replace(number, color=looks.theme.palette.link, underline=True)
    kind = setting.context.words.kind_of(line.kind)
    return Row(
        (
            Cell(line.number or None, number, link if has_sheet else None),
            Cell(content, style, link, note),
            Cell(kind, replace(beside, indent=1)),
            Cell(_id(line), beside),
        ),
        min(height, ROW_HEIGHT),
    )


def _style(line: Line, setting: Setting) -> tuple[Style, float, float]:
    """Return a line's style, its leading, and the space above it, in points."""
    looks, tokens = setting.looks, setting.looks.theme.sheet
    palette = looks.theme.palette
    if line.level:
        kind = tokens.headings[min(line.level, len(tokens.headings)) - 1]
        rule = Rule(palette.hairline) if line.level == 1 else None
        style = replace(looks.text(kind, palette.structure), vertical="bottom", under=rule)
        return style, kind.leading, kind.leading / 2
    style = replace(
        looks.text(),
        indent=line.indent + 1,
        code=line.code,
        fill=palette.surface if line.code or line.kind == "box" else "",
        color=palette.ink_second if line.kind == "quote" else palette.ink,
        quoted=looks_like_formula(line.spelled.text),
    )
    return style, tokens.body.leading, 0.0


def _id(line: Line) -> str:
    if line.cell is not None:
        row, column = line.cell
        return f"{FURNITURE}cell {row} {column} {line.block}"
    return f"{FURNITURE}{line.block}" if line.furniture else line.block
