"""The first half of the proof: what the source shows is what the report says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from exporters import Settings, export
from exporters.verify import verify_source
from report_data import load, load_text
from report_data.diagnostics import ReportErrors

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "# 标题\n\n第一段说的是这个。\n\n- 甲\n- 乙\n"


def test_the_bundled_report_lost_nothing() -> None:
    assert verify_source(load(None)) == ()


def test_a_report_that_lost_a_word_of_its_source_is_not_written(tmp_path: Path) -> None:
    report = replace(load_text(TEXT), source=TEXT.replace("这个", "这个与那个"))
    for settings in (Settings(output=tmp_path), Settings(("xlsx",), tmp_path)):
        with pytest.raises(ReportErrors) as caught:
            export(report, settings)
        assert "那个" in str(caught.value)
    assert not list(tmp_path.glob("*.*x"))
    assert export(report, Settings(("xlsx",), tmp_path, verify=False)).documents
