"""``::: {.table src=file.csv #id} caption`` -> a table whose rows stay in the data file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report_data.images import inside_folder
from report_data.model import Cell, Column, Run, Table
from report_data.sources.source import SourceError, SourceRows

if TYPE_CHECKING:
    from report_data.diagnostics import Span
    from report_data.ids import BlockId
    from report_data.markdown.boxes import BoxHead
    from report_data.markdown.source import Source
    from report_data.model import RichText
    from report_data.sources.source import Source as DataSource


def data_table(
    head: BoxHead, identifier: BlockId, caption: RichText, source: Source, span: Span
) -> Table | None:
    """Return the table of a data file inside the report's folder, or ``None`` with an error."""
    attributes = head.braces.attributes
    try:
        data = _open(attributes.get("src"), dict(attributes.pairs), source.folder, span)
    except SourceError as problem:
        source.diagnostics.error("E190", str(problem), span, problem.hint)
        return None
    except (OSError, ValueError, RuntimeError) as problem:  # no name of a file, links in a circle
        reason = problem.strerror if isinstance(problem, OSError) else type(problem).__name__
        message = f"the data file cannot be read: {reason}"
        source.diagnostics.error("E190", message, span, "Check its name and its permissions")
        return None
    for note in data.notes:
        source.diagnostics.warn(
            "W190", note, span, "Save it as UTF-8 to be sure of every character"
        )
    for other in data.others:
        source.diagnostics.warn("W191", other, span, "They stay text; correct them, or types=")
    return Table(
        id=identifier,
        span=span,
        attributes=attributes,
        columns=tuple(Column(Cell((Run(name),) if name else (), span)) for name in data.headers),
        rows=SourceRows(data),
        caption=caption,
        types=data.types,
    )


def _open(address: str, options: dict[str, str], folder: str | None, span: Span) -> DataSource:
    from report_data.sources import open_source

    if folder is None:
        raise SourceError("a report without a folder has no data files", "Save it as a file first")
    path = inside_folder(Path(folder).resolve(), address)
    if path is None:
        raise SourceError(
            "the data file lies outside the report's folder", "Copy it into the report's folder"
        )
    return open_source(path, options, span)
