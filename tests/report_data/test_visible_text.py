"""The witness: the source's own visible text against the Report's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import report_data
from report_data.diagnostics import ReportErrors, Severity
from report_data.markdown.visible import compare
from report_data.markdown.witness import visible_text
from report_data.model import Paragraph, Run, Table

if TYPE_CHECKING:
    from pathlib import Path

    from report_data.model import Report


def test_the_bundled_report_says_what_its_source_says() -> None:
    assert compare(report_data.load()) == []


def test_text_and_lines() -> None:
    pieces = visible_text(
        "# A *b* {#x}\n\n| c | `d` |\n|---|---|\n| 1 | |\n\n- [x] e\n  f[^n]\n\n[^n]: g"
    )
    assert [(piece.text, piece.line) for piece in pieces] == [
        ("Ab", 1),
        ("c", 3),
        ("d", 3),
        ("1", 5),
        ("[x]e", 7),
        ("f", 8),
        ("g", 10),
    ]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('<img alt="One &amp; two" src="a.svg">\n\nThree', ["One&two", "Three"]),
        ('<p><a href="https://x.org"><img src="a.svg" alt=One></a></p>\n\nTwo', ["One", "Two"]),
        ('<img alt="One" src="a.svg" alt="Two">', ["One"]),
        ('<p title="alt=x">\n<img src="a.svg">\nTwo</p>', ["Two"]),
        ('One <img src="a.svg" alt="two > two"> three', ["Onetwo>twothree"]),
        ("One <img title='alt=\"no\"' src='a.svg' alt='\"2\"'> three", ['One"2"three']),
        ("<picture>\n<img alt='One\ntwo' src='a.svg'>\n</picture>", ["Onetwo"]),
    ],
)
def test_a_picture_in_html_says_its_alternative_text(source: str, texts: list[str]) -> None:
    assert [piece.text for piece in visible_text(source)] == texts
    assert compare(report_data.load_text(source)) == []


def _paragraph(report: Report, number: int) -> Paragraph:
    return [node for node in report.walk() if isinstance(node, Paragraph)][number]


def _with(report: Report, old: Paragraph, new: Paragraph | None) -> Report:
    """Return a report of plain sections with one paragraph replaced or left out."""
    return replace(
        report,
        children=tuple(
            replace(
                section,
                children=tuple(
                    kept
                    for child in section.children
                    if (kept := new if child is old else child) is not None
                ),
            )
            for section in report.sections
        ),
    )


SOURCE = "# 一、甲\n\n第一段。\n\n# 二、乙\n\n第二段在这里。\n\n第三段。\n"


@pytest.mark.parametrize(
    "source",
    [
        "<div>\n<b@c.de> x\n</div>",
        "<table>\n<abc<!-- c -->abc</table>",
        "<pre>\n\n- a\n",
        "<table><tr><td>`\n\n- `\n\n</table>",
        "- $x$\n  $x$",
        "<details>a\n<summary>b</summary>c</details>",
        "<details><summary>a<ul><li>b</ul></summary>c</details>",
        "<table><tr><td>a<tr>b</table>",
        "# T\n\n<ul><li>a</ul>作者：王",
        "--\n-\n--|\n$",
        "<details><summary>a</summary><summary>b</summary>c</details>",
        "<div><script>x</scripts>y</div>",
        "<div><script>x</script z>y</div>",
        '<div>a</s/s/b>c <b/x=">d <a href=x>e</a></div>',
    ],
)
def test_sources_that_were_read_wrongly_once(source: str) -> None:
    assert compare(report_data.load_text(source)) == []


def test_a_lost_paragraph_is_named_with_its_line() -> None:
    report = report_data.load_text(SOURCE, file="r.md")
    (said,) = compare(_with(report, _paragraph(report, 1), None))
    assert (said.code, str(said.span)) == ("E811", "r.md:7:1")
    assert "第二段在这里。" in said.message


def test_a_changed_word_is_named() -> None:
    report = report_data.load_text(SOURCE)
    old = _paragraph(report, 1)
    new = replace(old, content=(Run("第二段在那里。"),))
    assert {said.code for said in compare(_with(report, old, new))} == {"E811", "E812"}


def test_a_lost_cell_and_an_added_one_are_named() -> None:
    report = report_data.load_text("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |")
    (table,) = report.children
    assert isinstance(table, Table)
    fewer = replace(report, children=(replace(table, rows=table.rows[1:]),))
    assert [said.code for said in compare(fewer)] == ["E811", "E811"]
    more = replace(report, children=(replace(table, rows=(*table.rows, table.rows[0])),))
    assert [said.code for said in compare(more)] == ["E812"]


def test_every_real_report_says_what_its_source_says(corpus: Path) -> None:
    for path in sorted(corpus.glob("docs/*.md")):
        assert compare(report_data.load(path)) == [], path.name


# --- properties ----------------------------------------------------------------------

_WORDS = st.text(alphabet="中文，。（）abc12 $-:|!", min_size=1, max_size=12)
_MARKUP = (
    "**粗：** *斜* `a|b` [链](https://x.org) ![图](x.png) $x_1$ $5 [^n] <b>b</b> <br> <T> "
    "&amp; \\* ~~删~~ <!--c--> \u200b \x07 @x ^[in] [](#x) </script> <script>"
)
_INLINE = st.one_of(_WORDS, st.sampled_from(_MARKUP.split(" ")))
_LINE = st.lists(_INLINE, min_size=1, max_size=4).map("".join)
_BLOCKS = st.one_of(
    _LINE,
    _LINE.map("# {}".format),
    _LINE.map("### {} {{#x .y}}".format),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda x: "\n".join(f"- {y}" for y in x)),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda x: "\n".join(f"   > {y}" for y in x)),
    st.lists(_LINE, min_size=1, max_size=3).map(
        lambda x: "| a | b |\n|---|---|\n" + "\n".join(f"| {y} |" for y in x)
    ),
    _LINE.map("::: callout\n{}\n:::".format),
    _LINE.map("::: {{.timeline #t}}\n1. {}\n".format),
    _LINE.map("```x\n{}\n```".format),
    _LINE.map("[^n]: {}".format),
    _LINE.map("term\n: {}".format),
    _LINE.map(": {} {{#c}}".format),
    _LINE.map("<div>{}</div>".format),
    _LINE.map("<table><tr><td>{}".format),
    _LINE.map("<details><summary>s</summary>\n\n{}\n\n</details>".format),
    st.sampled_from(["---", "    code", "$$\nx\n$$", "+ [ ] t", "1) n", "===", "|", "> ", "<!--"]),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_BLOCKS, min_size=1, max_size=7), st.sampled_from(["\n", "\n\n"]))
def test_nothing_is_lost_or_made_up(blocks: list[str], between: str) -> None:
    """Law: for every report that loads, the Report says what its source says, and no more."""
    try:
        report = report_data.load_text(between.join(blocks))
    except ReportErrors as refused:
        codes = {said.code for said in refused.diagnostics if said.severity is Severity.ERROR}
        event(f"refused: {sorted(codes)}")
        if codes - {"E103", "E201", "E172"}:  # three dashes at the top begin front matter
            raise
        return
    assert compare(report) == []
    nodes = list(report.walk())
    assert len({node.id for node in nodes}) == len(nodes)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_loads_or_is_refused_with_a_code(text: str) -> None:
    """Law: any text at all is a report or is refused by a named rule, never by a crash."""
    try:
        report = report_data.load_text(text)
    except ReportErrors:
        return
    assert compare(report) == []


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_file_is_refused(text: str) -> None:
    with pytest.raises(ReportErrors) as caught:
        report_data.load_text(text, file="r.md")
    assert [str(item.span) for item in caught.value.diagnostics] == ["r.md:1:1"]
