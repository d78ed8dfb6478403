"""Large workbooks beside XlsxWriter and openpyxl's write-only mode, and the bundled report's.

CPU seconds and peak memory of processes of their own, all from the same CSV
file of ten mixed columns; then the bundled report's workbook, cold, in wall time.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks._large_workbook import WRITERS

HERE = Path(__file__).parent
ROOT = HERE.parent
REPORT = ROOT / "report_data" / "reports" / "cpo_us_china.md"

SIZES = (50_000, 500_000)
GOAL, MEMORY_GOAL, COLD_GOAL = 0.35, 80, 3.0
COLD_ROUNDS = 7


def write_data(path: Path, rows: int) -> None:
    """Write rows of ten columns: codes, names, categories, numbers, dates, a remark."""
    regions = ("华东", "华南", "华北", "西南", "North America", "Europe")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["code", "name", "region", "units", "price", "share", "kind", "day", "rank", "remark"]
        )
        for n in range(rows):
            writer.writerow(
                [
                    f"{n:09d}",
                    f"产品 {n % 7919} 型",
                    regions[n % 6],
                    (n * 7919) % 100_000,
                    f"{(n * 31) % 100_000 / 100:.2f}",
                    f"{(n * 17) % 10_000 / 10_000:.4f}",
                    "ABCDEFGH"[n % 8],
                    f"{2000 + n % 25}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
                    n % 1000 + 1,
                    f"remark number {n}",
                ]
            )


def _run(writer: str, data: Path, book: Path) -> tuple[float, float]:
    book.unlink(missing_ok=True)
    command = [sys.executable, str(HERE / "_large_workbook.py"), writer, str(data), str(book)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def _large(folder: Path) -> None:
    print(f"{'rows of 10 columns from one CSV file':<40}{'CPU s':>9}{'peak MB':>9}{'ratio':>8}")
    for rows in SIZES:
        data = folder / f"data-{rows}.csv"
        write_data(data, rows)
        results = {writer: _run(writer, data, folder / "book.xlsx") for writer in WRITERS}
        own = results["ours"][0]
        for writer, (seconds, megabytes) in results.items():
            ratio = f"{own / seconds:8.2f}" if writer != "ours" else ""
            print(f"{f'{rows:,} {writer}':<40}{seconds:9.1f}{megabytes:9.0f}{ratio}")
    print(f"goals: {GOAL} of XlsxWriter's CPU time and {MEMORY_GOAL} MB at {SIZES[-1]:,} rows")


def _cold(folder: Path) -> None:
    export = [sys.executable, str(ROOT / "cli.py"), "export", "--quiet", "--no-verify"]
    commands = {
        "ours": [*export, "--to", "xlsx", "--output", str(folder)],
        "XlsxWriter": [
            sys.executable,
            str(HERE / "_peer_workbook.py"),
            str(REPORT),
            str(folder / "peer.xlsx"),
        ],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(COLD_ROUNDS + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - ours
            times[name].append(time.perf_counter() - started)
    rounds = list(zip(times["ours"][1:], times["XlsxWriter"][1:], strict=True))
    ratios = [ours / peer for ours, peer in rounds]
    print(f"the bundled report's workbook, cold, {COLD_ROUNDS} rounds     min  median     max")
    for name, values in (*((name, times[name][1:]) for name in commands), ("ratio", ratios)):
        print(f"{name:<44}{min(values):8.2f}{median(values):8.2f}{max(values):8.2f}")
    print(f"goal: {COLD_GOAL}")


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="triptych-benchmark-") as name:
        _cold(Path(name))
        _large(Path(name))


if __name__ == "__main__":
    main()
