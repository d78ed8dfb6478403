"""Elements as parsed -> the same with braces read, captions joined and footnotes taken out."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from report_data.citations import Definition
from report_data.ids import BlockId
from report_data.markdown.attributes import split_attributes, split_picture
from report_data.markdown.boxes import parse_box_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.citations import Notes
    from report_data.ids import IdMaker
    from report_data.markdown.anchors import Targets
    from report_data.markdown.parser import Element
    from report_data.markdown.source import Source

_CAPTION = re.compile(r"(?::|Table:|表[:：])[ \t]+")


def walk_elements(elements: list[Element]) -> Iterator[Element]:
    """Yield elements and all that stands in them, in the order of the source."""
    stack = list(reversed(elements))
    while stack:
        element = stack.pop()
        yield element
        stack.extend(reversed(element.children))


def split_caption(content: str) -> str | None:
    """Return the text of a caption (``: text``); ``None`` if a paragraph is none."""
    found = _CAPTION.match(content)
    return None if found is None else content[found.end() :]


def take_notes(elements: list[Element], notes: Notes, source: Source) -> None:
    """Move the texts of footnotes out of the tree."""
    everything = list(walk_elements(elements))
    if not any(e.kind == "footnote_reference" for e in everything):
        return
    for siblings in [elements, *(e.children for e in everything)]:
        if any(e.kind == "footnote_reference" for e in siblings):
            siblings[:] = [e for e in siblings if e.kind != "footnote_reference"]
    for element in everything:
        if element.kind != "footnote_reference":
            continue
        label = element.label
        note = Definition(label, element.start, element.end, tuple(element.children))
        if not notes.define(note):
            source.diagnostics.warn(
                "W141",
                f"the footnote [^{label}] is written twice; the second stands after the others",
                source.span(element.start),
                "Give one of them another name",
            )


def read_braces(elements: list[Element]) -> None:
    """Take ``{...}`` off headings, pictures and captions, and read the first lines of boxes."""
    for siblings in [elements, *(e.children for e in list(walk_elements(elements)))]:
        _join_captions(siblings)
        for element in siblings:
            if element.kind == "heading":
                element.content, element.braces = split_attributes(element.content)
            elif element.kind in ("paragraph", "dt"):
                element.content, element.braces = split_picture(element.content)
            elif element.kind == "div":
                element.box = parse_box_head(element.info)
                element.braces = element.box.braces


def _join_captions(siblings: list[Element]) -> None:
    """Give each table the caption right before it, else the one that follows it.

    Pandoc takes both, and what stands between two tables for the first one's unless that
    has one before it.
    """
    kept: list[Element] = []
    for element, following in zip_longest(siblings, siblings[1:]):
        text = split_caption(element.content) if element.kind == "paragraph" else None
        before = kept[-1] if kept else None
        if text is not None and before and _is_table(before) and before.caption is None:
            _caption(before, element, text)
        elif text is not None and "\n" not in text and following and _is_table(following):
            _caption(following, element, text)
        else:
            kept.append(element)
    if len(kept) < len(siblings):
        siblings[:] = kept


def _is_table(element: Element) -> bool:
    return element.kind == "table" and not element.info


def _caption(table: Element, paragraph: Element, text: str) -> None:
    paragraph.content, table.braces = split_attributes(text)
    table.caption = paragraph


def reserve_ids(elements: list[Element], ids: IdMaker, targets: Targets, source: Source) -> None:
    """Take the ids that the author gave before any other is made."""
    for element in walk_elements(elements):
        wanted = element.braces.id
        if not wanted:
            continue
        if ids.reserve(wanted):
            element.id = BlockId(wanted)
            targets.ids.add(wanted)
            continue
        place = element.caption or element
        source.diagnostics.error(
            "E201",
            f"the id “{wanted}” is given twice",
            source.find(f"#{wanted}", place.start, place.end),
            "Give one of them another id: links and files are matched by it",
        )
