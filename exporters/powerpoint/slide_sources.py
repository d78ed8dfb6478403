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

_BEFORE = re.compile(
    r"(?:[^\w（(]+|(?:附[录錄]|付録|부록)\s*[a-z\d一二三四五六七八九十]{0,3}"
    r"|appendix(?: [a-z\d]{1,3}\b)?"
    r"|第?[\divx一二三四五六七八九十]+(?:\.\d+)*\s*[章节]?\s*[.、．:：)）]?)\s*[.、．:：—–-]?\s*"
)
"""What may stand before such a name: a sign, the name of an appendix, a number. In small letters:
to compile these two without regard to case would take three times as long."""

_MOST_BEFORE = 4
"""A sign, an appendix, a number, and the name itself."""

_NAME = (
    r"(?:(?:主要)?参考(?:文献|资料|来源|链接)|(?:资料|数据|信息|引用|文献)?来源|參考(?:文獻|資料)"
    r"|(?:資料|數據)?來源|引用|references?|bibliography|(?:data )?sources|works cited|citations"
    r"|literature|further reading|出典|参照文献|参考文献|引用文献|参考リンク"
    r"|참고\s?(?:문헌|자료)|출처)"
)
_NAMED_SO = re.compile(
    rf"{_NAME}(?:\s*(?:及|与|和|、|and|&|및|/)\s*(?:{_NAME}|notes|注释|链接))?(?:\s*[（(][^（）()]*[）)])?",
    re.IGNORECASE,
)
"""What such sections are called in the languages that we have words for."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    body = Placeholder(
        BODY, "body", tokens.content, (tokens.source_steps[0],), FIRST_INDEX, bullets=True
    )
    return (framed(tokens, LAYOUT, "cust", body),)


def is_named_so(title: str) -> bool:
    """Return whether a heading says that sources stand under it."""
    name = title.strip().lower()
    for _ in range(_MOST_BEFORE):
        if _NAMED_SO.fullmatch(name):
            return True
        before = _BEFORE.match(name)
        if before is None:
            return False
        name = name[before.end() :]
    return False


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
