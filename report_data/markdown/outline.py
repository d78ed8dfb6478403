"""Top-level elements -> sections, found rather than demanded.

Reports come with one H1, none, or eleven; with levels skipped; with bold lines
for headings, or with no headings at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.expressions import when_used

if TYPE_CHECKING:
    from report_data.markdown.parser import Element

MIN_PLAIN_TITLE = 4
MAX_PLAIN_TITLE = 60
"""Characters of a first line that may stand for a title."""

BOLD_LINE = when_used(r"(\*\*|__)(?=\S)(?P<text>[^*_\n]*[^*_\s\\])\1")
"""A line that is bold as a whole."""
_PLAIN_TITLE = when_used(
    r"(?!\d{4}[-/.年]\s*\d)[^\n:：。！!?？；;，<>|\[\]`*_$\\@]*[^\W_][^\n:：。！!?？；;，,、.…<>|\[\]`*_$\\@]*"
)
_PICTURE = when_used(
    r"\[?!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])(?:\]\([^()]*\))?|</?(?:a|br|img|picture|source)\b[^<>]*>"
)
"""A picture, linked or not, in Markdown or HTML."""
NUMBERED = when_used(
    r"\s*(?:第\s*[0-9一二三四五六七八九十百]+\s*[章节部篇]|[一二三四五六七八九十]+\s*[、．.]"
    r"|\d+(?:\.\d+)*\s*[.、．)）]|(?:chapter|part|section)\s+\w+)",
    re.IGNORECASE,
)


class Part(Struct):
    """A heading and what stands under it before the next heading; nested by level."""

    heading: Element | None
    level: int
    elements: list[Element] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def outline(elements: list[Element]) -> Part:
    """Return the tree of parts; its root holds what stands before the first heading.

    Levels are those of the tree: a skipped one leaves no gap.
    """
    root = Part(None, 0)
    stack: list[tuple[int, Part]] = [(0, root)]
    for element in elements:
        if element.kind != "heading":
            stack[-1][1].elements.append(element)
            continue
        while stack[-1][0] >= element.level:
            stack.pop()
        part = Part(element, len(stack))
        stack[-1][1].parts.append(part)
        stack.append((element.level, part))
    return root


def has_headings(elements: list[Element]) -> bool:
    """Return whether there are headings besides one that is the report's title."""
    headings = [e for e in elements if e.kind == "heading"]
    return len(headings) > 1 or (bool(headings) and after_pictures(elements) is not headings[0])


def after_pictures(elements: list[Element]) -> Element | None:
    """Return the first thing in the file but for pictures (a logo, badges)."""
    return next((e for e in elements if not _is_pictures(e)), None)


def take_title(elements: list[Element]) -> Element | None:
    """Return the heading that is the report's title and take it out; ``None`` if none is.

    It is the first thing in the file but for pictures (a logo, badges), and either
    the only heading of the highest level there is, or an H1 that does not count
    itself among others (``第一章``, ``1.``, braces of its own).
    """
    first = after_pictures(elements)
    if first is None or first.kind != "heading":
        return None
    index = next(i for i, e in enumerate(elements) if e is first)
    others = [e.level for e in elements[index + 1 :] if e.kind == "heading"]
    alone = all(level > first.level for level in others)
    if not alone and (first.level != 1 or _is_named(first) or NUMBERED.match(first.content)):
        return None
    del elements[index]
    return first


def take_plain_title(elements: list[Element]) -> Element | None:
    """Return the first paragraph where it is a title in all but its mark, and take it out.

    A short line, perhaps in bold, that ends no sentence and tells no date or
    field of the cover, above headings: an official paper's first line.
    """
    first = elements[0] if elements else None
    if first is None or first.kind != "paragraph" or not any(_is_heading(e) for e in elements):
        return None
    text = first.content.strip()
    bold = BOLD_LINE.fullmatch(text)
    text = bold["text"].strip() if bold else text
    if not MIN_PLAIN_TITLE <= len(text) <= MAX_PLAIN_TITLE or not _PLAIN_TITLE.fullmatch(text):
        return None
    first.content = text
    del elements[0]
    return first


def _is_heading(element: Element) -> bool:
    return element.kind == "heading"


def _is_named(heading: Element) -> bool:
    return bool(heading.braces.id or heading.braces.attributes)


def _is_pictures(element: Element) -> bool:
    return element.kind == "paragraph" and not _PICTURE.sub("", element.content).strip()


def take_second_title(elements: list[Element]) -> Element | None:
    """Return an H1 that alone stands above all other headings and take it out: a subtitle.

    Nothing but paragraphs may stand before it, and it has no braces of its own.
    """
    index = next((i for i, e in enumerate(elements) if e.kind == "heading"), None)
    if index is None or any(e.kind != "paragraph" for e in elements[:index]):
        return None
    first = elements[index]
    others = [e.level for e in elements[index + 1 :] if e.kind == "heading"]
    if first.level > 1 or _is_named(first) or not others or any(level == 1 for level in others):
        return None
    del elements[index]
    return first
