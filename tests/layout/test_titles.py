"""Titles of several lines break where they pause."""

from __future__ import annotations

from itertools import pairwise

import pytest

from exporters.layout.title_words import edges
from exporters.layout.titles import with_pause


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("数字化转型项目第12次周例会 会议纪要", ["数字化转型项目第12次周例会", "会议纪要"]),
        ("中国新能源汽车产业：出海的深水区", ["中国新能源汽车产业：", "出海的深水区"]),
        ("Winning the market: growth options", ["Winning the market:", "growth options"]),
        ("中美共封装光学产业链比较研究报告", ["中美共封装光学", "产业链比较研究报告"]),
        ("2026 年中国新能源汽车出海战略研究报告", ["2026 年中国新能源汽车", "出海战略研究报告"]),
        ("关于推进数据中心绿色低碳发展的实施方案", ["关于推进数据中心绿色", "低碳发展的实施方案"]),
        ("Arbitrum 智能合约综合审计报告", ["Arbitrum 智能合约", "综合审计报告"]),
        ("一二三四五六七八九十甲乙丙丁戊己庚", ["一二三四五六七八九十甲乙丙丁戊己庚"]),  # no word
        ("报告：中美共封装光学产业链比较研究", ["报告：中美共封装光学", "产业链比较研究"]),
        ("中美 CPO（光电共封装）产业链比较报告", ["中美 CPO（光电共封装）", "产业链比较报告"]),
        (
            "中德合资项目协调会会议纪要 / Monthly Coordination Meeting",
            ["中德合资项目协调会会议纪要 /", "Monthly Coordination Meeting"],
        ),
        (
            "Project Atlas — Integration in full: Steering Committee",
            ["Project Atlas —", "Integration in full:", "Steering Committee"],
        ),
        ("短题 一行", ["短题 一行"]),  # which needs no break
        ("CPO 与 LPO 两种技术路线的比较研究", ["CPO 与 LPO 两种", "技术路线的比较研究"]),
    ],
)
def test_a_title_breaks_where_it_pauses(title: str, lines: list[str]) -> None:
    assert (
        with_pause(title, lambda text: 1 + len(text) // (20 if text.isascii() else 16)).split("\n")
        == lines
    )


def test_no_break_that_takes_another_line() -> None:
    title = "一二三四五六七八九十甲乙：丙丁戊己"
    assert with_pause(title, lambda text: 1 + len(text) // 9) == title


def test_edges_of_known_words() -> None:
    title = "天然气能源站运行维护手册的编制说明"
    places = list(edges(title))
    parts = [title[start:end] for start, end in pairwise([0, *places, len(title)])]
    assert parts == ["天然气", "能源站", "运行", "维护", "手册的编制", "说明"]
