"""Workbooks in LibreOffice: the same values, and no text that its row or column hides."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from made_workbook import MadeWorkbook, MakeWorkbook


def pdf_text(path: Path) -> str:
    """Return all text of a PDF without white space and the marks that line breaks add."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return squeezed("".join(pages))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\ufffe", "-").replace("‑", "-")


def test_all_text_of_the_sheets_is_in_sight(
    bundled_workbook: MadeWorkbook, render_pdf: Callable[[Path], Path]
) -> None:
    shown = pdf_text(render_pdf(bundled_workbook.path))
    book = openpyxl.load_workbook(bundled_workbook.path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                hidden = sheet.column_dimensions[get_column_letter(cell.column or 1)].hidden
                if cell.value is not None and not hidden:
                    assert squeezed(str(cell.value)) in shown, f"{sheet.title} {cell.coordinate}"


def test_libreoffice_reads_the_same_values(
    soffice: str,
    rendering_environment: Mapping[str, str],
    make_workbook: MakeWorkbook,
    tmp_path: Path,
) -> None:
    made = make_workbook(
        "| 项目 | 金额 | 占比 | 日期 | 代码 |\n|---|---|---|---|---|\n"
        "| =1+1 | $1,234.50 | 12.5% | 2025-03-04 | 007 |\n"
        "| 乙 | -$8.25 | 3.0% | 2025-11-30 | 010 |\n"
    )
    profile = (Path(rendering_environment["HOME"]) / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    subprocess.run(
        [*command, "xlsx", "--outdir", str(tmp_path / "again"), str(made.path)],
        env=dict(rendering_environment),
        check=True,
        capture_output=True,
        timeout=180,
    )
    ours = openpyxl.load_workbook(made.path).worksheets[2]
    theirs = openpyxl.load_workbook(tmp_path / "again" / made.path.name).worksheets[2]
    for row in ours.iter_rows():
        for cell in row:
            assert theirs[cell.coordinate].value == cell.value
    assert theirs["A4"].data_type == "s"
    assert list(theirs.tables) == list(ours.tables)
