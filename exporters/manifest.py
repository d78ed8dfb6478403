"""What went into a run and what came out -> a manifest that names both by their hashes.

It holds no time, no absolute path and nothing of the machine: the same inputs
give the same manifest.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporters.disk import file_hash
from exporters.settings import data_files
from report_data.model import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.settings import Settings
    from report_data.model import Report

LIBRARIES = (
    "python-pptx",
    "reportlab",
    "openpyxl",
    "lxml",
    "markdown-it-py",
    "uharfbuzz",
    "resvg_py",
)
"""Those whose versions may change the bytes of an output."""


def manifest(
    report: Report, settings: Settings, set_id: str, version: str, outputs: Sequence[Path]
) -> bytes:
    """Return the manifest of a set as JSON in UTF-8, ending with a newline."""
    content: dict[str, Any] = {
        "triptych": version,
        "set": set_id,
        "libraries": _versions(),
        "settings": {
            "formats": list(settings.formats),
            "theme": Path(settings.theme).name,
            "paper": settings.paper,
            "sides": settings.sides,
            "attach_workbook": settings.attach_workbook,
            "notes": settings.notes,
        },
        "inputs": [_source(report), *_files(_inputs(report, settings))],
        "outputs": _files(outputs),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")  # a name in no encoding, as JSON escapes it


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in LIBRARIES}


def _source(report: Report) -> dict[str, Any]:
    data = (report.source or repr(report)).encode("utf-8", "surrogatepass")
    name = Path(report.file).name if report.file else report.name
    with suppress(OSError, ValueError):  # what was read of the file is its text, without a mark
        given = Path(report.file).read_bytes() if report.file else data
        data = given if given == codecs.BOM_UTF8 + data else data
    return {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _inputs(report: Report, settings: Settings) -> list[Path]:
    """Return the pictures, data files, fonts, theme and template that files are made from."""
    pictures = (figure.path for figure in report.every(Figure))
    chosen = [path for path in (Path(settings.theme), settings.template) if path is not None]
    paths = [Path(path) for path in pictures if path is not None]
    paths += [*(path for path, _ in data_files(report)), *settings.fonts]
    return [*dict.fromkeys(paths), *(path for path in chosen if path.is_file())]


def _files(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [
        {"name": path.name, "bytes": path.stat().st_size, "sha256": file_hash(path)}
        for path in paths
    ]
