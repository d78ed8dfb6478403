"""``--no-notes``: what a slide cannot hold whole goes on a slide of its own; nothing is spoken.

What the author wrote for the speaker alone is left out, which is said once (W404).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters import Settings, export
from exporters.again import prove_files
from report_data import load_text
from report_data.sample import LANGUAGES, sample

if TYPE_CHECKING:
    from pathlib import Path

LONG = "很长的标题" * 60
SOURCES = {
    "a long title": f"# {LONG}\n\n正文一。\n\n## 二\n\n乙\n",
    "a long chapter": f"# 一\n\n甲\n\n# {LONG}\n\n乙\n",
    "a long section": f"# 一\n\n甲\n\n# 二\n\n## {LONG}\n\n丁\n\n## 丙\n\n{'段落。' * 90}\n",
    "long authors": f"---\ntitle: 题\nauthor: [{', '.join([LONG] * 3)}]\n---\n\n# 一\n\n甲\n",
    "a long subtitle": f"---\ntitle: 题\nsubtitle: {LONG}\nkind: {LONG}\n---\n\n# 一\n\n甲\n",
    "a title of one long word": f"# {'x' * 900}\n\n正文。\n\n## 二\n\n乙\n",
    "a tall cell": f"# 一\n\n| 甲 | 乙 |\n|---|---|\n| {'字' * 6000} | b |\n\n# 二\n\n丙\n",
    "a wide name": f"# 一\n\n| {'甲' * 900} | 乙 |\n|---|---|\n| a | b |\n\n# 二\n\n丙\n",
    "a long caption": f"# 一\n\n| 甲 | 乙 |\n|---|---|\n| a | b |\n\n: {LONG}\n\n# 二\n\n丙\n",
    "a long item": f"# 一\n\n::: timeline\n- 短：{LONG}\n- 中：二\n:::\n\n# 二\n\n丙\n",
}


def made(text: str, folder: Path, *, notes: bool = False) -> tuple[list[str], Path]:
    """Export a deck; return the codes of what was said, and the file."""
    report = load_text(text, name="report")
    result = export(report, Settings(formats=("pptx",), output=folder, notes=notes))
    (document,) = result.documents
    (proof,) = prove_files(report, [document.path])
    assert [str(item) for item in proof.diagnostics] == []
    return [item.code for item in result.diagnostics if item not in report.warnings], document.path


@pytest.mark.parametrize("name", SOURCES)
def test_the_whole_text_is_on_slides(name: str, tmp_path: Path) -> None:
    said, path = made(SOURCES[name], tmp_path)
    assert said == []
    assert b"notesSlide" not in path.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_has_a_deck_without_notes(language: str, tmp_path: Path) -> None:
    said, path = made(sample(language), tmp_path)
    assert said == ["W404"]
    assert b"notesSlide" not in path.read_bytes()


def test_what_is_left_out_is_said_once_at_its_first_place(tmp_path: Path) -> None:
    text = "# 一\n\n甲\n\n::: notes\n一\n:::\n\n# 二\n\n乙\n\n::: notes\n二\n:::\n"
    report = load_text(text, file="r.md")
    result = export(report, Settings(formats=("pptx", "pdf"), output=tmp_path, notes=False))
    (said,) = result.diagnostics
    assert (said.code, str(said.span)) == ("W404", "r.md:5:1")


def test_a_deck_that_lost_its_notes_is_not_taken_for_one_without(tmp_path: Path) -> None:
    import pptx

    text = "# 一\n\n甲\n\n::: notes\n请看这里\n:::\n\n# 二\n\n乙\n"
    _, path = made(text, tmp_path, notes=True)
    deck = pptx.Presentation(str(path))
    for slide in deck.slides:
        if slide.has_notes_slide:
            slide.notes_slide.notes_text_frame.clear()
    deck.save(str(path))
    (proof,) = prove_files(load_text(text, name="report"), [path])
    assert any(item.code == "E801" for item in proof.diagnostics)
