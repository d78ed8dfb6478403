"""The tracer that watches hostile inputs: it must see what it is there to see."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tools"))

from tracing import strace, strange  # noqa: E402 - a tool, no package

ACTS = """
import os, socket, subprocess, sys
open("own.txt").close()
os.stat("/srv")
try:
    open("../canary.txt").close()
    socket.socket().close()
    subprocess.run(["true"])
except OSError as error:
    print(error)
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_files_sockets_and_processes_are_seen(tmp_path: Path) -> None:
    place = tmp_path / "report"
    place.mkdir()
    (place / "own.txt").touch()
    (place / "acts.py").write_text(ACTS, encoding="utf-8")
    (tmp_path / "canary.txt").touch()
    log = tmp_path / "log"
    subprocess.run([*strace(log), sys.executable, "acts.py"], cwd=place, check=True)
    found = list(strange(log, (str(place),), str(place), "acts.py", place))
    said = "\n".join(found)
    assert f"openat {tmp_path}/canary.txt" in found
    assert "newfstatat /srv" in found
    assert "socket(" in said
    assert '"true"' in said
    assert "own.txt" not in said
