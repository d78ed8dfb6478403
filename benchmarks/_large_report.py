"""Megabytes -> the Markdown of a report as large, varied and the same every time.

Chapters one after another until it is large enough: the bundled report's own
sections, prose with marks, links, footnotes and code, and a table of figures.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BUNDLED = Path(__file__).parents[1] / "report_data" / "reports" / "cpo_us_china.md"
ROWS, SENTENCES = 40, 30
_PROSE = (
    "2025 年第{n}季度，**{firm}** 的出货量为 {a:,} 件，同比增长 {p:.1f}%[^{note}]，",
    "其中 *800G* 光模块占 {q:.1f}%；参见 [年度报告](https://example.org/{firm}/{n}?year=2025)。",
    "According to the `v{n}.{a}` release notes, **coupling loss** fell to {p:.2f} dB, ",
    "while ~~{a}~~ {b} units passed the test at a yield of $\\eta = 0.{n}$ (see [data](#{id})). ",
    "硅光平台的良率由 {p:.1f}% 升至 {q:.1f}%，而 **成本**：每通道约 $3.{n}，",
    "The remaining {a:,} samples were rejected<sup>{n}</sup>, mostly for reasons of alignment. ",
)
_FIRMS = ("Broadcom", "Marvell", "中际旭创", "新易盛", "Intel", "NVIDIA", "天孚通信", "Coherent")
_REGIONS = ("华东", "华南", "North America", "Europe", "东南亚")


def large_report(megabytes: float) -> str:
    """Return a report of so many megabytes (millions of bytes) in UTF-8, a chapter more or less."""
    _, front, body = BUNDLED.read_text(encoding="utf-8").split("---\n", 2)
    chapters = _chapters(_without_ids(body))
    parts = [f"---\n{front}---\n"]
    size, goal = 0, megabytes * 1_000_000
    while size < goal:
        parts.append(next(chapters))
        size += len(parts[-1].encode())
    return "".join(parts)


def _without_ids(body: str) -> str:
    """Return the bundled report's text so that it can stand there many times."""
    body = re.sub(r" \{[#.][^}]*\}$", "", body, flags=re.MULTILINE)
    return body.replace("{.callout #remark}", "callout")


def _chapters(body: str) -> Iterator[str]:
    choose = random.Random(0)  # noqa: S311  not for secrets: the same every time
    number = 0
    while True:
        number += 1
        numbered = re.sub(r"^(#+ .*)$", rf"\1 {number}", body, flags=re.MULTILINE)
        identifier = f"figures-{number}"
        yield (
            f"{numbered}\n# 数据 {number}\n\n{_prose(choose, number, identifier)}\n"
            f"{_table(choose, identifier)}\n[^{number}]: 来源：公司公告，*第 {number} 期*。\n\n"
        )


def _prose(choose: random.Random, number: int, identifier: str) -> str:
    parts: list[str] = []
    for index in range(SENTENCES):
        sentence = choose.choice(_PROSE).format(
            n=choose.randint(1, 9),
            a=choose.randint(100, 99_999),
            b=choose.randint(100, 999),
            p=choose.uniform(1, 50),
            q=choose.uniform(50, 99),
            firm=choose.choice(_FIRMS),
            note=number,
            id=identifier,
        )
        parts.append(sentence + ("\n\n" if index % 5 == 4 else "\n" if index % 3 == 2 else ""))  # noqa: PLR2004  paragraphs of five, lines of three
    return "".join(parts)


def _table(choose: random.Random, identifier: str) -> str:
    lines = [
        "| 编号 | 公司 | 地区 | 出货量 | 占比 | 日期 | 说明 |",
        "|---|---|---|--:|--:|---|---|",
    ]
    for _ in range(ROWS):
        day = (
            f"{choose.randint(2019, 2025)}-{choose.randint(1, 12):02d}-{choose.randint(1, 28):02d}"
        )
        lines.append(
            f"| {choose.randint(0, 10**8):09d} | {choose.choice(_FIRMS)} "
            f"| {choose.choice(_REGIONS)} | {choose.randint(0, 10**6):,} "
            f"| {choose.uniform(0, 100):.1f}% | {day} | **批次** {choose.randint(1, 99)} 已验收 |"
        )
    return "\n".join(lines) + f"\n\n: 出货数据 {{#{identifier}}}\n"
