"""What LibreOffice draws of a deck, held against its plan: nothing leaves its place."""

from __future__ import annotations

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
