"""Templates that are not ours: their look is kept, what they lack is said, harm is refused."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import package_checker
import pptx
import pytest
from any_deck import plan_faults
from decks import context_for
from openxml_audit import OpenXmlValidator

from exporters.powerpoint import Options, exporter
from exporters.powerpoint.plan import Text
from exporters.powerpoint.vocabulary import VOCABULARY
from exporters.verify import compare
from report_data import load, load_text
from report_data.audience import for_format

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporters.context import Context
    from exporters.powerpoint.plan import Deck

ROOT = Path(__file__).parents[2]

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
"""python-pptx's own: 4:3, eleven layouts of Office 2007."""


def changed(to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Copy the default template with some parts changed, or left out."""
    with zipfile.ZipFile(DEFAULT) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            blob = change(name, old.read(name))
            if blob is not None:
                new.writestr(name, blob)
    return to


def odd(to: Path) -> Path:
    """Return a template of odd size with Chinese fonts and two layouts only, none a cover."""

    def change(name: str, blob: bytes) -> bytes | None:
        if name == "ppt/presentation.xml":
            return re.sub(rb"<p:sldSz [^>]*/>", b'<p:sldSz cx="11430000" cy="5715000"/>', blob)
        if name == "ppt/slideMasters/slideMaster1.xml":
            ids = re.findall(rb"<p:sldLayoutId [^>]*/>", blob)
            for one in [*ids[:1], *ids[2:5], *ids[6:]]:
                blob = blob.replace(one, b"")
            return blob
        if name == "ppt/theme/theme1.xml":
            return blob.replace(b'<a:ea typeface=""/>', '<a:ea typeface="华文楷体"/>'.encode())
        return blob

    return changed(to, change)


def planned(template: Path) -> tuple[Deck, Context]:
    report = for_format(load(None), "pptx")
    context = context_for(report)
    return exporter.plan(report, context, Options(template=template)), context


@pytest.mark.parametrize("make", [lambda _: DEFAULT, odd], ids=["default-4:3", "odd"])
def test_a_deck_keeps_the_template_and_every_rule(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    template = make(tmp_path / "template.pptx")
    deck, context = planned(template)
    assert context.diagnostics.errors == ()
    assert plan_faults(deck) == []
    path = tmp_path / "deck.pptx"
    exporter.write(deck, path)
    assert package_checker.faults(path) == []
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    report = for_format(load(None), "pptx")
    proof = compare(report, exporter.read(path), context.words, context.names)
    assert proof.diagnostics == ()
    ours, theirs = pptx.Presentation(str(path)), pptx.Presentation(str(template))
    assert (ours.slide_width, ours.slide_height) == (theirs.slide_width, theirs.slide_height)
    names = {layout.name for layout in theirs.slide_layouts}
    assert {slide.slide_layout.name for slide in ours.slides} <= names
    assert all(slide.shapes.title is not None for slide in ours.slides)


@pytest.mark.parametrize("make", [lambda _: DEFAULT, odd], ids=["default-4:3", "odd"])
def test_every_layout_stands_inside_of_the_template(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    template = make(tmp_path / "template.pptx")
    sections = "".join(f"# {name} {{layout={name}}}\n\n感谢各位的时间。\n\n" for name in VOCABULARY)
    report = for_format(load_text(sections), "pptx")
    deck = exporter.plan(report, context_for(report), Options(template=template))
    assert plan_faults(deck) == []


def test_titles_stand_where_the_template_has_them() -> None:
    deck, _ = planned(DEFAULT)
    title = next(s for s in deck.slides[2].shapes if isinstance(s, Text) and s.name == "overview")
    theirs = pptx.Presentation(str(DEFAULT)).slide_layouts[1].placeholders[0]
    assert title.rect.x == pytest.approx(theirs.left / 12700 + 7.2)  # its own left inset


def test_what_a_template_lacks_is_said_once_with_what_serves_instead(tmp_path: Path) -> None:
    _, context = planned(odd(tmp_path / "odd.pptx"))
    (said,) = [item for item in context.diagnostics if item.code == "W407"]
    assert "title slide" in said.message
    assert "serves instead" in said.message


def test_a_potx_serves_too(tmp_path: Path) -> None:
    def change(name: str, blob: bytes) -> bytes:
        if name == "[Content_Types].xml":
            return blob.replace(b"presentation.main+xml", b"template.main+xml")
        return blob

    deck, context = planned(changed(tmp_path / "corporate.potx", change))
    assert context.diagnostics.errors == ()
    exporter.write(deck, tmp_path / "deck.pptx")
    with zipfile.ZipFile(tmp_path / "deck.pptx") as archive:
        assert b"presentation.main+xml" in archive.read("[Content_Types].xml")


def test_macros_and_outer_links_are_named_and_left_out(tmp_path: Path) -> None:
    active = (
        b'<Relationship Id="rId98" Type="http://schemas.microsoft.com/office/2006/relationships/'
        b'vbaProject" Target="vbaProject.bin"/><Relationship Id="rId99" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/oleObject" '
        b'Target="file://server/share/x.xls" TargetMode="External"/></Relationships>'
    )

    def change(name: str, blob: bytes) -> bytes:
        if name == "ppt/_rels/presentation.xml.rels":
            return blob.replace(b"</Relationships>", active)
        if name == "[Content_Types].xml":
            return blob.replace(
                b"</Types>", b'<Default Extension="bin" ContentType="x/y"/></Types>'
            )
        return blob

    template = changed(tmp_path / "active.pptx", change)
    with zipfile.ZipFile(template, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", b"macros")
    deck, context = planned(template)
    (said,) = [item for item in context.diagnostics if item.code == "W406"]
    assert "macros" in said.message
    assert "a link to another file" in said.message
    exporter.write(deck, tmp_path / "deck.pptx")
    with zipfile.ZipFile(tmp_path / "deck.pptx") as archive:
        assert not [name for name in archive.namelist() if "vba" in name]
        assert not [name for name in archive.namelist() if b"file://" in archive.read(name)]


HARMFUL = {
    "a document type": {"ppt/theme/theme1.xml": b'<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'},
    "a part that leaves the package": {"../../evil.xml": b"<x/>"},
    "an absolute part": {"/etc/evil.xml": b"<x/>"},
    "a bomb": {"ppt/media/bomb.bin": b"\0" * 3_000_000},
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_a_harmful_template_is_refused_with_the_reason(harm: str, tmp_path: Path) -> None:
    added = HARMFUL[harm]
    template = changed(tmp_path / "bad.pptx", added.get)
    with zipfile.ZipFile(template, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in added.items():
            if name not in archive.namelist():
                archive.writestr(name, blob)
    _, context = planned(template)
    (error,) = context.diagnostics.errors
    assert error.code == "E407"
    assert "bad.pptx is refused" in error.message


def test_a_file_that_is_no_presentation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.pptx"
    path.write_text("no zip", encoding="utf-8")
    _, context = planned(path)
    assert [error.code for error in context.diagnostics.errors] == ["E407"]


def test_a_workbook_is_no_template(tmp_path: Path) -> None:
    path = tmp_path / "book.pptx"
    openpyxl.Workbook().save(path)
    _, context = planned(path)
    assert [error.code for error in context.diagnostics.errors] == ["E407"]


DAMAGED: dict[str, tuple[str, Callable[[bytes], bytes | None]]] = {
    "no content types": ("[Content_Types].xml", lambda _: None),
    "a content type without a name": (
        "[Content_Types].xml",
        lambda blob: blob.replace(b' PartName="/ppt/presentation.xml"', b""),
    ),
    "a part without content type": (
        "[Content_Types].xml",
        lambda blob: re.sub(
            rb'<(Default Extension="xml"|Override PartName="/docProps/core)[^>]*/>', b"", blob
        ),
    ),
    "half a part": ("ppt/tableStyles.xml", lambda blob: blob[: len(blob) // 2]),
    "half a part that nobody needs": ("ppt/viewProps.xml", lambda blob: blob[:90]),
    "an empty part": ("docProps/core.xml", lambda _: b""),
    "a relationship to nothing": ("ppt/viewProps.xml", lambda _: None),
    "a relationship without target": (
        "ppt/slideLayouts/_rels/slideLayout3.xml.rels",
        lambda blob: re.sub(rb' Target="[^"]*"', b"", blob),
    ),
    "something else than relationships": (
        "ppt/slideLayouts/_rels/slideLayout3.xml.rels",
        lambda _: b"<x/>",
    ),
    "no master": (
        "ppt/presentation.xml",
        lambda blob: re.sub(rb"<p:sldMasterId [^>]*/>", b"", blob),
    ),
    "measures that are no numbers": (
        "ppt/presentation.xml",
        lambda blob: blob.replace(b'cx="9144000"', b'cx="wide"'),
    ),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_template_is_refused_with_the_reason(damage: str, tmp_path: Path) -> None:
    part, change = DAMAGED[damage]
    seen = []

    def damaged(name: str, blob: bytes) -> bytes | None:
        if name == part:
            seen.append(name)
            return change(blob)
        return blob

    _, context = planned(changed(tmp_path / "bad.pptx", damaged))
    assert seen
    (error,) = context.diagnostics.errors
    assert error.code == "E407"
    assert "bad.pptx is refused" in error.message


def test_colours_may_be_the_systems_or_said_in_another_way(tmp_path: Path) -> None:
    def change(name: str, blob: bytes) -> bytes:
        if name == "ppt/theme/theme1.xml":
            blob = re.sub(rb' lastClr="[^"]*"', b"", blob)
            return re.sub(rb'<a:srgbClr val="4F81BD"/>', b'<a:prstClr val="teal"/>', blob, count=1)
        return blob

    deck, context = planned(changed(tmp_path / "system.pptx", change))
    assert not context.diagnostics.errors
    assert (deck.look.palette.paper, deck.look.palette.ink) == ("FFFFFF", "000000")


def scaled(to: Path, width: int, height: int) -> Path:
    """Return the default template with all its measures in proportion to other slides."""

    def change(name: str, blob: bytes) -> bytes:
        across, down = width / 720, height / 540

        def moved(found: re.Match[bytes]) -> bytes:
            tag, x, first, y, second = found.groups()
            return b'<a:%s %s="%d" %s="%d"/>' % (tag, x, int(first) * across, y, int(second) * down)

        if name == "ppt/presentation.xml":
            size = b'<p:sldSz cx="%d" cy="%d"/>' % (width * 12_700, height * 12_700)
            return re.sub(rb"<p:sldSz [^>]*/>", size, blob)
        if name.startswith(("ppt/slideMasters/slide", "ppt/slideLayouts/slide")):
            return re.sub(rb'<a:(off|ext) (c?x)="(-?\d+)" (c?y)="(-?\d+)"/>', moved, blob)
        return blob

    return changed(to, change)


@pytest.mark.parametrize(("width", "height"), [(720, 405), (480, 250), (270, 480)])
def test_nothing_overflows_small_slides(width: int, height: int, tmp_path: Path) -> None:
    """720 by 405 points is what Google Slides and PowerPoint's "On-screen Show (16:9)" have."""
    chapters = "\n\n".join(f"# 第 {number} 章\n\n正文。" for number in range(1, 41))
    code = "\n".join(f"line {number}" for number in range(30))
    report = for_format(load_text(f"# 报告\n\n{chapters}\n\n例：\n\n```\n{code}\n```\n"), "pptx")
    template = scaled(tmp_path / "small.pptx", width, height)
    for one in (report, for_format(load_text(chapters.partition("# 第 17")[0]), "pptx")):
        deck = exporter.plan(one, context_for(one), Options(template=template))
        assert plan_faults(deck) == []
    deck, _ = planned(template)
    assert plan_faults(deck) == []


def test_words_that_leave_no_room_for_what_follows_have_a_slide_of_their_own(
    tmp_path: Path,
) -> None:
    words = (
        "一段话说明下面是什么，长到要占满三行才算完，所以在低的幻灯片上几乎不给别的东西留下位置。"
    )
    rows = "\n".join(f"| 第 {number} 行 | {number} |" for number in range(400))
    code = "\n".join(f"line {number}" for number in range(30))
    table = f"# 表\n\n{words}：\n\n| 名 | 数 |\n|---|---|\n{rows}\n"
    report = load_text(f"{table}\n# 码\n\n{words}：\n\n```\n{code}\n```\n")
    template = scaled(tmp_path / "low.pptx", 420, 236)
    deck = exporter.plan(
        for_format(report, "pptx"), context_for(report), Options(template=template)
    )
    assert plan_faults(deck) == []


def test_a_template_with_too_little_room_is_refused(tmp_path: Path) -> None:
    _, context = planned(scaled(tmp_path / "banner.pptx", 576, 72))
    (error,) = context.diagnostics.errors
    assert error.code == "E409"
    assert "banner.pptx leaves" in error.message


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_the_command_takes_a_template_and_proves_the_deck(tmp_path: Path) -> None:
    options = ("--to", "pptx", "--template", str(DEFAULT), "--output", str(tmp_path))
    done = command("export", *options)
    assert done.returncode == 0, done.stderr
    (deck,) = tmp_path.glob("*.pptx")
    names = {layout.name for layout in pptx.Presentation(str(deck)).slide_layouts}
    assert "Title and Content" in names


def test_the_command_says_what_a_template_lacks(tmp_path: Path) -> None:
    template = odd(tmp_path / "odd.pptx")
    assert "lacks: title slide" in command("check", "--template", str(template)).stderr
    assert command("check", "--strict", "--template", str(template)).returncode == 1
    assert command("check").returncode == 2
