"""An empty folder -> a hostile report in it, one trap a case, and what it must get.

What the cases share; the cases themselves are in `hostile_cases`.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CANARY = "CANARY-4f1d9c"
"""Stands in every file that nothing may read; in no output, in no message."""

OUTSIDE = "outside"
"""The folder of such files, beside the report's."""

Make: TypeAlias = "Callable[[Path], None]"
"""Fills the report's folder."""


class Case(NamedTuple):
    """A hostile input and what a good tool does with it.

    ``check`` and ``export`` are exit statuses. ``codes`` are all that
    both say, parted by blanks, one as often as it is said (``W120*14``) where that
    counts. ``seconds`` is processor time of ``check`` and of ``export``.
    """

    number: str
    trap: str
    make: Make
    codes: str = ""
    check: int = 0
    export: int = 0
    seconds: tuple[float, float] = (2, 8)
    megabytes: int = 200
    says: tuple[str, ...] = ()
    """Expressions that what is said must match."""
    holds: tuple[str, ...] = ()
    """Texts that each of the three files must show, white space aside."""
    lacks: tuple[str, ...] = ()
    """Texts that no part of any file may hold."""
    rules: tuple[str, ...] = ()
    """Rules of `hostile_run` that the files keep beside those that all do."""
    source: str = "r.md"
    arguments: tuple[str, ...] = ()
    """Of both commands: a template."""


def report(content: str, **others: str | bytes) -> Make:
    """Return what writes a report and files beside it; ``__`` in their names is a dot."""

    def make(folder: Path) -> None:
        (folder / "r.md").write_bytes(content.encode("utf-8", "surrogatepass"))
        for name, data in others.items():
            path = folder / name.replace("__", ".")
            path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return make


def raw(content: bytes) -> Make:
    """Return what writes a report of these very bytes."""
    return lambda folder: _write(folder / "r.md", content)


def table_of(content: bytes) -> Make:
    """Return what writes a data file and a report of its table."""
    page = "# Data\n\n::: {.table src=d.csv}\n:::\n"

    def make(folder: Path) -> None:
        _write(folder / "d.csv", content)
        _write(folder / "r.md", page.encode())

    return make


def template(content: bytes) -> Make:
    """Return what writes a template and a small report beside it."""

    def make(folder: Path) -> None:
        _write(folder / "t.pptx", content)
        _write(folder / "r.md", b"# Title\n\nText.\n")

    return make


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def png(width: int, height: int, *, rows: int = 0, note: bytes = b"", noise: bool = False) -> bytes:
    """Return a black PNG of one bit a pixel.

    Only so many ``rows`` are there if that is given; ``noise`` cannot be unpacked.
    """

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    pieces = [packer.compress(line) for _ in range(rows or height)]
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            chunk(b"tEXt", b"Comment\0" + note) if note else b"",
            chunk(b"IDAT", b"x" * 50 if noise else b"".join(pieces) + packer.flush()),
            chunk(b"IEND", b""),
        )
    )


def package(*entries: tuple[str, bytes]) -> bytes:
    """Return a ZIP archive of entries, some of one name if so given."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in entries:
            info = zipfile.ZipInfo("x")
            info.filename = name  # as it is: the class would turn back slashes round
            info.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(info, content)
    return packed.getvalue()
