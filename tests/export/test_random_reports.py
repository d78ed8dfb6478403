"""Any Markdown at all gives three files that say what it says.

``TRIPTYCH_REPORTS=1000 pytest tests/export/test_random_reports.py`` exports so
many, of all of Unicode; a few are tried day by day. ``--hypothesis-show-statistics``
tells how many there were, ``--hypothesis-seed`` chooses others or the same.
"""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from markdown_texts import markdown

from exporters import Settings, export
from report_data import load_text
from report_data.diagnostics import ReportErrors

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
REPORTS = int(os.environ.get("TRIPTYCH_REPORTS", "0"))


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a report that failed
@given(markdown())
@settings(
    max_examples=REPORTS or 12,
    derandomize=not REPORTS,
    # Shrinking exports hundreds of files: only where someone looks for faults.
    phases=tuple(Phase) if REPORTS else (Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_three_files_say_what_the_report_says(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "picture.png").write_bytes(PICTURE)
        try:
            report = load_text(text, folder=folder)
        except ReportErrors:  # two tables of one id, a chart without numbers: another is tried
            reject()
        result = export(report, Settings(output=folder / "out"), in_processes=False)
    assert [document.format for document in result.documents] == ["pptx", "pdf", "xlsx"]
    for document in result.documents:
        assert document.proved == document.blocks > 0
