"""Every example of CommonMark 0.31.2: no crash, and the visible text that markdown-it shows."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import report_data
from report_data.diagnostics import ReportErrors
from report_data.markdown.visible import compare
from report_data.model import Box, CodeBlock, Definition, Figure, Heading, Paragraph, Section, plain

SPEC = Path(__file__).parents[2] / "build" / "commonmark" / "spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
COUNT = 652

UNKNOWN_TAG = "a name in angle brackets that is no HTML element is text here, not a hidden tag"
EXCEPTIONS = {
    **dict.fromkeys((150, 163, 201, 491, 524, 536, 613, 614, 615, 617, 623), UNKNOWN_TAG),
    173: "a style element that never ends hides nothing: the text after it stays",
    180: "Python's HTML parser ends a processing instruction at the first >, we at ?>",
    484: "a link without text shows its address: else nobody would see it",
}


class _Text(HTMLParser):
    """Collects what a browser shows of an HTML text."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style", "textarea")
        if tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style", "textarea")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def _rendered(source: str) -> str:
    parser = _Text()
    parser.feed(MarkdownIt("commonmark").render(source))
    parser.close()
    return "".join("".join(parser.parts).split())


def _read(source: str) -> str:
    try:
        report = report_data.load_text(source)
    except ReportErrors as refused:
        if "E103" in {item.code for item in refused.diagnostics}:
            return ""  # an example of nothing at all
        raise
    assert compare(report) == []
    parts = [report.meta.title, report.meta.subtitle]
    for node in report.walk():
        match node:
            case Section(title=text) | Paragraph(content=text) | Heading(content=text):
                parts.append(plain(text))
            case Definition(term=text) | Box(label=text):
                parts.append(plain(text))
            case CodeBlock(text=code) | Figure(alt=code):
                parts.append(code)
            case report_data.model.Table():
                parts.extend(column.header.text for column in node.columns)
                parts.extend(cell.text for row in node.rows for cell in row)
            case _:
                pass
    return "".join("".join(parts).split())


@pytest.fixture(scope="module")
def examples() -> list[str]:
    if not SPEC.exists():
        pytest.skip("the specification is not here: python tools/commonmark_spec.py fetches it")
    text = SPEC.read_text(encoding="utf-8").replace("→", "\t")
    return [example[0] for example in EXAMPLE.findall(text)]


def test_the_specification_is_whole(examples: list[str]) -> None:
    assert len(examples) == COUNT


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_the_visible_text_is_markdown_its(examples: list[str], number: int) -> None:
    source = examples[number - 1]
    same = _read(source) == _rendered(source)
    assert same is (number not in EXCEPTIONS), EXCEPTIONS.get(number, source)


# GFM's own examples are not in a package: the same points as cases of our own.
GFM = {
    "| a | b |\n| - | - |\n| c | d |": "abcd",
    "| a | :-: | b\n:-: | - | -\nc | d | e": "a:-:bcde",
    "| f\\|oo |\n| --- |\n| b `\\|` az |\n| b **\\|** im |": "f|oob|azb|im",
    "| a |\n| - |\n| b |\n> q": "abq",
    "| a |\n| - |\n| b |\nlazy\n\nend": "ablazyend",
    "| a | b |\n| --- |\n| c |": "|a|b||---||c|",
    "| a | b |\n| - | - |\n| c |\n| d | e | f |": "abcdef",
    # One tilde is a range in Chinese text (10~20), never a line through it.
    "~~Hi~~ 10~20 30~40": "Hi10~2030~40",
    "- [ ] a\n- [x] b\n  - [X] c\n- [y] d": "abc[y]d",
    "www.commonmark.org/help. https://x.org/a_(b)_c) a.b-c@d.e": (
        "www.commonmark.org/help.https://x.org/a_(b)_c)a.b-c@d.e"
    ),
}


@pytest.mark.parametrize("source", GFM)
def test_what_github_adds(source: str) -> None:
    assert _read(source) == GFM[source]
