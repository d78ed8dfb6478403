"""A .pptx or .potx that is not ours in -> its sizes, colours and layouts; nothing is trusted.

Reads raw parts with limits. A file that could harm is refused whole; what a deck
must not carry (macros, embedded objects, outer links) is named, and left out when
the deck is written.
"""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from exporters.layout.geometry import Rect, Size
from exporters.powerpoint.template_colors import A, Colors, R, theme_colors
from exporters.powerpoint.template_ground import Backdrop, Cells, Patch, cells_of
from exporters.powerpoint.template_package import damage_in, harm_in, parse
from exporters.powerpoint.template_shapes import (
    P,
    Spot,
    drawings_of,
    ground_of,
    parents_of,
    points,
    spots_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from report_data.diagnostics import Diagnostics

TITLES = ("title", "ctrTitle")
"""Kinds of placeholder that hold a slide's title."""

_BARE = {"bg1": "FFFFFF", "tx1": "000000"}
"""Ground and text of a master that maps no colours."""

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_MAIN = "officeDocument"
_CARRIED = {
    "vbaProject": "macros",
    "oleObject": "an embedded object",
    "control": "an ActiveX control",
    "package": "an embedded file",
    "externalLinkPath": "a link to another file",
}
"""Relationships that a deck must not carry, and what to call them."""


class TemplateLayout(Struct, frozen=True):
    """A layout: the name of its part, what its author calls it, its kind and placeholders.

    ``backdrop`` is what it shows behind them, ``colors`` are those of the theme as it maps
    them, ``mapping`` is a map of its own, as XML.
    """

    part: str
    name: str
    kind: str
    spots: tuple[Spot, ...]
    backdrop: Backdrop
    colors: dict[str, str]
    mapping: str = ""

    def first(self, *kinds: str) -> Spot | None:
        """Return the first placeholder of any of some kinds."""
        return next((spot for spot in self.spots if spot.kind in kinds), None)


class TemplateFile(Struct, frozen=True):
    """A template: slide size, layouts by master, and what it carries that a deck must not."""

    size: Size
    masters: tuple[tuple[TemplateLayout, ...], ...]
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
        self._cells: dict[str, Cells] = {}

    def read(self) -> TemplateFile:
        main = next(target for kind, target, _ in self._rels("") if kind == _MAIN)
        tree = self._tree(main)
        extent = tree.find(f"{P}sldSz")
        size = Size(points(extent, "cx", 960), points(extent, "cy", 540))
        rels = {rid: target for (_, target, rid) in self._rels(main)}
        masters = [
            rels[one.get(f"{R}id", "")]
            for one in tree.iterfind(f"{P}sldMasterIdLst/{P}sldMasterId")
        ]
        if not masters:
            raise ValueError("it has no master")
        carried = tuple(sorted(set(self._carried(main, masters))))
        layouts = tuple(self._master(master, size) for master in masters)
        return TemplateFile(size, layouts, carried)

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

    def _master(self, master: str, size: Size) -> tuple[TemplateLayout, ...]:
        """Return a master's layouts in its order."""
        tree, rels = self._tree(master), self._rels(master)
        theme = next(target for kind, target, _ in rels if kind == "theme")
        colors = theme_colors(self._tree(theme), _mapping(tree.find(f"{P}clrMap")))
        parts = {rid: target for kind, target, rid in rels if kind == "slideLayout"}
        ids = (one.get(f"{R}id", "") for one in tree.iterfind(f"{P}sldLayoutIdLst/{P}sldLayoutId"))
        return tuple(
            self._layout(parts[rid], master, tree, colors, size) for rid in ids if rid in parts
        )

    def _layout(
        self, part: str, master: str, above: etree._Element, colors: Colors, size: Size
    ) -> TemplateLayout:
        tree = self._tree(part)
        own = tree.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        mapped = colors.under(_mapping(own))
        name = tree.find(f"{P}cSld")
        return TemplateLayout(
            part,
            name.get("name", "") if name is not None else "",
            tree.get("type", "cust"),
            spots_of(tree, parents_of(above), mapped, size),
            self._backdrop((part, tree), (master, above), mapped, size),
            _BARE | mapped.named(),
            _spelled(own),
        )

    def _backdrop(
        self,
        layout: tuple[str, etree._Element],
        master: tuple[str, etree._Element],
        colors: Colors,
        size: Size,
    ) -> Backdrop:
        """Return what is drawn behind text by a layout and its master, lowest first."""
        of_layout, of_master = self._pictures(layout[0]), self._pictures(master[0])
        ground = ground_of(layout[1], colors, size, of_layout)
        ground = ground or ground_of(master[1], colors, size, of_master)
        drawn = drawings_of(layout[1], colors, size, of_layout)
        if layout[1].get("showMasterSp") not in {"0", "false"}:
            drawn = [*drawings_of(master[1], colors, size, of_master), *drawn]
        paper = colors.named().get("bg1", "FFFFFF")
        first = Patch(Rect(0, 0, size.width, size.height), (paper,))
        return Backdrop((first, *([ground] if ground else []), *drawn))

    def _pictures(self, part: str) -> Callable[[str], Cells]:
        """Return what tells the colours of a part's pictures by their relationships' ids."""
        ids = {rid: target for kind, target, rid in self._rels(part) if kind == "image"}

        def cells(rid: str) -> Cells:
            target = ids.get(rid, "")
            if target not in self._cells:
                known = target in self._archive.namelist()
                self._cells[target] = cells_of(self._archive.read(target)) if known else ((), False)
            return self._cells[target]

        return cells


def _mapping(item: etree._Element | None) -> dict[str, str]:
    return {str(key): str(value) for key, value in item.attrib.items()} if item is not None else {}


def _spelled(own: etree._Element | None) -> str:
    """Return a layout's own map of colours as slides of it repeat it."""
    if own is None:
        return ""
    pairs = " ".join(
        f'{key}="{value}"' for key, value in _mapping(own).items() if f"{key}{value}".isalnum()
    )
    return f"<a:overrideClrMapping {pairs}/>"
