"""A report in -> the list of contents that its author wrote, and where its lines lead.

Beside the contents that we make such a list says all a second time.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from report_data.expressions import when_used
from report_data.ids import BlockId
from report_data.model import Break, List, Paragraph, Run, Section, plain, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from report_data.model import RichText

_AMONG = 2
"""It is one of so many first sections."""

_NUMBER = when_used(
    r"(?:\d+(?:\.\d+)*[.、．)）]?|第?[一二三四五六七八九十百\d]+[章节節篇部条條]?[、．.]?"
    r"|[（(][一二三四五六七八九十\d]+[)）]|(?:chapter|section|part)\s+\w+[.:]?)\s*",
    re.IGNORECASE,
)
"""What is before a title where its sections are counted."""

_LEADER = when_used(r"[\s.…·_\-—]*\d*$")
"""Dots and a page number behind it."""


class WrittenContents(Struct, frozen=True):
    """The section, and for each line of its list the block that it leads to.

    ``whole`` says that it leads to every section beside its own.
    """

    section: Section
    lines: Mapping[BlockId, BlockId]
    whole: bool


def written_contents(sections: Sequence[Section], least: int) -> WrittenContents | None:
    """Return the contents among the first sections, if all of one is such a list.

    Each line is a link within the report, or the title of a section; ``least`` lines.
    """
    for section in sections[:_AMONG]:
        if section.sections or section.attributes:
            continue
        if not all(isinstance(block, List | Break) for block in section.blocks):
            continue
        lines = [node for node in walk(section.blocks) if isinstance(node, Paragraph)]
        if len(lines) < least:
            continue
        titles: dict[str, BlockId] = {}
        for node in walk(tuple(sections)):
            if isinstance(node, Section) and node is not section:
                titles.setdefault(_bare(plain(node.title)), node.id)
        led = {line.id: _target(line.content, titles) for line in lines}
        known = {line: target for line, target in led.items() if target is not None}
        if len(known) == len(lines):
            others = {one.id for one in sections if one is not section}
            return WrittenContents(section, known, others <= set(known.values()))
    return None


def _target(text: RichText, titles: Mapping[str, BlockId]) -> BlockId | None:
    """Return where a line leads: by its link, if it is nothing else, or by a section's title."""
    runs = [one for one in text if not isinstance(one, Run) or not one.text.isspace()]
    links = {one.link if isinstance(one, Run) else None for one in runs}
    link = links.pop() if len(links) == 1 else None
    if link is not None:
        return BlockId(link[1:]) if link.startswith("#") else None
    return titles.get(_bare(plain(text)))


def _bare(title: str) -> str:
    """Return a title without its number, and without the page that it is said to be on."""
    text = unicodedata.normalize("NFKC", title).strip()
    found = _NUMBER.match(text)
    rest = _LEADER.sub("", text[found.end() :] if found else text).casefold()
    return "".join(rest.split()) or text
