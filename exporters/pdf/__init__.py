"""A Report in -> a printable, tagged PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from exporters.memory import all_stays

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.context import Context
    from exporters.pdf.plan import Document
    from exporters.reading import Reading
    from report_data.model import Report


class Options(Struct, frozen=True):
    """How the PDF is laid out."""

    paper: Literal["a4", "letter"] = "a4"
    sides: Literal["one", "two"] = "one"
    """Two: the inner margins are wider than the outer, for binding."""
    attached: tuple[Path, ...] = ()
    """Files of the same run that say the same: each goes into the PDF."""


class PdfExporter:
    """The PDF: PDF/UA-1 and PDF/A-3a in one file."""

    name = "pdf"
    unit = "pages"

    def plan(self, report: Report, context: Context, options: Options | None = None) -> Document:
        """Lay the report out on pages; a character that no face has is a warning W301."""
        from exporters.layout.missing import missing_in_report
        from exporters.pdf.pages import SIZES, plan, with_files

        excerpts = "xlsx" in context.formats
        found = missing_in_report(report, context.fonts, excerpts=excerpts)
        context.diagnostics.extend(found)
        with all_stays():
            chosen = options or Options()
            two_sided = chosen.sides == "two"
            made = plan(report, context, SIZES[chosen.paper], two_sided=two_sided)
        return with_files(made, chosen.attached)

    def write(self, plan: Document, path: Path) -> None:
        """Write the pages to a file; OSError when that fails."""
        from exporters.pdf.write import write

        with all_stays():
            write(plan, path)

    def read(self, path: Path) -> Reading:
        """Read a file's texts back in reading order."""
        from exporters.pdf.read import read

        return read(path)


exporter = PdfExporter()
