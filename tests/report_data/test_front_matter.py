"""Front matter: a small strict subset of YAML, and TOML; what is wrong is said with its line."""

from __future__ import annotations

from textwrap import dedent

import pytest

import report_data
from report_data.diagnostics import Diagnostic, ReportErrors
from report_data.model import Labelled, Meta


def _meta(head: str) -> Meta:
    return report_data.load_text(f"---\n{dedent(head).strip()}\n---\n\n正文").meta


def _said(text: str) -> tuple[Diagnostic, ...]:
    try:
        return report_data.load_text(dedent(text), file="r.md").warnings
    except ReportErrors as errors:
        return errors.diagnostics


def _codes(text: str) -> list[tuple[str, int]]:
    return [(item.code, item.span.line if item.span else 0) for item in _said(text)]


def test_scalars_lists_quotes_comments_and_blocks() -> None:
    meta = _meta(
        r"""
        # a comment
        title: "引号 \"里\" \u4e2d: # 不是注释"   # a comment
        subtitle: 'it''s'
        author:
          - 甲
          - "乙, 丙"
        date: 2025-10-20
        keywords: [CPO, '硅光, SiPh', ASIC]
        series: 美国、中国
        abstract: |
          第一行
            缩进

          末行
        kind: 技术
          报告
        short-title: >
          折
          叠
        lang: zh_TW
        """
    )
    assert meta == Meta(
        title='引号 "里" 中: # 不是注释',
        subtitle="it's",
        authors=(Labelled("甲"), Labelled("乙, 丙")),
        date=Labelled("2025-10-20"),
        keywords=("CPO", "硅光, SiPh", "ASIC"),
        series=("美国", "中国"),
        abstract="第一行缩进\n末行",
        kind="技术 报告",
        short_title="折 叠",
        lang="zh-Hant",
    )


def test_values_stay_text() -> None:
    meta = _meta("author: [no, 007, 2025-10-20, 1e3, ~]\ntitle: 1.10\ndate: 2025-10-20（草稿）")
    assert [author.text for author in meta.authors] == ["no", "007", "2025-10-20", "1e3"]
    assert meta.title == "1.10"
    assert meta.date == Labelled("2025-10-20（草稿）")


def test_chinese_keys_are_labels() -> None:
    meta = _meta("标题: 报告\n作者：王\n生成日期: 2025\n关键词：甲，乙；丙\n摘要: 要")
    assert meta == Meta(
        title="报告",
        authors=(Labelled("王", "作者"),),
        date=Labelled("2025", "生成日期"),
        keywords=("甲", "乙", "丙"),
        abstract="要",
    )


def test_toml() -> None:
    report = report_data.load_text(
        '+++\ntitle = "T"\ndate = 2025-10-20\nauthors = ["A", "B"]\n[extra]\nx = 1\n+++\ntext'
    )
    assert report.meta.title == "T"
    assert report.meta.date == Labelled("2025-10-20")
    assert report.meta.authors == (Labelled("A"), Labelled("B"))
    assert [(w.code, w.span and w.span.line) for w in report.warnings] == [("W174", 5)]


def test_rules_at_the_top_are_no_front_matter() -> None:
    for text in (
        "---\n\n一段话。\n\n---\n\n末",
        "---\n说明：一段话。\n\n又一段话。\n\n---\n\n末",
        "---\ntext",
        "a\n\n---\nnot: [front\n---\n",
    ):
        report = report_data.load_text(text)
        assert report.meta.title == ""
        assert report.warnings == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("---\ntitle: a\ntitle: b\n---\nx", [("E171", 3)]),
        ("---\ntitle: !!python/object/apply:os.system [ls]\n---\nx", [("E172", 2)]),
        ("---\ntitle: &a x\nsubtitle: *a\n---\nx", [("E172", 2), ("E172", 3)]),
        ("---\nkeywords: [*a, *a]\n---\nx", [("E172", 2)]),
        ("---\nkeywords:\n  - &a x\n---\nx", [("E172", 3)]),
        ("---\nkeywords: [[a], {b: c}]\n---\nx", [("E170", 2)]),
        ("---\nkeywords: [a, b\n---\nx", [("E170", 2)]),
        ('---\ntitle: "a\n---\nx', [("E170", 2)]),
        ("---\ntitle: a\nwhat is this\n---\nx", [("E170", 3)]),
        ("---\nversion: 1\n<<: {x: 1}\n---\nx", [("W175", 2), ("W174", 3)]),
        ("---\nformat:\n  pptx: default\n---\nx", [("W174", 2)]),
        ("---\nlang: tlh\n---\nx", [("W176", 2)]),
        ("---\ndate: 1\n日期: 2\n---\nx", [("W177", 3)]),
        ("+++\ntitle = \n+++\nx", [("E170", 2)]),
        (f"---\ntitle: a\nabstract: {'x' * 70_000}\n---\nx", [("E173", 1)]),
    ],
)
def test_what_is_refused_and_where(text: str, codes: list[tuple[str, int]]) -> None:
    assert _codes(text) == codes


def test_a_billion_laughs_are_refused_at_once() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    codes = _codes("---\n" + "\n".join(lines) + "\n---\nx")
    assert codes == [("E172", number) for number in range(2, 11)]


def test_a_number_of_too_many_digits_is_refused() -> None:
    with pytest.raises(ReportErrors) as refused:
        report_data.load_text(f"+++\ntitle = {'9' * 5000}\n+++\n\ntext\n")
    assert [item.code for item in refused.value.diagnostics] == ["E170"]


def test_the_lines_of_an_abstract_run_on_as_in_markdown() -> None:
    head = "abstract: |\n  One line\n  and another.\n\n  中文\n  一段。"
    report = report_data.load_text(f"---\n{head}\n---\n\nx")
    assert report.meta.abstract == "One line and another.\n中文一段。"
