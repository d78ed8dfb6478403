"""A template's layouts and our theme in -> a look that dresses our slides in the template.

Each of our layouts takes the template's nearest one: its master, its title, its
body, its footers. What the template has no box for stands in text boxes of our
own, in the area of the template's body. What is lacking is said once, in a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.geometry import Insets, Rect, Size
from exporters.powerpoint.layouts import BODY, FOOT, NUMBER, TITLE
from exporters.powerpoint.plan import Layout, Look
from exporters.powerpoint.template_file import Spot, TemplateFile, TemplateLayout, read_template
from exporters.powerpoint.vocabulary import layouts_for
from exporters.theme import Palette, SlideTokens, Type
from exporters.themes import LEAST_CONTRAST, contrast

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.powerpoint.plan import Placeholder
    from exporters.theme import Theme
    from report_data.diagnostics import Diagnostics

_WANTED = {
    "cover": ("title", "ctrTitle"),
    "section": ("secHead",),
    "content": ("obj", "tx"),
    "plain": ("titleOnly",),
}
"""Our kinds of slide and the template's kinds of layout that serve (19.7.15)."""

_NAMES = {
    "cover": ("title slide", "标题幻灯片", "cover", "封面"),
    "section": ("section", "节标题", "分节"),
    "content": ("title and content", "标题和内容", "content", "内容"),
    "plain": ("title only", "仅标题"),
}
"""What such layouts are called where their kind is not said."""

_TITLES = ("title", "ctrTitle")
_BODIES = ("obj", "body", "tbl", "chart")

_LEAST_HEIGHT = 180
"""A body lower than this, in points, is no area for slides; then it is under the title."""

_LEAST_CONTENT = Size(220.0, 160.0)
"""A content area must hold an agenda, a table and a dozen lines of type at its floor."""

_LOWEST_TITLE = 0.7
"""The part of the slide's height above which a cover's title ends: subtitle and authors follow."""

_LARGEST_TITLE, _SMALLEST_TITLE, _LARGEST_BODY, _FLOOR = 40.0, 18.0, 20.0, 14.0


def dressed(path: Path, theme: Theme, said: Diagnostics) -> tuple[Look, SlideTokens] | None:
    """Return the look and the tokens of a template; ``None`` when it is refused."""
    template = read_template(path, said)
    if template is None:
        return None
    if not template.layouts:
        said.error("E408", f"the template {path.name} has no layouts", hint="Choose another")
        return None
    chosen = {kind: _chosen(template, kind) for kind in _WANTED}
    tokens = _tokens(theme.slide, template, chosen)
    area = tokens.content
    if area.width < _LEAST_CONTENT.width or area.height < _LEAST_CONTENT.height:
        said.error(
            "E409",
            f"the template {path.name} leaves {area.width:.0f} by {area.height:.0f} points"
            f" for content, less than {_LEAST_CONTENT.width:g} by {_LEAST_CONTENT.height:g}",
            hint="Choose one with larger slides, or with larger text boxes in its layouts",
        )
        return None
    palette = _palette(template, theme)
    dressing = [_dress(layout, template, chosen, tokens) for layout in layouts_for(tokens)]
    _say(path, template, chosen, said)
    look = Look(
        size=template.size,
        palette=palette,
        fonts=theme.fonts,
        layouts=tuple(dressing),
        header_rule=tokens.header_rule,
        hairline=tokens.hairline,
        theme=path.stem,
        template=path,
        fixed=_fixed(palette, template),
    )
    return look, tokens


def _chosen(template: TemplateFile, kind: str) -> TemplateLayout | None:
    for layout in template.layouts:
        if layout.kind in _WANTED[kind] and layout.first(*_TITLES):
            return layout
    for layout in template.layouts:
        named = any(name in layout.name.lower() for name in _NAMES[kind])
        if named and layout.first(*_TITLES):
            return layout
    return None


def _fallback(
    template: TemplateFile, chosen: dict[str, TemplateLayout | None], kind: str
) -> TemplateLayout:
    """Return the layout that serves instead of a kind that the template lacks."""
    order = {"cover": ("section", "plain", "content"), "section": ("plain", "content", "cover")}
    for other in (kind, *order.get(kind, ("content", "plain"))):
        layout = chosen.get(other)
        if layout is not None:
            return layout
    titled = [one for one in template.layouts if one.first(*_TITLES)]
    return min(titled or template.layouts, key=lambda one: len(one.spots))


def _say(
    path: Path,
    template: TemplateFile,
    chosen: dict[str, TemplateLayout | None],
    said: Diagnostics,
) -> None:
    """Say in one list what a template lacks, and in another what it carries."""
    missing = [
        f"{_NAMES[kind][0]} (“{_fallback(template, chosen, kind).name}” serves instead)"
        for kind, layout in chosen.items()
        if layout is None
    ]
    if missing:
        said.warn(
            "W407",
            f"the template {path.name} lacks: {'; '.join(missing)}",
            hint="Add layouts of these kinds to its master, or leave it so",
        )
    if template.carried:
        said.warn(
            "W406",
            f"the template {path.name} carries {', '.join(template.carried)}; left out",
            hint="Nothing is to be done",
        )


# --- measures ------------------------------------------------------------------------


def _tokens(
    base: SlideTokens, template: TemplateFile, chosen: dict[str, TemplateLayout | None]
) -> SlideTokens:
    """Return our tokens with the template's places and sizes."""
    frame = _fallback(template, chosen, "content")
    plain = _fallback(template, chosen, "plain")
    size = template.size
    title = plain.first(*_TITLES) or frame.first(*_TITLES)
    margin = size.width / 20
    title_rect = title.rect if title else Rect(margin, 30, size.width - 2 * margin, 60)
    area = _area(template, frame, title_rect)
    label = Rect(area.x, area.y, area.width, base.label.height)
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
    body = frame.first(*_BODIES)
    first = min(_LARGEST_BODY, max(_FLOOR, body.size if body else base.body_steps[0].size))
    bodies = [first, *(one for one in (18.0, 16.0, 14.0) if one < first)]
    return replace(
        _with_cover(base, template, chosen),
        size=size,
        margin=content.x,
        label=label,
        title=title_rect,
        content=content,
        title_type=titles[0],
        title_steps=titles,
        body_steps=tuple(Type(one, round(one * 1.5, 1)) for one in bodies),
    )


def _area(template: TemplateFile, frame: TemplateLayout, title: Rect) -> Rect:
    """Return where slides have their content: the template's body, else all under the title."""
    body = frame.first(*_BODIES)
    below = [spot.rect.y for spot in frame.spots if spot.kind in {"ftr", "sldNum", "dt"}]
    size = template.size
    bottom = min([*(one for one in below if one > size.height / 2), size.height - 30])
    if body is not None and body.rect.height >= _LEAST_HEIGHT and body.rect.width > size.width / 2:
        top = max(body.rect.y, title.bottom)
        return Rect(body.rect.x, top, body.rect.width, min(body.rect.bottom, bottom) - top)
    margin = max(title.x, size.width / 20)
    top = title.bottom + 12
    if bottom - top < _LEAST_HEIGHT:
        top = size.height / 4
    return Rect(margin, top, size.width - 2 * margin, bottom - top)


def _with_cover(
    base: SlideTokens, template: TemplateFile, chosen: dict[str, TemplateLayout | None]
) -> SlideTokens:
    """Place the cover's boxes: title and subtitle are the template's, the others around them."""
    layout = _fallback(template, chosen, "cover")
    title, subtitle = layout.first(*_TITLES), layout.first("subTitle", "body")
    size = template.size
    if title is None:
        return base
    box = title.rect
    kind = Rect(box.x, max(8.0, box.y - 28), box.width, base.kind.leading)
    if kind.bottom > box.y:
        box = Rect(box.x, kind.bottom, box.width, box.bottom - kind.bottom)
    if box.bottom > size.height * _LOWEST_TITLE:
        box = Rect(box.x, box.y, box.width, max(size.height * _LOWEST_TITLE - box.y, 24.0))
    under = subtitle.rect if subtitle else Rect(box.x, box.bottom + 12, box.width, 60)
    if under.y < box.bottom and under.bottom > box.y:
        under = Rect(under.x, box.bottom + 4, under.width, 60)
    foot = Rect(under.x, under.bottom + 8, under.width, 60)
    if foot.bottom > size.height - 8:
        room = size.height - 12 - under.y
        under = Rect(under.x, under.y, under.width, room * 0.45)
        foot = Rect(under.x, under.bottom + 4, under.width, room * 0.55 - 4)
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


# --- layouts -------------------------------------------------------------------------


def _dress(
    ours: Layout,
    template: TemplateFile,
    chosen: dict[str, TemplateLayout | None],
    tokens: SlideTokens,
) -> Layout:
    """Return one of our layouts as the template's: its placeholders, else boxes of our own."""
    base = ours.key.removesuffix("-plain")
    kind = base if base in {"cover", "section", "content"} else "plain"
    theirs = _fallback(template, chosen, kind)
    boxes = [
        box
        for item in ours.placeholders
        if (box := _box(item, ours.key, theirs, tokens)) is not None
    ]
    return Layout(ours.key, theirs.name, theirs.kind, tuple(boxes), (), "paper", theirs.part)


def _box(
    item: Placeholder, key: str, theirs: TemplateLayout, tokens: SlideTokens
) -> Placeholder | None:
    spot: Spot | None = None
    if item.key == TITLE:
        spot = theirs.first(*_TITLES)
    elif item.key == "subtitle":
        spot = theirs.first("subTitle", "body")
    elif item.key == FOOT:
        spot = theirs.first("ftr")
    elif item.key == NUMBER:
        spot = theirs.first("sldNum")
    elif item.key == BODY and key == "content":
        spot = theirs.first(*_BODIES)
    if spot is None:
        if item.key in {FOOT, NUMBER, "ordinal"}:
            return None
        closing = key == "closing" and item.key == BODY  # its title stands where all others do
        rect = tokens.content if closing else item.rect
        return replace(item, kind="box", index=None, rect=rect, color=_color(item, key))
    moved = item.key in {BODY, "subtitle"} or (key == "cover" and item.key == TITLE)
    rect = item.rect if moved else spot.rect
    return replace(
        item,
        kind=spot.kind,
        index=spot.index,
        rect=rect,
        types=_types(item, spot, tokens),
        insets=Insets(),
        color="",
        bullets=item.bullets and spot.bulleted,
        theirs=True,
        placed=rect == spot.rect and not spot.clipped,
    )


def _color(item: Placeholder, key: str) -> str:
    return "ink" if key == "closing" else item.color


def _types(item: Placeholder, spot: Spot, tokens: SlideTokens) -> tuple[Type, ...]:
    if item.key == TITLE:
        return (tokens.title_steps[0],) if spot.kind == "title" else item.types
    if item.key in {FOOT, NUMBER}:
        return (Type(spot.size, round(spot.size * 1.2, 1)),)
    return item.types


# --- colours -------------------------------------------------------------------------


def _palette(template: TemplateFile, theme: Theme) -> Palette:
    """Return the template's colours by our roles; what it has none for is mixed of them."""
    colors = template.colors
    paper, ink = colors.get("bg1", "FFFFFF"), colors.get("tx1", "000000")
    series = tuple(
        _readable(colors.get(f"accent{number}", ink), paper, ink) for number in range(1, 7)
    )
    structure = _readable(colors.get("tx2", ink), paper, ink)
    return replace(
        theme.stage,
        paper=paper,
        ink=ink,
        ink_second=_mixed(ink, paper, 0.35),
        structure=structure,
        structure_tint=_mixed(structure, paper, 0.8),
        on_structure=paper,
        hairline=_mixed(ink, paper, 0.8),
        surface=_mixed(ink, paper, 0.95),
        link=_readable(colors.get("hlink", structure), paper, ink),
        series=series,
    )


def _fixed(palette: Palette, template: TemplateFile) -> frozenset[str]:
    """Return the roles whose colours are not the template's own slots."""
    roles = {"surface"}
    if palette.structure != template.colors.get("tx2"):
        roles.add("structure")
    for number, color in enumerate(palette.series, 1):
        if color != template.colors.get(f"accent{number}"):
            roles.add(f"series-{number}")
    return frozenset(roles)


def _readable(color: str, paper: str, ink: str) -> str:
    """Return a colour, mixed with ink until it can be read on paper."""
    for part in (0.0, 0.2, 0.35, 0.5, 0.65, 0.8):
        mixed = _mixed(color, ink, part)
        if contrast(mixed, paper) >= LEAST_CONTRAST:
            return mixed
    return ink


def _mixed(color: str, other: str, part: float) -> str:
    pairs = ((int(color[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(one + (two - one) * part):02X}" for one, two in pairs)
