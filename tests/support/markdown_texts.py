"""Hypothesis strategies for Markdown files as people and machines write them, and worse."""

from __future__ import annotations

import os

from hypothesis import strategies as st

WILD = bool(os.environ.get("TRIPTYCH_REPORTS"))
"""All of Unicode's planes; else what reports are written in."""

_USUAL = st.sampled_from(
    "中美光电共封装产业链，。：；、“”（）—…的与0123456789%$ abcXYZ*_`[]<>|#\\~^&!"
    "éüñßøŁЖщΩλかなカナ한국🚀✓"
)
_CHARACTERS = (
    st.one_of(
        _USUAL,
        st.characters(codec="utf-8"),
        st.characters(min_codepoint=0x10000, codec="utf-8"),
    )
    if WILD
    else _USUAL
)
_RARE = (
    *("👨‍👩‍👧", "🇨🇳", "👩🏽‍🚀", "\U0001f600\ufe0e", "e\u0301", "a\u0301\u0323", "ก็์"),
    *("e\u0301\u0301\u0301", "Z\u0334\u035a\u035al\u0337\u035a"),
    *("\u200b", "\u202e", "﷽", "שלום עולם", "مرحبا", "नमस्ते", "ไทย"),
    *("𒀀𓂀", "\U000e0061", "\U00020000" * 90),
)
_WORDS = st.one_of(
    st.text(_CHARACTERS, min_size=1, max_size=12),
    st.sampled_from(
        (
            "光电共封装", "Broadcom", "800G", "1.6T", "$3.5", "=1+1", "#N/A", "3,000", "12.5%",
            "2025‑10‑20", "https://example.org/a?b=c&d", "[link](https://example.org)", "[x](#a)",
            "![alt](nothing.png)", "[^1]", "<br>", "<b>x</b>", "<script>", "&amp;", "\\*", "🚀",
            "𠮷", "a" * 300, "一" * 400, "_x0041_",
            *(_RARE if WILD else ()),
        )
    ),
)  # fmt: skip
_MARKS = st.sampled_from(
    (
        *("{}", "**{}**", "*{}*", "***{}***", "__{}__", "`{}`", "~~{}~~", "**{}：**", "{}\n"),
        *("[{}](#a)", "[**{}**](https://example.org/x)", "![{}](picture.png)", "^[{}]", "@t{}"),
        *("${}$", "<sub>{}</sub>", "<kbd>{}</kbd>", "<span>{}</span>", "{}  \n", "{}\\\n"),
    )
)


@st.composite
def _line(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.tuples(_MARKS, _WORDS), min_size=1, max_size=8))
    return "".join(mark.format(word) for mark, word in words).replace("\n\n", "\n")


@st.composite
def _heading(draw: st.DrawFn) -> str:
    level = draw(st.integers(1, 6))
    attributes = draw(st.sampled_from(("", "", " {#a}", " {.appendix}", " {#b key=value}")))
    return f"{'#' * level} {draw(_line()).replace(chr(10), ' ')}{attributes}"


@st.composite
def _list(draw: st.DrawFn) -> str:
    lines = []
    depth = 0
    for line in draw(st.lists(_line(), min_size=1, max_size=8)):
        depth = max(0, min(depth + draw(st.integers(-2, 1)), 12))
        label = draw(st.sampled_from(("-", "*", "1.", "7)", "- [ ]", "- [x]")))
        lines.append(f"{'    ' * depth}{label} {line.replace(chr(10), ' ')}")
    return "\n".join(lines)


@st.composite
def _table(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 9 if WILD else 4))
    cell = st.one_of(st.just(""), _line().map(lambda text: text.replace("\n", " ")))
    giant = st.just("很长的单元格 with words " * 60)
    rows = draw(
        st.lists(
            st.lists(st.one_of(cell, cell, cell, giant), min_size=1, max_size=columns + 1),
            min_size=1,
            max_size=draw(st.sampled_from((3, 3, 30))),
        )
    )
    if draw(st.integers(0, 9)) == 0:  # nothing in it, or a cell of many kilobytes
        rows[0] = [""] * columns
        rows[-1] = [draw(_line()).replace("\n", " ") * draw(st.sampled_from((0, 40, 200)))]
    header = [draw(cell) for _ in range(columns)]
    lines = [header, ["---"] * columns, *rows]
    caption = draw(st.sampled_from(("", "", "\n\n: 表的标题 {#t}")))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + caption


@st.composite
def _fenced(draw: st.DrawFn) -> str:
    inner = draw(st.one_of(_line(), _list(), _table()))
    name = draw(
        st.sampled_from(
            ("notes", "callout", "timeline", "cards", "columns", "{.only to=pptx}", "unknown")
        )
    )
    return f"::: {name}\n{inner}\n:::"


@st.composite
def _code(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.text(_CHARACTERS, max_size=150), max_size=12))
    return "```python\n" + "\n".join(lines).replace("```", "") + "\n```"


@st.composite
def _chart(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(("bar", "column", "line", "pie", "stacked", "area")))
    # Most charts can be drawn: what cannot be is refused, and nothing is exported.
    numbers = st.sampled_from(("1", "2.5", "3,000", "0", "7", "1.5", "–", "42"))
    rows = draw(st.lists(st.tuples(_WORDS, numbers, numbers), min_size=1, max_size=6))
    lines = ["| 项 | 甲 | 乙 |", "|---|--:|--:|"]
    lines += [f"| 类{' '.join(name.split())} | {one} | {two} |" for name, one, two in rows]
    return f"::: {{.chart type={kind}}}\n" + "\n".join(lines) + "\n:::"


@st.composite
def _definitions(draw: st.DrawFn) -> str:
    terms = draw(st.lists(st.tuples(_line(), _line()), min_size=1, max_size=4))
    return "\n\n".join(f"{one.split(chr(10))[0]}\n: {two}" for one, two in terms)


@st.composite
def _html(draw: st.DrawFn) -> str:
    words = [draw(_line()) for _ in range(4)]
    form = draw(
        st.sampled_from(
            (
                "<table><tr><th colspan=2>{}</th></tr>\n<tr><td>{}</td><td>{}<br>{}</td></table>",
                "<details>\n<summary>{}</summary>\n\n{}\n\n- {}\n- {}\n\n</details>",
                "<ul><li>{}<li>{}<ol start=4><li>{}</ol></ul><p>{}</p>",
                "<div>{}</div><blockquote>{}</blockquote><pre>{}\n {}</pre>",
            )
        )
    )
    return str(form.format(*words))


@st.composite
def _note(draw: st.DrawFn) -> str:
    inner = draw(st.one_of(_line(), _list(), _table(), _code()))
    return f"[^{draw(st.integers(1, 3))}]: " + inner.replace("\n", "\n    ")


@st.composite
def _quote(draw: st.DrawFn) -> str:
    depth = draw(st.sampled_from((1, 1, 2, 20)))
    inner = draw(st.one_of(_line(), _list()))
    return "\n".join("> " * depth + line for line in inner.split("\n"))


_SIMPLE = st.one_of(
    _heading(),
    _line(),
    _line(),
    _list(),
    _table(),
    _fenced(),
    _code(),
    _quote(),
    st.sampled_from(
        (
            *("---", "$$\nE = mc^2\n$$", "<details><summary>x</summary>y</details>"),
            *("![图](picture.png){width=50%}", '![](missing.svg "说明")', "# \n\n#### 跳级"),
        )
    ),
    st.just("[^1]: 脚注的文字。"),
    st.text(_CHARACTERS, max_size=60),
    *((_chart(), _definitions(), _html(), _note()) if WILD else ()),
)


def _in_quote(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _in_item(text: str) -> str:
    return "- " + text.replace("\n", "\n  ")


def _in_number(text: str) -> str:
    return "1. [x] 前\n\n   " + text.replace("\n", "\n   ")


def _in_box(text: str) -> str:
    return f"::: callout\n{text}\n:::"


def _in_details(text: str) -> str:
    return f"<details><summary>题</summary>\n\n{text}\n\n</details>"


@st.composite
def _nested(draw: st.DrawFn) -> str:
    """Return a block, or two, deep in quotes, lists, boxes and details of every mix."""
    text = "\n\n".join(draw(st.lists(_SIMPLE, min_size=1, max_size=2)))
    around = st.sampled_from((_in_quote, _in_item, _in_number, _in_box, _in_details))
    for wrap in draw(st.lists(around, min_size=1, max_size=draw(st.sampled_from((2, 4, 14))))):
        text = wrap(text)
    return text


_BLOCKS = st.one_of(_SIMPLE, _SIMPLE, _SIMPLE, _nested())


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Return a Markdown file with at least a word in it."""
    head = draw(st.sampled_from(("", "", "---\ntitle: 标题\nauthor: 作者\n---\n\n")))
    blocks = draw(st.lists(_BLOCKS, min_size=1, max_size=14))
    return head + "\n\n".join(["正文。", *blocks])
