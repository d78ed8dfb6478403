"""A language in -> a commented sample report to start from."""

from __future__ import annotations

from pathlib import Path

from report_data.diagnostics import Diagnostic, FileError, Severity, Span

LANGUAGES = ("zh-Hans", "en")
"""The languages that a sample is written in."""

_FOLDER = Path(__file__).parent / "samples"


def sample(language: str) -> str:
    """Return the sample report in a language of `LANGUAGES`."""
    return (_FOLDER / f"{language}.md").read_text(encoding="utf-8")


def write_sample(path: Path, language: str) -> None:
    """Write the sample to a file that does not exist yet. Raises `FileError`."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(sample(language))
    except FileExistsError as error:
        raise _refused("E106", "there is a file of this name", path, "Name another") from error
    except OSError as error:
        message = f"the file cannot be written: {error.strerror}"
        raise _refused("E107", message, path, "Check the folder") from error


def _refused(code: str, message: str, path: Path, hint: str) -> FileError:
    return FileError((Diagnostic(code, Severity.ERROR, message, Span(str(path), 1), hint),))
