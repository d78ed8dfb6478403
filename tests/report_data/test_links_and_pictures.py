"""Nothing leads out but http, https, mailto and #id; no picture from outside the folder."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

import report_data
from report_data.images import find_picture, picture_size
from report_data.links import check_link
from report_data.markdown.visible import compare
from report_data.model import Figure, Paragraph, Report, Run, plain

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "<java\tscript:alert(1)>",
    "<java&#10;script:alert(1)>",
    "&#1;javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    r"\\\\198.51.100.7\\share\\x",
    "ms-msdt:/id",
    "ppaction://macro?name=Evil",
    "#Sheet2!A1",
    "//evil.example/x",
    "other.md",
    "https://x.org/" + "a" * 3000,
)


def _runs(report: Report) -> list[Run]:
    return [
        item
        for node in report.walk()
        if isinstance(node, Paragraph)
        for item in node.content
        if isinstance(item, Run)
    ]


@pytest.mark.parametrize("address", REFUSED)
@pytest.mark.parametrize("form", ["[点我]({})", "[点我][r]\n\n[r]: {}"])
def test_other_addresses_become_plain_text_with_a_warning(address: str, form: str) -> None:
    report = report_data.load_text(form.format(address))
    assert [(run.text, run.link) for run in _runs(report)] == [("点我", None)]
    assert [warning.code for warning in report.warnings] in (["W120"], ["W121"])


def test_html_links_obey_the_same_rule() -> None:
    report = report_data.load_text('a <a href="javascript:x">b</a> <a href=https://x.org>c</a>')
    assert [(run.text, run.link) for run in _runs(report)] == [
        ("a b ", None),
        ("c", "https://x.org"),
    ]


@pytest.mark.parametrize(
    "address", ["https://x.org/a?b#c", "HTTP://x.org", "mailto:a@example.com?cc=b@example.com"]
)
def test_allowed_addresses_stay_as_they_are(address: str) -> None:
    assert check_link(address).address == address


def test_a_warning_points_at_each_link_by_itself() -> None:
    report = report_data.load_text("a [x](y.md) b [x](y.md)\nc [x](y.md)")
    places = [(w.span.line, w.span.column) for w in report.warnings if w.span]
    assert places == [(1, 3), (1, 15), (2, 3)]


def test_a_definition_used_thousands_of_times_does_not_multiply() -> None:
    text = f"[r]: https://x.org/{'a' * 2000}\n\n" + "[r] " * 5000
    report = report_data.load_text(text)
    assert sum(len(run.link) for run in _runs(report) if run.link) <= 2_000_000
    assert {warning.code for warning in report.warnings} == {"W120"}


# --- pictures ----------------------------------------------------------------------


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(height * (width + 1)))
    parts = chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _figure(text: str, folder: Path) -> tuple[Figure, list[str]]:
    report = report_data.load_text(text, folder=folder)
    (figure,) = (node for node in report.walk() if isinstance(node, Figure))
    return figure, [warning.code for warning in report.warnings]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "report"
    (inside / "sub").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(_png(1, 1))
    (inside / "a.png").write_bytes(_png(3, 2))
    (inside / "sub" / "图 1.png").write_bytes(_png(3, 2))
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    (inside / "out").symlink_to(tmp_path)
    (inside / "html.png").write_text("<html>")
    (inside / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JF")
    (inside / "bomb.png").write_bytes(_png(3, 2).replace(b"\0\0\0\3\0\0\0\2", b"\0\0u0" * 2))
    (inside / "short.png").write_bytes(_png(3, 2)[:-4])
    (inside / "sum.png").write_bytes(_png(3, 2).replace(b"IDAT", b"IDAU"))
    (inside / "cut.gif").write_bytes(b"GIF89a" + struct.pack("<HH", 7, 9) + bytes(20))
    return inside


@pytest.mark.parametrize(
    "address", ["a.png", "./a.png", "sub/../a.png", "<sub/图 1.png>", "sub/图%201.png"]
)
def test_pictures_in_the_folder_are_found(folder: Path, address: str) -> None:
    figure, codes = _figure(f"![x]({address})", folder)
    assert figure.path is not None
    assert codes == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("../secret.png", "outside"),
        ("sub/../../secret.png", "outside"),
        ("..%2fsecret.png", "outside"),
        (r"..\\secret.png", "outside"),
        ("link.png", "outside"),
        ("out/secret.png", "outside"),
        ("/etc/passwd", "outside"),
        ("~/x.png", "outside"),
        ("file:///etc/passwd", "not in the report's folder"),
        (r"\\\\198.51.100.7\\share\\x.png", "not in the report's folder"),
        ("http://169.254.169.254/latest", "not in the report's folder"),
        ("//127.0.0.1:9/x.png", "not in the report's folder"),
        ("none.png", "no such picture"),
        ("sub", "no such picture"),
        ("", "no address"),
        ("html.png", "is no PNG"),
        ("cut.jpg", "is no PNG"),
        ("bomb.png", "30000 x 30000 pixels"),
        ("short.png", "damaged or cut short"),
        ("sum.png", "damaged or cut short"),
        ("cut.gif", "damaged or cut short"),
    ],
)
def test_other_pictures_are_placeholders_with_a_warning(
    folder: Path, address: str, why: str
) -> None:
    report = report_data.load_text(f"![替代]({address})", folder=folder)
    (figure,) = (node for node in report.walk() if isinstance(node, Figure))
    assert (figure.alt, figure.path) == ("替代", None)
    (warning,) = report.warnings
    assert warning.code == "W150"
    assert why in warning.message


def test_without_a_folder_there_are_no_pictures() -> None:
    assert find_picture("a.png", None).path is None


def test_a_picture_inside_a_line_gives_way_to_its_text() -> None:
    report = report_data.load_text("a ![b](c.png) d")
    (paragraph,) = report.walk()
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.content) == "a b d"
    assert [warning.code for warning in report.warnings] == ["W151"]


def test_sizes_are_read_from_the_first_bytes() -> None:
    assert picture_size(_png(640, 480)) == (640, 480)
    assert picture_size(b"GIF89a" + struct.pack("<HH", 7, 9)) == (7, 9)
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 10) + b"\x03"
    assert picture_size(jpeg) == (10, 20)
    webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x0f\0\0" + b"\x07\0\0"
    assert picture_size(webp) == (16, 8)
    assert picture_size(b"") is None


def test_attributes_behind_pictures() -> None:
    report = report_data.load_text(
        "[![a](b.png){ width=40% }](https://x.org)\n\nc ![d](e.png){.f} {g}"
    )
    figure, paragraph = report.children
    assert isinstance(figure, Figure)
    assert figure.attributes.get("width") == "40%"
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.content) == "c d {g}"
    assert [item.code for item in report.warnings] == ["W152", "W150", "W151"]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("![a](a.png)\n*图 1*", ["figure a", "图 1"]),
        ("text\n![a](a.png)\nmore", ["text", "figure a", "more"]),
        ("text ![a](a.png)\nmore", ["text a more"]),
        ("*x\n![a](a.png)\ny*", ["x", "figure a", "y"]),
        ("甲\n![a](a.png) ![b](b.png)\n乙", ["甲 a b 乙"]),
        ("`c`\n![a](a.png)\n![b](b.png)\n`d`", ["c", "figure a", "figure b", "d"]),
        ("[![a](a.png)](https://x.org)\ntext", ["figure a", "text"]),
    ],
)
def test_a_picture_alone_in_its_line_is_a_figure(source: str, blocks: list[str]) -> None:
    report = report_data.load_text(source)
    shown = [
        f"figure {node.alt}" if isinstance(node, Figure) else plain(node.content)
        for node in report.children
        if isinstance(node, Figure | Paragraph)
    ]
    assert shown == blocks
    assert compare(report) == []


@pytest.mark.parametrize(
    ("written", "caption"),
    [
        ("![图 1：组件](a.png)", "图 1：组件"),
        ("![Figure 2: Parts](a.png)", "Figure 2: Parts"),
        ('![图 1：组件](a.png "题")', "题"),
        ("![组件](a.png)", ""),
    ],
)
def test_a_text_that_begins_with_a_number_is_the_caption(written: str, caption: str) -> None:
    (figure,) = report_data.load_text(written).children
    assert isinstance(figure, Figure)
    assert plain(figure.caption) == caption


def test_what_one_picture_has_is_not_said_of_the_same_one_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_png(4, 4))
    source = '![图](a.png "说明"){width=50%}\n\n![图](a.png)\n'
    first, second = report_data.load_text(source, folder=tmp_path).every(Figure)
    assert (plain(first.caption), plain(second.caption)) == ("说明", "")
    assert (first.width is None, second.width) == (False, None)
