"""Blocks of notes for the speaker -> what stands on the notes page, which holds text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.pictures import is_drawable
from exporters.powerpoint.fit import passages_of
from exporters.powerpoint.passages import Passage
from exporters.powerpoint.plan import TextRun
from report_data.model import Figure, Table, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.powerpoint.desk import Desk
    from report_data.model import Block, RichText


def spoken(blocks: Sequence[Block], desk: Desk) -> list[Passage]:
    """Return the text, then what stands for tables and pictures, a line for each of their parts.

    A picture is told of: its author sees it in the report, and nobody in the deck.
    """
    said = passages_of(desk.wording.atoms(blocks))
    for node in walk(tuple(blocks)):
        if isinstance(node, Table):
            said += _each(_texts(node), desk)
        elif isinstance(node, Figure) and node.path is not None:
            if is_drawable(node.path):  # else its words stand in the text
                said.append(Passage((TextRun(desk.context.words.missing(node), furniture=True),)))
            said += _each((node.caption,), desk)
            _warn(node, desk)
    return said


def _texts(table: Table) -> Iterator[RichText]:
    yield table.caption
    yield from (column.header.content for column in table.columns)
    yield from (cell.content for row in table.rows for cell in row)


def _each(texts: Iterator[RichText] | Sequence[RichText], desk: Desk) -> Iterator[Passage]:
    return (Passage(desk.wording.runs(text)) for text in texts if text)


def _warn(figure: Figure, desk: Desk) -> None:
    desk.context.diagnostics.warn(
        "W409",
        f"notes for the speaker hold text alone: “{figure.source}” is not shown",
        figure.span,
        "Put the picture outside of the notes, where it has a slide",
    )
