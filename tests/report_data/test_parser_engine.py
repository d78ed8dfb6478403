"""The fast engine reads what markdown-it's own reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_data.markdown.parser import configured, parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PIECES = st.sampled_from(
    (
        *"*_~`[]()<>!#-+:$^@\\&|=\n\t .a1é",
        *("**", "***", "__", "~~", "```", ":::", "::: x\n", "---\n", "===\n", "| a | b |\n|-|-|\n"),
        *("\n\n", "    ", "  \n", "\\\n", "</", "<!--", "-->", "<b c='d'>", "<?x?>", "[^a]: b\n"),
        *("[^a]", "](/u 't')", "![", "[x]: /u\n", "{#x}", "$x$", "$$\n", "<x@y.z>", "<http://a>"),
        *("&amp;", "&#65;", "&#x110000;", "&nope;", "a_b_c", "1. ", "- ", "> ", "term\n: x\n"),
    )
)


def _tokens(md: MarkdownIt, text: str) -> list[Any]:
    env: dict[str, Any] = {}
    blocks: list[Token] = []
    md.block.parse(text, md, env, blocks)
    found = [_facts(token) for token in blocks]
    for token in blocks:
        if token.type == "inline":
            inlines: list[Token] = []
            md.inline.parse(token.content, md, env, inlines)
            found.extend(map(_facts, inlines))
    return [*found, env.get("references")]


def _facts(token: Token) -> tuple[Any, ...]:
    children = tuple(map(_facts, token.children or ()))
    place = (token.map, token.level, token.nesting, token.hidden)
    return (token.type, token.tag, token.content, token.attrs, token.meta, *place, children)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_it_finds_the_same(text: str) -> None:
    assert _tokens(parser(), text) == _tokens(configured(), text)


_LINES = st.sampled_from(
    (
        *("- 甲", "- b c", "-  two", "* **d**：e", "+ f", "1. 一", "2. two", "2) b", "10. ten"),
        *("- [ ] t", "- - n", "-", "- 1. x", "- > q", "- # h", "- `c`", "- a | b", "|-|-|", "---"),
        *("", "", "  ", "text", "  more", "    code", "\t- t", " - i", "  - n", "> - q", "> r"),
        *(
            "::: x",
            ":::",
            "## h",
            "[x]: /u",
            "[^a]: b",
            "<div>",
            "</div>",
            ": d",
            "~",
            "===",
            "```",
        ),
        *("```", "- （一）", "- **", "- “q” "),
    )
)


@given(st.lists(_LINES, max_size=12).map("\n".join))
def test_it_finds_the_same_lists(text: str) -> None:
    assert _tokens(parser(), text) == _tokens(configured(), text)


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**结论：**美国", ["结论："]),
        ("这是**“重点”**的", ["“重点”"]),
        ("a**あ、**b", ["あ、"]),
        ("**“강조”**는", ["“강조”"]),
        ("a ** b ** c", []),
        ("2**3**4", ["3"]),
        ("__init__中", []),
        ("（__重点__）", ["重点"]),
        ("订单__明细__表", []),
        ("snake__case__name", []),
    ],
)
def test_emphasis_beside_cjk_needs_no_space(text: str, bold: list[str]) -> None:
    tokens: list[Token] = []
    md = parser()
    md.inline.parse(text, md, {}, tokens)
    inside = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "strong_open"]
    assert inside == bold
