"""``triptych check``: nothing is written, everything is said, in three forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from command import triptych

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "# 甲\n\n见[这里](#没有)。\n"


def test_the_source_line_is_shown_with_a_caret_under_wide_characters(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text(TEXT, encoding="utf-8")
    done = triptych("check", "r.md", cwd=tmp_path)
    assert done.returncode == 0
    lines = done.stderr.splitlines()
    assert lines[0].startswith("r.md:3:2: warning[W121]: ")
    assert lines[1] == "  3 | 见[这里](#没有)。"
    assert lines[2].startswith("    |   ^")  # 见 takes two columns
    assert lines[3].startswith("  hint: ")
    assert [path.name for path in tmp_path.iterdir()] == ["r.md"]


def test_json_holds_every_diagnostic_of_every_source(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text(TEXT, encoding="utf-8")
    done = triptych("check", "r.md", "nothing.md", "--format", "json", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert [(one["code"], one["file"], one["line"]) for one in found] == [
        ("W121", "r.md", 3),
        ("E101", "nothing.md", 1),
    ]


def test_sarif_names_rules_levels_and_places(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text(TEXT, encoding="utf-8")
    done = triptych("check", "r.md", "--format", "sarif", "--strict", cwd=tmp_path)
    assert done.returncode == 1
    log = json.loads(done.stdout)
    (run,) = log["runs"]
    (result,) = run["results"]
    assert log["version"] == "2.1.0"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "W121"
    assert result["level"] == "warning"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "r.md"
    assert place["region"]["startLine"] == 3
    assert place["region"]["startColumn"] == 2


def test_standard_input_and_patterns_are_sources(tmp_path: Path) -> None:
    done = triptych("check", "-", cwd=tmp_path, stdin=TEXT.encode())
    assert "<stdin>:3:2: warning[W121]" in done.stderr
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    done = triptych("check", "*.md", cwd=tmp_path)
    assert "a.md:3:2" in done.stderr
    assert "b.md:3:2" in done.stderr
