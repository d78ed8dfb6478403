"""Real texts for the benchmarks: the bundled report, and others' reports where they are found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report_data.load import load
from report_data.model import Figure, Heading, Paragraph, Section, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.model import Report

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "docs"


def reports() -> Iterator[tuple[str, Report]]:
    """Yield the bundled report, then those of the corpus, each with its name."""
    yield ("bundled", load())
    if CORPUS.is_dir():
        for path in sorted(CORPUS.glob("*.md")):
            yield (path.stem, load(path))


def paragraphs(report: Report) -> Iterator[str]:
    """Yield the text of a report by paragraph, title, cell and caption."""
    for node in report.walk():
        if isinstance(node, Paragraph | Heading):
            yield plain(node.content)
        elif isinstance(node, Section):
            yield plain(node.title)
        elif isinstance(node, Figure):
            yield plain(node.caption)
        elif isinstance(node, Table):
            yield from (cell.text for row in node.rows for cell in row)
