"""Templates of many kinds: text can be read on their grounds, and covers none of their drawings."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import package_checker
import pytest
import templates
from any_deck import plan_faults
from decks import context_for
from openxml_audit import OpenXmlValidator
from PIL import Image
from rendered_deck import overlap
from templates import MASTER, THEME, WIDE, called, drawing, ground, layout, made, moved, only, plain

from exporters.layout.geometry import EMU_PER_PT, Rect
from exporters.powerpoint import Options, exporter
from exporters.powerpoint.plan import Drawing, Text
from exporters.themes import LEAST_CONTRAST, contrast
from exporters.verify import compare
from report_data import load, load_text
from report_data.audience import for_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.context import Context
    from exporters.powerpoint.plan import Deck

NAVY, BAR = "0B2545", "1B4332"
LARGE = 3.0
"""What WCAG asks of large text."""


def _dark_cover(parts: templates.Parts) -> None:
    ground(layout(1), plain(NAVY))(parts)
    white = (
        f"<a:lstStyle><a:lvl1pPr><a:defRPr>{plain('FFFFFF')}</a:defRPr></a:lvl1pPr></a:lstStyle>"
    )
    parts[layout(1)] = parts[layout(1)].replace(b"<a:lstStyle/>", white.encode(), 1)


def _other_map(parts: templates.Parts) -> None:
    own = re.search(rb"<p:clrMap ([^>]*)/>", parts[MASTER])
    assert own is not None
    dark = own[1].replace(b'bg1="lt1" tx1="dk1"', b'bg1="dk2" tx1="lt1"')
    override = b"<a:overrideClrMapping " + dark + b"/>"
    parts[layout(1)] = parts[layout(1)].replace(b"<a:masterClrMapping/>", override)
    fill = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
    ground(layout(1), fill)(parts)


def _pale(parts: templates.Parts) -> None:
    for slot, color in (("dk1", "B8B8B8"), ("dk2", "F4D35E")):
        own = f'<a:{slot}><a:srgbClr val="{color}"/></a:{slot}>'.encode()
        parts[THEME] = re.sub(
            rf"<a:{slot}>.*?</a:{slot}>".encode(), own, parts[THEME], flags=re.DOTALL
        )


def _footless(parts: templates.Parts) -> None:
    for name in templates.SHEETS:
        shapes = re.findall(rb"<p:sp>.*?</p:sp>", parts[name], flags=re.DOTALL)
        for shape in shapes:
            if re.search(rb'type="(?:dt|ftr|sldNum)"', shape):
                parts[name] = parts[name].replace(shape, b"")


NOISE = Image.effect_noise((64, 36), 160).convert("RGB")
GRADIENT = (
    '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="001845"/></a:gs><a:gs pos="100000">'
    '<a:schemeClr val="accent1"><a:lumMod val="50000"/></a:schemeClr></a:gs></a:gsLst>'
    '<a:lin ang="5400000"/></a:gradFill>'
)
GERMAN = ("Titelfolie", "Titel und Inhalt", "Abschnitt", "Zwei Inhalte", "Vergleich", "Nur Titel")
CHINESE = ("封面", "目录与正文", "章节页", "两栏", "比较", "只有标题")

KINDS: dict[str, Callable[[Path], Path]] = {
    "dark-ground": lambda to: made(to, ground(MASTER, plain(NAVY)), templates.white_text),
    "dark-ground-black-text": lambda to: made(to, ground(MASTER, plain(NAVY))),
    "dark-cover": lambda to: made(to, _dark_cover),
    "cover-with-its-own-map": lambda to: made(to, _other_map),
    "gradient": lambda to: made(to, ground(MASTER, GRADIENT), templates.white_text),
    "dark-picture": lambda to: made(
        to, templates.picture(MASTER, Image.new("RGB", (32, 18), "#102030")), templates.white_text
    ),
    "noisy-picture": lambda to: made(to, templates.picture(MASTER, NOISE)),
    "pale-theme": lambda to: made(to, _pale),
    "16:10": lambda to: made(to, size=(12192000, 7620000)),
    "a4-portrait": lambda to: made(to, size=(6858000, 9906000)),
    "21:9": lambda to: made(to, size=(16002000, 6858000)),
    "bar-at-the-side": lambda to: made(
        to, only(6, 7), drawing(MASTER, 0, 0, 2400000, 6858000, BAR)
    ),
    "strip-over-the-body": lambda to: made(to, drawing(MASTER, 0, 5600000, WIDE[0], 1258000, BAR)),
    "words-over-the-body": lambda to: made(
        to, templates.words(MASTER, 6000000, 5700000, 5600000, 400000)
    ),
    "panel-on-dark": lambda to: made(
        to,
        ground(MASTER, plain(NAVY)),
        drawing(MASTER, 400000, 200000, 11400000, 6000000, "FFFFFF"),
    ),
    "title-below": lambda to: made(
        to,
        moved(MASTER, "title", 609600, 5300000, 10972800, 900000),
        moved(MASTER, "body", 609600, 300000, 10972800, 4800000),
    ),
    "tiny-body": lambda to: made(to, moved(MASTER, "body", 8000000, 4800000, 3500000, 900000)),
    "no-footers": lambda to: made(to, _footless),
    "german-names": lambda to: made(to, called(*GERMAN)),
    "chinese-names": lambda to: made(to, called(*CHINESE)),
}


def planned(template: Path, source: str = "") -> tuple[Deck, Context]:
    report = for_format(load_text(source) if source else load(None), "pptx")
    context = context_for(report)
    return exporter.plan(report, context, Options(template=template)), context


@pytest.mark.parametrize("kind", KINDS)
def test_a_deck_in_a_template_of_any_kind_keeps_every_rule(kind: str, tmp_path: Path) -> None:
    deck, context = planned(KINDS[kind](tmp_path / "template.pptx"))
    assert context.diagnostics.errors == ()
    assert plan_faults(deck) == []
    path = tmp_path / "deck.pptx"
    exporter.write(deck, path)
    assert package_checker.faults(path) == []
    report = for_format(load(None), "pptx")
    assert compare(report, exporter.read(path), context.words, context.names).diagnostics == ()


def test_the_schema_allows_what_is_written_for_a_ground(tmp_path: Path) -> None:
    for kind in ("cover-with-its-own-map", "noisy-picture", "dark-ground-black-text"):
        deck, _ = planned(KINDS[kind](tmp_path / f"{kind}.pptx"))
        exporter.write(deck, tmp_path / "deck.pptx")
        found = OpenXmlValidator().validate(str(tmp_path / "deck.pptx")).errors
        assert [str(error) for error in found] == [], kind
        (tmp_path / "deck.pptx").unlink()


ON_NAVY = ("dark-ground", "dark-ground-black-text")


@pytest.mark.parametrize("kind", ON_NAVY)
def test_our_own_words_can_be_read_on_a_dark_ground(kind: str, tmp_path: Path) -> None:
    deck, _ = planned(KINDS[kind](tmp_path / "template.pptx"))
    palette = deck.look.palette
    assert palette.paper == NAVY
    for role in ("ink", "ink_second", "structure", "link"):
        assert contrast(getattr(palette, role), NAVY) >= LEAST_CONTRAST, role
        assert role == "ink_second" or role in deck.look.fixed, role
    for color in palette.series:
        assert contrast(color, NAVY) >= LARGE
    assert contrast(palette.ink, palette.surface) >= LEAST_CONTRAST


def test_a_template_s_words_keep_their_colour_where_it_can_be_read(tmp_path: Path) -> None:
    white, _ = planned(KINDS["dark-ground"](tmp_path / "white.pptx"))
    black, _ = planned(KINDS["dark-ground-black-text"](tmp_path / "black.pptx"))
    assert white.look.layout("content").get("title").color == ""
    color = black.look.layout("content").get("title").color
    assert contrast(color.removeprefix("#"), NAVY) >= LARGE


def test_a_dark_cover_before_white_slides_has_light_words(tmp_path: Path) -> None:
    deck, _ = planned(KINDS["dark-cover"](tmp_path / "template.pptx"))
    assert deck.look.palette.paper == "FFFFFF"
    cover = deck.look.layout("cover")
    for key in ("kind", "authors"):
        assert contrast(cover.get(key).color.removeprefix("#"), NAVY) >= LEAST_CONTRAST, key


def test_a_slide_repeats_the_map_of_colours_of_its_layout(tmp_path: Path) -> None:
    deck, _ = planned(KINDS["cover-with-its-own-map"](tmp_path / "template.pptx"))
    exporter.write(deck, tmp_path / "deck.pptx")
    with zipfile.ZipFile(tmp_path / "deck.pptx") as archive:
        cover, second = (archive.read(f"ppt/slides/slide{number}.xml") for number in (1, 2))
    assert b'<a:overrideClrMapping bg1="dk2" tx1="lt1"' in cover
    assert b"<a:masterClrMapping/>" in second


def test_words_on_a_noisy_picture_stand_on_a_panel(tmp_path: Path) -> None:
    deck, _ = planned(KINDS["noisy-picture"](tmp_path / "template.pptx"))
    (panel,) = deck.look.layout("content").drawings
    content = deck.slides[3]
    for shape in content.shapes:
        if isinstance(shape, Text) and shape.placeholder not in {"foot", "number"}:
            assert overlap(shape.rect, panel.rect) >= 0.99, shape.name
    exporter.write(deck, tmp_path / "deck.pptx")
    with zipfile.ZipFile(tmp_path / "deck.pptx") as archive:
        slide = archive.read("ppt/slides/slide4.xml").decode()
    assert slide.index("triptych:panel") < slide.index(content.shapes[1].name)


def _box(x: int, y: int, width: int, height: int) -> Rect:
    return Rect(x / EMU_PER_PT, y / EMU_PER_PT, width / EMU_PER_PT, height / EMU_PER_PT)


OBSTACLES = {
    "bar-at-the-side": _box(0, 0, 2400000, 6858000),
    "words-over-the-body": _box(6000000, 5700000, 5600000, 400000),
    "strip-over-the-body": _box(0, 5600000, WIDE[0], 1258000),
}


@pytest.mark.parametrize("kind", OBSTACLES)
def test_content_covers_no_drawing_of_the_template(kind: str, tmp_path: Path) -> None:
    deck, _ = planned(KINDS[kind](tmp_path / "template.pptx"))
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            if getattr(shape, "placeholder", "") not in {"title", "foot", "number"}:
                covered = overlap(shape.rect, OBSTACLES[kind])
                assert covered < 1e-9, (number, shape.name)  # an edge on an edge, but for rounding


def test_content_stands_over_a_title_at_the_bottom(tmp_path: Path) -> None:
    deck, _ = planned(KINDS["title-below"](tmp_path / "template.pptx"))
    title = deck.look.layout("content").get("title").rect
    assert all(
        shape.rect.bottom <= title.y + 0.1
        for shape in deck.slides[3].shapes
        if not isinstance(shape, Drawing) and shape.rect.y < title.y
    )


@pytest.mark.parametrize("kind", ["german-names", "chinese-names"])
def test_layouts_are_known_by_their_boxes_where_kind_and_name_say_nothing(
    kind: str, tmp_path: Path
) -> None:
    deck, context = planned(KINDS[kind](tmp_path / "template.pptx"))
    assert [item for item in context.diagnostics if item.code == "W407"] == []
    names = GERMAN if kind == "german-names" else CHINESE
    kinds = ("cover", "content", "section", "", "", "agenda")
    for name, key in zip(names, kinds, strict=True):
        assert not key or deck.look.layout(key).name == name


def test_a_cover_whose_title_is_in_the_middle_has_all_its_words_there(tmp_path: Path) -> None:
    cover = planned(made(tmp_path / "template.pptx"))[0].look.layout("cover")
    assert {cover.get(key).align for key in ("kind", "title", "authors")} == {"center"}


LIBREOFFICE = (
    b'<a:p><a:pPr indent="0"/><a:r><a:rPr lang="en-US" sz="3300"><a:solidFill>'
    b'<a:srgbClr val="7A0019"/></a:solidFill><a:latin typeface="Open Sans"/></a:rPr>'
    b"<a:t>Click to edit</a:t></a:r></a:p>"
)


def _without_styles(parts: templates.Parts) -> None:
    """Say size, colour and face in the title's prompt alone, as LibreOffice writes templates."""
    bare = re.sub(
        rb"<p:titleStyle>.*?</p:titleStyle>", b"<p:titleStyle/>", parts[MASTER], flags=re.DOTALL
    )
    parts[MASTER] = re.sub(rb"<a:p>.*?</a:p>", LIBREOFFICE, bare, count=1, flags=re.DOTALL)


def test_what_only_a_prompt_says_is_said_in_our_text(tmp_path: Path) -> None:
    deck, _ = planned(made(tmp_path / "template.pptx", _without_styles))
    title = deck.look.layout("agenda").get("title")
    assert (title.types[0].size, title.color, title.face) == (33.0, "#7A0019", "Open Sans")
    exporter.write(deck, tmp_path / "deck.pptx")
    with zipfile.ZipFile(tmp_path / "deck.pptx") as archive:
        slide = archive.read("ppt/slides/slide2.xml").decode()
    assert re.search(
        r'sz="3300"><a:solidFill><a:srgbClr val="7A0019"/></a:solidFill>'
        r'<a:latin typeface="Open Sans"/>',
        slide,
    )


def test_a_deck_of_ours_serves_as_a_template(tmp_path: Path) -> None:
    report = for_format(load(None), "pptx")
    exporter.write(exporter.plan(report, context_for(report)), tmp_path / "ours.pptx")
    deck, _ = planned(tmp_path / "ours.pptx")
    assert plan_faults(deck) == []


def test_an_agenda_takes_no_more_lines_than_a_low_body_holds(tmp_path: Path) -> None:
    low = made(tmp_path / "low.pptx", moved(MASTER, "body", 600000, 3900000, 10972800, 2400000))
    sections = "".join(f"# 第{number}节\n\n内容。\n\n" for number in range(1, 19))
    deck, _ = planned(low, f"# 报告\n\n{sections}")
    assert plan_faults(deck) == []


def test_the_notice_under_an_excerpt_has_two_lines_on_narrow_slides(tmp_path: Path) -> None:
    rows = "".join(f"| {number} | {number} | {'word ' * 15} |\n" for number in range(200))
    source = f"# Results of the whole survey\n\n| a | b | c |\n|---|---|---|\n{rows}"
    deck, _ = planned(KINDS["a4-portrait"](tmp_path / "template.pptx"), source)
    (notice,) = (
        shape
        for slide in deck.slides
        for shape in slide.shapes
        if isinstance(shape, Text) and shape.name == "triptych:excerpt"
    )
    assert notice.rect.height == 2 * notice.paragraphs[0].type.leading
    assert plan_faults(deck) == []


def test_shapes_of_a_template_that_share_an_id_get_one_of_their_own(tmp_path: Path) -> None:
    def same(parts: templates.Parts) -> None:
        parts[MASTER] = re.sub(rb'(<p:cNvPr id=")[0-9]+"', rb'\g<1>2"', parts[MASTER])

    deck, _ = planned(made(tmp_path / "template.pptx", same))
    exporter.write(deck, tmp_path / "deck.pptx")
    assert package_checker.faults(tmp_path / "deck.pptx") == []
