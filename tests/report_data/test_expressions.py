"""Expressions that wait are compiled at their first use, and are then like any other."""

from __future__ import annotations

import re

import pytest

from report_data.expressions import when_used


def test_a_waiting_expression_does_what_a_compiled_one_does() -> None:
    source, text = r"(?P<YEAR>\d{4})年a", "2024年A，2025年a"
    waiting, compiled = when_used(source, re.IGNORECASE), re.compile(source, re.IGNORECASE)
    assert waiting.findall(text) == compiled.findall(text) == ["2024", "2025"]
    assert waiting.sub("", text) == compiled.sub("", text) == "，"
    found = waiting.match(text)
    assert found is not None
    assert found["YEAR"] == "2024"
    assert (waiting.pattern, waiting.flags) == (compiled.pattern, compiled.flags)


def test_nothing_is_compiled_before_its_first_use() -> None:
    broken = when_used("(")
    with pytest.raises(re.error):
        broken.match("")


def test_what_an_expression_does_not_have_is_named() -> None:
    with pytest.raises(AttributeError, match="matches"):
        _ = when_used("a").matches  # type: ignore[attr-defined]
