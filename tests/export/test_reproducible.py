"""The same report gives the same bytes, wherever, whenever and by whomever it is exported."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from command import ROOT, to_be_killed, triptych
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

PLACES = (
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "USER": "ann", "HOME": "/root"},
    {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1", "USER": "bo", "HOME": "/"},
    {"TZ": "America/Lima", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4242", "USER": "", "HOME": ""},
)

A_YEAR_LATER = """
import datetime, time
shift = 366 * 86400
now, stamp = time.time, time.time_ns
gmtime, localtime, strftime = time.gmtime, time.localtime, time.strftime
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
class Day(datetime.date):
    @classmethod
    def today(cls):
        return super().today() + datetime.timedelta(seconds=shift)
datetime.datetime, datetime.date = Later, Day
time.time, time.time_ns = lambda: now() + shift, lambda: stamp() + shift * 10**9
time.gmtime = lambda seconds=None: gmtime(now() + shift if seconds is None else seconds)
time.localtime = lambda seconds=None: localtime(now() + shift if seconds is None else seconds)
time.strftime = lambda form, *at: strftime(form, *(at or (time.localtime(),)))
"""
"""A ``sitecustomize`` module: Python runs it at the start of each process."""

MODIFIED = """
import pathlib
pathlib.Path(__file__).with_name("was-run").touch()
from reportlab import rl_settings
rl_settings.pageCompression = 0
"""
"""What reportlab would run of a user's home folder."""


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


@pytest.fixture
def a_year_later(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which every process runs a year from now."""
    folder = tmp_path / "clock"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(A_YEAR_LATER, encoding="utf-8")
    path = os.environ.get("PYTHONPATH", "")
    environment = {"PYTHONPATH": f"{folder}{os.pathsep}{path}" if path else str(folder)}
    told = subprocess.run(
        [sys.executable, "-c", "from datetime import date; print(date.today().year)"],
        env=os.environ | environment,
        capture_output=True,
        check=True,
    )
    assert int(told.stdout) > time.gmtime().tm_year, "the clock is not shifted"
    return environment


def test_on_another_day(
    first: dict[str, str], tmp_path: Path, a_year_later: dict[str, str]
) -> None:
    done = triptych("export", "--manifest", cwd=tmp_path, env=a_year_later)
    assert done.returncode == 0, done.stderr
    assert hashes(tmp_path / "output") == first


def test_with_settings_of_a_home_folder_and_the_environment(
    first: dict[str, str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in (".reportlab_mods", ".reportlab_settings"):
        (home / name).write_text(MODIFIED, encoding="utf-8")
    environment = {"HOME": str(home), "RL_pageCompression": "0", "RL_xmlParser": "none"}
    done = triptych("export", "--manifest", cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert not (home / "was-run").exists()
    assert hashes(tmp_path / "output") == first


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


def rich(folder: Path) -> Path:
    """Write a report with charts, a data file and a picture; return its folder."""
    folder.mkdir()
    source = DATA_REPORT.replace("![", f"{SMALL}![")
    (folder / "r.md").write_text(source, encoding="utf-8")
    rows = "".join(f"{n:05d},产品 {n % 97},{n * 7 % 1000}.5\n" for n in range(1_200))
    (folder / "d.csv").write_text(f"代码,名称,值\n{rows}", encoding="utf-8")
    Image.new("RGB", (60, 40), "red").save(folder / "red.png")
    return folder


@pytest.fixture(scope="module")
def first_rich(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = rich(tmp_path_factory.mktemp("rich") / "report")
    done = triptych("export", "r.md", "--manifest", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = hashes(folder / "out")
    assert len(found) == 4
    return found


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_charts_data_and_pictures_in_another_place_and_locale(
    number: int, first_rich: dict[str, str], tmp_path: Path
) -> None:
    folder = rich(tmp_path / f"folder {number}")
    arguments = ("export", "r.md", "--manifest", "--output", "out")
    done = triptych(*arguments, cwd=folder, env=PLACES[number])
    assert done.returncode == 0, done.stderr
    assert hashes(folder / "out") == first_rich


def test_charts_data_and_pictures_on_another_day(
    first_rich: dict[str, str], tmp_path: Path, a_year_later: dict[str, str]
) -> None:
    folder = rich(tmp_path / "report")
    for path in folder.iterdir():
        os.utime(path, (1e9, 1e9))
    done = triptych("export", "r.md", "--manifest", "--output", "out", cwd=folder, env=a_year_later)
    assert done.returncode == 0, done.stderr
    assert hashes(folder / "out") == first_rich


def test_by_another_account(first_rich: dict[str, str], tmp_path: Path) -> None:
    nobody, become = account("nobody")
    folder = rich(tmp_path / "report")
    for path in (*tmp_path.parents[:3], tmp_path, folder):
        path.chmod(path.stat().st_mode | 0o055)
    output = tmp_path / "theirs"
    output.mkdir()
    os.chown(output, nobody, -1)
    command = [sys.executable, str(ROOT / "cli.py"), "export", "../report/r.md", "--manifest"]
    subprocess.run(
        [*become, *command, "--quiet", "--output", "."],
        cwd=output,
        umask=0o077,
        env=to_be_killed() | {"HOME": "/nonexistent", "USER": "nobody", "LOGNAME": "nobody"},
        check=True,
    )
    assert {path.stat().st_uid for path in output.iterdir()} == {nobody}
    assert hashes(output) == first_rich


READS_ALL = ("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search")
"""Of the account's process: it may read any file (capabilities(7)), and do no more than others."""


def account(name: str) -> tuple[int, list[str]]:
    """Return an account's number and what becomes it before a command; skip where nothing does.

    Where it may not read this Python, as in root's own folder, it is lent the right to read.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can run a command as another account")
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("there is no setpriv (util-linux) to run a command as another account")
    import pwd

    number = pwd.getpwnam(name).pw_uid
    plain = [setpriv, "--reuid", str(number), "--regid", str(number), "--clear-groups"]
    # Who may not read this Python may get another one of the machine: that proves nothing.
    says = f"import sys; open({str(ROOT / 'cli.py')!r}); print(sys.version, sys.base_prefix)"
    for become in ([*plain, "--"], [*plain, *READS_ALL, "--"]):
        command = [*become, sys.executable, "-c", says]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
        if done.stdout == f"{sys.version} {sys.base_prefix}\n":
            return number, become
    pytest.skip(f"the account {name} can run no Python of this environment")
