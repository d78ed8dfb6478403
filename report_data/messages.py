"""Diagnostics in -> text for a terminal: each with its place, source line, caret and remedy."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from report_data.diagnostics import Diagnostic, Span

LINE_CHARACTERS = 100
"""How much of a long source line is shown, the place in the middle third of it."""


def rendered(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str] | None = None) -> str:
    """Return the diagnostics one after the other, with source lines where they can be read.

    ``sources`` are texts by the names that the diagnostics call them, for what
    was not read from a file of that name (standard input, a bundled report).
    """
    return "\n".join(_rendered(item, sources or {}) for item in diagnostics)


def _rendered(item: Diagnostic, sources: Mapping[str, str]) -> str:
    place = f"{item.span}: " if item.span else ""
    parts = [f"{place}{item.severity.value}[{item.code}]: {item.message}"]
    if item.span is not None:
        text = sources.get(item.span.file)
        lines = _lines(item.span.file) if text is None else tuple(text.split("\n"))
        parts += _excerpt(item.span, lines)
    if item.hint:
        parts.append(f"  hint: {item.hint}")
    return "\n".join(parts)


def _excerpt(span: Span, lines: tuple[str, ...]) -> list[str]:
    """Return the source line with a caret under the place, or nothing if it cannot be read."""
    if not 1 <= span.line <= len(lines):
        return []
    line = lines[span.line - 1]
    start = min(max(span.column - 1, 0), len(line))
    end = span.end_column - 1 if span.end_line == span.line else start + 1
    end = min(max(end, start + 1), len(line) + 1)
    cut = max(0, start - LINE_CHARACTERS // 3) if len(line) > LINE_CHARACTERS else 0
    shown = _shown(line[cut : cut + LINE_CHARACTERS])
    before = _columns(_shown(line[cut:start]))
    marked = max(1, _columns(_shown(line[start : min(end, cut + LINE_CHARACTERS)])))
    number = str(span.line)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * before}{'^' * marked}"]


@lru_cache(maxsize=8)
def _lines(file: str) -> tuple[str, ...]:
    try:
        text = Path(file).read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        return ()
    return tuple(text.split("\n"))


def _shown(text: str) -> str:
    """Replace what would move the caret or the terminal: controls and formatting characters."""
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cf"} else char for char in text)


def _columns(text: str) -> int:
    """Return how many columns a terminal needs: two for a wide character (UAX #11)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
