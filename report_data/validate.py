"""A draft Report and what the reader found -> a valid Report, or all that is wrong at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from report_data.diagnostics import Diagnostic, Severity, Span
from report_data.limits import Limit
from report_data.lookalikes import lookalike
from report_data.model import Box, Heading, Section, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from report_data.diagnostics import Diagnostics
    from report_data.model import Report, RichText

MAX_ALIKE = 20
"""Messages of one code that are given in full; the rest are counted."""


_NEAR = 4
"""Lines below a table within which its caption begins."""


def validate(report: Report, found: Diagnostics) -> Report:
    """Return the report with its warnings.

    Raises:
        ReportErrors: with every error and warning, in the order of the source.
    """
    long = len(report.source) > Limit.CELL_CHARACTERS.get()
    for table in report.every(Table):
        if table.attributes:
            _check_table(table, report, found)
        if table.types is None:
            _check_size(table, found, long=long)
    for section in report.every(Section):
        _check_heading(section.title, section, found)
    for heading in report.every(Heading):
        _check_heading(heading.content, heading, found)
    for box in report.chart_boxes:
        _check_chart(box, report, found)
    if not (report.children or report.notes or report.meta.title or report.meta.authors):
        hint = "Write a heading and some text"
        found.error("E103", "there is nothing to show in the file", Span(report.file, 1), hint)
    found.items = summarised(found.in_order())
    found.raise_errors()
    return replace(report, warnings=tuple(found.items)) if found.items else report


def _check_size(table: Table, found: Diagnostics, *, long: bool) -> None:
    """Refuse a table beyond the limits; its cells are looked at in a long source only."""
    limit, count = Limit.COLUMNS, len(table.columns)
    if count > limit.get():
        message = f"this table has {count:,} columns; no more than {limit.get():,} are taken"
        found.error("E214", message, table.span, f"Split it, or {limit.hint}")
    limit = Limit.CELL_CHARACTERS
    longest = max((len(cell.text) for row in table.rows for cell in row), default=0) if long else 0
    if longest > limit.get():
        message = f"a cell has {longest:,} characters; no more than {limit.get():,} are taken"
        found.error("E214", message, table.span, f"Make it paragraphs, or {limit.hint}")


def _check_chart(box: Box, report: Report, found: Diagnostics) -> None:
    """Say what keeps a box from being a chart."""
    from report_data.charts import ChartError, chart_of

    try:
        chart = chart_of(box, report)
    except ChartError as problem:
        found.error("E206", str(problem), box.span, problem.hint)
        return
    if chart.total:
        found.note(
            "N215",
            f"the chart leaves out the row “{chart.total}”, the sum of the others",
            box.span,
            "Draw it all the same by {.chart total=yes}",
        )


def _check_heading(text: RichText, node: Section | Heading, found: Diagnostics) -> None:
    """Say which word of a heading looks like another one."""
    if alike := lookalike(plain(text)):
        word, letter, script = alike
        found.warn(
            "W113",
            f"“{word}” has a {script} {letter} (U+{ord(letter):04X}) among Latin letters",
            node.span,
            "Write the word in one script: it looks like another, and cannot be found",
        )


def _check_table(table: Table, report: Report, found: Diagnostics) -> None:
    """Say what of a table's attributes cannot be followed."""
    limit = table.attributes.get("limit")
    if limit and table.limit is None:
        hint = "Write a whole number from 1 on, as limit=20"
        place = _in_braces("limit", table, report)
        found.error("E211", f"limit= of a table: “{limit}” is no number of rows", place, hint)
    if table.types is None and (types := table.attributes.get("types")):
        from report_data.declared import DeclarationError, declarations

        headers = [column.header.text.strip() for column in table.columns]
        try:
            declarations(types, headers)
        except DeclarationError as problem:
            place = _in_braces("types", table, report)
            found.error("E210", f"types= of a table: {problem}", place, problem.hint)


def _in_braces(key: str, table: Table, report: Report) -> Span | None:
    """Return where a key of a table's attributes stands: below it in its caption, or above."""
    if table.span is None:
        return None
    lines = report.source.split("\n")
    below = range(table.span.end_line, min(table.span.end_line + _NEAR, len(lines)))
    wanted = re.compile(rf"\{{(?:[^{{}}]*[\s{{])?(?={key}=)")
    for number in (*below, table.span.line - 1):
        if found := wanted.search(lines[number]):
            column = found.end() + 1
            line = number + 1
            return Span(table.span.file, line, column, line, column + len(key))
    return table.span


def summarised(items: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the items with floods of one code cut short, the last one telling how many.

    Of notes, which ask for nothing, one of each code is enough.
    """
    counts: dict[str, int] = {}
    last: dict[str, int] = {}
    kept: list[Diagnostic] = []
    for item in items:
        count = counts[item.code] = counts.get(item.code, 0) + 1
        if count <= (1 if item.severity is Severity.NOTE else MAX_ALIKE):
            last[item.code] = len(kept)
            kept.append(item)
    for code, index in last.items():
        item = kept[index]
        more = counts[code] - (1 if item.severity is Severity.NOTE else MAX_ALIKE)
        if more > 0:
            kept[index] = replace(item, message=f"{item.message} (and {more} more like it)")
    return kept
