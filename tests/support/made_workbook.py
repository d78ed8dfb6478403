"""A report, or a few lines of Markdown, in -> its workbook with all that it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from exporters.context import Context
from exporters.excel import exporter
from exporters.furniture import furniture_for
from exporters.names import name_report
from exporters.theme import Theme
from report_data.audience import for_format
from report_data.load import load_text
from report_data.model import Report

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.layout.fonts import FontSet

FORMATS = frozenset({"pptx", "pdf", "xlsx"})


class MadeWorkbook:
    """A workbook with all that it was made from."""

    def __init__(self, source: str | Report, fonts: FontSet, path: Path) -> None:
        report = source if isinstance(source, Report) else load_text(source)
        words = furniture_for(report.meta.lang)
        self.report = for_format(report, "xlsx")
        self.context = Context(Theme(), fonts, words, name_report(report, words), FORMATS)
        self.plan = exporter.plan(self.report, self.context)
        self.path = path
        exporter.write(self.plan, path)

    @property
    def codes(self) -> list[str]:
        """Return the codes of what the exporter had to say."""
        return [item.code for item in self.context.diagnostics]


class MakeWorkbook(Protocol):
    """Makes a workbook of a report, or of Markdown."""

    def __call__(self, source: str | Report, /) -> MadeWorkbook:
        """Plan and write it."""
