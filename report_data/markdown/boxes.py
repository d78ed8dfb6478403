"""What follows ``:::`` -> the kind of box, its id, attributes and title."""

from __future__ import annotations

from typing import NamedTuple, cast, get_args

from report_data.markdown.attributes import NO_BRACES, Braces, parse_attributes
from report_data.markdown.tags import words
from report_data.model import Attributes, BoxKind

KINDS: frozenset[str] = frozenset(get_args(BoxKind)) - {"plain"}
ADMONITIONS = words(
    "note tip info warning caution danger important success question abstract summary "
    "callout-note callout-tip callout-warning callout-caution callout-important"
)
"""Names that other tools give to highlighted boxes; shown as callouts."""
QUIET = words("incremental nonincremental section div table")
"""Names that change nothing here and need no warning."""


class BoxHead(NamedTuple):
    """The first line of a box; ``unknown`` is a name that we do not know."""

    kind: BoxKind
    braces: Braces
    title: str = ""
    unknown: str = ""


def is_data_table(head: BoxHead) -> bool:
    """Return whether a box asks for a table from a data file."""
    attributes = head.braces.attributes
    return "table" in attributes.classes and bool(attributes.get("src"))


def parse_box_head(info: str) -> BoxHead:
    """Return what ``name``, ``{.name #id key=value}`` or ``name title`` asks for."""
    before, brace, after = info.partition("{")
    inside, _, rest = after.partition("}")
    braces = (parse_attributes(inside) if brace else None) or NO_BRACES
    words = before.split(None, 1)
    title = (words[1] if len(words) > 1 else "").strip() or rest.strip()
    names = [*words[:1], *braces.attributes.classes]
    known = next((name for name in names if name in KINDS or name in ADMONITIONS), None)
    if known is None:
        unknown = next((name for name in names if name not in QUIET), "")
        others = tuple(names)
        return BoxHead("plain", _with(braces, others), title, unknown)
    kind = known if known in KINDS else "callout"
    others = tuple(name for name in names if name != known or name not in KINDS)
    return BoxHead(cast("BoxKind", kind), _with(braces, others), title)


def _with(braces: Braces, classes: tuple[str, ...]) -> Braces:
    return Braces(braces.id, Attributes(classes, braces.attributes.pairs))
