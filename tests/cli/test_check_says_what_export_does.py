"""``triptych check`` plans what an export would write, and says what that does, all of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from command import triptych
from hostile import png

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
LONG = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 200

SAYS = {
    "W301": "# 一\n\n\U00012000 字\n",
    "W402": f"# 一\n\n{LONG}",
    "W403": "# 一 {layout=tabel}\n\n甲\n\n# 二\n\n乙\n",
    "W408": f"# 一\n\n{TABLE}\n: 表 {{layout=code}}\n",
    "W501": "# 一\n\n![画](broken.png)\n",
    "W602": f"# 一\n\n{'字' * 40_000}\n",
    "W605": "# 一\n\n| a | a |\n|---|---|\n| 1 | 2 |\n",
    "W608": f"# 一\n\n{TABLE}\n: 表 {{total=c}}\n",
    "W121": "# 一\n\n见[这里](#没有)。\n",
    "E206": "# 一\n\n::: {.chart type=colum}\n:::\n",
    "E311": "# 一\n\n甲\n",
    "E710": "# 一\n\n甲\n",
}
OPTIONS = {
    "E311": ("--theme", "mine.toml"),
    "E710": ("--attach-workbook", "--to", "pdf"),
}


def _folder(tmp_path: Path, code: str) -> None:
    (tmp_path / "r.md").write_text(SAYS[code], encoding="utf-8")
    (tmp_path / "broken.png").write_bytes(png(40, 40, noise=True))
    (tmp_path / "mine.toml").write_text("[colors]\nink = 3\n", encoding="utf-8")


@pytest.mark.parametrize("code", SAYS)
def test_both_say_the_same_and_end_the_same(code: str, tmp_path: Path) -> None:
    _folder(tmp_path, code)
    options = OPTIONS.get(code, ())
    checked = triptych("check", "r.md", *options, cwd=tmp_path)
    assert not (tmp_path / "output").exists()
    exported = triptych("export", "r.md", "--quiet", *options, cwd=tmp_path)
    assert re.search(rf"\[{code}\]", exported.stderr)
    assert checked.stderr == exported.stderr
    assert checked.returncode == exported.returncode
    assert checked.stdout == ""


def test_formats_that_are_not_asked_for_say_nothing(tmp_path: Path) -> None:
    _folder(tmp_path, "W403")
    assert triptych("check", "r.md", "--to", "xlsx", cwd=tmp_path).stderr == ""
    assert "W403" in triptych("check", "r.md", "--to", "pptx", cwd=tmp_path).stderr


def test_strict_minds_what_planning_says(tmp_path: Path) -> None:
    _folder(tmp_path, "W403")
    done = triptych("check", "r.md", "--strict", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    (said,) = json.loads(done.stdout)
    assert (said["code"], said["file"], said["line"]) == ("W403", "r.md", 1)
    sarif = triptych("check", "r.md", "--format", "sarif", cwd=tmp_path)
    assert sarif.returncode == 0
    (result,) = json.loads(sarif.stdout)["runs"][0]["results"]
    assert result["ruleId"] == "W403"


def test_quick_reads_only(tmp_path: Path) -> None:
    _folder(tmp_path, "W403")
    done = triptych("check", "r.md", "--quick", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_several_sources_each_say_theirs(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(SAYS["W403"], encoding="utf-8")
    (tmp_path / "c.md").write_text("", encoding="utf-8")
    done = triptych("check", "*.md", cwd=tmp_path)
    assert done.returncode == 1
    places = re.findall(r"^(\w\.md):\d+:\d+: \w+\[(\w+)\]", done.stderr, re.MULTILINE)
    assert places == [("a.md", "W403"), ("b.md", "W403"), ("c.md", "E103")]


def test_a_template_is_spoken_of_once(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("# 一\n\n甲\n", encoding="utf-8")
    (tmp_path / "t.pptx").write_bytes(b"no package")
    done = triptych("check", "*.md", "--template", "t.pptx", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert [one["code"] for one in json.loads(done.stdout)] == ["E407"]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_of_the_sample_there_is_nothing_to_say(language: str, tmp_path: Path) -> None:
    triptych("new", "r.md", "--lang", language, cwd=tmp_path)
    done = triptych("check", "r.md", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    done = triptych("export", "r.md", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
