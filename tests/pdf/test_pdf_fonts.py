"""Fonts in the PDF: what is shown comes out as it was written, whatever the face."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection, TTFont

from exporters.layout.faces import open_face
from exporters.layout.fonts import BUNDLED
from exporters.layout.geometry import Size
from exporters.pdf.fonts import Font, clusters
from exporters.pdf.package import Package

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.layout.faces import Face

SANS = "TriptychSans-Regular.ttf"


def embed(face: Face, text: str, path: Path) -> pikepdf.Pdf:
    """Return a file that shows a text in a face, its fonts in the first page's resources."""
    font = Font(face, clusters(text), 0)
    package = Package(path, "en", {"Title": b"(T)"})
    package.start_pages([Size(100, 100)])
    entries = b"".join(b"/%b %d 0 R" % pair for pair in font.put(package))
    operators = b"".join(
        b"/%b 10 Tf <%b> Tj " % (part.font, part.codes.hex().encode()) for part in font.show(text)
    )
    package.fill_page(0, b"BT " + operators + b"ET", package.add(b"<</Font<<%b>>>>" % entries), [])
    package.save()
    return pikepdf.open(path)


def extracted(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_two_characters_of_one_glyph_keep_their_own_text(tmp_path: Path) -> None:
    face = open_face(BUNDLED / "TriptychSansSC-Regular.ttf")
    with embed(face, "一\u2014二\u2015三", tmp_path / "f.pdf") as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        descendant = font.DescendantFonts[0]
        glyphs = descendant.CIDToGIDMap.read_bytes()
        dash, last = int.from_bytes(glyphs[-2:]), len(glyphs) // 2 - 1
        assert dash != last
        widths = told_widths(descendant)
        assert widths.get(dash, 1000) == widths.get(last, 1000) == face.advance("\u2014") * 1000
    assert extracted(tmp_path / "f.pdf") == "一\u2014二\u2015三"


def test_characters_that_no_face_has_share_one_font(tmp_path: Path) -> None:
    """A page of a script without a face once had a font a character: a minute to open."""
    face = open_face(BUNDLED / "TriptychSansSC-Regular.ttf")
    text = "".join(map(chr, range(0x12000, 0x12100)))
    with embed(face, text, tmp_path / "f.pdf") as pdf:
        assert len(pdf.pages[0].Resources.Font) == 1
    assert extracted(tmp_path / "f.pdf") == text


def test_an_invisible_character_goes_with_the_one_before(tmp_path: Path) -> None:
    assert clusters("⚠\ufe0fa\u200d") == ["⚠\ufe0f", "a\u200d"]
    assert clusters("\u200da") == ["\u200da"]
    assert clusters("\ufe0f") == []
    face = open_face(BUNDLED / "TriptychEmoji-Regular.ttf")
    with embed(face, "⚠\ufe0f⚠", tmp_path / "f.pdf"):
        assert extracted(tmp_path / "f.pdf") == "⚠\ufe0f⚠"


def test_a_missing_glyph_shows_a_stand_in_and_keeps_its_text(tmp_path: Path) -> None:
    """ISO 14289-1, 7.21.8: no text refers to .notdef."""
    face = open_face(BUNDLED / "TriptychSansSC-Regular.ttf")
    assert not face.has("\U00020000")
    font = Font(face, ["中", "\U00020000"], 0)
    (part,) = font.show("\U00020000")
    assert part.codes != b"\0\0"
    with embed(face, "中\U00020000", tmp_path / "f.pdf"):
        assert extracted(tmp_path / "f.pdf") == "中\U00020000"


def test_widths_in_the_file_are_the_program_s(tmp_path: Path) -> None:
    """ISO 19005-3, 6.2.11.5: within a thousandth of an em."""
    with embed(open_face(BUNDLED / SANS), "Triptych 1,234.5", tmp_path / "f.pdf") as pdf:
        descendant = pdf.pages[0].Resources.Font.F0.DescendantFonts[0]
        program = TTFont(BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
        told = told_widths(descendant)
        scale = 1000 / program["head"].unitsPerEm
        for glyph, name in enumerate(program.getGlyphOrder()):
            assert told.get(glyph, 1000) == pytest.approx(program["hmtx"][name][0] * scale, abs=0.5)


def told_widths(descendant: pikepdf.Object) -> dict[int, float]:
    """Return the widths of a W array (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    entries = list(descendant.W)
    while entries:
        first, second = int(entries[0]), entries[1]
        if isinstance(second, pikepdf.Array):
            widths |= {first + i: float(width) for i, width in enumerate(second)}
            entries = entries[2:]
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(entries[2]))
            entries = entries[3:]
    return widths


@pytest.fixture
def cff_file(tmp_path: Path) -> Path:
    """Return a small OpenType face with CFF outlines, made here."""
    names = [".notdef", "space", "A", "B"]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({32: "space", 65: "A", 66: "B", 0x410: "A"})
    strings = {}
    for name, width in zip(names, (500, 250, 600, 700), strict=True):
        pen = T2CharStringPen(width, None)
        if name != "space":
            pen.moveTo((50, 0))
            pen.lineTo((width - 50, 0))
            pen.lineTo((width / 2, 700))
            pen.closePath()
        strings[name] = pen.getCharString()
    builder.setupCFF("Tri-Test", {}, strings, {})
    builder.setupHorizontalMetrics(
        {n: (w, 0) for n, w in zip(names, (500, 250, 600, 700), strict=True)}
    )
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Tri", "styleName": "Regular", "psName": "Tri-Test"})
    builder.setupOS2(sTypoAscender=800, sCapHeight=700)
    builder.setupPost()
    builder.save(tmp_path / "test.otf")
    return tmp_path / "test.otf"


def test_cff_outlines_are_embedded_as_such(cff_file: Path, tmp_path: Path) -> None:
    with embed(open_face(cff_file), "BAB", tmp_path / "f.pdf") as pdf:
        descendant = pdf.pages[0].Resources.Font.F0.DescendantFonts[0]
        assert descendant.Subtype == "/CIDFontType0"
        assert descendant.FontDescriptor.FontFile3.Subtype == "/CIDFontType0C"
        assert told_widths(descendant) == {0: 500, 1: 600, 2: 700}
    assert extracted(tmp_path / "f.pdf") == "BAB"


def test_two_characters_of_one_glyph_in_cff(cff_file: Path, tmp_path: Path) -> None:
    """CFF programs have no map from codes to glyphs."""
    with embed(open_face(cff_file), "A\u0410B", tmp_path / "f.pdf") as pdf:
        fonts = pdf.pages[0].Resources.Font
        programs = {font.DescendantFonts[0].objgen for font in fonts.values()}
        assert len(programs) == 1 < len(fonts), "several Type0 fonts share one program"
    assert extracted(tmp_path / "f.pdf") == "A\u0410B"


def test_a_face_of_a_collection(tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(BUNDLED / SANS), TTFont(BUNDLED / "TriptychMono-Regular.ttf")]
    collection.save(tmp_path / "two.ttc")
    with embed(open_face(tmp_path / "two.ttc", 1), "il", tmp_path / "f.pdf") as pdf:
        descendant = pdf.pages[0].Resources.Font.F0.DescendantFonts[0]
        assert set(told_widths(descendant).values()) == {600}
    assert extracted(tmp_path / "f.pdf") == "il"


def test_white_space_without_a_glyph_is_a_gap() -> None:
    face = open_face(BUNDLED / "TriptychEmoji-Regular.ttf")
    assert not face.has(" ")
    first, gap, second = Font(face, ["🚀", " "], 0).show("🚀 🚀")
    assert first.codes == second.codes != b"\0\0"
    assert not gap.codes
    assert gap.width == face.advance(" ")
