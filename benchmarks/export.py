"""The whole command, cold, beside the sum of three peers that make one document each.

Ours: ``triptych export`` of the bundled report, three documents, verified and
not. Theirs: pandoc's deck, pandoc and typst's PDF, XlsxWriter's workbook. Every
time is that of processes started anew, and every round runs all of them, so
that a busy machine is as busy for the one as for the other.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROUNDS = 9
GOALS = {"not verified": 1.0, "verified": 1.4}

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "report_data" / "reports" / "cpo_us_china.md"
FACES = ROOT / "exporters" / "layout" / "faces"
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=sys.argv[3:])"


def _commands(folder: Path) -> dict[str, list[list[str]]]:
    """Return what to run by name; several commands run one after the other."""
    import pypandoc

    pandoc = [pypandoc.get_pandoc_path(), str(REPORT), "-f", "markdown"]
    ours = [sys.executable, str(ROOT / "cli.py"), "export", "--quiet", "--output", str(folder)]
    typst, book = folder / "peer.typ", folder / "peer.xlsx"
    fonts = ["-V", "mainfont=Triptych Sans SC"]
    return {
        "not verified": [[*ours, "--no-verify"]],
        "verified": [ours],
        "pandoc, deck": [[*pandoc, "--slide-level=2", "--toc", "-o", str(folder / "peer.pptx")]],
        "pandoc + typst, PDF": [
            [*pandoc, "-s", "--toc", *fonts, "-t", "typst", "-o", str(typst)],
            [sys.executable, "-c", TYPST, str(typst), str(folder / "peer.pdf"), str(FACES)],
        ],
        "XlsxWriter, workbook": [
            [
                sys.executable,
                str(Path(__file__).with_name("_peer_workbook.py")),
                str(REPORT),
                str(book),
            ]
        ],
    }


def _seconds(commands: list[list[str]]) -> float:
    started = time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own list
    return time.perf_counter() - started


def _line(name: str, values: list[float], unit: str) -> str:
    return f"{name:<24}{min(values):8.2f}{median(values):8.2f}{max(values):8.2f}  {unit}"


def main() -> None:
    """Run the rounds and print seconds and ratios, each as minimum, median and maximum."""
    with tempfile.TemporaryDirectory(prefix="triptych-benchmark-") as name:
        commands = _commands(Path(name))
        for one in commands.values():  # what a first run leaves in the system's cache is there
            _seconds(one)
        rounds = [{key: _seconds(one) for key, one in commands.items()} for _ in range(ROUNDS)]
    print(f"three documents, cold, {ROUNDS} rounds     min  median     max")
    for key in commands:
        print(_line(key, [times[key] for times in rounds], "s"))
    peers = [sum(value for key, value in times.items() if key not in GOALS) for times in rounds]
    print(_line("sum of the peers", peers, "s"))
    for key, goal in GOALS.items():
        ratios = [times[key] / peer for times, peer in zip(rounds, peers, strict=True)]
        print(_line(f"{key} / sum", ratios, f"x (goal {goal})"))


if __name__ == "__main__":
    main()
