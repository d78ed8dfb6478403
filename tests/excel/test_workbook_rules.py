"""The linter of workbooks: silent on ours, and each of its rules fails on a file broken for it."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from workbook_rules import faults

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from made_workbook import MadeWorkbook

BOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
COVER, TEXT, TABLE = (f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3))
COLUMNS = "xl/tables/table2.xml"
LONG = "x" * 32_768

BROKEN: Mapping[str, tuple[str, str, str]] = {
    "not well-formed": (TABLE, "</sheetData>", ""),
    "a part of every workbook is missing or broken": (STYLES, "</styleSheet>", ""),
    "no content type": (TYPES, r"<Override [^>]*/xl/styles\.xml[^>]*/>", ""),
    "content type of no part": (TYPES, r"/xl/styles\.xml", "/xl/stylez.xml"),
    "relationship twice": ("xl/_rels/workbook.xml.rels", r'Id="rId2"', 'Id="rId1"'),
    "relationship to nothing": ("xl/_rels/workbook.xml.rels", "sheet3.xml", "sheet9.xml"),
    "refused link": (
        "xl/worksheets/_rels/sheet3.xml.rels",
        "(<Relationships[^>]*>)",
        r'\1<Relationship Id="x" Type="a/hyperlink" Target="file:///x" TargetMode="External"/>',
    ),
    "illegal sheet name": (BOOK, r'(<sheet [^>]*name=)"全文"', r'\1"a[b]"'),
    "sheet name twice": (BOOK, r'(<sheet [^>]*name=)"全文"', r'\1"目录"'),
    "sheet without a part": (BOOK, r'r:id="rId1"', 'r:id="rId99"'),
    "defined name twice": (
        BOOK,
        "</definedNames>",
        '<definedName name="n">1</definedName><definedName name="N">2</definedName></definedNames>',
    ),
    "leads to no sheet": (COVER, 'location="[^"]*"', "location=\"'x'!A1\""),
    "elements out of order": (TABLE, "(<pageMargins[^>]*/>)(<pageSetup[^>]*/>)", r"\2\1"),
    "rows out of order": (TABLE, '<row r="5"', '<row r="4"'),
    "row too tall": (TABLE, '<row r="4"', '<row r="4" ht="500"'),
    "cells out of order": (TABLE, 'r="B4"', 'r="D4"'),
    "no such style": (TABLE, r'r="B4" s="\d+"', 'r="B4" s="999"'),
    "a formula": (TABLE, r'(<c r="B4"[^>]*>)', r"\1<f>1+1</f>"),
    "an error value": (TABLE, r'(<c r="B4"[^>]*) t="inlineStr"', r'\1 t="e"'),
    "text too long": (TABLE, r'(<c r="B4"[^>]*><is><t)>', rf"\1>{LONG}"),
    "too many line breaks": (TABLE, r'(<c r="B4"[^>]*><is><t)>', r"\1>" + "\n" * 254),
    "no number": (COVER, r"(<v)>5<", r"\1>five<"),
    "cell outside of the dimension": (TABLE, '<dimension ref="A1:C8"', '<dimension ref="A1:B8"'),
    "areas overlap": (COVER, r"(<mergeCell ref=)[^>]*/>", r'\1"B3:D3"/><mergeCell ref="C3:E4"/>'),
    "table without a row": (COLUMNS, 'ref="A3:C8"', 'ref="A3:C3"'),
    "table columns do not count": (COLUMNS, 'ref="A3:C8"', 'ref="A3:D8"'),
    "column names repeat": (COLUMNS, 'name="美国优势"', 'name="模块"'),
    "column ids repeat": (COLUMNS, '<tableColumn id="2"', '<tableColumn id="1"'),
    "header is not its column's name": (COLUMNS, 'name="美国优势"', 'name="别的"'),
    "column name too long": (COLUMNS, 'name="美国优势"', f'name="{"x" * 256}"'),
    "table id twice": (COLUMNS, '<table ([^>]*)id="2"', r'<table \1id="1"'),
    "table name twice": (COLUMNS, 'displayName="[^"]*"', 'displayName="full_text"'),
    "illegal table name": (COLUMNS, 'displayName="[^"]*"', 'displayName="A1"'),
    "link to nothing": (COVER, 'location="[^"]*"', ""),
    "column too wide": (TABLE, r'<col width="[^"]*"', '<col width="300"'),
    "head or foot too long": (TABLE, r"(<oddHeader)>", rf"\1>{'x' * 256}"),
}


def broken(source: Path, target: Path, part: str, pattern: str, replacement: str) -> Path:
    """Copy a workbook with one thing replaced in one part."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                text, count = re.subn(pattern, replacement, data.decode(), count=1)
                assert count, f"{pattern} is not in {part}"
                data = text.encode()
            new.writestr(name, data)
    return target


def test_the_bundled_workbook_is_sound(bundled_workbook: MadeWorkbook) -> None:
    assert faults(bundled_workbook.path) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_fails_on_a_file_broken_for_it(
    rule: str, bundled_workbook: MadeWorkbook, tmp_path: Path
) -> None:
    file = broken(bundled_workbook.path, tmp_path / "broken.xlsx", *BROKEN[rule])
    found = faults(file)
    assert any(rule in fault for fault in found), found


def test_a_part_twice_is_found(bundled_workbook: MadeWorkbook, tmp_path: Path) -> None:
    file = tmp_path / "twice.xlsx"
    file.write_bytes(bundled_workbook.path.read_bytes())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(STYLES, archive.read(STYLES))
    assert "part twice: xl/styles.xml" in faults(file)


def test_too_many_links_are_found(bundled_workbook: MadeWorkbook, tmp_path: Path) -> None:
    links = "".join(f'<hyperlink ref="A{n}" location="x"/>' for n in range(1, 65_532))
    file = broken(
        bundled_workbook.path, tmp_path / "x.xlsx", COVER, "</hyperlinks>", links + "</hyperlinks>"
    )
    assert "too many links: 目录" in faults(file)
