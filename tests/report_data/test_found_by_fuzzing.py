"""Sources that `tools/fuzz_reader.py` found: each is refused with a code, or says what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from report_data import load_text
from report_data.diagnostics import ReportErrors
from report_data.markdown.html_pieces import PieceKind, html_pieces
from report_data.markdown.visible import compare
from report_data.model import CodeBlock, Report, Table, plain

if TYPE_CHECKING:
    from pathlib import Path

SAYS = {
    "a task in an HTML table": "<table><td >\n\n- [x] u\n</table",
    "a ticked task in one": "<table><td>\n\n- [X] u\n\n</table>",
    "a footnote named as one written here was": "[^1]^[]\n[^1]:<[^^1]",
    "a name that begins like a hidden one": "<script-></script>",
    "a declaration inside a tag": "<table><td <!<>>",
    "an end tag without its end": "<!----><script></script\n",
    "a joiner before a rule": "\u200d***",
    "a joiner before a list": "a\n\n# \n\u200d+",
    "a picture in HTML": 'a <img src="x" alt="b\nc"> d\n\n<p><img alt="e &amp; f">',
    "a term without a definition": "<dl><dt>a</dl>\n\n<dt>b",
    "a quote in a term": "<dl><dt><blockquote>a</blockquote><pre>b</pre><dd>c</dl>",
    "code and emphasis over the blocks of a term": "<dl><dt>a\n\n`b\n\n    x\n\nc` *d\n\ne*<dd>f",
    "a table that begins a footnote": "a[^1]\n\n[^1]: b | c\n    -|-\n    d | e",
    "a table that begins an item in a quote": "> 1. | b | c |\n>    |-|-|\n>    | d | e |",
    "a table that begins a definition": "a\n: b | c\n  -|-\n  d | e",
    "an entity in a label of the cover": "&lt;author:,",
    "a backslash at the end of a first line": "</details>:\\\n::",
    "a picture in preformatted text": "<pre>a<img src=x alt='b  c'>d</pre>",
    "a footnote that is a reference alone": "1\n# @x\n[^n]: @x",
    "a dollar of the cover above one of the body": "a\n$\nx\n---\n\n$$\nb\n",
    "a caption that HTML parts from its table": "<ul>\n\n: p\n*|||\n-|-|-\n<details </ul",
    "a caption that asks for a data file": "a|\n-\n: {.e src=x}",
    "details in a term": "<dl><dt>a<details><summary>s</summary>b</details>\n\nc</dl>",
    "a footnote in a term": "x[^1]\n<dl><dt>\n\n> [^1]: c\n\n<dd>d</dl>",
    "a footnote in a cell": "x[^1]\n\n<table><td>\n\n> [^1]: c\n>\n> d\n\n</table>",
    "the title of a box in a cell": "<table><td>\n\n::: callout b\nc\n:::\n</table>",
    "a picture with attributes in a term": "![a](b){h=5}\n: c",
    "a picture with attributes in a cell": "<table><td>\n\n![a](b){h=5}\n\n</table>",
    "a caption in a box in a cell": "<table><td>\n\n:::n\n<table><caption>b<td>\n:::\n<td></table>",
    "a late caption in a term": "<dl><dt><table><td>a<caption>b<td>c</table><dd>d</dl>",
    "code over cells of a table in a cell": "<table><td>\n\n|a|b|\n|-|-|\n|`c|d`|\n\n</table>",
    "code over cells of a table in a term": "<dl><dt>\n\n|a|b|\n|-|-|\n|`c|d`|\n\n<dd>g</dl>",
    "an alert in a cell": "<table><td>\n\n> [!NOTE]\n> b\n\n</table>",
    "a paragraph above a table": "<table><td>\n\n: b\n\nc|d\n-|-\n\n</table>",
    "a task above a link of its letter": "- [x] a\n- [x]: d",
    "a task in a cell above a link of its letter": "<table><td>\n\n- [x] a\n- [x]: d\n\n</table>",
    "a backslash at the end of a line deeper than quotes go": f"{'>' * 40} \\\n{'>' * 41} a",
    "an alert after an empty quotation": ">>\n>[!NOTE]",
    "an alert that begins no quotation": "a\n\n[!NOTE]\nb\n\n> c\n>\n> [!TIP]\n> d",
    "a task that is as deep as lists go": f"{'>' * 22}- [x] - a",
    "a heading deeper than lists go": f"{'>' * 24}# 1. a",
    "a caption in a footnote deeper than lists go": f"b[^1]\n\n[^1]:{'- ' * 12}: \n- -",
    "code over first lines": "作者：`a\n日期：2025-01-01`\n\n# t",
    "emphasis over first lines": "- 作者：a **b\n  日期：2025-01-01** c\n",
    "a link over first lines": "作者：[a\n日期：2025-01-01](http://x.org)\n",
    "a note over first lines": "作者：a ^[x\n日期：2025-01-01]\n",
    "a tag over first lines": "作者：a <b title='\n日期：2025-01-01'>x</b>\n",
    "signs that are marks in a value alone": "作者：**日*",
    "signs that are marks in a line alone": "作者：*r**",
    "signs of two kinds around a label": "**作者：__^",
    "signs that are marks in a fact alone": "**a**：*r**\n作者：a",
    "thousands of marks of emphasis in HTML": "<ul><li>" + "a * b_c [d] " * 1_500,
    "hidden elements": "a <svg>b</svg> c <svg> d\n\n<div><style>e</style>f<script>g</div>",
}


@pytest.mark.parametrize("source", SAYS.values(), ids=SAYS.keys())
def test_the_report_says_what_the_source_says(source: str) -> None:
    assert compare(load_text(source)) == []


def test_the_tick_of_a_task_is_compared() -> None:
    report = load_text("- [ ] a\n- [x] b")
    swapped = Report(meta=report.meta, children=report.children, source="- [x] a\n- [ ] b")
    assert [item.code for item in compare(swapped)] != []


def test_preformatted_text_keeps_breaks_and_the_text_of_pictures() -> None:
    report = load_text("<pre>a<br>b <img src=x.png alt=c>\n<b>d</b></pre>")
    (code,) = report.children
    assert isinstance(code, CodeBlock)
    assert code.text == "a\nb c\nd"
    assert [item.code for item in report.warnings] == ["W151"]


@pytest.mark.parametrize("name", ["loop.csv", "a" * 5000, "x\\0y.csv", "."])
def test_names_of_no_data_file_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    with pytest.raises(ReportErrors) as refused:
        load_text(f"# A\n\n::: {{.table src={name}}}\n:::\n", folder=tmp_path)
    assert [item.code for item in refused.value.diagnostics] == ["E190"]


@pytest.mark.parametrize(
    "text", ["<!-- a -->", "#", "> ", "[a]: https://x.org", "<script>x</script>"]
)
def test_what_shows_nothing_is_refused(text: str) -> None:
    with pytest.raises(ReportErrors) as refused:
        load_text(text)
    assert "E103" in [item.code for item in refused.value.diagnostics]


def test_a_task_in_a_cell_keeps_its_mark() -> None:
    report = load_text("<table><tr><td>\n\n- [x] done\n- [ ] open\n\n</td></tr></table>")
    (table,) = report.children
    assert isinstance(table, Table)
    assert plain(table.columns[0].header.content) == "[x] done\n[ ] open"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a<b>c</b>", ["text", "tag", "text", "tag"]),
        ("<!-- <b> --><p", ["aside", "text", "text"]),
        ("<script>1<b>2</script >3", ["hidden", "text"]),
        ("<script>1", ["tag", "text"]),
        ("<script>1</script", ["tag", "text", "text", "text"]),
        ("<a <b>", ["text", "text", "tag"]),
        ("<?x", ["aside"]),
    ],
)
def test_pieces_of_html(text: str, kinds: list[str]) -> None:
    pieces = list(html_pieces(text))
    assert "".join(piece.raw for piece in pieces) == text
    assert [piece.kind for piece in pieces] == [PieceKind(kind) for kind in kinds]


def test_cells_that_spans_make_are_bounded() -> None:
    rows = "<tr><td rowspan=90 colspan=90>x" * 90
    with pytest.raises(ReportErrors) as refused:
        load_text(f"<table>{rows}</table>")
    assert [item.code for item in refused.value.diagnostics] == ["E205"]
    assert load_text("<table><tr><td colspan=90 rowspan=90>x<tr><td>y</table>").children
