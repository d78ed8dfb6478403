"""What went into a run and what came out -> a manifest that names both by their hashes.

It holds no time, no absolute path and nothing of the machine: the same inputs
give the same manifest.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporters.disk import file_hash
from report_data.model import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.settings import Settings
    from report_data.model import Report

LIBRARIES = ("python-pptx", "reportlab", "openpyxl", "lxml", "markdown-it-py", "uharfbuzz")
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
        "inputs": [_source(report), *_files(_pictures(report)), *_files(settings.fonts)],
        "outputs": _files(outputs),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in LIBRARIES}


def _source(report: Report) -> dict[str, Any]:
    data = (report.source or repr(report)).encode("utf-8", "surrogatepass")
    name = Path(report.file).name if report.file else report.name
    return {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _pictures(report: Report) -> list[Path]:
    paths = (node.path for node in report.walk() if isinstance(node, Figure))
    return [Path(path) for path in dict.fromkeys(paths) if path is not None]


def _files(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [
        {"name": path.name, "bytes": path.stat().st_size, "sha256": file_hash(path)}
        for path in paths
    ]
