"""Title, author, date and sections are found in the text, not demanded of it."""

from __future__ import annotations

from textwrap import dedent

import pytest
from outlined import outlined

import report_data
from report_data.markdown.visible import compare
from report_data.model import Figure, Labelled, Paragraph, Table, plain


def _outline(text: str) -> list[str]:
    return [
        line.strip()
        for line in outlined(report_data.load_text(text)).split("\n")
        if "section" in line
    ]


def test_an_only_h1_is_the_title_and_its_sections_move_up() -> None:
    text = "# 报告\n\n## 一\n\n### 细\n\n## 二\n"
    assert report_data.load_text(text).meta.title == "报告"
    assert _outline(text) == ["section 1 #一 一", "section 2 #细 细", "section 1 #二 二"]


def test_of_several_h1_the_first_is_the_title_unless_it_is_numbered() -> None:
    assert report_data.load_text("# 报告\n\n正文\n\n# 甲\n\n# 乙").meta.title == "报告"
    for numbered in ("# 第一章 引言", "# 一、引言", "# 1. Intro", "# Chapter 1"):
        report = report_data.load_text(f"{numbered}\n\n正文\n\n# 二\n\n# 三")
        assert report.meta.title == ""
        assert len(report.sections) == 3


def test_levels_that_are_skipped_leave_no_gap() -> None:
    assert _outline("# 一、甲\n\n### 深\n\n##### 更深\n\n## 浅\n\n# 二、乙") == [
        "section 1 #一-甲 一、甲",
        "section 2 #深 深",
        "section 3 #更深 更深",
        "section 2 #浅 浅",
        "section 1 #二-乙 二、乙",
    ]


def test_no_headings_at_all() -> None:
    report = report_data.load_text("一段。\n\n- 一项")
    assert report.meta.title == ""
    assert outlined(report) == "paragraph 一段。\nlist\n  listitem\n    paragraph 一项"


def test_bold_lines_stand_in_for_headings_where_there_are_none() -> None:
    text = "**概览**\n\n一。\n\n**结论：**\n\n二。\n"
    assert _outline(text) == ["section 1 #概览 概览", "section 1 #结论 结论："]
    assert _outline("# 题\n\n" + text) == ["section 1 #概览 概览", "section 1 #结论 结论："]
    assert _outline("# 题\n\n## 章\n\n" + text) == ["section 1 #章 章"]


def test_bold_lines_that_are_statements_or_the_covers_are_no_headings() -> None:
    text = "# 题\n\n**研究院 2025 年**\n\n**规模约 128 亿元。**\n\n一。\n\n**够！**\n"
    assert _outline(text) == []
    assert _outline("# 题\n\n**规模**\n\n**增速**\n\n**格局**\n\n一。\n") == []


def test_numbered_lines_of_official_papers_stand_in_for_headings() -> None:
    text = dedent(
        """\
        **关于某某公司之尽职调查备忘录**

        致：投资决策委员会

        **释义**

        目标公司是某某公司。

        一、基本情况

        （一）设立

        公司设立于 2016 年。

        二、主要资产

        1. 专利。
        """
    )
    report = report_data.load_text(text)
    assert report.meta.title == "关于某某公司之尽职调查备忘录"
    assert _outline(text) == [
        "section 1 #释义 释义",
        "section 1 #一-基本情况 一、基本情况",
        "section 2 #一-设立 （一）设立",
        "section 1 #二-主要资产 二、主要资产",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一、人员\n\n二、经费\n\n三、设备\n",  # a list
        "一、会议由张总主持。\n\n正文。\n\n二、会议听取了汇报。\n\n正文。\n",  # sentences
        "一、人员\n\n正文。\n\n三、经费\n\n正文。\n",  # not counted in order
        "一、人员\n\n正文。\n",  # one alone
    ],
)
def test_numbered_lines_that_are_no_headings(text: str) -> None:
    assert _outline(text) == []


def test_chapters_are_counted_beyond_ten() -> None:
    numbers = [*"一二三四五六七八九十", "十一", "十二"]
    text = "".join(f"{number}、章\n\n正文。\n\n" for number in numbers)
    assert len(_outline(text)) == 12


@pytest.mark.parametrize(
    "lines",
    [
        "作者：王小明\n日期：2025-10-20",
        "**作者**：王小明  \n**日期**：2025-10-20",
        "**作者：** 王小明\\\n**日期：** 2025-10-20",
        "> 作者：王小明\n> 日期：2025-10-20",
        "- 作者：王小明\n- 日期：2025-10-20",
        "作者：王小明\n\n日期：2025-10-20",
        "作者：王小明\n日期：二〇二五年十月二十日",
    ],
)
def test_author_and_date_in_the_first_lines(lines: str) -> None:
    report = report_data.load_text(f"# 报告\n\n{lines}\n\n正文。")
    assert report.meta.authors == (Labelled("王小明", "作者"),)
    said = "二〇二五年十月二十日" if "二〇二五" in lines else "2025-10-20"
    assert report.meta.date == Labelled(said, "日期")
    assert outlined(report) == "paragraph 正文。"


@pytest.mark.parametrize(
    "lines",
    [
        "**日期**: 2025-10-20\n**版本**: 1.0\n**密级：** 内部",
        "版本：1.0\n日期：2025-10-20\n密级：内部",
        "- 版本：1.0\n- 日期：2025-10-20\n- 密级：内部",
        "> 版本：1.0\n>\n> 日期：2025-10-20\n>\n> 密级：内部",
    ],
)
def test_short_facts_beside_them_go_along(lines: str) -> None:
    report = report_data.load_text(f"# 报告\n\n{lines}\n\n正文。")
    assert report.meta.date == Labelled("2025-10-20", "日期")
    assert report.meta.details == (Labelled("1.0", "版本"), Labelled("内部", "密级"))
    assert outlined(report) == "paragraph 正文。"


@pytest.mark.parametrize(
    ("line", "subtitle"),
    [
        ("**版本 v1.2 | 2025-11-08 | 平台组**", "版本 v1.2 | 2025-11-08 | 平台组"),
        ("*Version 2 | October 2025*", "Version 2 | October 2025"),
        ("内部资料 ｜ 2025年10月", "内部资料 ｜ 2025年10月"),
        ("甲 | 乙", ""),
        ("[甲](https://example.com) | 2025", ""),
        ("| 2025", ""),
    ],
)
def test_a_row_of_facts_under_the_title_is_its_second_line(line: str, subtitle: str) -> None:
    report = report_data.load_text(f"# 报告\n\n{line}\n\n正文。")
    assert report.meta.subtitle == subtitle
    assert outlined(report).endswith("paragraph 正文。")
    assert (outlined(report) == "paragraph 正文。") is bool(subtitle)


def test_other_lines_beside_them_stay() -> None:
    for other in (f"**说明**: {'长' * 90}", "**原文**: [某处](https://example.com/a)"):
        text = f"# 报告\n\n**日期**: 2025-10-20\n**版本**: 1.0\n{other}\n\n正文。"
        report = report_data.load_text(text)
        assert report.meta.date == Labelled("2025-10-20", "日期")
        assert report.meta.details == ()
        assert "版本" in outlined(report)
    report = report_data.load_text("# 报告\n\n**甲**：一\n**乙**：二\n\n正文。")
    assert report.meta.details == ()


def test_prose_that_begins_like_a_label_is_left_alone() -> None:
    for prose in (
        "作者：" + "长" * 200,
        "日期：待定",
        "作者：王小明\n这是一段话。",
    ):
        report = report_data.load_text(f"# 报告\n\n{prose}")
        assert report.meta.authors == ()
        assert report.meta.date is None


def test_front_matter_says_it_first() -> None:
    report = report_data.load_text(
        dedent(
            """\
            ---
            title: T
            author: [A, B]
            date: 2025
            ---
            # T

            作者：王小明
            """
        )
    )
    assert report.meta.authors == (Labelled("A"), Labelled("B"))
    assert outlined(report) == "paragraph 作者：王小明"


def test_an_h1_with_braces_is_a_section_and_no_subtitle() -> None:
    report = report_data.load_text("# T\n\n前言。\n\n# 甲 {#a}\n\n- 一\n\n## 乙\n\n见[甲](#a)。\n")
    assert (report.meta.title, report.meta.subtitle) == ("T", "")
    assert [section.id for section in report.sections] == ["a"]
    assert report.warnings == ()


def test_an_h1_below_a_title_in_front_matter_is_the_subtitle() -> None:
    report = report_data.load_text("---\ntitle: T\n---\n# 另一个\n\n## 一\n\n## 二")
    assert (report.meta.title, report.meta.subtitle) == ("T", "另一个")
    assert len(report.sections) == 2


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("本报告从应用层比较", "zh-Hans"),
        ("本報告從應用層對兩國進行比較", "zh-Hant"),
        ("This report compares", "en"),
        ("このレポートは産業を比較します", "ja"),
        ("이 보고서는 산업을 비교한다", "ko"),
        ("12345", "zh-Hans"),
        ("设 $\\sum_{i} \\frac{alpha}{beta} \\leq \\sqrt{gamma} \\cdot \\delta$ 。", "zh-Hans"),
        ("运行：\n\n```sh\nfor name in each one of them do print the name done\n", "zh-Hans"),
        ("见 <https://example.org/some/path-with-many-words> 与 `a very long name`", "zh-Hans"),
        ("The 中文 of this text is short", "en"),
    ],
)
def test_the_language_is_that_of_the_script(text: str, lang: str) -> None:
    assert report_data.load_text(text).meta.lang == lang


def test_links_of_contents_lists_made_by_other_tools() -> None:
    text = dedent(
        """\
        # T

        1. [方案概述](#方案概述)
        2. [a](#2-the-plan--more)
        3. [b](#next-rocket)
        4. [c](#old)
        5. [d](#same-1)

        ## 1️⃣ 方案概述

        ## 2. The Plan & More

        ## Next 🚀

        <a name="old"></a>
        ## New

        ## Same

        ## Same
        """
    )
    report = report_data.load_text(text)
    assert report.warnings == ()
    links = [
        line.split("](")[1].rstrip(")") for line in outlined(report).split("\n") if "](" in line
    ]
    assert links == ["#1️⃣-方案概述".replace("️⃣", ""), "#2-the-plan-more", "#next", "#new", "#same-2"]


@pytest.mark.parametrize(
    "before",
    [
        "![logo](a.png)",
        '<p align="center"><a href="https://x.org"><img src="a.png" alt="logo"></a></p>',
        "[![a](a.svg)](https://x.org) ![b](b.svg)\n\n![c](c.svg)",
    ],
)
def test_pictures_may_stand_before_the_title(before: str) -> None:
    report = report_data.load_text(f"{before}\n\n# Name\n\ntext\n\n## Part\n\nmore\n")
    assert report.meta.title == "Name"
    assert isinstance(report.children[0], Figure)
    assert compare(report) == []
    assert report_data.load_text(f"Words {before}\n\n# Name\n\ntext\n").meta.title == ""


@pytest.mark.parametrize(
    ("source", "captions", "paragraphs"),
    [
        (": 上\n\n| a |\n|---|\n| 1 |\n", ["上"], []),
        ("Table: 上\n\n| a |\n|---|\n| 1 |\n", ["上"], []),
        (": 一\n\n| a |\n|---|\n| 1 |\n\n: 二\n\n| b |\n|---|\n| 2 |\n", ["一", "二"], []),
        ("| a |\n|---|\n| 1 |\n\n: 一\n\n| b |\n|---|\n| 2 |\n", ["一", ""], []),
        (": 上\n\n| a |\n|---|\n| 1 |\n\n: 下\n", ["上"], [": 下"]),
    ],
)
def test_a_caption_stands_below_its_table_or_right_above_it(
    source: str, captions: list[str], paragraphs: list[str]
) -> None:
    report = report_data.load_text(source)
    nodes = list(report.walk())
    assert [plain(one.caption) for one in nodes if isinstance(one, Table)] == captions
    found = [plain(one.content).replace("\n", "") for one in nodes if isinstance(one, Paragraph)]
    assert found == paragraphs
    assert compare(report) == []


@pytest.mark.parametrize(
    "date",
    ["（2026 年 11 月）", "2026年11月18日", "二〇二六年十一月", "2026-11-18", "18 November 2026"],
)
def test_a_date_alone_under_the_title_goes_to_the_cover(date: str) -> None:
    report = report_data.load_text(f"# 报告\n\n{date}\n\n## 一\n\n正文\n")
    assert report.meta.date == Labelled(date)
    assert [plain(one.content) for one in report.walk() if isinstance(one, Paragraph)] == ["正文"]
    assert compare(report) == []


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("关于某公司之尽职调查报告", "关于某公司之尽职调查报告"),
        ("**Board paper**", "Board paper"),
        ("第三次会议纪要", "第三次会议纪要"),
        ("以下是报告：", ""),
        ("这是一句话。", ""),
        ("2025年9月", ""),
        ("See [here](https://x.org)", ""),
        ("One line\nand another", ""),
    ],
)
def test_a_short_first_line_above_headings_is_the_title(first: str, title: str) -> None:
    report = report_data.load_text(f"{first}\n\n**一、甲**\n\n正文。\n\n**二、乙**\n\n正文。")
    assert report.meta.title == title
    assert [plain(section.title) for section in report.sections][-2:] == ["一、甲", "二、乙"]


def test_a_first_line_without_headings_below_is_text() -> None:
    assert report_data.load_text("一行字\n\n另一行").meta.title == ""


@pytest.mark.parametrize("line", ["2025/10/09 产品部", "2025年10月9日 | 战略组"])
def test_a_date_with_who_wrote_goes_to_the_cover(line: str) -> None:
    report = report_data.load_text(f"# 标题\n\n{line}\n\n## 一\n\n正文。")
    assert report.meta.date is not None
    assert report.meta.date.text == line


def test_lines_all_in_bold_go_to_the_cover() -> None:
    report = report_data.load_text(
        "# 標題\n\n**発行日：2025年8月20日**\n**作成：調査部**\n\n## 一\n\n文"
    )
    assert report.meta.date is not None
    assert (report.meta.date.label, report.meta.date.text) == ("発行日", "2025年8月20日")
    assert [author.text for author in report.meta.authors] == ["調査部"]
    assert not any(isinstance(child, Paragraph) for child in report.children)


def test_a_sentence_with_a_date_stays_in_the_text() -> None:
    report = report_data.load_text("# 报告\n\n2026 年 11 月 18 日发布。\n\n## 一\n\n正文\n")
    assert report.meta.date is None


def test_of_lines_that_begin_alike_one_may_be_on_the_cover() -> None:
    text = "# 报告\n\n日期：2\n日期：2025-10\n日期：2025-10-20\n\n## 一\n\n正文\n"
    report = report_data.load_text(text)
    assert report.meta.date == Labelled("2025-10", "日期")
    assert compare(report) == []


@pytest.mark.parametrize(
    ("lines", "subtitle", "details"),
    [
        ("> 报告期：2026年10月\u3000密级：内部", "", ["报告期", "密级"]),
        ("稟議番号：IS-7\u3000\u3000決裁区分：取締役会", "", ["稟議番号", "決裁区分"]),
        ("招标人：甲\n代理机构：乙\n二〇二六年十月", "", ["招标人", "代理机构"]),
        ("**招标编号：7**\n\n招标人：甲\n二〇二六年十月", "招标编号：7", ["招标人"]),
        (
            "**Project Kestrel: a stake**\n\nStatus: Draft\nDate: 14 November 2026",
            "Project Kestrel: a stake",
            ["Status"],
        ),
        ("**须知。**\n\n招标人：甲\n二〇二六年十月\n\n---", "", ["招标人"]),
        (
            "优点：快，而且便宜，而且是我们自己的，不受制于任何别人的意愿和能力。\u3000缺点：贵",
            "",
            [],
        ),
        ("说明：无", "", []),
        ("**版本**：1\u3000**密级：** 内部", "", ["版本", "密级"]),
        ("编号：`7\u3000密级：内`部", "", []),
    ],
)
def test_facts_in_a_row_or_over_a_date_go_to_the_cover(
    lines: str, subtitle: str, details: list[str]
) -> None:
    report = report_data.load_text(f"# 报告\n\n{lines}\n\n## 一\n\n正文\n")
    assert report.meta.subtitle == subtitle
    assert [one.label for one in report.meta.details] == details
    assert compare(report) == []


def test_lists_and_paragraphs_of_html_in_a_cell_are_lines() -> None:
    report = report_data.load_text(
        "| 甲 | 乙 |\n|---|---|\n| 一 | <ul><li>分层量化</li><li>上线 A/B</li></ul> |\n"
        "| 二 | <p>前</p><p>后</p> |\n"
    )
    table = next(node for node in report.walk() if isinstance(node, Table))
    assert [row[1].text for row in table.rows] == ["分层量化\n上线 A/B", "前\n后"]


@pytest.mark.parametrize(
    ("quoted", "subtitle"),
    [
        (
            "面向研发负责人 | 版本：V2.0 | 更新：2026-11-20",
            "面向研发负责人 | 版本：V2.0 | 更新：2026-11-20",
        ),
        ("版本 2.1 ｜ 2026-11-02 ｜ 基础架构部", "版本 2.1 ｜ 2026-11-02 ｜ 基础架构部"),
        ("把光引擎放到芯片旁边，改变的是谁来定义系统。", None),
    ],
)
def test_a_row_of_facts_in_a_quotation_goes_to_the_cover(quoted: str, subtitle: str | None) -> None:
    text = f"# 指南\n\n> {quoted}\n\n## 一\n\n字。\n\n## 二\n\n字。\n"
    report = report_data.load_text(text)
    assert report.meta.subtitle == (subtitle or "")
    assert compare(report) == []
