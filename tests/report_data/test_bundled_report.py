"""The bundled report: the mission's report, word for word, in the source format."""

from __future__ import annotations

import re
from pathlib import Path

import report_data
from report_data.model import Box, List, Section, Table, plain

MISSION = Path(__file__).parents[1] / "fixtures" / "cpo-report.md"
IDS = ["overview", "application", "devices", "materials", "comparison", "trends", "appendix"]


def _words(text: str) -> str:
    """Return a Markdown text without its markup and white space."""
    text = re.sub(r"^:::.*$|\{[#.][^}]*\}", "", text, flags=re.MULTILINE)
    return re.sub(r"[\s|#*\-]", "", text)


def test_no_word_of_the_missions_report_is_lost_added_or_changed() -> None:
    mission = MISSION.read_text(encoding="utf-8")
    contents = re.compile(r"## 目录\n.*?(?=^## )", re.DOTALL | re.MULTILINE)
    assert len(contents.findall(mission)) == 1
    source = report_data.load().source
    head, body = source.removeprefix("---\n").split("\n---\n", 1)
    entries = dict(line.split(": ", 1) for line in head.splitlines())
    written = [
        entries["标题"],
        entries["类型"],
        entries["副标题"],
        f"作者：{entries['作者']}",
        f"生成日期：{entries['生成日期']}",
        body,
    ]
    assert _words("\n".join(written)) == _words(contents.sub("", mission))


def test_the_report_as_loaded_says_what_the_missions_report_says() -> None:
    bundled = report_data.load()
    mission = report_data.load_text(MISSION.read_text(encoding="utf-8"))
    assert (mission.meta.title, mission.meta.kind) == (bundled.meta.title, bundled.meta.kind)
    assert mission.meta.subtitle == bundled.meta.subtitle
    assert mission.meta.authors == bundled.meta.authors
    assert mission.meta.date == bundled.meta.date
    ours = [plain(n.title) for n in bundled.walk() if isinstance(n, Section)]
    theirs = [plain(n.title) for n in mission.walk() if isinstance(n, Section)]
    assert theirs == ["目录", *ours]


def test_it_has_the_seven_sections_and_no_warning() -> None:
    report = report_data.load()
    assert [section.id for section in report.sections] == IDS
    assert [section.appendix for section in report.sections] == [False] * 6 + [True]
    assert report.warnings == ()
    assert report.meta.lang == "zh-Hans"
    assert report.meta.series == ("美国", "中国")
    assert report.meta.date is not None
    assert report.meta.date.label == "生成日期"


def test_its_boxes_and_tables() -> None:
    report = report_data.load()
    boxes = [node.kind for node in report.walk() if isinstance(node, Box)]
    assert boxes == ["callout", "timeline", "cards", "callout"]
    tables = [node for node in report.walk() if isinstance(node, Table)]
    shapes = [(len(table.columns), len(table.rows)) for table in tables]
    assert shapes == [(3, 5), (4, 4), (3, 3)]
    lists = [len(node.items) for node in report.walk() if isinstance(node, List)]
    assert lists == [3, 3, 4, 2, 4, 3, 3, 3]


def test_every_block_has_an_id_of_its_own_and_a_place() -> None:
    report = report_data.load()
    nodes = list(report.walk())
    assert len({node.id for node in nodes}) == len(nodes)
    lines = report.source.split("\n")
    for node in nodes:
        assert node.span is not None
        assert lines[node.span.line - 1][node.span.column - 1 :].strip()
    for table in (node for node in nodes if isinstance(node, Table)):
        for row in table.rows:
            for cell in row:
                assert cell.span is not None
                line = lines[cell.span.line - 1]
                assert line[cell.span.column - 1 : cell.span.end_column - 1] == cell.text


def test_an_edit_elsewhere_changes_no_id() -> None:
    report = report_data.load()
    edited = report_data.load_text(
        report.source.replace(
            "# 二、器件层", "新的一段。\n\n| 甲 | 乙 |\n|---|---|\n\n# 二、器件层"
        )
    )
    before = {n.id for s in report.sections if s.id != "application" for n in _nodes(s)}
    assert before <= {node.id for node in edited.walk()}


def _nodes(section: Section) -> list[Section]:
    return [section, *(inner for child in section.sections for inner in _nodes(child))]
