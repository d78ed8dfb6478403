"""Pictures of a report stand on a sheet of the workbook, named, described and linked."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
from lxml import etree
from openxml_audit import OpenXmlValidator, ValidationSeverity
from PIL import Image
from workbook_rules import faults

from exporters.excel import exporter
from exporters.verify import compare
from report_data.load import load_text

if TYPE_CHECKING:
    from pathlib import Path

    from made_workbook import MadeWorkbook, MakeWorkbook

SOURCE = """# 图

![一个宽的红块](wide.png "宽图")

![高的蓝块](tall.jpg "高图")

![动画](still.gif)

![新格式](modern.webp)

![不在](none.png)
"""


def made_with_pictures(make: MakeWorkbook, folder: Path) -> MadeWorkbook:
    for name, size, color in (
        ("wide.png", (1200, 300), "red"),
        ("tall.jpg", (300, 1200), "blue"),
        ("still.gif", (40, 30), "green"),
        ("modern.webp", (200, 100), "yellow"),
    ):
        Image.new("RGB", size, color).save(folder / name)
    return make(load_text(SOURCE, folder=folder))


def drawing(path: Path) -> Any:  # noqa: ANN401  # lxml finds many kinds of things
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("xl/drawings/drawing1.xml"))


def test_each_picture_is_embedded_with_its_words(
    make_workbook: MakeWorkbook, tmp_path: Path
) -> None:
    made = made_with_pictures(make_workbook, tmp_path)
    assert faults(made.path) == []
    names = drawing(made.path).xpath("//*[local-name()='cNvPr']")
    assert [item.get("descr") for item in names] == ["一个宽的红块", "高的蓝块", "动画", "新格式"]
    assert [item.get("name") for item in names] == [
        frame.name for frame in made.plan.sheets[-1].pictures
    ]
    assert len({item.get("name") for item in names}) == len({item.get("id") for item in names}) == 4
    page: Any = openpyxl.load_workbook(made.path)["插图"]
    pictures = [Image.open(io.BytesIO(one._data())) for one in page._images]  # noqa: SLF001  openpyxl offers no other way
    assert [one.size for one in pictures] == [(1200, 300), (300, 1200), (40, 30), (200, 100)]
    assert [one.format for one in pictures] == ["PNG", "JPEG", "GIF", "PNG"]
    with zipfile.ZipFile(made.path) as archive:
        assert archive.read("xl/media/image1.png") == (tmp_path / "wide.png").read_bytes()


def test_pictures_keep_their_shape_and_their_rows(
    make_workbook: MakeWorkbook, tmp_path: Path
) -> None:
    made = made_with_pictures(make_workbook, tmp_path)
    sheet = made.plan.sheets[-1]
    for frame, ratio in zip(sheet.pictures, (4, 1 / 4, 4 / 3, 2), strict=True):
        assert abs(frame.width / frame.height - ratio) < 0.01
        height = sheet.rows[frame.row - 1].height
        assert height is not None
        assert frame.height <= height <= 409
        assert frame.width <= 720
    assert (sheet.pictures[2].width, sheet.pictures[2].height) == (30, 22.5)  # 96 pixels an inch


def test_the_text_links_to_the_picture(make_workbook: MakeWorkbook, tmp_path: Path) -> None:
    made = made_with_pictures(make_workbook, tmp_path)
    book: Any = openpyxl.load_workbook(made.path)
    links = [
        cell.hyperlink.location
        for row in book["全文"].iter_rows()
        for cell in row
        if cell.hyperlink is not None
    ]
    assert "'插图'!A4" in links
    assert "宽图" in str(book["插图"]["A4"].value)
    locations = [
        cell.hyperlink.location
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert "'插图'!A1" in locations


def test_the_proof_holds_and_the_schema_checker_finds_no_error(
    make_workbook: MakeWorkbook, tmp_path: Path
) -> None:
    made = made_with_pictures(make_workbook, tmp_path)
    proof = compare(made.report, exporter.read(made.path), made.context.words, made.context.names)
    assert [str(item) for item in proof.diagnostics] == []
    found = OpenXmlValidator().validate(made.path).errors
    assert [item for item in found if item.severity is ValidationSeverity.ERROR] == []


def test_the_same_bytes_again(make_workbook: MakeWorkbook, tmp_path: Path) -> None:
    first = made_with_pictures(make_workbook, tmp_path).path.read_bytes()
    assert made_with_pictures(make_workbook, tmp_path).path.read_bytes() == first
