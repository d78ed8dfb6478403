"""Sources in -> their documents, made again whenever a file they are made from changes."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, TypeAlias

from exporters.batch import export_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from exporters.batch import Outcome
    from exporters.settings import Settings

POLL_SECONDS = 0.15
"""How often the files are looked at; looking costs microseconds."""

SETTLE_SECONDS = 0.05
"""How long a change is left alone, so that an editor can finish writing."""


def watch(
    sources: Sequence[str],
    settings: Settings,
    on_outcomes: Callable[[list[Outcome]], None],
) -> None:
    """Export, then again at every change, until interrupted.

    The first run happens in this process, so that the libraries are there when
    later ones are forked off it.
    """
    known: dict[str, State] = {path: _state(path) for path in sources}
    in_processes = False
    while True:
        # What changes while a run goes on differs from what was known before it.
        before = {path: _state(path) for path in known}
        outcomes = export_sources(sources, settings, in_processes=in_processes)
        on_outcomes(outcomes)
        used = [path for outcome in outcomes for path in outcome.inputs]
        paths = dict.fromkeys([*used, *map(os.fspath, settings.fonts), settings.theme])
        known = {path: before.get(path, _state(path)) for path in paths}
        _wait_for_change(known)
        in_processes = True


State: TypeAlias = tuple[int, int] | None
"""What tells whether a file changed: its time and size, ``None`` if it is not there."""


def _wait_for_change(known: Mapping[str, State]) -> None:
    while all(_state(path) == state for path, state in known.items()):
        time.sleep(POLL_SECONDS)
    time.sleep(SETTLE_SECONDS)


def _state(path: str) -> State:
    try:
        found = os.stat(path)  # noqa: PTH116 - called many times a second
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size)
