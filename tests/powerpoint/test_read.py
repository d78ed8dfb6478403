"""The reader: what a finished deck says, as `exporters.verify` needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters import Settings, export
from exporters.powerpoint import exporter
from exporters.reading import Layer
from report_data import load_text

if TYPE_CHECKING:
    from pathlib import Path


def test_the_numbers_of_notes_do_not_part_a_text(tmp_path: Path) -> None:
    # "see" is a part of the first note and the whole of the second.
    source = "# T\n\na[^1] b[^2]\n\n[^1]: see [^2] and [^1]\n[^2]: see [^1]\n"
    result = export(load_text(source), Settings(formats=("pptx",), output=tmp_path))
    document = result.documents[0]
    assert document.proved == document.blocks
    said = [found.text for found in exporter.read(document.path).found if found.layer is Layer.BODY]
    assert "see and" in {" ".join(text.split()) for text in said}


def test_a_header_with_a_note_repeats_without_its_number(tmp_path: Path) -> None:
    rows = "".join(f"| 第 {number} 行 | {number} |\n" for number in range(1, 41))
    source = f"# T\n\n| 名称 | 数[^1]量 |\n|---|---|\n{rows}\n[^1]: 单位：台\n"
    result = export(load_text(source), Settings(formats=("pptx",), output=tmp_path))
    found = exporter.read(result.documents[0].path).found
    heads = [one.text for one in found if (one.row, one.column) == (0, 1)]
    assert len(heads) > 1
    assert set(heads) == {"数量"}
