"""The state of a parser and a line's number -> the text of that line, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock


def line_of(state: StateBlock, line: int) -> str:
    """Return a line without the markers of its containers and its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def column_of(state: StateBlock, line: int) -> int:
    """Return the column, from 0, at which `line_of` starts in the source's line."""
    offset = state.bMarks[line] + state.tShift[line]
    return offset - (state.src.rfind("\n", 0, offset) + 1)
