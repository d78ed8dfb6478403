"""Text between braces -> an id, classes and pairs, as Pandoc writes them."""

from __future__ import annotations

import re
from typing import NamedTuple

from report_data.model import NO_ATTRIBUTES, Attributes

_PART = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s{}"'=.#]+(?:[.#][^\s{}"'=.#]+)*)
      | \.(?P<class>[^\s{}"'=.#]+)
      | (?P<dash>-)(?=\s|$)
      | (?P<key>[\w:][\w:.\-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s{}"']+))
    )(?=\s|$|[#.])""",
    re.VERBOSE,
)


class Braces(NamedTuple):
    """What stands between braces."""

    id: str = ""
    attributes: Attributes = NO_ATTRIBUTES


NO_BRACES = Braces()


def parse_attributes(inside: str) -> Braces | None:
    """Return what the text between braces says; ``None`` when it is something else.

    ``{-}`` is Pandoc's class ``unnumbered``.
    """
    identifier = ""
    classes: list[str] = []
    pairs: list[tuple[str, str]] = []
    text = inside.strip()
    position = 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None:
            return None
        if part["id"]:
            identifier = part["id"]
        elif part["class"]:
            classes.append(part["class"])
        elif part["dash"]:
            classes.append("unnumbered")
        else:
            value = next(v for v in (part["double"], part["single"], part["bare"]) if v is not None)
            pairs.append((part["key"], value))
        position = part.end()
    if not (identifier or classes or pairs):
        return None
    return Braces(identifier, Attributes(tuple(classes), tuple(pairs)))


def split_attributes(text: str) -> tuple[str, Braces]:
    """Take ``{...}`` off the end of a text; it stays when it does not parse."""
    stripped = text.rstrip()
    start = stripped.rfind("{")
    if start < 0 or not stripped.endswith("}"):
        return text, NO_BRACES
    # Kramdown begins with a colon: {:.class}
    braces = parse_attributes(stripped[start + 1 : -1].removeprefix(":"))
    if braces is None:
        return text, NO_BRACES
    return stripped[:start].rstrip(), braces


def split_picture(text: str) -> tuple[str, Braces]:
    """Take ``{...}`` off a paragraph that is a picture, as `split_attributes` does."""
    if not text.startswith("!["):
        return text, NO_BRACES
    bare, braces = split_attributes(text)
    return (bare, braces) if bare.endswith((")", "]")) else (text, NO_BRACES)
