"""Locks between runs, hashes, and small files that are never half written."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import time
from typing import IO, TYPE_CHECKING

from msgspec import DecodeError, json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LOCK_POLL_SECONDS = 0.02
if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: IO[str]) -> bool:
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(handle: IO[str]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A file system without locks (some network folders) is used unlocked.
            return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
        return True


class LockedError(OSError):
    """Another run holds a lock for longer than we wait."""


@contextlib.contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock that is a file, waiting for it; made when it is not there.

    Raises `LockedError` when another run does not give it up in time, and
    `OSError` when the file cannot be made.
    """
    deadline = time.monotonic() + seconds
    with path.open("a", encoding="utf-8") as handle:  # closing it ends the lock
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise LockedError(
                    errno.EBUSY, f"another run has held it for {seconds:.0f} seconds", str(path)
                )
            time.sleep(_LOCK_POLL_SECONDS)
        yield


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Ask the system to bring a file or folder to the disk, as far as it can."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR
    with contextlib.suppress(OSError):  # Windows cannot open folders
        descriptor = os.open(path, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file's content, the old or the new being there at any moment."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_json(path: Path) -> dict[str, object]:
    """Return the object in a file, ``{}`` when there is none that can be read."""
    try:
        state = json.decode(path.read_bytes())
    except (FileNotFoundError, DecodeError):
        return {}
    return state if isinstance(state, dict) else {}


def write_json(path: Path, state: Mapping[str, object]) -> None:
    """Replace a file by an object's JSON, whole or not at all."""
    write_whole(path, json.format(json.encode(state), indent=1))
