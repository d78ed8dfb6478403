"""A picture in -> one slide: as large as it fits, whole, its caption below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.names import says_its_label
from exporters.pictures import size_of
from exporters.powerpoint.desk import Page
from exporters.powerpoint.layouts import caption_box, framed, own_box, words_above
from exporters.powerpoint.plan import Picture, TextParagraph, TextRun

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Layout, Shape
    from exporters.theme import SlideTokens
    from report_data.model import Figure

LAYOUT = "picture"

PT_A_PIXEL = 0.75
"""A pixel at 96 to the inch. A picture is enlarged to at most twice that: more looks coarse."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    below = tokens.content.bottom - tokens.section_label.leading
    picture, caption = own_box("picture", "pic", tokens), caption_box(tokens, "caption", below)
    return (framed(tokens, LAYOUT, "cust", words_above(tokens), picture, caption),)


def pages(figure: Figure, desk: Desk, intro: Intro | None = None) -> list[Page] | None:
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
    opening, area = desk.intro(LAYOUT, intro)
    shapes = (*opening, *captioned(figure, LAYOUT, area, desk))
    ids = (*(intro.ids if intro else ()), figure.id)
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
