"""Rows of a plan in -> their SpreadsheetML as text, byte for byte as openpyxl writes its cells.

No cell objects: one template string a cell. Cells are inline strings (ECMA-376
part 1, 18.3.1.53), so nothing grows with the number of texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, TypeAlias

from openpyxl.utils import get_column_letter

from exporters.excel.plan import Numbers, Style, Texts, Total, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from exporters.excel.plan import Cell, Chunk, ChunkColumn, Row, TextRun

_SPECIAL = re.compile(r"[&<>]|_x[0-9A-Fa-f]{4}_")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

TOOL_FAMILY = 5
"""The font family (decorative, ECMA-376 part 1, 18.8.18) of runs whose words are the tool's own.

No host looks at it for a font that it has; `read` tells our words from the report's by it.
"""

_FAMILY = 2


_MARKS = ("&", "<", ">", "_x")

_Part: TypeAlias = "str | Sequence[str]"
"""A piece of each row: the same for all of them, or one each."""


class Sink(Protocol):
    """What rows give off: style numbers asked for, cells with links and notes told of."""

    def style(self, style: Style) -> int:
        """Return the number of a style."""

    def font(self, run: TextRun, style: Style) -> tuple[str, float]:
        """Return the font name and size of a run."""

    def formula(self, total: Total) -> str:
        """Return the formula of a total, without the sign of equality."""

    def special(self, reference: str, cell: Cell) -> None:
        """Take note of a cell that has a link or a note."""


def escape(text: str) -> str:
    """Return a text with what reads as an escape escaped: ``_x0041_`` would show as A.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    """
    return _ESCAPED.sub("_x005F_", text)


class RowWriter:
    """Spells the rows of one sheet, numbered from 1."""

    def __init__(self, columns: int, sink: Sink) -> None:
        self._letters = [get_column_letter(index) for index in range(1, columns + 1)]
        self._sink = sink
        self._next = 1
        self._styles: dict[int, tuple[str, Style]] = {}

    def rows(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield the element of each row."""
        for row in rows:
            number = self._next
            self._next += 1
            cells = "".join(
                self._cell(letter, number, cell)
                for letter, cell in zip(self._letters, row.cells, strict=False)
                if cell is not None
            )
            yield f'<row r="{number}"{_height(row.height)}>{cells}</row>'

    def chunks(self, chunks: Iterable[Chunk]) -> Iterator[str]:
        """Yield the rows of each chunk as one text."""
        for chunk in chunks:
            numbers = [*map(str, range(self._next, self._next + chunk.length))]
            self._next += chunk.length
            heights: _Part = ""
            if chunk.heights:
                own = chunk.heights.get
                heights = [_height(own(place)) for place in range(chunk.length)]
            parts: list[_Part] = ['<row r="', numbers, '"', heights, ">"]
            for letter, column in zip(self._letters, chunk.columns, strict=True):
                parts += [f'<c r="{letter}', numbers, *self._rest(letter, numbers, column)]
            parts.append("</row>")
            yield _woven(parts, chunk.length)

    def _rest(self, letter: str, numbers: Sequence[str], column: ChunkColumn) -> Sequence[_Part]:
        """Return what stands in the cells of a column after their references."""
        if isinstance(column, Texts):
            start = f'{self._styled(column.style)} t="inlineStr"><is><t>'
            return start, _all_escaped(column.texts), "</t></is></c>"
        if isinstance(column, Numbers):
            if isinstance(column.style, Style):
                return f'{self._styled(column.style)} t="n"><v>', column.values, "</v></c>"
            return [*map(self._styled, column.style)], ' t="n"><v>', column.values, "</v></c>"
        rests: dict[int, str] = {}
        for number, cell in zip(numbers, column, strict=True):
            if cell.link is not None or cell.note is not None:
                self._sink.special(f"{letter}{number}", cell)
            if id(cell) not in rests:
                rests[id(cell)] = self._cell_rest(cell)
        return ([rests[id(cell)] for cell in column],)

    def _cell(self, letter: str, number: int, cell: Cell) -> str:
        if cell.link is not None or cell.note is not None:
            self._sink.special(f"{letter}{number}", cell)
        return f'<c r="{letter}{number}{self._cell_rest(cell)}'

    def _cell_rest(self, cell: Cell) -> str:
        """Return what stands in a cell after its reference."""
        content, style = cell.content, cell.style
        start = self._styled(style)
        if isinstance(content, str):
            return f'{start} t="inlineStr"><is>{_t(content)}</is></c>'
        if content is None:
            return f'{start} t="n"></c>'
        if isinstance(content, Total):
            formula = _escaped(self._sink.formula(content))
            return f"{start}><f>{formula}</f><v>{spelled(content.value)}</v></c>"
        if isinstance(content, tuple):
            runs = "".join(_run(run, style, self._sink) for run in content)
            return f'{start} t="inlineStr"><is>{runs}</is></c>'
        return f'{start} t="n"><v>{spelled(content)}</v></c>'

    def _styled(self, style: Style) -> str:
        known = self._styles.get(id(style))
        if known is None:  # the style is kept too: an id lives as long as its object
            known = self._styles[id(style)] = (f'" s="{self._sink.style(style)}"', style)
        return known[0]


def _woven(parts: Iterable[_Part], rows: int) -> str:
    """Return rows made of parts: a text that all of them have, or one for each."""
    merged: list[_Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, str) and isinstance(last, str):
            merged[-1] = last + part
        else:
            merged.append(part)
    step = len(merged)
    pieces = [""] * (rows * step)
    for place, part in enumerate(merged):
        pieces[place::step] = [part] * rows if isinstance(part, str) else part
    return "".join(pieces)


def _height(height: float | None) -> str:
    return f' ht="{height:g}" customHeight="1"' if height is not None else ""


def _all_escaped(texts: Sequence[str]) -> Sequence[str]:
    """Escape texts of one line each, where any of them needs it."""
    joined = "".join(texts)
    if any(mark in joined for mark in _MARKS):
        return _escaped("\n".join(texts)).split("\n")
    return texts


def _escaped(text: str) -> str:
    text = _ESCAPED.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _t(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    if _SPECIAL.search(text):
        text = _escaped(text)
    return f"<t{space}>{text}</t>"


def _run(run: TextRun, style: Style, sink: Sink) -> str:
    """Spell a run with all of its look, because a run without any has the host's own."""
    font, size = sink.font(run, style)
    marks = "".join(
        f'<{name} val="1"/>'
        for name, is_set in (
            ("b", run.bold or style.bold),
            ("i", run.italic or style.italic),
            ("strike", run.strike or style.strike),
        )
        if is_set
    )
    under = '<u val="single"/>' if run.underline or style.underline else ""
    raised = f'<vertAlign val="{run.baseline}"/>' if run.baseline else ""
    family = TOOL_FAMILY if run.furniture else _FAMILY
    return (
        f"<r><rPr>{marks}{under}{raised}"
        f'<sz val="{size:g}"/><color rgb="FF{run.color or style.color}"/>'
        f'<rFont val="{font}"/><family val="{family}"/></rPr>{_t(run.text)}</r>'
    )
