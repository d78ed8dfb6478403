"""A list of contents written by hand gives way to those that the documents have."""

from __future__ import annotations

import pytest

import report_data
from report_data.audience import for_format
from report_data.model import Section, plain

BODY = "\n\n## 一、背景\n\n文\n\n## 二、方法\n\n文\n\n## 三、结论\n\n文\n"


def titles(source: str, form: str = "pdf") -> list[str]:
    report = for_format(report_data.load_text(source), form)
    return [plain(node.title) for node in report.walk() if isinstance(node, Section)]


@pytest.mark.parametrize("form", ["pptx", "pdf", "xlsx"])
@pytest.mark.parametrize(
    "contents",
    [
        "## 📋 目录\n\n1. [背景](#一背景)\n2. [方法](#二方法)\n3. [结论](#三结论)",
        "## 目录\n\n- 背景\n- 方法\n  - 结论",
        "## Table of Contents\n\n- [背景](#一背景)\n  - [方法](#二方法)",
    ],
)
def test_a_list_of_the_sections_is_left_out_and_said(contents: str, form: str) -> None:
    source = f"# 题\n\n{contents}{BODY}"
    assert titles(source, form) == ["一、背景", "二、方法", "三、结论"]
    assert [said.code for said in report_data.load_text(source).warnings] == ["N134"]


@pytest.mark.parametrize(
    "contents",
    [
        "## 目录\n\n- 背景\n- 另一件事",  # which is no section
        "## 目录\n\n- [前因后果](#一背景)",  # which would be lost
        "## 目录\n\n说明。\n\n- 背景",
        "## 概要\n\n- 背景\n- 方法",
        "## 目录 {#top}\n\n- 背景\n\n## 附\n\n[回到目录](#top)",
    ],
)
def test_other_sections_stay(contents: str) -> None:
    assert len(titles(f"# 题\n\n{contents}{BODY}")) > 3


def test_contents_stay_where_the_documents_have_none() -> None:
    assert titles("# 题\n\n## 目录\n\n- 背景\n\n## 背景\n\n文") == ["目录", "背景"]
