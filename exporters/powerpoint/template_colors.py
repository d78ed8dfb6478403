"""A theme's colours, as a master maps them, and a fill -> the colours that it shows.

ECMA-376 part 1: 20.1.2.3 (colours and what changes them), 20.1.8 (fills), 19.3.1.3
(a background that refers to one of the theme's). Colours are six hexadecimal digits.
"""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_PLACEHOLDER = "phClr"
"""Stands in a theme's fills for the colour of who refers to them."""

_FIRST_GROUND = 1001
"""Fills of backgrounds are counted from here (19.3.1.3 bgRef, idx)."""

_CLEAR = 0.5
"""What shows less than this of itself hides nothing."""

_NAMED = {"black": "000000", "white": "FFFFFF", "windowText": "000000", "window": "FFFFFF"}
"""Of the system's and the preset colours (20.1.2.3.33, 20.1.10.48), those that text and grounds
of templates have."""

_RGB = re.compile("[0-9A-F]{6}")


class Fill(Struct, frozen=True):
    """What an area is filled with: its colours, or a picture by its relationship's id.

    ``sure`` says that it hides what is under it.
    """

    colors: tuple[str, ...] = ()
    picture: str = ""
    sure: bool = True


class Colors(Struct, frozen=True):
    """A theme's twelve slots, which of them a master means by its names, and the theme's fills."""

    slots: Mapping[str, str]
    mapping: Mapping[str, str]
    fills: tuple[etree._Element, ...] = ()
    grounds: tuple[etree._Element, ...] = ()

    def under(self, mapping: Mapping[str, str]) -> Colors:
        """Return the same theme under a layout's own map (19.3.1.30 overrideClrMapping)."""
        return Colors(self.slots, mapping, self.fills, self.grounds) if mapping else self

    def named(self) -> dict[str, str]:
        """Return the colours by the master's names: bg1, tx1, accent1 ..."""
        known = self.mapping.items()
        return {name: self.slots[slot] for name, slot in known if slot in self.slots}

    def of(self, parent: etree._Element | None, placeholder: str = "") -> tuple[str, float] | None:
        """Return the first colour inside an element, and how much of it shows, 0 to 1."""
        for item in parent if parent is not None else ():
            base = self._base(item, placeholder)
            if base:
                return _changed(base, item)
        return None

    def _base(self, item: etree._Element, placeholder: str) -> str:
        value = item.get("val", "")
        match _name(item):
            case "srgbClr" | "sysClr" | "prstClr":
                said = str(item.get("lastClr") or _NAMED.get(value, value)).upper()
                return said if _RGB.fullmatch(said) else ""
            case "schemeClr" if value == _PLACEHOLDER:
                return placeholder
            case "schemeClr":
                return self.slots.get(self.mapping.get(value, value), "")
        return ""

    def fill(self, parent: etree._Element | None, placeholder: str = "") -> Fill | None:
        """Return the fill that stands in an element (spPr, bgPr, a list of fills), if any."""
        for item in parent if parent is not None else ():
            found = self._fill(item, placeholder)
            if found is not None:
                return found
        return None

    def _fill(self, item: etree._Element, placeholder: str) -> Fill | None:
        match _name(item):
            case "noFill":
                return Fill(sure=False)
            case "solidFill":
                return _joined([self.of(item, placeholder)])
            case "gradFill":
                return _joined([self.of(one, placeholder) for one in item.iter(f"{A}gs")])
            case "pattFill":
                return _joined([self.of(one, placeholder) for one in item])
            case "blipFill":
                return blip(item)
        return None

    def referred(self, reference: etree._Element | None) -> Fill | None:
        """Return a fill of the theme by who refers to it (bgRef, fillRef), if there is one."""
        number = int(reference.get("idx", "0")) if reference is not None else 0
        of_grounds = number >= _FIRST_GROUND
        known = self.grounds if of_grounds else self.fills
        place = number - (_FIRST_GROUND if of_grounds else 1)
        if not 0 <= place < len(known):
            return None
        color = self.of(reference)
        return self._fill(known[place], color[0] if color else "")


def theme_colors(theme: etree._Element, mapping: Mapping[str, str]) -> Colors:
    """Return the colours and fills of a theme part."""
    bare = Colors({}, {})
    slots = {}
    for slot in theme.iterfind(f"{A}themeElements/{A}clrScheme/*"):
        color = bare.of(slot)
        if color is not None:
            slots[_name(slot)] = color[0]
    formats = f"{A}themeElements/{A}fmtScheme/{A}"
    return Colors(
        slots,
        mapping,
        tuple(theme.iterfind(f"{formats}fillStyleLst/*")),
        tuple(theme.iterfind(f"{formats}bgFillStyleLst/*")),
    )


def blip(item: etree._Element) -> Fill | None:
    """Return the picture of a blipFill, ``None`` when little of it shows."""
    picture = item.find(f"{A}blip")
    if picture is None:
        return None
    fixed = picture.find(f"{A}alphaModFix")
    if fixed is not None and int(fixed.get("amt", "100000")) < _CLEAR * 100_000:
        return Fill(sure=False)
    return Fill(picture=str(picture.get(f"{R}embed", "")))


def _joined(found: list[tuple[str, float] | None]) -> Fill | None:
    known = [one for one in found if one is not None]
    if not known:
        return None
    shows = min(part for _, part in known)
    if shows < _CLEAR:
        return Fill(sure=False)
    return Fill(tuple(color for color, _ in known))


def _changed(color: str, item: etree._Element) -> tuple[str, float]:
    """Return a colour with all that changes it, in order, and how much of it shows."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    shows = 1.0
    for kind, part in _changes(item):
        if kind in {"lumMod", "lumOff"}:
            hue, light, full = colorsys.rgb_to_hls(red, green, blue)
            light = light * part if kind == "lumMod" else light + part
            red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full)
        elif kind == "tint":
            red, green, blue = (one * part + 1 - part for one in (red, green, blue))
        elif kind == "shade":
            red, green, blue = (one * part for one in (red, green, blue))
        elif kind == "alpha":
            shows = part
    return "".join(f"{round(min(one, 1.0) * 255):02X}" for one in (red, green, blue)), shows


def _changes(item: etree._Element) -> Iterator[tuple[str, float]]:
    for one in item:
        value = one.get("val", "")
        if value.lstrip("-").isdigit():
            yield _name(one), int(value) / 100_000


def _name(item: etree._Element) -> str:
    """Return an element's local name; a comment has another."""
    return str(item.tag).rpartition("}")[2]
