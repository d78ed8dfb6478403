"""Long tables written in the report: proved as a stream where they are the same, else by cell."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

import report_data
from exporters import Settings, export
from exporters.verify import verify_files

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 1_200


@pytest.mark.parametrize("note", ["", "[^1]"])
def test_a_long_table_of_markdown_is_proved_and_a_change_is_named(
    note: str, tmp_path: Path
) -> None:
    rows = "".join(f"| {number} | w{number} {note} |\n" for number in range(ROWS))
    text = f"# T\n\n| n | v |\n|---|---|\n{rows}\n[^1]: note\n"
    report = report_data.load_text(text, name="r")
    (made,) = export(report, Settings(formats=("xlsx",), output=tmp_path)).documents
    assert made.proved == made.blocks > 2 * ROWS
    changed = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(made.path) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"w777", b"w778"))
    (proof,) = verify_files(report, [changed])
    assert [item.code for item in proof.diagnostics] == ["E802"]
    assert "row 778" in proof.diagnostics[0].message
