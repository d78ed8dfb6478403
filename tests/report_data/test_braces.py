"""What stands in braces and means nothing here is said, with its place and what was meant."""

from __future__ import annotations

import pytest

from exporters.registry import FORMATS as MADE
from report_data import load_text
from report_data.diagnostics import Diagnostic, ReportErrors
from report_data.markdown.braces import FORMATS
from report_data.model import Box, Figure
from report_data.widths import Width

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
TWO = "\n\n# 二\n\n乙\n"


def said(text: str) -> list[Diagnostic]:
    """Return what reading a text says."""
    try:
        return list(load_text(text, file="r.md").warnings)
    except ReportErrors as problem:
        return list(problem.diagnostics)


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"),
    [
        ("# 一 {layuot=table}" + TWO, "W162", "1:6", "“layuot”", "Did you mean “layout”?"),
        ("# 一 {.apendix}" + TWO, "W162", "1:6", "“.apendix”", "Did you mean “.appendix”?"),
        ("# 一 {slide-titel=x}" + TWO, "W162", "1:6", "“slide-titel”", "“slide-title”"),
        ("# 一 {zzz=x}" + TWO, "W162", "1:6", "“zzz”", "known here: layout, slide-title"),
        (f"{TABLE}\n: 表 {{limt=3}}\n", "W162", "5:6", "“limt”", "“limit”"),
        (f"{TABLE}\n: 表 {{#t totals=a}}\n", "W162", "5:9", "“totals”", "“total”"),
        ("::: {.callout layuot=table}\n甲\n:::\n", "W162", "1:15", "“layuot”", "“layout”"),
        ("::: {.calout}\n甲\n:::\n", "W161", "1:1", "“calout”", "Did you mean “callout”?"),
        ("::: calout\n甲\n:::\n", "W161", "1:1", "“calout”", "Did you mean “callout”?"),
        ("::: {.table scr=d.csv}\n:::\n", "W162", "1:13", "“scr”", "“src”"),
        ("::: {.only to=ppt}\n甲\n:::\n", "W163", "1:12", "“ppt”", "Did you mean “pptx”?"),
        ('::: {.only to="pdf html"}\n甲\n:::\n', "W163", "1:12", "“html”", "pptx, pdf, xlsx"),
        ("甲\n\n![图](x.png){widht=50%}\n", "W162", "3:13", "“widht”", "“width”"),
        ("甲\n\n![图](x.png){width=wide}\n", "W163", "3:13", "“wide”", "50%"),
        ("甲\n\n![图](x.png){width=50% height=3cm}\n", "W162", "3:23", "“height”", "width"),
        ("- 甲\n\n  ![图](x.png){widht=50%}\n", "W162", "3:15", "“widht”", "“width”"),
        ("甲\n![图](x.png){widht=50%}\n乙\n", "W162", "2:13", "“widht”", "“width”"),
        ("> ## 一 {layuot=table}\n", "W162", "1:9", "“layuot”", "“layout”"),
        ("甲[^1]\n\n[^1]: 注\n\n    # 一 {layuot=x}\n", "W162", "5:10", "“layuot”", "“layout”"),
        ("# 题 {layout=cover}\n\n甲\n\n## 一\n\n乙\n", "W162", "1:6", "title", "front matter"),
        ("---\ntitel: 题\n---\n\n甲\n", "W175", "2:1", "“titel”", "Did you mean “title”?"),
    ],
)
def test_it_is_said(text: str, code: str, place: str, message: str, hint: str) -> None:
    (one,) = (item for item in said(text) if item.code not in {"W150", "E190"})
    assert (one.code, str(one.span)) == (code, f"r.md:{place}")
    assert message in one.message
    assert hint in one.hint


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (f"{TABLE}\n: 表 {{limit=many}}\n", "E211", "5:6"),
        (f"甲 limit=many\n\n{TABLE}\n: 表 {{#t limit=many}}\n", "E211", "7:9"),
        (f"{TABLE}\n: 表 {{types=c:text}}\n", "E210", "5:6"),
        (f'> {TABLE.replace(chr(10), chr(10) + "> ")}\n> : 表 {{types="a:txt"}}\n', "E210", "5:8"),
    ],
)
def test_an_error_points_at_its_key(text: str, code: str, place: str) -> None:
    (one,) = said(text)
    assert (one.code, str(one.span)) == (code, f"r.md:{place}")


@pytest.mark.parametrize(
    "text",
    [
        "# 一 {#a .appendix .newpage .unnumbered .mine layout=table slide-title=x}" + TWO,
        '# 一 {- data-background=red style="color: red"}' + TWO,
        '![图](x.png){:class="img" .right}\n',
        f"{TABLE}\n: 表 {{#t .wide limit=1 total=a:sum bars=a scale=b types=a:text}}\n",
        f"{TABLE}\n: 表 {{#t layout=table}}\n",
        f"::: {{.chart type=bar x=a y=b layout=chart slide-title=y}}\n{TABLE}:::\n",
        "::: columns\n::: {.column width=50%}\n甲\n:::\n::: column\n乙\n:::\n:::\n",
        '::: {.only to="pptx, pdf"}\n甲\n:::\n\n::: only\n乙\n:::\n',
        "::: {.callout-note .mine layout=callout}\n甲\n:::\n\n::: section\n乙\n:::\n",
        "{layuot=x} 正文 `{layuot=x}`\n",
    ],
)
def test_what_is_known_is_not_spoken_of(text: str) -> None:
    assert [item for item in said(text) if item.code != "W150"] == []


def test_content_for_no_format_is_kept_out_but_said() -> None:
    report = load_text("甲\n\n::: {.only to=ppt}\n乙\n:::\n")
    assert isinstance(report.children[-1], Box)
    assert [item.code for item in report.warnings] == ["W163"]


@pytest.mark.parametrize(
    ("written", "width"),
    [
        ("50%", Width(0.5, of_column=True)),
        ("33.5 %", Width(0.335, of_column=True)),
        ("2in", Width(144.0)),
        ("2.54cm", Width(72.0)),
        ("25.4mm", Width(72.0)),
        ("36pt", Width(36.0)),
        ("96px", Width(72.0)),
        ("96", Width(72.0)),
    ],
)
def test_widths_are_parts_of_the_column_or_lengths(written: str, width: Width) -> None:
    report = load_text(f'甲\n\n![图](x.png){{width="{written}"}}\n')
    figure = report.children[-1]
    assert isinstance(figure, Figure)
    assert figure.width is not None
    assert figure.width.amount == pytest.approx(width.amount)
    assert figure.width.of_column == width.of_column
    assert [item.code for item in report.warnings] == ["W150"]


@pytest.mark.parametrize("written", ["0%", "0", "-3cm", "wide", "3 ells", "1e9cm", "%", "٣cm"])
def test_other_widths_are_said(written: str) -> None:
    report = load_text(f'甲\n\n![图](x.png){{width="{written}"}}\n')
    assert [item.code for item in report.warnings] == ["W150", "W163"]
    figure = report.children[-1]
    assert isinstance(figure, Figure)
    assert figure.width is None


def test_formats_here_are_those_that_are_made() -> None:
    assert FORMATS == MADE
