"""Contents that the author wrote stand for ours, with page numbers, where they are whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_pdf import MadePdf

from exporters.verify import compare

if TYPE_CHECKING:
    from pathlib import Path

BODY = "".join(
    f"## {number}. {name}\n\n{name}的正文。\n\n" for number, name in enumerate("甲乙丙", 1)
)
LINKS = "1. [甲](#1-甲)\n2. [乙](#2-乙)\n3. [丙](#3-丙)\n"
TITLES = "- 1. 甲 …… 3\n- 2. 乙 …… 5\n- 丙\n"


def made(contents: str) -> MadePdf:
    return MadePdf(f"# 报告\n\n## 目录\n\n{contents}\n---\n\n{BODY}")


@pytest.mark.parametrize("contents", [LINKS, TITLES])
def test_they_stand_for_ours_and_say_the_pages(contents: str, tmp_path: Path) -> None:
    pdf = made(contents)
    assert len(pdf.plan.pages) == 3  # cover, contents, text
    lines = pdf.lines(1)
    assert sum("目录" in line for line in lines) <= 2  # the heading, and the running head
    assert [line for line in lines if line.strip() == "3"] == ["3"] * 3
    reading = pdf.read(tmp_path / "made.pdf")
    proof = compare(pdf.report, reading, pdf.context.words, pdf.context.names)
    assert proof.diagnostics == ()


@pytest.mark.parametrize(
    "contents",
    [
        "1. [甲](#1-甲)\n2. [乙](#2-乙)\n3. [乙](#2-乙)\n",  # not all sections
        f"{LINKS}4. [外](https://example.org)\n",
        "- 甲\n- 乙\n- 丁\n",
    ],
)
def test_others_stand_beside_ours(contents: str) -> None:
    pdf = made(contents)
    assert "目录" in "".join(pdf.lines(1))
    assert "目录" in "".join(pdf.lines(2))
