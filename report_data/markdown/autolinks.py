"""Runs of text -> the same text with bare addresses linked and ``@id`` as references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from report_data.expressions import when_used
from report_data.ids import BlockId
from report_data.links import check_link
from report_data.model import Mark, Reference, Run

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from report_data.model import Inline, RichText

# An address ends at the first character that is not ASCII: in Chinese text the
# sentence goes on without a space. GFM, autolinks (extended), for the rest.
_BARE = when_used(
    r"(?<![A-Za-z0-9_/.])(?P<url>https?://[!-;=?-~]+|www\.[a-zA-Z0-9][!-;=?-~]*)"
    r"|(?<![A-Za-z0-9_.+\-@/])(?P<mail>[a-zA-Z0-9._+\-]{1,64}@[a-zA-Z0-9\-]+(?:\.[a-zA-Z0-9\-]+)+)"
    r"|(?<![A-Za-z0-9_.+\-@/])@(?P<id>[^\W_][\w\-/]*)"
)
_VERBATIM = Mark.CODE | Mark.MATH
_TRAILING = "?!.,:*_~'\""


def linked(content: RichText, ids: Container[str]) -> RichText:
    """Link what looks like an address in runs that have no link yet."""
    if not any(_may_link(item) for item in content):
        return content
    out: list[Inline] = []
    for item in content:
        if isinstance(item, Run) and _may_link(item):
            out.extend(_parts(item, ids))
        else:
            out.append(item)
    return tuple(out)


def _may_link(item: Inline) -> bool:
    return (
        isinstance(item, Run)
        and item.link is None
        and ("@" in item.text or "://" in item.text or "www." in item.text)
        and (item.marks is Mark.NONE or not item.marks & _VERBATIM)  # to combine takes long
    )


def _parts(run: Run, ids: Container[str]) -> Iterator[Inline]:
    text = run.text
    done = 0
    for found in _BARE.finditer(text):
        start = found.start()
        if start < done:
            continue
        if found["id"]:
            name = _known(found["id"], ids)
            if not name:
                continue
            made: Inline = Reference(BlockId(name))
            end = start + 1 + len(name)
        else:
            shown = _trimmed(found[0]) if found["url"] else found["mail"]
            prefix = "mailto:" if found["mail"] else "" if shown.startswith("http") else "http://"
            link = check_link(prefix + shown)
            if not link.address or shown.endswith("//"):
                continue
            made = replace(run, text=shown, link=link.address)
            end = start + len(shown)
        if start > done:
            yield replace(run, text=text[done:start])
        yield made
        done = end
    if done < len(text):
        yield replace(run, text=text[done:]) if done else run


def _known(name: str, ids: Container[str]) -> str:
    """Return the longest beginning of a name that is an id: Chinese may follow at once."""
    return next((name[:end] for end in range(min(len(name), 80), 0, -1) if name[:end] in ids), "")


def _trimmed(address: str) -> str:
    """Take off marks that end the sentence rather than the address (GFM)."""
    while address:
        surplus = address[-1] == ")" and address.count(")") > address.count("(")
        if address[-1] not in _TRAILING and not surplus:
            break
        address = address[:-1]
    return address
