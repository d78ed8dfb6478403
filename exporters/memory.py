"""Work that makes a million small objects in -> the same work without looking through them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


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
