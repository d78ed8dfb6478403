"""The layouts of a template that serve -> our tokens with its places and sizes.

Slides have their content where the template has its body, cut to what titles, footers
and drawings (a logo, a bar at the side) leave free; without such a body, in the largest
free part of the slide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.geometry import Rect, Size
from exporters.powerpoint.template_file import TITLES
from exporters.powerpoint.template_ground import around, largest_free
from exporters.powerpoint.template_shapes import BODIES
from exporters.theme import SlideTokens, Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from exporters.layout.geometry import Pt
    from exporters.powerpoint.template_file import TemplateLayout
    from exporters.powerpoint.template_shapes import Spot

_LEAST_WIDTH, _LEAST_HEIGHT = 0.5, 1 / 3
"""A body of less than these parts of the slide is no area for slides."""

LEAST_CONTENT = Size(220.0, 135.0)
"""A content area must hold a few lines of an agenda, rows of a table, and of text at its floor."""

_LABEL: Pt = 22
"""Points that the section's name takes over the content."""

_KEPT = 0.5
"""A body of which drawings leave less than this keeps its place: it is meant to stand on them."""

_TITLE_KEPT = (0.6, 0.7)
"""The parts of a title's width and height that drawings must leave, or it stands on them."""

_BELOW = ("ftr", "sldNum", "dt")
_UNDER_TITLE: Pt = 12
_OVER_FOOT: Pt = 6

_LOWEST_TITLE = 0.7
"""The part of the slide's height above which a cover's title ends: subtitle and authors follow."""

_HIGH = 0.35
"""A title that ends above this part of the height, and has no subtitle, is put lower on covers."""

_LEAST_UNDER: Pt = 70
"""Points that subtitle and authors need under a cover's title."""

_FOOT: Pt = 60

_LARGEST_TITLE, _LARGEST_BODY, _FLOOR = 40.0, 20.0, 14.0


def tokens_for(base: SlideTokens, size: Size, layouts: Mapping[str, TemplateLayout]) -> SlideTokens:
    """Return our tokens with the template's places and sizes; ``layouts`` by our kinds."""
    frame, plain = layouts["content"], layouts["plain"]
    title, title_rect, area = _frame(size, frame, plain)
    content = Rect(
        area.x,
        area.y + base.label.height + base.label_gap,
        area.width,
        area.height - base.label.height - base.label_gap,
    )
    largest = min(_LARGEST_TITLE, title.size if title else base.title_type.size)
    bold = title.bold if title else False
    steps = [largest, *(one for one in (28.0, 24.0, 22.0, 20.0, 18.0) if one < largest)]
    titles = tuple(Type(one, round(one * 1.2, 1), bold) for one in steps)
    body = body_of(frame)
    first = min(_LARGEST_BODY, max(_FLOOR, body.size if body else base.body_steps[0].size))
    bodies = [first, *(one for one in (18.0, 16.0, 14.0) if one < first)]
    return replace(
        _with_cover(base, size, layouts["cover"]),
        size=size,
        margin=content.x,
        label=Rect(area.x, area.y, area.width, base.label.height),
        title=title_rect,
        content=content,
        title_type=titles[0],
        title_steps=titles,
        body_steps=tuple(Type(one, round(one * 1.5, 1)) for one in bodies),
        agenda_pitch=(base.agenda.leading, base.agenda_pitch[1]),
    )


def content_room(size: Size, layouts: Mapping[str, TemplateLayout]) -> float:
    """Return the area that slides of some layouts have for their content, in square points."""
    _, _, area = _frame(size, layouts["content"], layouts["plain"])
    return _room(area)


def _frame(
    size: Size, frame: TemplateLayout, plain: TemplateLayout
) -> tuple[Spot | None, Rect, Rect]:
    """Return the title of slides, where it stands, and where they have their content."""
    title = plain.first(*TITLES) or frame.first(*TITLES)
    margin = size.width / 20
    place = title_of(plain, title, size) if title else _top(size, margin)
    return title, place, _area(size, frame, plain, place)


def body_of(layout: TemplateLayout) -> Spot | None:
    """Return the largest body of a layout."""
    bodies = [spot for spot in layout.spots if spot.kind in BODIES]
    return max(bodies, key=lambda one: one.rect.width * one.rect.height, default=None)


def title_of(layout: TemplateLayout, title: Spot, size: Size) -> Rect:
    """Return where a title stands: beside a logo that its box runs into."""
    box = title.rect
    least = (box.width * _TITLE_KEPT[0], box.height * _TITLE_KEPT[1])
    return largest_free(box, layout.backdrop.obstacles(size, box), least) or box


def _top(size: Size, margin: Pt) -> Rect:
    return Rect(margin, size.height / 18, size.width - 2 * margin, size.height / 9)


def _area(size: Size, frame: TemplateLayout, plain: TemplateLayout, title: Rect) -> Rect:
    """Return where slides have their content."""
    titles = [title, *(spot.rect for spot in frame.spots if spot.kind in TITLES)]
    both = (*frame.spots, *plain.spots)
    feet = [spot.rect for spot in both if spot.kind in _BELOW]
    least = (
        max(size.width * _LEAST_WIDTH, LEAST_CONTENT.width),
        max(size.height * _LEAST_HEIGHT, LEAST_CONTENT.height + _LABEL),
    )

    def free(start: Rect, *taken: Iterable[Rect]) -> Rect | None:
        return largest_free(start, [one for some in taken for one in some], least)

    def drawn(start: Rect) -> list[Rect]:
        return [one for layout in (frame, plain) for one in layout.backdrop.obstacles(size, start)]

    body = body_of(frame)
    if body is not None:
        own = body.rect
        ways = sorted(drawn(own), key=_room, reverse=True)
        for number in range(len(ways) + 1):  # the largest are meant to be stood on
            found = free(own, titles, feet, ways[number:])
            if found is not None and _room(found) >= _room(own) * _KEPT:
                return found
    side = title.x if title.x < size.width / 4 else 0
    margin = max(side, size.width / 20)
    wide = Rect(margin, size.height / 18, size.width - 2 * margin, size.height * 8 / 9)
    titles = [Rect(one.x, one.y, one.width, one.height + _UNDER_TITLE) for one in titles]
    feet = [Rect(one.x, one.y - _OVER_FOOT, one.width, one.height + _OVER_FOOT) for one in feet]
    return (
        free(wide, titles, feet, drawn(wide))
        or (free(body.rect, titles, feet) if body is not None else None)
        or free(wide, titles, feet)
        or largest_free(wide, [*titles, *feet])
        or wide
    )


def _room(box: Rect) -> float:
    return box.width * box.height


def _with_cover(base: SlideTokens, size: Size, layout: TemplateLayout) -> SlideTokens:
    """Place the cover's boxes: title and subtitle are the template's, the others around them."""
    title = layout.first(*TITLES)
    subtitle = layout.first("subTitle") or layout.first("body")
    if title is None:
        return base
    box = title_of(layout, title, size)
    if subtitle is None and box.bottom < size.height * _HIGH:
        lower = Rect(box.x, size.height * 0.3, box.width, size.height * 0.2)
        box = box if layout.backdrop.obstacles(size, lower) else lower
    kind = _over(layout, box, size, base.kind.leading)
    if kind.bottom > box.y:
        box = Rect(box.x, kind.bottom, box.width, box.bottom - kind.bottom)
    if box.bottom > size.height * _LOWEST_TITLE:
        box = Rect(box.x, box.y, box.width, max(size.height * _LOWEST_TITLE - box.y, 24.0))
    under = subtitle.rect if subtitle else Rect(box.x, box.bottom + 12, box.width, 60)
    if under.y < box.bottom and under.bottom > box.y:
        under = Rect(under.x, box.bottom + 4, under.width, 60)
    both = around([box, Rect(under.x, under.y, under.width, min(under.height, _FOOT))])
    under, foot = _parted(layout, under, layout.backdrop.within(both, _sheet(size)))
    largest = min(max(title.size, 24.0), 60.0)
    return replace(
        base,
        cover_text=box,
        cover_subtitle_box=under,
        cover_foot=foot,
        cover_kind=kind,
        cover_title=Type(largest, round(largest * 1.2, 1), title.bold),
        section_title=Type(min(largest, 36.0), 44.0, title.bold),
    )


def _sheet(size: Size) -> Rect:
    """Return the slide without its edges."""
    return Rect(8, 8, size.width - 16, size.height - 16)


def _parted(layout: TemplateLayout, under: Rect, sheet: Rect) -> tuple[Rect, Rect]:
    """Return the boxes of subtitle and authors: in the free part of the room that is left."""
    room = Rect(under.x, under.y, under.width, max(sheet.bottom - under.y, _FOOT))
    taken = layout.backdrop.obstacles(Size(sheet.width, sheet.height), room)
    free = largest_free(room, taken, (room.width / 2, _LEAST_UNDER)) or room
    under = Rect(free.x, free.y, free.width, min(under.height, free.height))
    foot = Rect(free.x, under.bottom + 8, free.width, _FOOT)
    if foot.bottom > free.bottom:
        under = Rect(free.x, free.y, free.width, min(under.height, free.height * 0.45))
        foot = Rect(free.x, under.bottom + 4, free.width, free.bottom - under.bottom - 4)
    return under, foot


def _over(layout: TemplateLayout, title: Rect, size: Size, height: Pt) -> Rect:
    """Return the line over a cover's title, where no drawing is in its way."""
    whole = Rect(title.x, 8.0, title.width, max(title.y - 16.0, height))
    clear = largest_free(whole, layout.backdrop.obstacles(size, whole), (title.width / 2, height))
    if clear is not None:
        return Rect(clear.x, clear.bottom - height, clear.width, height)
    return Rect(title.x, max(8.0, title.y - 28), title.width, height)
