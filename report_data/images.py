"""A picture's address and the document's folder -> the file to draw, or why there is none.

Nothing outside the folder is opened, no address is fetched, and a file is
believed for its first bytes, not for its name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from report_data.limits import Limit

if TYPE_CHECKING:
    from report_data.svg import Drawing

SUFFIXES = "PNG, JPEG, GIF, WebP or SVG"

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]+:|//|\\\\")
_HEAD = 64 * 1024


class Picture(NamedTuple):
    """The file of a picture, or ``None`` and the problem; both where it is shown in part."""

    path: str | None
    problem: str = ""
    hint: str = ""


def find_picture(address: str, folder: str | None) -> Picture:
    """Return the file of a picture inside the folder; links on disk are followed first."""
    if not address.strip():
        return Picture(None, "the picture has no address", "Write ![text](file.png)")
    if _SCHEME.match(address.strip()):
        return Picture(
            None,
            "the picture is not in the report's folder",
            "Nothing is fetched: save the picture beside the report and name that file",
        )
    if folder is None:
        return Picture(None, "a report without a folder has no pictures", "Save it as a file first")
    try:
        path = inside_folder(Path(folder).resolve(), address)
        if path is None:
            return Picture(
                None,
                "the picture lies outside the report's folder",
                "Copy it into the folder of the report",
            )
        return _checked(path)
    except (OSError, ValueError, RuntimeError) as problem:
        return Picture(None, f"the picture cannot be read ({type(problem).__name__})")


def inside_folder(root: Path, address: str) -> Path | None:
    """Return the file that is meant; ``None`` if it, or a link on the way, lies outside."""
    wanted = address.partition("#")[0].partition("?")[0].replace("\\", "/")
    if wanted.startswith(("/", "~")):
        return None
    # By its text first, so that nothing outside is even looked at.
    depth = 0
    for part in wanted.split("/"):
        depth += -1 if part == ".." else 0 if part in ("", ".") else 1
        if depth < 0:
            return None
    path = (root / wanted).resolve()
    return path if path.is_relative_to(root) else None


def _checked(path: Path) -> Picture:
    """Return the picture if its first bytes say that it is one and not too large."""
    if not path.is_file():
        return Picture(None, "there is no such picture", "Check the name, or put the file there")
    limit = Limit.PICTURE_MB
    if path.stat().st_size > limit.get() * 1_000_000:
        problem = f"the picture is larger than {limit.get()} MB"
        return Picture(None, problem, f"Make it smaller, or {limit.hint}")
    data = path.read_bytes()
    if looks_like_svg(data[:_HEAD]):
        return _checked_drawing(path, data)
    return _checked_pixels(path, data)


def _checked_pixels(path: Path, data: bytes) -> Picture:
    size = picture_size(data[:_HEAD])
    if size is None:
        return Picture(None, f"the file is no {SUFFIXES} picture", "Save it in one of these forms")
    limit = Limit.PICTURE_MEGAPIXELS
    if not 0 < size[0] * size[1] <= limit.get() * 1_000_000:
        problem = (
            f"the picture has {size[0]} x {size[1]} pixels, the limit is {limit.get()} million"
        )
        return Picture(None, problem, f"Make it smaller, or {limit.hint}")
    if not is_whole(data):
        return Picture(None, "the picture is damaged or cut short", "Open it and save it anew")
    return Picture(str(path))


def _checked_drawing(path: Path, data: bytes) -> Picture:
    from report_data.svg import SvgError, read_svg

    try:
        left_out = read_svg(data, fits=_fits).left_out
    except SvgError as problem:
        return Picture(None, f"the drawing {problem}", "Save it anew, or as PNG")
    if not left_out:
        return Picture(str(path))
    what = ", ".join(left_out)
    said = f"the drawing is shown without what it must not hold ({what})"
    return Picture(str(path), said, "Put pictures into the file itself, and the rest as shapes")


def svg_drawing(data: bytes) -> Drawing | None:
    """Return the drawing in an SVG file, ``None`` when it may not be drawn."""
    from report_data.svg import SvgError, read_svg

    try:
        return read_svg(data, fits=_fits)
    except SvgError:
        return None


def _fits(picture: bytes) -> bool:
    """Return whether a picture inside of a drawing may be drawn."""
    size = picture_size(picture[:_HEAD])
    return size is not None and 0 < size[0] * size[1] <= Limit.PICTURE_MEGAPIXELS.get() * 1_000_000


def looks_like_svg(head: bytes) -> bool:
    """Return whether a file begins as XML in which an element called svg stands."""
    bare = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-16, too
    return bare.startswith(b"<") and re.search(rb"<(?:[\w-]+:)?svg[\s>/]", bare) is not None


def picture_size(head: bytes) -> tuple[int, int] | None:
    """Return a picture's width and height in pixels from its first bytes.

    ``None`` when they are not those of a PNG (ISO 15948), JPEG (T.81), GIF or
    WebP file, or when they end before the size is said.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR" and len(head) >= 24:  # noqa: PLR2004  # of the format
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head[:6] in (b"GIF87a", b"GIF89a") and len(head) >= 10:  # noqa: PLR2004  # of the format
        return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg_size(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp_size(head)
    return None


def is_whole(data: bytes) -> bool:
    """Return whether a picture's file ends as its form says and its checksums hold.

    Nothing is decoded: that costs a hundred times as much.
    """
    if data.startswith(b"\x89PNG"):
        return _is_whole_png(data)
    if data.startswith(b"GIF8"):
        return b"\x3b" in data[-16:]  # its trailer; some programs pad the file
    if data.startswith(b"RIFF"):
        return len(data) >= 8 + int.from_bytes(data[4:8], "little")
    return b"\xff\xda" in data and b"\xff\xd9" in data  # a JPEG's scan and its end


def _is_whole_png(data: bytes) -> bool:
    """Return whether all chunks are there and as their checksums say (ISO 15948, 5.3)."""
    place, drawn = 8, False
    view = memoryview(data)
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(view[place : place + 4], "big")
        kind = bytes(view[place + 4 : place + 8])
        if crc32(view[place + 4 : end]) != int.from_bytes(view[end : end + 4], "big"):
            return False
        drawn = drawn or kind == b"IDAT"
        if kind == b"IEND":
            return drawn
        place = end + 4
    return False


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame (T.81, table B.1)."""


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(head):
        if head[place] != 0xFF:  # noqa: PLR2004  every marker begins so
            return None
        marker = head[place + 1]
        if marker in _FRAMES:
            height = int.from_bytes(head[place + 5 : place + 7], "big")
            return int.from_bytes(head[place + 7 : place + 9], "big"), height
        place += 2 + int.from_bytes(head[place + 2 : place + 4], "big") if marker != 0xFF else 1  # noqa: PLR2004  # of the format
    return None


def _webp_size(head: bytes) -> tuple[int, int] | None:
    kind = head[12:16]
    if kind == b"VP8X" and len(head) >= 30:  # noqa: PLR2004  # of the format
        return (
            int.from_bytes(head[24:27], "little") + 1,
            int.from_bytes(head[27:30], "little") + 1,
        )
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        return (
            int.from_bytes(head[26:28], "little") & 0x3FFF,
            int.from_bytes(head[28:30], "little") & 0x3FFF,
        )
    if kind == b"VP8L" and len(head) >= 25 and head[20] == 0x2F:  # noqa: PLR2004  # of the format
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None
