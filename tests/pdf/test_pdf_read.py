"""Files read back through pdfium: what the report says, in its order, and what is furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from made_pdf import MadePdf

from exporters.pdf import pdfium
from exporters.pdf.read_crowded import texts_of
from exporters.reading import Layer
from exporters.verify import compare

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = """\
---
title: 样本报告
author: 甲
---

# 第一章

正文有[链接](https://example.org/)、`code`、**粗**和*强调*，还有注[^n]。

1. 一
2. 二
    - [x] 做完
    - [ ] 没做

| 名 | 空 | 数 |
|---|---|---|
| a | | 1 |
| b | x | |

: 表的说明 {#t}

见 @t。

## English part

> A quotation that holds a well-known hyphen.

```python
def f(x):  # 注释
    return x
```

Term
:   Its meaning.

::: callout
要点：结论。
:::

[^n]: 注的文字。
"""


def test_the_report_is_found_again_and_nothing_else(tmp_path: Path) -> None:
    made = MadePdf(SAMPLE)
    reading = made.read(tmp_path / "s.pdf")
    proof = compare(made.report, reading, made.context.words, made.context.names)
    assert not proof.diagnostics
    assert proof.proved == proof.blocks > 20


def test_what_the_tool_adds_is_told_by_its_tags(tmp_path: Path) -> None:
    found = MadePdf(SAMPLE).read(tmp_path / "s.pdf").found
    furniture = [one.text.strip() for one in found if one.layer is Layer.FURNITURE]
    for text in ("1.", "2.", "☑", "☐", "[1]", "表 1"):
        assert any(text == one or text in one.split() or text in one for one in furniture), text
    body = "".join(one.text for one in found if one.layer is Layer.BODY)
    assert "第 1 页" not in body


def test_cells_have_their_rows_and_columns_even_beside_empty_ones(tmp_path: Path) -> None:
    found = MadePdf(SAMPLE).read(tmp_path / "s.pdf").found
    cells = {
        (one.row, one.column): one.text.strip()
        for one in found
        if one.block == "t" and one.text.strip() and one.row is not None
    }
    assert cells == {
        (0, 0): "名",
        (0, 1): "空",
        (0, 2): "数",
        (1, 0): "a",
        (1, 2): "1",
        (2, 0): "b",
        (2, 1): "x",
    }


def test_a_row_that_goes_on_over_a_page_is_one_row(tmp_path: Path) -> None:
    text = "很长的一格文字。" * 260
    made = MadePdf(f"# A\n\n| 名 | 文 |\n|---|---|\n| a | {text} |\n| b | c |\n")
    reading = made.read(tmp_path / "s.pdf")
    cells = [one for one in reading.found if one.row == 1 and one.column == 1]
    assert len({one.group for one in cells}) >= 2
    assert "".join("".join(one.text.split()) for one in cells) == text
    assert [one.text.strip() for one in reading.found if one.row == 2] == ["b", "c"]


def test_tables_over_many_pages_keep_counting(tmp_path: Path) -> None:
    rows = "\n".join(f"| r{n} | 文字 |" for n in range(130))
    found = MadePdf(f"# A\n\n| 编号 | 说明 |\n|---|---|\n{rows}\n").read(tmp_path / "s.pdf").found
    numbers = {one.text.strip(): one.row for one in found if one.column == 0 and one.row}
    assert numbers == {f"r{n}": n + 1 for n in range(130)}


def test_a_hyphen_at_a_line_s_end_is_a_hyphen(tmp_path: Path) -> None:
    made = MadePdf("# A\n\n" + "state-of-the-art hard-coded low-rate " * 40)
    text = "".join(one.text for one in made.read(tmp_path / "s.pdf").found)
    assert "\x02" not in text


def test_properties_are_read(tmp_path: Path) -> None:
    properties = dict(MadePdf(SAMPLE).read(tmp_path / "s.pdf").properties)
    assert properties["Title"] == "样本报告"
    assert properties["Author"] == "甲"
    assert properties["Language"] == "zh-Hans"


def test_what_is_no_pdf_is_said_so(tmp_path: Path) -> None:
    from exporters.pdf import exporter

    (tmp_path / "no.pdf").write_bytes(b"not a pdf")
    with pytest.raises(ValueError, match="cannot open"):
        exporter.read(tmp_path / "no.pdf")


def test_columns_that_were_parted_are_columns_of_one_table(tmp_path: Path) -> None:
    heads = "|".join(f"Column{n}" for n in range(30))
    rows = "\n".join("|".join(f"r{r}unbreakable{n}" for n in range(30)) for r in range(2))
    made = MadePdf(f"# A\n\n{heads}\n{'---|' * 30}\n{rows}\n")
    reading = made.read(tmp_path / "s.pdf")
    cells = {
        one.text.strip(): (one.row, one.column) for one in reading.found if one.row is not None
    }
    assert cells == {f"Column{n}": (0, n) for n in range(30)} | {
        f"r{r}unbreakable{n}": (r + 1, n) for r in range(2) for n in range(30)
    }


def test_compatibility_forms_are_known_for_what_they_are(tmp_path: Path) -> None:
    made = MadePdf("# ︽甲︾\n\n﹉ ︰ ﹙乙﹚ ﬁ ¸\n")
    reading = made.read(tmp_path / "s.pdf")
    assert not compare(made.report, reading, made.context.words, made.context.names).diagnostics


@pytest.mark.parametrize(
    "source",
    [SAMPLE, "# שלום\n\nx שלום (a-1) 😀\n\n    מ\u0308 b\n", f"# a\n\nx a{chr(0x301) * 3_000} y\n"],
    ids=["sample", "right to left", "crowded"],
)
def test_a_crowded_page_is_read_as_others_are(source: str, tmp_path: Path) -> None:
    made = MadePdf(source)
    reading = made.read(tmp_path / "sample.pdf")
    assert compare(made.report, reading, made.context.words, made.context.names).holds
    with pypdfium2.PdfDocument(tmp_path / "sample.pdf") as document:
        for number in range(len(document)):
            page = document[number]
            texts = page.get_textpage()
            at, text_at = pdfium.handle(page.raw), pdfium.handle(texts.raw)
            items = [pdfium.object_at(at, index) for index in range(pdfium.count_objects(at))]
            asked = {item: pdfium.text(pdfium.text_of, item, text_at) for item in items}
            told = texts_of(text_at)
            assert told == {item: text for item, text in asked.items() if text}
