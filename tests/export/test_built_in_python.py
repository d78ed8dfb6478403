"""Reports built in Python, through `export`: documents, or a diagnostic for each fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exporters import Settings, export
from report_data.diagnostics import ReportErrors
from report_data.ids import BlockId
from report_data.model import (
    Box,
    Cell,
    CodeBlock,
    Column,
    Figure,
    Labelled,
    List,
    Meta,
    NoteRef,
    Paragraph,
    Quote,
    Reference,
    Report,
    Run,
    Section,
    Table,
)

if TYPE_CHECKING:
    from pathlib import Path

CELL = Cell((Run("a"),))


def _with(*nodes: Any, **meta: Any) -> Report:  # noqa: ANN401  what is wrong in them is the point
    return Report(meta=Meta(**{"title": "T", **meta}), children=nodes)


def _paragraph(identifier: str, *content: Any) -> Paragraph:  # noqa: ANN401  as above
    return Paragraph(id=BlockId(identifier), content=content)


def _table(**values: Any) -> Table:  # noqa: ANN401  as above
    whole = {"id": BlockId("t"), "columns": (Column(CELL),), "rows": ((CELL,),)}
    return Table(**{**whole, **values})


MALFORMED = {
    "E201 two of one id": _with(_paragraph("a", Run("x")), _paragraph("a", Run("y"))),
    "E207 no columns": _with(_table(columns=(), rows=())),
    "E207 uneven": _with(_table(rows=((CELL, CELL),))),
    "E207 types": _with(_table(types=())),
    "E208 no note": _with(_paragraph("a", NoteRef(BlockId("n"), 1))),
    "E208 no target": _with(_paragraph("a", Reference(BlockId("n")))),
    "E208 scheme": _with(_paragraph("a", Run("x", link="javascript:alert(1)"))),
    "E208 caption": _with(_table(caption=(Run("x", link="#nothing"),))),
    "E209 text for content": _with(Paragraph(id=BlockId("a"), content="x")),  # type: ignore[arg-type]
    "E209 no content": _with(Paragraph(id=BlockId("a"), content=None)),  # type: ignore[arg-type]
    "E209 text for a block": _with("x"),
    "E209 a block for an item": _with(
        List(id=BlockId("l"), ordered=False, items=(_paragraph("a", Run("x")),))  # type: ignore[arg-type]
    ),
    "E209 a section in a quote": _with(
        Quote(id=BlockId("q"), blocks=(Section(id=BlockId("s"), level=1, title=(), children=()),))  # type: ignore[arg-type]
    ),
    "E209 language": _with(_paragraph("a", Run("x")), lang="fr"),
    "E209 alignment": _with(_table(columns=(Column(CELL, "middle"),))),  # type: ignore[arg-type]
    "E209 box": _with(Box(id=BlockId("b"), kind="frame", blocks=())),  # type: ignore[arg-type]
    "E212 control": _with(_paragraph("a", Run("x\x0by"))),
    "E212 half a character": _with(_table(rows=((Cell((Run("\ud800"),)),),))),
    "E212 code": _with(CodeBlock(id=BlockId("c"), text="a\x00")),
    "E212 cover": _with(_paragraph("a", Run("x")), date=Labelled("\x07")),
    "E213 picture": _with(Figure(id=BlockId("f"), source="x", alt="x", path="nowhere/x.png")),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_what_is_wrong_is_said(what: str, tmp_path: Path) -> None:
    with pytest.raises(ReportErrors) as raised:
        export(MALFORMED[what], Settings(output=tmp_path / "out"))
    assert {item.code for item in raised.value.diagnostics} == {what.split(maxsplit=1)[0]}
    assert all(item.hint for item in raised.value.diagnostics)
    assert not list(tmp_path.rglob("*.*"))
