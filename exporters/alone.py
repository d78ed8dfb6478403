"""A function in -> the same, for one thread at a time.

PDFium is not made for several threads of a process at once (nor is the garbage
collector's switch): a second export waits until the first is done. Each uses all
cores by itself where it can.
"""

from __future__ import annotations

from _thread import RLock
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_busy = RLock()


def alone(work: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Return a function that waits for all others of its kind in other threads."""

    @wraps(work)
    def waiting(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        with _busy:
            return work(*args, **kwargs)

    return waiting
