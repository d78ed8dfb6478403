"""The CommonMark specification from its npm package in -> its examples run through the reader.

Run ``python tools/commonmark_spec.py`` (needs the npm client). The text goes to
``build/commonmark/spec.txt``, where ``tests/report_data/test_commonmark.py``
finds it; it is not part of the project.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "build" / "commonmark" / "spec.txt"
PACKAGE = "commonmark-spec@0.31.2"


def fetch() -> None:
    """Write the specification's text to its place."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)  # noqa: S603, S607  the user's npm
        (packed,) = Path(folder).glob("*.tgz")
        with tarfile.open(packed) as archive:
            member = archive.extractfile("package/spec.txt")
            if member is None:
                sys.exit("the package holds no spec.txt")
            SPEC.parent.mkdir(parents=True, exist_ok=True)
            SPEC.write_bytes(member.read())


def main() -> int:
    """Fetch the specification if it is not there, and run its examples."""
    if not SPEC.exists():
        fetch()
    test = ROOT / "tests" / "report_data" / "test_commonmark.py"
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", test], cwd=ROOT, check=False)  # noqa: S603  our own test
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
