"""Lines under a table that are about it."""

from __future__ import annotations

import pytest

from exporters.layout.notes import is_note_of_table
from exporters.layout.table import side


@pytest.mark.parametrize(
    "text",
    [
        "数据来源：海关",
        "资料来源：年报",
        "注1：预测值",
        "※ 端数",
        "Note: net of tax",
        "Sources: A; B",
        "자료: 통계청",
        "Legend: 🟢 on track",
        "图例：🔴 超标",
        "统计口径：含税",
    ],
)
def test_sources_and_remarks_are_notes(text: str) -> None:
    assert is_note_of_table(text, before_table=True)


@pytest.mark.parametrize(
    "text", ["来源于海关的数据显示", "Notes on method", "资料显示：增长", "正文。"]
)
def test_prose_is_none(text: str) -> None:
    assert not is_note_of_table(text, before_table=False)


def test_what_names_a_table_belongs_to_the_next_if_there_is_one() -> None:
    for text in ("表 2：数据", "Table 2. Data", "单位：万元"):
        assert is_note_of_table(text, before_table=False)
        assert not is_note_of_table(text, before_table=True)


@pytest.mark.parametrize("said", ["18.6% ↑", "-9.7%↓", "▲ 1", "2.3个百分点", "3.1倍", "-0.4pct"])
def test_figures_with_arrows_and_units_stand_at_the_right(said: str) -> None:
    assert side("default", 1, ["12.4%", said]) == "right"


@pytest.mark.parametrize("dash", ["―", "－", "——", "暂无"])
def test_dashes_of_every_kind_leave_figures_at_the_right(dash: str) -> None:
    assert side("default", 1, [dash, "12.0%"]) == "right"
