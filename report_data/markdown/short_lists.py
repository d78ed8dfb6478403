"""A list of one-line items in the source -> its tokens, without a parser for each item.

Most lists of a report are such: every line an item of plain text, then a blank line or
the end. The parser's own rule reads each item as a document of its own, which takes
three times as long; it reads all other lists. What comes out is the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.markdown.rules import MAX_LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block.state_block import StateBlock

    BlockRule = Callable[[StateBlock, int, int, bool], bool]

_ITEM = re.compile(r"(?:[-+*]|(?P<number>\d{1,9})[.)]) (?=[^\W\d_]|[（《“「【]|\*\*[^\W_])")
"""A marker, one space, and what begins a paragraph and nothing else (CommonMark 0.31, 5.2)."""

_MAY_GO_ON = frozenset("-+*0123456789")
"""What a line below begins with that may be a further item: then the items are apart."""


def shortened(rule: BlockRule) -> BlockRule:
    """Return the rule of lists, reading the lists of one-line items by itself."""

    def short(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's own signature
        if silent or state.blkIndent or state.sCount[start] or state.level >= MAX_LEVEL:
            return rule(state, start, end, silent)
        items = _items(state, start, end)
        below = start + len(items)
        after = _after(state, below, end)
        if not items or _goes_on(state, below, after, end):
            return rule(state, start, end, silent)
        _push(state, start, items, after)
        state.line = after
        return True

    return short


def _items(state: StateBlock, start: int, end: int) -> list[re.Match[str]]:
    """Return the markers of the lines from the first that are items of one list."""
    items: list[re.Match[str]] = []
    mark = ""
    for line in range(start, end):
        begin, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        found = None if state.sCount[line] else _ITEM.match(state.src, begin, stop)
        if found is None or (items and state.src[found.end() - 2] != mark):
            break
        mark = state.src[found.end() - 2]
        items.append(found)
    return items


def _after(state: StateBlock, below: int, end: int) -> int:
    """Return the line that the parser comes to: the next with text, or one past ``end``.

    In a quotation there are further lines, which it skips once it is among blank ones.
    """
    if below < end and state.isEmpty(below):
        below += 1
    return state.skipEmptyLines(below) if below < end else below


def _goes_on(state: StateBlock, below: int, after: int, end: int) -> bool:
    """Return whether the list may go on below the items: ``after`` is the next line with text."""
    if after >= end:
        return False
    first = state.src[state.bMarks[after]]
    return after == below or state.sCount[after] != 0 or first in _MAY_GO_ON


def _push(state: StateBlock, start: int, items: list[re.Match[str]], after: int) -> None:
    mark = state.src[items[0].end() - 2]
    first = items[0]["number"]
    kind, tag = ("bullet_list", "ul") if first is None else ("ordered_list", "ol")
    token = state.push(f"{kind}_open", tag, 1)
    token.map, token.markup = [start, after], mark
    if first is not None and int(first) != 1:
        token.attrs = {"start": int(first)}
    for line, item in enumerate(items, start):
        token = state.push("list_item_open", "li", 1)
        token.map, token.markup = [line, line + 1], mark
        if item["number"] is not None:
            token.info = item["number"]
        opened = state.push("paragraph_open", "p", 1)
        opened.map, opened.hidden = [line, line + 1], True
        inline = state.push("inline", "", 0)
        inline.map = [line, line + 1]
        inline.content = state.src[item.end() : state.eMarks[line]].strip()
        inline.children = []
        state.push("paragraph_close", "p", -1).hidden = True
        last, token = token, state.push("list_item_close", "li", -1)
        token.markup = mark
    last.map = [start + len(items) - 1, after]
    state.push(f"{kind}_close", tag, -1).markup = mark
