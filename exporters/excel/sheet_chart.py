"""A chart's specification and the planned table sheets in -> a sheet with the native chart.

The chart is bound to the cells of its table: who changes a number there sees it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.chart_text import describe
from exporters.chartml import ChartLook, chart_xml
from exporters.excel.plan import ChartFrame, Printing, Sheet
from exporters.excel.sheet_table import head_rows
from exporters.excel.sheet_text import quoted_sheet
from exporters.names import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.excel.setting import Setting
    from report_data.charts import Chart

_FIRST_ROW = 4
_COLUMNS = 12
_WIDTH = 10.0


def chart_sheet(chart: Chart, others: Sequence[Sheet], setting: Setting) -> Sheet:
    """Return the sheet of one chart."""
    theme, meta, names = setting.looks.theme, setting.report.meta, setting.context.names
    size = theme.sheet.chart
    label = names.figures[chart.id]
    look = ChartLook(
        palette=theme.palette,
        sides=meta.series,
        latin=theme.fonts.latin,
        east_asian=theme.fonts.for_language(meta.lang),
        size=theme.sheet.chart_text,
    )
    cells = _Cells(chart, others, setting)
    frame = ChartFrame(
        part=chart_xml(chart, look, cells.body, cells.header),
        row=_FIRST_ROW,
        column=1,
        width=size.width,
        height=size.height,
        name=chart.id,
        description=describe(chart, setting.context.words, names.tables[chart.table].label),
    )
    return Sheet(
        name=setting.charts[chart.id],
        rows=head_rows(label, chart.title, setting),
        widths=(_WIDTH,) * _COLUMNS,
        row_height=setting.row_height,
        charts=(frame,),
        printing=Printing(
            landscape=True, one_page=True, head=(setting.running_title, label), foot=setting.foot
        ),
    )


class _Cells:
    """Where the columns of the chart's table stand in this workbook."""

    def __init__(self, chart: Chart, others: Sequence[Sheet], setting: Setting) -> None:
        self._rows = len(chart.categories)
        self._sheets = [
            (sheet.name, sheet.table)
            for sheet in others
            if sheet.table is not None and sheet.table.block == chart.table
        ]
        if any(table.first_row > 1 for _, table in self._sheets):
            setting.context.diagnostics.warn(
                "W607",
                "a chart of the workbook draws the rows of its table's first sheet only",
                None,
                "Its table is longer than a sheet can be: draw a shorter one",
            )

    def body(self, column: int) -> str:
        """Return the reference of a column's rows."""
        sheet, letter, top, bottom = self._place(column)
        return f"{sheet}!${letter}${top + 1}:${letter}${bottom}"

    def header(self, column: int) -> str:
        """Return the reference of a column's header."""
        sheet, letter, top, _ = self._place(column)
        return f"{sheet}!${letter}${top}"

    def _place(self, column: int) -> tuple[str, str, int, int]:
        for sheet, table in self._sheets:
            offset = column - table.first_column
            if table.first_row == 1 and 0 <= offset < len(table.columns):
                letter = letters(table.area.left + offset)
                bottom = min(table.area.bottom - bool(table.totals), table.area.top + self._rows)
                return quoted_sheet(sheet), letter, table.area.top, bottom
        raise ValueError(f"the chart's table has no column {column}")
