r"""Formulas in Markdown: between dollars, and as LaTeX and language models write them.

Several dialects have ``$...$`` and ``$$``; a model's answer often has ``\(...\)`` and
``\[...\]`` instead, which CommonMark takes for escaped brackets, or, copied from its page,
``[`` and ``]`` alone in their lines. These are formulas only if TeX stands between them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.expressions import when_used
from report_data.markdown.lines import line_of

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline


MOST_LINES = 100
"""Lines that one formula may take, and so how far its end is looked for."""

MOST_CHARS = 2_000
"""Characters of one in a line."""


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
    """Read ``$$`` ... ``$$`` that begins and ends a line; without an end it is text."""
    text = line_of(state, start).rstrip()
    if not text.startswith("$$") or state.is_code_block(start):
        return False
    if len(text) > 4 and text.endswith("$$"):  # noqa: PLR2004  two fences of two
        lines = [text[2:-2]]
    else:
        lines = _up_to_closing(state, start, end, "$$", "$$")
    if not lines or "$$" in "\n".join(lines):
        return False
    if not silent:
        _push(state, lines, start)
    return True


_OPENINGS = {"\\[": "\\]", "[": "]"}

_IS_TEX = when_used(r"\\[A-Za-z]{2}|[\^_=]")
"""What a formula holds, and an escaped bracket hardly."""

_IS_SHORT = when_used(r"\s*[A-Za-z]'?(?:\s*[-+*/<>,(]\s*[A-Za-z0-9]+\)?)*\s*")
"""One that is plain: a letter, a sum of two."""


def tex_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
    r"""Read ``\[`` ... ``\]`` that begins and ends a line; ``[`` and ``]`` must stand alone."""
    text = line_of(state, start).rstrip()
    opening = text[:2]
    closing = _OPENINGS.get(opening)
    if closing is None or state.is_code_block(start):
        return False
    if text[2:].endswith(closing):
        lines = [text[2 : -len(closing)]]
    else:
        lines = _up_to_closing(state, start, end, opening, closing)
    content = "\n".join(lines)
    if not _IS_TEX.search(content) or (opening == "[" and "\\" not in content):
        return False
    if not silent:
        _push(state, lines, start)
    return True


def _up_to_closing(
    state: StateBlock, start: int, end: int, opening: str, closing: str
) -> list[str]:
    """Return a formula's lines without what opens and closes it; none where nothing does.

    A bracket that closes stands alone in its line, unless it is escaped.
    """
    lines = [line_of(state, start).rstrip().removeprefix(opening)]
    for line in range(start + 1, min(end, start + MOST_LINES)):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            break
        text = line_of(state, line).rstrip()
        if text == closing or (closing != "]" and text.endswith(closing)):
            return [*lines, text.removesuffix(closing)]
        if text.startswith(opening):
            break
        lines.append(text)
    return []


def _push(state: StateBlock, lines: list[str], start: int) -> None:
    token = state.push("math_block", "math", 0)
    token.content = "\n".join(lines).strip("\n").strip()
    token.map = [start, start + len(lines)]
    state.line = start + len(lines)


_AMOUNT = re.compile(r"\d")
_TEX = re.compile(r"[\\^_{}=]")


def math_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
    """Read ``$...$`` by the strict rule, so that amounts of money stay text.

    Pandoc's rule (no space inside the dollars, no digit after the closing one),
    and beyond it: no letter or digit outside next to either dollar, one line
    only, and what starts with a digit must look like TeX or hold no space.
    """
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    width = 2 if source.startswith("$$", start) else 1
    inside = start + width
    before = source[start - 1 : start]
    if before.isalnum() or before == "$" or inside >= state.posMax or source[inside].isspace():
        return False
    close = _closing_dollar(source, inside, state.posMax, width)
    if close < 0:
        return False
    content = source[inside:close]
    if _AMOUNT.match(content) and not _TEX.search(content) and not content.isalnum():
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = content
        token.markup = "$" * width
    state.pos = close + width
    return True


def _closing_dollar(source: str, start: int, end: int, width: int) -> int:
    position = start
    while True:
        position = source.find("$", position, end)
        if position < 0 or "\n" in source[start:position]:
            return -1
        if source[position - 1] != "\\" and source.startswith("$" * width, position):
            break
        position += 1
    after = source[position + width : position + width + 1]
    if position == start or source[position - 1].isspace() or after.isalnum() or after == "$":
        return -1
    return position


def tex_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the parser calls it so
    r"""Read ``\(...\)`` on one line."""
    source, start = state.src, state.pos
    if not source.startswith("\\(", start):
        return False
    close = source.find("\\)", start + 2, min(state.posMax, start + MOST_CHARS))
    content = source[start + 2 : close].strip() if close > 0 else ""
    if not content or "\n" in content or "\\(" in content:
        return False
    if not _IS_TEX.search(content) and not _IS_SHORT.fullmatch(content):
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = content
        token.markup = "\\("
    state.pos = close + 2
    return True
