"""Sources in -> their documents, made again whenever a file they are made from changes."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from exporters.batch import export_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from exporters.batch import Outcome
    from exporters.export import Settings

POLL_SECONDS = 0.15
"""How often the files are looked at; looking costs microseconds."""

SETTLE_SECONDS = 0.05
"""How long a change is left alone, so that an editor can finish writing."""


def watch(
    sources: Sequence[str],
    settings: Settings,
    on_outcomes: Callable[[list[Outcome]], None],
    on_stage: Callable[[str, str], None] | None = None,
) -> None:
    """Export, then again at every change, until interrupted.

    The first run happens in this process, so that the libraries are there when
    later ones are forked off it.
    """
    outcomes = export_sources(sources, settings, on_stage, in_processes=False)
    while True:
        on_outcomes(outcomes)
        watched = [path for outcome in outcomes for path in outcome.inputs]
        _wait_for_change([*watched, *map(os.fspath, settings.fonts), settings.theme])
        outcomes = export_sources(sources, settings, on_stage)


def _wait_for_change(paths: Iterable[str]) -> None:
    paths = tuple(paths)
    before = _state(paths)
    while _state(paths) == before:
        time.sleep(POLL_SECONDS)
    time.sleep(SETTLE_SECONDS)


def _state(paths: Iterable[str]) -> list[tuple[int, int] | None]:
    """Return what tells whether a file changed: time and size, ``None`` if it is not there."""
    states: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            found = os.stat(path)  # noqa: PTH116 - called many times a second
        except OSError:
            states.append(None)
        else:
            states.append((found.st_mtime_ns, found.st_size))
    return states
