"""An address as written -> the address to link to, or why there will be no link."""

from __future__ import annotations

import re
from typing import NamedTuple

from report_data.expressions import when_used

SCHEMES = ("http", "https", "mailto")
MAX_LENGTH = 2079
"""Characters; Excel refuses longer hyperlinks (its specifications and limits)."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_IGNORED = when_used(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]")


class Link(NamedTuple):
    """An address that may be linked to (``""`` if none), or the problem with it."""

    address: str
    problem: str = ""
    hint: str = "Only http, https, mailto and #id become links; the text stays"


def check_link(address: str) -> Link:
    """Allow http, https, mailto and ``#id``; browsers ignore blanks in a scheme, so do we."""
    bare = _IGNORED.sub("", address)
    if bare.startswith("#"):
        return Link(bare)
    scheme = _SCHEME.match(bare)
    if scheme is None:
        hint = "Write the address in full, with https:// before it; the text stays"
        return Link("", "it is no full address", hint)
    if scheme[1].lower() not in SCHEMES:
        return Link("", f"addresses of the kind “{scheme[1].lower()}:” are not linked")
    if len(bare) > MAX_LENGTH:
        return Link("", f"it is longer than {MAX_LENGTH} characters")
    return Link(bare)
