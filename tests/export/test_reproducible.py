"""The same report gives the same bytes, wherever, whenever and by whomever it is exported."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command import triptych
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

PLACES = (
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "USER": "ann", "HOME": "/root"},
    {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1", "USER": "bo", "HOME": "/"},
    {"TZ": "America/Lima", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4242", "USER": "", "HOME": ""},
)

A_YEAR_LATER = """
import sys, time, datetime
shift = 366 * 86400
now = time.time
time.time = lambda: now() + shift
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=shift)
    @classmethod
    def utcnow(cls):
        return super().utcnow() + datetime.timedelta(seconds=shift)
    @classmethod
    def today(cls):
        return cls.now()
datetime.datetime = Later
gmtime, localtime = time.gmtime, time.localtime
time.gmtime = lambda seconds=None: gmtime(now() + shift if seconds is None else seconds)
time.localtime = lambda seconds=None: localtime(now() + shift if seconds is None else seconds)
import cli
cli.main(["export", "--quiet", "--manifest", "--output", sys.argv[1]])
"""


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("first")
    done = triptych("export", "--manifest", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = hashes(folder / "output")
    assert len(found) == 4
    return found


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_in_another_place_and_locale(number: int, first: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "ein anderer Ort 别处"
    folder.mkdir()
    environment = PLACES[number]
    done = triptych("export", "--manifest", "--output", "out", cwd=folder, env=environment)
    assert done.returncode == 0, done.stderr
    assert hashes(folder / "out") == first


def test_on_another_day(first: dict[str, str], tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", A_YEAR_LATER, str(tmp_path)], check=True)
    assert hashes(tmp_path) == first


def test_the_moment_can_be_given(first: dict[str, str], tmp_path: Path) -> None:
    results = []
    for name in ("one", "two"):
        done = triptych(
            "export", "--output", name, cwd=tmp_path, env={"SOURCE_DATE_EPOCH": "1700000000"}
        )
        assert done.returncode == 0, done.stderr
        results.append(hashes(tmp_path / name))
    assert results[0] == results[1]
    assert all(results[0][name] != first[name] for name in results[0])


DATA_REPORT = """---
title: 图表与数据
---

# 数据

::: {.table src=d.csv #t limit=5 sort="-值" total=all bars=值} 明细
:::

![一块红](red.png "红")

""" + "".join(
    f"::: {{.chart type={kind} table=#m y={columns}}} {kind}\n:::\n\n"
    for kind, columns in (("line", '"2,3"'), ("pie", "2"), ("combined", '"2,3"'), ("number", "3"))
)
SMALL = "| 月 | 甲 | 乙 |\n|---|---|---|\n| 一 | 1.5 | 20% |\n| 二 | 3.5 | 35% |\n\n: 小表 {#m}\n\n"


def test_charts_data_and_pictures_are_the_same_bytes_too(tmp_path: Path) -> None:
    results = []
    for number, place in enumerate(PLACES):
        folder = tmp_path / f"folder {number}"
        folder.mkdir()
        source = DATA_REPORT.replace("![", f"{SMALL}![")
        (folder / "r.md").write_text(source, encoding="utf-8")
        rows = "".join(f"{n:05d},产品 {n % 97},{n * 7 % 1000}.5\n" for n in range(1_200))
        (folder / "d.csv").write_text(f"代码,名称,值\n{rows}", encoding="utf-8")
        Image.new("RGB", (60, 40), "red").save(folder / "red.png")
        done = triptych("export", "r.md", "--output", "out", cwd=folder, env=place)
        assert done.returncode == 0, done.stderr
        results.append(hashes(folder / "out"))
    assert len(results[0]) == 3
    assert results[1:] == results[:1] * 2
