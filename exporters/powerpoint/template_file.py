"""A .pptx or .potx that is not ours in -> its sizes, colours and layouts; nothing is trusted.

Reads raw parts with limits. A file that could harm is refused whole; what a deck
must not carry (macros, embedded objects, outer links) is named, and left out when
the deck is written.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from exporters.layout.geometry import EMU_PER_PT, Insets, Rect, Size
from exporters.powerpoint.template_package import damage_in, harm_in, parse

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.layout.geometry import Pt
    from report_data.diagnostics import Diagnostics

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_MAIN = "officeDocument"
_DEFAULT_INSETS = (7.2, 3.6, 7.2, 3.6)
"""Left, top, right, bottom of a text box that says nothing (part 1, 21.1.2.1.1)."""

_RGB = re.compile("[0-9A-Fa-f]{6}")
_SYSTEM_COLORS = {"window": "FFFFFF", "windowText": "000000"}
"""Those of the system that themes use, where the last value is not said (20.1.2.3.33)."""

_LEAST_SPOT = 8.0
"""A placeholder of which less than this is on the slide, in points, is none."""

_CARRIED = {
    "vbaProject": "macros",
    "oleObject": "an embedded object",
    "control": "an ActiveX control",
    "package": "an embedded file",
    "externalLinkPath": "a link to another file",
}
"""Relationships that a deck must not carry, and what to call them."""


class Spot(Struct, frozen=True):
    """A placeholder of a layout: its kind, index, text area and type size, in points.

    ``bulleted`` says whether its first level has a bullet of its own; ``clipped``
    that the template has it partly outside of the slide.
    """

    kind: str
    index: int | None
    rect: Rect
    size: Pt
    bold: bool
    bulleted: bool
    clipped: bool = False


class TemplateLayout(Struct, frozen=True):
    """A layout: the name of its part, what its author calls it, its kind and placeholders."""

    part: str
    name: str
    kind: str
    spots: tuple[Spot, ...]

    def first(self, *kinds: str) -> Spot | None:
        """Return the first placeholder of any of some kinds."""
        return next((spot for spot in self.spots if spot.kind in kinds), None)


class TemplateFile(Struct, frozen=True):
    """A template: slide size, theme colours by slot as the master maps them, layouts."""

    size: Size
    colors: dict[str, str]
    layouts: tuple[TemplateLayout, ...]
    carried: tuple[str, ...]


def read_template(path: Path, said: Diagnostics) -> TemplateFile | None:
    """Read a template; ``None`` when it is refused, with every reason recorded as E407."""
    try:
        with zipfile.ZipFile(path) as archive:
            if reason := harm_in(archive) or damage_in(archive):
                _refuse(path, reason, said)
                return None
            return _Reader(archive).read()
    except (OSError, zipfile.BadZipFile) as error:
        _refuse(path, f"it cannot be read: {error}", said)
    except (KeyError, StopIteration, ValueError, etree.XMLSyntaxError) as error:
        _refuse(path, f"it is no presentation: {error or 'a part is missing'}", said)
    return None


def _refuse(path: Path, reason: str, said: Diagnostics) -> None:
    said.error(
        "E407",
        f"the template {path.name} is refused: {reason}",
        hint="Save it anew from PowerPoint as .pptx or .potx, without macros and objects",
    )


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def read(self) -> TemplateFile:
        main = next(target for kind, target, _ in self._rels("") if kind == _MAIN)
        tree = self._tree(main)
        extent = tree.find(f"{_P}sldSz")
        size = Size(_points(extent, "cx", 960), _points(extent, "cy", 540))
        rels = {rid: target for (_, target, rid) in self._rels(main)}
        masters = [
            rels[one.get(f"{_R}id", "")]
            for one in tree.iterfind(f"{_P}sldMasterIdLst/{_P}sldMasterId")
        ]
        if not masters:
            raise ValueError("it has no master")
        layouts: list[TemplateLayout] = []
        for master in masters[:1]:
            layouts += self._layouts(master, size)
        carried = sorted(set(self._carried(main, masters)))
        return TemplateFile(size, self._colors(masters[0]), tuple(layouts), tuple(carried))

    def _tree(self, name: str) -> etree._Element:
        return parse(self._archive.read(name))

    def _rels(self, name: str) -> list[tuple[str, str, str]]:
        """Return a part's relationships: kind, target, id; outer ones keep their address."""
        folder, base = posixpath.split(name)
        try:
            tree = self._tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        except KeyError:
            return []
        result = []
        for one in tree.iterfind(f"{_RELS}Relationship"):
            kind = one.get("Type", "").rsplit("/", 1)[-1]
            target = one.get("Target", "")
            if one.get("TargetMode") == "External":
                kind = kind if kind == "hyperlink" else "externalLinkPath"
            else:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            result.append((kind, target, one.get("Id", "")))
        return result

    def _carried(self, main: str, masters: list[str]) -> list[str]:
        parts = [main, *masters]
        for master in masters:
            parts += [target for kind, target, _ in self._rels(master) if kind == "slideLayout"]
        return [
            _CARRIED[kind] for part in parts for kind, _, _ in self._rels(part) if kind in _CARRIED
        ]

    def _colors(self, master: str) -> dict[str, str]:
        theme = next(target for kind, target, _ in self._rels(master) if kind == "theme")
        scheme = self._tree(theme).find(f"{_A}themeElements/{_A}clrScheme")
        slots = {}
        for slot in scheme if scheme is not None else ():
            if color := _color(next(iter(slot), None)):
                slots[etree.QName(slot).localname] = color
        mapped = self._tree(master).find(f"{_P}clrMap")
        if mapped is None:
            return {}
        return {
            str(key): slots[str(one)] for key, one in mapped.attrib.items() if str(one) in slots
        }

    def _layouts(self, master: str, size: Size) -> list[TemplateLayout]:
        tree = self._tree(master)
        own = {_key(ph): shape for shape, ph in _placeholders(tree)}
        styles = {
            "title": tree.find(f"{_P}txStyles/{_P}titleStyle"),
            "body": tree.find(f"{_P}txStyles/{_P}bodyStyle"),
            "other": tree.find(f"{_P}txStyles/{_P}otherStyle"),
        }
        rels = {rid: target for kind, target, rid in self._rels(master) if kind == "slideLayout"}
        result = []
        for one in tree.iterfind(f"{_P}sldLayoutIdLst/{_P}sldLayoutId"):
            part = rels.get(one.get(f"{_R}id", ""))
            if part is None:
                continue
            layout = self._tree(part)
            name = layout.find(f"{_P}cSld")
            spots = [
                spot
                for shape, ph in _placeholders(layout)
                if (spot := _spot(shape, ph, own, styles, size)) is not None
            ]
            result.append(
                TemplateLayout(
                    part,
                    name.get("name", "") if name is not None else "",
                    layout.get("type", "cust"),
                    tuple(spots),
                )
            )
        return result


def _color(value: etree._Element | None) -> str:
    """Return a colour as RRGGBB; ``""`` for one that is said in another way (20.1.2.3)."""
    if value is None:
        return ""
    said = value.get("lastClr") or _SYSTEM_COLORS.get(value.get("val", ""), value.get("val", ""))
    return said.upper() if _RGB.fullmatch(said) else ""


def _points(item: etree._Element | None, key: str, default: Pt) -> Pt:
    return int(item.get(key, "0")) / EMU_PER_PT if item is not None else default


def _placeholders(tree: etree._Element) -> list[tuple[etree._Element, etree._Element]]:
    found = []
    for shape in tree.iterfind(f"{_P}cSld/{_P}spTree/{_P}sp"):
        ph = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
        if ph is not None:
            found.append((shape, ph))
    return found


def _key(ph: etree._Element) -> str:
    """Return what joins a layout's placeholder to its master's: the kind, titles as one."""
    kind = str(ph.get("type", "body"))
    return {"ctrTitle": "title", "subTitle": "body", "obj": "body"}.get(kind, kind)


def _spot(
    shape: etree._Element,
    ph: etree._Element,
    masters: dict[str, etree._Element],
    styles: dict[str, etree._Element | None],
    size_of_slide: Size,
) -> Spot | None:
    parent = masters.get(_key(ph), masters.get("body"))
    chain = [one for one in (shape, parent) if one is not None]
    frame = next((x for one in chain if (x := one.find(f"{_P}spPr/{_A}xfrm")) is not None), None)
    if frame is None:
        return None
    offset, extent = frame.find(f"{_A}off"), frame.find(f"{_A}ext")
    box = Rect(
        _points(offset, "x", 0),
        _points(offset, "y", 0),
        _points(extent, "cx", 0),
        _points(extent, "cy", 0),
    )
    style = styles.get({"title": "title", "body": "body"}.get(_key(ph), "other"))
    levels = [one.find(f"{_P}txBody/{_A}lstStyle/{_A}lvl1pPr") for one in chain]
    if style is not None:
        levels.append(style.find(f"{_A}lvl1pPr"))
    known = [one for one in levels if one is not None]
    size = _first(known, "sz")
    marks = (
        mark
        for one in known
        for mark in one
        if mark.tag in {f"{_A}buNone", f"{_A}buChar", f"{_A}buAutoNum", f"{_A}buBlip"}
    )
    bullet = next(marks, None)
    index = ph.get("idx")
    whole = box.inset(_insets(chain))
    rect = _clipped(whole, size_of_slide)
    if rect.width < _LEAST_SPOT or rect.height < _LEAST_SPOT:
        return None
    return Spot(
        str(ph.get("type", "obj")),
        int(index) if index is not None else None,
        rect,
        int(size) / 100 if size else 18.0,
        _first(known, "b") in {"1", "true"},
        bullet is not None and bullet.tag != f"{_A}buNone",
        rect != whole,
    )


def _clipped(rect: Rect, size: Size) -> Rect:
    """Return the part of a box that stands on the slide."""
    left, top = max(rect.x, 0.0), max(rect.y, 0.0)
    right, bottom = min(rect.right, size.width), min(rect.bottom, size.height)
    clipped = Rect(left, top, right - left, bottom - top)
    return rect if clipped == rect else clipped


def _first(levels: list[etree._Element], name: str) -> str | None:
    for level in levels:
        run = level.find(f"{_A}defRPr")
        if run is not None and run.get(name):
            return str(run.get(name))
    return None


def _insets(chain: list[etree._Element]) -> Insets:
    values = []
    for name, default in zip(("lIns", "tIns", "rIns", "bIns"), _DEFAULT_INSETS, strict=True):
        found = next(
            (
                value
                for one in chain
                if (body := one.find(f"{_P}txBody/{_A}bodyPr")) is not None
                and (value := body.get(name)) is not None
                and re.fullmatch(r"-?\d+", str(value))
            ),
            None,
        )
        values.append(int(found) / EMU_PER_PT if found is not None else default)
    left, top, right, bottom = values
    return Insets(top, right, bottom, left)
