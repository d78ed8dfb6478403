"""Lines of code in -> slides: a fixed-width face on a ground, whole or in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint import slide_content
from exporters.powerpoint.desk import Page
from exporters.powerpoint.layouts import BODY, FIRST_INDEX, framed, words_above
from exporters.powerpoint.passages import Passage
from exporters.powerpoint.plan import Placeholder, TextParagraph, TextRun

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Layout
    from exporters.theme import SlideTokens, Type
    from report_data.model import CodeBlock, MathBlock

LAYOUT = "code"

_LEAST_LINES = 5
"""Fewer lines under the words that open a slide are no code: those have one of their own."""

_MOST_SLIDES = 2
"""Code that needs more slides is shown by its beginning, with the whole in the notes."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    body = Placeholder(
        BODY,
        "body",
        tokens.content,
        (tokens.code_steps[0],),
        FIRST_INDEX,
        fill="surface",
        insets=tokens.card,
    )
    return (framed(tokens, LAYOUT, "cust", words_above(tokens), body),)


def pages(block: CodeBlock | MathBlock, desk: Desk, intro: Intro | None = None) -> list[Page]:
    """Return the slides of a block of code."""
    opening, area = desk.intro(LAYOUT, intro)
    insets = desk.box(LAYOUT, "body").insets
    inner = area.inset(insets)
    if intro and inner.height < _LEAST_LINES * desk.tokens.code_steps[-1].leading:
        return [*slide_content.alone(intro, desk), *pages(block, desk)]
    lines = block.text.split("\n")
    ids = (*(intro.ids if intro else ()), block.id)
    for step in desk.tokens.code_steps:
        portions = _portions(lines, step, inner, desk)
        wide = max(desk.ruler.natural(_runs(line), step) for line in lines)
        if len(portions) == 1 and wide <= inner.width:
            break
    notes: tuple[Passage, ...] = ()
    if 1 < len(portions) <= _MOST_SLIDES:
        portions = _portions(lines, step, inner, desk, even=len(portions))
    if len(portions) > _MOST_SLIDES and desk.with_notes:
        portions = portions[:1]
        notes = (Passage(_runs(block.text), "code"),)
    result = []
    for number, portion in enumerate(portions):
        text = TextParagraph(_runs("\n".join(portion)), step)
        height = desk.ruler.height((text,), inner.width) + step.leading
        ground = Rect(area.x, area.y, area.width, height + insets.top + insets.bottom)
        shape = desk.text(LAYOUT, "body", block.id, (text,), ground)
        first = number == 0
        result.append(
            Page(
                LAYOUT,
                (*opening, shape) if first else (shape,),
                notes if first else (),
                ids if first else (),
            )
        )
    return result


def _runs(text: str) -> tuple[TextRun, ...]:
    return (TextRun(text, code=True),) if text else ()


def _portions(
    lines: list[str], step: Type, inner: Rect, desk: Desk, even: int = 1
) -> list[list[str]]:
    """Part lines into slides; a line that no slide holds whole is parted itself.

    ``even`` is how many slides share the lines evenly.
    """
    room = max(1, int(inner.height / step.leading) - 1)
    if even > 1:
        taken = sum(desk.ruler.lines(_runs(line), step, inner.width) for line in lines)
        room = min(room, -(-taken // even) + 1)
    result: list[list[str]] = [[]]
    used = 0
    for line in lines:
        rest = line
        while True:
            runs = _runs(rest)
            count = desk.ruler.lines(runs, step, inner.width) if runs else 1
            if count <= room:
                break
            end = desk.ruler.prefix(runs, step, inner.width, room)
            result += [[rest[:end]], []]
            rest, used = rest[end:], 0
        if used + count > room and result[-1]:
            result.append([])
            used = 0
        result[-1].append(rest)
        used += count
    return [portion for portion in result if portion]
