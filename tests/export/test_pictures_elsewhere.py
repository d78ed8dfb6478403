"""A picture on the network -> nothing is fetched; its notice leads there in all three files."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pikepdf

import exporters
import report_data

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://x.org/pictures/a.png"


def test_the_notice_is_a_link(tmp_path: Path) -> None:
    report = report_data.load_text(f"# A\n\n![Words]({ADDRESS})\n\n![](file:///etc/passwd)\n")
    result = exporters.export(report, exporters.Settings(output=tmp_path), in_processes=False)
    for document in result.documents:
        assert document.proved == document.blocks
        assert addresses(document.path) == {ADDRESS}, document.format


def addresses(path: Path) -> set[str]:
    """Return the addresses outside the file that its links lead to."""
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
            return {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}
    with zipfile.ZipFile(path) as parts:
        relations = b"".join(parts.read(name) for name in parts.namelist() if ".rels" in name)
    return {found.decode() for found in re.findall(rb'Target="(\w+:[^"]*)"', relations)}
