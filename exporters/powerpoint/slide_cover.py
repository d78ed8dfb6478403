"""The report's meta data in -> the cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint.pictures import size_of
from exporters.powerpoint.plan import Picture, Text, TextParagraph, TextRun
from exporters.theme import Type
from report_data.ids import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.powerpoint.desk import Desk
    from exporters.powerpoint.plan import Shape
    from report_data.model import Labelled, Meta

LAYOUT = "cover"

_STEPS = (1.0, 0.85, 0.7, 0.55)
"""A long title steps down by these parts of the cover's size."""

_LOGO = 0.5
"""The part of the field's width that a logo takes."""


def shapes(meta: Meta, title: str, desk: Desk, logo: Path | None) -> tuple[Shape, ...]:
    """Return the cover's shapes; ``title`` stands in where the report has none."""
    layout = desk.look.layout(LAYOUT)
    result: list[Shape] = []
    if meta.kind:
        result.append(_line("kind", meta.kind, layout.get("kind").types[0], desk))
    result.append(_title(title, desk, own=bool(meta.title)))
    if meta.subtitle:
        result.append(_subtitle(meta.subtitle, desk))
    people = [_labelled(one, desk.context.words.author, desk) for one in meta.authors]
    if meta.date:
        people.append(_labelled(meta.date, desk.context.words.date, desk))
    if people:
        result.append(_foot(people, desk))
    if logo is not None:
        result += _logo(logo, desk)
    return tuple(result)


def _line(key: str, text: str, step: Type, desk: Desk) -> Text:
    return desk.text(LAYOUT, key, ROOT, (TextParagraph((TextRun(text),), step),))


def _title(text: str, desk: Desk, *, own: bool) -> Text:
    box = desk.look.layout(LAYOUT).get("title")
    runs = (TextRun(text),)
    base = box.types[0]
    for part in _STEPS:
        step = Type(round(base.size * part), round(base.leading * part), bold=base.bold)
        if desk.ruler.lines(runs, step, box.rect.width) * step.leading <= box.rect.height:
            break
    name = ROOT if own else "triptych:title"
    return desk.text(LAYOUT, "title", name, (TextParagraph(runs, step),))


def _subtitle(text: str, desk: Desk) -> Text:
    box = desk.look.layout(LAYOUT).get("subtitle")
    runs = (TextRun(text),)
    for step in (box.types[0], *desk.tokens.body_steps):
        if desk.ruler.lines(runs, step, box.rect.width) * step.leading <= box.rect.height:
            break
    return _line("subtitle", text, step, desk)


def _labelled(field: Labelled, word: str, desk: Desk) -> tuple[TextRun, ...]:
    """Return a label and its text; a label that the report has not given is ours."""
    colon = TextRun(desk.context.words.colon, furniture=True)
    if field.label:
        return TextRun(field.label), colon, TextRun(field.text)
    return TextRun(word, furniture=True), colon, TextRun(field.text)


def _foot(people: list[tuple[TextRun, ...]], desk: Desk) -> Text:
    box = desk.look.layout(LAYOUT).get("authors")
    step = box.types[0]
    paragraphs = tuple(TextParagraph(runs, step) for runs in people)
    height = max(desk.ruler.height(paragraphs, box.rect.width), box.rect.height)
    place = Rect(box.rect.x, box.rect.bottom - height, box.rect.width, height)
    return desk.text(LAYOUT, "authors", ROOT, paragraphs, place)


def _logo(path: Path, desk: Desk) -> list[Picture]:
    size = size_of(str(path))
    if size is None:
        return []
    field = desk.tokens.cover_field
    width = field.width * _LOGO
    height = width * size[1] / size[0]
    box = Rect(field.x + (field.width - width) / 2, desk.tokens.cover_kind.y, width, height)
    return [Picture("triptych:logo", box, path)]
