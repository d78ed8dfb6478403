"""A picture in -> one slide: as large as it fits, whole, its caption below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.names import says_its_label
from exporters.pictures import size_of
from exporters.powerpoint import slide_takeaway
from exporters.powerpoint.desk import Page
from exporters.powerpoint.layouts import (
    caption_box,
    framed,
    own_box,
    words_above,
    words_below,
)
from exporters.powerpoint.plan import Picture, TextParagraph, TextRun
from report_data.model import Figure

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Layout, Shape
    from exporters.theme import SlideTokens

LAYOUT = "picture"

PT_A_PIXEL = 0.75
"""A pixel at 96 to the inch. A picture is enlarged to at most twice that: more looks coarse."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    below = tokens.content.bottom - tokens.section_label.leading
    picture, caption = own_box("picture", "pic", tokens), caption_box(tokens, "caption", below)
    words = words_above(tokens), words_below(tokens)
    return (framed(tokens, LAYOUT, "cust", words[0], picture, caption, words[1]),)


def is_shown(node: object) -> bool:
    """Return whether a node is a picture that can be drawn."""
    return isinstance(node, Figure) and node.path is not None and size_of(node.path) is not None


def pages(
    figure: Figure, desk: Desk, intro: Intro | None = None, outro: Intro | None = None
) -> list[Page] | None:
    """Return the slide of a picture; ``None`` when there is nothing to draw."""
    if figure.path is None:
        return None
    if size_of(figure.path) is None:
        desk.context.diagnostics.warn(
            "W405",
            f"PowerPoint cannot draw “{figure.source}”; its text stands in its place",
            figure.span,
            "Save the picture as PNG or JPEG",
        )
        return None
    opening, whole = desk.intro(LAYOUT, intro)
    below = slide_takeaway.height_below(outro, desk)
    area = Rect(whole.x, whole.y, whole.width, whole.height - below)
    shapes = (*opening, *captioned(figure, LAYOUT, area, desk))
    ids = (*(intro.ids if intro else ()), figure.id)
    if outro:
        bottom = shapes[-1].rect.bottom
        above = Rect(area.x, area.y, area.width, bottom - area.y)
        shapes = (*shapes, slide_takeaway.below(outro, above, desk, LAYOUT))
        ids = (*ids, *outro.ids)
    return [Page(LAYOUT, shapes, (), ids)]


def captioned(figure: Figure, layout: str, area: Rect, desk: Desk) -> tuple[Shape, ...]:
    """Return a drawable picture, whole and as large as an area holds, with its caption below."""
    size = size_of(figure.path or "") or (1, 1)
    caption = _caption(figure, desk)
    step, gap = desk.tokens.section_label, desk.tokens.label_gap
    below = 0.0
    if caption:
        below = desk.ruler.sure_lines(caption, step, area.width) * step.leading + gap
    width, height = size
    scale = min(area.width / width, (area.height - below) / height, 2 * PT_A_PIXEL)
    box = Rect(area.x, area.y, width * scale, height * scale)
    said = figure.alt or "".join(run.text for run in caption) or figure.source
    shapes: list[Shape] = [Picture(figure.id, box, Path(figure.path or ""), said)]
    if caption:
        place = Rect(area.x, box.bottom + gap, area.width, below - gap)
        paragraph = TextParagraph(caption, step)
        shapes.append(desk.text(layout, "caption", figure.id, (paragraph,), place))
    return tuple(shapes)


def _caption(figure: Figure, desk: Desk) -> tuple[TextRun, ...]:
    runs = desk.wording.runs(figure.caption)
    if not runs and figure.id not in desk.referenced:
        return ()
    if says_its_label("".join(run.text for run in runs)):
        return runs
    gap = "\u2003" if runs else ""
    label = desk.context.names.figures.get(figure.id, "")
    return (TextRun(f"{label}{gap}", bold=True, furniture=True), *runs)
