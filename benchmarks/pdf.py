"""Our PDF beside pandoc plus typst (``ua-1``), in one run: time, size, memory; and long tables.

Every number is CPU time (user and system) of processes started anew, children
included, so that what else the machine does counts little; every round runs
both. Both files are tagged; ours is verified by nobody here (``--no-verify``).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROUNDS = 5
TIMES = 100
ROWS = (5_000, 20_000)

GOAL_COLD = GOAL_LONG = 1.0
GOAL_SIZE = 450
"""Kilobytes a hundred pages."""
GOAL_MEMORY = 150
"""Megabytes at the peak, for about three hundred pages."""
GOAL_GROWTH = 4.4
GOAL_TABLE = 6.0
"""CPU seconds for the longer table."""

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "report_data" / "reports" / "cpo_us_china.md"
FACES = ROOT / "exporters" / "layout" / "faces"
TYPST = (
    "import sys, typst;"
    "typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], pdf_standards='ua-1')"
)


ENVIRONMENT = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
"""Modules are compiled once, as they are wherever Python is used."""


class Cost(NamedTuple):
    """What a process took: CPU seconds, and megabytes at its peak."""

    seconds: float
    megabytes: float


def run(*command: str) -> Cost:
    """Run a command to its end; SystemExit when it fails."""
    process = subprocess.Popen(  # noqa: S603 - our own list
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:3])} ended with status {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def ours(source: Path, folder: Path) -> Cost:
    """Export a report with our command line."""
    return run(
        *(sys.executable, str(ROOT / "cli.py"), "export", str(source), "--to", "pdf"),
        *("--output", str(folder), "--no-verify", "--quiet", "--force"),
    )


def theirs(source: Path, folder: Path) -> Cost:
    """Turn a report into a PDF with pandoc and typst."""
    import pypandoc

    typst = folder / "peer.typ"
    meta = ("-M", "title=Report", "-M", "lang=zh", "-V", "mainfont=Triptych Sans SC")
    markdown = ("-f", "markdown", "-s", "--toc", *meta, "-t", "typst", "-o", str(typst))
    first = run(pypandoc.get_pandoc_path(), str(source), *markdown)
    second = run(sys.executable, "-c", TYPST, str(typst), str(folder / "peer.pdf"), str(FACES))
    return Cost(first.seconds + second.seconds, max(first.megabytes, second.megabytes))


def many_times(text: str, times: int) -> str:
    """Return a report whose body stands there many times, its ids made different."""
    front, body = text.split("\n---\n", 1)
    bodies = (re.sub(r"(\{(?:\.\w+ )?#[\w-]+)", rf"\1-{number}", body) for number in range(times))
    return front + "\n---\n" + "\n\n".join(bodies)


def long_table(rows: int) -> str:
    """Return a report of one table: a number, two texts in Chinese, one in English."""
    lines = (
        f"| {number} | 街道办事处 {number % 97} | 第 {number % 31} 组 | row {number} |"
        for number in range(rows)
    )
    return "---\ntitle: 表\n---\n\n# 表\n\n| 编号 | 名称 | 组 | Note |\n|---|---|---|---|\n" + (
        "\n".join(lines) + "\n"
    )


def pages_of(path: Path) -> int:
    """Return the number of pages of a file."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def compare(name: str, source: Path, folder: Path, goal: float, rounds: int) -> Cost:
    """Print both times and their ratio; return our last cost."""
    pairs = [(ours(source, folder), theirs(source, folder)) for _ in range(rounds)]
    line(f"{name}, ours", [own.seconds for own, _ in pairs], "CPU s")
    line(f"{name}, pandoc + typst", [peer.seconds for _, peer in pairs], "CPU s")
    ratios = [own.seconds / peer.seconds for own, peer in pairs]
    line(f"{name}, ratio", ratios, f"x (goal {goal})")
    peer_file = folder / "peer.pdf"
    size, pages = peer_file.stat().st_size, pages_of(peer_file)
    print(f"{'':<34}pandoc + typst: {pages} pages, {size / 1024:.0f} KB")
    return pairs[-1][0]


def line(name: str, values: list[float], unit: str) -> None:
    """Print minimum, median and maximum."""
    print(f"{name:<34}{min(values):8.2f}{median(values):8.2f}{max(values):8.2f}  {unit}")


def main() -> None:
    """Run everything and print it beside the goals."""
    print(f"{'PDF':<34}     min  median     max")
    with tempfile.TemporaryDirectory(prefix="triptych-benchmark-") as name:
        folder = Path(name)
        compare("bundled report, cold", REPORT, folder, GOAL_COLD, ROUNDS)
        long = folder / "long.md"
        long.write_text(many_times(REPORT.read_text("utf-8"), TIMES), "utf-8")
        cost = compare(f"the report {TIMES} times", long, folder, GOAL_LONG, 3)
        made = folder / "long.pdf"
        pages, kilobytes = pages_of(made), made.stat().st_size / 1024
        print(
            f"{'':<34}ours: {pages} pages, {kilobytes:.0f} KB, "
            f"{kilobytes / pages * 100:.0f} KB a hundred (goal {GOAL_SIZE}), "
            f"peak {cost.megabytes:.0f} MB (goal {GOAL_MEMORY})"
        )
        seconds = []
        for rows in ROWS:
            table = folder / f"table-{rows}.md"
            table.write_text(long_table(rows), "utf-8")
            costs = [ours(table, folder) for _ in range(3)]
            line(f"a table of {rows} rows", [cost.seconds for cost in costs], "CPU s")
            seconds.append(min(cost.seconds for cost in costs))
        print(
            f"{'':<34}{seconds[1] / seconds[0]:.2f} x for four times the rows "
            f"(goal {GOAL_GROWTH}); goal for {ROWS[1]} rows: {GOAL_TABLE} CPU s"
        )


if __name__ == "__main__":
    main()
