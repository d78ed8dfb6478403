"""Texts with no markup but bold words are read without the parser, and as it reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from report_data import load_text
from report_data.markdown import inlines
from report_data.model import Mark, Paragraph, Run

if TYPE_CHECKING:
    from report_data.model import RichText

PIECES = ["**", "**", *"*_ 中文aé1½-!)。：“”（—\u3000\u0301あ"]


def read(text: str) -> RichText:
    """Return what a paragraph says; something stands before it, so that it is no title."""
    paragraph = load_text(f"# 一\n\n前\n\n{text}\n").every(Paragraph)[-1]
    return paragraph.content


@given(st.lists(st.sampled_from(PIECES), min_size=3, max_size=14).map("".join))
@example("**甲**：乙")
@example("**甲：** 乙")
@example("**甲：**乙")
@example("甲 **“乙”** 丙")
@example("a**b**c**d**e")
@example("**a****b**")
@example("** a**")
@example("**a** ")
def test_the_short_way_reads_what_the_parser_reads(text: str) -> None:
    source = f"x{text}x" if not text.strip() or text.lstrip()[0] in "-*_" else text
    shortly = read(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inlines, "_with_bold", lambda _: None)
        assert read(source) == shortly


def test_it_reads_what_most_reports_hold() -> None:
    assert inlines._with_bold("**标准：** 美国占优，“制定”在先") == (  # noqa: SLF001  the short way itself
        Run("标准：", Mark.BOLD),
        Run(" 美国占优，“制定”在先"),
    )
    assert inlines._with_bold("**标准：**美国") is None  # noqa: SLF001  the short way itself
    assert inlines._with_bold("[**标准**](#a)") is None  # noqa: SLF001  the short way itself


@pytest.mark.parametrize("text", ["　　段落。", "　　**结论**：如此。", "　　**结论：**如此 `x`　"])
def test_a_paragraph_loses_the_blanks_it_was_indented_by(text: str) -> None:
    first, *_, last = read(text)[0], *read(text)
    assert isinstance(first, Run)
    assert isinstance(last, Run)
    assert first.text[0] in "段结"
    assert not last.text[-1].isspace()
