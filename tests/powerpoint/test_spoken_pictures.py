"""Notes for the speaker hold text alone: a picture's text stands there, and it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from pptx import Presentation

from exporters import Settings, export
from report_data import load_text

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """# 一

正文。

::: notes
先说这张图：

![一张图](图.png "它的题注")

| 甲 | 乙 |
|---|---|
| 1 | 2 |
:::
"""


def test_a_picture_in_notes_is_named_there_and_said(tmp_path: Path) -> None:
    Image.new("RGB", (4, 3)).save(tmp_path / "图.png")
    report = load_text(SOURCE, folder=tmp_path)
    result = export(report, Settings(formats=("pptx",), output=tmp_path))
    (said,) = result.diagnostics
    assert (said.code, said.span and said.span.line) == ("W409", 8)
    deck = Presentation(str(result.documents[0].path))
    notes = [slide.notes_slide for slide in deck.slides if slide.has_notes_slide]
    text = "\n".join(one.notes_text_frame.text for one in notes if one.notes_text_frame)
    assert "先说这张图" in text
    assert "一张图" in text.replace("先说这张图", "")
    assert "它的题注" in text
    assert "1" in text
