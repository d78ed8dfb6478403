"""Zip files put together by hand, held against the standard library's reader."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from exporters.powerpoint.zipped import packed, write_zip

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    files = {"a.xml": b"<a/>" * 999, "folder/\u540d.xml": b"", "b.bin": bytes(range(256)) * 40}
    write_zip(tmp_path / "a.zip", (packed(name, blob) for name, blob in files.items()))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("count", [0, 1, 65_534, 65_535, 65_536, 70_000])
def test_any_number_of_entries(count: int, tmp_path: Path) -> None:
    one = packed("x", b"x")
    entries = (one.__class__(f"{number}", one.crc, one.size, one.data) for number in range(count))
    write_zip(tmp_path / "a.zip", entries)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert len(archive.infolist()) == count
        assert not count or archive.read(str(count - 1)) == b"x"
