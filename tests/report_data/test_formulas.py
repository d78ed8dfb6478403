"""Formulas for formats that set none: what they say in a line, and what is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from report_data import load_text
from report_data.audience import for_format
from report_data.model import Mark, MathBlock, Paragraph, Run, Table, plain
from report_data.tex.line import line_of
from report_data.tex.tree import Unknown

if TYPE_CHECKING:
    from report_data.model import Report, RichText

LINES = {
    r"E = mc^2": "E = mc2",
    r"\frac{CF_t}{(1+r)^t}": "CFt/(1 + r)t",
    r"\frac{a+b}{c}": "(a + b)/c",
    r"\frac{-a}{b+c}": "−a/(b + c)",
    r"\frac{a}{b_1c}": "a/(b1c)",
    r"\frac{\sum x}{n}": "(∑ x)/n",
    r"\frac{\frac{a}{b}}{c}": "(a/b)/c",
    r"\frac{(a)(b)}{2}": "(a)(b)/2",
    r"\sqrt{x^2+y^2}": "√(x2 + y2)",
    r"\frac{\text{利润}}{\text{收入}}": "利润/收入",
    r"\operatorname*{argmin}_x f": "argminx f",
    r"p < 5%": "p < 5%",
    r"15\%": "15%",
}


@pytest.mark.parametrize("tex", LINES)
def test_a_formula_in_a_line(tex: str) -> None:
    said = "".join(part.text for part in line_of(tex))
    assert said.replace("\u00a0", " ") == LINES[tex]


@pytest.mark.parametrize(
    "tex", [r"\begin{matrix}a\\b\end{matrix}", r"\binom{n}{k}", r"\sqrt[3]{x}"]
)
def test_what_no_line_can_say(tex: str) -> None:
    with pytest.raises(Unknown):
        line_of(tex)


def deck_runs(text: str) -> list[tuple[str, Mark]]:
    """Return the runs of a deck's first paragraph."""
    shown = for_format(load_text(text), "pptx")
    (paragraph,) = [node for node in shown.walk() if isinstance(node, Paragraph)]
    return [(item.text, item.marks) for item in paragraph.content if isinstance(item, Run)]


def test_runs_of_a_deck() -> None:
    assert deck_runs("设 **$x_i^2 \\le a$** 与 $\\mathbf{v}$。") == [
        ("设 ", Mark.NONE),
        ("x", Mark.BOLD | Mark.ITALIC),
        ("i", Mark.BOLD | Mark.ITALIC | Mark.SUBSCRIPT),
        ("2", Mark.BOLD | Mark.SUPERSCRIPT),
        ("\u00a0≤ ", Mark.BOLD),
        ("a", Mark.BOLD | Mark.ITALIC),
        (" 与 ", Mark.NONE),
        ("v", Mark.BOLD),
        ("。", Mark.NONE),
    ]


def test_a_power_of_a_figure_is_never_read_as_figures() -> None:
    assert deck_runs("$10^{-12}$ 与 $2^n$") == [
        ("10⁻¹²", Mark.NONE),
        (" 与 ", Mark.NONE),
        ("2ⁿ", Mark.NONE),
    ]
    assert deck_runs("$10^{x}$") == [("10^{x}", Mark.MATH)]


def test_scripts_of_scripts_are_small_characters_or_stay() -> None:
    assert deck_runs("$e^{-x^2}$") == [
        ("e", Mark.ITALIC),
        ("−", Mark.SUPERSCRIPT),
        ("x", Mark.ITALIC | Mark.SUPERSCRIPT),
        ("²", Mark.SUPERSCRIPT),
    ]
    assert deck_runs("$e^{x_k}$ 与 $\\hat{x}$") == [
        ("e^{x_k}", Mark.MATH),
        (" 与 ", Mark.NONE),
        ("\\hat{x}", Mark.MATH),
    ]


SOURCE = """\
# 题

## 节 $a_1$

$$
x = \\frac{1}{2}
$$

$$
\\begin{matrix} a \\\\ b \\end{matrix}
$$

| 名 $n$ | 值 |
|---|---|
| a | $10^3$ |
| b | 2 |

: 表 $t_0$

- 项 $y^2$[^1]

> 引 $z_2$

[^1]: 注 $w_3$
"""


def test_all_places_are_reached_and_ids_stay() -> None:
    report = load_text(SOURCE)
    shown = for_format(report, "pptx")
    said = [plain(content).replace("\u00a0", " ") for content in contents(shown)]
    assert said == [
        "节 a1",
        "x = 1/2",
        "名 n",
        "值",
        "a",
        "10³",
        "b",
        "2",
        "表 t0",
        "项 y2",
        "引 z2",
        "注 w3",
    ]
    assert [node.id for node in shown.walk()] == [node.id for node in report.walk()]
    assert [node.text for node in shown.walk() if isinstance(node, MathBlock)] == [
        "\\begin{matrix} a \\\\ b \\end{matrix}"
    ]


@pytest.mark.parametrize("name", ["pdf", "xlsx"])
def test_formats_that_go_on_with_the_source(name: str) -> None:
    report = load_text(SOURCE)
    assert for_format(report, name) == report


def test_a_report_without_formulas_stays_the_same() -> None:
    report = load_text("# 题\n\n价 $5，另有 `code`。\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert for_format(report, "pptx") is report


def contents(report: Report) -> list[RichText]:
    """Return every rich text of a report, in reading order."""
    found: list[RichText] = []
    for node in (*report.walk(), *[n for note in report.notes for n in note.blocks]):
        if isinstance(node, Table):
            found += [column.header.content for column in node.columns]
            found += [cell.content for row in node.rows for cell in row]
        for name in ("title", "content", "caption", "term", "label"):
            value = getattr(node, name, None)
            if isinstance(value, tuple) and value and value not in found:
                found.append(value)
    return found
