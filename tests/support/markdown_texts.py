"""Hypothesis strategies for Markdown files as people and machines write them, and worse."""

from __future__ import annotations

from hypothesis import strategies as st
from markdown_lines import CHARACTERS, WILD, WORDS, lines

_LAYOUTS = (
    *("cover", "agenda", "section", "content", "comparison", "table", "takeaway", "chart"),
    *("number", "picture", "picture-text", "timeline", "cards", "quote", "callout", "code"),
    *("appendix-table", "sources", "closing"),
)
_ATTRIBUTES = st.one_of(
    st.sampled_from(("", "", "", " {#a}", " {.appendix}", " {#b key=value}")),
    *(
        (
            st.sampled_from((" {.newpage}", ' {slide-title="另一 مرحبا"}')),
            st.sampled_from(_LAYOUTS).map(lambda name: f" {{layout={name}}}"),
        )
        if WILD
        else ()
    ),
)

_LONGEST_REPEATED = 200
"""Characters of what stands hundreds of times in a report."""

_REPEATS = st.sampled_from((0, 40, 200))


def _in_one_line(text: str) -> str:
    return text.replace("\n", " ")


@st.composite
def _heading(draw: st.DrawFn) -> str:
    text, attributes = _in_one_line(draw(lines())), draw(_ATTRIBUTES)
    if WILD and draw(st.integers(0, 9)) == 0:
        return f"{text}{attributes}\n{draw(st.sampled_from('=-')) * 3}"
    return f"{'#' * draw(st.integers(1, 6))} {text}{attributes}"


@st.composite
def _list(draw: st.DrawFn) -> str:
    items = []
    depth = 0
    for text in draw(st.lists(lines(), min_size=1, max_size=8)):
        depth = max(0, min(depth + draw(st.integers(-2, 1)), 12))
        label = draw(st.sampled_from(("-", "*", "1.", "7)", "- [ ]", "- [x]")))
        items.append(f"{'    ' * depth}{label} {_in_one_line(text)}")
    return "\n".join(items)


@st.composite
def _long_list(draw: st.DrawFn) -> str:
    words = draw(st.lists(lines(), min_size=1, max_size=4))
    count = draw(st.sampled_from((30, 90, 400)))
    label = draw(st.sampled_from(("-", "1.", "- [x]", "- **标：**")))
    items = [_in_one_line(text)[:_LONGEST_REPEATED] for text in words]
    return "\n".join(f"{label} {items[at % len(items)]}" for at in range(count))


@st.composite
def _table(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 9 if WILD else 4))
    cell = st.one_of(st.just(""), lines().map(_in_one_line))
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
        rows[-1] = [_in_one_line(draw(lines()))[:_LONGEST_REPEATED] * draw(_REPEATS)]
    return _rows([draw(cell) for _ in range(columns)], rows) + draw(_CAPTIONS)


_CAPTIONS = st.sampled_from(("", "", "\n\n: 表的标题 {#t}"))


def _rows(header: list[str], rows: list[list[str]]) -> str:
    every = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in every)


@st.composite
def _repeated_table(draw: st.DrawFn) -> str:
    """Return a table of very many columns or rows, of a few different cells."""
    short = st.one_of(st.just(""), WORDS.map(_in_one_line), st.sampled_from(("12.5", "甲", "a b")))
    cells = [text[:_LONGEST_REPEATED] for text in draw(st.lists(short, min_size=1, max_size=7))]
    columns, count = draw(st.sampled_from(((15, 4), (60, 2), (3, 80), (2, 300), (1, 1))))
    every = [
        [cells[(row * 5 + column) % len(cells)] for column in range(columns)]
        for row in range(count + 1)
    ]
    return _rows(every[0], every[1:]) + draw(_CAPTIONS)


_BOXES = st.one_of(
    st.sampled_from(
        ("notes", "callout", "timeline", "cards", "columns", "{.only to=pptx}", "unknown")
    ),
    *(
        (
            st.sampled_from(("{.only to=pdf}", "{.only to=xlsx}", "callout 标题 **a**")),
            st.sampled_from(_LAYOUTS).map(lambda name: f"{{.callout layout={name}}}"),
        )
        if WILD
        else ()
    ),
)


@st.composite
def _fenced(draw: st.DrawFn) -> str:
    inner = draw(st.one_of(lines(), _list(), _table()))
    return f"::: {draw(_BOXES)}\n{inner}\n:::"


@st.composite
def _columns(draw: st.DrawFn) -> str:
    inner = st.one_of(lines(), _list(), _table(), _code(), _quote(), _heading())
    count = draw(st.integers(1, 4))
    columns = [f"::: column\n{draw(inner)}\n\n{draw(inner)}\n:::" for _ in range(count)]
    return ":::: columns\n" + "\n".join(columns) + "\n::::"


@st.composite
def _code(draw: st.DrawFn) -> str:
    texts = st.one_of(st.text(CHARACTERS, max_size=150), *((WORDS,) if WILD else ()))
    text = "\n".join(draw(st.lists(texts, max_size=12)))
    if WILD and draw(st.integers(0, 9)) == 0:
        text = (text + "\n") * 20
    return "```python\n" + text.replace("```", "") + "\n```"


@st.composite
def _formula(draw: st.DrawFn) -> str:
    text = draw(st.one_of(WORDS, st.text(CHARACTERS, min_size=1, max_size=200)))
    return f"$$\n{text.replace('$', '')}\n$$"


_KINDS = ("bar", "column", "line", "pie", "stacked", "area")
_MORE_KINDS = ("stacked-bar", "combined", "doughnut", "scatter", "number")


@st.composite
def _chart(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(_KINDS + _MORE_KINDS if WILD else _KINDS))
    # Most charts can be drawn: what cannot be is refused, and nothing is exported.
    numbers = st.sampled_from(("1", "2.5", "3,000", "0", "7", "1.5", "–", "42"))
    rows = draw(
        st.lists(
            st.tuples(WORDS, numbers, numbers),
            min_size=1,
            max_size=draw(st.sampled_from((6, 6, 40))),
        )
    )
    one, two = (" ".join(draw(WORDS).split()) for _ in range(2)) if WILD else ("", "")
    head = [f"| 项 | 甲{one} | 乙{two} |", "|---|--:|--:|"]
    body = [f"| 类{' '.join(name.split())} | {one} | {two} |" for name, one, two in rows]
    return f"::: {{.chart type={kind}}}\n" + "\n".join(head + body) + "\n:::"


@st.composite
def _definitions(draw: st.DrawFn) -> str:
    inner = st.one_of(lines(), lines(), _list(), _table(), _code(), _quote())
    terms = draw(st.lists(st.tuples(lines(), inner), min_size=1, max_size=4))
    return "\n\n".join(
        f"{term.split(chr(10))[0]}\n:   {said.replace(chr(10), chr(10) + '    ')}"
        for term, said in terms
    )


@st.composite
def _html(draw: st.DrawFn) -> str:
    words = [draw(lines()) for _ in range(4)]
    form = draw(
        st.sampled_from(
            (
                "<table><tr><th colspan=2>{}</th></tr>\n<tr><td>{}</td><td>{}<br>{}</td></table>",
                "<table><tr><td rowspan=3>{}<td>{}<tr><td><ul><li>{}<li>b</ul><tr><td>{}</table>",
                "<details>\n<summary>{}</summary>\n\n{}\n\n- {}\n- {}\n\n</details>",
                "<ul><li>{}<li>{}<ol start=4><li>{}</ol></ul><p>{}</p>",
                "<dl><dt>{}<dt>{}<dd>{}<dd>{}</dl>",
                "<div>{}</div><blockquote>{}</blockquote><pre>{}\n {}</pre>",
                "<h2>{}</h2><p align=center>{} <a href='https://x.org'>{} <i>{}</i></a></p>",
            )
        )
    )
    return str(form.format(*words))


@st.composite
def _note(draw: st.DrawFn) -> str:
    inner = draw(st.one_of(lines(), _list(), _table(), _code()))
    return f"[^{draw(st.integers(1, 3))}]: " + inner.replace("\n", "\n    ")


@st.composite
def _quote(draw: st.DrawFn) -> str:
    depth = draw(st.sampled_from((1, 1, 2, 20)))
    inner = draw(st.one_of(lines(), _list()))
    return "\n".join("> " * depth + line for line in inner.split("\n"))


@st.composite
def _filler(draw: st.DrawFn) -> str:
    """Return plain text that moves what follows it down a page."""
    return "\n\n".join(["填满一页的文字。"] * draw(st.integers(1, 60)))


_SIMPLE = st.one_of(
    _heading(),
    lines(),
    lines(),
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
    st.text(CHARACTERS, max_size=60),
    *((_chart(), _definitions(), _html(), _note(), _columns(), _formula()) if WILD else ()),
)


def _in_quote(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _in_item(text: str) -> str:
    return "- " + text.replace("\n", "\n  ")


def _in_number(text: str) -> str:
    return "1. [x] 前\n\n   " + text.replace("\n", "\n   ")


def _between(text: str) -> str:
    return "- 前\n- " + text.replace("\n", "\n  ") + "\n\n  后\n- 末"


def _in_term(text: str) -> str:
    return "词\n:   " + text.replace("\n", "\n    ")


def _in_box(text: str) -> str:
    return f"::: callout\n{text}\n:::"


def _in_details(text: str) -> str:
    return f"<details><summary>题</summary>\n\n{text}\n\n</details>"


@st.composite
def _nested(draw: st.DrawFn) -> str:
    """Return a block, or two, deep in quotes, lists, boxes and details of every mix."""
    text = "\n\n".join(draw(st.lists(_SIMPLE, min_size=1, max_size=2)))
    around = st.sampled_from(
        (_in_quote, _in_item, _in_number, _in_box, _in_details)
        + ((_between, _in_term) if WILD else ())
    )
    for wrap in draw(st.lists(around, min_size=1, max_size=draw(st.sampled_from((2, 4, 14))))):
        text = wrap(text)
    return text


_BLOCKS = st.one_of(
    *(_SIMPLE, _SIMPLE, _SIMPLE, _nested()),
    *((st.one_of(_filler(), _repeated_table(), _long_list()),) if WILD else ()),
)
_HEAD = """---
title: "a: مرحبا"
subtitle: b
lang: en
author: [x, y]
date: 2025-10-20
abstract: 摘要 words
kind: 样本
series: [甲, 乙]
short-title: 短
confidentiality: 内部
---

"""
_HEADS = (
    *("", "", "---\ntitle: 标题\nauthor: 作者\n---\n\n"),
    *((_HEAD, "---\nlang: ja\nkeywords: [a, b]\n---\n\n") if WILD else ()),
    *(("# 题\n\n作者：王\n日期：2025-10-20\n\n",) if WILD else ()),
)


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Return a Markdown file with at least a word in it."""
    head = draw(st.sampled_from(_HEADS))
    blocks = draw(st.lists(_BLOCKS, min_size=1, max_size=14))
    return str(head) + "\n\n".join(["正文。", *blocks])
