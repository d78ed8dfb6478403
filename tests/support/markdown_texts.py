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
_WORDS = st.one_of(
    st.text(_CHARACTERS, min_size=1, max_size=12),
    st.sampled_from(
        (
            "光电共封装", "Broadcom", "800G", "1.6T", "$3.5", "=1+1", "#N/A", "3,000", "12.5%",
            "2025‑10‑20", "https://example.org/a?b=c&d", "[link](https://example.org)", "[x](#a)",
            "![alt](nothing.png)", "[^1]", "<br>", "<b>x</b>", "<script>", "&amp;", "\\*", "🚀",
            "𠮷", "a" * 300, "一" * 400, "_x0041_",
            *(("👨‍👩‍👧", "e\u0301", "\u200b", "\u202e", "﷽") if WILD else ()),
        )
    ),
)  # fmt: skip
_MARKS = st.sampled_from(("{}", "**{}**", "*{}*", "`{}`", "~~{}~~", "**{}：**", "[{}](#a)", "{}\n"))


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
def _quote(draw: st.DrawFn) -> str:
    depth = draw(st.sampled_from((1, 1, 2, 20)))
    inner = draw(st.one_of(_line(), _list()))
    return "\n".join("> " * depth + line for line in inner.split("\n"))


_BLOCKS = st.one_of(
    _heading(),
    _line(),
    _line(),
    _list(),
    _table(),
    _fenced(),
    _code(),
    _quote(),
    st.sampled_from(("---", "$$\nE = mc^2\n$$", "<details><summary>x</summary>y</details>")),
    st.just("[^1]: 脚注的文字。"),
    st.text(_CHARACTERS, max_size=60),
)


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Return a Markdown file with at least a word in it."""
    head = draw(st.sampled_from(("", "", "---\ntitle: 标题\nauthor: 作者\n---\n\n")))
    blocks = draw(st.lists(_BLOCKS, min_size=1, max_size=14))
    return head + "\n\n".join(["正文。", *blocks])
