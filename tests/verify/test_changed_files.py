"""The bundled report's real files, changed by hand: every word, cell, slide, page and sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pikepdf
import pptx
import pytest
from msgspec.structs import replace

from exporters.furniture import furniture_for
from exporters.names import name_report
from exporters.reading import Found, Layer
from exporters.registry import FORMATS, exporter_for
from exporters.verify import compare, verify_files
from report_data import load
from report_data.audience import for_format

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from exporters.verify import Proof

REPORT = load(None)
WORDS = furniture_for(REPORT.meta.lang)
NAMES = name_report(REPORT, WORDS)


def proof_of(path: Path) -> Proof:
    (proof,) = verify_files(REPORT, [path])
    return proof


def said(path: Path) -> str:
    proof = proof_of(path)
    assert not proof.holds
    return "\n".join(one.message for one in proof.diagnostics)


@pytest.mark.parametrize("name", FORMATS)
def test_every_block_stands_in_the_file(name: str, bundled_outputs: Mapping[str, Path]) -> None:
    proof = proof_of(bundled_outputs[name])
    assert proof.diagnostics == ()
    assert proof.proved == proof.blocks > 100


@pytest.mark.parametrize("name", FORMATS)
def test_every_text_changed_or_taken_out_is_named(
    name: str, bundled_outputs: Mapping[str, Path]
) -> None:
    report = for_format(REPORT, name)
    reading = exporter_for(name).read(bundled_outputs[name])

    def holds(*found: Found) -> bool:
        return compare(report, replace(reading, found=found), WORDS, NAMES).holds

    assert holds(*reading.found)
    for index, one in enumerate(reading.found):
        if one.layer is Layer.FURNITURE or not one.text.strip():
            continue
        before, after = reading.found[:index], reading.found[index + 1 :]
        middle = len(one.text) // 2
        while one.text[middle].isspace():
            middle -= 1
        changed = f"{one.text[:middle]}錯{one.text[middle + 1 :]}"
        assert not holds(*before, replace(one, text=changed), *after), one
        shorter = one.text[:middle] + one.text[middle + 1 :]
        if any(char.isalnum() for char in one.text[middle]):
            assert not holds(*before, replace(one, text=shorter), *after), one
        if one.layer is Layer.BODY and any(char.isalnum() for char in one.text):
            assert not holds(*before, *after), one


# --- the deck ----------------------------------------------------------------------


def test_a_word_changed_on_any_slide_is_named(
    bundled_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    count = len(pptx.Presentation(str(bundled_outputs["pptx"])).slides)
    for number in range(1, count + 1):
        deck = pptx.Presentation(str(bundled_outputs["pptx"]))
        slide = deck.slides[number - 1]
        runs = [
            run
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
            if len(run.text) > 3
        ]
        runs[-1].text = runs[-1].text[:1] + "錯" + runs[-1].text[2:]
        deck.save(str(tmp_path / "deck.pptx"))
        assert f"slide {number}" in said(tmp_path / "deck.pptx")


def test_a_changed_cell_of_a_slides_table_is_named(
    bundled_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    deck = pptx.Presentation(str(bundled_outputs["pptx"]))
    tables = [s for slide in deck.slides for s in slide.shapes if s.has_table]
    cell = tables[0].table.cell(2, 1)
    cell.text_frame.paragraphs[0].runs[0].text = "成熟工艺舞台"
    deck.save(str(tmp_path / "deck.pptx"))
    message = said(tmp_path / "deck.pptx")
    assert "row 2, column 2" in message
    assert "平台" in message
    assert "舞台" in message


def test_any_slide_taken_out_is_named(bundled_outputs: Mapping[str, Path], tmp_path: Path) -> None:
    count = len(pptx.Presentation(str(bundled_outputs["pptx"])).slides)
    for number in range(count):
        deck = pptx.Presentation(str(bundled_outputs["pptx"]))
        slides = deck.slides._sldIdLst  # noqa: SLF001 - python-pptx has no way to remove a slide
        identifier = list(slides)[number]
        deck.part.drop_rel(identifier.rId)
        slides.remove(identifier)
        deck.save(str(tmp_path / "deck.pptx"))
        assert f"made with {count} slides" in said(tmp_path / "deck.pptx")


# --- the PDF -------------------------------------------------------------------------


def test_any_page_taken_out_is_named(bundled_outputs: Mapping[str, Path], tmp_path: Path) -> None:
    with pikepdf.open(bundled_outputs["pdf"]) as pdf:
        count = len(pdf.pages)
    for number in range(count):
        with pikepdf.open(bundled_outputs["pdf"]) as pdf:
            del pdf.pages[number]
            pdf.save(tmp_path / "pages.pdf")
        said(tmp_path / "pages.pdf")


def test_a_word_taken_out_of_any_page_is_named(
    bundled_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    with pikepdf.open(bundled_outputs["pdf"]) as pdf:
        count = len(pdf.pages)
    for number in range(count):
        with pikepdf.open(bundled_outputs["pdf"]) as pdf:
            page = pdf.pages[number]
            lines = list(pikepdf.parse_content_stream(page))
            shown = [line for line in lines if str(line.operator) == "Tj"]
            longest = max(shown, key=lambda line: len(bytes(line.operands[0])))
            at = lines.index(longest)
            # two glyphs of two bytes each are gone from the middle of the line
            text = bytes(longest.operands[0])
            half = len(text) // 4 * 2
            cut = pikepdf.String(text[:half] + text[half + 4 :])
            lines[at] = pikepdf.ContentStreamInstruction([cut], longest.operator)
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(lines))
            pdf.save(tmp_path / "pages.pdf")
        assert f"page {number + 1}" in said(tmp_path / "pages.pdf")


# --- the workbook --------------------------------------------------------------------


def _texts(sheet: Worksheet) -> list[Cell | MergedCell]:
    """Return the cells with some text, without the column of block ids."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    ids = {node.id for node in REPORT.walk()}
    return [cell for cell in cells if len(str(cell.value or "")) > 3 and cell.value not in ids]


def test_a_changed_cell_of_any_sheet_is_named(
    bundled_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    for name in openpyxl.load_workbook(bundled_outputs["xlsx"]).sheetnames:
        book = openpyxl.load_workbook(bundled_outputs["xlsx"])
        cell = _texts(book[name])[-1]
        cell.value = str(cell.value)[:1] + "錯" + str(cell.value)[2:]
        book.save(tmp_path / "book.xlsx")
        assert f"sheet {name}" in said(tmp_path / "book.xlsx")


def test_any_sheet_taken_out_is_named(bundled_outputs: Mapping[str, Path], tmp_path: Path) -> None:
    names = openpyxl.load_workbook(bundled_outputs["xlsx"]).sheetnames
    for name in names:
        book = openpyxl.load_workbook(bundled_outputs["xlsx"])
        book.remove(book[name])
        book.save(tmp_path / "book.xlsx")
        assert f"made with {len(names)}" in said(tmp_path / "book.xlsx")


def test_a_row_taken_out_of_any_sheet_is_named(
    bundled_outputs: Mapping[str, Path], tmp_path: Path
) -> None:
    for name in openpyxl.load_workbook(bundled_outputs["xlsx"]).sheetnames[1:]:
        book = openpyxl.load_workbook(bundled_outputs["xlsx"])
        cell = _texts(book[name])[-1]
        book[name].delete_rows(int(str(cell.row)))
        book.save(tmp_path / "book.xlsx")
        assert str(cell.value)[:20] in said(tmp_path / "book.xlsx")
