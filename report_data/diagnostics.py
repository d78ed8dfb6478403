"""What is wrong, where, and what to do: collected all at once, never one at a time.

The tree of exceptions that the product raises on purpose::

    TriptychError               anything this product says on purpose
    ├── ReportErrors            the report or an output is at fault (exit status 1)
    └── FileError             a file could not be read or written (exit status 3)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Severity(Enum):
    """How bad it is: an error stops the export, a warning does not unless ``--strict``.

    A note says what was done by a documented rule (a comment left out); nothing
    is wrong, and ``--strict`` does not mind it.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(Struct, frozen=True, order=True, gc=False):
    """A place in a source file: 1-based lines and columns, the end exclusive.

    Columns count characters (code points), as editors do.
    """

    file: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column``, the form that editors can jump to."""
        return f"{self.file}:{self.line}:{self.column}"


class Diagnostic(Struct, frozen=True, gc=False):
    """One thing to tell the author: a code, a sentence, its place and its remedy."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str = ""

    def __str__(self) -> str:
        """Return one line in the form ``file:line:column: error[code]: message. hint``."""
        place = f"{self.span}: " if self.span else ""
        hint = f". {self.hint}" if self.hint else ""
        return f"{place}{self.severity.value}[{self.code}]: {self.message}{hint}"


class Diagnostics(Struct):
    """A collector that every stage of a run appends to."""

    items: list[Diagnostic] = field(default_factory=list)

    def error(self, code: str, message: str, span: Span | None = None, hint: str = "") -> None:
        """Record something that must stop the export."""
        self.items.append(Diagnostic(code, Severity.ERROR, message, span, hint))

    def warn(self, code: str, message: str, span: Span | None = None, hint: str = "") -> None:
        """Record something the author should know; the export goes on."""
        self.items.append(Diagnostic(code, Severity.WARNING, message, span, hint))

    def note(self, code: str, message: str, span: Span | None = None, hint: str = "") -> None:
        """Record something done by a documented rule, which the author need not mind."""
        self.items.append(Diagnostic(code, Severity.NOTE, message, span, hint))

    def extend(self, items: Iterable[Diagnostic]) -> None:
        """Take over what another stage recorded."""
        self.items.extend(items)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Return the errors only, in the order of the source."""
        return tuple(item for item in self.in_order() if item.severity is Severity.ERROR)

    def in_order(self) -> list[Diagnostic]:
        """Return all, sorted by place; what has no place comes last."""
        return sorted(self.items, key=_place)

    def raise_errors(self) -> None:
        """Raise `ReportErrors` with everything recorded when there is an error among it."""
        if self.errors:
            raise ReportErrors(tuple(self.in_order()))

    def __iter__(self) -> Iterator[Diagnostic]:
        """Iterate over all, in the order of the source."""
        return iter(self.in_order())

    def __len__(self) -> int:
        """Return how many were recorded."""
        return len(self.items)


def _place(item: Diagnostic) -> tuple[bool, str, int, int]:
    if item.span is None:
        return (True, "", 0, 0)
    return (False, item.span.file, item.span.line, item.span.column)


class TriptychError(Exception):
    """Anything that this product says on purpose."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(str(item) for item in diagnostics))
        self.diagnostics = diagnostics


class ReportErrors(TriptychError):
    """The report or an output is at fault; carries every diagnostic, warnings too."""


class FileError(TriptychError):
    """A file could not be read or written."""
