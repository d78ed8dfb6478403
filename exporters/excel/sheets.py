"""A Report and a Context in -> the plan of its workbook. Pure: opens no file, no file library.

The contents come first, then the whole text, one sheet a table, one sheet a chart, and
one for all pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.excel.cells import Ruler, Speller, shortened_note
from exporters.excel.lines import lines_of, section_numbers
from exporters.excel.looks import Looks
from exporters.excel.plan import TableLook, Workbook
from exporters.excel.setting import Setting
from exporters.excel.sheet_contents import contents_sheet
from exporters.excel.sheet_table import HEADER_ROW, table_sheets
from exporters.excel.sheet_text import place_lines, quoted_sheet, text_sheet
from exporters.names import Taken, letters, one_line, sheet_name
from exporters.properties import properties_of
from report_data.model import Figure, Paragraph, Section, Table, plain, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.context import Context
    from exporters.names import Names
    from exporters.theme import Theme
    from report_data.charts import Chart
    from report_data.ids import BlockId
    from report_data.model import Report

TABLE_STYLE = "Triptych"

_CHINESE_JAPANESE_KOREAN = frozenset({"zh-Hans", "zh-Hant", "ja", "ko"})


def plan_workbook(report: Report, context: Context) -> Workbook:
    """Return the plan of a report's workbook."""
    theme, names = context.theme, context.names
    tokens = theme.sheet
    setting = Setting(
        report,
        context,
        Looks(theme),
        Ruler(context.fonts, tokens.digit, tokens.indent, tokens.cell_padding),
        Speller(context, _labels(report, context), _notes(report)),
    )
    taken_sheets, taken_tables = Taken(), Taken()
    for sheet in (names.contents_sheet, names.full_text_sheet):
        taken_sheets.take(sheet)
    for name in names.tables.values():
        taken_sheets.take(name.sheet)
        taken_tables.take(name.table)
    charts, numbers = _charts(report)
    for chart in charts:
        label = f"{names.figures[chart.id]} {chart.title}"
        setting.charts[chart.id] = sheet_name(label, taken_sheets)
        setting.titles[chart.id] = chart.title
    figures = _figures(report)
    pictures = sheet_name(context.words.pictures, taken_sheets) if figures else ""
    if figures:
        from exporters.excel.sheet_pictures import place_pictures

        place_pictures(figures, pictures, setting)
    setting.pictures.update(_places(numbers, names))
    lines = lines_of(report, setting.speller, {chart.id: chart for chart in numbers})
    place_lines(lines, setting)
    others = [text_sheet(lines, setting, taken_tables)]
    for table in report.every(Table):
        others.extend(table_sheets(table, setting, taken_sheets, taken_tables))
    if charts:
        from exporters.excel.sheet_chart import chart_sheet

        others.extend([chart_sheet(chart, others, setting) for chart in charts])
    if figures:
        from exporters.excel.sheet_pictures import picture_sheet

        others.append(picture_sheet(figures, pictures, setting))
    sheets = (contents_sheet(others, setting), *others)
    return Workbook(
        sheets=sheets,
        properties=properties_of(report, context, len(sheets)),
        font=_font(theme, report.meta.lang),
        code_font=theme.fonts.code,
        size=tokens.body.size,
        look=TableLook(
            TABLE_STYLE,
            theme.palette.ink,
            theme.palette.structure,
            theme.palette.surface,
            theme.palette.hairline,
        ),
    )


def _charts(report: Report) -> tuple[list[Chart], list[Chart]]:
    """Return the charts that are drawn, and those that are a number and nothing else.

    Most reports have none and need not know how.
    """
    if not report.chart_boxes:
        return [], []
    from report_data.charts import ChartKind, charts_of

    found = charts_of(report)
    drawn = [chart for chart in found if chart.kind is not ChartKind.NUMBER]
    return drawn, [chart for chart in found if chart.kind is ChartKind.NUMBER]


def _places(numbers: Sequence[Chart], names: Names) -> Iterator[tuple[BlockId, str]]:
    """Yield the cell of a table in which each single number stands."""
    for chart in numbers:
        from report_data.charts import last_number

        found = last_number(chart)
        if found is not None:
            cell = f"{letters(chart.series[0].column + 1)}{HEADER_ROW + 1 + found[0]}"
            yield chart.id, f"{quoted_sheet(names.tables[chart.table].sheet)}!{cell}"


def _figures(report: Report) -> tuple[Figure, ...]:
    """Return the figures that are shown; a report without any need not know how."""
    if not report.every(Figure):
        return ()
    from exporters.excel.sheet_pictures import drawn_figures

    return drawn_figures(report)


def _font(theme: Theme, language: str) -> str:
    """Return the one font of all cells: a cell has no second one for East Asian text."""
    if language in _CHINESE_JAPANESE_KOREAN:
        return theme.fonts.for_language(language)
    return theme.fonts.latin


def _labels(report: Report, context: Context) -> dict[BlockId, str]:
    """Return what a reference to a section, table or figure shows."""
    numbers = section_numbers(report)
    labels = {
        section.id: context.words.section.format(number=number) if number else one_line(title)
        for section in report.every(Section)
        for number, title in [(numbers[section.id], plain(section.title))]
    }
    labels |= {block: name.label for block, name in context.names.tables.items()}
    return labels | context.names.figures


def _notes(report: Report) -> dict[BlockId, str]:
    """Return footnotes as plain text, a paragraph a line, for notes of cells that mention them."""
    return {
        note.id: shortened_note(
            "\n".join(
                one_line(plain(node.content))
                for node in walk(note.blocks)
                if isinstance(node, Paragraph)
            )
        )
        for note in report.notes
    }
