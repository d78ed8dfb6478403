"""Small reports that random ones led to: each gives three files that say what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters import Settings, export
from report_data import load_text

if TYPE_CHECKING:
    from pathlib import Path

MIXED = "مرحباשלוםabc中文"
GIANT = "很长的单元格 with words " * 200
SUM = "x + \\alpha = y + " * 9 + "1"
REPORTS = {
    "an empty footnote": "正文^[] b^[c]\n",
    "a title of two lines": "# a<br>b\n\nx\n\n## c<br>d\n\ny\n",
    "a picture that is missing, without a text": "正文。\n\n![](missing.svg)\n",
    "a table in speaker notes": "a\n\n::: notes\n|a|*b*|\n|-|-|\n|0| |\n\n: c\n:::\n",
    "astral characters in right-to-left text": "שלום \U0005f894 𠮷 עולם",
    "a lowered letter in a repeated title": "$\n# <sub>T</sub>pan\n    )\n>项|||\n>-|-|-\n",
    "a table in a footnote": "a[^1] b[^2]\n\n[^1]: x\n\n    |a|b|\n    |-|-|\n    |c|d|\n\n[^2]: y",
    "a table deep in a box": "- ::: callout x\n\n  > 1. |a|b|\n  >    |-|-|\n  >    |c|d|",
    "marks without a glyph in code": "    ्त नमस्ते ก็์\n    ्ेם",
    "a tag character in right-to-left code": "    - @tمرحبا^[\U000e0061]00",
    "labels of two scripts": "::: {.chart type=bar}\n|x|2025年|Q1 季|\n|-|-|-|\n|类·M|1|2|\n:::",
    "a chart in a list": "- a\n\n  ::: {.chart type=bar}\n  |x|y|\n  |-|-|\n  |a|1|\n  :::\n\n- b",
    "nothing but a footnote": "[^1]: a | b\n",
    "the same words spoken and shown": "::: notes\na b\n:::\n\nx\n\na b\n",
    "a fraction in right-to-left text": "שלום 🚀 ¼",
    "a table in speaker notes in a quote": "x\n\n> ::: notes\n> > |a|b|\n> > |-|-|\n> :::\n",
    "empty columns beside a giant cell": f"|a| | |b|\n|-|-|-|-|\n|{GIANT}| | |{GIANT}|",
    "a table alone in a footnote": "x[^1] y\n\nz\n\n[^1]: | a | b |\n    | - | - |",
    "a look's selector in right-to-left code": "```\nمرحبا\\ @t[x]\U0001f600\ufe0e\n```",
    "speaker notes in a quote": "x\n\n> ::: notes\n> a\n> :::\n",
    "speaker notes and words in a quote": "x\n\n> b\n>\n> ::: notes\n> a\n> :::\n>\n> c\n",
    "speaker notes in a list": "- x\n- b\n\n  ::: notes\n  a\n  :::\n\n  c\n- d\n",
    "speaker notes in a box": ":::: callout x\n::: notes\na\n:::\n\ny\n\n> ::: notes\n> z\n::::\n",
    "two addresses in a summary": "<details>\n<summary>https://a.org/b https://a.org/c</summary>\n"
    "\nx\n\n</details>\n",
    "two addresses under a picture": 'x\n\n![](a.png "https://a.org/b https://a.org/c")\n',
    "code over markers deeper than lists go": f"{'> ' * 22}7) a\n{'> ' * 22}    1. `b\n"
    f"{'> ' * 22}- c` z\n",
    "a note in a header that is shown again beside later columns": "x\n\n"
    f"|^[n]|||^[m]||\n|-|-|-|-|-|\n|甲|{'a' * 120}|乙|[{'a' * 120}|丙|\n",
    "a footnote on an earlier page than its last mention": "x\n\n|a|b|\n|-|-|\n|c|d^[n [^1]]|\n\n"
    + "y\n\n" * 80
    + "w[^1] v\n\n[^1]: foot\n",
    "a registered mark in right-to-left text": "xمرحبا®\n",
    "a cell of a hint alone": "|a|\U000e0061|b|\n|-|-|-|\n|c|d|e|\n",
    "a full line in the contents": "x\n\n# y {.appendix}\n\n# ![%s](a.png)^[b] {.appendix}\n\n# z"
    % ("\U00020000" * 90),
    "an empty period of a timeline": "x\n\n::: timeline\n- \n- a\n:::\n",
    "a wide table in a quote": f"x\n\n> |{'字|' * 40}\n> |{'-|' * 40}\n> |{'a：（|' * 40}\n",
    "a table too wide for its footnote": f"x[^1] y\n\n[^1]: |{'a|' * 300}\n    |{'-|' * 300}\n"
    f"    |{'b|' * 300}\n",
    "small columns beside giant words": f"x\n\n> |{'**：**（字|' * 9}b|\n> |{'-|' * 10}\n"
    f"> |{'a' * 300}|{'b' * 300}|\n",
    "a footnote that begins with a letter of another look": "x[^1]\n\n[^1]: [b](https://a.org) a"
    "\n\n> a\n",
    "a number beside right-to-left text": "x\n\n|مرحبا|[^1]|800G|\n|-|-|-|\n|שלום|800G - 1|[^1]|\n",
    "a mark that is newer than what readers know": "\u08f5\u00b8\n",
    "many footnotes in a cell that is shown again": f"x\n\n|{'a|' * 8}\n|{'-|' * 8}\n"
    f"|b{'^[n]' * 11}c{('|' + 'd' * 120) * 7}|\n",
    "two heads beside each other, one turned about": "---\ntitle: 标题\n---\n\nx\n\n# "
    "म منش https://a.org/b `=1+1` %s\n\ny\n" % ("a😀" * 40),
    "a cell of a hint beside a giant one": "x\n\n|a|b|c|\n|-|-|-|\n"
    f"||**\U000e0061**|{GIANT * 2}|\n",
    "marks that stand on their like": "# Z\u0334\u035a\u035a\u0301\u0301\u0301a `\u0308\u0308`"
    "\n\nم\u064e\u064e e\u20dd\u20dd\n\n    a" + "\u0301" * 9 + "\u0323" * 30,
    "a mark of direction alone": "x\n\n- \u200f\n  - |\u200f|y|\n    |-|-|\n    |z|\u200f|\n",
    "a mark on its like in a chart": "::: {.chart type=bar}\n|x|1/2|A\u030a\u030a|\n|-|-|-|\n"
    "|\U00012000A\u030a\u030a\u030a|1|2|\n:::\n",
    "labels of several faces beside right-to-left text": "# 0\n\n# \ufdfd\n\n"
    "::: {.chart type=line}\n|x|甲|乙|\n|-|-|-|\n|类1\U000165a0|1|3,000|\n|类0|2.5|1|\n:::\n",
    "marks that stand alone in right-to-left code": "x\n\n```\n\u309b\u0710 \u309b\n```\n",
    "marks on their like after right-to-left text": f"x מ {GIANT * 5} Z\u035a\u035a e\u0301\u0301",
    "marks on their like in a row with newer marks": "x\n\n|a|b|\n|-|-|\n"
    "|\u08f5|A\u030a\u030a\u08f5|\n|A\u030a\u030a\u08f5|A\u030a\u030a\u08f5|\n",
    "text after a list deep in lists": "x\n\n- - - - - - a\n\n          b\n\n        c\n\n- d\n",
    "text after a list in a quotation deep in lists": "x\n\n- - - - - > - a\n          >\n"
    "          > b\n\n          c\n",
    "a chart deep in boxes and quotations": "x\n\n"
    + "::: callout\n" * 3
    + "> > > ::: {.chart type=bar}\n> > > |x|y|\n> > > |-|-|\n> > > |a|1|\n> > > :::\n"
    + ":::\n" * 3,
    "a footnote before a label": "x\n\n::: callout\n^[a]**[b](https://a.org)：**c^[d]\n:::\n",
    "a long footnote": f"a[^1]\n\n[^1]: {'word 中文<br>' * 12_000}\n\n    {'b ' * 900}\n",
    "blank braille": "# \u2800\n\nx\u2800y\n\n- \u2800\n",
    "vertical forms": "|\ufe10|x\ufe11\ufe19|\n|-|-|\n",
    "marks for annotations and objects": "x\ufff9y\ufffaz\ufffb \ufffc\n\n\ufffc\n",
    "a small sign beside right-to-left text": "مرحبا\n\n\ufe65\n",
    "marks around a letter on their like": "a\u20df\u20df\u20e4\u20e4\n\n\u0488\u0488\n",
    "ligatures of Arabic in code": "`لا` x\n\n`%s`\n\n    لا إله لا\n" % ("سلا" * 90),
    "a link over two lines beside another": "http://m[a  \n*](http://e)b\n",
    "a column that begins on a later page than the next": ":::: columns\n::: column\n"
    f"# d{'文字words' * 200}\n:::\n::: column\nx\n:::\n::::\n",
    "signs that are mirrored": "⨫ مرحبا ⋹⊷⊇⊷⋯⊰⋇⋛\n\n|∈ם|x⊂ (م⟦|\n|-|-|\n",
    "blank braille beside right-to-left text": "|800G \u2800مرحبا|\ufffcש\ufff9|\n|-|-|\n",
    "a series of a long name": f"::: {{.chart type=bar}}\n|x|{'a b' * 99}|\n|-|-|\n|y|1|\n:::\n",
    "definitions deep in others": "".join(f"{'    ' * n}t\n{'    ' * n}:   " for n in range(40)),
    "a chain of footnotes": "a[^1]\n"
    + "".join(f"\n[^{n}]: n{n} [^{n + 1}]\n" for n in range(1, 90)),
    "a mark under a sign of its number": "\u05c1\U0007a9e3\n\n\u05c1\U0007a9a3\U0007a9e3\n",
    "many signs and pictures in a long title": ">\n# ^[]^[]![]()^[]![*]()^[]ent\n\n"
    + "填\n\n" * 30
    + "## ^[a]^[b]^[c]^[d]![e](f.png)^[g]^[h]^[i]^[j]שלום %s\n\nx\n" % ("words and 文字。" * 40),
    "signs that are struck beside right-to-left text": "שלום (a-1) 12.5% ב__⋃⊩⊚⋀⋷⋝⊍⊀__\n",
    "many marks in right-to-left code": "    8\\µ`[o%s](#a)שלום (a-1)\n" % ("\u0308\u0301" * 60),
    "a title in looks and a colon in the contents": "。\n\n# <subb *****[^*@t_耷 ：**__**甲：t"
    "<kbd\n\nx\n\n# b\n",
    "two footnotes that say the same again and again": f"^[{MIXED * 11}]^[{MIXED * 10}مر文]\n\n祆",
    "long names in charts": "".join(
        f"::: {{.chart type={kind}}}\n|x|{'甲<br>' * 99}|{'word ' * 99}|\n|-|-|-|\n"
        f"|{'字' * 99}|1|2|\n:::\n\n"
        for kind in ("bar", "line", "pie", "number", "stacked", "area", "scatter")
    ),
    "a chart and a picture in speaker notes": "x\n\n::: notes\n![a](picture.png 'b c')\n\n"
    "> ::: {.chart type=bar}\n> |x|y|\n> |-|-|\n> |a|1|\n> :::\n:::\n",
    "speaker notes in a footnote": "x[^1]\n\n[^1]: ::: notes\n    a\n    :::\n\n    b\n",
    "speaker notes alone in a footnote": "x[^1]\n\n[^1]: > ::: notes y\n    > - a\n    > :::\n",
    "a reference in a narrow cell": f"|a|{'b|' * 30}\n|-|{'-|' * 30}\n|见 @t|{'c|' * 30}\n"
    "\n: d {#t}\n",
    "a caption that names its own table": "|a|b|\n|-|-|\n\n: @t {#t}\n",
    "cards in a column at a page's end": "。\n\n" * 20
    + ":::: columns\n::: column\n::::: cards\n**a\n-\n-\nd\n:::::\n:::\n::: column\n:::\n::::\n",
    "a mark close before a sign of its number": "# ❟\u05b0 ❟\u05b0 ❟\u05b0\n\nx\n",
    "a slide without a word": "x\n\n# {layout=cover}\n\n## {layout=section}\n",
    "numbers in circles beside right-to-left text": "׆❶ ׆❶ ➊❿⓫ם①⒈\n",
    "a ligature of a long s": "# \ufb05\n\nx\ufb05\u017f\n",
    "a summary of two paragraphs": "<details><summary>\n\n*a\n\nb*\n\n</summary>c</details>\n",
    "the end of a title over pages of the contents": "正文。\n\n"
    + "0 0 0 0\n===\n\n" * 3
    + f"# {'0$â«1Ê¾æ$@tü ®@t²=pÑl8¹ÊYÛh ' * 65}\n\n文\n",
    "a section named in a repeated header": "# 甲\n\n文\n\n## 节 {#t}\n\n|a|见@t丙|\n|-|-|\n"
    + f"| {'很长的单元格 with words ' * 200} | b |\n" * 4,
    "quotation marks beside right-to-left text": "ש”\n\n“ם\n\nا‘\n\n’م\n\nשלום “q”, “שלום” ‘ש’\n",
    "signs that are taken for others beside right-to-left text": "".join(
        f"ש{sign}\n\n" for sign in "℞℟℣℧∄∉∌␀␆␎␢⺠⻩΄΅"
    ),
    "a header alone that is too wide for a slide": f"|{'ab|' * 14}\n|{'-|' * 14}\n",
    "a section's title in a paragraph over pages": f"# 甲\n\n## {'很长的标题' * 40} {{#t}}\n\n"
    + "一行字\n\n" * 29
    + "见 @t。" * 20,
    "a cell on a slide that begins with a long reference": "# 甲\n\n"
    f"## {'很长的标题' * 30} {{#t}}\n\n|a|{'a|' * 5}\n|-|{'-|' * 5}\n"
    f"|@t words|{'很长的单元格 with words ' * 200}|见 @t|@t甲乙|b|c|\n",
    "a box named in a first cell beside later columns over pages": ":::columns\n:::column\n"
    "||||饧餓<|||__ก็์_ñ(#a)|~~\n-|-|-|-|-|-|-|-\npa*[](#a)***rds\n:::\n:::column{#a",
    "a reference to a title of two lines": "字\n\n# g/a<br>长[ {#t}\n\n[](#t)^[] @t x@t@t\n\n"
    "|见 @t|[](#t)|\n|-|-|\n|a[](#t)|@t|\n",
    "lines of a title that is referred to": "字\n# t<br>长{#sec}\n[](#sec)^[]",
    "a link in looks before one without words": "||||(http://l[*x**](https://example.org/x)"
    "|[](https://example.org/x)||\n-|-|-|- | - | -",
    "a lowered letter in a title before another": '。\n# [<sub>btp\n👨\n\n${s=""}\n-\n### {.n}',
    "a keycap in a series' name": "正文。\n\n::: {.chart type=bar}\n| 项 | 甲0 | 乙0⃣ |\n"
    "|---|--:|--:|\n| 类0 | 1 | 1 |\n:::",
    "a long link before a short one to the same address": "0"
    f"[**{'words 中文 ' * 90}**](https://a.org/b) [0](https://a.org/b) 0[c](https://a.org/b)\n",
    "words before an empty callout": "x\n\n::: callout\n-\n:::\n",
    "a title over columns that are none": "::: {.columns} b\n\nc\n:::\n",
    "a long title that begins with the kind": "---\nkind: 报告\n---\n# 报告" + "的题目很长" * 80,
    "a key around no digit in code": "    源\u20e3ఞ\n\n`x\u20e3`",
    "a mark of the number of the letter that it stands on": "    a\u20dd\n",
    "more appendices than letters": "# a {.appendix}\n\n## b\n\n" * 27
    + "# c {.appendix}\n\n" * 676,
    "a paragraph that begins with its heading, which notes say": "|a|\n|-|\n\n: b {#t}\n\n"
    '# 甲乙 {slide-title="丙"}\n\n甲 乙[](#t)丁\n',
    "a cell without width beside one that is cut": "正文。\n| 0 0 0 0 0 0 0 ||  ||  ||  ||\n"
    f"- {'| - ' * 7}|\n|  | 0 0 0 0 0 0 0\n||\n|  ||  ||  || {'很长的单元格 with words ' * 60} "
    f"| {'000 ' * 7}| <kbd>\u2028</kbd> ",
    "a hint beside right-to-left code": "    \u034fם（\n",
    "places among Hebrew letters where no character is": "\ufb37 a\ufb3db 中\ufb3f，`\ufb42`\ufb45",
    "words after a caption without a table": "<table><caption>a</caption>b<p>c",
    "several captions of a table": "<table><caption>a</caption><caption>b</caption><tr><td>c"
    "<caption>d</caption></table>",
    "a running head whose two sides stand close by": "# 题\n\n作者：王\n\n正文。\n\n段。\n===\n\n"
    + "**0：**[**[link](https://example.org)**](https://example.org/x) " * 2
    + "\n===\n\n---\n\n"
    + "文。\n\n" * 60,
    "a hyphen after a repeated one beside right-to-left text": f"|מ|{'words and more|' * 20}\n"
    f"|{'-|' * 21}\n|a-|{'-|' * 20}\n",
    "formulas over lines in right-to-left text": f"שלום ${SUM}$ ו ${SUM}$ ם\n\n|ם|ש|\n|-|-|\n"
    f"|${SUM}$ ם|x ${SUM}$|\n",
    "formulas over lines in repeated cells": f"|a ${SUM}$ b|{'words and more|' * 20}\n"
    f"|{'-|' * 21}\n|${SUM}$ and ${SUM}$|{'-|' * 20}\n|{'$x+1$ ' * 30}|{'-|' * 20}\n",
    "formulas over lines in repeated cells beside right-to-left text": f"|שלום ${SUM}$|"
    f"{'words and more|' * 20}\n|{'-|' * 21}\n|${SUM}$ ם ${SUM}$|{'-|' * 20}\n",
    "formulas of thousands of signs": f"x ${SUM * 99}$ y\n\nמ ${SUM * 99}$ ם\n",
    "a table of the deck alone in a repeated header": "::: {.only to=pptx}\n|a|\n|-|\n|b|\n\n"
    f": c {{#t}}\n:::\n\n正文。\n\n|words**@t//more*](z|c|\n|-|-|\n|{'文字 words ' * 900}|d|\n",
}


@pytest.mark.parametrize("source", REPORTS.values(), ids=REPORTS.keys())
def test_three_files(source: str, tmp_path: Path) -> None:
    result = export(load_text(source), Settings(output=tmp_path), in_processes=False)
    assert [document.format for document in result.documents] == ["pptx", "pdf", "xlsx"]
    assert all(document.proved == document.blocks > 0 for document in result.documents)
