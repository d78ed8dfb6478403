"""A template's layouts and our theme in -> a look that dresses our slides in the template.

Each of our layouts takes the template's nearest one: its master, its title, its
body, its footers. What the template has no box for stands in text boxes of our
own, in the area of the template's body. What is lacking is said once, in a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.geometry import Insets, Rect
from exporters.powerpoint.layouts import BODY, FOOT, NUMBER, TITLE
from exporters.powerpoint.plan import FURNITURE, Drawing, Layout, Look
from exporters.powerpoint.template_choice import NAMES, choose
from exporters.powerpoint.template_file import TITLES, read_template
from exporters.powerpoint.template_ground import around
from exporters.powerpoint.template_palette import (
    LEAST_LARGE,
    best,
    fixed,
    legible,
    mean,
    palette_on,
    second,
)
from exporters.powerpoint.template_places import LEAST_CONTENT, body_of, title_of, tokens_for
from exporters.powerpoint.vocabulary import layouts_for
from exporters.theme import SlideTokens, Type
from exporters.themes import LEAST_CONTRAST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from exporters.layout.geometry import Pt
    from exporters.powerpoint.plan import Placeholder
    from exporters.powerpoint.template_choice import Chosen
    from exporters.powerpoint.template_file import TemplateFile, TemplateLayout
    from exporters.powerpoint.template_shapes import Spot
    from exporters.theme import Theme
    from report_data.diagnostics import Diagnostics

_HEADS = ("cover", "section")
"""Slides of few words on a ground of their own; all others share one."""

_AROUND_PANEL: Pt = 12


def dressed(path: Path, theme: Theme, said: Diagnostics) -> tuple[Look, SlideTokens] | None:
    """Return the look and the tokens of a template; ``None`` when it is refused."""
    template = read_template(path, said)
    if template is None:
        return None
    if not any(template.masters):
        said.error("E408", f"the template {path.name} has no layouts", hint="Choose another")
        return None
    chosen, layouts = choose(template)
    tokens = tokens_for(theme.slide, template.size, layouts)
    area = tokens.content
    if area.width < LEAST_CONTENT.width or area.height < LEAST_CONTENT.height:
        said.error(
            "E409",
            f"the template {path.name} leaves {area.width:.0f} by {area.height:.0f} points"
            f" for content, less than {LEAST_CONTENT.width:g} by {LEAST_CONTENT.height:g}",
            hint="Choose one with larger slides, or with larger text boxes in its layouts",
        )
        return None
    wardrobe = _Wardrobe(layouts, tokens)
    dressing = [wardrobe.dress(layout) for layout in layouts_for(tokens)]
    _say(path, template, chosen, layouts, said)
    body = body_of(layouts["content"])
    colors = layouts["plain"].colors
    grounds, paper = wardrobe.grounds("plain", tokens.content)
    palette = palette_on(theme.stage, colors, grounds, paper, body.color if body else "")
    look = Look(
        size=template.size,
        palette=palette,
        fonts=theme.fonts,
        layouts=tuple(dressing),
        header_rule=tokens.header_rule,
        hairline=tokens.hairline,
        theme=path.stem,
        template=path,
        fixed=fixed(palette, colors),
    )
    return look, tokens


def _say(
    path: Path,
    template: TemplateFile,
    chosen: Chosen,
    layouts: Mapping[str, TemplateLayout],
    said: Diagnostics,
) -> None:
    """Say in one list what a template lacks, and in another what it carries."""
    missing = [
        f"{NAMES[kind][0]} (“{layouts[kind].name}” serves instead)"
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


class _Wardrobe:
    """Dresses our layouts in the template's, by kind."""

    def __init__(self, layouts: Mapping[str, TemplateLayout], tokens: SlideTokens) -> None:
        self._layouts = layouts
        self._tokens = tokens
        self._panels = {kind: self._panel(kind) for kind in layouts}

    def grounds(self, kind: str, rect: Rect) -> tuple[tuple[str, ...], str]:
        """Return all colours behind a box of a kind of slide, and the one for most of them."""
        theirs = self._layouts[kind]
        if self._panels.get(kind):
            return (theirs.colors["bg1"],), theirs.colors["bg1"]
        return theirs.backdrop.behind(rect), mean(theirs.backdrop.paper(rect))

    def dress(self, ours: Layout) -> Layout:
        """Return one of our layouts as the template's: its placeholders, else boxes of ours."""
        base = ours.key.removesuffix("-plain")
        kind = base if base in self._layouts else "plain"
        theirs, panel = self._layouts[kind], self._panels[kind]
        boxes = [
            box
            for item in ours.placeholders
            if (box := self._box(item, ours.key, kind)) is not None
        ]
        drawings = (
            (Drawing(f"{FURNITURE}panel", panel, f"#{theirs.colors['bg1']}"),) if panel else ()
        )
        return Layout(
            ours.key,
            theirs.name,
            theirs.kind,
            tuple(boxes),
            drawings,
            "paper",
            theirs.part,
            theirs.mapping,
        )

    def _panel(self, kind: str) -> Rect | None:
        """Return a ground for slides whose own shows through no text: a photograph, a pattern."""
        theirs, tokens = self._layouts[kind], self._tokens
        title = theirs.first(*TITLES)
        boxes = [tokens.cover_text, tokens.cover_subtitle_box]
        if kind != "cover":
            boxes = [title.rect if title else tokens.title]
        if kind not in _HEADS:
            boxes += [tokens.label, tokens.content]
        inks = [theirs.colors[name] for name in ("tx1", "bg1")]
        if title is not None and title.color:
            inks.insert(0, title.color)
        least = LEAST_LARGE if kind in _HEADS else LEAST_CONTRAST
        grounds = [theirs.backdrop.behind(box) for box in boxes]
        if all(legible(best(inks, one), one) >= least for one in grounds):
            return None
        if kind == "cover":
            boxes += [tokens.cover_kind, tokens.cover_foot]
        whole = around(boxes)
        edge, size = _AROUND_PANEL, self._tokens.size
        left, top = max(whole.x - edge, 0), max(whole.y - edge, 0)
        right = min(whole.right + edge, size.width)
        return Rect(left, top, right - left, min(whole.bottom + edge, size.height) - top)

    def _box(self, item: Placeholder, key: str, kind: str) -> Placeholder | None:
        theirs = self._layouts[kind]
        spot = _spot(item, key, theirs)
        align = item.align
        if kind == "cover" and (title := theirs.first(*TITLES)) is not None:
            align = title.align
        if spot is None:
            if item.key in {FOOT, NUMBER, "ordinal"}:
                return None
            closing = key == "closing" and item.key == BODY  # its title stands where others do
            rect = self._tokens.content if closing else item.rect
            color = "ink" if key == "closing" else item.color
            if kind in _HEADS:
                color = f"#{self._quiet(kind, rect)}"
            return replace(item, kind="box", index=None, rect=rect, color=color, align=align)
        moved = item.key in {BODY, "subtitle"} or (key == "cover" and item.key == TITLE)
        rect = item.rect if moved else spot.rect
        if item.key == TITLE and not moved:
            rect = title_of(theirs, spot, self._tokens.size)
        return replace(
            item,
            kind=spot.kind,
            index=spot.index,
            rect=rect,
            types=_types(item, spot, self._tokens),
            insets=Insets(),
            color=self._ink(kind, spot, rect),
            align=spot.align if kind == "cover" else item.align,
            bullets=item.bullets and spot.bulleted,
            theirs=True,
            placed=rect == spot.rect and not spot.clipped,
            face=spot.face,
        )

    def _ink(self, kind: str, spot: Spot, rect: Rect) -> str:
        """Return the colour of a placeholder's text where its own cannot be read there."""
        colors = self._layouts[kind].colors
        own = spot.color or colors["tx1"]
        grounds = spot.fill or self.grounds(kind, rect)[0]
        if legible(own, grounds) >= LEAST_LARGE and not spot.written:
            return ""
        return f"#{best((own, colors['tx1'], colors['bg1']), grounds, LEAST_LARGE)}"

    def _quiet(self, kind: str, rect: Rect) -> str:
        """Return the colour of our own small words on a cover or divider."""
        theirs = self._layouts[kind]
        grounds, _ = self.grounds(kind, rect)
        title = theirs.first(*TITLES)
        inks: Sequence[str] = (theirs.colors["tx1"], theirs.colors["bg1"])
        if title is not None:
            inks = (title.color, *inks)
        return second(best(inks, grounds), grounds)


def _spot(item: Placeholder, key: str, theirs: TemplateLayout) -> Spot | None:
    if item.key == TITLE:
        return theirs.first(*TITLES)
    if item.key == "subtitle":
        return theirs.first("subTitle") or theirs.first("body")
    if item.key == FOOT:
        return theirs.first("ftr")
    if item.key == NUMBER:
        return theirs.first("sldNum")
    return body_of(theirs) if item.key == BODY and key == "content" else None


def _types(item: Placeholder, spot: Spot, tokens: SlideTokens) -> tuple[Type, ...]:
    if item.key == TITLE:
        return (tokens.title_steps[0],) if spot.kind == "title" else item.types
    if item.key in {FOOT, NUMBER}:
        return (Type(spot.size, round(spot.size * 1.2, 1)),)
    return item.types
