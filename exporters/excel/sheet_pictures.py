"""A report's pictures in -> one sheet that shows them, each under its number and caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.excel.cells import ROW_HEIGHT
from exporters.excel.plan import Cell, PictureFrame, Printing, Row, Sheet, TextRun
from exporters.excel.sheet_table import head_rows
from exporters.excel.sheet_text import quoted_sheet
from exporters.names import one_line, says_its_label
from exporters.pictures import size_of
from report_data.model import Figure, plain

if TYPE_CHECKING:
    from exporters.excel.setting import Setting
    from exporters.layout.geometry import Pt
    from report_data.model import Report

_FIRST_ROW = 4
_COLUMNS, _WIDTH = 10, 9.0
_POINTS = 0.75
"""Points a pixel: 96 to the inch."""
_GAP = 8.0
"""Points under a picture."""


def drawn_figures(report: Report) -> tuple[Figure, ...]:
    """Return the figures whose pictures a workbook can show."""
    return tuple(
        one
        for one in report.every(Figure)
        if one.path is not None and size_of(one.path) is not None
    )


def place_pictures(figures: tuple[Figure, ...], name: str, setting: Setting) -> None:
    """Note where each picture stands, before any cell with a link is planned."""
    setting.pictures.update(
        {
            figure.id: f"{quoted_sheet(name)}!A{_FIRST_ROW + 2 * index}"
            for index, figure in enumerate(figures)
        }
    )


def picture_sheet(figures: tuple[Figure, ...], name: str, setting: Setting) -> Sheet:
    """Return the sheet: a caption and a picture in turn, each picture in a row as high as it is."""
    rows = list(head_rows("", setting.context.words.pictures, setting))
    frames = []
    rows.append(Row((), setting.row_height))
    for figure in figures:
        frame = _frame(figure, len(rows) + 2, setting)
        rows += [Row((_caption(figure, setting),), setting.row_height)]
        rows += [Row((), min(frame.height + _GAP, ROW_HEIGHT))]
        frames.append(frame)
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=(_WIDTH,) * _COLUMNS,
        row_height=setting.row_height,
        pictures=tuple(frames),
        printing=Printing(
            head=(setting.running_title, setting.context.words.pictures), foot=setting.foot
        ),
    )


def _caption(figure: Figure, setting: Setting) -> Cell:
    text = one_line(plain(figure.caption) or figure.alt or figure.source)
    label = "" if says_its_label(text) else setting.context.names.figures.get(figure.id, "")
    clean = setting.speller.clean(text, figure.span)
    runs = (
        TextRun(f"{label}  ", color=setting.looks.theme.palette.ink_second, furniture=True),
        TextRun(clean, bold=True, furniture=True),
    )
    return Cell(runs if label else runs[1:], setting.looks.line())


def _frame(figure: Figure, row: int, setting: Setting) -> PictureFrame:
    width, height = _fitted(figure, setting)
    return PictureFrame(
        path=figure.path or "",
        row=row,
        column=1,
        width=width,
        height=height,
        name=figure.id,
        description=setting.speller.clean(figure.alt or plain(figure.caption), figure.span),
    )


def _fitted(figure: Figure, setting: Setting) -> tuple[Pt, Pt]:
    """Return a picture's size in points: its own, or as much as a page and a row have room for."""
    width, height = size_of(figure.path or "") or (1, 1)
    most = setting.looks.theme.sheet.chart
    scale = min(_POINTS, most.width / width, (ROW_HEIGHT - _GAP) / height)
    return width * scale, height * scale
