"""SVG pictures: sharp and in their colours in all three documents, with text in our faces."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PIL import Image

from exporters import Settings, drawing, export, pictures
from report_data import load_text
from report_data.svg import read_svg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.export import ExportResult
    from report_data.model import Report

DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100">
<rect width="100" height="100" fill="#FF0000"/>
<rect x="100" width="100" height="100" fill="#0000FF"/>
<text x="210" y="60" font-size="40" font-family="Microsoft YaHei">光电</text></svg>"""

ENDLESS = """<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000">
<filter id="f"><feMorphology operator="dilate" radius="500"/></filter>
<rect width="1000" height="1000" filter="url(#f)"/></svg>"""


def report_of(folder: Path, svg: str) -> Report:
    (folder / "a.svg").write_text(svg, encoding="utf-8")
    return load_text("# 图\n\n![红与蓝](a.svg)\n\n正文。\n", folder=folder)


def exported(report: Report, folder: Path) -> ExportResult:
    return export(report, Settings(output=folder), in_processes=False)


def media(path: Path) -> Image.Image:
    """Return the one picture in a deck or workbook."""
    with zipfile.ZipFile(path) as archive:
        (name,) = [name for name in archive.namelist() if "/media/" in name]
        return Image.open(io.BytesIO(archive.read(name)))


def test_a_drawing_is_in_all_three(tmp_path: Path) -> None:
    report = report_of(tmp_path, DRAWING)
    assert report.warnings == ()
    result = exported(report, tmp_path / "out")
    assert result.diagnostics == ()
    files = {one.format: one.path for one in result.documents}
    for name in ("pptx", "xlsx"):
        drawn = media(files[name])
        assert (drawn.format, drawn.size) == ("PNG", (2400, 800))
        seen = drawn.convert("RGBA")
        assert seen.getpixel((400, 400)) == (255, 0, 0, 255)
        assert seen.getpixel((1200, 400)) == (0, 0, 255, 255)
        words = seen.crop((1650, 150, 2400, 550)).getchannel("A")
        assert words.getbbox() is not None, "its words are not there"
    document = pypdfium2.PdfDocument(files["pdf"])
    page = document[len(document) - 1].render(scale=2).to_pil().convert("RGB")
    document.close()
    colours = {color: count for count, color in page.getcolors(1 << 20) or ()}
    assert colours[255, 0, 0] == pytest.approx(colours[0, 0, 255], rel=0.05)
    # 300 pixels are 225 points: a hundred of them are 75, at two pixels a point.
    assert colours[255, 0, 0] == pytest.approx(150 * 150, rel=0.05)


def test_a_character_that_no_face_has_is_told_of(tmp_path: Path) -> None:
    report = report_of(tmp_path, DRAWING.replace("光电", "光\U000e0fff"))
    (warning,) = exported(report, tmp_path / "out").diagnostics
    assert (warning.code, "U+E0FFF" in warning.message) == ("W301", True)
    assert str(warning.span).endswith(":3:1")


def test_the_same_drawing_gives_the_same_bytes(tmp_path: Path) -> None:
    report = report_of(tmp_path, DRAWING)
    for name in ("one", "two"):
        pictures._size_of.cache_clear()  # noqa: SLF001 - as below
        pictures._png_of.cache_clear()  # noqa: SLF001 - else the second is the first
        exported(report, tmp_path / name)
    for one in (tmp_path / "one").glob("*.[px]*"):
        assert one.read_bytes() == (tmp_path / "two" / one.name).read_bytes(), one.name


@pytest.mark.parametrize("ask", [drawing._forked, drawing._started])  # noqa: SLF001 - both are used
def test_it_is_drawn_in_a_process_with_an_end(
    ask: Callable[[dict[str, Any], float], bytes | None],
) -> None:
    def asked(svg: str, seconds: float = 10.0) -> bytes | None:
        return ask(drawing._options(read_svg(svg.encode(), lambda _: True)), seconds)  # noqa: SLF001  time is the test's

    drawn = asked(DRAWING)
    assert drawn
    assert Image.open(io.BytesIO(drawn)).size == (2400, 800)
    assert asked(ENDLESS, 0.5) is None
    assert (
        asked(DRAWING.replace("<text", '<image href="data:image/png;base64,AA=="/><text')) == drawn
    )


def test_a_file_made_anew_is_looked_at_anew(tmp_path: Path) -> None:
    for width, color in ((20, (255, 0, 0)), (40, (0, 255, 0))):
        report = report_of(tmp_path, DRAWING.replace("#FF0000", "rgb({},{},{})".format(*color)))
        Image.new("RGB", (width, 10), color).save(tmp_path / "b.webp")
        deck = exported(report, tmp_path / "out").documents[0].path
        assert media(deck).convert("RGB").getpixel((400, 400)) == color
        assert pictures.size_of(str(tmp_path / "b.webp")) == (width, 10)


def test_one_that_is_too_much_to_draw_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_SECONDS", 0.3)
    result = exported(report_of(tmp_path, ENDLESS), tmp_path / "out")
    assert {item.code for item in result.diagnostics} == {"W405", "W501"}
    assert all(one.proved == one.blocks for one in result.documents)


def test_all_that_are_too_much_take_no_longer_than_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_SECONDS", 0.2)
    monkeypatch.setattr(drawing, "_ALL_SECONDS", 0.3)
    monkeypatch.setattr(drawing, "_late", [])
    for number in range(4):
        (tmp_path / f"{number}.svg").write_text(ENDLESS, encoding="utf-8")
        assert pictures.size_of(str(tmp_path / f"{number}.svg")) is None
    assert sum(drawing._late) == pytest.approx(0.3)  # noqa: SLF001 - what was spent


def test_a_damaged_one_gives_way_to_its_text(tmp_path: Path) -> None:
    report = report_of(tmp_path, DRAWING.replace("</svg>", ""))
    (warning,) = report.warnings
    assert (warning.code, "no well-formed XML" in warning.message) == ("W150", True)
    assert exported(report, tmp_path / "out").documents[0].proved
