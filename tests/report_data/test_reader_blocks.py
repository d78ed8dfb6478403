"""Markdown -> blocks: the dialect, case by case, as outlines that can be read."""

from __future__ import annotations

from textwrap import dedent

import pytest
from outlined import outlined

import report_data
from report_data.markdown.visible import compare
from report_data.model import Paragraph, Quote, Table, plain

CASES = {
    "paragraphs and soft breaks": (
        """
        中文一行
        接着**粗
        体**一行 English
        words 中文
        """,
        "paragraph 中文一行接着*粗体*一行 English words 中文",
    ),
    "emphasis beside Chinese punctuation": (
        "**标准：**美国，*强调。*然后~~删~~",
        "paragraph *标准：*美国，/强调。/然后~删~",
    ),
    "emphasis beside Korean": (
        "**“강조”**는 **한국어(Korean)**는 中文**“引号”**中文 **注意！**Note",
        "paragraph *“강조”*는 *한국어(Korean)*는 中文*“引号”*中文 *注意！*Note",
    ),
    "marks inside each other, links and line breaks": (
        "a **b *c* `d`** [e **f**](https://x.org/)  \ng<br>h\\\ni",
        "paragraph a *b **/c/** **`d`* [e ](https://x.org/)[*f*](https://x.org/)|g|h|i",
    ),
    "lists, tight and nested, with tasks and numbers": (
        """
        3. three
           - [x] done
           - [ ] open
        4. four

           more
        """,
        """
        list 3.
          listitem
            paragraph three
            list
              listitem [x]
                paragraph done
              listitem [ ]
                paragraph open
          listitem
            paragraph four
            paragraph more
        """,
    ),
    "a table with a caption, alignment and escaped bars": (
        """
        | a | b \\| c |
        |:--|--:|
        | **1** | `x \\| y` |
        | 2 |  |

        : 层级 *对比* {#layers .wide}
        """,
        "table a, b | c / *1*, `x | y` / 2,  : 层级 /对比/",
    ),
    "a caption at once after its table": (
        "| a |\n|---|\n| 1 |\n: says\n\nnext",
        "table a / 1 : says\nparagraph next",
    ),
    "cells beyond the header are kept, missing ones are empty": (
        "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |",
        "table a, b,  / 1, ,  / 1, 2, 3",
    ),
    "code, quotes, rules": (
        """
        ~~~python {.x}
        def f(): pass

        ~~~

        > quoted
        > - item

        ---

            indented
        """,
        """
        codeblock def f(): pass|
        quote
          paragraph quoted
          list
            listitem
              paragraph item
        break
        codeblock indented
        """,
    ),
    "definition lists": (
        "CPO\n: 光电共封装\n\n    第二段\n\nSerDes\n: 串行",
        """
        definitionlist
          definition CPO
            paragraph 光电共封装
            paragraph 第二段
          definition SerDes
            paragraph 串行
        """,
    ),
    "boxes by name, with attributes, inside each other": (
        """
        :::: columns
        ::: {.column width=50%}
        左
        :::
        ::: column
        - 右
        :::
        ::::

        ::: timeline
        1. 短期：a
        :::

        ::: tip 注意
        b
        :::
        """,
        """
        box columns
          box column
            paragraph 左
          box column
            list
              listitem
                paragraph 右
        box timeline
          list 1.
            listitem
              paragraph 短期：a
        box callout 注意
          paragraph b
        """,
    ),
    "a fence of colons inside code closes nothing": (
        "::: callout\n```\n:::\n```\nend\n:::\nafter",
        "box callout\n  codeblock :::\n  paragraph end\nparagraph after",
    ),
    "footnotes, numbered by first mention": (
        "a[^z] b[^y] c[^z] d^[here *now*]\n\n[^y]: why\n[^z]: see[^y]\n\n    more",
        """
        paragraph a(note 1) b(note 2) c(note 1) d(note 3)
        note
          paragraph see(note 2)
          paragraph more
        note
          paragraph why
        note
          paragraph here /now/
        """,
    ),
    "references by number, before and after": (
        "见@layers所示，[](#layers)，[这里](#layers)，a@b.cn\n\n| a |\n|---|\n\n: x {#layers}",
        """
        paragraph 见(see layers)所示，(see layers)，[这里](#layers)，[a@b.cn](mailto:a@b.cn)
        table a : x
        """,
    ),
    "mathematics by the strict rule": (
        "$E=mc^2$ 与 $a_b$，$5 到 $10，US$20 和 $30 or 40$ more\n\n$$\n\\int x\n$$\n\n$$ y $$",
        """
        paragraph $E=mc^2$ 与 $a_b$，$5 到 $10，US$20 和 $30 or 40$ more
        mathblock \\int x
        mathblock y
        """,
    ),
    "pictures alone are figures": (
        '![架构](none.png "说明 _1_"){#fig width=50%}\n\n![](http://x.org/a.png) ![b](c.svg)',
        """
        figure 架构 <none.png> 说明 _1_
        figure  <http://x.org/a.png>
        figure b <c.svg>
        """,
    ),
    "bare addresses": (
        "见https://x.org/a_b?c=1，以及 www.x.org。(http://y.org/(z)). a@b.cn",
        (
            "paragraph 见[https://x.org/a_b?c=1](https://x.org/a_b?c=1)，以及 "
            "[www.x.org](http://www.x.org)。([http://y.org/(z)](http://y.org/(z))). "
            "[a@b.cn](mailto:a@b.cn)"
        ),
    ),
    "inline HTML": (
        (
            "H<sub>2</sub>O, x<sup>2</sup>, <b>b</b> <span style='x'>s</span> Vec<T> "
            '<a href="https://x.org">l</a><!-- gone --> <kbd>k</kbd>'
        ),
        "paragraph H_2_O, x^2^, *b* s Vec<T> [l](https://x.org) `k`",
    ),
    "blocks of HTML": (
        """
        <details><summary>更多</summary>

        **md**

        </details>

        <table><tr><th>A<th align=right>B<tr><td rowspan=2>1<td>x<br>y<tr><td>**z**</table>

        <ul><li>one<li>two<ul><li>in</ul></ul>
        """,
        """
        box plain 更多
          paragraph *md*
        table A, B / 1, x|y / , **z**
        list
          listitem
            paragraph one
          listitem
            paragraph two
            list
              listitem
                paragraph in
        """,
    ),
    "Markdown in the cells of an HTML table": (
        "<table><tr><td>\n\n**a**\n\n- b\n\n</td><td>c</td></tr></table>",
        "table *a*|b, c",
    ),
    "a caption where only lines can stand": (
        """
        <table><td>

        a[^1]

        ::: callout
        <table><caption>b<td>c<td>d<caption>e<td>f</table>
        :::

        [^1]: <table><caption>g<td>h</table>

        <td>z</table>

        <dl><dt><table><td>i<caption>j</caption></table><dd>k</dl>
        """,
        """
        table a(note 1)|b|c d|e|f, z
        definitionlist
          definition i j
            paragraph k
        note
          table h : g
        """,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_dialect(name: str) -> None:
    source, expected = CASES[name]
    report = report_data.load_text(dedent(source).strip())
    assert outlined(report) == dedent(expected).strip("\n").removesuffix("\n        ")


def test_no_break_and_narrow_spaces_stay_and_hints_vanish() -> None:
    report = report_data.load_text(
        "10\u00a0Gbps 1\u2009234 Co\u2011Packaged a\u200bb\u2060c &#8203;d"
    )
    assert outlined(report) == ("paragraph 10\u00a0Gbps 1\u202f234 Co\u2011Packaged abc d")


def test_ids_and_attributes() -> None:
    report = report_data.load_text(
        "# A {#a .appendix key='v w'}\n\n| x |\n|---|\n\n: c {#t}\n\n"
        "::: {.callout #box}\ny\n:::\n\n# B\n\nz"
    )
    ids = [str(node.id) for node in report.walk()]
    assert ids == ["a", "t", "box", "a/paragraph-1", "b", "b/paragraph-1"]
    assert report.sections[0].appendix
    assert report.sections[0].attributes.get("key") == "v w"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**甲**\n甲在此。\n**乙**\n乙在彼。", "甲\n甲在此。\n乙\n乙在彼。"),
        ("1、一；\n2、**二**；\n（3）三。\n④四", "1、一；\n2、二；\n（3）三。\n④四"),
        ("**Note:**\nThis is so.", "Note:\nThis is so."),
        ("The\n**quick**\nbrown fox.\n**It** runs.", "The quick brown fox. It runs."),
        ("见公式\n(1)与\n2、3 两项。\n另一句", "见公式 (1)与 2、3 两项。另一句"),
        ("**a\nb** c\nd", "a b c d"),
        ("[1] A https://x.org/a\n[2] *B*\n[3] C", "[1] A https://x.org/a\n[2] B\n[3] C"),
        ("see the list\n[2] of items", "see the list [2] of items"),
        ("学而时习之\n——《论语》", "学而时习之\n——《论语》"),
        ("**时间：** 周四\n**地点**：三楼\n301 室", "时间： 周四\n地点：三楼 301 室"),
        ("**Time:** 2 pm\n**Place:** here", "Time: 2 pm\nPlace: here"),
        ("He said\n**so:** it is one.", "He said so: it is one."),
        ("**甲方**\n**乙方**", "甲方\n乙方"),
        ("公司名称：甲\n注册资本（万元）：12", "公司名称：甲\n注册资本（万元）：12"),
        ("公司名称：甲\n和乙", "公司名称：甲和乙"),
        ("Registered office: Leeds\nTown: York", "Registered office: Leeds\nTown: York"),
        (
            "It depends on one thing: the\nweather: it is bad",
            "It depends on one thing: the weather: it is bad",
        ),
        ("✅ 一\n❌ 二", "✅ 一\n❌ 二"),
        ("尽调小组\n二〇二五年九月二十二日", "尽调小组\n二〇二五年九月二十二日"),
        ("直到\n2025年9月才", "直到 2025年9月才"),
        ("工業局\n創新科技署\n2026年11月", "工業局\n創新科技署\n2026年11月"),
        ("自上次会议，\n本组于\n2026年11月", "自上次会议，本组于\n2026年11月"),
        ("There are:\na) three;\nb) two.", "There are:\na) three;\nb) two."),
        ("We ask\n(i) this;\n(ii) that", "We ask (i) this;\n(ii) that"),
        ("as in case\n(a) of the act", "as in case (a) of the act"),
        ("**a:** x\\\n**b:** y", "a: x\nb: y"),
    ],
)
def test_a_line_that_was_meant_as_one_stays_one(source: str, text: str) -> None:
    (paragraph,) = report_data.load_text(source).children
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.content) == text


def test_facts_over_a_date_stay_lines() -> None:
    report = report_data.load_text(
        "# 合同\n\n正文。\n\n## 签署\n\n甲方：一\n乙方：二\n二〇二六年十月"
    )
    (section,) = report.sections
    (paragraph,) = section.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.content) == "甲方：一\n乙方：二\n二〇二六年十月"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("> [!NOTE]\n> Here.", ["NOTE\nHere."]),
        ("> [!WARNING]\n>\n> There.", ["WARNING", "There."]),
        ("> [!tip]", ["tip"]),
        ("> See [!NOTE]", ["See [!NOTE]"]),
        ("> [!NOTE] here", ["[!NOTE] here"]),
        ("> [!OTHER]\n> Here.", ["[!OTHER] Here."]),
    ],
)
def test_the_word_of_an_alert_is_the_first_line_of_its_quotation(
    source: str, lines: list[str]
) -> None:
    report = report_data.load_text(source)
    (quote,) = report.children
    assert isinstance(quote, Quote)
    paragraphs = [one for one in quote.blocks if isinstance(one, Paragraph)]
    assert [plain(one.content) for one in paragraphs] == lines
    assert compare(report) == []


@pytest.mark.parametrize(
    ("source", "own"),
    [
        ("产量为 4,820 台。\n*Output was 4,820 units.*", True),
        ("**决议**：专家到厂。\nExperts arrive on 1 December.", True),
        ("Experts arrive.\n专家 12 月到厂。", True),
        ("产量为 4,820 台。\nOutput was", False),
        ("产量为\nOutput was 4,820 units.", False),
        ("产量提升。\nGPT-4 的接口已开放。", False),
        ("Output rose.\nIt fell.", False),
    ],
)
def test_a_sentence_in_the_other_script_stands_on_its_own_line(source: str, *, own: bool) -> None:
    (paragraph,) = report_data.load_text(f"# T\n\n正文。\n\n- {source}\n").every(Paragraph)[1:]
    assert ("\n" in plain(paragraph.content)) is own


def test_a_row_that_is_set_in_stays_so() -> None:
    rows = "| 营业收入 | 1 |\n"
    rows += "| \u3000\u3000其中：**云** | \u30002 |\n| \u3000费用 | 3 |\n| \u3000 | 4 |\n"
    (table,) = report_data.load_text(f"| 项目 | 年 |\n|---|---|\n{rows}").every(Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["营业收入", "1"],
        ["\u3000\u3000其中：云", "2"],
        ["\u3000费用", "3"],
        ["", "4"],
    ]


def test_drawings_that_web_pages_make_are_code_and_named() -> None:
    report = report_data.load_text("# 题\n\n```mermaid\ngraph LR\n```\n\n```python\nx = 1\n```\n")
    (said,) = report.warnings
    assert (said.code, said.span and said.span.line) == ("W154", 3)
    assert "mermaid" in said.message
