"""A Markdown block where only text can stand -> its lines as inline Markdown, and its footnotes.

Cells of HTML tables and terms of definition lists hold no blocks: of what stands
in them each paragraph, row or line of code becomes a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.markdown.alerts import split_alert
from report_data.markdown.attributes import split_attributes, split_picture
from report_data.markdown.boxes import parse_box_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.markdown.parser import Element

_PUNCTUATION = re.compile(r"([!-'*-/:-@\[-`{-~])")
"""All but round brackets: alone they mean nothing, and an escaped one begins a formula."""
CELL = "\x1d"
"""Between cells of a row, which are read apart; no source has this character any more."""
TASK = re.compile(r"\[([ xX])\](?=\s)\s*")
"""What begins a list's item that is a task."""


def escaped(text: str) -> str:
    """Return text so that inline Markdown reads it as itself."""
    return _PUNCTUATION.sub(r"\\\1", text)


def lines_of(element: Element) -> Iterator[str]:
    """Yield what an element and all in it say, footnotes left out; a row's cells with `CELL`."""
    stack: list[tuple[Element, Element | None]] = [(element, None)]
    while stack:
        inside, above = stack.pop()
        if inside.kind == "footnote_reference":
            continue
        yield from (line for line in _own_lines(inside, above) if line)
        stack.extend((child, inside) for child in reversed(inside.children))


def notes_in(element: Element) -> Iterator[Element]:
    """Yield the footnotes whose texts stand in an element, but not those in one another."""
    stack = [element]
    while stack:
        inside = stack.pop()
        if inside.kind == "footnote_reference":
            yield inside
        else:
            stack.extend(reversed(inside.children))


def _own_lines(element: Element, above: Element | None) -> Iterator[str]:
    match element.kind:
        case "fence" | "code_block" | "math_block":
            yield from map(escaped, element.content.rstrip("\n").split("\n"))
        case "heading":
            yield split_attributes(element.content)[0]
        case "div":
            yield parse_box_head(element.info).title
        case "details":
            yield element.label
        case "paragraph":
            begins = above is not None and above.children[0] is element
            yield from _paragraph(element.content, above.kind if above and begins else "")
        case _ if element.table is not None:
            for row in (element.table.header, *element.table.rows):
                yield CELL.join(cell.text for cell in row.cells)
        case _:
            yield element.content


def _paragraph(content: str, begun: str) -> Iterator[str]:
    """Yield a paragraph's lines; ``begun`` is the kind of what it begins, if anything."""
    if begun == "blockquote":
        word, content = split_alert(content)
        yield word
    elif begun == "list_item" and (task := TASK.match(content)):
        content = f"{escaped(task[0])}{content[task.end() :]}"  # no link, whatever is defined
    yield split_picture(content)[0]
