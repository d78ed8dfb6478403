"""An SVG file's bytes in -> the same drawing without what reaches out of it, and its size.

Scripts, pages inside of the drawing and pictures elsewhere are taken out, so that who
draws it can open nothing; entities, bombs of references and deep nesting are refused.
"""

from __future__ import annotations

import base64
import binascii
import re
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

_SVG = "http://www.w3.org/2000/svg"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")

_ACTIVE = frozenset(("script", "foreignObject", "iframe", "object", "embed", "audio", "video"))
_PICTURES = frozenset(("image", "feImage"))
_UNSEEN = "unseen"

MOST_DEPTH = 200
MOST_ELEMENTS = 100_000
"""With everything that ``use`` repeats, counted as often as it is drawn."""

MOST_ASPECT = 100.0
"""The longer side in terms of the shorter: what is thinner is no picture on a page."""

_LARGEST = 10_000.0
"""Of a side, in pixels: a drawing has no resolution, only proportions."""

_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*([a-zA-Z%]*)\s*")
_UNITS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
}
"""CSS Values 4, section 6.2, in pixels; relative ones at the usual size of type."""

_DATA = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp)\s*;\s*base64\s*,", re.IGNORECASE)
_OUTER_STYLE = re.compile(r"@import[^;]*;?|url\(\s*(?![\"']?#)[^)]*\)", re.IGNORECASE)


class SvgError(ValueError):
    """What is wrong with a drawing, in words that go on after "the drawing"."""


class Drawing(NamedTuple):
    """A drawing that reaches for nothing: its source, its size in pixels, what was taken out."""

    source: str
    width: float
    height: float
    words: str
    """What it says in letters."""
    left_out: tuple[str, ...]


def read_svg(data: bytes, fits: Callable[[bytes], bool]) -> Drawing:
    """Read a drawing; ``fits`` tells whether a picture inside of it may be drawn.

    Raises:
        SvgError: it is damaged, has no size, or means harm.
    """
    from xml.etree import ElementTree as ET  # late: few reports hold drawings

    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise SvgError("declares entities, which are not resolved")
    try:
        root = ET.fromstring(data)  # noqa: S314 - no entities, and expat opens no files
    except (ET.ParseError, LookupError, ValueError) as problem:
        raise SvgError(f"is no well-formed XML ({problem})") from problem
    if root.tag != f"{{{_SVG}}}svg":
        raise SvgError(f"lacks xmlns={_SVG}")
    _check_depth(root)
    width, height = _size(root)
    left_out: set[str] = set()
    _take_out(root, left_out, fits)
    _check_count(root)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    ET.register_namespace("", _SVG)
    source = ET.tostring(root, encoding="unicode")
    words = "".join("".join(one.itertext()) for one in root.iter(f"{{{_SVG}}}text"))
    return Drawing(source, width, height, words, tuple(sorted(left_out)))


def _check_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise SvgError(f"is nested deeper than {MOST_DEPTH}")
        level = [child for one in level for child in one]


def _size(root: Element) -> tuple[float, float]:
    """Return width and height in pixels: those said, else the view box's (SVG 2, 8.12)."""
    box = [_number(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    given = tuple(box[2:]) if len(box) == 4 and all(one > 0 for one in box[2:]) else None  # noqa: PLR2004 - of the attribute
    width = _length(root.get("width", ""), given[0] if given else None)
    height = _length(root.get("height", ""), given[1] if given else None)
    if given and width is None:
        width = given[0] if height is None else height * given[0] / given[1]
    if given and height is None and width is not None:
        height = width * given[1] / given[0]
    if width is None or height is None:
        raise SvgError("says neither width and height nor a viewBox")
    longer, shorter = max(width, height), min(width, height)
    if not (0 < shorter <= longer <= shorter * MOST_ASPECT and isfinite(longer)):
        raise SvgError(f"is {width:g} by {height:g}")
    if longer > _LARGEST:
        width, height = width * _LARGEST / longer, height * _LARGEST / longer
    return width, height


def _number(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    number = float(found[1]) if found and not found[2] else 0.0
    return number if isfinite(number) else 0.0


def _length(text: str, whole: float | None) -> float | None:
    """Return a length in pixels, ``None`` where none is said; per cent are of the view box."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return None
    number = float(found[1])
    if found[2] == "%":
        return None if whole is None else number / 100 * whole
    return number * _UNITS.get(found[2].lower(), 1.0)


def _take_out(root: Element, left_out: set[str], fits: Callable[[bytes], bool]) -> None:
    """Take out what is active and what lies elsewhere."""
    for parent in list(root.iter()):
        for child in list(parent):
            if reason := _unfit(child, fits):
                _remove(parent, child)
                left_out.update({reason} - {_UNSEEN})
    for one in root.iter():
        if one.tag == f"{{{_SVG}}}style" and one.text:
            one.text = _OUTER_STYLE.sub("", one.text)
        for key in _HREF:
            if not _is_picture(one) and not one.get(key, "#").strip().startswith("#"):
                del one.attrib[key]


def _unfit(element: Element, fits: Callable[[bytes], bool]) -> str:
    """Return what an element is that must go, ``""`` for one that may stay."""
    namespace, _, name = str(element.tag).rpartition("}")
    if name in _ACTIVE:
        return name
    if namespace != f"{{{_SVG}":
        return _UNSEEN  # an editor's own notes
    if _is_picture(element) and not all(_stays(one, fits) for one in _addresses(element)):
        return "a picture elsewhere"
    return ""


def _remove(parent: Element, child: Element) -> None:
    """Take an element out, but not the text that follows it."""
    place = list(parent).index(child)
    if child.tail and place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _is_picture(element: Element) -> bool:
    return str(element.tag).rpartition("}")[2] in _PICTURES


def _stays(address: str, fits: Callable[[bytes], bool]) -> bool:
    """Return whether a picture's address is in the drawing, or holds a picture that fits."""
    if address.strip().startswith("#"):
        return True
    found = _DATA.match(address)
    try:
        return found is not None and fits(base64.b64decode(address[found.end() :]))
    except binascii.Error:
        return False


def _addresses(element: Element) -> Iterator[str]:
    return (address for key in _HREF if (address := element.get(key)) is not None)


def _check_count(root: Element) -> None:
    """Refuse what draws more elements than it has, over and over.

    Elements are counted from the last to the first, so that children come before
    their parents; what a ``use`` repeats is looked up by its id.
    """
    elements = list(root.iter())
    by_id = {name: one for one in elements if (name := one.get("id"))}
    counts: dict[Element, int] = {}
    open_ones: set[Element] = set()
    for start in reversed(elements):
        stack = [start]
        while stack:
            one = stack[-1]
            if one in counts:
                stack.pop()
                continue
            needed = [*one, *_used(one, by_id)]
            missing = [item for item in needed if item not in counts and item not in open_ones]
            if missing and one not in open_ones:
                open_ones.add(one)
                stack += missing
                continue
            counts[one] = 1 + sum(counts.get(item, 0) for item in needed)
            open_ones.discard(one)
            stack.pop()
            if counts[one] > MOST_ELEMENTS:
                raise SvgError(f"draws more than {MOST_ELEMENTS:,} elements")


def _used(element: Element, by_id: dict[str, Element]) -> Iterator[Element]:
    if element.tag == f"{{{_SVG}}}use":
        for address in _addresses(element):
            if (found := by_id.get(address.strip().removeprefix("#"))) is not None:
                yield found
