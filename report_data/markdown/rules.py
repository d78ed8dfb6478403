"""Our own rules for markdown-it: tables, fenced divs, and a floor under nesting.

Each rule pushes tokens that carry in ``meta`` what `blocks` needs. A table is
one token, not three a cell: its cells are read when the table is built, so that
a large one costs little and a cell too many is not lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from report_data.markdown.attributes import parse_attributes
from report_data.markdown.lines import column_of, line_of
from report_data.markdown.math import math_block, math_inline, tex_block, tex_inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    BlockRule = Callable[[StateBlock, int, int, bool], bool]

CONTAINERS = frozenset({"blockquote", "list", "fenced_div", "deflist", "footnote_def"})
MAX_LEVEL = 24
"""Containers deeper than this many token levels (a list counts two) are flattened."""

MAX_REFERENCE_LINES = 8
"""Lines that one link definition may take."""

MAX_BRACES = 500
"""Characters of a picture's attributes."""

_CONTAINER = re.compile(r">|(?:[-+*]|\d{1,9}[.)])[ \t]")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_CAPTION = re.compile(r"(?::|Table:)[ \t]")
_CODE_FENCE = re.compile(r"(`{3,}|~{3,})(.*)$")
_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right"}


class RawCell(NamedTuple):
    r"""A cell's text as written (``\|`` undone) and its column in the line, from 0."""

    text: str
    column: int


class RawRow(NamedTuple):
    """A line of a table, from 0, and its cells."""

    line: int
    cells: list[RawCell]


INDENT = "\u3000"
"""The ideographic space, by which a row is set in below the one that it is a part of."""


class RawTable(NamedTuple):
    """What `table` found; rows and ``aligns`` may have more or fewer cells than the header."""

    header: RawRow
    aligns: tuple[str, ...]
    rows: list[RawRow]
    made: int = 0
    """Cells that nobody wrote: those that spans of HTML leave empty."""


def split_row(text: str, column: int) -> list[RawCell]:
    """Split a table's line into cells, as GFM does; ``column`` is where the text starts."""
    stripped = text.strip()
    column += len(text) - len(text.lstrip())
    escaped = "\\" in stripped
    parts = _PIPE.split(stripped) if escaped else stripped.split("|")
    if not parts[-1]:  # nothing after the last pipe
        del parts[-1]
    if parts and not parts[0] and stripped.startswith("|"):
        del parts[0]
        column += 1
    cells: list[RawCell] = []
    for part in parts:
        bare = part.strip()
        lead = len(part) - len(part.lstrip())
        if bare and not cells and part[lead - 1] == INDENT:  # accounts: what an amount is part of
            lead -= len(part[:lead]) - len(part[:lead].rstrip(INDENT))
            bare = part[lead:].rstrip()
        cells.append(RawCell(bare.replace("\\|", "|") if escaped else bare, column + lead))
        column += len(part) + 1
    return cells


def is_table_rule(line: str) -> bool:
    """Return whether a line could part a table's header from its rows (``|---|:-:|``)."""
    line = line.rstrip()
    return line[:1] in ("|", "-", ":") and _DELIMITERS.fullmatch(line) is not None


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's own signature
    """Read a GFM table; unlike markdown-it's rule, cells beyond the header are kept."""
    head = _table_head(state, start, end)
    if head is None:
        return False
    if silent:
        return True
    header, aligns = head
    token = state.push("table", "table", 0)
    rows: list[RawRow] = []
    terminators = state.md.block.ruler.getRules("blockquote")
    old_parent, state.parentType = state.parentType, "table"
    line = start + 2
    while line < end and state.sCount[line] >= state.blkIndent and not state.is_code_block(line):
        text = line_of(state, line)
        if not text.strip() or _CAPTION.match(text):
            break
        if not text.startswith("|") and any(ends(state, line, end, True) for ends in terminators):
            break
        rows.append(RawRow(line, split_row(text, column_of(state, line))))
        line += 1
    state.parentType = old_parent
    token.map = [start, line]
    token.meta = {"table": RawTable(RawRow(start, header), aligns, rows)}
    state.line = line
    return True


def _table_head(
    state: StateBlock, start: int, end: int
) -> tuple[list[RawCell], tuple[str, ...]] | None:
    """Return the header's cells and the alignments, if two lines begin a table."""
    if start + 1 >= end or state.sCount[start + 1] < state.blkIndent:
        return None
    rule, head = line_of(state, start + 1), line_of(state, start)
    if rule[:1] not in ("|", "-", ":") or "|" not in head or not is_table_rule(rule):
        return None
    if _CONTAINER.match(head):  # quotes and lists come first (GFM, precedence)
        return None
    if state.is_code_block(start) or state.is_code_block(start + 1):
        return None
    header = split_row(head, column_of(state, start))
    aligns = tuple(
        _ALIGN.get((cell.text.startswith(":"), cell.text.endswith(":")), "default")
        for cell in split_row(rule, 0)
    )
    if len(header) == len(aligns) or _is_surely_table(state, start, end, len(header), len(aligns)):
        return header, aligns
    return None


def _is_surely_table(state: StateBlock, start: int, end: int, header: int, rule: int) -> bool:
    """Return whether lines are a table though the one under the header has too many cells, or few.

    GFM has none then. Language models miscount; where bars open and close the header
    and the first row has as many cells, nobody meant text.
    """
    head = line_of(state, start).strip()
    line = start + 2
    if min(header, rule) <= 1 or line >= end or state.sCount[line] < state.blkIndent:
        return False
    row = line_of(state, line)
    if not (head.startswith("|") and head.endswith("|") and row.startswith("|")):
        return False
    return len(split_row(row, 0)) == header


def _fence_info(text: str) -> str | None:
    """Return what a fence of colons says after them, ``""`` for a closing one."""
    if not text.startswith(":::"):
        return None
    return text.strip().strip(":").strip()


def fenced_div(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
    """Read ``::: name`` up to its closing ``:::``, with others inside, as Pandoc does."""
    info = _fence_info(line_of(state, start))
    if not info or state.is_code_block(start):
        return False
    if silent:
        return True
    close = _closing_fence(state, start, end)
    closed = close < end
    token = state.push("div_open", "div", 1)
    old_parent, state.parentType = state.parentType, "div"
    old_max, state.lineMax = state.lineMax, min(close, state.lineMax)
    # With nothing inside, tokenize would leave the line where it is, and the parser here for ever.
    state.line = start + 1
    state.md.block.tokenize(state, start + 1, close)
    state.parentType, state.lineMax = old_parent, old_max
    state.push("div_close", "div", -1)
    if closed:
        state.line = close + 1
    token.map = [start, state.line]
    token.meta = {"info": info, "closed": closed, "column": column_of(state, start)}
    return True


def _closing_fence(state: StateBlock, start: int, end: int) -> int:
    """Return the line of the fence that closes the one at ``start``; ``end`` if none does."""
    depth = 1
    code = ""
    for line in range(start + 1, end):
        text = line_of(state, line)
        if text and state.sCount[line] < state.blkIndent:
            return end
        mark = _CODE_FENCE.match(text)
        if mark is not None:
            if not code:
                code = mark[1]
            elif mark[1].startswith(code) and not mark[2].strip():
                code = ""
            continue
        info = None if code else _fence_info(text)
        if info is None:
            continue
        depth += 1 if info else -1
        if depth == 0:
            return line
    return end


def note_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
    """Read ``^[a footnote written in the line]``; its text is read when it is mentioned."""
    if not state.src.startswith("^[", state.pos):
        return False
    close = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if close < 0:
        return False
    if not silent:
        token = state.push("note_inline", "", 0)
        token.content = state.src[state.pos + 2 : close]
    state.pos = close + 1
    return True


def picture_braces(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
    """Read ``{width=50%}`` behind a picture; the picture's token takes it."""
    if silent or state.pending or not state.tokens or state.tokens[-1].type != "image":
        return False
    close = state.src.find("}", state.pos, state.pos + MAX_BRACES)
    if close < 0:
        return False
    braces = parse_attributes(state.src[state.pos + 1 : close].removeprefix(":"))
    if braces is None or braces.id:  # an id is for what stands alone
        return False
    state.tokens[-1].meta["braces"] = braces
    state.pos = close + 1
    return True


def _floored(rule: BlockRule) -> BlockRule:
    """Return a container rule that does not match below `MAX_LEVEL`."""

    def floored(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
        return state.level < MAX_LEVEL and rule(state, start, end, silent)

    return floored


def _short_reference(rule: BlockRule) -> BlockRule:
    """Return the rule of link definitions, looking ahead a few lines only.

    It reads to the end of the paragraph for every definition, which for
    thousands of them in a row takes the square of their number.
    """

    def short(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
        old, state.lineMax = state.lineMax, min(state.lineMax, start + MAX_REFERENCE_LINES)
        found = rule(state, start, end, silent)
        state.lineMax = old
        return found

    return short


def install(md: MarkdownIt) -> None:
    """Add our rules to a parser."""
    block, inline = md.block.ruler, md.inline.ruler
    ends_text: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    block.before("fence", "table", table, {"alt": ["paragraph", "reference"]})
    block.before("fence", "fenced_div", fenced_div, ends_text)
    block.before("fence", "math_block", math_block, ends_text)
    block.before("fence", "tex_block", tex_block, ends_text)
    for rule in block.__rules__:
        if rule.name in CONTAINERS:
            rule.fn = _floored(rule.fn)
        elif rule.name == "reference":
            rule.fn = _short_reference(rule.fn)
    inline.after("escape", "math_inline", math_inline)
    inline.before("escape", "tex_inline", tex_inline)
    inline.after("image", "note_inline", note_inline)
    inline.after("image", "picture_braces", picture_braces)
