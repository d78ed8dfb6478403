"""Hostile sources, one trap a case: what the reader does with each, and how long it takes."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

import report_data
from report_data.diagnostics import ReportErrors
from report_data.markdown.visible import compare
from report_data.model import CodeBlock, Figure, Paragraph, Run, Section, Table, plain

if TYPE_CHECKING:
    from pathlib import Path

    from report_data.model import Report

SECONDS = 10 if sys.gettrace() is None else 40
"""For any one of the bombs, on a slow and busy machine; on a quiet one each takes under two."""


def _texts(report: Report) -> list[str]:
    return [plain(node.content) for node in report.walk() if isinstance(node, Paragraph)]


def _codes(report: Report) -> list[str]:
    return [item.code for item in report.warnings]


N = 20_000
BOMBS = {
    "strong in strong": "*a **a " * N + "b** b*" * N,
    "emphasis never closed": "*a **a " * N,
    "emphasis never opened": "a_ " * N,
    "mixed emphasis": "*a_ " * N,
    "brackets never opened": "a]" * N,
    "brackets never closed": "[a" * N,
    "nested brackets": "[" * N + "a" + "]" * N,
    "brackets and parentheses": "[ (](" * N,
    "pictures in pictures": "![[]()" * N,
    "pictures deep": "![" * 2000 + "a" + "](x)" * 2000,
    "links deep": "[" * 2000 + "a" + "](x)" * 2000,
    "notes deep": "^[" * 2000 + "a" + "]" * 2000,
    "backticks": "".join("e" + "`" * x for x in range(1, 400)),
    "links never closed": "[a](<b" * N,
    "comments never closed": "</" + "<!--" * N,
    "instructions never closed": "<?" * N,
    "declarations never closed": "<!A " * N,
    "dollars": "$a " * N,
    "entities": "&#x;" * N,
    "addresses never closed": "<http://a" * N,
    "bare addresses": "http://" * N,
    "mail": "a.b@" * N,
    "backslashes": "\\" * N,
    "tags": "<b>a</i>" * N,
    "tags never closed": "<a " * N,
    "a block of less-than signs": "<div>\n" + "<" * N,
    "hidden elements never closed": "<div>\n" + "<svg>" * N,
    "hidden elements in a line never closed": "a " + "<svg>" * N,
    "tables in tables": "<table><tr><td>" * 3000,
    "HTML lists in lists": "<ul><li>" * 3000 + "x",
    "quotes deep": "> " * N + "a",
    "quotes and lists deep": ">- " * 3000 + "x",
    "lists deep": "".join("  " * x + "* a\n" for x in range(500)),
    "boxes deep": "::: a\n" * 3000 + "x",
    "definitions": "[a]: b\n" * N,
    "definition lists": "a\n: b\n" * 3000,
    "notes in notes": "[^a]: " * 2000 + "x",
    "a line of blanks": "a" + " " * 100_000 + "b",
    "a line of numbers signs": "#" * 100_000 + " a",
    "headings": "# a\n" * 5000,
    "setext": "a\n" * N + "===",
    "braces": "# a " + "{" * N,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_read_whole_in_bounded_time(name: str) -> None:
    began = time.process_time()
    report = report_data.load_text(f"# T\n\n{BOMBS[name]}")
    assert time.process_time() - began < SECONDS
    assert compare(report) == []


@pytest.mark.parametrize("text", ["::: x", "a\n\n::: x", "> ::: x", "- ::: x", "::: a\n::: b"])
def test_a_box_that_opens_on_the_last_line_ends(text: str) -> None:
    report = report_data.load_text(text)
    assert "W160" in _codes(report)
    assert compare(report) == []


def test_deep_nesting_is_flattened_and_its_text_kept() -> None:
    report = report_data.load_text(
        "> " * 3000
        + "quoted\n\n"
        + "".join("  " * depth + f"- item{depth}\n" for depth in range(500))
    )
    said = "".join(_texts(report))
    assert "quoted" in said
    assert all(f"item{depth}" in said for depth in range(500))
    assert set(_codes(report)) == {"W180"}
    # Equality, printing and walking stay within Python's own limits.
    assert report == report_data.load_text(report.source)
    assert "quoted" in repr(report)
    assert sys.getrecursionlimit() >= 1000


def test_too_much_markup_is_shown_as_written() -> None:
    report = report_data.load_text("*a **a " * 2000)
    assert _codes(report) == ["W181"]
    assert _texts(report) == [("*a **a " * 2000).strip()]


def test_a_few_bytes_do_not_ask_for_millions_of_cells() -> None:
    with pytest.raises(ReportErrors) as refused:
        report_data.load_text("|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\n" + "|\n" * 3000)
    assert [item.code for item in refused.value.diagnostics if item.code[0] == "E"] == ["E205"]


def test_a_large_table_keeps_every_cell() -> None:
    rows = "\n".join("|" + "|".join(f"{r}.{c}" for c in range(60)) + "|" for r in range(300))
    report = report_data.load_text("|" + "h|" * 60 + "\n|" + "-|" * 60 + f"\n{rows}\n")
    (table,) = (node for node in report.walk() if isinstance(node, Table))
    assert (len(table.columns), len(table.rows)) == (60, 300)
    assert table.rows[299][59].text == "299.59"


def test_control_characters_are_left_out_and_said() -> None:
    report = report_data.load_text(
        "# Ctl \0\x07\x0b end\n\nform\x0cfeed \x1b[31mred\x1b[0m \ufffe\uffff end\n\n"
        "| a\x0bb |\n|---|\n| \x02x `_x0041_` |\n\n```\n\x08\n```"
    )
    said = repr(report.children) + report.meta.title
    assert all(character.isprintable() or character == "\n" for character in said)
    assert report.meta.title == "Ctl end"
    assert _texts(report) == ["form feed [31mred[0m end"]
    places = [(item.code, item.span and item.span.line) for item in report.warnings]
    assert places == [("W110", 1), ("W110", 3), ("W110", 7), ("W110", 10)]
    assert "_x0041_" in said


@pytest.mark.parametrize("data", [b"abc \xff def", b"\xed\xa0\x80", b"\xc0\xaf", b"a\n\xb1\xb1"])
def test_bytes_that_are_not_utf_8_are_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "r.md"
    path.write_bytes("中".encode() + data)
    with pytest.raises(ReportErrors) as refused:
        report_data.load(path)
    (said,) = refused.value.diagnostics
    bad = next(i for i, byte in enumerate(data) if byte >= 0x80) + 3  # 中 takes three bytes
    assert said.code == "E105"
    assert f"byte {bad} " in said.message
    assert said.span is not None
    assert said.span.line == data[: bad - 3].count(b"\n") + 1


def test_characters_that_turn_the_direction_are_left_out() -> None:
    report = report_data.load_text(
        "# Total \u202e654\u202c\n\n[ab\u2066c\u2069](https://x.org)\n\nשלום \u200fעולם \u202eab"
    )
    assert report.meta.title == "Total 654"
    assert _texts(report) == ["abc", "שלום \u200fעולם ab"]
    assert [(item.code, item.span and item.span.line) for item in report.warnings] == [
        ("W111", 1),
        ("W111", 3),
        ("W111", 5),
    ]


def test_invisible_characters_make_no_twins() -> None:
    report = report_data.load_text(
        "\ufeff# 一、同名\n\na\u200bb\u200c\u200d\u2060\u00ad\ufeffc\n\n"
        "# 一、同\u200b名\n\n👩\u200d💻 क\u094d\u200dष"
    )
    assert [section.id for section in report.sections] == ["一-同名", "一-同名-2"]
    assert _texts(report) == ["abc", "👩\u200d💻 क\u094d\u200dष"]
    assert _codes(report) == ["N112"]


def test_raw_html_never_acts() -> None:
    report = report_data.load_text(
        "a <script>alert(1)</script><iframe src='http://x'></iframe> b\n\n"
        "<style>@import 'http://x'</style>\n\n<!-- secret -->\n\n"
        "<link rel=attachment href='file:///etc/passwd'> c <img src=file:///etc/passwd alt=pic>\n\n"
        "<object data=x>hidden</object> d"
    )
    said = "".join(_texts(report))
    assert "alert" not in said
    assert "secret" not in said
    assert "hidden" not in said
    assert not [node for node in report.walk() if isinstance(node, Figure) and node.path]
    assert set(_codes(report)) == {"W131", "N133", "W150"} or "W151" in _codes(report)


def test_text_that_is_code_elsewhere_is_text_here() -> None:
    text = r"{{7*7}} #eval(read(“/etc/passwd”)) \input{x} {% x %} =cmd|' /C calc'!A0"
    report = report_data.load_text(text.replace("\\", "\\\\"))
    assert _texts(report) == [text]
    fenced = report_data.load_text("```{=openxml}\n<w:p/>\n```\n\n```mermaid\ngraph TD\n```")
    codes = [node.text for node in fenced.walk() if isinstance(node, CodeBlock)]
    assert codes == ["<w:p/>", "graph TD"]


def test_notes_that_mention_each_other_end() -> None:
    report = report_data.load_text("x[^a] [^missing]\n\n[^a]: [^b]\n\n[^b]: [^a]\n\n[^a]: twice\n")
    assert [note.number for note in report.notes] == [1, 2, 3]
    assert sorted(_codes(report)) == ["W140", "W141"]
    assert "[^missing]" in _texts(report)[0]


def test_money_is_no_mathematics() -> None:
    text = "$5 and $10, US$3.5–US$4, $1,000 (or 2$ each), $20M vs $30M; 价格$5、$6"
    report = report_data.load_text(text)
    (paragraph,) = report.walk()
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (Run(text),)


def test_headings_of_every_sort_have_ids_of_their_own() -> None:
    names = [
        "History",
        "历史",
        "a/b\\c?*[d]:e",
        "'引号'",
        "CON",
        "x" * 300,
        "SHEET",
        "sheet",
        "",
        "🙂",
    ]
    report = report_data.load_text("\n\n".join(f"# {name}" for name in ["一、", *names]))
    ids = [section.id for section in report.walk() if isinstance(section, Section)]
    assert len(set(ids)) == len(names) + 1


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("01-link-schemes", {"W120", "W121"}),
        ("03-image-ssrf", {"W150"}),
        ("05-png-bomb", {"W150"}),
        ("07-deep-nesting", {"W180"}),
        ("09-huge-table", set()),
        ("11-control-chars", {"E105"}),
        ("13-zero-width", {"N112", "W113"}),
        ("19-yaml-tags", {"E171", "E172", "W174", "W175"}),
        ("25-names", set()),
        ("27-reference-loops", {"W140", "W141", "W142", "W181"}),
    ],
)
def test_the_given_files(corpus: Path, name: str, codes: set[str]) -> None:
    try:
        said = report_data.load(corpus / "hostile" / f"{name}.md").warnings
    except ReportErrors as refused:
        said = refused.diagnostics
    assert {item.code for item in said} == codes
