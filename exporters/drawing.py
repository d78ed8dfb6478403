"""A drawing that reaches for nothing in -> its PNG, as fine as print and slides show it.

resvg draws it, in a process of its own where the system can fork: a drawing made to
take for ever, or all memory, ends with that process. Text is set in the bundled faces.
"""

from __future__ import annotations

import os
import select
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from exporters.layout.fonts import BUNDLED
from exporters.layout.installed import extra_faces

if TYPE_CHECKING:
    from report_data.svg import Drawing

_LONG_SIDE = 2_400
"""Pixels: 200 an inch on a slide of twelve inches, more on a page."""

_FINEST = 8.0
"""Times its own size that a small drawing is drawn."""

_SECONDS, _ALL_SECONDS = 10.0, 30.0
_BYTES = 2_000_000_000
"""What one drawing may take of time and memory; an honest one takes a hundredth. Those that
end late take no more than thirty seconds together."""

_late: list[float] = []

_TEXT, _FIXED = "Triptych Sans SC", "Triptych Mono"


def png_of(drawing: Drawing) -> bytes | None:
    """Return a drawing as PNG, ``None`` when it cannot be drawn or takes too long."""
    if not hasattr(os, "fork"):
        return _drawn(drawing)
    seconds = min(_SECONDS, _ALL_SECONDS - sum(_late))
    receiver, sender = os.pipe()
    process = os.fork()
    if process == 0:
        _send(drawing, sender)
    os.close(sender)
    try:
        drawn = _received(receiver, time.monotonic() + seconds)
        if drawn is None:
            _late.append(seconds)
        return drawn or None
    finally:
        os.close(receiver)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _send(drawing: Drawing, pipe: int) -> None:
    """Draw in a process that ends with it, whatever happens; what it says is not heard."""
    try:
        _limit_memory()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        with os.fdopen(pipe, "wb") as file:
            file.write(_drawn(drawing) or b"")
    finally:
        os._exit(0)


def _limit_memory() -> None:
    """Take no more memory than a drawing may, beside what this process has by now."""
    import resource

    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    with suppress(OSError, ValueError):  # some systems know no such limit
        resource.setrlimit(resource.RLIMIT_DATA, (taken + _BYTES, taken + _BYTES))


def _received(pipe: int, until: float) -> bytes | None:
    """Return what comes through a pipe until its other end is closed, ``None`` when it is late."""
    parts: list[bytes] = []
    while select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
        part = os.read(pipe, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None


def _drawn(drawing: Drawing) -> bytes | None:
    import resvg_py

    longer = max(drawing.width, drawing.height)
    zoom = min(_LONG_SIDE / longer, _FINEST)
    try:
        return resvg_py.svg_to_bytes(
            svg_string=drawing.source,
            width=max(1, round(drawing.width * zoom)),
            height=max(1, round(drawing.height * zoom)),
            skip_system_fonts=True,
            font_files=_faces() if drawing.words else [],
            font_family=_TEXT,
            serif_family=_TEXT,
            sans_serif_family=_TEXT,
            cursive_family=_TEXT,
            fantasy_family=_TEXT,
            monospace_family=_FIXED,
        )
    except ValueError:
        return None
    except BaseException as problem:  # a panic of Rust's is no `Exception`
        if type(problem).__name__ == "PanicException":
            return None
        raise


def _faces() -> list[str]:
    """Return the bundled faces and the extra's: resvg takes the first that has a character."""
    faces = sorted(BUNDLED.glob("*.ttf"), key=lambda face: ("Regular" not in face.name, face.name))
    return [str(face) for face in (*faces, *extra_faces().values())]
