"""Functions in -> their results in the same order, each made in a forked process where that helps.

What a process raises on purpose is raised here as it was; any other exception
arrives with the traceback of the process; a process that died is a `FileError`
that says so.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import traceback
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Generic, TypeVar

from report_data.diagnostics import Diagnostic, FileError, ReportErrors, Severity, TriptychError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Result = TypeVar("Result")

BEAT_SECONDS = 0.2
"""How often the caller hears that work goes on."""

_LENGTH_BYTES = 8
"""A message is its length in so many bytes, big endian, then a pickled pair."""

_DONE, _STAGE, _SAID, _RAISED = range(4)


@dataclass(frozen=True, slots=True)
class Task(Generic[Result]):
    """A piece of work with a name for messages; ``work`` is given a function to tell its stage."""

    name: str
    work: Callable[[Callable[[str], None]], Result]


class WorkerError(RuntimeError):
    """A process met a fault of this product; the message holds its traceback."""


def run_tasks(
    tasks: Sequence[Task[Result]],
    on_stage: Callable[[str, str], None] | None = None,
    *,
    at_once: int = 8,
) -> list[Result]:
    """Do all tasks, each in a process of its own, so many at once.

    One task alone is done here, and so are all where the system or this
    process cannot fork safely. When several fail, what they said is raised
    together.

    Raises:
        TriptychError: what a task raised on purpose.
        WorkerError: a fault of this product.
        FileError: a process died.
    """
    tell = on_stage or (lambda _name, _stage: None)
    if len(tasks) == 1 or at_once == 1 or not _can_fork():
        return [task.work(lambda stage, name=task.name: tell(name, stage)) for task in tasks]  # type: ignore[misc]
    return _Pool(tasks, tell).run(at_once)


def _can_fork() -> bool:
    """Return whether a fork is possible, and safe: no other thread may hold a lock."""
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)


class _Pool(Generic[Result]):
    """Processes that are under way, each with the pipe it talks through."""

    def __init__(self, tasks: Sequence[Task[Result]], tell: Callable[[str, str], None]) -> None:
        self._tasks = tasks
        self._tell = tell
        self._results: dict[int, Result] = {}
        self._failures: list[TriptychError | WorkerError] = []
        self._pipes: dict[int, tuple[int, int, bytearray]] = {}

    def run(self, at_once: int) -> list[Result]:
        waiting = list(reversed(range(len(self._tasks))))
        try:
            while waiting or self._pipes:
                while waiting and len(self._pipes) < at_once:
                    self._start(waiting.pop())
                self._listen()
        finally:
            self._end()
        self._raise()
        return [self._results[index] for index in range(len(self._tasks))]

    def _start(self, index: int) -> None:
        receiver, sender = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            os.close(receiver)
            _work(self._tasks[index], sender)
        os.close(sender)
        self._pipes[receiver] = (index, process, bytearray())

    def _listen(self) -> None:
        ready, _, _ = select.select(list(self._pipes), [], [], BEAT_SECONDS)
        for receiver in ready:
            index, process, held = self._pipes[receiver]
            data = os.read(receiver, 1 << 16)
            held += data
            while message := _take(held):
                self._hear(index, *message)
            if not data:
                os.close(receiver)
                del self._pipes[receiver]
                _, status = os.waitpid(process, 0)
                if index not in self._results and status != 0:
                    self._failures.append(_died(self._tasks[index].name, status))
        if not ready:
            self._tell("", "")

    def _hear(self, index: int, kind: int, what: Any) -> None:  # noqa: ANN401 - what a kind carries
        name = self._tasks[index].name
        if kind == _STAGE:
            self._tell(name, str(what))
        elif kind == _DONE:
            self._results[index] = what
            self._tell(name, "done")
        elif kind == _SAID:
            error, diagnostics = what
            self._failures.append(error(diagnostics))
        else:
            self._failures.append(WorkerError(f"in the work on {name}:\n{what}"))

    def _end(self) -> None:
        """End what still runs after an interruption."""
        for receiver, (_, process, _) in self._pipes.items():
            os.close(receiver)
            os.kill(process, signal.SIGTERM)
            os.waitpid(process, 0)
        self._pipes.clear()

    def _raise(self) -> None:
        for failure in self._failures:
            if isinstance(failure, WorkerError):
                raise failure
        said = [item for item in self._failures if isinstance(item, TriptychError)]
        if said:
            diagnostics = dict.fromkeys(one for item in said for one in item.diagnostics)
            kind = FileError if any(isinstance(item, FileError) for item in said) else ReportErrors
            raise kind(tuple(diagnostics))


def _work(task: Task[Result], sender: int) -> None:
    """Do a task in the forked process, send what came of it, and end the process."""
    status = 1
    try:
        with os.fdopen(sender, "wb") as pipe:
            try:
                result = task.work(lambda stage: _send(pipe, _STAGE, stage))
            except TriptychError as error:
                _send(pipe, _SAID, (type(error), error.diagnostics))
            except Exception:  # noqa: BLE001 - the caller raises it with this traceback
                _send(pipe, _RAISED, traceback.format_exc())
            else:
                _send(pipe, _DONE, result)
        status = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _send(pipe: IO[bytes], kind: int, what: object) -> None:
    data = pickle.dumps((kind, what), protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    pipe.flush()


def _take(held: bytearray) -> tuple[int, object] | None:
    """Take one whole message off the front of what came, if there is one."""
    end = _LENGTH_BYTES + int.from_bytes(held[:_LENGTH_BYTES], "big")
    if len(held) < max(_LENGTH_BYTES, end):
        return None
    message: tuple[int, object] = pickle.loads(bytes(held[_LENGTH_BYTES:end]))  # noqa: S301 - our own process
    del held[:end]
    return message


def _died(name: str, status: int) -> FileError:
    number = os.waitstatus_to_exitcode(status)
    how = f"was ended by {signal.Signals(-number).name}" if number < 0 else f"ended with {number}"
    return FileError(
        (
            Diagnostic(
                "E705",
                Severity.ERROR,
                f"the process that made the {name} file {how}",
                hint="The machine may have too little memory; make one format at a time with --to.",
            ),
        )
    )
