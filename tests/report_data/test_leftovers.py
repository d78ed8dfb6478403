"""Marks that a chat left are named, once, and stay."""

from __future__ import annotations

import pytest

from report_data import load_text
from report_data.model import Paragraph, plain


@pytest.mark.parametrize(
    "mark",
    [
        "【4†source】",
        "【12:3†年报.pdf】",
        ":contentReference[oaicite:0]{index=0}",
        "[citation:3]",
        "[oai_citation:0‡example.org]",
        "\ue200cite\ue202turn0search1\ue201",
        "citeturn0search1turn0news3",
        "turn0search3",
    ],
)
def test_a_mark_of_a_chat_is_named(mark: str) -> None:
    report = load_text(f"# 题\n\n规模为 120 亿元{mark}。\n\n另有{mark}。\n")
    (said,) = [one for one in report.warnings if one.code == "W114"]
    assert mark in said.message
    assert "(and 1 more like it)" in said.message
    assert said.span is not None
    assert (said.span.line, said.span.column) == (3, 11)
    paragraph = next(node for node in report.walk() if isinstance(node, Paragraph))
    assert mark.replace("\ue200", "") in plain(paragraph.content).replace("\ue200", "")


@pytest.mark.parametrize(
    "text", ["【注】", "return2search1", "[^1]: turn 1 search 2", "【†】", "turn0", "[citation: 3]"]
)
def test_what_only_looks_a_little_like_one(text: str) -> None:
    assert not [one for one in load_text(f"# 题\n\n{text}\n").warnings if one.code == "W114"]


def test_thoughts_of_a_model() -> None:
    report = load_text("<think>\n先想一想。\n</think>\n\n# 题\n\n文。\n")
    assert [one.message for one in report.warnings if one.code == "W114"] == [
        "“<think>” looks like a mark that a chat left (and 1 more like it)"
    ]
