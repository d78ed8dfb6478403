"""A command under strace -> files it touched beyond those allowed by name, sockets, processes.

Linux only. Looking at a folder above an allowed one (to resolve a path) is no
reading of it; a file that is not there was looked for all the same.
"""

from __future__ import annotations

import re
import shutil
import site
import sys
import sysconfig
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent

SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/bin",
    "/usr/share/locale",
    "/usr/share/zoneinfo",
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/apache/mime.types",
    "/etc/apache2/mime.types",
    "/etc/httpd",
    "/usr/local/etc",
    "/etc/locale.alias",
    "/dev/null",
    "/dev/urandom",
    "/dev/pts",
    "/dev/tty",
    "/proc/self",
    "/proc/meminfo",
    "/proc/cpuinfo",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
    "/etc/ssl/openssl.cnf",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
)
"""What the loader, the C library, Python and its libraries read of a machine; the fonts."""

AT_HOME = (".fonts", "fonts", ".local/share/fonts")
"""Folders of fonts in a user's home."""

_LOOKED_FOR = re.compile(
    r"/pyvenv\.cfg|/lib/python\d+\.zip|/Acrobat\d/Resource/|^/(System/|Network/)?Library/Fonts$"
)
"""What Python and reportlab look for everywhere, and do not open."""

_LINE = re.compile(r"^(?:\[pid +)?\d+\]? +(\w+)\((.*)$")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FOLDER = re.compile(r"^(?:AT_FDCWD|\d+)<([^>]*)>")
_LOOKS = re.compile(r"l?stat|newfstatat|statx|readlink(at)?|f?access(at2?)?|getcwd|chdir")
_NETWORK = re.compile(r"socket(pair)?|connect|bind|listen|accept4?|send(to|m?msg)|recv(from|m?msg)")
_PROCESS = re.compile(r"execve(at)?")


class MissingError(RuntimeError):
    """There is no strace on this machine."""


def strace(log: Path) -> list[str]:
    """Return what to put before a command so that what it touches is logged.

    Raises MissingError where strace is not installed.
    """
    found = shutil.which("strace")
    if found is None:
        raise MissingError("strace is not installed (on Debian: apt-get install strace)")
    return [found, "-f", "-y", "-s", "4096", "-e", "trace=%file,%network", "-A", "-o", str(log)]


def libraries() -> tuple[str, ...]:
    """Return the folders of Python and of the packages that are installed in it."""
    names = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
    names |= {str(Path(sys.executable).parent), str(Path(sys.executable).resolve().parents[1])}
    names |= {*site.getsitepackages()}
    return tuple(sorted({str(Path(name).resolve()) for name in names} | names))


def strange(
    log: Path, allowed: tuple[str, ...], seen: str, command: str, folder: Path
) -> Iterator[str]:
    """Yield what a log holds that is not allowed.

    Files in the folders ``allowed`` may be opened; those in ``seen`` may be looked
    at: a link in the report's folder is followed to learn that it leads out.
    ``command`` is the one that may be run; ``folder`` is where it begins.
    """
    known = (*SYSTEM, *libraries(), str(ROOT), *allowed)
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        call, rest = match.groups()
        if _NETWORK.fullmatch(call) or (_PROCESS.fullmatch(call) and command not in rest):
            yield f"{call}({rest}"
        elif not _PROCESS.fullmatch(call):
            yield from _paths(call, rest, known, seen, folder)


def _paths(call: str, rest: str, known: tuple[str, ...], seen: str, folder: Path) -> Iterator[str]:
    start = _FOLDER.match(rest)
    base = PurePosixPath(start[1] if start else str(folder))
    for text in _TEXT.findall(rest.partition(") = ")[0])[:2]:
        name = (
            text.encode()
            .decode("unicode_escape")
            .encode("latin-1", "replace")
            .decode("utf-8", "replace")
        )
        path = _normal(base / name) if name else str(base)
        if any(_inside(path, one) for one in known):
            continue
        if not path.startswith("/"):  # a pipe
            continue
        if _LOOKS.fullmatch(call) and (
            any(_inside(one, path) for one in known)
            or _inside(path, seen)
            or _LOOKED_FOR.search(path)
        ):
            continue
        yield f"{call} {path}"
        if call.startswith("readlink"):
            return


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts[1:]:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/" + "/".join(parts)


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
