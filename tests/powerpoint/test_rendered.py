"""What LibreOffice draws of a deck, held against its plan: nothing leaves its place."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
import rendered_deck
from decks import bundled_deck, deck_of

from exporters.powerpoint.write import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    RenderPdf = Callable[[Path], Path]


def test_the_bundled_deck_stands_where_it_was_planned(
    render_pdf: RenderPdf, tmp_path: Path
) -> None:
    deck = bundled_deck()
    write(deck, tmp_path / "deck.pptx")
    assert rendered_deck.faults(deck, render_pdf(tmp_path / "deck.pptx")) == []


@pytest.mark.parametrize("name", ["17-zh-audit-arbitrum", "27-ja-owasp2021-ja"])
def test_a_real_report_stands_where_it_was_planned(
    corpus: Path, render_pdf: RenderPdf, tmp_path: Path, name: str
) -> None:
    _, deck = deck_of(corpus / "docs" / f"{name}.md")
    write(deck, tmp_path / "deck.pptx")
    assert rendered_deck.faults(deck, render_pdf(tmp_path / "deck.pptx")) == []


def test_lists_of_one_slide_are_counted_each_by_itself(
    render_pdf: RenderPdf, tmp_path: Path
) -> None:
    source = tmp_path / "report.md"
    source.write_text(
        "# 题\n\n## 章\n\n"
        "甲\n\n1. 一\n2. 二\n\n乙\n\n1. 三\n   - 深\n2. 四\n\n丙\n\n1. 五\n\n## 终\n\n尾\n",
        encoding="utf-8",
    )
    _, deck = deck_of(source)
    write(deck, tmp_path / "deck.pptx")
    drawn = subprocess.run(
        ["pdftotext", "-layout", render_pdf(tmp_path / "deck.pptx"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    lines = ["".join(line.split()) for line in drawn.splitlines()]
    assert [line for line in lines if line[1:2] == "."] == ["1.一", "2.二", "1.三", "2.四", "1.五"]


def test_the_check_finds_text_that_leaves_its_shape(render_pdf: RenderPdf, tmp_path: Path) -> None:
    from msgspec.structs import replace

    from exporters.powerpoint.plan import Text
    from exporters.theme import Type

    deck = bundled_deck()
    slide = deck.slides[2]
    shapes = tuple(
        replace(
            shape,
            paragraphs=tuple(replace(item, type=Type(60, 90)) for item in shape.paragraphs),
        )
        if isinstance(shape, Text) and shape.placeholder == "body"
        else shape
        for shape in slide.shapes
    )
    changed = replace(slide, shapes=shapes)
    broken = replace(deck, slides=(*deck.slides[:2], changed, *deck.slides[3:]))
    write(broken, tmp_path / "broken.pptx")
    found = rendered_deck.faults(broken, render_pdf(tmp_path / "broken.pptx"))
    assert any(fault.startswith("slide 3") for fault in found)
