"""The shape of a report: what the reader makes has it; what is built in Python is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

import report_data
from report_data.audience import for_format
from report_data.ids import BlockId
from report_data.model import (
    Cell,
    Column,
    Meta,
    Note,
    NoteRef,
    Paragraph,
    Reference,
    Report,
    Run,
    Section,
    Table,
)
from report_data.wellformed import check

if TYPE_CHECKING:
    from pathlib import Path


def _cell(text: str) -> Cell:
    return Cell((Run(text),))


def _report(*content: Run | NoteRef | Reference) -> Report:
    """Return a small report built from the model's types alone."""
    paragraph = Paragraph(id=BlockId("p"), content=content)
    table = Table(
        id=BlockId("t"),
        columns=(Column(_cell("a")), Column(_cell("b"))),
        rows=((_cell("1"), _cell("2")),),
    )
    section = Section(id=BlockId("s"), level=1, title=(Run("节"),), children=(paragraph, table))
    note = Note(id=BlockId("n"), number=1, blocks=())
    return Report(meta=Meta(title="题"), children=(section,), notes=(note,))


def test_a_report_built_in_python() -> None:
    report = _report(Run("a", link="#s"), NoteRef(BlockId("n"), 1), Reference(BlockId("t")))
    assert check(report) == ()


def test_links_references_and_notes_that_lead_to_nothing() -> None:
    said = check(_report(Run("a", link="#x"), NoteRef(BlockId("t"), 1), Reference(BlockId("y"))))
    assert [item.code for item in said] == ["E208"] * 3
    assert [name for item in said for name in "xty" if f"“{name}”" in item.message] == list("xty")


def test_ids_given_twice_and_uneven_rows() -> None:
    report = _report(Run("a"))
    (section,) = report.sections
    paragraph, table = section.blocks
    assert isinstance(table, Table)
    uneven = replace(table, rows=((_cell("1"),), *table.rows))
    twice = replace(report, children=(replace(section, children=(paragraph, paragraph, uneven)),))
    assert [item.code for item in check(twice)] == ["E201", "E207"]


def test_what_the_reader_makes_is_well_formed(corpus: Path) -> None:
    for path in (None, *sorted(corpus.glob("docs/*.md"))):
        assert check(report_data.load(path)) == (), path


def test_boxes_for_one_format_only() -> None:
    report = report_data.load_text(
        "一\n\n::: {.only to=pptx}\n二\n:::\n\n::: {.only to='pdf xlsx'}\n- 三\n:::\n\n"
        "::: notes\n四\n:::\n\n> ::: notes\n> 五\n> :::"
    )

    def said(name: str) -> str:
        nodes = for_format(report, name).walk()
        texts = (n.content[0] for n in nodes if isinstance(n, Paragraph))
        return "".join(run.text for run in texts if isinstance(run, Run))

    assert said("pptx") == "一二四五"
    assert said("pdf") == said("xlsx") == "一三"
    plain_report = report_data.load()
    assert for_format(plain_report, "pdf") is plain_report
