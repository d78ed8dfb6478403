"""A picture in -> one slide: as large as it fits, whole, its caption below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.pictures import size_of
from exporters.powerpoint.plan import Picture, TextParagraph, TextRun

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Shape
    from report_data.model import Figure

LAYOUT = "picture"

_PT_A_PIXEL = 0.75
"""A pixel at 96 to the inch. A picture is enlarged to at most twice that: more looks coarse."""


def pages(figure: Figure, desk: Desk, intro: Intro | None = None) -> list[Page] | None:
    """Return the slide of a picture; ``None`` when there is nothing to draw."""
    size = size_of(figure.path) if figure.path else None
    if figure.path is None or size is None:
        if figure.path:
            desk.context.diagnostics.warn(
                "W405",
                f"PowerPoint cannot draw “{figure.source}”; its text stands in its place.",
                figure.span,
                "Save the picture as PNG or JPEG.",
            )
        return None
    opening, area = desk.intro(LAYOUT, intro)
    caption = _caption(figure, desk)
    step = desk.tokens.section_label
    below = 0.0
    if caption:
        below = desk.ruler.lines(caption, step, area.width) * step.leading + desk.tokens.label_gap
    width, height = size
    scale = min(area.width / width, (area.height - below) / height, 2 * _PT_A_PIXEL)
    box = Rect(area.x, area.y, width * scale, height * scale)
    alternative = figure.alt or "".join(run.text for run in caption) or figure.source
    shapes: list[Shape] = [*opening, Picture(figure.id, box, Path(figure.path), alternative)]
    if caption:
        place = Rect(
            area.x,
            box.bottom + desk.tokens.label_gap,
            area.width,
            below - desk.tokens.label_gap,
        )
        paragraph = TextParagraph(caption, step)
        shapes.append(desk.text(LAYOUT, "caption", figure.id, (paragraph,), place))
    ids = (*(intro.ids if intro else ()), figure.id)
    return [Page(LAYOUT, tuple(shapes), (), ids)]


def _caption(figure: Figure, desk: Desk) -> tuple[TextRun, ...]:
    runs = desk.wording.runs(figure.caption)
    if not runs and figure.id not in desk.referenced:
        return ()
    gap = "\u2003" if runs else ""
    label = desk.context.names.figures.get(figure.id, "")
    return (TextRun(f"{label}{gap}", bold=True, furniture=True), *runs)
