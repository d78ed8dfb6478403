"""Finished files in -> the same files in the output folder, all of them or none.

Three renames are not one. So a run stages its files inside the output folder,
in ``.triptych/run-...``, and when all are complete writes a journal of the
renames it is about to make. A run that finds a journal finishes what it says
before it begins its own: whatever moment a run was killed at, every file is
whole, and the next run makes the set whole.

``.triptych/ledger.json`` records the hash of each file that we put into the
folder. A file that is not in it, or has another hash, was made or changed by
someone else: it is kept as ``NAME.bak``.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from report_data.diagnostics import Diagnostic, FileError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STATE = ".triptych"
"""The hidden folder inside an output folder: staged files, journal, ledger, lock."""

LOCK_SECONDS = 60.0
"""How long a run waits for another one that is moving files into the same folder."""

_LOCK_POLL_SECONDS = 0.02
_CHUNK = 1 << 20
_LEDGER = "ledger.json"
_JOURNAL = "journal.json"
_LOCK = "lock"
_RUN = "run-"
_REMEDY = "Check that the folder exists, is writable and has room, or choose another with --output."


# --- time ----------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})\D{1,3}(\d{1,2})(?:\D{1,3}(\d{1,2}))?")
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""What the dates inside a ZIP archive can hold (APPNOTE.TXT 4.4.6)."""


def timestamp(
    date: str, default: datetime, environment: Mapping[str, str] = os.environ
) -> datetime:
    """Return the one time that all files of a run carry, never the clock's.

    It is ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) if that is set, else
    the report's date (``2025-10-20``, ``2025年10月20日``), else the default;
    clamped to what a ZIP archive can hold.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch.isascii() and epoch.isdigit():
        with contextlib.suppress(OverflowError, OSError, ValueError):
            return _clamped(datetime.fromtimestamp(int(epoch), UTC))
    if found := _DATE.search(date):
        year, month, day = (int(group or 1) for group in found.groups())
        with contextlib.suppress(ValueError):
            return _clamped(datetime(year, month, day, tzinfo=UTC))
    return default


def _clamped(moment: datetime) -> datetime:
    first = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
    last = datetime(_LAST_YEAR, 12, 31, tzinfo=UTC)
    return min(max(moment, first), last)


# --- locks ---------------------------------------------------------------------

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: IO[str]) -> bool:
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(handle: IO[str]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A file system without locks (some network folders) is used unlocked.
            return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
        return True


@contextlib.contextmanager
def _locked(path: Path, seconds: float) -> Iterator[None]:
    deadline = time.monotonic() + seconds
    with path.open("a", encoding="utf-8") as handle:  # closing it ends the lock
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise _failure(
                    "E703",
                    f"another run has been moving files into {path.parent.parent} "
                    f"for {seconds:.0f} seconds",
                    "Wait for it to end, or choose another folder with --output.",
                )
            time.sleep(_LOCK_POLL_SECONDS)
        yield


# --- hashes, syncing, small state files ------------------------------------------


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    """Ask the system to bring a file or folder to the disk, as far as it can."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR
    with contextlib.suppress(OSError):  # Windows cannot open folders
        descriptor = os.open(path, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file's content, the old or the new being there at any moment."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _read_state(path: Path) -> dict[str, object]:
    try:
        state = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _write_state(path: Path, state: Mapping[str, object]) -> None:
    write_whole(path, json.dumps(state, ensure_ascii=False, indent=1).encode())


# --- the set ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Move:
    """One rename to make: of a staged file to its name, the file there kept or not."""

    staged: Path
    target: Path
    sha256: str
    backup: Path | None

    @property
    def old(self) -> Path:
        """Return where the file that stood there is kept until all renames are made."""
        return self.staged.with_name(f"old-{self.target.name}")


@dataclass(slots=True)
class Staging:
    """A place of one run's own inside the output folder, for files not yet in their place.

    Use it as a context manager: what was not moved by `commit` is removed at the end.
    """

    output: Path
    force: bool = False
    warnings: list[Diagnostic] = field(default_factory=list)
    _folder: Path | None = None
    _held: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> Self:
        """Make the folders, finish what a killed run left. Raises `FileError`."""
        with _file_errors("E701", f"cannot write into {self.output}"):
            self._state.mkdir(parents=True, exist_ok=True)
            with _locked(self._state / _LOCK, LOCK_SECONDS):
                self._recover()
                self._sweep()
                self._folder = self._new_folder()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was staged and not moved."""
        self._held.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def path(self, name: str) -> Path:
        """Return where to write the file that is to become ``name`` in the output folder."""
        if self._folder is None:
            raise ValueError("a Staging is used inside its with statement")
        return self._folder / name

    def commit(self, names: Iterable[str]) -> tuple[Path, ...]:
        """Move staged files to their names in the output folder, all or none.

        Returns their paths. A file there that we did not write, or that was
        changed since, is kept as ``NAME.bak`` with a warning, unless ``force``.
        Raises `FileError` after undoing what was done when one cannot be moved.
        """
        with (
            _file_errors("E702", f"cannot move the files into {self.output}; the old ones stay"),
            _locked(self._state / _LOCK, LOCK_SECONDS),
        ):
            ledger = _read_state(self._state / _LEDGER)
            moves = [self._move(name, ledger.get(name)) for name in names]
            for move in moves:
                _sync(move.staged)
            _write_state(self._state / _JOURNAL, {"moves": [_as_json(move) for move in moves]})
            try:
                for move in moves:
                    _keep_and_replace(move)
            except OSError:
                for move in moves:
                    _undo(move)
                (self._state / _JOURNAL).unlink()
                raise
            self._finish(moves, ledger)
        for move in moves:
            if move.backup is not None:
                self.warnings.append(_kept(move))
        return tuple(move.target for move in moves)

    @property
    def _state(self) -> Path:
        return self.output / STATE

    def _new_folder(self) -> Path:
        number = 0
        while True:
            folder = self._state / f"{_RUN}{os.getpid()}-{number}"
            try:
                folder.mkdir()
            except FileExistsError:
                number += 1
                continue
            self._held.enter_context(_locked(folder / _LOCK, 0))
            return folder

    def _move(self, name: str, recorded: object) -> _Move:
        staged, target = self.path(name), self.output / name
        backup = None
        if target.is_file() and not self.force and file_hash(target) != recorded:
            backup = _free_name(target)
        return _Move(staged, target, file_hash(staged), backup)

    def _finish(self, moves: Iterable[_Move], ledger: dict[str, object]) -> None:
        _sync(self.output)
        _write_state(
            self._state / _LEDGER,
            dict(sorted((ledger | {move.target.name: move.sha256 for move in moves}).items())),
        )
        (self._state / _JOURNAL).unlink()

    def _recover(self) -> None:
        """Finish the renames that a killed run had written down."""
        journal = self._state / _JOURNAL
        entries = _read_state(journal).get("moves")
        if not isinstance(entries, list):
            journal.unlink(missing_ok=True)
            return
        moves = [_from_json(entry, self.output) for entry in entries]
        for move in moves:
            if move.staged.is_file():
                _keep_and_replace(move)
        self._finish(moves, _read_state(self._state / _LEDGER))
        names = ", ".join(move.target.name for move in moves)
        self.warnings.append(
            Diagnostic(
                "W702",
                Severity.WARNING,
                f"an earlier run was interrupted while it moved {names} into {self.output}",
                hint="Its files were complete and are in place now.",
            )
        )

    def _sweep(self) -> None:
        """Remove what killed runs had staged: folders whose lock nobody holds."""
        for folder in self._state.glob(f"{_RUN}*"):
            with contextlib.suppress(FileError, OSError), _locked(folder / _LOCK, 0):
                shutil.rmtree(folder, ignore_errors=True)


def _keep_and_replace(move: _Move) -> None:
    """Put one staged file in its place; safe to repeat after it was cut short anywhere."""
    if move.target.is_file():
        _same_file(move.target, move.old)
        if move.backup is not None and not move.backup.exists():
            _same_file(move.target, move.backup)
    move.staged.replace(move.target)


def _undo(move: _Move) -> None:
    with contextlib.suppress(OSError):
        if move.old.exists():
            move.old.replace(move.target)
        elif not move.staged.exists():
            move.target.replace(move.staged)
        if move.backup is not None:
            move.backup.unlink(missing_ok=True)


def _same_file(path: Path, name: Path) -> None:
    """Give a file a second name; a copy where the file system knows no hard links."""
    name.unlink(missing_ok=True)
    try:
        os.link(path, name)
    except OSError:
        shutil.copy2(path, name)


def _free_name(target: Path) -> Path:
    number = 1
    backup = target.with_name(f"{target.name}.bak")
    while backup.exists():
        number += 1
        backup = target.with_name(f"{target.name}.bak{number}")
    return backup


def _as_json(move: _Move) -> dict[str, str | None]:
    return {
        "staged": f"{move.staged.parent.name}/{move.staged.name}",
        "target": move.target.name,
        "sha256": move.sha256,
        "backup": move.backup.name if move.backup else None,
    }


def _from_json(entry: Mapping[str, str], output: Path) -> _Move:
    # Names only, never paths: a journal that someone forged moves nothing elsewhere.
    folder, _, staged = entry["staged"].partition("/")
    state = output / STATE / Path(folder).name
    backup = entry["backup"]
    return _Move(
        state / Path(staged).name,
        output / Path(entry["target"]).name,
        entry["sha256"],
        output / Path(backup).name if backup else None,
    )


def _kept(move: _Move) -> Diagnostic:
    kept = move.backup.name if move.backup else ""
    return Diagnostic(
        "W701",
        Severity.WARNING,
        f"{move.target} was not written by us or was changed since; it is kept as {kept}",
        hint="Use --force to replace such files.",
    )


@contextlib.contextmanager
def _file_errors(code: str, message: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        place = f" ({error.filename})" if error.filename else ""
        raise _failure(code, f"{message}: {reason}{place}", _REMEDY) from error


def _failure(code: str, message: str, hint: str) -> FileError:
    return FileError((Diagnostic(code, Severity.ERROR, message, hint=hint),))
