r"""A Report -> the same for formats that set no formulas: these as text that reads without TeX.

``$x_i^2 \le \alpha$`` becomes runs: italic letters, signs, indices and powers. What no line
of text can say, a matrix, an index of an index, stays as its author wrote it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from report_data.model import (
    INSIDE,
    Box,
    Definition,
    Figure,
    Heading,
    Mark,
    MathBlock,
    Paragraph,
    Run,
    Section,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from report_data.model import Cell, Column, Inline, Report, RichText
    from report_data.tex.line import Part

_N = TypeVar("_N")

_SCRIPTS = {"": Mark.NONE, "^": Mark.SUPERSCRIPT, "_": Mark.SUBSCRIPT}

_SMALL = {
    "^": str.maketrans("0123456789+−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "_": str.maketrans("0123456789+−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
"""Characters that are small by themselves: scripts of scripts, for which there is no mark."""

_CONTENT: dict[type, str] = {
    Section: "title",
    Heading: "content",
    Paragraph: "content",
    Definition: "term",
    Box: "label",
    Figure: "caption",
    Table: "caption",
}
"""Where nodes hold rich text of their own."""


def in_words(report: Report) -> Report:
    """Return the report without what only TeX reads; the same one where it holds no formula."""
    if report.source and "$" not in report.source and "\\" not in report.source:
        return report
    children, notes = _nodes(report.children), _nodes(report.notes)
    if children is report.children and notes is report.notes:
        return report
    return replace(report, children=children, notes=notes)


def _nodes(nodes: tuple[_N, ...]) -> tuple[_N, ...]:
    made = tuple(map(_node, nodes))
    return nodes if all(map(_is, made, nodes)) else made


def _is(one: object, other: object) -> bool:
    return one is other


def _node(node: Any) -> Any:  # noqa: ANN401 - a node of any type -> one that stands for it
    if isinstance(node, MathBlock):
        runs = _runs(node.text, Run(node.text))
        if runs is None:
            return node
        return Paragraph(id=node.id, span=node.span, attributes=node.attributes, content=runs)
    changed: dict[str, object] = {}
    if inside := INSIDE.get(type(node)):
        changed[inside] = _nodes(getattr(node, inside))
    if own := _CONTENT.get(type(node)):
        changed[own] = _content(getattr(node, own))
    if isinstance(node, Table) and node.types is None:  # a data file has texts only
        changed |= {"columns": _columns(node.columns), "rows": _rows(node.rows)}
    return _with(node, **changed)


def _rows(rows: Sequence[tuple[Cell, ...]]) -> Sequence[tuple[Cell, ...]]:
    made = tuple(map(_cells, rows))
    return rows if all(map(_is, made, rows)) else made


def _cells(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    made = tuple(
        cell if (own := _content(cell.content)) is cell.content else replace(cell, content=own)
        for cell in row
    )
    return row if all(map(_is, made, row)) else made


def _columns(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    headers = (_with(one.header, content=_content(one.header.content)) for one in columns)
    made = tuple(_with(one, header=head) for one, head in zip(columns, headers, strict=True))
    return columns if all(map(_is, made, columns)) else made


def _with(node: _N, **changed: object) -> _N:
    """Return a node with other attributes, itself where they are what they were."""
    new = {name: value for name, value in changed.items() if value is not getattr(node, name)}
    return replace(node, **new) if new else node  # type: ignore[type-var]


def _content(content: RichText) -> RichText:
    if not any(isinstance(item, Run) and item.marks & Mark.MATH for item in content):
        return content
    made: list[Inline] = []
    for item in content:
        if isinstance(item, Run) and item.marks & Mark.MATH:
            made += _runs(item.text, item) or (item,)
        else:
            made.append(item)
    return tuple(made)


def _runs(tex: str, run: Run) -> RichText | None:
    """Return what a formula says as runs like another; ``None`` where no line can say it."""
    from report_data.tex.line import line_of
    from report_data.tex.tree import Unknown

    try:
        parts = list(_shown(line_of(tex)))
    except Unknown:
        return None
    marks = run.marks & ~Mark.MATH
    runs = [
        replace(run, text="".join(text for text, _ in same), marks=marks | look)
        for look, same in groupby(parts, key=lambda part: part[1])
    ]
    return tuple(runs) or None


def _shown(parts: Sequence[Part]) -> Iterator[tuple[str, Mark]]:
    """Yield the text and the look of parts.

    A script of a script is spelled in small characters, and so is one of a figure: 10³,
    lest somebody who copies it has 103.

    Raises:
        Unknown: There are no characters or marks for one.
    """
    from report_data.tex.tree import Unknown

    before = ""
    for scripts, same in groupby(parts, key=lambda part: part.scripts):
        spelled = scripts[1:] or (scripts if before[-1:].isdigit() else "")
        marks = _SCRIPTS[scripts.removesuffix(spelled)] if spelled != scripts else Mark.NONE
        for part in same:
            text, look = part.text, marks
            if part.over or len(spelled) > 1:
                raise Unknown
            if spelled:
                text = text.translate(_SMALL[spelled])
                if set(text) & set(part.text):
                    raise Unknown
            elif part.italic:
                look |= Mark.ITALIC
            if part.bold:
                look |= Mark.BOLD
            yield text, look
        before = "" if scripts else text
