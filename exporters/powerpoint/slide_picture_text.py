"""A picture and the text about it in -> one slide of two sides, in the report's order.

Chosen where a side holds the picture as large as it should be: a wide one has
more to say over the whole slide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.pictures import size_of
from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, passages_of, set_at
from exporters.powerpoint.layouts import BODY, caption_box, framed, own_box, text_box
from exporters.powerpoint.slide_picture import PT_A_PIXEL, captioned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.passages import Atom
    from exporters.powerpoint.plan import Layout
    from exporters.theme import SlideTokens
    from report_data.ids import BlockId
    from report_data.model import Figure

LAYOUT = "picture-text"

_WIDEST = 1.4
"""A picture up to so many times as wide as high loses little in half a slide."""

_LEAST_SIDE = 0.3
"""The least part of the slide that a picture's side takes, so that text lines stay short."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    left, right = tokens.content.columns(2, tokens.gutter * 2)
    picture = own_box("picture", "pic", tokens, right)
    text = text_box(tokens, left, ordinal=1)
    caption = caption_box(tokens, "caption", right.bottom - tokens.section_label.leading)
    return (framed(tokens, LAYOUT, "cust", text, picture, caption),)


def suits(figure: Figure, desk: Desk) -> bool:
    """Return whether a picture is narrow enough, or small enough, to share its slide."""
    size = size_of(figure.path) if figure.path else None
    if size is None:
        return False
    half = (desk.tokens.content.width - desk.tokens.gutter * 2) / 2
    return size[0] <= size[1] * _WIDEST or size[0] * 2 * PT_A_PIXEL <= half


def pages(
    figure: Figure,
    atoms: Sequence[Atom],
    name: BlockId,
    desk: Desk,
    *,
    text_first: bool,
    sure: bool,
) -> list[Page] | None:
    """Return the slide; ``None`` when the text does not fit beside the picture.

    ``sure`` takes text at the least size too: the author has asked for it.
    """
    size = size_of(figure.path) if figure.path else None
    if size is None or not atoms:
        return None
    area, gap = desk.tokens.content, desk.tokens.gutter * 2
    width = min((area.width - gap) / 2, area.height * size[0] / size[1], size[0] * 2 * PT_A_PIXEL)
    width = max(width, area.width * _LEAST_SIDE)
    beside = area.width - width - gap
    left, right = (beside, width) if text_first else (width, beside)
    first = Rect(area.x, area.y, left, area.height)
    second = Rect(first.right + gap, area.y, right, area.height)
    place, frame = (first, second) if text_first else (second, first)
    passages = passages_of(atoms)
    tokens = desk.tokens
    steps = (tokens.lead_steps[-1], *tokens.body_steps[: None if sure else -1])
    step = largest(desk.ruler, passages, steps, place.width, place.height)
    if step is None:
        return None
    text = desk.text(LAYOUT, BODY, name, set_at(passages, step), place)
    picture = captioned(figure, LAYOUT, frame, desk)
    ids = tuple(one for atom in atoms for one in atom.ids)
    shapes = (text, *picture) if text_first else (*picture, text)
    return [Page(LAYOUT, shapes, (), (*ids, figure.id) if text_first else (figure.id, *ids))]
