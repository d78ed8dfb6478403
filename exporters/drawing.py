"""A drawing that reaches for nothing in -> its PNG, as fine as print and slides show it.

resvg draws it in a process of its own: a drawing made to take for ever, or all memory,
ends with that process. Text is set in the bundled faces.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from exporters import resvg
from exporters.layout.fonts import BUNDLED
from exporters.layout.installed import extra_faces
from exporters.tasks import can_fork

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
    seconds = min(_SECONDS, _ALL_SECONDS - sum(_late))
    ask = _forked if can_fork() else _started
    drawn = ask(_options(drawing), seconds)
    if drawn is None:
        _late.append(seconds)
    return drawn or None


def _options(drawing: Drawing) -> dict[str, Any]:
    zoom = min(_LONG_SIDE / max(drawing.width, drawing.height), _FINEST)
    return {
        "svg_string": drawing.source,
        "width": max(1, round(drawing.width * zoom)),
        "height": max(1, round(drawing.height * zoom)),
        "skip_system_fonts": True,
        "font_files": _faces() if drawing.words else [],
        "font_family": _TEXT,
        "serif_family": _TEXT,
        "sans_serif_family": _TEXT,
        "cursive_family": _TEXT,
        "fantasy_family": _TEXT,
        "monospace_family": _FIXED,
    }


def _faces() -> list[str]:
    """Return the bundled faces and the extra's: resvg takes the first that has a character."""
    faces = sorted(BUNDLED.glob("*.ttf"), key=lambda face: ("Regular" not in face.name, face.name))
    return [str(face) for face in (*faces, *extra_faces().values())]


def _started(options: dict[str, Any], seconds: float) -> bytes | None:
    """Return what a Python started anew draws; ``None`` when that is late."""
    try:
        done = subprocess.run(  # noqa: S603 - our own file, with no words of the report's
            [sys.executable, "-P", resvg.__file__, str(_BYTES)],
            input=json.dumps(options).encode(),
            capture_output=True,
            check=False,
            timeout=max(seconds, 0.0),
        )
    except subprocess.TimeoutExpired:
        return None
    return b"" if done.returncode else done.stdout


def _forked(options: dict[str, Any], seconds: float) -> bytes | None:
    """Return what a fork of this process draws; ``None`` when that is late."""
    receiver, sender = os.pipe()
    process = os.fork()
    if process == 0:
        _send(options, sender)
    os.close(sender)
    try:
        return _received(receiver, time.monotonic() + seconds)
    finally:
        os.close(receiver)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _send(options: dict[str, Any], pipe: int) -> None:
    """Draw, and end with it, whatever happens; what is said of it is not heard."""
    try:
        resvg.limit_memory(_BYTES)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with os.fdopen(pipe, "wb") as file:
            file.write(resvg.drawn(options))
    finally:
        os._exit(0)


def _received(pipe: int, until: float) -> bytes | None:
    """Return what comes through a pipe until its other end is closed, ``None`` when it is late."""
    parts: list[bytes] = []
    while select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
        part = os.read(pipe, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None
