"""Decks beside pandoc's: the bundled report cold, a hundred times over, and how time grows.

Wall seconds of processes of their own for the first two, in turns with pandoc;
CPU seconds of planning and writing in this process for the rest.
"""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from exporters.context import Context
from exporters.furniture import furniture_for
from exporters.layout.fonts import FontSet
from exporters.names import name_report
from exporters.powerpoint import exporter
from exporters.theme import Theme
from report_data import load
from report_data.audience import for_format

if TYPE_CHECKING:
    from report_data.model import Report

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "report_data" / "reports" / "cpo_us_china.md"

ROUNDS, LARGE_ROUNDS, COPIES = 7, 5, 100
COLD_GOAL, LARGE_GOAL, GROWTH_GOAL, TABLE_GOAL = 2.5, 0.15, 1.2, 0.3
FEW, MANY = 500, 8_000
TABLE_ROWS = 1_000


def repeated(copies: int) -> str:
    """Return the bundled report's source with its sections ``copies`` times over."""
    text = SOURCE.read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    body = re.sub(r" \{[#.][^}]*\}$", "", body, flags=re.MULTILINE)
    body = body.replace("{.callout #remark}", "callout")
    parts = (
        re.sub(r"^(#+ .*)$", rf"\1 {number}", body, flags=re.MULTILINE)
        for number in range(1, copies + 1)
    )
    return f"---\n{front}---\n{''.join(parts)}"


def main() -> None:
    """Print every measure with its goal."""
    import_module("exporters.powerpoint.fixed")  # what python-pptx costs is part of cold starts
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print(f"{'decks, wall seconds':<44}{'ours':>8}{'pandoc':>9}{'ratio min/median/max':>24}")
        _beside_pandoc("the bundled report, cold", SOURCE, folder, ROUNDS, COLD_GOAL)
        large = folder / "large.md"
        large.write_text(repeated(COPIES), encoding="utf-8")
        _beside_pandoc(f"the same {COPIES} times over", large, folder, LARGE_ROUNDS, LARGE_GOAL)
        _growth(folder)
        _table(folder)


def _beside_pandoc(what: str, source: Path, folder: Path, rounds: int, goal: float) -> None:
    import pypandoc

    ours = [sys.executable, str(ROOT / "cli.py"), "export", str(source), "--to", "pptx"]
    ours += ["--no-verify", "--quiet", "--output", str(folder / "out")]
    theirs = [pypandoc.get_pandoc_path(), str(source), "-o", str(folder / "pandoc.pptx")]
    times = [(_wall(ours), _wall(theirs)) for _ in range(rounds)]
    ratios = sorted(one / other for one, other in times)
    mine, his = (median(column) for column in zip(*times, strict=True))
    spread = f"{ratios[0]:.2f}/{median(ratios):.2f}/{ratios[-1]:.2f}"
    print(f"{what:<44}{mine:8.2f}{his:9.2f}{spread:>24}  goal {goal}")


def _wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  ours and pandoc
    return time.perf_counter() - start


def _growth(folder: Path) -> None:
    milliseconds = {}
    for slides in (FEW, MANY):
        path = folder / f"{slides}.md"
        path.write_text(repeated(-(-slides // 14)), encoding="utf-8")
        count, seconds = _made(for_format(load(path), "pptx"), folder)
        milliseconds[slides] = seconds / count * 1000
        print(f"{f'{count:,} slides, CPU ms a slide':<44}{milliseconds[slides]:8.2f}")
    growth = milliseconds[MANY] / milliseconds[FEW]
    print(f"{'growth':<44}{growth:8.2f}{'':>33}  goal {GROWTH_GOAL}")


def _table(folder: Path) -> None:
    rows = "".join(
        f"| {number} | 第 {number} 项 | 华东 | {number * 37 % 9973} | {number % 100} % | 说明 |\n"
        for number in range(TABLE_ROWS)
    )
    path = folder / "table.md"
    header = "| 号 | 名称 | 地区 | 数量 | 占比 | 备注 |\n|---|---|---|---|---|---|\n"
    path.write_text(f"---\ntitle: 长表\n---\n# 表\n\n{header}{rows}", encoding="utf-8")
    count, seconds = _made(for_format(load(path), "pptx"), folder)
    what = f"a table of {TABLE_ROWS:,} rows on {count} slides, CPU s"
    print(f"{what:<44}{seconds:8.2f}{'':>33}  goal {TABLE_GOAL}")


def _made(report: Report, folder: Path) -> tuple[int, float]:
    """Return how many slides a report makes, and the CPU seconds of planning and writing them."""
    words = furniture_for(report.meta.lang)
    context = Context(
        theme=Theme(),
        fonts=FontSet(language=report.meta.lang),
        words=words,
        names=name_report(report, words),
        formats=frozenset({"pptx"}),
    )
    gc.collect()
    start = _cpu()
    deck = exporter.plan(report, context)
    exporter.write(deck, folder / "deck.pptx")
    return deck.count, _cpu() - start


def _cpu() -> float:
    """Return the CPU seconds of this process and of those that it has started and seen end."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
