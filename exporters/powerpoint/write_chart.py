"""A planned chart in -> its part and the small workbook behind it, which PowerPoint edits."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from exporters.chartml import chart_xml

if TYPE_CHECKING:
    from datetime import datetime

    from exporters.powerpoint.plan import ChartFrame
    from report_data.charts import Chart

_SHEET = "Sheet1"


def chart_part(shape: ChartFrame, workbook: str) -> bytes:
    """Return the chart's part; ``workbook`` is the relationship that leads to its numbers."""
    chart = shape.chart
    columns = {chart.x: 0} | {one.column: at for at, one in enumerate(chart.series, 1)}
    last = len(chart.categories) + 1

    def cells(column: int) -> str:
        letter = _letter(columns[column])
        return f"{_SHEET}!${letter}$2:${letter}${last}"

    def header(column: int) -> str:
        return f"{_SHEET}!${_letter(columns[column])}$1"

    xml = chart_xml(chart, shape.look, cells, header)
    linked = f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
    return xml.replace("</c:chartSpace>", f"{linked}</c:chartSpace>").encode()


def workbook_part(chart: Chart, created: datetime) -> bytes:
    """Return a workbook of the chart's categories and series, the same bytes every time."""
    file = io.BytesIO()
    book = Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": created.replace(tzinfo=None)})
    sheet = book.add_worksheet(_SHEET)
    sheet.write_string(0, 0, chart.x_name)
    for row, name in enumerate(chart.categories, 1):
        position = chart.positions[row - 1] if chart.positions else None
        if position is None:
            sheet.write_string(row, 0, name)
        else:
            sheet.write_number(row, 0, position)
    for column, one in enumerate(chart.series, 1):
        sheet.write_string(0, column, one.name)
        for row, value in enumerate(one.values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return file.getvalue()


def _letter(column: int) -> str:
    """Return a column's letter: at most 12 series stand behind the categories."""
    return chr(ord("A") + column)
