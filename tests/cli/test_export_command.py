"""The command line as a person meets it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import ROOT, to_be_killed, triptych


def test_export_alone_makes_the_three_files_of_the_bundled_report(tmp_path: Path) -> None:
    done = triptych("export", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        "output/cpo_us_china.pptx",
        "output/cpo_us_china.pdf",
        "output/cpo_us_china.xlsx",
    ]
    for line, unit in zip(lines, ("slides", "pages", "sheets"), strict=True):
        assert re.search(rf"\s\d+ {unit}\s+\d+\.\d\d s, (\d+) of \1 blocks$", line), line
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == [
        ".triptych",
        "cpo_us_china.pdf",
        "cpo_us_china.pptx",
        "cpo_us_china.xlsx",
    ]
    again = triptych("export", "--quiet", cwd=tmp_path)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_formats_and_folder_can_be_chosen(tmp_path: Path) -> None:
    done = triptych("export", "--to", "pdf", "--paper", "letter", "--output", "a/b", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "a" / "b").glob("*.*") if path.is_file()] == [
        "cpo_us_china.pdf"
    ]


def test_a_hand_made_change_is_kept(tmp_path: Path) -> None:
    triptych("export", "--to", "xlsx", cwd=tmp_path)
    file = tmp_path / "output" / "cpo_us_china.xlsx"
    ours = file.read_bytes()
    file.write_bytes(ours + b"\0")
    done = triptych("export", "--to", "xlsx", cwd=tmp_path)
    assert done.returncode == 0
    assert "warning[W701]" in done.stderr
    assert "kept as cpo_us_china.xlsx.bak" in done.stderr
    assert file.read_bytes() == ours
    assert (tmp_path / "output" / "cpo_us_china.xlsx.bak").read_bytes() == ours + b"\0"


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("nothing.md", None, 3, "nothing.md:1:1: error[E101]"),
        ("empty.md", b"", 1, "empty.md:1:1: error[E103]"),
        ("latin1.md", "# Un été\n".encode("latin-1"), 1, "latin1.md:1:6: error[E105]"),
        ("wide.md", "# 宽\n".encode("utf-16"), 1, "the file is UTF-16"),
        ("twice.md", b"# a {#x}\n\ntext\n\n# b {#x}\n", 1, "twice.md:5:"),
        ("link.md", b"# a\n\n[to](#nowhere)\n", 0, "link.md:3:1: warning[W"),
        ("ragged.md", b"# a\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", 0, "ragged.md:5:"),
        ("picture.md", b"# a\n\n![alt](no.png)\n", 0, "picture.md:3:"),
    ],
)
def test_bad_input_is_named_with_file_line_and_remedy(
    tmp_path: Path, name: str, content: bytes | None, status: int, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for command in (("check",), ("export", "--to", "xlsx")):
        done = triptych(*command, name, cwd=tmp_path)
        assert done.returncode == status, done.stderr
        assert said in done.stderr
        assert "hint: " in done.stderr
        assert "Traceback" not in done.stderr
    if status == 0:
        strict = triptych("export", "--to", "xlsx", "--strict", name, cwd=tmp_path)
        assert strict.returncode == 1


def test_everything_wrong_is_said_at_once_in_order(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# a {#x}\n\n[to](#nowhere)\n\n# b {#x}\n\n# c {#x}\n")
    done = triptych("check", "r.md", cwd=tmp_path)
    places = re.findall(r"^r\.md:(\d+):\d+: (\w+)", done.stderr, re.MULTILINE)
    assert [int(line) for line, _ in places] == sorted(int(line) for line, _ in places)
    assert len(places) >= 3
    assert done.returncode == 1


def test_an_output_that_cannot_be_written_leaves_the_old_ones(tmp_path: Path) -> None:
    triptych("export", cwd=tmp_path)
    old = {path.name: path.read_bytes() for path in (tmp_path / "output").glob("*.p*")}
    (tmp_path / "output" / "cpo_us_china.xlsx").unlink()
    (tmp_path / "output" / "cpo_us_china.xlsx").mkdir()
    done = triptych("export", "--no-notes", cwd=tmp_path)
    assert done.returncode == 3
    assert "error[E702]" in done.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "output").glob("*.p*")} == old


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
def test_a_full_disk_leaves_the_old_files(tmp_path: Path) -> None:
    triptych("export", "--to", "pdf", cwd=tmp_path)
    file = tmp_path / "output" / "cpo_us_china.pdf"
    old = file.read_bytes()
    limited = 'ulimit -f 20; exec "$0" "$1" export --paper letter --to pdf'  # blocks of 1 KiB
    done = subprocess.run(
        ["bash", "-c", limited, sys.executable, ROOT / "cli.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert file.read_bytes() == old
    assert [path.name for path in (tmp_path / "output").iterdir() if path.is_file()] == [
        "cpo_us_china.pdf"
    ]


def test_usage_is_clicks_own_status() -> None:
    assert triptych("export", "--paper", "a3").returncode == 2
    assert triptych("export", "--to", "docx").returncode == 2
    assert triptych("frobnicate").returncode == 2
    assert triptych("--version").stdout.startswith("triptych ")


def test_a_new_report_is_a_good_one(tmp_path: Path) -> None:
    for language in ("zh-Hans", "en"):
        name = f"{language}.md"
        assert triptych("new", name, "--lang", language, cwd=tmp_path).returncode == 0
        assert triptych("check", "--strict", name, cwd=tmp_path).returncode == 0
        done = triptych("export", "--strict", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    old = (tmp_path / "en.md").read_bytes()
    done = triptych("new", "en.md", cwd=tmp_path)
    assert done.returncode == 3
    assert "error[E106]" in done.stderr
    assert (tmp_path / "en.md").read_bytes() == old


def _wait_for(process: subprocess.Popen[bytes], text: bytes, seconds: float) -> float:
    """Read a process's output until a text stands in it; return how long it took."""
    assert process.stdout is not None
    started, seen = time.monotonic(), b""
    while text not in seen:
        left = started + seconds - time.monotonic()
        assert left > 0, f"not in {seconds} seconds; so far {seen!r}"
        if select.select([process.stdout], [], [], left)[0]:
            seen += os.read(process.stdout.fileno(), 65536)
    return time.monotonic() - started


def _hears_interrupts() -> None:
    """Let Ctrl-C count, which a shell has its commands in the background ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="waits on a pipe")
def test_watching_makes_the_files_again_at_every_change(tmp_path: Path) -> None:
    source = tmp_path / "r.md"
    source.write_text("# 标题\n\n第一版。\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, ROOT / "cli.py", "export", "r.md", "--watch"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        env=to_be_killed(),
        preexec_fn=_hears_interrupts,  # noqa: PLW1509  the test has one thread
    ) as process:
        try:
            _wait_for(process, b"r.xlsx", 60)
            first = (tmp_path / "output" / "r.pdf").read_bytes()
            source.write_text("# 标题\n\n第二版。\n", encoding="utf-8")
            _wait_for(process, b"r.xlsx", 20)
            assert (tmp_path / "output" / "r.pdf").read_bytes() != first
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def test_pages_can_be_pictured(tmp_path: Path) -> None:
    done = triptych("preview", "--to", "pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "output" / "cpo_us_china-preview"
    assert (folder / "pages.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "page-01.png").exists()
    assert not (tmp_path / "output" / "cpo_us_china.pdf").exists()


def test_slides_can_be_pictured(tmp_path: Path, soffice: str) -> None:
    assert soffice
    done = triptych("preview", "--to", "pptx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "output" / "cpo_us_china-preview"
    assert len(list(folder.glob("slide-*.png"))) > 10


def test_what_cannot_be_verified_is_named(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# a\n\nb\n", encoding="utf-8")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7")
    for name, status, said in (
        ("cut.pdf", 1, "error[E806]: cut.pdf is damaged"),
        ("none.pdf", 3, "error[E706]: none.pdf cannot be opened"),
        (".", 2, "is a directory"),
        ("r.md", 2, "there is no format “md”"),
    ):
        done = triptych("verify", "r.md", name, cwd=tmp_path)
        assert (done.returncode, said in done.stderr) == (status, True), done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_standard_output_is_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, ROOT / "cli.py", "new", tmp_path / "report.md"],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("triptych: ")
    assert "Traceback" not in done.stderr
