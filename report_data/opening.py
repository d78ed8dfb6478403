"""A source as a person names it in -> the Report.

A source is a path, a pattern (``reports/**/*.md``), the name of a bundled
report, ``-`` for standard input, or ``None`` for the bundled report.
"""

from __future__ import annotations

import glob
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from report_data.load import decode, load, load_text, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from report_data.model import Report

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "<stdin>"
"""What messages call it."""


def read_source(source: str | None) -> Report:
    """Read a report by path or bundled name, or from standard input.

    Raises:
        ReportErrors: the report is at fault.
        FileError: the file cannot be read.
    """
    if source != STANDARD_INPUT:
        return load(source)
    text = decode(read_bytes(sys.stdin.buffer, STANDARD_INPUT_NAME), STANDARD_INPUT_NAME)
    return load_text(text, name="report", folder=Path.cwd(), file=STANDARD_INPUT_NAME)


def expanded(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the sources with each pattern replaced by the files it matches, none twice.

    A pattern that matches nothing stays, so that reading it says so.
    """
    found: list[str] = []
    for source in sources:
        if glob.has_magic(source) and not os.path.exists(source):  # noqa: PTH110 - may be no path
            found += sorted(glob.glob(source, recursive=True)) or [source]  # noqa: PTH207 - keeps the spelling
        else:
            found.append(source)
    return tuple(dict.fromkeys(found))
