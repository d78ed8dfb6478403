"""Every code of a message is documented, once, and every documented one exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
USED = re.compile(r'"([EWN]\d{3})"')
DOCUMENTED = re.compile(r"^\| ([EWN]\d{3}) \|", re.MULTILINE)


def test_codes_and_their_documentation_agree() -> None:
    sources = [ROOT / "cli.py", *ROOT.glob("report_data/**/*.py"), *ROOT.glob("exporters/**/*.py")]
    used = {code for path in sources for code in USED.findall(path.read_text(encoding="utf-8"))}
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    documented = Counter(DOCUMENTED.findall(page))
    assert used - documented.keys() == set(), "write them into docs/diagnostics.md"
    assert documented.keys() - used == set(), "no code makes these any more"
    assert max(documented.values()) == 1
