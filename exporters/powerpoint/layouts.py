"""The boxes that layouts of the master are made of: the frame, and boxes of a kind.

Every layout but cover, section and closing has the same frame: a section label,
a title, the foot line with the source at the left and the slide's number at the
right. The boxes between are in ``slide_<layout>.py``; the shapes that a slide
draws itself (rules, dots, grounds) are no boxes of a layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.plan import Layout, Placeholder

if TYPE_CHECKING:
    from exporters.layout.geometry import Pt
    from exporters.theme import SlideTokens

LABEL, TITLE, FOOT, NUMBER = "label", "title", "foot", "number"
BODY = "body"

_FOOT_INDEX, _NUMBER_INDEX, _LABEL_INDEX = 11, 12, 13
_INTRO_INDEX, _OUTRO_INDEX = 14, 15
_CAPTION_INDEXES = {"caption": 16, "notice": 17}
FIRST_INDEX = 20
"""Indexes of a layout's own boxes begin here: under 10 the kind alone would be compared."""


def framed(tokens: SlideTokens, key: str, kind: str, *own: Placeholder) -> Layout:
    """Return a layout with the frame around boxes of its own.

    ``kind`` is ECMA-376's ST_SlideLayoutType (part 1, 19.7.15).
    """
    foot = tokens.foot
    title = Placeholder(
        TITLE, "title", tokens.title, (tokens.title_type,), color="structure", anchor="b"
    )
    source = Placeholder(
        FOOT,
        "ftr",
        Rect(foot.x, foot.y, foot.width - tokens.number - tokens.gutter, foot.height),
        (tokens.caption,),
        _FOOT_INDEX,
        color="ink_second",
        anchor="ctr",
    )
    number = Placeholder(
        NUMBER,
        "sldNum",
        Rect(foot.right - tokens.number, foot.y, tokens.number, foot.height),
        (tokens.caption,),
        _NUMBER_INDEX,
        color="ink_second",
        anchor="ctr",
        align="right",
    )
    return Layout(key, key, kind, (label_box(tokens), title, *own, source, number))


def label_box(tokens: SlideTokens) -> Placeholder:
    """Return the box of the section's name, above the title."""
    return Placeholder(
        LABEL, "body", tokens.label, (tokens.section_label,), _LABEL_INDEX, color="ink_second"
    )


def words_above(tokens: SlideTokens) -> Placeholder:
    """Return the box of a few words above what the slide is for."""
    area, line = tokens.content, tokens.body_steps[0]
    rect = Rect(area.x, area.y, area.width, line.leading)
    return Placeholder("intro", "body", rect, (line,), _INTRO_INDEX)


def words_below(tokens: SlideTokens) -> Placeholder:
    """Return the box of a few words below what the slide is for."""
    area, line = tokens.content, tokens.body_steps[0]
    rect = Rect(area.x, area.bottom - line.leading, area.width, line.leading)
    return Placeholder("outro", "body", rect, (line,), _OUTRO_INDEX)


def caption_box(tokens: SlideTokens, key: str, top: Pt) -> Placeholder:
    """Return the box of a line in small type: a ``caption``, a ``notice`` under a table."""
    area, step = tokens.content, tokens.section_label
    return Placeholder(
        key,
        "body",
        Rect(area.x, top, area.width, step.leading),
        (step,),
        _CAPTION_INDEXES[key],
        color="ink_second",
    )


def own_box(key: str, kind: str, tokens: SlideTokens, rect: Rect | None = None) -> Placeholder:
    """Return the box that a layout is for: a ``tbl``, ``pic`` or ``chart``, by default all over."""
    return Placeholder(key, kind, rect or tokens.content, (tokens.body_steps[0],), FIRST_INDEX)


def text_box(tokens: SlideTokens, rect: Rect | None = None, ordinal: int = 0) -> Placeholder:
    """Return the box of running text with bullets, by default all over."""
    place, index = rect or tokens.content, FIRST_INDEX + ordinal
    return Placeholder(BODY, "body", place, (tokens.body_steps[0],), index, bullets=True)
