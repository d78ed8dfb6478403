"""A Report and an output format -> its source without what that format's readers are not to see.

A PDF carries its source as an attachment. Comments are for the author alone, and
boxes of notes or for another format are not for whoever gets the PDF.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.model import Box, CodeBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from report_data.model import Report

_COMMENT = re.compile(
    r"(?P<code>(?P<ticks>`+)[^`\n]+(?P=ticks))|<!--.*?-->|^ {0,3}<!--.*\Z", re.DOTALL | re.MULTILINE
)
"""A comment, an unclosed one to the end (CommonMark 4.6, kind 2); code on a line is no comment."""


_HEAD = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n.*?\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
"""Front matter with its fences."""

_HELD = re.compile(r"^\0(\d+)$", re.MULTILINE)
"""A line of code that is kept aside."""


def may_have_head_comments(text: str) -> bool:
    """Return whether a text begins with front matter in which a ``#`` stands."""
    if not text.removeprefix("\ufeff").startswith(("---", "+++")):
        return False
    head = _HEAD.match(text)
    return "#" in (head[0] if head else text)


def disclosed(report: Report, is_for: Callable[[Box], bool]) -> str:
    """Return the source without its comments and without the boxes that are not for a format."""
    lines: list[str | None] = list(report.source.split("\n"))
    code: dict[str, str] = {}
    for node in report.walk():
        if node.span is None:
            continue
        # a span may end below the last line: that of code in HTML does
        last = min(max(node.span.end_line, node.span.line), len(lines))
        place = range(node.span.line - 1, last)
        if isinstance(node, Box) and not is_for(node):
            lines[place.start : place.stop] = [None] * len(place)
        elif isinstance(node, CodeBlock):
            for number in place:
                if (line := lines[number]) is not None:
                    code[str(number)], lines[number] = line, f"\0{number}"
    text = "\n".join(line for line in lines if line is not None)
    if "<!--" in text:
        text = _COMMENT.sub(lambda found: found["code"] or "", text)
    text = _HELD.sub(lambda found: code.get(found[1], found[0]), text)
    if not may_have_head_comments(text):
        return text
    from report_data.markdown.head_comments import without_comments

    return "\n".join(without_comments(text.split("\n")))
