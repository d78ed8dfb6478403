"""A text without headings in -> the lines that were meant as such, made headings.

Minutes and memos have bold lines for headings, and official papers that came
out of a word processor nothing but numbers: 一、, and under it （一）.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.expressions import when_used
from report_data.markdown.outline import BOLD_LINE, NUMBERED, after_pictures

if TYPE_CHECKING:
    from report_data.markdown.parser import Element

MAX_BOLD = 60
"""Characters of a bold line that may stand for a heading."""
MAX_PLAIN = 40
"""Characters of a numbered line that may."""
LEAST = 2
"""So many lines of a kind are a habit; one is an accident."""

_HAN = "一二三四五六七八九十"
_TITLE = r"[^。；;，,：:！!？?\n]*[：:]?"
_CHAPTER = re.compile(rf"(?P<number>[{_HAN}]{{1,3}})[ \t]*[、．]{_TITLE}")
_CLAUSE = re.compile(rf"[（(][{_HAN}]{{1,3}}[）)]{_TITLE}")
_STATEMENT = ("。", ".", "；", ";", "，", ",", "！", "!", "？", "?")
_OF_COVER = re.compile(r"[|｜]|\d{4}")
"""What a bold line under the title has that is no heading: a date, a row of facts."""
_PAPER = when_used(
    r".{2,}(?:报告|報告|纪要|紀要|备忘录|白皮书|简报|方案|总结|通知|意见|函|議事録)"
    r"|.*\b(?:Minutes|Memo|Memorandum|Report|Brief|Update|Proposal)",
    re.IGNORECASE,
)
"""What a paper is called, and no chapter of one."""


def lines_as_headings(elements: list[Element]) -> None:
    """Make headings of bold and numbered lines, where there is none but the title.

    Most must have something under them, or they are a list. A first bold line
    that stands without a number over numbered ones, or is called a report, is
    the title.
    """
    first = after_pictures(elements)
    titled = first is not None and first.kind == "heading"
    start = next((i for i, e in enumerate(elements) if e is first), 0) + titled
    body = elements[start:]
    levels = _bold_lines(body, titled=titled)
    levels |= _clauses(body, levels)
    full = [number for number in levels if number + 1 < len(body) and number + 1 not in levels]
    if len(levels) < LEAST or len(full) * 2 <= len(levels):
        return
    for number, level in levels.items():
        element = body[number]
        bold = BOLD_LINE.fullmatch(element.content)
        element.kind, element.level = "heading", level
        element.content = (bold["text"] if bold else element.content).strip()
    if titled or 0 not in levels or NUMBERED.match(body[0].content):
        return
    others = (body[number].content for number in levels if number)
    if _PAPER.fullmatch(body[0].content) or any(map(NUMBERED.match, others)):
        body[0].level = 1


def _bold_lines(body: list[Element], *, titled: bool) -> dict[int, int]:
    """Return the levels of bold lines by place; what is under a title may belong to it."""
    return {
        place: 3 if _CLAUSE.match(found["text"].strip()) else 2
        for place, element in enumerate(body)
        if element.kind == "paragraph"
        and len(element.content) <= MAX_BOLD
        and (found := BOLD_LINE.fullmatch(element.content))
        and not found["text"].rstrip().endswith(_STATEMENT)
        and not (titled and place == 0 and _OF_COVER.search(element.content))
    }


def _clauses(body: list[Element], bold: dict[int, int]) -> dict[int, int]:
    """Return the levels of numbered lines by place: 一、, 二、 in order, and （一） under them."""
    chapters: dict[int, int] = {}
    clauses: dict[int, int] = {}
    for place, element in enumerate(body):
        if element.kind != "paragraph" or len(element.content) > MAX_PLAIN + len("****"):
            continue
        text = element.content.strip().removeprefix("**").removesuffix("**")
        found = _CHAPTER.fullmatch(text)
        if found is not None:
            chapters[place] = 2
            if found["number"] != _han(len(chapters)):
                return {}
        elif chapters and place not in bold and _CLAUSE.fullmatch(text):
            clauses[place] = 3
    return chapters | clauses if len(chapters) >= LEAST else {}


def _han(number: int) -> str:
    """Return a number up to 99 as chapters are counted: 九, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens - 1]}十"
    return before + (_HAN[ones - 1] if ones else "")
