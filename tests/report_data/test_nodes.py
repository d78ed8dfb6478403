"""The nodes of a report: all in order, and those of one type."""

from __future__ import annotations

from report_data import load, load_text
from report_data.model import Box, Definition, List, ListItem, Note, Paragraph, Section, Table

MIXED = """---
title: 题
---
# 甲[^1]

- 一
  - 二

::: callout
词
:   义

| 名 | 数 |
|---|---|
| 乙 | 1 |
:::

[^1]: 注。
"""


def test_the_nodes_of_each_type_are_those_that_a_walk_meets() -> None:
    for report in (load(None), load_text(MIXED)):
        walked = list(report.walk())
        kinds = {type(node) for node in walked}
        assert report.size == len(walked)
        for kind in kinds:
            assert list(report.every(kind)) == [node for node in walked if type(node) is kind]


def test_nodes_inside_others_are_found() -> None:
    report = load_text(MIXED)
    counts = {kind: len(report.every(kind)) for kind in (Section, List, ListItem, Box, Table, Note)}
    assert counts == {Section: 1, List: 2, ListItem: 2, Box: 1, Table: 1, Note: 1}
    assert len(report.every(Definition)) == 1
    assert not load_text("# 甲\n").every(Paragraph)


def test_what_was_found_is_no_part_of_a_report() -> None:
    asked, other = load_text(MIXED), load_text(MIXED)
    assert asked.every(Table)
    assert asked == other
    assert hash(asked) == hash(other)
    assert repr(asked) == repr(other)
