"""The private members of reportlab that `exporters.pdf.package` rests on, and the file it lays out.

Each test names what it would break: a release of reportlab that moves one of
them fails here, not in somebody's document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from exporters.layout.geometry import Size
from exporters.pdf.package import OBJECTS_A_STREAM, Package

if TYPE_CHECKING:
    from pathlib import Path

INFO = {"Title": b"(T)"}
A4 = Size(595, 842)


def test_the_members_that_are_replaced_exist() -> None:
    assert {"Type", "Lang"} <= pdfdoc.PDFCatalog.__Defaults__.keys()
    assert "Metadata" in pdfdoc.PDFCatalog.__NoDefault__
    assert {"Contents", "Resources", "MediaBox", "Annots"} <= set(pdfdoc.PDFPage.__NoDefault__)
    assert "StructParents" not in pdfdoc.PDFPage.__NoDefault__, "reportlab has learnt it: use it"
    assert pdfdoc.PDFPage.Override_default_compilation == 0
    assert {"_make_preamble", "_bookmarkReference"} <= set(dir(Canvas))


def test_reportlab_asks_its_document_for_the_whole_file() -> None:
    """`Canvas.save` -> `PDFDocument.GetPDFData` -> `format`: the last is ours."""
    document = pdfdoc.PDFDocument(invariant=1)
    for name in ("idToObject", "numberToId", "idToObjectNumberAndVersion", "objectcounter"):
        assert hasattr(document, name)
    assert pdfdoc.BasicFonts in document.idToObject


def make(path: Path, pages: int = 1) -> None:
    package = Package(path, "zh-Hans", INFO)
    numbers = package.start_pages([A4] * pages)
    resources = package.add(b"<<>>")
    for index in range(pages):
        package.fill_page(index, b"0 0 m", resources, [])
    package.bookmark("start", 0, 700)
    package.addOutlineEntry("开始", "start", 0)
    package.set_catalog(MarkInfo=b"<</Marked true>>", AF=b"[]")
    assert len(set(numbers)) == pages
    package.save()


def test_a_page_has_the_keys_that_reportlab_lacks(tmp_path: Path) -> None:
    make(tmp_path / "one.pdf", pages=2)
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        page = pdf.pages[1].obj
        assert page.StructParents == 1
        assert page.Tabs == "/S"
        assert page.Contents.read_bytes() == b"0 0 m"
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.Root.AF) == 0
        assert str(pdf.Root.Lang) == "zh-Hans"
        first = pdf.Root.Outlines.First
        assert str(first.Title) == "开始"
        assert first.Dest[0].objgen == pdf.pages[0].obj.objgen


def test_no_helvetica_and_nothing_that_is_not_known(tmp_path: Path) -> None:
    make(tmp_path / "one.pdf")
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        assert dict(pdf.docinfo) == {"/Title": pikepdf.String("T")}
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        assert not any(item.get("/Type") == "/Font" for item in fonts)


def test_the_header_and_the_id_are_as_pdf_a_asks(tmp_path: Path) -> None:
    """ISO 19005-3, 6.1.2 and 6.1.3: version, four bytes over 127, an ID in the trailer."""
    make(tmp_path / "one.pdf")
    data = (tmp_path / "one.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in data[10:14])
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        assert len(pdf.trailer.ID) == 2


def test_many_objects_stand_in_object_streams(tmp_path: Path) -> None:
    path = tmp_path / "many.pdf"
    package = Package(path, "en", INFO)
    package.start_pages([A4])
    package.fill_page(0, b"", package.add(b"<<>>"), [])
    first = package.reserve(3 * OBJECTS_A_STREAM)
    for number in range(first, first + 3 * OBJECTS_A_STREAM):
        package.put(number, b"<</N %d>>" % number)
    package.save()
    with pikepdf.open(path) as pdf:
        assert [pdf.get_object(first + i, 0).N for i in range(1000)] == list(
            range(first, first + 1000)
        )
        assert not pdf.get_warnings()
    assert path.read_bytes().count(b"/ObjStm") >= 3


def test_a_reserved_number_that_is_not_used_is_free(tmp_path: Path) -> None:
    package = Package(tmp_path / "gap.pdf", "en", INFO)
    package.start_pages([A4])
    package.reserve(2)
    package.fill_page(0, b"", package.add(b"<<>>"), [])
    package.save()
    with pikepdf.open(tmp_path / "gap.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert not pdf.get_warnings()
