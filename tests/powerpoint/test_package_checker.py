"""Each rule of the package checker, shown to find the fault it is for."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import package_checker
import pytest
from decks import bundled_deck

from exporters.powerpoint.write import write

if TYPE_CHECKING:
    from pathlib import Path

PRESENTATION = "ppt/presentation.xml"
SLIDE = "ppt/slides/slide4.xml"
TYPES = "[Content_Types].xml"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checked") / "deck.pptx"
    write(bundled_deck(), path)
    return path


def broken(path: Path, to: Path, changes: dict[str, Callable[[str], str | None]]) -> Path:
    """Copy a package with some of its parts changed, or left out where the change says None."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            blob = old.read(name)
            if name in changes:
                changed = changes[name](blob.decode())
                if changed is None:
                    continue
                assert changed.encode() != blob, f"nothing was changed in {name}"
                blob = changed.encode()
            new.writestr(name, blob)
    return to


def test_our_deck_has_no_fault(deck: Path) -> None:
    assert package_checker.faults(deck) == []


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


Change = Callable[[str], str | None]
FAULTS: dict[str, tuple[dict[str, Change], str]] = {
    "names_are_unique": ({}, "stands 2 times"),
    "types_are_declared": (
        {TYPES: replaced("/ppt/slides/slide3.xml", "/ppt/slides/slide99.xml")},
        "slide99.xml has a content type but is not there",
    ),
    "relationships_lead_somewhere": (
        {"ppt/tableStyles.xml": lambda _: None},
        "leads to tableStyles.xml, which is not there",
    ),
    "references_are_related": (
        {
            PRESENTATION: replaced('r:id="rIdSlide1"', 'r:id="rId9999"'),
        },
        "rId9999 is no relationship of it",
    ),
    "parts_are_reached": (
        {"ppt/_rels/presentation.xml.rels": replaced("tableStyles.xml", "presProps.xml")},
        "nothing leads to ppt/tableStyles.xml",
    ),
    "presentation_is_in_order": (
        {
            PRESENTATION: lambda text: text.replace(
                '<p:notesSz cx="6858000" cy="9144000"/>', ""
            ).replace("<p:sldIdLst>", '<p:notesSz cx="6858000" cy="9144000"/><p:sldIdLst>')
        },
        "are out of order",
    ),
    "slide_ids_are_right": (
        {PRESENTATION: replaced('<p:sldId id="258"', '<p:sldId id="25"')},
        "slide id 25 is under 256",
    ),
    "layout_ids_are_right": (
        {"ppt/slideMasters/slideMaster1.xml": replaced('id="2147483650"', 'id="2147483651"')},
        "2147483651 is taken 2 times",
    ),
    "shape_ids_are_unique": ({SLIDE: replaced('id="3"', 'id="2"')}, "2 is taken 2 times"),
    "placeholders_are_their_layouts": (
        {SLIDE: replaced('idx="20"', 'idx="77"')},
        "('body', '77') is not in ppt/slideLayouts/",
    ),
    "sections_hold_each_slide_once": (
        {PRESENTATION: replaced('<p14:sldId id="260"/>', "")},
        "sections hold 14 slides of 15",
    ),
    "tables_are_whole": (
        {"ppt/slides/slide6.xml": replaced("<a:tblGrid>", '<a:tblGrid><a:gridCol w="12700"/>')},
        "cells in a table of 4 columns",
    ),
}


@pytest.mark.parametrize("rule", FAULTS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_rule_finds_its_fault(rule: str, deck: Path, tmp_path: Path) -> None:
    changes, message = FAULTS[rule]
    path = broken(deck, tmp_path / "broken.pptx", dict(changes))
    if rule == "names_are_unique":
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(SLIDE, b"<x/>")
    check = getattr(package_checker, rule)
    found = list(check(package_checker.Package(path)))
    assert any(message in fault for fault in found), found


def test_broken_xml_is_named(deck: Path, tmp_path: Path) -> None:
    path = broken(deck, tmp_path / "broken.pptx", {SLIDE: replaced("</p:sld>", "\x0c</p:sld>")})
    assert any(SLIDE in fault for fault in package_checker.faults(path))


def test_every_rule_is_shown_to_fail() -> None:
    named = {rule.__name__ for rule in package_checker.RULES}
    assert named - set(FAULTS) <= {
        "notes_know_their_slides"
    }  # see test_write.py: a deck with notes
