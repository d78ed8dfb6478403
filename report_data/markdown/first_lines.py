"""The first lines of a report -> its kind, authors and date, with the labels they have there.

Reports seldom have front matter: under the title stand lines such as
``作者：王小明`` or ``**Date**: 2025-10-20``. Those lines go to the cover, and with
them the facts beside them that are as short; whatever else stands there stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.expressions import when_used
from report_data.markdown.fields import FIELDS
from report_data.markdown.parser import parse_inlines
from report_data.model import Labelled

if TYPE_CHECKING:
    from report_data.markdown.inlines import InlineReader
    from report_data.markdown.meta import Head
    from report_data.markdown.parser import Element

MAX_BLOCKS = 3
"""Blocks after the title that may hold such lines."""
MAX_VALUE = 120
"""Characters of a value; a longer line is prose."""
MAX_DETAILS = 8
MAX_DETAIL = 80
"""Facts beside author and date that go to the cover, and the characters of one."""
MAX_IN_ROW = 30
"""Characters of a fact that stands beside others in its line."""

_LINE = when_used(
    r"[ \t]*(?P<open>\*\*|__)?(?P<label>[^\s:：*_`|\[\]<>&\\$~^][^:：*_`|\[\]<>&\\$~^]{0,14})"
    r"(?:[ \t]*[:：](?(open)[ \t]*(?:\*\*|__))|(?(open)[ \t]*(?:\*\*|__))[ \t]*[:：])"
    r"[ \t]*(?P<value>\S.*?)[ \t]*$"
)
_WIDE = when_used(r"[ \t]*\u3000[ \t\u3000]*| {2,}")
_STOPS = ("。", ".", "！", "!", "？", "?", "：", ":", "；", ";")
_LINE_ENDS = frozenset({"softbreak", "hardbreak"})
_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\\n")
_DATED = when_used(r"(?:日期|日|时间|時間|date|updated|created)$", re.IGNORECASE)
_WRITTEN = when_used(
    r"(?:作者|编制人|编写人|撰写人|报告人|审计人员|分析师|author)s?$", re.IGNORECASE
)
_RICH = when_used(r"[\]\[<>]|://")
"""Links, notes and pictures, which a cover does not hold."""
_MARKED = when_used(r"[\]\[<>*_`$\\^~&:：]|://")
_SIGNS = when_used(r"[\]\[<>*_`$\\^~&]")
_SEPARATORS = when_used("[|｜]")
_HAS_DATE = re.compile(r"\d{4}")
_ALL_BOLD = when_used(r"[ \t]*(\*\*|__)(?P<text>(?:(?!\*\*|__).)+)\1[ \t]*")
_BARE_DATE = when_used(
    r"(?P<open>[（(])?[ \t]*(?:"
    r"\d{4}[ \t]*年[ \t]*\d{1,2}[ \t]*月(?:[ \t]*\d{1,2}[ \t]*[日号])?"
    r"|[二〇零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)(?: \d{1,2},)? \d{4}"
    r")[ \t]*(?(open)[）)])"
)
"""A date that stands alone under the title, in brackets or not."""
_WITH_DATE = when_used(
    r"(?:\d{4}[ \t]*年[ \t]*\d{1,2}[ \t]*月(?:[ \t]*\d{1,2}[ \t]*日)?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"[ \t]*[|｜,，·/]?[ \t]*[^\W\d_][\w ·&/（）()、-]{0,24}"
)
"""A date and who or where in the same line: ``2025/10/09 产品部``."""
_KIND = when_used(
    r"[^\W\d_]{1,10}(?:报告|報告|白皮书|白皮書|研究|综述|方案|書|书)"
    r"|[A-Z][A-Za-z ]{0,24}(?:Report|Paper|Brief)"
)


def take_first_lines(elements: list[Element], head: Head, inlines: InlineReader) -> None:
    """Move kind, author and date from the first blocks to the head.

    Looks at no more than `MAX_BLOCKS` blocks before the first heading, and
    takes nothing that the front matter has said already.
    """
    authors, dated = bool(head.authors), head.date is not None
    taken: list[Element] = []
    for element in _first(elements):
        if not _takes_whole(element, head, dated=dated):
            _take_facts(element, head, inlines, authors=authors, dated=dated)
            _prune(element)
            if not _is_empty(element):
                continue
        taken.append(element)
    elements[:] = [e for e in elements if not any(e is gone for gone in taken)]
    if taken:
        _take_bold_line(elements, head, inlines)


def _take_facts(
    element: Element, head: Head, inlines: InlineReader, *, authors: bool, dated: bool
) -> None:
    """Move the lines of a block that say author or date, and short facts beside them.

    ``authors`` and ``dated`` say that the front matter has them.
    """
    said = [
        (block, row, row or (_lines(block) if _are_apart(block, inlines) else [block.content]))
        for block in _paragraphs(element)
        for row in (_facts_in_a_row(block),)
    ]
    others: list[tuple[Element, int, str]] = []
    before = len(head.authors), head.date
    for block, row, lines in said:
        if not all(map(_is_fact, lines)):
            continue
        kept: list[str] = []
        for place, line in enumerate(lines):
            number = 0 if row else place
            field = _field(line) if _reads_alike(line, inlines, block) else ""
            if (field == "authors" and not authors) or (
                field == "date" and not dated and head.date is None
            ):
                _take(line, block.start + number, field, head, inlines)
            else:
                kept.append(line)
                others.append((block, number, line))
        if len(kept) < len(lines):
            block.content = ("\u3000" if row else "\n").join(kept)
    found = before != (len(head.authors), head.date) or any(row for _, row, _ in said)
    if found and all(_is_fact(line) for _, _, lines in said for line in lines):
        _take_details(others, head, inlines)


def _take_bold_line(elements: list[Element], head: Head, inlines: InlineReader) -> None:
    """Make a line in bold between title and facts the subtitle, where nothing is under it."""
    first = elements[0] if elements else None
    if first is None or first.kind != "paragraph" or "subtitle" in head.values:
        return
    bold = _ALL_BOLD.fullmatch(first.content)
    alone = len(elements) == 1 or elements[1].kind in ("heading", "hr")
    said = bold["text"].strip() if bold else ""
    plain = said and not _SIGNS.search(said) and "://" not in said and not said.endswith(_STOPS)
    if plain and alone and len(said) <= MAX_VALUE:
        head.values["subtitle"] = inlines.read_cover(said, first.start, first.end)
        del elements[0]


def _is_fact(line: str) -> bool:
    return _LINE.match(line) is not None or _BARE_DATE.fullmatch(line.strip()) is not None


def _facts_in_a_row(block: Element) -> list[str]:
    """Return the facts of a line that wide blanks part (``编号：7　密级：内部``), else nothing."""
    parts = _WIDE.split(block.content.strip()) if "\n" not in block.content else []
    facts = [found for part in parts if (found := _LINE.match(part))]
    short = all(
        len(one["value"]) <= MAX_IN_ROW and not _SIGNS.search(one["value"]) for one in facts
    )
    return parts if 1 < len(parts) == len(facts) and short else []


def _are_apart(block: Element, inlines: InlineReader) -> bool:
    """Return whether nothing goes over the end of a line: no emphasis, code, link or note."""
    ends = block.content.count("\n")
    if not ends:
        return True
    tokens = parse_inlines(block.content, inlines.env)
    return ends == sum(t.type in _LINE_ENDS and t.level == 0 for t in tokens)


def _reads_alike(line: str, inlines: InlineReader, block: Element) -> bool:
    """Return whether label and value say by themselves what they say in their line.

    Whether signs are marks of emphasis depends on what stands beside them.
    """
    found = _LINE.match(line)
    if found is None or not _SIGNS.search(line):
        return True
    whole, value = (
        "".join(inlines.read_cover(text, block.start, block.end).split())
        for text in (line, found["value"])
    )
    label = "".join(found["label"].split())
    return whole in (f"{label}:{value}", f"{label}：{value}")


def _lines(block: Element) -> list[str]:
    """Return a paragraph's lines; those in bold as a whole without their marks."""
    # A backslash before a line's end is a line break, at the very end it is text.
    lines = _HARD_BREAK.sub(r"\1\n", block.content).split("\n")
    return [found["text"] if (found := _ALL_BOLD.fullmatch(line)) else line for line in lines]


def _take_details(
    others: list[tuple[Element, int, str]], head: Head, inlines: InlineReader
) -> None:
    """Move the facts beside author and date to the cover, where all are short and plain."""
    if len(others) > MAX_DETAILS or not all(
        _is_detail(line) and _reads_alike(line, inlines, block) for block, _, line in others
    ):
        return
    for block, number, line in others:
        _take(line, block.start + number, "details", head, inlines)
        block.content = ""


def _is_detail(line: str) -> bool:
    found = _LINE.match(line)
    return (
        found is not None and len(found["value"]) <= MAX_DETAIL and not _RICH.search(found["value"])
    )


def _first(elements: list[Element]) -> list[Element]:
    first: list[Element] = []
    for element in elements:
        if element.kind not in ("paragraph", "bullet_list", "blockquote"):
            break
        first.append(element)
        if len(first) == MAX_BLOCKS:
            break
    return first


def _paragraphs(element: Element) -> list[Element]:
    if element.kind == "paragraph":
        return [element]
    return [p for child in element.children for p in _paragraphs(child)]


def _prune(element: Element) -> None:
    """Drop what became empty inside a list or a quote."""
    for child in element.children:
        _prune(child)
    element.children = [child for child in element.children if not _is_empty(child)]


def _is_empty(element: Element) -> bool:
    if element.kind == "paragraph":
        return not element.content
    return element.kind in ("bullet_list", "list_item", "blockquote") and not element.children


def _takes_whole(element: Element, head: Head, *, dated: bool) -> bool:
    """Take a paragraph that is a kind of report, a row of facts or a date; return whether it is.

    Of a quotation a row of facts alone: so many set it off that have no cover.
    """
    quoted = element.kind == "blockquote" and len(element.children) == 1
    if quoted and element.children[0].kind == "paragraph":
        row = _row(element.children[0].content.strip()) if "subtitle" not in head.values else ""
        if row:
            head.values["subtitle"] = row
        return bool(row)
    text = element.content.strip()
    if element.kind != "paragraph":
        return False
    if "kind" not in head.values and _KIND.fullmatch(text):
        head.values["kind"] = text
        return True
    is_date = _BARE_DATE.fullmatch(text) or _WITH_DATE.fullmatch(text)
    if is_date and not dated and head.date is None:
        head.date = Labelled(text)
        return True
    row = _row(text) if not is_date and "subtitle" not in head.values else ""
    if row:
        head.values["subtitle"] = row
    return bool(row)


def _row(text: str) -> str:
    """Return a row of facts with a year among them (``**v1.2 | 2025-11-08**``), else ``""``."""
    if ("|" not in text and "｜" not in text) or len(text) > MAX_VALUE or "\n" in text:
        return ""
    for mark in ("**", "*", "__", "_"):
        if text.startswith(mark) and text.endswith(mark):
            text = text[len(mark) : -len(mark)].strip()
            break
    parts = [part.strip() for part in _SEPARATORS.split(text)]
    short = max(map(len, parts)) <= MAX_IN_ROW and "://" not in text
    plain = not (_SIGNS if short else _MARKED).search(text)  # 版本：V2.0 | 更新：2026-11-20
    return text if plain and _HAS_DATE.search(text) and all(parts) else ""


def _field(line: str) -> str:
    """Return which field of the cover a line fills; ``""`` for none."""
    found = _LINE.match(line)
    if found is None:
        return "date" if _BARE_DATE.fullmatch(line.strip()) else ""
    if len(found["value"]) > MAX_VALUE:
        return ""
    label = found["label"].strip()
    name = FIELDS.get(label.lower(), "")
    if name == "date" or (not name and _DATED.search(label)):
        dated = _HAS_DATE.search(found["value"]) or _BARE_DATE.fullmatch(found["value"])
        return "date" if dated else ""
    if name == "authors" or (not name and _WRITTEN.search(label)):
        return "date" if _BARE_DATE.fullmatch(found["value"]) else "authors"
    return ""


def _take(line: str, number: int, field: str, head: Head, inlines: InlineReader) -> None:
    found = _LINE.match(line)
    label, value = (found["label"].strip(), found["value"]) if found else ("", line.strip())
    entry = Labelled(inlines.read_cover(value, number, number + 1), label)
    if field == "date":
        head.date = entry
    elif field == "details":
        head.details.append(entry)
    else:
        head.authors.append(entry)
