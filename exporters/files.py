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
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.disk import file_hash, locked, read_json, sync, write_json
from report_data.diagnostics import Diagnostic, FileError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STATE = ".triptych"
"""The hidden folder inside an output folder: staged files, journal, ledger, lock."""

LOCK_SECONDS = 60.0
"""How long a run waits for another one that is moving files into the same folder."""

_LEDGER = "ledger.json"
_JOURNAL = "journal.json"
_LOCK = "lock"
_RUN = "run-"
_REMEDY = "Check that the folder exists, is writable and has room, or choose another with --output"


class _Move(Struct, frozen=True):
    """One rename to make: of a staged file to its name, the file there kept or not."""

    staged: Path
    target: Path
    sha256: str
    backup: Path | None

    @property
    def old(self) -> Path:
        """Return where the file that stood there is kept until all renames are made."""
        return self.staged.with_name(f"old-{self.target.name}")


class Staging(Struct):
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
        with file_errors("E701", f"cannot write into {self.output}"):
            self._state.mkdir(parents=True, exist_ok=True)
            with locked(self._state / _LOCK, LOCK_SECONDS):
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
            file_errors("E702", f"cannot move the files into {self.output}; the old ones stay"),
            locked(self._state / _LOCK, LOCK_SECONDS),
        ):
            ledger = read_json(self._state / _LEDGER)
            moves = [self._move(name, ledger.get(name)) for name in names]
            for move in moves:
                sync(move.staged)
            journal = {"force": self.force, "moves": [_as_json(move) for move in moves]}
            write_json(self._state / _JOURNAL, journal)
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
            self._held.enter_context(locked(folder / _LOCK, 0))
            return folder

    def _move(self, name: str, recorded: object) -> _Move:
        staged, target = self.path(name), self.output / name
        changed = not self.force and _is_changed(target, recorded)
        backup = _free_name(target) if changed else None
        return _Move(staged, target, file_hash(staged), backup)

    def _finish(self, moves: Iterable[_Move], ledger: dict[str, object]) -> None:
        sync(self.output)
        write_json(
            self._state / _LEDGER,
            dict(sorted((ledger | {move.target.name: move.sha256 for move in moves}).items())),
        )
        (self._state / _JOURNAL).unlink()

    def _recover(self) -> None:
        """Finish the renames that a killed run had written down."""
        journal = read_json(self._state / _JOURNAL)
        entries = journal.get("moves")
        if not isinstance(entries, list):
            (self._state / _JOURNAL).unlink(missing_ok=True)
            return
        ledger = read_json(self._state / _LEDGER)
        moves = [_from_json(entry, self.output) for entry in entries]
        for move in moves:
            if move.staged.is_file():
                name = move.target.name
                changed = not journal.get("force") and _is_changed(move.target, ledger.get(name))
                kept = move.backup is not None and _are_same(move.backup, move.target)
                if changed and not kept:  # perhaps only after the run was killed
                    move = replace(move, backup=_free_name(move.target))  # noqa: PLW2901  # and with its backup
                _keep_and_replace(move)
        self._finish(moves, ledger)
        names = ", ".join(move.target.name for move in moves)
        self.warnings.append(
            Diagnostic(
                "W702",
                Severity.WARNING,
                f"an earlier run was interrupted while it moved {names} into {self.output}",
                hint="Its files were complete and are in place now",
            )
        )

    def _sweep(self) -> None:
        """Remove what killed runs had staged: folders whose lock nobody holds."""
        for unfinished in self._state.glob(".*.new"):
            unfinished.unlink(missing_ok=True)
        for folder in self._state.glob(f"{_RUN}*"):
            with contextlib.suppress(OSError), locked(folder / _LOCK, 0):
                shutil.rmtree(folder, ignore_errors=True)


def _is_changed(target: Path, recorded: object) -> bool:
    """Return whether a file stands there that is not as we recorded it."""
    return target.is_file() and file_hash(target) != recorded


def _are_same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and file_hash(one) == file_hash(other)


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
        hint="Use --force to replace such files",
    )


@contextlib.contextmanager
def file_errors(code: str, message: str) -> Iterator[None]:
    """Raise what the system says inside as a `FileError`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        place = f" ({error.filename})" if error.filename else ""
        said = Diagnostic(code, Severity.ERROR, f"{message}: {reason}{place}", hint=_REMEDY)
        raise FileError((said,)) from error
