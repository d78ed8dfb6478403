"""HTML tags inside text -> the marks, breaks and links they stand for."""

from __future__ import annotations

import html
import re
from enum import Enum
from typing import NamedTuple

from report_data.model import Mark


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


MARKS = {
    "b": Mark.BOLD,
    "strong": Mark.BOLD,
    "i": Mark.ITALIC,
    "em": Mark.ITALIC,
    "cite": Mark.ITALIC,
    "dfn": Mark.ITALIC,
    "var": Mark.ITALIC,
    "s": Mark.STRIKE,
    "del": Mark.STRIKE,
    "strike": Mark.STRIKE,
    "code": Mark.CODE,
    "kbd": Mark.CODE,
    "samp": Mark.CODE,
    "tt": Mark.CODE,
    "sup": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT,
}
BLOCKS = words(
    "address article aside blockquote body caption center col colgroup dd details div dl dt "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav "
    "ol p picture pre section source summary table tbody td tfoot th thead tr ul"
)
TEXT = words(
    "a abbr acronym bdi bdo big br data font img ins label mark picture q rb rp rt ruby small "
    "span time u wbr"
)
HIDDEN = words(
    "applet audio base button canvas embed frame frameset head iframe input link map math "
    "meta noembed noframes noscript object option param script select style svg template "
    "textarea title track video"
)
VOID = words("area base br col embed frame hr img input link meta param source track wbr")
KNOWN = BLOCKS | TEXT | HIDDEN | MARKS.keys()

COMMENT_LEFT_OUT = ("N133", "a comment is left out")

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9\-]*)(?=[\s/>]|$)(?P<rest>.*?)>?\Z", re.DOTALL
)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z_:][\w:.\-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""",
)


class Kind(Enum):
    """What a piece of inline HTML is."""

    OPEN = "open"
    CLOSE = "close"
    COMMENT = "comment"
    """A comment, declaration or instruction."""
    UNKNOWN = "unknown"
    """Not HTML: a name between angle brackets, such as ``<T>``; shown as text."""


class InlineTag(NamedTuple):
    """One tag: its kind, its name in lower case, its attributes decoded."""

    kind: Kind
    name: str = ""
    attributes: dict[str, str] = {}  # noqa: RUF012  never written to


def inline_tag(text: str) -> InlineTag:
    """Return what a piece of inline HTML (``<...>``) is."""
    if text.startswith(("<!--", "<!", "<?")):
        return InlineTag(Kind.COMMENT)
    found = _TAG.match(text)
    if found is None or found["name"].lower() not in KNOWN:
        return InlineTag(Kind.UNKNOWN)
    name = found["name"].lower()
    if found["close"]:
        return InlineTag(Kind.CLOSE, name)
    attributes: dict[str, str] = {}
    for part in _ATTRIBUTE.finditer(found["rest"]):
        value = next((v for v in part.groups()[1:] if v is not None), "")
        attributes.setdefault(part[1].lower(), html.unescape(value))  # HTML takes the first
    return InlineTag(Kind.OPEN, name, attributes)
