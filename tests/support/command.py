"""The command line as a person runs it: a process of its own, its words and exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]

MOST_SECONDS = 120
"""A command that takes longer hangs."""


def to_be_killed() -> dict[str, str]:
    """Return the environment for a process that will be killed: coverage would lose its data."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def triptych(
    *arguments: str | Path,
    cwd: Path | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run ``triptych`` from the checkout, warnings of libraries being errors."""
    done = subprocess.run(
        [sys.executable, "-W", "error", ROOT / "cli.py", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=MOST_SECONDS,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | dict(env or {}),
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
