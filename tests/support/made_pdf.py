"""A report, or a few lines of Markdown, in -> its PDF with all that it was made from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pdf_rules import broken_rules

from exporters.context import Context
from exporters.furniture import furniture_for
from exporters.layout.fonts import FontSet
from exporters.names import name_report
from exporters.pdf import Options, exporter
from exporters.pdf.plan import Text
from exporters.theme import Theme
from report_data.audience import for_format
from report_data.load import load_text
from report_data.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporters.pdf.plan import Document, Item, Page
    from exporters.reading import Reading
    from report_data.model import Language

FORMATS = frozenset({"pptx", "pdf", "xlsx"})


@cache
def fonts_for(language: Language) -> FontSet:
    """Return the bundled faces for a language, opened once."""
    return FontSet(language=language)


class MadePdf:
    """A plan of pages with what it was made from; `write` and `read` go through a file."""

    def __init__(
        self,
        source: str | Report,
        folder: Path | None = None,
        options: Options | None = None,
        formats: frozenset[str] = FORMATS,
        fonts: FontSet | None = None,
        theme: Theme | None = None,
    ) -> None:
        report = source if isinstance(source, Report) else load_text(source, folder=folder)
        words = furniture_for(report.meta.lang)
        self.report = for_format(report, "pdf")
        self.context = Context(
            theme or Theme(),
            fonts or fonts_for(report.meta.lang),
            words,
            name_report(report, words),
            formats,
        )
        self.plan: Document = exporter.plan(self.report, self.context, options)

    def write(self, path: Path) -> Path:
        """Write the file, which must keep every rule of conformance; return its path."""
        exporter.write(self.plan, path)
        assert broken_rules(path) == []
        return path

    def read(self, path: Path) -> Reading:
        """Write the file and read it back."""
        return exporter.read(self.write(path))

    @property
    def codes(self) -> list[str]:
        """Return the codes of what the exporter had to say."""
        return [item.code for item in self.context.diagnostics]

    def lines(self, page: int) -> list[str]:
        """Return the texts of a page, one a line, from 0."""
        return lines_of(self.plan.pages[page])

    def tree(self) -> list[str]:
        """Return the structure as indented tags, in the order in which it was planned."""
        depths: list[int] = []
        shown = []
        for element in self.plan.structure:
            depths.append(0 if element.parent < 0 else depths[element.parent] + 1)
            shown.append("  " * depths[-1] + element.tag)
        return shown


def items_of(page: Page) -> Iterator[tuple[float, float, Item]]:
    """Yield the items of a page, each with the corner of its band."""
    for band in page.bands:
        for item in band.items:
            yield band.x, band.y, item


def element_of(item: Text) -> int:
    """Return the structure element that a line begins with."""
    if item.element is not None:
        return item.element
    return item.fragments[0].tag.element  # type: ignore[attr-defined,no-any-return]


def is_content(item: Text) -> bool:
    """Return whether a text is the report's, not an artifact."""
    return element_of(item) >= 0


def lines_of(page: Page) -> list[str]:
    """Return the texts of a page, one a line."""
    return [
        "".join(fragment.text for fragment in item.fragments)
        for _, _, item in items_of(page)
        if isinstance(item, Text)
    ]
