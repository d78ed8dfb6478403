"""The text of a source file -> places (spans) in it."""

from __future__ import annotations

from msgspec import Struct, field

from report_data.diagnostics import Diagnostics, Span


class Source(Struct):
    """A source text by lines, and the collector for what is wrong in it.

    Lines and columns in the methods count from 0, as the parser does; spans
    count from 1, as editors do.
    """

    file: str
    lines: list[str]
    diagnostics: Diagnostics
    folder: str | None = None
    removed: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Columns of characters that cleaning took out, by line, in the text as read."""

    def line(self, number: int) -> str:
        """Return a line, or ``""`` past the end."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def span(self, line: int, column: int = 0, length: int = 0) -> Span:
        """Return the span of ``length`` characters on one line."""
        if line not in self.removed:
            return Span(self.file, line + 1, column + 1, line + 1, column + length + 1)
        start = self._as_read(line, column)
        end = self._as_read(line, column + length)
        return Span(self.file, line + 1, start + 1, line + 1, end + 1)

    def block(self, start: int, end: int, column: int = 0) -> Span:
        """Return the span of the lines ``start`` to ``end`` (exclusive), blank ends left out."""
        last = max(start, min(end, len(self.lines)) - 1)
        text = self.line(last).rstrip()
        while not text and last > start:
            last -= 1
            text = self.line(last).rstrip()
        if not self.removed:
            return Span(self.file, start + 1, column + 1, last + 1, len(text) + 1)
        stop = self._as_read(last, len(text))
        return Span(self.file, start + 1, self._as_read(start, column) + 1, last + 1, stop + 1)

    def find(self, needle: str, start: int, end: int, column: int = 0) -> Span:
        """Return where a text stands in a range of lines; the range's first line if nowhere.

        ``column`` is where to begin in the first of them.
        """
        for number in range(start, max(end, start + 1)):
            column = self.line(number).find(needle, column if number == start else 0)
            if column >= 0:
                return self.span(number, column, len(needle))
        line = self.line(start)
        return self.span(start, len(line) - len(line.lstrip()))

    def _as_read(self, line: int, column: int) -> int:
        """Return a column of the cleaned line as a column of the line as read."""
        for gone in self.removed.get(line, ()):
            if gone > column:
                break
            column += 1
        return column
