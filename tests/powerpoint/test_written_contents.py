"""A list of contents that the author wrote is in the agenda's notes; badges are in the cover's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pptx import Presentation

from exporters import Settings, export
from report_data import load_text

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = "".join(f"## {name}\n\n{name}的正文。\n\n" for name in ("背景", "架构", "实验"))
BADGES = "![许可](https://example.org/a.svg)\n![状态](https://example.org/b.svg)\n\n"
LINKS = "- [背景](#背景)\n- [架构](#架构)\n- [实验](#实验)\n"
Told = list[tuple[str, str]]


def slides(text: str, folder: Path, *, notes: bool = True) -> Told:
    """Return each slide's title and notes; the export proves that nothing is missing."""
    settings = Settings(formats=("pptx",), output=folder, notes=notes)
    (document,) = export(load_text(f"# 白皮书\n\n{text}"), settings).documents
    assert document.proved == document.blocks
    found: Told = []
    for slide in Presentation(str(document.path)).slides:
        title = slide.shapes.title
        frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        found.append((title.text_frame.text if title else "", frame.text if frame else ""))
    return found


def test_contents_and_badges_have_no_slides_of_their_own(tmp_path: Path) -> None:
    found = slides(f"{BADGES}## 目录\n\n{LINKS}\n{SECTIONS}", tmp_path)
    assert [title for title, _ in found] == ["白皮书", "目录", "背景", "架构", "实验"]
    assert "许可" in found[0][1]
    assert "状态" in found[0][1]
    assert found[1][1].split() == ["背景", "架构", "实验"]


def test_without_notes_they_have(tmp_path: Path) -> None:
    found = slides(f"{BADGES}## 目录\n\n{LINKS}\n{SECTIONS}", tmp_path, notes=False)
    titles = [title for title, _ in found]
    assert titles[2:] == ["目录", "目录（续 2/2）", "背景", "架构", "实验"]


@pytest.mark.parametrize(
    "contents",
    [
        "- [背景](#背景)\n- [架构](#架构)\n- [外部](https://example.org)\n",
        "- [背景](#背景) 先读\n- [架构](#架构)\n- [实验](#实验)\n",
        f"先读这三节。\n\n{LINKS}",
    ],
)
def test_a_section_that_says_more_has_its_slide(contents: str, tmp_path: Path) -> None:
    titles = [title for title, _ in slides(f"## 导读\n\n{contents}\n{SECTIONS}", tmp_path)]
    assert titles == ["白皮书", "目录", "导读", "背景", "架构", "实验"]


@pytest.mark.parametrize(
    "contents", ["1. 背景\n2. 架构\n3. 实验\n", "- 一、背景 …… 3\n- 架构\n- 实验\n"]
)
def test_titles_without_links_are_contents_too(contents: str, tmp_path: Path) -> None:
    found = slides(f"## 目录\n\n{contents}\n{SECTIONS}", tmp_path)
    assert [title for title, _ in found] == ["白皮书", "目录", "背景", "架构", "实验"]
