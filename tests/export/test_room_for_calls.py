"""Calls at any depth do not map memory anew."""

from __future__ import annotations

import sys
from types import FunctionType

import pytest

from exporters.memory import with_room

resource = pytest.importorskip("resource", reason="Unix tells of page faults")

DEPTHS, TIMES = 200, 300


_called = FunctionType((lambda: None).__code__.replace(co_stacksize=64), {})
"""Its frame is larger than one more call of `_faults_at`: one depth has it across an edge."""


def _faults_at(depth: int) -> int:
    """Return how many pages are touched for the first time by some calls at a depth."""
    if depth:
        return _faults_at(depth - 1)
    before = _faults()
    for _ in range(TIMES):
        _called()
    return _faults() - before


def _faults() -> int:
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)


def _worst() -> int:
    return max(_faults_at(depth) for depth in range(DEPTHS))


def test_calls_at_any_depth_touch_no_new_memory() -> None:
    assert with_room(_worst) < TIMES / 10


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="the cause is CPython's own")
def test_without_room_they_do_at_some_depth() -> None:
    assert _worst() >= TIMES, "CPython keeps its chunks now: `with_room` may go"


def test_what_the_work_returns_and_raises_comes_out() -> None:
    assert with_room(lambda: "done") == "done"
    with pytest.raises(KeyError):
        with_room(lambda: dict[str, str]()["none"])
