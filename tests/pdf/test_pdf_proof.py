"""Files as other programs see them: the same bytes, reading order, outloud, real reports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_pdf import MadePdf
from pdf_rules import broken_rules

from exporters.verify import compare
from report_data import load

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]

CODE = """
import sys
sys.path[:0] = [{support!r}]
from pathlib import Path
from made_pdf import MadePdf
from report_data import load
MadePdf(load(None)).write(Path(sys.argv[1]))
"""


def test_the_same_bytes_whatever_the_process(tmp_path: Path) -> None:
    """Hash seeds, time zones and working folders leave no trace."""
    code = CODE.format(support=str(ROOT / "tests" / "support"))
    files = []
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        folder = tmp_path / seed
        folder.mkdir()
        files.append(folder / "report.pdf")
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": str(ROOT),
        }
        subprocess.run(
            [sys.executable, "-c", code, str(files[-1])], cwd=folder, env=environment, check=True
        )
    first, second = (path.read_bytes() for path in files)
    assert first == second


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_poppler_reads_the_same_order(bundled_outputs: Mapping[str, Path], poppler: str) -> None:
    """`pdftotext -raw` gives the content in the order of the stream: that of the report."""
    from exporters.pdf import exporter
    from exporters.reading import Layer

    path = bundled_outputs["pdf"]
    done = subprocess.run([poppler, "-raw", str(path), "-"], capture_output=True, check=True)
    text = squeezed(done.stdout.decode())
    place = 0
    for found in exporter.read(path).found:
        if found.layer is Layer.BODY:
            shown = squeezed(found.text)
            place = text.index(shown, place) + len(shown)
    assert place > 0


def test_outloud_finds_no_error_in_the_bundled_report(
    bundled_outputs: Mapping[str, Path],
) -> None:
    outloud = Path(sys.executable).with_name("outloud")
    if not outloud.exists():
        pytest.skip("outloud is not installed")
    done = subprocess.run(
        [str(outloud), "--fail-on", "warning", str(bundled_outputs["pdf"])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


REPORTS = sorted((ROOT.parent / "shared" / "corpus" / "docs").glob("*.md"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_real_reports_are_proved_and_conform(path: Path, tmp_path: Path) -> None:
    made = MadePdf(load(path))
    reading = made.read(tmp_path / "r.pdf")  # which asserts that every rule is kept
    proof = compare(made.report, reading, made.context.words, made.context.names)
    assert not proof.diagnostics
    assert proof.proved == proof.blocks


def test_the_bundled_report_conforms_on_letter_paper(tmp_path: Path) -> None:
    from exporters.pdf import Options

    made = MadePdf(load(None), options=Options(paper="letter"))
    assert broken_rules(made.write(tmp_path / "l.pdf")) == []
