"""Functions in -> their results in the same order, each made in a forked process where that helps.

What a process raises on purpose is raised here as it was; any other exception
arrives with the traceback of the process; a process that died is a `FileError`
that says so.

A `Team` forks before it is known what to work on: its processes import their
libraries while the caller reads the report, on the core that would be idle.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import sys
import traceback
from typing import IO, TYPE_CHECKING, Any, Generic, Self, TypeVar

from msgspec import Struct

from exporters.memory import with_room
from report_data.diagnostics import Diagnostic, FileError, ReportErrors, Severity, TriptychError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Argument = TypeVar("Argument")
Result = TypeVar("Result")

BEAT_SECONDS = 0.2
"""How often the caller hears that work goes on."""

_LENGTH_BYTES = 8
"""A message is its length in so many bytes, big endian, then a pickled pair."""

_DONE, _STAGE, _SAID, _RAISED = range(4)


def _nothing() -> None:
    """Prepare nothing."""


class Task(Struct, Generic[Argument, Result], frozen=True):
    """A piece of work with a name for messages.

    ``work`` is given what to work on and a function to tell its stage.
    ``prepare`` is done as soon as its process is there.
    """

    name: str
    work: Callable[[Argument, Callable[[str], None]], Result]
    prepare: Callable[[], None] = _nothing


class WorkerError(RuntimeError):
    """A process met a fault of this product; the message holds its traceback."""


def run_tasks(
    tasks: Sequence[Task[Argument, Result]],
    argument: Argument,
    on_stage: Callable[[str, str], None] | None = None,
    *,
    at_once: int = 8,
    meanwhile: Callable[[], None] = _nothing,
) -> list[Result]:
    """Do all tasks, each in a process of its own, so many at once, and ``meanwhile`` here.

    One task alone is done here, and so are all where the system or this
    process cannot fork safely. When several fail, what they said is raised
    together.

    Raises:
        TriptychError: what a task raised on purpose.
        WorkerError: a fault of this product.
        FileError: a process died.
    """
    if at_once == 1 or len(tasks) == 1 or not can_fork():
        meanwhile()
        return _here(tasks, argument, on_stage)
    with _Pool(tasks, on_stage) as pool:
        waiting = list(reversed(range(len(tasks))))
        while waiting or pool.at_work:
            while waiting and pool.at_work < at_once:
                pool.start(waiting.pop(), argument)
            meanwhile()
            meanwhile = _nothing
            pool.listen()
        return pool.results()


class Team(Generic[Argument, Result]):
    """Processes that prepare themselves until `run` gives them what to work on.

    A context manager: processes that were given nothing end with it. What
    `run` returns and raises is as of `run_tasks`.
    """

    def __init__(
        self,
        tasks: Sequence[Task[Argument, Result]],
        on_stage: Callable[[str, str], None] | None = None,
    ) -> None:
        self._tasks = tasks
        self._on_stage = on_stage
        self._pool: _Pool[Argument, Result] | None = None

    def __enter__(self) -> Self:
        """Fork where that is possible and safe, for one task alone too."""
        if can_fork():
            self._pool = _Pool(self._tasks, self._on_stage)
            for index in range(len(self._tasks)):
                self._pool.start(index)
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs."""
        if self._pool is not None:
            self._pool.__exit__()

    def run(self, argument: Argument, meanwhile: Callable[[], None] = _nothing) -> list[Result]:
        """Give all tasks their argument and return their results. Raises as `run_tasks`."""
        if self._pool is None:
            meanwhile()
            return _here(self._tasks, argument, self._on_stage)
        self._pool.give(argument)
        meanwhile()
        while self._pool.at_work:
            self._pool.listen()
        return self._pool.results()


def can_fork() -> bool:
    """Return whether a fork is possible, and safe: no other thread may hold a lock."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and alone


def _here(
    tasks: Sequence[Task[Argument, Result]],
    argument: Argument,
    on_stage: Callable[[str, str], None] | None,
) -> list[Result]:
    def telling(name: str) -> Callable[[str], None]:
        return lambda stage: on_stage(name, stage) if on_stage else None

    return with_room(lambda: [task.work(argument, telling(task.name)) for task in tasks])


class _Process(Struct):
    """A process under way: its task's index, its id, what it has sent, how to tell it more."""

    index: int
    id: int
    held: bytearray
    orders: int


class _Pool(Generic[Argument, Result]):
    """Processes that are under way, by the pipe that each talks through."""

    def __init__(
        self,
        tasks: Sequence[Task[Argument, Result]],
        on_stage: Callable[[str, str], None] | None,
    ) -> None:
        self._tasks = tasks
        self._tell = on_stage or (lambda _name, _stage: None)
        self._results: dict[int, Result] = {}
        self._failures: list[TriptychError | WorkerError] = []
        self._processes: dict[int, _Process] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs."""
        for receiver, process in self._processes.items():
            os.close(receiver)
            if process.orders >= 0:
                os.close(process.orders)
            os.kill(process.id, signal.SIGTERM)
            os.waitpid(process.id, 0)
        self._processes.clear()

    @property
    def at_work(self) -> int:
        return len(self._processes)

    def start(self, index: int, *argument: Argument) -> None:
        """Fork for a task; without an argument it waits for `give` when it is prepared."""
        receiver, sender = os.pipe()
        orders_in, orders_out = (-1, -1) if argument else os.pipe()
        _flush()
        process = os.fork()
        if process == 0:
            os.close(receiver)
            for other, one in self._processes.items():  # else they would not hear us end
                os.close(other)
                if one.orders >= 0:
                    os.close(one.orders)
            if orders_out >= 0:
                os.close(orders_out)
            with_room(lambda: _work(self._tasks[index], argument, orders_in, sender))
        os.close(sender)
        if orders_in >= 0:
            os.close(orders_in)
        self._processes[receiver] = _Process(index, process, bytearray(), orders_out)

    def give(self, argument: Argument) -> None:
        """Send all processes what to work on."""
        data = pickle.dumps(argument, protocol=pickle.HIGHEST_PROTOCOL)
        for process in self._processes.values():
            # One that has died is heard of when it is listened to.
            try:
                with os.fdopen(process.orders, "wb") as pipe:
                    pipe.write(data)
            except BrokenPipeError:
                pass
            process.orders = -1

    def listen(self) -> None:
        """Wait for what processes send, for a while."""
        ready, _, _ = select.select(list(self._processes), [], [], BEAT_SECONDS)
        for receiver in ready:
            process = self._processes[receiver]
            data = os.read(receiver, 1 << 16)
            process.held += data
            while message := _take(process.held):
                self._hear(process.index, *message)
            if not data:
                os.close(receiver)
                del self._processes[receiver]
                _, status = os.waitpid(process.id, 0)
                if process.index not in self._results and status != 0:
                    self._failures.append(_died(self._tasks[process.index].name, status))
        if not ready:
            self._tell("", "")

    def results(self) -> list[Result]:
        """Return all results in the order of the tasks, or raise what went wrong."""
        for failure in self._failures:
            if isinstance(failure, WorkerError):
                raise failure
        said = [item for item in self._failures if isinstance(item, TriptychError)]
        if said:
            diagnostics = dict.fromkeys(one for item in said for one in item.diagnostics)
            kind = FileError if any(isinstance(item, FileError) for item in said) else ReportErrors
            raise kind(tuple(diagnostics))
        return [self._results[index] for index in range(len(self._tasks))]

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


def _work(
    task: Task[Argument, Result], argument: tuple[Argument, ...], orders: int, sender: int
) -> None:
    """Do a task in the forked process, send what came of it, and end the process."""
    status = 1
    try:
        gc.freeze()  # what the parent made is not ours to collect
        with os.fdopen(sender, "wb") as pipe:
            try:
                task.prepare()
                if not argument:
                    with os.fdopen(orders, "rb") as received:
                        data = received.read()
                    if not data:  # the caller has nothing for us
                        os._exit(0)
                    argument = (pickle.loads(data),)  # noqa: S301 - our own process sent it
                result = task.work(argument[0], lambda stage: _send(pipe, _STAGE, stage))
            except TriptychError as error:
                _send(pipe, _SAID, (type(error), error.diagnostics))
            except Exception:  # noqa: BLE001 - the caller raises it with this traceback
                _send(pipe, _RAISED, traceback.format_exc())
            else:
                _send(pipe, _DONE, result)
        status = 0
    finally:
        _flush()
        os._exit(status)


def _flush() -> None:
    """Write out what stands in the streams, which a fork would write twice."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # it is where a stream is closed
            stream.flush()


def _send(pipe: IO[bytes], kind: int, what: object) -> None:
    data = pickle.dumps((kind, what), protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    pipe.flush()


def _take(held: bytearray) -> tuple[int, object] | None:
    """Take one whole message off the front of what came, if there is one."""
    end = _LENGTH_BYTES + int.from_bytes(held[:_LENGTH_BYTES], "big")
    if len(held) < max(_LENGTH_BYTES, end):
        return None
    message: tuple[int, object] = pickle.loads(bytes(held[_LENGTH_BYTES:end]))  # noqa: S301 - the same
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
                hint="The machine may have too little memory; make one format at a time with --to",
            ),
        )
    )
