"""What stands in braces -> warnings for names and values that mean nothing here.

Keys that mean nothing are said wherever they stand. Classes are names for other
programs to use, and are said only if they look like a slip for one that means
something here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from report_data.markdown.boxes import ADMONITIONS, KINDS, QUIET, is_data_table
from report_data.markdown.prepare import walk_elements
from report_data.markdown.tags import words
from report_data.spelling import SURELY, meant, nearest
from report_data.widths import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.diagnostics import Span
    from report_data.markdown.attributes import Braces
    from report_data.markdown.boxes import BoxHead
    from report_data.markdown.parser import Element
    from report_data.markdown.source import Source

FORMATS = ("pptx", "pdf", "xlsx")
"""What ``to=`` may name: the built-in formats of the exporters, which this package cannot ask."""

_SLIDES = ("layout", "slide-title")
_COLUMNS = ("types", "limit", "total", "bars", "scale")


class _Place(NamedTuple):
    """Where braces stand, the keys that mean something there, and the classes."""

    name: str
    keys: tuple[str, ...]
    classes: frozenset[str] = frozenset()


_HEADING = _Place("a heading", _SLIDES, words("appendix newpage unnumbered unlisted"))
_CAPTION = _Place("a table", ("layout", *_COLUMNS))
_DATA_TABLE = _Place(
    "a table from a file",
    ("src", "columns", "sort", "encoding", "delimiter", "sheet", "layout", *_COLUMNS),
)
_PICTURE = _Place("a picture", ("width", "layout"))
_BOX = _Place("a box", _SLIDES, KINDS | ADMONITIONS | QUIET)
_BOXES = {
    "only": _BOX._replace(name="a box for some formats", keys=("to",)),
    "chart": _BOX._replace(
        name="a chart", keys=("type", "table", "x", "y", "line", "total", *_SLIDES)
    ),
    # Pandoc's decks give columns a width; here they are all of one.
    "column": _BOX._replace(name="a column", keys=("width", *_SLIDES)),
}


def check_braces(elements: list[Element], source: Source) -> None:
    """Warn of what means nothing in the braces of headings, captions and boxes."""
    for element in walk_elements(elements):
        if not element.braces.attributes:
            continue
        if element.kind == "heading":
            _check(element.braces, _HEADING, element, source)
        elif element.kind == "table":
            _check(element.braces, _CAPTION, element.caption or element, source)
        elif element.box is not None:
            _check(element.braces, _place_of(element.box), element, source)
            if element.box.kind == "only":
                _check_formats(element, source)


def check_picture(braces: Braces, element: Element, source: Source) -> None:
    """Warn of what means nothing in the braces of a picture that stands in an element."""
    _check(braces, _PICTURE, element, source)
    width = braces.attributes.get("width")
    if width and width_of(width) is None:
        source.diagnostics.warn(
            "W163",
            f"“{width}” is no width; the picture has its own",
            _find("width=", element, source),
            "Write a part of the column, width=50%, or a length, width=8cm (mm, in, pt, px)",
        )


def check_title(braces: Braces, element: Element, source: Source) -> None:
    """Warn of keys in the braces of the report's title, which is no section."""
    for key, _ in _of_ours(braces):
        source.diagnostics.warn(
            "W162",
            f"“{key}” means nothing at the report's title; it is not used",
            _find(f"{key}=", element, source),
            "Give it to a section, or write the title in the front matter",
        )


def _place_of(head: BoxHead) -> _Place:
    if is_data_table(head) or "table" in head.braces.attributes.classes:
        return _DATA_TABLE
    return _BOXES.get(head.kind, _BOX)


_HTML = words("class style id lang dir title role target rel loading hidden tabindex translate")
_OTHERS = ("data-", "aria-", "on", ":")
"""Attributes that only a page of the web has, by name and by how they begin."""


def _of_ours(braces: Braces) -> Iterator[tuple[str, str]]:
    """Yield the pairs but for those that are for a page of the web."""
    return (
        pair
        for pair in braces.attributes.pairs
        if pair[0] not in _HTML and not pair[0].startswith(_OTHERS)
    )


def _check(braces: Braces, place: _Place, element: Element, source: Source) -> None:
    for key, _ in _of_ours(braces):
        if key in place.keys:
            continue
        hint = meant(key, place.keys) or "Leave it if another program reads it; "
        source.diagnostics.warn(
            "W162",
            f"“{key}” is no key of {place.name} here; it is not used",
            _find(f"{key}=", element, source),
            f"{hint}known here: {', '.join(place.keys)}",
        )
    for name in braces.attributes.classes:
        if name in place.classes or not (known := nearest(name, place.classes, SURELY)):
            continue
        if element.box is not None and name == element.box.unknown:
            continue  # which is said as W161
        source.diagnostics.warn(
            "W162",
            f"“.{name}” means nothing here",
            _find(f".{name}", element, source),
            f"Did you mean “.{known}”? Leave it if another program reads it",
        )


def _check_formats(element: Element, source: Source) -> None:
    wanted = element.braces.attributes.get("to").replace(",", " ").split()
    nowhere = "" if set(wanted) & set(FORMATS) else "; what stands here is in none of the documents"
    for name in wanted:
        if name not in FORMATS:
            source.diagnostics.warn(
                "W163",
                f"“{name}” is no format that is made here{nowhere}",
                _find("to=", element, source),
                f"{meant(name, FORMATS)}Known formats: {', '.join(FORMATS)}",
            )


def _find(text: str, element: Element, source: Source) -> Span:
    """Return where a text stands in braces in an element's lines; its first line if nowhere."""
    wanted = re.compile(r"\{(?:[^{}]*[\s{])?(?=" + re.escape(text) + ")")
    for number in range(element.start, max(element.end, element.start + 1)):
        if found := wanted.search(source.line(number)):
            return source.span(number, found.end(), len(text.removesuffix("=")))
    return source.find(text, element.start, element.end)
