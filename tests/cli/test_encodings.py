"""Terminals and file names that are not Unicode, streams that are closed: never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import ROOT, triptych
from pptx import Presentation

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORT = "# 标题\n\n![图](没有.png)\n"


def said_in(
    encoding: str, arguments: Sequence[str | Path], cwd: Path
) -> subprocess.CompletedProcess[bytes]:
    """Run the command where standard output has another encoding."""
    return subprocess.run(
        [sys.executable, ROOT / "cli.py", *arguments],
        cwd=cwd,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": encoding},
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "gbk"])
def test_any_terminal_is_told_what_was_written(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "报告é.md").write_text(REPORT, encoding="utf-8")
    done = said_in(encoding, ["export", "报告é.md", "--to", "xlsx"], tmp_path)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()
    assert b"2 of 2 blocks" in done.stdout
    proved = said_in(encoding, ["verify", "报告é.md", "output/报告é.xlsx"], tmp_path)
    assert (proved.returncode, b"2 of 2 blocks" in proved.stdout) == (0, True), proved.stderr


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_what_machines_read_is_utf_8_everywhere(form: str, tmp_path: Path) -> None:
    """RFC 8259, 8.1; SARIF 2.1.0, 3.1."""
    (tmp_path / "报告.md").write_text(REPORT, encoding="utf-8")
    done = said_in("cp1252", ["check", "报告.md", "--format", form], tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert "没有.png" in done.stdout.decode("utf-8")
    json.loads(done.stdout)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(b"a\xff\xfe", id="no UTF-8, as in an old archive"),
        pytest.param(b"a\x01\nb", id="control characters"),
        pytest.param("\ufffe".encode(), id="no character"),
        pytest.param("a\u202eb".encode(), id="turned round"),
        pytest.param(b"CON", id="a device elsewhere"),
        pytest.param(b"-[a]_:*<b>&", id="signs"),
        pytest.param("标".encode() * 83, id="as long as can be"),
    ],
)
def test_a_report_without_title_is_called_as_its_files_are(name: bytes, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(name + b".md")
    try:
        file.write_text("正文。\n\n![图](没有.png)\n", encoding="utf-8")
    except (OSError, UnicodeError) as problem:
        pytest.skip(f"this file system takes no such name: {problem}")
    done = triptych("export", "--manifest", "--", file.name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = {path.suffix: path for path in (tmp_path / "output").iterdir() if path.is_file()}
    assert sorted(made) == [".json", ".pdf", ".pptx", ".xlsx"]
    inputs = json.loads(made[".json"].read_text(encoding="utf-8"))["inputs"]
    assert inputs[0]["name"] == file.name
    title = Presentation(str(made[".pptx"])).core_properties.title
    assert title == made[".pptx"].stem
    checked = triptych("check", "--quick", "--format", "sarif", "--", file.name, cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    json.loads(checked.stdout)


@pytest.mark.parametrize(
    ("closed", "source", "status"), [((0,), "-", 1), ((1,), "r.md", 0), ((0, 1, 2), "r.md", 0)]
)
def test_streams_may_be_closed(
    closed: tuple[int, ...], source: str, status: int, tmp_path: Path
) -> None:
    """As ``pythonw`` on Windows has them, or ``<&-`` in a shell."""
    (tmp_path / "r.md").write_text(REPORT, encoding="utf-8")
    said = tmp_path / "said.txt"
    with said.open("wb") as errors:
        done = subprocess.run(
            [
                *("sh", "-c", f'exec "$@" {" ".join(f"{one}>&-" for one in closed)}', "sh"),
                *(sys.executable, ROOT / "cli.py", "export", source, "--to", "xlsx"),
            ],
            cwd=tmp_path,
            stderr=errors,
            check=False,
        )
    assert done.returncode == status, said.read_text(encoding="utf-8")
    assert (tmp_path / "output" / "r.xlsx").exists() == (source != "-")
    assert "Traceback" not in said.read_text(encoding="utf-8")


def test_standard_input_without_end_is_refused(tmp_path: Path) -> None:
    device = Path("/dev/zero")
    if not device.exists():
        pytest.skip("this system has no device without end")
    with device.open("rb") as endless:
        done = subprocess.run(
            [sys.executable, ROOT / "cli.py", "export", "-", "--to", "xlsx"],
            cwd=tmp_path,
            stdin=endless,
            capture_output=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, b"error[E104]" in done.stderr) == (3, True), done.stderr
