"""A picture in -> one slide: as large as it fits, whole, its caption below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.plan import Picture, TextParagraph, TextRun
from report_data.images import picture_size

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Shape
    from report_data.model import Figure

LAYOUT = "picture"

_HEAD = 65_536
"""Bytes in which every file says its size."""

_PT_A_PIXEL = 0.75
"""A pixel at 96 to the inch. A picture is enlarged to at most twice that: more looks coarse."""

_DRAWN = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""What PowerPoint of every version draws."""


def size_of(path: str) -> tuple[int, int] | None:
    """Return a picture's pixels, ``None`` when PowerPoint cannot draw the file."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    return picture_size(head) if head.startswith(_DRAWN) else None


def pages(figure: Figure, desk: Desk, intro: Intro | None = None) -> list[Page] | None:
    """Return the slide of a picture; ``None`` when there is nothing to draw."""
    size = size_of(figure.path) if figure.path else None
    if figure.path is None or size is None or not all(size):
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
