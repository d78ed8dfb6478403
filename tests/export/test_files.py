"""Moving a set of files into place: all or none, hand-made changes kept, cut short anywhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from command import to_be_killed

from exporters.files import STATE, Staging
from exporters.timestamps import timestamp
from report_data.diagnostics import FileError, ReportErrors

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a.pptx", "a.pdf", "a.xlsx")


def put(output: Path, text: str, *, force: bool = False) -> list[str]:
    """Write a set of three files that hold a text; return the codes of what was said."""
    with Staging(output, force=force) as staging:
        for name in NAMES:
            staging.path(name).write_text(f"{name} {text}")
        paths = staging.commit(NAMES)
        assert paths == tuple(output / name for name in NAMES)
        return [said.code for said in staging.warnings]


def texts(output: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in output.iterdir() if path.is_file()}


def test_a_set_is_moved_into_place_and_replaced(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "output"
    assert put(output, "one") == []
    assert put(output, "two") == []
    assert texts(output) == {name: f"{name} two" for name in NAMES}
    assert sorted(path.name for path in (output / STATE).iterdir()) == ["ledger.json", "lock"]


def test_a_file_changed_by_hand_is_kept(tmp_path: Path) -> None:
    put(tmp_path, "one")
    (tmp_path / "a.pdf").write_text("mine")
    assert put(tmp_path, "two") == ["W701"]
    assert texts(tmp_path)["a.pdf.bak"] == "mine"
    assert texts(tmp_path)["a.pdf"] == "a.pdf two"
    (tmp_path / "a.pdf").write_text("mine again")
    assert put(tmp_path, "three") == ["W701"]
    assert texts(tmp_path)["a.pdf.bak"] == "mine"
    assert texts(tmp_path)["a.pdf.bak2"] == "mine again"


def test_a_file_that_is_not_ours_is_kept_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("theirs")
    assert put(tmp_path, "one", force=True) == []
    assert set(texts(tmp_path)) == set(NAMES)
    (tmp_path / "a.xlsx").write_text("theirs")
    assert put(tmp_path, "one") == ["W701"]
    assert texts(tmp_path)["a.xlsx.bak"] == "theirs"


def test_what_was_not_moved_leaves_nothing(tmp_path: Path) -> None:
    with Staging(tmp_path) as staging:
        staging.path("a.pdf").write_text("half")
    assert texts(tmp_path) == {}
    assert sorted(path.name for path in (tmp_path / STATE).iterdir()) == ["lock"]


def test_a_file_that_cannot_be_replaced_leaves_all_as_they_were(tmp_path: Path) -> None:
    put(tmp_path, "one")
    (tmp_path / "a.xlsx").unlink()
    (tmp_path / "a.xlsx").mkdir()
    (tmp_path / "a.pdf").write_text("mine")
    with pytest.raises(FileError) as caught:
        put(tmp_path, "two")
    assert "the old ones stay" in caught.value.diagnostics[0].message
    assert texts(tmp_path) == {"a.pptx": "a.pptx one", "a.pdf": "mine"}
    (tmp_path / "a.xlsx").rmdir()
    assert put(tmp_path, "three") == ["W701"]
    assert texts(tmp_path)["a.xlsx"] == "a.xlsx three"


def test_an_output_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file")
    with pytest.raises(FileError) as caught, Staging(tmp_path / "output"):
        pass
    assert str(tmp_path / "output") in caught.value.diagnostics[0].message


KILLED = """
import os, signal, sys
from pathlib import Path
from exporters import files

left = int(sys.argv[2])
replace = Path.replace

def counted(self, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)

Path.replace = counted
output = Path(sys.argv[1])
with files.Staging(output) as staging:
    for name in ("a.pptx", "a.pdf", "a.xlsx"):
        staging.path(name).write_text(f"{name} two")
    staging.commit(("a.pptx", "a.pdf", "a.xlsx"))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("renames", range(7))
def test_a_run_killed_after_any_rename_is_finished_by_the_next(
    tmp_path: Path, renames: int
) -> None:
    put(tmp_path, "one")
    (tmp_path / "a.pdf").write_text("mine")
    # The journal is the first rename, then three files, then the ledger: five in all.
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(renames)],
        env=to_be_killed() | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert ended.returncode == (-signal.SIGKILL if renames < 5 else 0)
    for name, text in texts(tmp_path).items():
        assert text in {f"{name} one", f"{name} two", "mine"}, "every file is whole"
    with Staging(tmp_path) as staging:
        said = [item.code for item in staging.warnings]
    journal_was_there = 1 <= renames < 5
    assert said == (["W702"] if journal_was_there else [])
    expected = "one" if renames == 0 else "two"
    left = texts(tmp_path)
    assert left["a.pptx"] == f"a.pptx {expected}"
    assert left["a.xlsx"] == f"a.xlsx {expected}"
    assert left["a.pdf"] == ("mine" if renames == 0 else "a.pdf two")
    assert "mine" in left.values()
    assert sorted(path.name for path in (tmp_path / STATE).iterdir()) == ["ledger.json", "lock"]


def test_a_change_made_after_a_run_was_killed_is_kept(tmp_path: Path) -> None:
    put(tmp_path, "one")
    subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), "2"],  # journal and deck are in place
        env=to_be_killed() | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    (tmp_path / "a.xlsx").write_text("mine")
    put(tmp_path, "three")
    assert texts(tmp_path) == {name: f"{name} three" for name in NAMES} | {"a.xlsx.bak": "mine"}


def test_two_runs_at_once_leave_one_whole_set(tmp_path: Path) -> None:
    script = KILLED.replace('"a.pptx", "a.pdf", "a.xlsx"', '"a.pptx", "a.pdf"')
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", script.replace("two", f"by {number}"), str(tmp_path), "99"],
            env=to_be_killed() | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for number in range(4)
    ]
    assert [run.wait(timeout=60) for run in runs] == [0, 0, 0, 0]
    left = texts(tmp_path)
    assert set(left) == {"a.pptx", "a.pdf"}, "no run takes another's file for a stranger's"
    assert len({text.split(" ", 1)[1] for text in left.values()}) == 1, "both are of one run"


@pytest.mark.parametrize(
    ("date", "environment", "expected"),
    [
        ("2025‑10‑20（本报告基于用户提供的分析内容整理）", {}, "2025-10-20"),
        ("2025年10月20日", {}, "2025-10-20"),
        ("2025/3", {}, "2025-03-01"),
        ("October", {}, "2000-01-01"),
        ("2025-13-45", {}, "2000-01-01"),
        ("1066-10-14", {}, "1980-01-01"),
        ("2025-10-20", {"SOURCE_DATE_EPOCH": "86400000"}, "1972-09-27"),
        ("2025-10-20", {"SOURCE_DATE_EPOCH": "1700000000"}, "2023-11-14"),
        ("2025-10-20", {"SOURCE_DATE_EPOCH": "-1"}, "1969-12-31"),
        ("2025-10-20", {"SOURCE_DATE_EPOCH": " "}, "2025-10-20"),
    ],
)
def test_the_time_in_files_is_never_the_clocks(
    date: str, environment: dict[str, str], expected: str
) -> None:
    default = datetime(2000, 1, 1, tzinfo=UTC)
    # Before 1980 there is no date in a ZIP archive.
    clamped = max(expected, "1980-01-01")
    assert timestamp(date, default, environment).date().isoformat() == clamped


@pytest.mark.parametrize("epoch", ["soon", "1e9", "1.5", "9" * 30, "9" * 9_999])
def test_a_moment_that_is_none_stops_the_run(epoch: str) -> None:
    with pytest.raises(ReportErrors) as raised:
        timestamp("2025-10-20", datetime(2000, 1, 1, tzinfo=UTC), {"SOURCE_DATE_EPOCH": epoch})
    (error,) = raised.value.diagnostics
    assert error.code == "E713"
