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
    growing part of it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
