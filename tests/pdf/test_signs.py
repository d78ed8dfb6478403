"""Circles and squares of a colour (🔴, 🟩): drawn in it, read as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from made_pdf import MadePdf

from exporters.reading import Layer
from exporters.theme import SIGN_COLORS

if TYPE_CHECKING:
    from pathlib import Path

SIGNS = "".join(SIGN_COLORS)
TABLE = "| 项目 | 等级 |\n|---|---|\n| 甲 | 🔴 高 |\n| 乙 | 🟢\ufe0f |\n"
SAMPLE = f"# 风险\n\n{SIGNS} ⚫⬛ 文字\n\n{TABLE}"


def test_each_has_its_colour(tmp_path: Path) -> None:
    path = tmp_path / "s.pdf"
    MadePdf(SAMPLE).read(path)
    document = pypdfium2.PdfDocument(path)
    try:
        image = document[len(document) - 1].render(scale=3).to_pil().convert("RGB")
    finally:
        document.close()
    drawn = {color for count, color in image.getcolors(1 << 24) if count > 100}
    wanted = {tuple(bytes.fromhex(color)) for color in SIGN_COLORS.values()}
    assert wanted <= drawn


def test_signs_are_read_back(tmp_path: Path) -> None:
    reading = MadePdf(SAMPLE).read(tmp_path / "s.pdf")
    text = "".join(one.text for one in reading.found if one.layer is Layer.BODY)
    assert SIGNS in text
    assert text.count("🔴") == text.count("🟢") == 2
    assert text.count("⚫") == 1
