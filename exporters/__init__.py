"""One Report in -> a deck, a PDF and a workbook that say the same, and the proof of it.

The interface from Python::

    from pathlib import Path

    import exporters
    import report_data

    report = report_data.load("report.md")
    settings = exporters.Settings(formats=("pptx", "pdf"), output=Path("out"))
    result = exporters.export(report, settings)
    for document in result.documents:
        print(document.path, document.count, document.unit)

`exporters.export` raises `report_data.diagnostics.ReportErrors` when the report or a
finished file is at fault and `report_data.diagnostics.FileError` when something
cannot be read or written; both carry every diagnostic.
"""

from exporters.export import Document, ExportResult, export
from exporters.settings import Settings

__all__ = ["Document", "ExportResult", "Settings", "export"]
