"""A picture in -> its strip, scaled to the column, and its caption under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.text import Piece
from exporters.names import says_its_label
from exporters.pdf.page_text import language_of, notes_in, pieces, place, places_back, set_text
from exporters.pdf.plan import Look, Picture
from exporters.pdf.strips import Strip
from exporters.pictures import is_drawing, size_of
from report_data.model import Run, plain

if TYPE_CHECKING:
    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import ElementId
    from exporters.pdf.setting import Column, Setting
    from report_data.ids import BlockId
    from report_data.model import Figure, RichText

PIXELS_AN_INCH = 144
"""How fine a picture is taken to be: screens of today show two pixels a point."""

DRAWN_AN_INCH = 96
"""Pixels of a drawing, which are a measure of length (CSS Values 4, 6.2)."""

TALLEST = 0.62
"""The greatest part of a page's column that a picture may take: its text stays with it."""


def figure(node: Figure, column: Column, setting: Setting) -> list[Strip]:
    """Return a picture, or a notice with its alternative text, and the caption under it."""
    element = setting.element("Figure", column.element, alt=node.alt or _label(node.id, setting))
    size = _size(node, setting)
    if size is None or node.path is None:
        strips = _missing(node, column, setting)
    else:
        strips = [_drawn(node, node.path, size, column, element, setting)]
    under = caption(node.id, node.caption, column, column.element, setting)
    if under:
        strips[-1] = replace(strips[-1], keep=True)
        under[0] = replace(under[0], space=setting.look.caption_gap)
    strips = [replace(strips[0], space=setting.look.figure_gap), *strips[1:], *under]
    return place(node.id, strips) if node.id in setting.places else strips


def _size(node: Figure, setting: Setting) -> tuple[Pt, Pt] | None:
    """Return a picture's width and height in points as it is shown.

    It is decoded here, once: a file that is damaged is told of now, with its place.
    """
    if node.path is None:
        return None
    if is_drawing(node.path):
        size = size_of(node.path)
        if size is None:
            _cannot(node, "it is too much to draw", setting)
            return None
        return size[0] * 72 / DRAWN_AN_INCH, size[1] * 72 / DRAWN_AN_INCH
    from PIL import Image, ImageOps

    try:
        with Image.open(node.path) as image:
            image.load()
            width, height = ImageOps.exif_transpose(image).size
            return width * 72 / PIXELS_AN_INCH, height * 72 / PIXELS_AN_INCH
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        _cannot(node, problem, setting)
        return None


def _cannot(node: Figure, problem: object, setting: Setting) -> None:
    setting.context.diagnostics.warn(
        "W501",
        f"the picture {node.source} cannot be decoded ({problem})",
        node.span,
        "Open it and save it anew, as PNG or JPEG",
    )


def _drawn(
    node: Figure,
    path: str,
    natural: tuple[Pt, Pt],
    column: Column,
    element: ElementId,
    setting: Setting,
) -> Strip:
    margins = setting.look.margins
    most = (setting.page.height - margins.top - margins.bottom) * TALLEST
    asked, wanted = node.width, 1.0
    if asked is not None:
        points = asked.amount * (column.width if asked.of_column else 1.0)
        wanted = points / natural[0]
    scale = min(wanted, column.width / natural[0], most / natural[1])
    width, height = natural[0] * scale, natural[1] * scale
    x = column.x + (column.width - width) / 2
    picture = Picture(x, 0.0, width, height, path, element)
    return Strip(height, (picture,), frame=column.frame)


def _missing(node: Figure, column: Column, setting: Setting) -> list[Strip]:
    """Return the notice that stands for a picture that cannot be shown."""
    tone = replace(setting.tone(setting.look.body, setting.palette.ink_second), align="center")
    words = setting.context.words
    element = setting.element("P", column.element)
    notice = (Run(words.missing(node), link=words.way_to(node)),)
    return set_text(pieces(notice, element, tone, setting), column, tone, setting)


def _label(block: BlockId, setting: Setting) -> str:
    return setting.labels.get(block, "")


def caption(
    block: BlockId, content: RichText, column: Column, parent: ElementId, setting: Setting
) -> list[Strip]:
    """Return a caption: its label in bold, then its text; nothing where it has none."""
    if not content:
        return []
    tone = setting.tone(setting.look.caption, setting.palette.ink_second)
    language = language_of(plain(content), setting.meta.lang)
    element = setting.element("Caption", parent, lang=language)
    label = "" if says_its_label(plain(content)) else _label(block, setting)
    made: list[Piece] = []
    if label:
        look = Look(setting.palette.structure, setting.element("Lbl", element))
        made.append(Piece(f"{label}\u3000", replace(tone.style, bold=True), look))
    made.extend(pieces(content, element, tone, setting))
    lines = set_text(made, column, tone, setting)
    if notes := notes_in(content):
        items = (*places_back(notes), *lines[0].items)
        lines[0] = replace(lines[0], notes=notes, items=items)
    return [replace(line, keep=index < len(lines) - 1) for index, line in enumerate(lines)]
