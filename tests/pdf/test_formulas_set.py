"""Formulas as they are set on pages: what is drawn, what it says, and what cannot be set."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pdf import MadePdf, items_of
from raw_text import disagreements

from exporters.pdf.plan import Look, Path, Rule, Text
from exporters.reading import Layer
from report_data.tex.tree import Fraction, Scripts, Unknown, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as File

    from exporters.layout.text import Fragment

KNOWN = [
    r"LCOS = \frac{CAPEX + \sum_{t} \frac{OPEX_t + C_t}{(1+r)^t}}{\sum_{t} \frac{E_t}{(1+r)^t}}",
    r"\hat{S}(t) = \prod_{t_i \le t} \left(1 - \frac{d_i}{n_i}\right)",
    r"f(x) = \begin{cases} x^2 & x \ge 0 \\ -x & \text{否则} \end{cases}",
    r"\begin{aligned} a &= b + 1 \\ &= \sqrt[3]{\frac{x+12}{y^2}} \end{aligned}",
    r"A = \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}, \quad \int_0^\infty e^{-x^2}\,dx",
    r"\text{利润率} = \frac{\text{利润}}{\text{收入}} \times 100\%",
    r"\nabla \cdot \vec{E} = \frac{\rho}{\varepsilon_0} \tag{1}",
    r"\bar{x} = \frac{1}{n}\sum_{i=1}^{n} x_i",
]
COMMANDS = [
    *(
        r"X^{\top}X",
        r"\binom{n}{k}",
        r"\dbinom{n}{2}",
        r"a \overset{!}{=} b",
        r"\underset{x}{\max} f",
    ),
    *(r"\stackrel{d}{\to} N", r"a \not= b", r"a \not\in B", r"A \setminus B", r"\textit{x} + y"),
    *(r"a \bullet b", r"\therefore x", r"\textcolor{red}{x} + 1", r"{\color{blue} y}", r"\Re z"),
    *(r"a \equiv b \pmod{n}", r"a \bmod n", r"A \xrightarrow{k} B", r"A \rightleftharpoons B"),
    *(r"\sum_{\substack{i<n\\j<m}} x", r"\bigcup_{i} A_i", r"\operatorname*{argmin}_x f"),
    *(
        r"\mathop{\rm argmax}_x f",
        r"\mathring{A}",
        r"x \coloneqq y",
        r"a \lesssim b",
        r"\boxed{x=1}",
    ),
    *(r"a \uparrow b", r"\mathscr{L}(x)", r"\iiint f", r"a \preceq b", r"\bigoplus_i V_i"),
]
INLINE = [r"\lambda_i \le 0.25", r"10^{-3}", r"\hat{H}_i", r"\sqrt{a+1}", r"\frac{a+1}{b}", "k = 5"]


def fragments(made: MadePdf) -> Iterator[tuple[Look, Fragment]]:
    for page in made.plan.pages:
        for _, _, item in items_of(page):
            if isinstance(item, Text):
                for part in item.fragments:
                    assert isinstance(part.tag, Look)
                    yield part.tag, part


def drawn(made: MadePdf, tex: str) -> str:
    return "".join(part.text for look, part in fragments(made) if look.says == tex)


@pytest.mark.parametrize("tex", KNOWN)
def test_a_displayed_formula_is_set_and_says_its_source(tex: str, tmp_path: File) -> None:
    made = MadePdf(f"# 题\n\n字：\n\n$$\n{tex}\n$$\n\n字。\n")
    assert drawn(made, tex)
    assert "\\" not in drawn(made, tex)
    assert re.findall(r"\d", drawn(made, tex)) == re.findall(r"\d", tex)
    path = tmp_path / "x.pdf"
    reading = made.read(path)
    assert any("".join(one.text.split()) == "".join(tex.split()) for one in reading.found)
    if program := shutil.which("pdftotext"):
        assert [*disagreements(program, path, reading, made.report)] == []


@pytest.mark.parametrize("tex", INLINE)
def test_a_formula_in_a_line_is_set_and_says_its_source(tex: str, tmp_path: File) -> None:
    made = MadePdf(f"# 题\n\n字 ${tex}$ 字。\n\n| 甲 | 乙 |\n|---|---|\n| ${tex}$ | 二 |\n")
    assert drawn(made, tex)
    assert re.findall(r"\d", drawn(made, tex)) == 2 * re.findall(r"\d", tex)
    path = tmp_path / "x.pdf"
    reading = made.read(path)
    said = "".join(one.text for one in reading.found if one.layer is Layer.BODY)
    assert "".join(said.split()).count("".join(tex.split())) == 2
    if program := shutil.which("pdftotext"):
        assert [*disagreements(program, path, reading, made.report)] == []


def test_letters_are_italic_figures_and_words_are_not() -> None:
    tex = r"k_1 = 5 \text{ Gbps}"
    made = MadePdf(f"字 ${tex}$ 字。\n")
    told = {
        part.text.strip("\u2060\u00a0 "): part.face.italic
        for look, part in fragments(made)
        if look.says
    }
    assert told["k"]
    assert not told["1"]
    assert not any(italic for text, italic in told.items() if "Gbps" in text)


def test_a_formula_over_two_lines_says_its_source_once(tmp_path: File) -> None:
    tex = " + ".join(f"a_{{{n}}} = {n}" for n in range(30))
    made = MadePdf(f"字 ${tex}$ 字。\n")
    said = "".join(one.text for one in made.read(tmp_path / "x.pdf").found)
    assert "".join(said.split()).count("".join(tex.split())) == 1
    assert "a_{29}=29" in "".join(said.split())


@pytest.mark.parametrize(
    "tex", [r"\unknown{x}", r"\frac{1", r"x^{", r"\left( x", "{" * 40 + "}" * 40]
)
def test_what_is_not_known_is_shown_as_it_is_written(tex: str, tmp_path: File) -> None:
    with pytest.raises(Unknown):
        parse(tex)
    made = MadePdf(f"字 ${tex}$ 字。\n\n$$\n{tex}\n$$\n")
    assert drawn(made, tex) == ""
    code = "".join(
        part.text for look, part in fragments(made) if part.face.name.startswith("TriptychMono")
    )
    assert code.count(tex.replace(" ", "")[:8]) >= 1 or tex[:6] in code
    made.read(tmp_path / "x.pdf")


def test_an_index_that_markdown_had_to_escape_is_one() -> None:
    assert parse(r"\hat{H}\_i") == parse(r"\hat{H}_i")


def test_a_comma_in_braces_is_of_a_number() -> None:
    assert all(getattr(one, "kind", "") == "figure" for one in parse("3{,}200{,}000"))


def test_a_power_of_two_figures_has_one() -> None:
    (scripts, three) = parse("x^23")
    assert isinstance(scripts, Scripts)
    assert scripts.scripts[0][1] == parse("2")
    assert (three,) == parse("3")


def test_fractions_and_roots_have_their_lines() -> None:
    assert isinstance(parse(r"\frac ab")[0], Fraction)
    made = MadePdf("字\n\n$$\n\\sqrt{\\frac{a}{b}}\n$$\n")
    items = [item for page in made.plan.pages for _, _, item in items_of(page)]
    assert any(isinstance(item, Path) for item in items)
    assert any(isinstance(item, Rule) and item.color == "1B1F24" for item in items)


@given(st.text(st.sampled_from("\\{}^_&ab1+= []()fracsqrtleftrightbeginendcases"), max_size=40))
def test_whatever_is_written_is_known_or_not(tex: str) -> None:
    try:
        parse(tex)
    except Unknown:
        return


def test_formulas_stand_in_headings_notes_and_beside_right_to_left_text(tmp_path: File) -> None:
    made = MadePdf(
        "# 题 $x_1$\n\n字[^1]，שלום $y^2$。\n\n- 项 $\\alpha \\ge 1$\n\n[^1]: 注 $z_3$。\n\n"
        "| $a_1$ | 乙 |\n|---|---|\n| שלום $b_2$ | $c_3$ |\n"
    )
    said = "".join(one.text for one in made.read(tmp_path / "x.pdf").found)
    for tex in ("x_1", "y^2", "\\alpha", "z_3", "a_1", "b_2", "c_3"):
        assert tex in said


@pytest.mark.parametrize("tex", COMMANDS)
def test_commands_that_reports_use_are_set(tex: str) -> None:
    made = MadePdf(f"# 题\n\n$$\n{tex}\n$$\n\n字。\n")
    shown = drawn(made, tex)
    assert shown
    assert "\\" not in shown
    assert not [one for one in made.context.diagnostics.items if one.code == "W301"]


@pytest.mark.parametrize(
    "tex", [r"\not{ab}", r"\overset{a}{b+c}", r"\substack a", r"\overset{a}{}"]
)
def test_what_no_sign_stands_for_is_shown_as_it_is_written(tex: str) -> None:
    with pytest.raises(Unknown):
        parse(tex)


def test_a_formula_that_is_too_wide_is_set_in_lines(tmp_path: File) -> None:
    tex = "Y = " + " + ".join(rf"\beta_{{{n}}} \frac{{X_{{{n}}}}}{{{n}}}" for n in range(1, 30))
    made = MadePdf(f"字：\n\n$$\n{tex}\n$$\n\n字。\n")
    assert drawn(made, tex)
    right = made.plan.pages[-1].size.width - made.context.theme.page.margins.right
    for x, _, item in items_of(made.plan.pages[-1]):
        if isinstance(item, Text):
            assert all(x + item.x + part.x + part.width <= right + 1 for part in item.fragments)
    said = "".join(one.text for one in made.read(tmp_path / "x.pdf").found)
    assert "".join(tex.split()) in "".join(said.split())


def test_a_formula_that_is_taller_than_a_page_is_shown_as_it_is_written(tmp_path: File) -> None:
    tex = r" \\ ".join(f"a_{{{n}}} = {n}" for n in range(80))
    made = MadePdf(f"字：\n\n$$\n{tex}\n$$\n")
    assert drawn(made, tex) == ""
    made.read(tmp_path / "x.pdf")
