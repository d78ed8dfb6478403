"""Rows of a plan in -> their SpreadsheetML as text, byte for byte as openpyxl writes its cells.

No cell objects: one template string a cell. Cells are inline strings (ECMA-376
part 1, 18.3.1.53), so nothing grows with the number of texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exporters.excel.plan import Cell, Row, Style, TextRun

_SPECIAL = re.compile(r"[&<>]|_x[0-9A-Fa-f]{4}_")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

TOOL_FAMILY = 5
"""The font family (decorative, ECMA-376 part 1, 18.8.18) of runs whose words are the tool's own.

No host looks at it for a font that it has; `read` tells our words from the report's by it.
"""

_FAMILY = 2


class Sink(Protocol):
    """What rows give off: style numbers asked for, cells with links and notes told of."""

    def style(self, style: Style) -> int:
        """Return the number of a style."""

    def font(self, run: TextRun, style: Style) -> tuple[str, float]:
        """Return the font name and size of a run."""

    def special(self, reference: str, cell: Cell) -> None:
        """Take note of a cell that has a link or a note."""


def escape(text: str) -> str:
    """Return a text with what reads as an escape escaped: ``_x0041_`` would show as A.

    ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
    """
    return _ESCAPED.sub("_x005F_", text)


def rows_xml(rows: Iterable[Row], first: int, columns: int, sink: Sink) -> Iterator[str]:
    """Yield each row's element, numbered from ``first``."""
    letters = [get_column_letter(index) for index in range(1, columns + 1)]
    numbers: dict[int, tuple[str, Style]] = {}
    for number, row in enumerate(rows, first):
        height = f' ht="{row.height:g}" customHeight="1"' if row.height is not None else ""
        parts = [f'<row r="{number}"{height}>']
        for letter, cell in zip(letters, row.cells, strict=False):
            if cell is None:
                continue
            content, style, link, note = cell
            known = numbers.get(id(style))
            if known is None:  # the style is kept too: an id lives as long as its object
                known = numbers[id(style)] = (f'" s="{sink.style(style)}"', style)
            styled = known[0]
            if link is not None or note is not None:
                sink.special(f"{letter}{number}", cell)
            if isinstance(content, str):
                parts.append(
                    f'<c r="{letter}{number}{styled} t="inlineStr"><is>{_t(content)}</is></c>'
                )
            elif content is None:
                parts.append(f'<c r="{letter}{number}{styled} t="n"></c>')
            elif isinstance(content, tuple):
                runs = "".join(_run(run, style, sink) for run in content)
                parts.append(f'<c r="{letter}{number}{styled} t="inlineStr"><is>{runs}</is></c>')
            else:
                parts.append(f'<c r="{letter}{number}{styled} t="n"><v>{content:.16g}</v></c>')
        parts.append("</row>")
        yield "".join(parts)


def _t(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    if _SPECIAL.search(text):
        text = _ESCAPED.sub("_x005F_", text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
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
        f'<r><rPr><rFont val="{font}"/><family val="{family}"/>{marks}'
        f'<color rgb="FF{run.color or style.color}"/><sz val="{size:g}"/>{under}{raised}</rPr>'
        f"{_t(run.text)}</r>"
    )
