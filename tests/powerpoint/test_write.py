"""The written file: valid, the same bytes everywhere, native throughout."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import package_checker
import pytest
from decks import bundled_deck, context_for, deck_of
from lxml import etree
from openxml_audit import OpenXmlValidator
from PIL import Image

from exporters.powerpoint.slides import plan_deck
from exporters.powerpoint.write import write
from report_data import load
from report_data.audience import for_format

ROOT = Path(__file__).parents[2]
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

NOTED = """---
title: 测试
lang: zh-Hans
---
# 甲 {#first}

一句话，见[乙](#second)与[站点](https://example.org/路径?q=a b)。[^1]

::: notes
讲者的话。
:::

# 乙 {#second}

![图](picture.png "说明")

| 甲 & 乙 | <b> |
|---|---|
| "引号" | 1 |

: 表题 {#t}

见 [](#t)。

[^1]: 脚注。
"""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000001149444154789c63606060f8cf80010606000c0e0102f7d0f5d80000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "deck.pptx"
    write(bundled_deck(), path)
    return path


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("noted")
    (folder / "report.md").write_text(NOTED, encoding="utf-8")
    (folder / "picture.png").write_bytes(PNG)
    _, deck = deck_of(folder / "report.md")
    write(deck, folder / "deck.pptx")
    return folder / "deck.pptx"


def slides(path: Path) -> list[etree._Element]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"ppt/slides/s.*xml", name)]
        return [etree.fromstring(archive.read(name)) for name in names]


def test_the_schema_holds(bundled: Path, noted: Path) -> None:
    for path in (bundled, noted):
        assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_the_package_holds(noted: Path) -> None:
    assert package_checker.faults(noted) == []


def test_the_checker_finds_notes_that_lead_to_another_slide(noted: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pptx"
    with zipfile.ZipFile(noted) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            blob = old.read(name)
            if name == "ppt/notesSlides/_rels/notesSlide1.xml.rels":
                blob = re.sub(rb"slide\d+\.xml", b"slide1.xml", blob)
            new.writestr(name, blob)
    found = package_checker.notes_know_their_slides(package_checker.Package(broken))
    assert any("does not lead back" in fault for fault in found)


def test_python_pptx_reads_it_as_its_own(noted: Path) -> None:
    from pptx import Presentation

    deck = Presentation(str(noted))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == "测试"
    assert "甲" in titles
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert tables[0].cell(0, 0).text == "甲 & 乙"
    assert any(slide.has_notes_slide for slide in deck.slides)
    assert {layout.name for layout in deck.slide_layouts} >= {"Cover", "Agenda", "Table"}


def test_every_run_has_a_language_and_every_paragraph_an_exact_leading(bundled: Path) -> None:
    for tree in slides(bundled):
        for properties in tree.iter(f"{A}rPr", f"{A}endParaRPr"):
            assert properties.get("lang") == "zh-CN"
        for table in tree.iter(f"{A}tbl"):
            for paragraph in table.iter(f"{A}p"):
                assert paragraph.find(f"{A}pPr/{A}lnSpc/{A}spcPts") is not None


def test_text_stands_in_placeholders_and_nothing_shrinks_by_itself(bundled: Path) -> None:
    for tree in slides(bundled):
        assert list(tree.iter(f"{A}normAutofit")) == []
        for shape in tree.iter(f"{P}sp"):
            if shape.find(f"{P}txBody") is not None:
                assert shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None
        for table in tree.iter(f"{P}graphicFrame"):
            known = table.find(f"{P}nvGraphicFramePr/{P}cNvPr")
            assert known is not None
            assert known.get("descr")


def test_numbers_of_slides_are_fields(bundled: Path) -> None:
    fields = [field.get("type") for tree in slides(bundled) for field in tree.iter(f"{A}fld")]
    assert fields == ["slidenum"] * 14  # all but the cover


def test_the_file_says_nothing_of_who_made_the_template(bundled: Path) -> None:
    with zipfile.ZipFile(bundled) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "Canny" not in core
    assert "中美 CPO（光电共封装）产业链比较报告" in core
    assert "2000-01-01T00:00:00Z" in core  # Context's default, see EPOCH


MAKE = """
import sys
from pathlib import Path
sys.path.insert(0, {support!r})
from decks import deck_of
from exporters.powerpoint.write import write
write(deck_of(Path(sys.argv[1]))[1], Path(sys.argv[2]))
"""

EVERYTHING = """---
title: 一切
author: 某人
---
# 表与图 {#t-section}

| 年份 | 美国 | 中国 |
|---|---|---|
| 2023 | 12.5 | 8.1 |
| 2024 | 14.0 | 11.2 |

: 出货量 {#t}

::: {.chart type=column table=#t}
:::

::: {.chart type=line table=#t}
:::

# 图片

![网图](a.webp "图一")

![图](b.png "图二")

# 正文

见[表](#t)与[网页](https://example.org/)。[^1]

::: notes
只在备注里。
:::

[^1]: 脚注。
"""


def test_two_processes_make_the_same_bytes(tmp_path: Path) -> None:
    """Hash seeds, time zones, working folders and locales differ; charts and pictures are in."""
    digests = set()
    for number, zone in enumerate(("Asia/Shanghai", "America/Lima")):
        folder = tmp_path / f"{number}" / ("x" * number)
        folder.mkdir(parents=True)
        for name, color in (("a.webp", (31, 95, 168)), ("b.png", (194, 57, 43))):
            Image.new("RGB", (80, 50), color).save(folder / name)
        (folder / "report.md").write_text(EVERYTHING, encoding="utf-8")
        environment = os.environ | {
            "PYTHONHASHSEED": str(number),
            "TZ": zone,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": ("C.UTF-8", "C")[number],
        }
        script = MAKE.format(support=str(ROOT / "tests" / "support"))
        subprocess.run(
            [sys.executable, "-c", script, str(folder / "report.md"), "deck.pptx"],
            check=True,
            cwd=folder,
            env=environment,
        )
        with zipfile.ZipFile(folder / "deck.pptx") as archive:
            names = archive.namelist()
            assert sum(name.startswith("ppt/charts/chart") for name in names) == 2
            assert sum(name.startswith("ppt/embeddings/") for name in names) == 2
            assert sum(name.startswith("ppt/media/") for name in names) == 2
        digests.add(hashlib.sha256((folder / "deck.pptx").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_large_deck_is_made_in_two_processes_with_the_same_bytes(tmp_path: Path) -> None:
    table = "| 年 | 量 |\n|---|---|\n| 2023 | 20 |\n\n: 出货 {{#t{0}}}\n\n"
    section = (
        "# 第 {0} 节\n\n- 见[上节](#s{1})\n\n::: notes\n备注 {0}\n:::\n\n# 数 {0} {{#s{0}}}\n\n"
    )
    chart = "::: {{.chart type=column table=#t{0}}}\n:::\n\n"
    parts = (
        (section + (table + chart if number % 50 == 1 else "- 一\n\n")).format(number, number - 1)
        for number in range(1, 230)
    )
    (tmp_path / "report.md").write_text("".join(parts), encoding="utf-8")
    deck = deck_of(tmp_path / "report.md")[1]
    assert deck.count > 400
    for name, shared in (("alone", False), ("shared", True), ("chosen", None)):
        write(deck, tmp_path / f"{name}.pptx", shared=shared)
    assert len({path.read_bytes() for path in tmp_path.glob("*.pptx")}) == 1
    assert package_checker.faults(tmp_path / "shared.pptx") == []


def test_text_that_xml_cannot_hold_is_replaced_and_the_rest_kept() -> None:
    from exporters.powerpoint.xml import attribute, escape

    assert escape('a<b>&"c"') == "a&lt;b&gt;&amp;&quot;c&quot;"
    assert escape("a\x0bb\ud800c") == "a\ufffdb\ufffdc"
    assert escape("全角　空格\u00a0") == "全角　空格\u00a0"
    assert attribute("a\nb\tc") == "a&#10;b&#9;c"


def test_the_planner_gives_equal_plans_for_equal_reports() -> None:
    report = for_format(load(None), "pptx")
    assert plan_deck(report, context_for(report)) == bundled_deck()
