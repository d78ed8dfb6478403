"""Named bytes in -> a zip file out, the same bytes every time.

Entries are deflated where they are made, which may be another process, and only
put together here; `zipfile` would compress them itself, and seek back after each.
The formats are those of PKWARE's APPNOTE 6.3: 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LEVEL, _MEMORY = 2, 7
"""zlib's level and memory: files are 5 % larger than by its default, in half the time.

Most parts hold a few kilobytes, so that clearing the memory counts.
"""

_DATE, _TIME = 0x21, 0
"""1980-01-01 at midnight (4.4.6), the earliest that a zip file can say: no run has another."""

_UTF8 = 0x800
_DEFLATED = 8
_VERSION, _VERSION_64 = 20, 45
_MADE_BY = 3 << 8 | _VERSION
"""Unix, so that the rights below are read."""

_RIGHTS = 0o600 << 16

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")

_BUFFER_BYTES = 1 << 20
"""So that thousands of small entries are not as many calls of the system."""

_MOST_ENTRIES, _MOST_BYTES = 0xFFFF, 0xFFFFFFFF


class Entry(Struct, frozen=True):
    """A deflated file: its name, CRC-32, size in bytes before, and bytes after."""

    name: str
    crc: int
    size: int
    data: bytes


def packed(name: str, blob: bytes) -> Entry:
    """Return a file deflated."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)
    return Entry(name, zlib.crc32(blob), len(blob), deflate.compress(blob) + deflate.flush())


def write_zip(path: Path, entries: Iterable[Entry]) -> None:
    """Write entries in their order.

    Raises:
        OSError: the file cannot be written.
        ValueError: it would be larger than 4 GB.
    """
    directory: list[bytes] = []
    at = 0
    with path.open("wb", buffering=_BUFFER_BYTES) as file:
        for entry in entries:
            name = entry.name.encode()
            flags = 0 if entry.name.isascii() else _UTF8
            what = (flags, _DEFLATED, _TIME, _DATE, entry.crc, len(entry.data), entry.size)
            local = _LOCAL.pack(b"PK\3\4", _VERSION, *what, len(name), 0)
            rest = (len(name), 0, 0, 0, 0, _RIGHTS, at)
            directory += [_CENTRAL.pack(b"PK\1\2", _MADE_BY, _VERSION, *what, *rest), name]
            file.write(local + name + entry.data)
            at += len(local) + len(name) + len(entry.data)
            if at > _MOST_BYTES:
                raise ValueError("a deck of more than 4 GB")
        listed = b"".join(directory)
        file.write(listed + _end(len(directory) // 2, len(listed), at))


def _end(count: int, size: int, at: int) -> bytes:
    """Return the end of the central directory, in 64 bits too when there are many entries."""
    more = b""
    if count >= _MOST_ENTRIES:
        more = _END_64.pack(
            b"PK\6\6", _END_64.size - 12, _VERSION_64, _VERSION_64, 0, 0, count, count, size, at
        ) + _LOCATOR_64.pack(b"PK\6\7", 0, at + size, 1)
    short = min(count, _MOST_ENTRIES)
    return more + _END.pack(b"PK\5\6", 0, 0, short, short, size, at, 0)
