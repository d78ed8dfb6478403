"""The shapes of a template's layout and its master -> text boxes to fill, and filled boxes.

A placeholder takes what it does not say from the master's of its kind, and that from
the master's text styles (ECMA-376 part 1, 19.3.1.36 and 21.1.2.4.12).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from exporters.layout.geometry import EMU_PER_PT, Insets, Rect, Size
from exporters.powerpoint.template_colors import A, Colors, Fill, blip
from exporters.powerpoint.template_ground import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from exporters.layout.geometry import Pt
    from exporters.powerpoint.template_ground import Cells

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

BODIES = ("obj", "body", "tbl", "chart")
"""Kinds of placeholder that hold a slide's content."""

_DEFAULT_INSETS = (7.2, 3.6, 7.2, 3.6)
"""Left, top, right, bottom of a text box that says nothing (part 1, 21.1.2.1.1)."""

_LEAST_SPOT = 8.0
"""A placeholder of which less than this is on the slide, in points, is none."""

_DEFAULT_SIZE = 18.0
"""Points of a text that says nothing (part 1, 21.1.2.3.9 sz)."""

_THIN = 1.0
"""Points that a line takes at least."""

_QUARTERS = frozenset({"5400000", "16200000"})
"""Rotations, in 60,000ths of a degree, that lay a shape on its side."""

_ALIGN: dict[str, Literal["left", "center", "right"]] = {"ctr": "center", "r": "right"}
_SHAPES = frozenset({f"{P}sp", f"{P}pic", f"{P}cxnSp", f"{P}grpSp", f"{P}graphicFrame"})


class Spot(Struct, frozen=True):
    """A placeholder of a layout: its kind, index, text area and type, in points.

    ``color`` is that of its text, ``""`` if nothing says it. ``bulleted`` says whether
    its first level has a bullet of its own; ``clipped`` that the template has it partly
    outside of the slide. ``written`` says that the colour is that of its prompt, which new
    text does not take over by itself; ``face`` is the Latin face of such a prompt.
    """

    kind: str
    index: int | None
    rect: Rect
    size: Pt
    bold: bool
    bulleted: bool
    clipped: bool = False
    color: str = ""
    written: bool = False
    align: Literal["left", "center", "right"] = "left"
    fill: tuple[str, ...] = ()
    face: str = ""


class Parents(Struct, frozen=True):
    """What a layout's placeholders take over: the master's by kind, and its text styles."""

    own: dict[str, etree._Element]
    styles: dict[str, etree._Element | None]


def parents_of(master: etree._Element) -> Parents:
    """Return what a master gives its layouts' placeholders."""
    styles = {name: master.find(f"{P}txStyles/{P}{name}Style") for name in ("title", "body")}
    styles["other"] = master.find(f"{P}txStyles/{P}otherStyle")
    return Parents({_key(ph): shape for shape, ph in _placeholders(master)}, styles)


def spots_of(
    layout: etree._Element, parents: Parents, colors: Colors, size: Size
) -> tuple[Spot, ...]:
    """Return the placeholders of a layout that stand on the slide."""
    found = (_spot(shape, ph, parents, colors, size) for shape, ph in _placeholders(layout))
    return tuple(spot for spot in found if spot is not None)


def points(item: etree._Element | None, key: str, default: Pt) -> Pt:
    """Return a length that an element says in EMU, in points."""
    return int(item.get(key, "0")) / EMU_PER_PT if item is not None else default


def _placeholders(tree: etree._Element) -> list[tuple[etree._Element, etree._Element]]:
    found = []
    for shape in tree.iterfind(f"{P}cSld/{P}spTree/{P}sp"):
        ph = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if ph is not None:
            found.append((shape, ph))
    return found


def _key(ph: etree._Element) -> str:
    """Return what joins a layout's placeholder to its master's: the kind, titles as one."""
    kind = str(ph.get("type", "body"))
    return {"ctrTitle": "title", "subTitle": "body", "obj": "body"}.get(kind, kind)


def _spot(
    shape: etree._Element, ph: etree._Element, parents: Parents, colors: Colors, slide: Size
) -> Spot | None:
    parent = parents.own.get(_key(ph), parents.own.get("body"))
    chain = [one for one in (shape, parent) if one is not None]
    frame = next((x for one in chain if (x := one.find(f"{P}spPr/{A}xfrm")) is not None), None)
    if frame is None:
        return None
    whole = _box(frame).inset(_insets(chain))
    rect = _clipped(whole, slide)
    if rect.width < _LEAST_SPOT or rect.height < _LEAST_SPOT:
        return None
    style = parents.styles.get({"title": "title", "body": "body"}.get(_key(ph), "other"))
    levels = [one.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr") for one in chain]
    if style is not None:
        levels.append(style.find(f"{A}lvl1pPr"))
    known = [one for one in levels if one is not None]
    runs = [run for one in known if (run := one.find(f"{A}defRPr")) is not None]
    prompts = [run for one in chain for run in _prompt(one)]
    loose = not _said(runs, "sz")
    color, written_color = _ink(runs, colors), _ink(prompts, colors)
    marks = (
        mark
        for one in known
        for mark in one
        if mark.tag in {f"{A}buNone", f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip"}
    )
    bullet = next(marks, None)
    index = ph.get("idx")
    size = _said(runs, "sz") or _said(prompts, "sz")
    grounds = (colors.fill(one.find(f"{P}spPr")) for one in chain)
    ground = next((one for one in grounds if one is not None), None)
    return Spot(
        str(ph.get("type", "obj")),
        int(index) if index is not None else None,
        rect,
        int(size) / 100 if size else _DEFAULT_SIZE,
        (_said(runs, "b") or (_said(prompts, "b") if loose else "")) in {"1", "true"},
        bullet is not None and bullet.tag != f"{A}buNone",
        rect != whole,
        color or written_color,
        bool(written_color) and not color,
        _ALIGN.get(next((side for one in known if (side := one.get("algn"))), ""), "left"),
        ground.colors if ground is not None and ground.sure else (),
        "" if _face(runs) else _face(prompts),
    )


def _prompt(shape: etree._Element) -> list[etree._Element]:
    """Return the looks of a placeholder's first words: LibreOffice says them nowhere else."""
    paragraph = shape.find(f"{P}txBody/{A}p")
    if paragraph is None:
        return []
    runs = (paragraph.find(f"{A}r/{A}rPr"), paragraph.find(f"{A}endParaRPr"))
    return [one for one in runs if one is not None]


def _ink(runs: list[etree._Element], colors: Colors) -> str:
    for run in runs:
        fill = colors.fill(run)
        if fill is not None and fill.colors:
            return fill.colors[0]
    return ""


def _face(runs: list[etree._Element]) -> str:
    faces = (run.find(f"{A}latin") for run in runs)
    return next((str(one.get("typeface", "")) for one in faces if one is not None), "")


def _said(runs: list[etree._Element], name: str) -> str:
    return next((str(run.get(name)) for run in runs if run.get(name)), "")


def _box(frame: etree._Element) -> Rect:
    offset, extent = frame.find(f"{A}off"), frame.find(f"{A}ext")
    box = Rect(
        points(offset, "x", 0),
        points(offset, "y", 0),
        points(extent, "cx", 0),
        points(extent, "cy", 0),
    )
    if frame.get("rot") in _QUARTERS:
        middle = box.x + box.width / 2, box.y + box.height / 2
        box = Rect(middle[0] - box.height / 2, middle[1] - box.width / 2, box.height, box.width)
    return box


def _clipped(rect: Rect, size: Size) -> Rect:
    """Return the part of a box that stands on the slide."""
    left, top = max(rect.x, 0.0), max(rect.y, 0.0)
    right, bottom = min(rect.right, size.width), min(rect.bottom, size.height)
    clipped = Rect(left, top, right - left, bottom - top)
    return rect if clipped == rect else clipped


def _insets(chain: list[etree._Element]) -> Insets:
    values = []
    for name, default in zip(("lIns", "tIns", "rIns", "bIns"), _DEFAULT_INSETS, strict=True):
        found = next(
            (
                value
                for one in chain
                if (body := one.find(f"{P}txBody/{A}bodyPr")) is not None
                and (value := body.get(name)) is not None
                and re.fullmatch(r"-?\d+", str(value))
            ),
            None,
        )
        values.append(int(found) / EMU_PER_PT if found is not None else default)
    left, top, right, bottom = values
    return Insets(top, right, bottom, left)


# --- drawings ------------------------------------------------------------------------


def ground_of(
    tree: etree._Element, colors: Colors, size: Size, picture: Callable[[str], Cells]
) -> Patch | None:
    """Return the background that a layout or master has of its own (19.3.1.1 bg)."""
    ground = tree.find(f"{P}cSld/{P}bg")
    if ground is None:
        return None
    fill = colors.fill(ground.find(f"{P}bgPr")) or colors.referred(ground.find(f"{P}bgRef"))
    return _patch(Rect(0, 0, size.width, size.height), fill, picture)


def drawings_of(
    tree: etree._Element, colors: Colors, size: Size, picture: Callable[[str], Cells]
) -> list[Patch]:
    """Return what a layout or master draws beside its placeholders, lowest first."""
    found = []
    for shape in tree.iterfind(f"{P}cSld/{P}spTree/*"):
        if shape.tag not in _SHAPES or shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None:
            continue
        frame = next(shape.iter(f"{A}xfrm", f"{P}xfrm"), None)
        if frame is None:
            continue
        box = _box(frame)
        box = Rect(box.x, box.y, max(box.width, _THIN), max(box.height, _THIN))
        box = _clipped(box, size)
        if box.width <= 0 or box.height <= 0:
            continue
        patch = _patch(box, _merged(list(_fills(shape, colors))), picture)
        if patch is None and any((text.text or "").strip() for text in shape.iter(f"{A}t")):
            patch = Patch(box, sure=False)  # words of its own: a claim, 内部资料
        if patch is not None:
            found.append(patch)
    return found


def _fills(shape: etree._Element, colors: Colors) -> Iterator[Fill]:
    """Yield the fills of a shape, and of all that a group holds."""
    if shape.tag == f"{P}pic":
        held = shape.find(f"{P}blipFill")
        picture = blip(held) if held is not None else None
        if picture is not None:
            yield picture
        return
    if shape.tag == f"{P}grpSp":
        for one in shape:
            if one.tag in _SHAPES:
                yield from _fills(one, colors)
        return
    own = shape.find(f"{P}spPr")
    look = colors.fill(own)
    if look is None:
        look = colors.referred(shape.find(f"{P}style/{A}fillRef"))
    if look is None or not (look.colors or look.picture):
        look = colors.fill(own.find(f"{A}ln") if own is not None else None)
        look = Fill(look.colors, sure=False) if look is not None and _is_thin(shape) else None
    if look is not None:
        form = own.find(f"{A}prstGeom") if own is not None else None
        whole = form is not None and "rect" in str(form.get("prst")).lower()
        yield Fill(look.colors, look.picture, look.sure and whole)


def _is_thin(shape: etree._Element) -> bool:
    """Return whether a shape is a line: an outline around others is in nobody's way."""
    frame = next(shape.iter(f"{A}xfrm"), None)
    box = _box(frame) if frame is not None else None
    return box is not None and min(box.width, box.height) <= 2 * _THIN


def _merged(fills: list[Fill]) -> Fill | None:
    """Return the fills of a group as one; what it holds may leave gaps."""
    if len(fills) <= 1:
        return fills[0] if fills else None
    colors = tuple(dict.fromkeys(color for one in fills for color in one.colors))
    picture = next((one.picture for one in fills if one.picture), "")
    return Fill(colors, "" if colors else picture, sure=False)


def _patch(rect: Rect, fill: Fill | None, picture: Callable[[str], Cells]) -> Patch | None:
    if fill is None or not (fill.colors or fill.picture):
        return None
    if not fill.picture:
        return Patch(rect, fill.colors, (), fill.sure)
    cells, opaque = picture(fill.picture)
    return Patch(rect, (), cells, fill.sure and opaque)
