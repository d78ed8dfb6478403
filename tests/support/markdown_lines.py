"""Hypothesis strategies for lines of Markdown: words of every script, in looks of every mix."""

from __future__ import annotations

import os

from hypothesis import strategies as st

WILD = bool(os.environ.get("TRIPTYCH_REPORTS"))
"""All of Unicode's planes; else what reports are written in."""

_USUAL = st.sampled_from(
    "中美光电共封装产业链，。：；、“”（）—…的与0123456789%$ abcXYZ*_`[]<>|#\\~^&!"
    "éüñßøŁЖщΩλかなカナ한국🚀✓"
)
CHARACTERS = (
    st.one_of(
        _USUAL,
        st.characters(codec="utf-8"),
        st.characters(min_codepoint=0x10000, codec="utf-8"),
    )
    if WILD
    else _USUAL
)
_RARE = (
    *("👨‍👩‍👧", "🇨🇳", "👩🏽‍🚀", "\U0001f600\ufe0e", "1️⃣", "e\u0301", "a\u0301\u0323", "ก็์"),
    *("e\u0301\u0301\u0301", "Z\u0334\u035a\u035al\u0337\u035a", "o" + "\u0308\u0301" * 60),
    *("\u200b", "\u202e", "\u00a0", "\u3000", "\t", "\u2028", "\u00ad", "\x01", "\ufeff"),
    *("﷽", "שלום עולם", "مرحبا", "नमस्ते", "ไทย", "(مرحبا)", "שלום (a-1) 12.5% ב", "لا إله"),
    *("𒀀𓂀", "\U000e0061", "\U00020000" * 90, "𐤀𐤁𐤂", "ᚠᚢᚦ", "\u2800", "\u3164", "½²ﬁ"),
    *("مرحبا שלום abc 中文 " * 30, "words and 文字。" * 60),
)
_BLOCK = 128
_PLANES = tuple(start for start in range(0, 0x110000, _BLOCK) if not 0xD800 <= start < 0xE000)


@st.composite
def _of_one_script(draw: st.DrawFn) -> str:
    """Return a word of characters that stand together in Unicode."""
    start = draw(st.sampled_from(_PLANES))
    codes = draw(st.lists(st.integers(start, start + _BLOCK - 1), min_size=1, max_size=8))
    return "".join(map(chr, codes))


WORDS = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=12),
    st.sampled_from(
        (
            "光电共封装", "Broadcom", "800G", "1.6T", "$3.5", "=1+1", "#N/A", "3,000", "12.5%",
            "2025‑10‑20", "https://example.org/a?b=c&d", "[link](https://example.org)", "[x](#a)",
            "![alt](nothing.png)", "[^1]", "<br>", "<b>x</b>", "<script>", "&amp;", "\\*", "🚀",
            "𠮷", "a" * 300, "一" * 400, "_x0041_",
            *((*_RARE, "[^2]", "[^3]", "[](#t)", " ", "  ") if WILD else ()),
        )
    ),
    *((_of_one_script(), st.sampled_from(_RARE)) if WILD else ()),
)  # fmt: skip
_MARKS = st.sampled_from(
    (
        *("{}", "**{}**", "*{}*", "***{}***", "__{}__", "`{}`", "~~{}~~", "**{}：**", "{}\n"),
        *("[{}](#a)", "[**{}**](https://example.org/x)", "![{}](picture.png)", "^[{}]", "@t{}"),
        *("${}$", "<sub>{}</sub>", "<kbd>{}</kbd>", "<span>{}</span>", "{}  \n", "{}\\\n"),
    )
)


@st.composite
def _marked(draw: st.DrawFn) -> str:
    """Return a word in a look, or in several at once."""
    text = str(draw(WORDS))
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 4))) if WILD else 1):
        text = draw(_MARKS).replace("{}", text)
    return text


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Return a paragraph of a few words, or of many."""
    text = "".join(draw(st.lists(_marked(), min_size=1, max_size=8))).replace("\n\n", "\n")
    if WILD and draw(st.integers(0, 40)) == 0:
        text = " ".join([text] * draw(st.sampled_from((7, 60))))
    return text
