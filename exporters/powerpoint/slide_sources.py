"""Sources, references, footnotes in -> slides of small print, one source under the other.

Chosen for footnotes and for a section whose name says that it holds sources.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, parts, passages_of, set_at
from exporters.powerpoint.layouts import BODY, FIRST_INDEX, framed
from exporters.powerpoint.plan import Placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Layout
    from exporters.theme import SlideTokens
    from report_data.ids import BlockId

LAYOUT = "sources"

_NAMED_SO = re.compile(
    r"(?:[\dIVX一二三四五六七八九十]+(?:\.\d+)*\s*[.、．:：)）]?\s*)?"
    r"(?:参考(?:文献|资料)|(?:资料|数据|信息|引用)?来源|參考(?:文獻|資料)|(?:資料|數據)?來源"
    r"|references|bibliography|sources|works cited|citations"
    r"|出典|参照文献|引用文献|참고문헌|출처)",
    re.IGNORECASE,
)
"""What such sections are called in the languages that we have words for, after their number."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    body = Placeholder(
        BODY, "body", tokens.content, (tokens.source_steps[0],), FIRST_INDEX, bullets=True
    )
    return (framed(tokens, LAYOUT, "cust", body),)


def is_named_so(title: str) -> bool:
    """Return whether a heading says that sources stand under it."""
    return _NAMED_SO.fullmatch(title.strip()) is not None


def pages(atoms: Sequence[Atom], name: BlockId, desk: Desk) -> list[Page] | None:
    """Return the slides of sources; ``None`` when one of them is taller than a slide."""
    box = desk.box(LAYOUT, BODY).rect
    steps = desk.tokens.source_steps
    room = (box.width, box.height)
    if any(largest(desk.ruler, atom.passages, steps[-1:], *room) is None for atom in atoms):
        return None
    for step in steps:
        split = parts(desk.ruler, atoms, step, *room)
        if len(split) == 1:
            break
    result = []
    for part in split:
        paragraphs = set_at(passages_of(part), step)
        ids = tuple(one for atom in part for one in atom.ids)
        result.append(Page(LAYOUT, (desk.text(LAYOUT, BODY, name, paragraphs),), (), ids))
    return result
