"""Two pieces of work in -> both their results, the second made in a forked process meanwhile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from exporters.tasks import Task, Team

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


def both(
    first: Callable[[], Result], second: Callable[[], Result], name: str
) -> tuple[Result, Result]:
    """Return two results; the second must not depend on what the first changes.

    Where the system cannot fork, or has one core, both are made here in turn.
    What the second changes outside of its result is lost with its process.

    Raises:
        TriptychError: what either raised on purpose.
        WorkerError: a fault of this product in the second.
        FileError: the process died.
    """
    made: list[Result] = []
    if _cores() < 2:  # noqa: PLR2004  one for each
        return first(), second()
    with Team([Task[None, Result](name, lambda _, __: second())]) as team:
        (other,) = team.run(None, lambda: made.append(first()))
    return made[0], other


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
