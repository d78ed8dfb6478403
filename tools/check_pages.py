"""Reports in -> what five checkers say of their PDFs; status 1 when something is not explained.

Run ``python tools/check_pages.py [REPORT.md ...]`` from a checkout with the ``test`` extra;
without a name it takes the bundled report and, where it is found, the corpus of real ones.
The checkers: ``triptych verify``, our rules of conformance, outloud, and if they are there qpdf
and ``pdftotext -raw``, which must read the report's text in its order.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

EXPLAINED = {
    "DOC-040": "a report without a title is called as its file is, or its author calls both alike",
    "HDG-010": "the author's own heading (a date, a word of thanks)",
    "TBL-012": "the author's own table is mostly empty",
    "PAG-001": "a line that the author repeats stands near the edge of several pages",
    "LNK-010": "an address in a sample of code is no link",
    "FIG-012": "what a chart says is numbers",
    "ORD-001": "a table whose columns are parted over pages: rows in the tree, parts on the page",
}
"""Warnings of outloud that are no faults of a file, and why."""


def main() -> None:
    """Check every report that was named."""
    from report_data import load

    names = [Path(name) for name in sys.argv[1:]]
    corpus = sorted((ROOT.parent / "shared" / "corpus" / "docs").glob("*.md"))
    unexplained = 0
    with tempfile.TemporaryDirectory(prefix="triptych-pages-") as folder:
        reports: list[Path | None] = [*names] or [None, *corpus]
        for report in reports:
            loaded = load(report)
            path = Path(folder) / f"{loaded.name}.pdf"
            unexplained += _check(loaded, path)
    sys.exit(1 if unexplained else 0)


def _check(report: object, path: Path) -> int:
    """Print what is said of one report's file; return how much of it is not explained."""
    from made_pdf import MadePdf
    from raw_text import disagreements

    from exporters.verify import compare

    made = MadePdf(report)  # type: ignore[arg-type]
    reading = made.read(path)  # asserts that every rule of conformance is kept
    proof = compare(made.report, reading, made.context.words, made.context.names)
    said = [f"verify: {item.message}" for item in proof.diagnostics]
    if qpdf := shutil.which("qpdf"):
        done = _run(qpdf, "--check", str(path))
        said += [] if done.returncode == 0 else [f"qpdf: {done.stdout.strip()}"]
    if pdftotext := shutil.which("pdftotext"):
        differing = disagreements(pdftotext, path, reading, made.report)
        said += [f"pdftotext: {line}" for line in differing]
    outloud = Path(sys.executable).with_name("outloud")
    explained: Counter[str] = Counter()
    result = json.loads(_run(str(outloud), str(path), "--json", "-", "-q").stdout)
    for file in result["results"]:
        for finding in file["findings"]:
            rule, severity = finding["rule"], finding["severity"]
            if severity == "warning" and rule in EXPLAINED:
                explained[rule] += 1
            elif severity != "info":
                said.append(f"outloud: {severity} {rule}: {finding['message']}")
    count = f"{made.plan.count} pages, {proof.proved} of {proof.blocks} blocks"
    sys.stdout.write(f"{path.stem}: {count}\n")
    for rule, times in explained.items():
        sys.stdout.write(f"    {rule} x {times}: {EXPLAINED[rule]}\n")
    for line in said:
        sys.stdout.write(f"  ! {line}\n")
    return len(said)


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours


if __name__ == "__main__":
    main()
