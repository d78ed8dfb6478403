"""Boxes in boxes, as deep as the reader lets them: no page is filled by a few characters."""

from __future__ import annotations

import pytest
from made_pdf import MadePdf

from report_data import load_text

DEPTH = 24
WORDS = "字" * 3000
SOURCES = {
    "callouts": "::: callout\n" * DEPTH + f"{WORDS}\n" + ":::\n" * DEPTH,
    "columns": "::: columns\n::: column\n" * (DEPTH // 2)
    + f"{WORDS}\n"
    + ":::\n::: column\n乙\n:::\n:::\n" * (DEPTH // 2),
    "cards": "::: cards\n- 甲\n\n  乙\n- 丙\n\n" * DEPTH + f"{WORDS}\n" + ":::\n" * DEPTH,
    "timelines": "::: timeline\n" * DEPTH + f"- 甲：{WORDS}\n" + ":::\n" * DEPTH,
    "terms": "".join(f"{'  ' * n}甲\n{'  ' * n}:   乙\n\n" for n in range(DEPTH))
    + f"{'  ' * (DEPTH - 1)}    {WORDS}\n",
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_text_in_many_boxes_keeps_a_column(source: str) -> None:
    made = MadePdf(load_text(f"# 一\n\n{source}\n# 二\n\n乙\n"))
    assert len(made.plan.pages) < 30
