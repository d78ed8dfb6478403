"""Formulas as they are read out."""

from __future__ import annotations

import pytest

from exporters.furniture import furniture_for
from exporters.pdf.formula import spoken

EN = furniture_for("en")


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"P = E \cdot B", "P = E · B"),
        (r"\frac{a+1}{b}", "a + 1 over b"),
        (r"x^2", "x to the power 2"),
        (r"w_{\rm close}", "w sub close"),
        (r"\sqrt{\alpha} \leq 3.5", "root of α ≤ 3.5"),
        (r"\log n \unknown{y}", "log n y"),
        (r"{{{", "{{{"),  # a formula without any text is at fault (ISO 14289-1, 7.7)
        (r"\frac{1", "1 over"),
        (r"\hat{H}\_i", "H hat sub i"),
        (r"\begin{array}{ll} a & b \\ c ~ d \end{array}", "a b ; c d"),
    ],
)
def test_spoken(tex: str, expected: str) -> None:
    assert spoken(tex, EN).strip() == expected


def test_in_chinese() -> None:
    assert spoken("x_1", furniture_for("zh-Hans")) == "x 下标 1"


@pytest.mark.parametrize("opening", ["\\frac{a}{", "{", "_", "x^", "\\sqrt ", "\\hat{"])
def test_however_deep(opening: str) -> None:
    """What is nested deeper than anyone follows is read sign by sign."""
    said = spoken(opening * 3000 + "y" + "}" * 3000, EN)
    assert "y" in said.split()
    assert said.split().count("a") in {0, 3000}
