"""A format of another package, found by its entry point, through the whole run."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from command import triptych
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = """
from dataclasses import dataclass
from exporters.reading import Found, Reading
from report_data.model import Paragraph, Section, plain


@dataclass(frozen=True)
class Lines:
    lines: tuple[str, ...]
    set_id: str

    @property
    def count(self):
        return len(self.lines)


class Text:
    name, unit = "txt", "lines"

    def plan(self, report, context, options=None):
        lines = [report.meta.title] if report.meta.title else []
        for node in report.walk():
            if isinstance(node, (Paragraph, Section)):
                lines.append(plain(node.title if isinstance(node, Section) else node.content))
        context.diagnostics.warn("W999", "plain text has no pictures")
        return Lines(tuple(lines), context.set_id)

    def write(self, plan, path):
        path.write_text("\\n".join((plan.set_id, *plan.lines)), encoding="utf-8")

    def read(self, path):
        set_id, *lines = path.read_text(encoding="utf-8").split("\\n")
        found = [Found(line, f"line {n}", 1) for n, line in enumerate(lines, 1)]
        return Reading("txt", tuple(found), (("identifier", set_id),))


class Forgetful(Text):
    def write(self, plan, path):
        super().write(Lines(plan.lines[:-1], plan.set_id), path)


class Faulty(Text):
    def plan(self, report, context, options=None):
        raise RuntimeError("a fault of the plugin")


text, forgetful, faulty = Text(), Forgetful(), Faulty()
"""

REPORT = "# 标题\n\n第一段。\n\n## 小节\n\n第二段说的是别的。\n"


@pytest.fixture
def plugins(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "plugins"
    info = folder / "plain-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "plain_text_plugin.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plain\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[triptych.exporters]\ntxt = plain_text_plugin:text\n"
        "forgetful = plain_text_plugin:forgetful\nfaulty = plain_text_plugin:faulty\n"
    )
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def test_another_format_is_written_and_proved(tmp_path: Path, plugins: dict[str, str]) -> None:
    done = triptych("export", "report.md", "--to", "txt", cwd=tmp_path, env=plugins)
    assert done.returncode == 0, done.stderr
    assert "4 lines" in done.stdout
    assert "4 of 4 blocks" in done.stdout
    assert "warning[W999]: plain text has no pictures" in done.stderr
    lines = (tmp_path / "output" / "report.txt").read_text(encoding="utf-8").split("\n")
    assert lines[1:] == ["标题", "第一段。", "小节", "第二段说的是别的。"]


def test_a_difference_moves_nothing(tmp_path: Path, plugins: dict[str, str]) -> None:
    triptych("export", "report.md", "--to", "txt", cwd=tmp_path, env=plugins)
    done = triptych(
        "export", "report.md", "--to", "txt", "--to", "forgetful", cwd=tmp_path, env=plugins
    )
    assert done.returncode == 1
    assert "error[E801]" in done.stderr
    assert "第二段说的是别的" in done.stderr
    assert "report.md:7:1" in done.stderr
    assert not (tmp_path / "output" / "report.forgetful").exists()
    arguments = ("export", "report.md", "--to", "forgetful", "--no-verify")
    assert triptych(*arguments, cwd=tmp_path, env=plugins).returncode == 0
    assert (tmp_path / "output" / "report.forgetful").exists()


def test_strict_takes_warnings_for_errors(tmp_path: Path, plugins: dict[str, str]) -> None:
    done = triptych("export", "report.md", "--to", "txt", "--strict", cwd=tmp_path, env=plugins)
    assert done.returncode == 1
    assert "E704" in done.stderr
    assert not list((tmp_path / "output").glob("*.txt"))


def test_a_fault_of_an_exporter_shows_its_traceback(
    tmp_path: Path, plugins: dict[str, str]
) -> None:
    for formats in (("--to", "faulty"), ("--to", "txt", "--to", "faulty")):
        done = triptych("export", "report.md", *formats, cwd=tmp_path, env=plugins)
        assert done.returncode == 1
        assert "a fault of the plugin" in done.stderr
        assert not list((tmp_path / "output").iterdir()) or [
            path.name for path in (tmp_path / "output").iterdir()
        ] == [".triptych"]


def test_an_unknown_format_lists_those_there_are(tmp_path: Path, plugins: dict[str, str]) -> None:
    done = triptych("export", "report.md", "--to", "docx", cwd=tmp_path, env=plugins)
    assert done.returncode == 2
    assert "there is no format “docx”; there are pptx, pdf, xlsx, faulty, forgetful, txt" in (
        " ".join(done.stderr.split())
    )
    assert not (tmp_path / "output").exists()


def test_files_are_proved_and_mixed_sets_named(tmp_path: Path, plugins: dict[str, str]) -> None:
    def verify(*files: str) -> tuple[int, str]:
        done = triptych("verify", "report.md", *files, cwd=tmp_path, env=plugins)
        return done.returncode, done.stdout + done.stderr

    triptych("export", "report.md", "--to", "txt", cwd=tmp_path, env=plugins)
    assert verify("output/report.txt") == (0, "output/report.txt: 4 of 4 blocks\n")
    file = tmp_path / "output" / "report.txt"
    other = tmp_path / "other.txt"
    text = file.read_text(encoding="utf-8")
    other.write_text(text.replace("triptych-", "triptych-0"), encoding="utf-8")
    status, said = verify("output/report.txt", "other.txt")
    assert status == 1
    assert "error[E805]" in said
    file.write_text(text.replace("第一", "第二"), encoding="utf-8")
    status, said = verify("output/report.txt")
    assert status == 1
    assert "line 2, paragraph" in said
    assert "3 of 4 blocks" in said
    file.write_bytes(b"\xff\xfe")
    status, said = verify("output/report.txt")
    assert (status, "E806" in said, "0 of 4 blocks" in said) == (1, True, True)
    assert verify("output/nothing.txt")[0] == 3


def test_several_sources_over_all_cores(tmp_path: Path, plugins: dict[str, str]) -> None:
    folder = tmp_path / "reports" / "deep"
    folder.mkdir(parents=True)
    for number in range(5):
        (folder / f"r{number}.md").write_text(f"# 第 {number} 份\n\n正文。\n", encoding="utf-8")
    (folder / "empty.md").write_text("")
    done = triptych(
        "export", "reports/**/*.md", "report.md", "--to", "txt", cwd=tmp_path, env=plugins
    )
    assert done.returncode == 1
    assert "empty.md:1:1: error[E103]" in done.stderr
    written = sorted(path.name for path in (tmp_path / "output").glob("*.txt"))
    assert written == ["r0.txt", "r1.txt", "r2.txt", "r3.txt", "r4.txt", "report.txt"]
    (folder / "report.md").write_text("# 另一份\n\n正文。\n", encoding="utf-8")
    done = triptych(
        "export", "report.md", "reports/deep/report.md", "--to", "txt", cwd=tmp_path, env=plugins
    )
    assert done.returncode == 1
    assert "error[E707]" in done.stderr


def test_standard_input_is_a_source(tmp_path: Path, plugins: dict[str, str]) -> None:
    done = triptych("export", "-", "--to", "txt", cwd=tmp_path, env=plugins, stdin=REPORT.encode())
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output" / "report.txt").exists()


def test_the_manifest_names_inputs_and_outputs(tmp_path: Path, plugins: dict[str, str]) -> None:
    arguments = ("export", "report.md", "--to", "txt", "--manifest")
    assert triptych(*arguments, cwd=tmp_path, env=plugins).returncode == 0
    path = tmp_path / "output" / "report.manifest.json"
    first = path.read_bytes()
    content = json.loads(first)
    assert content["inputs"][0]["name"] == "report.md"
    assert content["inputs"][0]["bytes"] == len(REPORT.encode())
    assert [one["name"] for one in content["outputs"]] == ["report.txt"]
    assert content["set"] in (tmp_path / "output" / "report.txt").read_text(encoding="utf-8")
    assert str(tmp_path) not in first.decode()
    done = triptych(*arguments, cwd=tmp_path, env=plugins)
    assert "bak" not in done.stderr
    assert path.read_bytes() == first


def test_the_manifest_names_the_file_as_it_is_on_the_disk(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf# a\r\n\r\n![p](p.png)\r\n\r\n::: {.table src=d.csv}\r\n:::\r\n"
    (tmp_path / "r.md").write_bytes(data)
    (tmp_path / "d.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    Image.new("L", (4, 4)).save(tmp_path / "p.png")
    done = triptych("export", "r.md", "--to", "xlsx", "--manifest", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    content = json.loads((tmp_path / "output" / "r.manifest.json").read_bytes())
    inputs = {one["name"]: one["sha256"] for one in content["inputs"]}
    files = {path.name: sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.*")}
    assert inputs == files


def test_changed_data_make_another_set(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("# a\n\n::: {.table src=d.csv}\n:::\n", encoding="utf-8")
    for name, number in (("pptx", 2), ("pdf", 3)):
        (tmp_path / "d.csv").write_text(f"a,b\n1,{number}\n", encoding="utf-8")
        assert triptych("export", "r.md", "--to", name, cwd=tmp_path).returncode == 0
    files = sorted((tmp_path / "output").glob("r.*"))
    done = triptych("verify", "r.md", *files, cwd=tmp_path)
    assert done.returncode == 1
    assert "E805" in done.stderr
