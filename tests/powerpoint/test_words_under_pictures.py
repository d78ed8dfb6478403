"""Words after a picture: the few that close its section, or are about it, stand on its slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from any_deck import faults_of
from decks import deck_of
from PIL import Image

from exporters.powerpoint.plan import Text
from exporters.theme import Theme
from report_data import load

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.powerpoint.plan import Slide

PICTURE = '![出货量](wide.png "出货量")'


def slides(source: str, folder: Path) -> tuple[Slide, ...]:
    """Return the slides with pictures and what follows, of a deck without faults."""
    Image.new("RGB", (1600, 700), "navy").save(folder / "wide.png")
    (folder / "r.md").write_text(f"---\ntitle: 题\n---\n\n# 甲\n\n{source}\n", encoding="utf-8")
    report = load(folder / "r.md")
    assert faults_of(report, folder / "r.pptx") == []
    return deck_of(folder / "r.md")[1].slides[1:]


def texts(slide: Slide) -> list[str]:
    return [
        "".join(run.text for paragraph in shape.paragraphs for run in paragraph.runs)
        for shape in slide.shapes
        if isinstance(shape, Text)
    ]


@pytest.mark.parametrize("intro", ["", "出货量三年增长两倍。\n\n"])
def test_the_last_words_stand_under_the_picture(intro: str, tmp_path: Path) -> None:
    (slide,) = slides(f"{intro}{PICTURE}\n\n结论：增长。", tmp_path)
    assert "结论：增长。" in texts(slide)
    assert slide.layout == "picture"


def test_its_source_stands_under_it_in_small_type(tmp_path: Path) -> None:
    first, second = slides(f"{PICTURE}\n\n数据来源：行业协会。\n\n- 一\n- 二\n", tmp_path)
    (note,) = [
        shape
        for shape in first.shapes
        if isinstance(shape, Text) and "行业协会" in str(shape.paragraphs)
    ]
    assert note.paragraphs[0].type == Theme().slide.section_label
    assert "一" in "".join(texts(second))


def test_longer_words_have_a_slide_of_their_own(tmp_path: Path) -> None:
    long = "这一段正文很长，说明增长的原因。" * 20
    assert len(slides(f"{PICTURE}\n\n{long}", tmp_path)) == 2


def test_a_picture_that_is_to_stand_alone_does(tmp_path: Path) -> None:
    source = f"{PICTURE}{{layout=picture}}\n\n结论：增长。"
    assert len(slides(source, tmp_path)) == 2


def test_the_words_after_a_picture_that_is_not_there_are_not_lost(tmp_path: Path) -> None:
    found = slides("![不在](none.png)\n\n结论：增长。", tmp_path)
    assert any("结论：增长。" in text for slide in found for text in texts(slide))
