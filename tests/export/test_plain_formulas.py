"""Formulas in each format: the deck says what a line can say of them, the PDF sets them.

In the workbook one that reads as it is written is in italics; what only TeX reads stays code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from made_pdf import MadePdf
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from pptx import Presentation

from exporters import Settings, export
from report_data import load_text

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "# 报告\n\n令 $k = 5$ 与 $x_2$，另见 `k`。\n"
LOOKS = {"k = 5": (True, False), "x_2": (False, True), "k": (False, True)}
"""What is italic, and what is code."""


def test_in_the_deck_and_the_workbook(tmp_path: Path) -> None:
    settings = Settings(formats=("pptx", "xlsx"), output=tmp_path)
    deck, workbook = export(load_text(SOURCE), settings).documents
    runs = [
        run
        for slide in Presentation(str(deck.path)).slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    shown = [
        (one.text.split(), one.font.italic is True, one.font.name == "Consolas") for one in runs
    ]
    for text, italic, code in [
        *(("k", True, False), ("= 5", False, False), ("x", True, False), ("2", False, False)),
        ("k", False, True),
    ]:
        assert (text.split(), italic, code) in shown
    sheets = load_workbook(workbook.path, rich_text=True)
    cells = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]
    blocks = [
        block
        for value in cells
        if isinstance(value, CellRichText)
        for block in value
        if isinstance(block, TextBlock)
    ]
    told = {one.text: (bool(one.font.i), one.font.rFont == "Consolas") for one in blocks}
    assert LOOKS.items() <= told.items()


def test_in_the_pdf_both_are_set() -> None:
    pdf = MadePdf(SOURCE)
    told = [
        (part.tag.says, part.text.strip("\u2060\u00a0 "), part.face.italic, part.tag.code)
        for page in pdf.plan.pages
        for band in page.bands
        for item in band.items
        for part in getattr(item, "fragments", ())
    ]
    assert ("k = 5", "k", True, False) in told
    assert ("k = 5", "= 5", False, False) in told
    assert ("x_2", "x", True, False) in told
    assert ("x_2", "2", False, False) in told
    assert ("", "k", False, True) in told
