"""The private members of python-pptx that the deck's package rests on, and what we make of them."""

# ruff: noqa: SLF001  that these members are private is what the tests are about

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from pptx.opc.package import Part, _Relationship, _Relationships
from pptx.opc.packuri import PackURI
from pptx.opc.serialized import _ContentTypesItem
from pptx.package import Package

from exporters.powerpoint import leaves
from exporters.powerpoint.package import RELATIONS, TYPES, DeckPackage
from exporters.powerpoint.zipped import packed, write_zip

if TYPE_CHECKING:
    from pathlib import Path


def test_relationships_keep_their_items_in_a_dict_that_we_may_fill() -> None:
    rels = _Relationships("/ppt")
    part = Part(PackURI("/ppt/a.xml"), TYPES.XML, Package(io.BytesIO()), b"<a/>")
    rels._rels["rId7"] = _Relationship("/ppt", "rId7", RELATIONS.SLIDE, "Internal", part)
    assert rels["rId7"].target_part is part
    assert b'Id="rId7"' in rels.xml
    assert b'Target="a.xml"' in rels.xml


def test_a_package_has_relationships_of_its_own_before_anything_is_loaded() -> None:
    assert len(Package(io.BytesIO())._rels) == 0


def test_content_types_are_made_from_parts() -> None:
    part = Part(PackURI("/ppt/slides/slide1.xml"), TYPES.PML_SLIDE, Package(io.BytesIO()), b"")
    overrides = _ContentTypesItem.xml_for([part]).override_lst
    assert [item.partName for item in overrides] == ["/ppt/slides/slide1.xml"]


def saved(folder: Path) -> Path:
    package = DeckPackage.new()
    part = package.add("/ppt/presentation.xml", TYPES.PML_PRESENTATION_MAIN, b"<p/>")
    package.relate(None, "rId1", RELATIONS.OFFICE_DOCUMENT, part)
    package.relate(part, "rId1", RELATIONS.HYPERLINK, "https://example.org/")
    path = folder / "package.pptx"
    types, entries = package.entries()
    write_zip(path, [packed("[Content_Types].xml", types), *entries])
    return path


def test_a_saved_package_holds_parts_and_relationships_and_no_time_of_day(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(tmp_path)) as archive:
        assert archive.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "ppt/presentation.xml",
            "ppt/_rels/presentation.xml.rels",
        ]
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        rels = archive.read("ppt/_rels/presentation.xml.rels").decode()
        assert 'TargetMode="External"' in rels


def test_python_pptx_opens_what_was_saved(tmp_path: Path) -> None:
    package = Package.open(str(saved(tmp_path)))
    assert package.part_related_by(RELATIONS.OFFICE_DOCUMENT).partname == "/ppt/presentation.xml"


def test_names_that_are_written_without_python_pptx_are_its_own() -> None:
    assert (leaves.SLIDE_TYPE, leaves.NOTES_TYPE) == (TYPES.PML_SLIDE, TYPES.PML_NOTES_SLIDE)
    assert leaves.CHART_TYPE == TYPES.DML_CHART
    kinds = {
        "slideLayout": RELATIONS.SLIDE_LAYOUT,
        "notesSlide": RELATIONS.NOTES_SLIDE,
        "notesMaster": RELATIONS.NOTES_MASTER,
        "slide": RELATIONS.SLIDE,
        "chart": RELATIONS.CHART,
        "package": RELATIONS.PACKAGE,
        "image": RELATIONS.IMAGE,
        "hyperlink": RELATIONS.HYPERLINK,
    }
    for kind, whole in kinds.items():
        assert f'Type="{whole}"' in leaves.relationship("rId1", kind, "x")
