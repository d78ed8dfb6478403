"""python-pptx's default template in -> templates of other kinds, as companies have them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pptx
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
"""python-pptx's own: 4:3, eleven layouts of Office 2007."""

MASTER = "ppt/slideMasters/slideMaster1.xml"
PRESENTATION = "ppt/presentation.xml"
THEME = "ppt/theme/theme1.xml"
WIDE = (12192000, 6858000)

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_OLD = (9144000, 6858000)
_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

Parts = dict[str, bytes]


def layout(number: int) -> str:
    """Return the name of a layout's part: 1 cover, 2 content, 3 section, 6 title only, 7 blank."""
    return f"ppt/slideLayouts/slideLayout{number}.xml"


SHEETS = (MASTER, *(layout(number) for number in range(1, 12)))


def made(to: Path, *changes: Callable[[Parts], None], size: tuple[int, int] = WIDE) -> Path:
    """Write the default template, in a size of EMU, with some changes; return its path."""
    with zipfile.ZipFile(DEFAULT) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    _scale(parts, size)
    for change in changes:
        change(parts)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name, blob in parts.items():
            new.writestr(name, blob)
    return to


def _scale(parts: Parts, size: tuple[int, int]) -> None:
    extent = f'<p:sldSz cx="{size[0]}" cy="{size[1]}"/>'.encode()
    parts[PRESENTATION] = re.sub(rb"<p:sldSz [^>]*/>", extent, parts[PRESENTATION])
    for name in SHEETS:
        tree = etree.fromstring(parts[name])
        for item in (*tree.iter(f"{_A}off"), *tree.iter(f"{_A}ext")):
            for keys, side in ((("x", "cx"), 0), (("y", "cy"), 1)):
                for key in keys:
                    length = item.get(key)
                    if length:
                        item.set(key, str(round(int(length) * size[side] / _OLD[side])))
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def ground(name: str, fill: str) -> Callable[[Parts], None]:
    """Give a sheet a background of its own: ``fill`` is what stands in its bgPr."""

    def change(parts: Parts) -> None:
        bare = re.sub(rb"<p:bg>.*?</p:bg>", b"", parts[name], flags=re.DOTALL)
        made = f"<p:bg><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>".encode()
        parts[name] = re.sub(rb"(<p:cSld[^>]*>)", rb"\1" + made, bare, count=1)

    return change


def plain(color: str) -> str:
    """Return a fill of one colour."""
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def white_text(parts: Parts) -> None:
    """Make all text styles of the master white, as sloppy dark templates do."""
    head, styles = parts[MASTER].split(b"<p:txStyles>")
    white = styles.replace(b'<a:schemeClr val="tx1"/>', b'<a:srgbClr val="FFFFFF"/>')
    parts[MASTER] = head + b"<p:txStyles>" + white


def drawing(
    name: str, x: int, y: int, width: int, height: int, color: str
) -> Callable[[Parts], None]:
    """Draw a filled rectangle on a sheet, under its placeholders; lengths in EMU."""
    shape = (
        f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="{x % 997 + 60}" name="bar"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom>{plain(color)}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )

    def change(parts: Parts) -> None:
        tree = etree.fromstring(parts[name])
        next(tree.iter(f"{_P}spTree")).insert(2, etree.fromstring(shape))
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    return change


def words(name: str, x: int, y: int, width: int, height: int) -> Callable[[Parts], None]:
    """Put a text box without a ground on a sheet; lengths in EMU."""
    shape = (
        f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="77" name="claim"/><p:cNvSpPr txBox="1"/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r>"
        "<a:t>Confidential</a:t></a:r></a:p></p:txBody></p:sp>"
    )

    def change(parts: Parts) -> None:
        tree = etree.fromstring(parts[name])
        next(tree.iter(f"{_P}spTree")).append(etree.fromstring(shape))
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    return change


def moved(name: str, kind: str, x: int, y: int, width: int, height: int) -> Callable[[Parts], None]:
    """Put a sheet's placeholders of a kind elsewhere; lengths in EMU."""
    frame = (
        f'<a:xfrm {_NAMESPACES}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
        "</a:xfrm>"
    )

    def change(parts: Parts) -> None:
        tree = etree.fromstring(parts[name])
        for shape in tree.iterfind(f"{_P}cSld/{_P}spTree/{_P}sp"):
            joined = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
            if joined is not None and joined.get("type", "obj") == kind:
                properties = next(shape.iter(f"{_P}spPr"))
                for old in properties.findall(f"{_A}xfrm"):
                    properties.remove(old)
                properties.insert(0, etree.fromstring(frame))
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    return change


def only(*numbers: int) -> Callable[[Parts], None]:
    """Leave some layouts in the master's list, by their numbers."""

    def change(parts: Parts) -> None:
        listed = re.findall(rb"<p:sldLayoutId [^>]*/>", parts[MASTER])
        for number, one in enumerate(listed, 1):
            if number not in numbers:
                parts[MASTER] = parts[MASTER].replace(one, b"")

    return change


def called(*names: str) -> Callable[[Parts], None]:
    """Name the layouts and take their kinds away, as templates with layouts of their own have."""

    def change(parts: Parts) -> None:
        for number, name in enumerate(names, 1):
            blob = re.sub(rb' type="\w*" preserve', b" preserve", parts[layout(number)])
            named = f'<p:cSld name="{name}"'.encode()
            parts[layout(number)] = re.sub(rb'<p:cSld name="[^"]*"', named, blob)

    return change


def picture(name: str, image: Image.Image) -> Callable[[Parts], None]:
    """Give a sheet a picture as its background."""
    blob = io.BytesIO()
    image.save(blob, "PNG")

    def change(parts: Parts) -> None:
        parts["ppt/media/ground.png"] = blob.getvalue()
        folder, base = name.rsplit("/", 1)
        related = (
            b'<Relationship Id="rIdGround" Type="http://schemas.openxmlformats.org/officeDocument/'
            b'2006/relationships/image" Target="../media/ground.png"/></Relationships>'
        )
        rels = f"{folder}/_rels/{base}.rels"
        parts[rels] = parts[rels].replace(b"</Relationships>", related)
        kinds = parts["[Content_Types].xml"]
        if b'Extension="png"' not in kinds:
            png = b'<Default Extension="png" ContentType="image/png"/><Default '
            parts["[Content_Types].xml"] = kinds.replace(b"<Default ", png, 1)
        ground(
            name,
            '<a:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships" r:embed="rIdGround"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>',
        )(parts)

    return change
