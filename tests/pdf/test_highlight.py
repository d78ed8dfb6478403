"""What code is coloured by."""

from __future__ import annotations

import pytest

from exporters.pdf.highlight import Role, roles


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("python", "def f(x): return 'a#b'  # 注", "kkk.......kkkkkk.sssss..ccc"),
        ("rust", "let x = 12; // y", "kkk.....nn..cccc"),
        ("sql", "SELECT a -- b", "kkkkkk...cccc"),
        ("bash", "echo $# 'x' # y", "........sss.ccc"),
        ("json", '{"a": true}', ".sss..kkkk."),
        ("unknown", "def 1", "....."),
        ("", "def 1", "....."),
    ],
)
def test_roles(language: str, text: str, expected: str) -> None:
    letters = {
        Role.PLAIN: ".",
        Role.COMMENT: "c",
        Role.STRING: "s",
        Role.NUMBER: "n",
        Role.KEYWORD: "k",
    }
    assert "".join(letters[Role(role)] for role in roles(text, language)) == expected
