"""A Report in -> the section in which its author lists its sections, if there is one.

The deck has an agenda, the PDF a table of contents with page numbers and the
workbook a sheet of links: a list written by hand says the same once more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.model import Break, Heading, List, Paragraph, Reference, Run, Section, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.model import Node, Report, RichText

_NAMES = frozenset(
    {"目录", "目錄", "目次", "contents", "tableofcontents", "toc", "outline", "목차", "차례"}
)
_LEAST = 3
"""Sections beside it from which on each document has contents of its own."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(
    r"\s*(?:[^\w（(]*\s*)(?:第?[\d一二三四五六七八九十IVX.]+\s*[章节、．.)）:：]*\s*)?"
)


def listed_contents(report: Report) -> Section | None:
    """Return the section of a report that is a list of its sections and nothing else.

    One to which something links stays: to the top of a page leads many a link.
    """
    for section in _upper(report):
        if _bare(plain(section.title)) in _NAMES and _is_list(section, report):
            return section
    return None


def _upper(report: Report) -> Iterator[Section]:
    for section in report.sections:
        yield section
        yield from section.sections


def _is_list(section: Section, report: Report) -> bool:
    lists = [block for block in section.children if isinstance(block, List)]
    if not lists or any(not isinstance(block, List | Break) for block in section.children):
        return False
    sections = report.every(Section)
    if len(sections) <= _LEAST:
        return False
    titles = {_words(plain(one.title)) for one in sections}
    if not all(_is_entry(item, titles) for one in lists for item in _paragraphs(one)):
        return False
    if any(_leads_to(one.content, section.id) for one in report.every(Paragraph)):
        return False
    return not any(_leads_to(one.content, section.id) for one in report.every(Heading))


def _paragraphs(block: List) -> Iterator[Node]:
    """Yield what the items of a list and of the lists in them hold."""
    for item in block.items:
        for inner in item.blocks:
            if isinstance(inner, List):
                yield from _paragraphs(inner)
            else:
                yield inner


def _is_entry(node: Node, titles: set[str]) -> bool:
    """Return whether a paragraph says no more than the title of a section does."""
    if not isinstance(node, Paragraph):
        return False
    words = _words(plain(node.content))
    return words in titles or any(words in title for title in titles)


def _leads_to(content: RichText, identifier: str) -> bool:
    return any(
        one.target == identifier if isinstance(one, Reference) else _link(one) == f"#{identifier}"
        for one in content
    )


def _link(item: object) -> str | None:
    return item.link if isinstance(item, Run) else None


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def _words(text: str) -> str:
    """Return a title's letters without the number before them."""
    found = _NUMBER.match(text)
    return _bare(text[found.end() :] if found else text) or _bare(text)
