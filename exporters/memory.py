"""Work that makes a million small objects and calls in -> the same work at less cost."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = TypeVar("Result")

_ROOM = 32_768
"""Slots of a stack, 256 KB: enough for a thousand calls. What is not touched costs nothing."""


@contextmanager
def all_stays() -> Iterator[None]:
    """Let nothing be collected: what a plan is made of all stays to the end.

    Looking through it again and again takes a quarter of the time otherwise, and a
    growing part of it. What was made counts as old afterwards: else the next new
    object would set off a look through all of it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        frozen = gc.get_freeze_count()
        gc.freeze()
        if not frozen:  # what a process froze before stays so
            gc.unfreeze()
        if was_enabled:
            gc.enable()


def with_room(work: Callable[[], Result]) -> Result:
    """Do work, all of whose calls have their frames in one piece of memory.

    CPython keeps frames in chunks of 16 KB and unmaps one as soon as the first call in
    it returns: a loop that happens to call across an edge maps a chunk each time, which
    takes 3 % of a short run. A frame with a large stack gets a chunk of twice its size,
    and the calls under it share the rest. Forked processes have it too.
    """
    result: Result = _roomy(work)
    return result


def _do(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work returns
    return work()


_roomy = FunctionType(_do.__code__.replace(co_stacksize=_ROOM), {})
