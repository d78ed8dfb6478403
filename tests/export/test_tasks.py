"""Work in forked processes: results, what they raise and how they die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# A process of its own: under pytest-xdist there are threads, and nothing is forked.
PRELUDE = """
import os, signal, sys, time
from exporters.tasks import Task, Team, WorkerError, run_tasks
from report_data.diagnostics import Diagnostic, FileError, ReportErrors, Severity, TriptychError
def said(code): return (Diagnostic(code, Severity.ERROR, code),)
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def run(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PRELUDE + script],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout


def test_results_come_in_the_order_of_the_tasks_from_other_processes() -> None:
    printed = run("""
def work(number):
    def done(given, stage):
        stage("begun")
        time.sleep(0.05 * (3 - number))
        return number, os.getpid(), "x" * 300_000
    return done
stages = []
tasks = [Task(str(n), work(n)) for n in range(3)]
results = run_tasks(tasks, 0, lambda *stage: stages.append(stage))
print([n for n, _, _ in results], len({pid for _, pid, _ in results} | {os.getpid()}))
print([len(text) for *_, text in results], sorted(one for one in stages if one[1] == "begun"))
print(run_tasks([Task("alone", work(3))], 0)[0][1] == os.getpid())
""")
    assert printed.splitlines() == [
        "[0, 1, 2] 4",
        "[300000, 300000, 300000] [('0', 'begun'), ('1', 'begun'), ('2', 'begun')]",
        "True",
    ]


def test_a_team_prepares_itself_before_it_knows_its_work() -> None:
    printed = run("""
prepared = []
def prepare(): prepared.append(os.getpid())
def work(given, stage): return given * 2, prepared == [os.getpid()]
with Team([Task("a", work, prepare), Task("b", work, prepare)]) as team:
    print(team.run("x" * 200_000) == [("x" * 400_000, True)] * 2, prepared)
with Team([Task("a", work, prepare)]) as team:
    print(team.run(21))
""")
    assert printed.splitlines() == ["True []", "[(42, True)]"]


def test_one_format_that_is_not_proved_is_made_by_the_process_that_reads(tmp_path: Path) -> None:
    printed = run(f"""
from exporters.export import export_read
from exporters.settings import Settings
from report_data import load
forks = []
os.register_at_fork(before=lambda: forks.append(1))
for verify in (False, True):
    export_read(load, Settings(formats=("xlsx",), verify=verify, output={str(tmp_path)!r}))
    print(len(forks))
""")
    assert printed.splitlines() == ["0", "1"]


def test_a_team_without_work_ends() -> None:
    printed = run("""
def never(given, stage): print("worked")
def slow(): time.sleep(30)
try:
    with Team([Task("a", never), Task("b", never, slow)]):
        raise ValueError("the report cannot be read")
except ValueError as error:
    print(error)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no process is left")
""")
    assert printed.splitlines() == ["the report cannot be read", "no process is left"]


def test_what_preparing_raises_is_raised() -> None:
    printed = run("""
def cannot(): raise ImportError("no such library")
def work(given, stage): return given
try:
    with Team([Task("a", work, cannot), Task("b", work)]) as team:
        time.sleep(0.2)
        team.run("x" * 200_000)
except WorkerError as error:
    print(str(error).splitlines()[-1])
""")
    assert printed.splitlines() == ["ImportError: no such library"]


def test_what_several_raise_on_purpose_is_raised_together() -> None:
    printed = run("""
def fails(kind, code):
    def work(given, stage): raise kind(said(code))
    return work
try:
    run_tasks([Task("a", fails(ReportErrors, "E1")), Task("b", fails(ReportErrors, "E2"))], 0)
except TriptychError as error:
    print(type(error).__name__, sorted(one.code for one in error.diagnostics))
try:
    run_tasks([Task("a", fails(ReportErrors, "E1")), Task("b", fails(FileError, "E2"))], 0)
except TriptychError as error:
    print(type(error).__name__)
""")
    assert printed.splitlines() == ["ReportErrors ['E1', 'E2']", "FileError"]


def test_a_fault_arrives_with_its_traceback() -> None:
    printed = run("""
def faulty(given, stage): return {}["a key that is not there"]
try:
    run_tasks([Task("a", faulty), Task("b", lambda given, stage: 1)], 0)
except WorkerError as error:
    print(error)
""")
    assert "KeyError: 'a key that is not there'" in printed
    assert "in faulty" in printed


def test_a_process_that_dies_is_named() -> None:
    printed = run("""
def dies(given, stage): os.kill(os.getpid(), signal.SIGKILL)
try:
    run_tasks([Task("pdf", dies), Task("b", lambda given, stage: 1)], 0)
except FileError as error:
    print(error)
""")
    assert "the process that made the pdf file was ended by SIGKILL" in printed


def test_an_interruption_ends_the_processes(tmp_path: Path) -> None:
    script = f"""
def slow(given, stage):
    stage("begun")
    time.sleep(30)
def interrupted(name, stage):
    raise KeyboardInterrupt
try:
    run_tasks([Task("a", slow), Task("b", slow)], 0, interrupted)
except KeyboardInterrupt:
    print("interrupted")
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no process is left", {signal.SIGTERM.value})
"""
    assert run(script).splitlines() == ["interrupted", "no process is left 15"]
    assert list(tmp_path.iterdir()) == []
