"""A report of five megabytes: seconds and peak memory of the command; what a larger one gets.

Wall and CPU seconds (divided by the cores they are what an idle machine takes at
least), and the memory of all processes together, as the system counts it
out between them (proportional set size, Linux) twice a second.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks._large_report import large_report
from report_data.limits import Limit

ROOT = Path(__file__).parents[1]
MEGABYTES = 5
SECONDS_GOAL, MEMORY_GOAL, REFUSAL_GOAL = 60, 1_024, 1.0
STEP_SECONDS = 0.5


class Run(NamedTuple):
    """What became of a command: seconds, peak megabytes, exit status and what it said."""

    seconds: float
    cpu: float
    megabytes: float
    status: int
    said: str


def main() -> None:
    """Print the measures with their goals."""
    with tempfile.TemporaryDirectory(prefix="triptych-benchmark-") as name:
        folder = Path(name)
        source = folder / "large.md"
        source.write_text(large_report(MEGABYTES), encoding="utf-8")
        size = source.stat().st_size / 1_000_000
        print(f"{'one report':<40}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'status':>8}")
        for what, options in (
            ("read and checked", ["check"]),
            ("three documents, verified", ["export", "--quiet", "--output", str(folder)]),
        ):
            _print(f"{size:.1f} MB, {what}", run([*options, str(source)]))
        print(f"goals: {SECONDS_GOAL} s, {MEMORY_GOAL} MB")
        beyond = folder / "beyond.md"
        beyond.write_text(large_report(Limit.SOURCE_MB.get() + 0.1), encoding="utf-8")
        refused = run(["export", "--quiet", "--output", str(folder), str(beyond)])
        _print(f"over the cap of {Limit.SOURCE_MB.get()} MB", refused)
        print(f"goal: {REFUSAL_GOAL} s; {refused.said.splitlines()[0] if refused.said else ''}")


def run(arguments: list[str]) -> Run:
    """Run our command and watch it; its outputs go to a scratch file, which cannot fill up."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        before = _cpu()
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  ours
            [sys.executable, str(ROOT / "cli.py"), *arguments],
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, _kilobytes(process.pid))
            time.sleep(STEP_SECONDS)
        seconds = time.perf_counter() - started
        said.seek(0)
        return Run(seconds, _cpu() - before, peak / 1024, process.returncode, said.read())


def _cpu() -> float:
    """Return the CPU seconds of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _kilobytes(session: int) -> int:
    """Return the memory of all processes of a session in kilobytes."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.getsid(int(entry.name)) != session:
                continue
            lines = (entry / "smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:  # it has ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def _print(what: str, run: Run) -> None:
    times = f"{run.seconds:8.1f}{run.cpu:8.1f}"
    print(f"{what:<40}{times}{run.megabytes:9.0f}{run.status:8}", flush=True)


if __name__ == "__main__":
    main()
