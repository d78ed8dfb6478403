"""A path, a bundled name or a text -> a validated Report."""

from __future__ import annotations

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import TYPE_CHECKING

from report_data.diagnostics import Diagnostic, Diagnostics, FileError, Severity, Span
from report_data.limits import Limit
from report_data.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from report_data.model import Report

BUNDLED = Path(__file__).parent / "reports"
DEFAULT = "cpo_us_china"

_PART = 1 << 20
"""Bytes that are read at once."""


def load(path: str | os.PathLike[str] | None = None) -> Report:
    """Read a report and check it whole.

    ``path`` is a Markdown file; ``None`` or a bundled name (``cpo_us_china``)
    is a report that comes with the package. Warnings are in the report.

    Raises:
        ReportErrors: the report is at fault; carries everything that is wrong.
        FileError: the file cannot be read.
    """
    file = _locate(path)
    # Messages show the path as it was given, so that an editor can jump to it.
    shown = file.name if path is None else os.fspath(path)
    return load_text(
        decode(_read(file, shown), shown), name=file.stem, folder=file.parent, file=shown
    )


def load_text(
    text: str,
    *,
    name: str = "report",
    folder: str | os.PathLike[str] | None = None,
    file: str = "",
) -> Report:
    """Read a report from a text, such as standard input, and check it whole.

    ``folder`` is where its pictures lie; without one, none is read. ``file`` is
    what messages call the text.

    Raises:
        ReportErrors: the report is at fault; carries everything that is wrong.
    """
    # Imported here: a report built in Python needs no Markdown.
    from report_data.markdown.reader import read

    file = file or name
    found = Diagnostics()
    if len(text) > Limit.SOURCE_MB.get() * 1_000_000:
        message, hint = _too_large()
        found.error("E104", message, Span(file, 1), hint)
        found.raise_errors()
    if not text.strip("\ufeff \t\r\n"):
        found.error("E103", "the file is empty", Span(file, 1), "Write a heading and some text")
        found.raise_errors()
    where = None if folder is None else os.fspath(folder)
    report = read(text, name=name, file=file, folder=where, report=found)
    return validate(report, found)


def bundled() -> tuple[str, ...]:
    """Return the names of the reports that come with the package."""
    return tuple(sorted(path.stem for path in BUNDLED.glob("*.md")))


def _locate(path: str | os.PathLike[str] | None) -> Path:
    if path is None:
        return BUNDLED / f"{DEFAULT}.md"
    given = Path(path)
    if not given.exists() and os.fspath(path) in bundled():
        return BUNDLED / f"{path}.md"
    return given


def _read(file: Path, shown: str) -> bytes:
    try:
        if file.is_dir():
            raise _refused("E102", "this is a folder, not a report", shown, "Name a Markdown file")
        with file.open("rb") as source:
            return read_bytes(source, shown)
    except FileNotFoundError as problem:
        known = ", ".join(bundled())
        raise _refused(
            "E101",
            "there is no such file",
            shown,
            f"Check the name. Bundled reports: {known}",
        ) from problem
    except OSError as problem:
        raise _refused(
            "E102", f"the file cannot be read: {problem.strerror}", shown, "Check its permissions"
        ) from problem


def read_bytes(source: BinaryIO, shown: str) -> bytes:
    """Read an open source to its end, which one such as a device may not have.

    Raises:
        FileError: it is larger than the cap; messages call it ``shown``.
        OSError: it cannot be read.
    """
    limit = Limit.SOURCE_MB.get() * 1_000_000
    data = b"".join(_parts(source, limit + 1))
    if len(data) > limit:
        message, hint = _too_large()
        raise _refused("E104", message, shown, hint)
    return data


def _parts(source: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield what a file holds, at most so many bytes: `read` takes memory for all it is asked."""
    while part := source.read(min(most, _PART)):
        yield part
        most -= len(part)


def _too_large() -> tuple[str, str]:
    limit = Limit.SOURCE_MB
    return f"it is larger than {limit.get()} MB", f"Split it, or {limit.hint}"


def _refused(code: str, message: str, shown: str, hint: str) -> FileError:
    return FileError((Diagnostic(code, Severity.ERROR, message, Span(shown, 1), hint),))


def decode(data: bytes, shown: str) -> str:
    """Return the text that bytes are in UTF-8; raise `ReportErrors` naming the byte that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        found = Diagnostics()
        wide = data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)
        found.error(
            "E105",
            f"byte {problem.start} (0x{data[problem.start]:02X}) is not UTF-8"
            f"{': the file is UTF-16' if wide else ''}",
            Span(shown, line, column),
            "Save the file as UTF-8: editors call it “UTF-8” or “Unicode (UTF-8)”",
        )
        found.raise_errors()
        raise AssertionError from problem
