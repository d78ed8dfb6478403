"""A template's layouts in -> which of them serves each of our kinds of slide.

By its kind (ECMA-376 part 1, 19.7.15), else by its name, else by its boxes: many
corporate templates have layouts of their own that say neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.powerpoint.template_file import TITLES
from exporters.powerpoint.template_places import content_room
from exporters.powerpoint.template_shapes import BODIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.geometry import Size
    from exporters.powerpoint.template_file import TemplateFile, TemplateLayout

_BELOW = ("dt", "ftr", "sldNum")

WANTED = {
    "cover": ("title", "ctrTitle"),
    "section": ("secHead",),
    "content": ("obj", "tx"),
    "plain": ("titleOnly",),
}
"""Our kinds of slide and the template's kinds of layout that serve."""

NAMES = {
    "cover": (
        "title slide", "cover", "封面", "标题幻灯片", "標題投影片", "首页", "表紙",
        "タイトル スライド", "표지", "titelfolie", "diapositive de titre",
    ),
    "section": (
        "section", "节标题", "分节", "章节", "過場", "章節", "区段", "區段", "セクション", "구역",
        "abschnitt", "kapitel", "divider",
    ),
    "content": (
        "title and content", "标题和内容", "標題及物件", "タイトルとコンテンツ", "제목 및 내용",
        "titel und inhalt", "titre et contenu", "content", "内容", "正文", "inhalt",
    ),
    "plain": (
        "title only", "仅标题", "只有标题", "只有標題", "タイトルのみ", "제목만", "nur titel",
        "titre seul",
    ),
}  # fmt: skip
"""What such layouts are called where their kind is not said; the first is how we call them."""

_LEAST_BODY = 0.2
"""The part of the slide that a body takes at least in a layout that is for content."""

_ROOMY = 0.4
"""The part of the slide that content has in a master made for content, not for covers alone."""

Chosen = dict[str, "TemplateLayout | None"]


def choose(template: TemplateFile) -> tuple[Chosen, dict[str, TemplateLayout]]:
    """Return the layout for each kind of slide, ``None`` where there is none, and what serves.

    The cover is the first master's. Of several masters, content takes the first that has
    room for it.
    """
    size = template.size
    masters = [one for one in template.masters if any(layout.first(*TITLES) for layout in one)]
    masters = masters or [one for one in template.masters if one]
    found = [{kind: _chosen(one, kind, size) for kind in WANTED} for one in masters]
    sets = [
        {kind: _serving(layouts, chosen, kind) for kind in WANTED}
        for layouts, chosen in zip(masters, found, strict=True)
    ]
    rooms = [content_room(size, one) / (size.width * size.height) for one in sets]
    roomy = (place for place, room in enumerate(rooms) if room >= _ROOMY)
    main = next(roomy, rooms.index(max(rooms)))
    heads = 0 if found[0]["cover"] else main
    return found[main] | {"cover": found[heads]["cover"]}, sets[main] | {
        "cover": sets[heads]["cover"]
    }


def _serving(layouts: Sequence[TemplateLayout], chosen: Chosen, kind: str) -> TemplateLayout:
    """Return the layout of a kind, or the one that serves instead of it."""
    order = {"cover": ("section", "plain", "content"), "section": ("plain", "content", "cover")}
    for other in (kind, *order.get(kind, ("content", "plain"))):
        layout = chosen.get(other)
        if layout is not None:
            return layout
    titled = [one for one in layouts if one.first(*TITLES)]
    return min(titled or layouts, key=lambda one: len(one.spots))


def _chosen(layouts: Sequence[TemplateLayout], kind: str, size: Size) -> TemplateLayout | None:
    titled = [one for one in layouts if one.first(*TITLES)]
    by_kind = [one for one in titled if one.kind in WANTED[kind]]
    by_name = [one for one in titled if any(name in one.name.lower() for name in NAMES[kind])]
    fitting = [one for one in titled if _fits(one, kind, size)]
    for some in (by_kind, by_name):
        whole = next((one for one in some if one in fitting), None)
        if whole is not None:
            return whole
    named = [*by_kind, *by_name]
    if kind == "section" or named:
        return named[0] if named else None
    return fitting[0] if fitting else None


def _fits(layout: TemplateLayout, kind: str, size: Size) -> bool:
    """Return whether a layout has the boxes that a kind of slide needs, and no others."""
    others = [spot for spot in layout.spots if spot.kind not in {*TITLES, *_BELOW}]
    bodies = [spot for spot in others if spot.kind in BODIES]
    match kind:
        case "cover":
            return layout.first("ctrTitle") is not None or layout.first("subTitle") is not None
        case "content":
            least = size.width * size.height * _LEAST_BODY
            large = [one for one in bodies if one.rect.width * one.rect.height >= least]
            return len(large) == 1 and len(bodies) == len(others)
        case "plain":
            return not others
    return True
