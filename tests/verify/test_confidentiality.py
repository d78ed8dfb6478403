"""A statement of confidentiality is the report's own text: on every cover, whole, and proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
from pptx import Presentation

from exporters.export import export
from exporters.settings import Settings
from report_data.load import load_text

if TYPE_CHECKING:
    from pathlib import Path

STATED = "Strictly confidential and for the members of the board of directors only"
SOURCE = f"---\ntitle: A report\nauthor: A\nconfidentiality: {STATED}\n---\n\n# One\n\nText.\n"


def test_a_statement_of_confidentiality_stands_whole_on_every_cover(tmp_path: Path) -> None:
    result = export(load_text(SOURCE), Settings(output=tmp_path))
    deck, pages, book = (one.path for one in result.documents)
    assert all(one.proved == one.blocks for one in result.documents)
    first = Presentation(str(deck)).slides[0]
    assert STATED in [shape.text_frame.text.split("\n")[-1] for shape in first.shapes]
    document = pypdfium2.PdfDocument(pages)
    assert STATED in document[0].get_textpage().get_text_bounded()
    document.close()
    sheet = openpyxl.load_workbook(book).worksheets[0]
    assert STATED in [cell.value for row in sheet.iter_rows() for cell in row]
