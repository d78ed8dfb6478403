"""An export killed at random moments: every file stays whole, no mixed set goes unnamed.

``TRIPTYCH_KILLS=200 pytest tests/export/test_killed.py`` kills so many runs; a
few are enough day by day, as each rename has its own test in `test_files`.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from command import ROOT, to_be_killed, triptych

if TYPE_CHECKING:
    from pathlib import Path

KILLS = int(os.environ.get("TRIPTYCH_KILLS", "5"))
REPORT = "# 标题\n\n第 {} 版的正文。\n\n| a | b |\n|---|---|\n| 1 | {} |\n"

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("r.*")
        if path.is_file()
    }


def test_a_run_killed_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    source, output = tmp_path / "r.md", tmp_path / "output"
    complete = []
    took = 0.0
    for version in (1, 2):
        source.write_text(REPORT.format(version, version), encoding="utf-8")
        started = time.monotonic()
        assert triptych("export", "r.md", "--quiet", cwd=tmp_path).returncode == 0
        took = time.monotonic() - started
        complete.append(hashes(output))
    assert all(complete[0][name] != complete[1][name] for name in complete[0])
    dice = random.Random(6)  # noqa: S311 - the same moments every time
    for kill in range(KILLS):
        version = kill % 2
        source.write_text(REPORT.format(version + 1, version + 1), encoding="utf-8")
        command: list[str | Path] = [sys.executable, ROOT / "cli.py", "export", "r.md", "--quiet"]
        with subprocess.Popen(
            command, cwd=tmp_path, start_new_session=True, env=to_be_killed()
        ) as process:
            time.sleep(dice.uniform(0.2, 1.1) * took)
            os.killpg(process.pid, signal.SIGKILL)
        found = hashes(output)
        assert found.keys() == complete[0].keys()
        for name, value in found.items():
            assert value in {complete[0][name], complete[1][name]}, f"{name} is not whole"
        if found not in complete:
            done = triptych("verify", "r.md", *sorted(output.glob("r.*")), cwd=tmp_path)
            assert done.returncode == 1
            assert "E805" in done.stderr
        after = triptych("export", "r.md", "--quiet", cwd=tmp_path)
        assert after.returncode == 0, after.stderr
        assert hashes(output) == complete[version]
        assert "W701" not in after.stderr
        assert not list(output.glob("*.bak*"))
        assert not list((output / ".triptych").glob("run-*"))
