"""Words of the tool changed by hand to others of its words: seen beside the file made again."""

from __future__ import annotations

import re
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

import report_data
from exporters import Settings, export
from exporters.again import prove_files

if TYPE_CHECKING:
    from pathlib import Path

    from report_data.model import Report

SOURCE = """\
---
title: 两地比较
author: 张三
date: 2025-10-20
---

# 器件

一段。

| 项 | 数 |
|---|---|
| 甲 | 1 |

- 项目

# 材料

又一段。

| 项 | 数 |
|---|---|
| 乙 | 2 |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    folder = tmp_path_factory.mktemp("made")
    (folder / "r.md").write_text(SOURCE, encoding="utf-8")
    report = report_data.load(folder / "r.md")
    export(report, Settings(output=folder, paper="letter"))
    return report, folder


def changed(path: Path, part: str, old: str, new: str, to: Path) -> Path:
    """Copy a package with a text of one part replaced, the last time that it stands there."""
    copy, done = to / path.name, False
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(copy, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if re.fullmatch(part, name) and old.encode() in data:
                data, done = new.encode().join(data.rsplit(old.encode(), 1)), True
            after.writestr(name, data)
    assert done, f"nowhere {old}"
    return copy


@pytest.mark.parametrize("suffix", ["pptx", "pdf", "xlsx"])
def test_files_as_they_were_made_hold(
    suffix: str, made: tuple[Report, Path], tmp_path: Path
) -> None:
    report, folder = made
    shutil.copyfile(folder / f"r.{suffix}", tmp_path / f"other name.{suffix}")
    (proof,) = prove_files(report, [tmp_path / f"other name.{suffix}"])
    assert proof.diagnostics == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("段落", "引用"),  # what a row of the full text is
        ("列表项", "段落"),
        ("表 2", "表 1"),  # where a row of the full text points
        ("器件/paragraph-1", "器件/paragraph-2"),  # the hidden column of ids
        ("内容", "标题"),  # a header
    ],
)
def test_changed_words_of_the_full_text_are_named(
    old: str, new: str, made: tuple[Report, Path], tmp_path: Path
) -> None:
    report, folder = made
    sheet = r"xl/worksheets/sheet2\.xml"
    (proof,) = prove_files(report, [changed(folder / "r.xlsx", sheet, old, new, tmp_path)])
    assert [item.code for item in proof.diagnostics] == ["E813"]
    assert "".join(new.split()) in proof.diagnostics[0].message
    assert not proof.holds


def test_changed_words_of_a_slide_are_named(made: tuple[Report, Path], tmp_path: Path) -> None:
    report, folder = made
    slide = r"ppt/slides/slide2\.xml"
    (proof,) = prove_files(report, [changed(folder / "r.pptx", slide, ">2<", ">3<", tmp_path)])
    (said,) = proof.diagnostics
    assert (said.code, "slide 2" in said.message) == ("E813", True)


def test_what_cannot_be_made_again_is_proved_as_before(
    made: tuple[Report, Path], tmp_path: Path
) -> None:
    report, _ = made
    theme = tmp_path / "own.toml"
    theme.write_text("", encoding="utf-8")
    export(report, Settings(formats=("pptx",), output=tmp_path, theme=str(theme)))
    (proof,) = prove_files(report, [tmp_path / "r.pptx"])
    assert proof.diagnostics == ()
