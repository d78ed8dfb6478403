r"""Formulas as LaTeX and language models write them: ``\(...\)``, ``\[...\]``, bare brackets."""

from __future__ import annotations

import pytest

from report_data import load_text
from report_data.markdown.visible import compare
from report_data.model import Mark, MathBlock, Paragraph, Run, plain


def inline(text: str) -> list[str]:
    """Return the formulas in a text's lines."""
    nodes = [node for node in load_text(f"# 题\n\n{text}\n").walk() if isinstance(node, Paragraph)]
    runs = [item for node in nodes for item in node.content if isinstance(item, Run)]
    return [run.text for run in runs if run.marks & Mark.MATH]


def blocks(text: str) -> list[str]:
    """Return the displayed formulas of a text."""
    return [one.text for one in load_text(f"# 题\n\n{text}\n").walk() if isinstance(one, MathBlock)]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"成本 \( C_b \) 与 \(n\) 年", ["C_b", "n"]),
        (r"若 \(x > 0\)、\(n+1\)、\(a, b\)、\(f(x)\)", ["x > 0", "n+1", "a, b", "f(x)"]),
        (r"**误码率 \(10^{-12}\)**", ["10^{-12}"]),
        (r"\(\alpha\)", [r"\alpha"]),
        (r"\(括号\) 与 \(see above\) 与 \(95\%\) 与 \(2026\)", []),
        (r"\(没有结尾 x^2", []),
        (r"`\(x^2\)`", []),
        (r"\\(x^2\\)", []),
    ],
)
def test_round_brackets(text: str, formulas: list[str]) -> None:
    assert inline(text) == formulas


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("\\[\nC = C_0 (1-r)^n\n\\]", ["C = C_0 (1-r)^n"]),
        (r"\[ E = mc^2 \]", ["E = mc^2"]),
        ("文字：\n\\[\na^2 \\\\[2pt]\n= b\n\\]\n后文。", ["a^2 \\\\[2pt]\n= b"]),
        ("- 项\n\n  \\[ x_1 \\]", ["x_1"]),
        ("[\n\\frac{a}{b} = \\sqrt[3]{x}\n]", ["\\frac{a}{b} = \\sqrt[3]{x}"]),
        (r"\[1\] 王某：光模块", []),
        (r"\[注\]", []),
        ("[\n普通\n]", []),
        ("[\na = b\n]", []),
        ("\\[\na^2\n\n\\]", []),
        ("\\[ x_1", []),
        ("    \\[ x_1 \\]", []),
    ],
)
def test_square_brackets(text: str, formulas: list[str]) -> None:
    assert blocks(text) == formulas


def test_what_is_no_formula_keeps_its_brackets() -> None:
    report = load_text("# 题\n\n见 \\[1\\]、\\(注\\)。\n\n[\n普通\n]\n")
    said = [plain(node.content) for node in report.walk() if isinstance(node, Paragraph)]
    assert said == ["见 [1]、(注)。", "[ 普通 ]"]


@pytest.mark.parametrize(
    "text", ["\\[ a\n" * 20_000, "[\n" * 40_000, "$$ a\n" * 20_000, "\\(" * 50_000]
)
def test_brackets_that_never_close_are_text(text: str) -> None:
    assert not blocks(text)
    assert not inline(text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>甲 (n = 1) 与 (x)</p>",
        "<ul><li>甲 (n = 1) 与 (x)</ul>",
        "<dl><dt>甲 (n = 1) 与 (x)<dd>a</dl>",
        "<table><tr><td>\n\n    甲 (n = 1) 与 (x)\n\n</table>",
    ],
)
def test_brackets_in_html_are_brackets(text: str) -> None:
    report = load_text(f"# 题\n\n{text}\n")
    assert compare(report) == []
    assert not any(
        item.marks & Mark.MATH
        for node in report.walk()
        for content in (getattr(node, "content", ()), getattr(node, "term", ()))
        for item in content
        if isinstance(item, Run)
    )
