"""Words beside a table in -> the boxes of both: what the table says, above or below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.fit import set_at
from exporters.powerpoint.layouts import caption_box, framed, own_box, words_above, words_below

if TYPE_CHECKING:
    from exporters.layout.geometry import Pt
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Layout, Text
    from exporters.theme import SlideTokens, Type

LAYOUT = "takeaway"


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    below = tokens.content.bottom - tokens.section_label.leading
    return (
        framed(
            tokens,
            LAYOUT,
            "cust",
            words_above(tokens),
            caption_box(tokens, "caption", tokens.content.y),
            own_box("grid", "tbl", tokens),
            caption_box(tokens, "notice", below),
            words_below(tokens),
        ),
    )


def height_below(words: Intro | None, desk: Desk) -> Pt:
    """Return the height in points that words under something take, a line in reserve."""
    if words is None:
        return 0.0
    step = _step(words, desk)
    paragraphs = set_at(words.passages, step)
    return desk.ruler.height(paragraphs, desk.tokens.content.width, sure=True) + step.leading


def below(words: Intro, above: Rect, desk: Desk, layout: str = LAYOUT) -> Text:
    """Return the words that stand under a table or picture."""
    paragraphs = set_at(words.passages, _step(words, desk))
    height = desk.ruler.height(paragraphs, above.width, sure=True)
    gap = desk.tokens.label_gap if words.note else desk.tokens.gutter
    box = Rect(above.x, above.bottom + gap, above.width, height)
    return desk.text(layout, "outro", words.name, paragraphs, box)


def _step(words: Intro, desk: Desk) -> Type:
    """Return the size of words under a table: a note's is that of captions."""
    return desk.tokens.section_label if words.note else desk.tokens.body_steps[0]
