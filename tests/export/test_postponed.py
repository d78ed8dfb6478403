"""What others import and hardly use is there for whoever uses it, and costs nobody else."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
import exporters.powerpoint.write
print([name for name in ("ssl", "http.client", "email.message") if name in sys.modules])
import urllib.request
print(urllib.request.Request("https://x.org/a").host)
print("http.client" in sys.modules)
"""


def test_a_deck_needs_no_network_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == ["[]", "x.org", "True"]


@pytest.mark.parametrize("name", ["os.path", "urllib.nowhere"])
def test_what_is_loaded_or_not_there_is_left_alone(name: str) -> None:
    from exporters.postponed import postpone

    before = sys.modules.get(name)
    postpone(name)
    assert sys.modules.get(name) is before
