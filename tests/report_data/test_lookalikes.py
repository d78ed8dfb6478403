"""Words that look like others: only letters that are drawn alike, among Latin ones."""

from __future__ import annotations

import pytest

import report_data
from report_data.lookalikes import lookalike


@pytest.mark.parametrize(
    ("text", "letter", "script"),
    [
        ("\u0421PO", "\u0421", "Cyrillic"),
        ("the p\u0430ypal way", "\u0430", "Cyrillic"),
        ("第一节 \u0410lpha", "\u0410", "Cyrillic"),
        ("\u0391lpha", "\u0391", "Greek"),
        ("t\u03bf", "\u03bf", "Greek"),
    ],
)
def test_a_mixed_word_is_found(text: str, letter: str, script: str) -> None:
    found = lookalike(f"1. {text} (2025)")
    assert found is not None
    assert (found.letter, found.script) == (letter, script)


@pytest.mark.parametrize(
    "text",
    ["CPO 共封装", "α-Fe, μm, hν, ΔT, Ωm, λmax", "Россия и CPO", "Ελλάδα", "café naïve"],
)
def test_words_of_one_script_and_symbols_are_not(text: str) -> None:
    assert lookalike(text) is None


def test_it_is_said_with_its_line() -> None:
    report = report_data.load_text(
        "# a\n\nt\n\n# \u0421PO\n\n# CPO\n\np\u0430y in text is not asked\n"
    )
    (said,) = report.warnings
    assert (said.code, said.span and said.span.line) == ("W113", 5)
    assert "Cyrillic" in said.message
