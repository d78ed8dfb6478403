"""A long document's structure is parted: no page makes a reader load all blocks of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from made_pdf import MadePdf

from exporters.pdf.setting import LONGEST_LIST
from exporters.pdf.tags import BLOCKS_A_GROUP
from exporters.verify import compare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONG = 600
HEADINGS = [f"第 {number} 章" for number in range(LONG)]
CHAPTERS = "\n\n".join(f"# {heading}" for heading in HEADINGS)
ONE_CHAPTER = "# 章\n\n" + "\n\n".join(
    f"- {text}" if number % 2 else f"{text}，见注[^{number}]。\n\n[^{number}]: 注。"
    for number, text in enumerate(HEADINGS)
)


@pytest.mark.parametrize("source", [CHAPTERS, ONE_CHAPTER], ids=["chapters", "one chapter"])
def test_blocks_are_parted_and_say_the_same(source: str, tmp_path: Path) -> None:
    made = MadePdf(source)
    reading = made.read(tmp_path / "long.pdf")  # which keeps the rules
    assert compare(made.report, reading, made.context.words, made.context.names).holds
    with pikepdf.open(tmp_path / "long.pdf") as pdf:
        counts = list(_children(pdf.Root.StructTreeRoot.K[0]))
    assert max(count for _, count in counts) <= BLOCKS_A_GROUP
    assert sum(count for tag, count in counts if tag == "/NonStruct") > LONG


@pytest.mark.parametrize(
    "items", ["- 项", "1. 项", "词\n:   义\n"], ids=["list", "numbers", "terms"]
)
def test_a_long_list_is_several(items: str, tmp_path: Path) -> None:
    made = MadePdf("\n".join([items] * LONG))
    reading = made.read(tmp_path / "long.pdf")
    assert compare(made.report, reading, made.context.words, made.context.names).holds
    with pikepdf.open(tmp_path / "long.pdf") as pdf:
        lists = [kid for kid in pdf.Root.StructTreeRoot.K[0].K if str(kid.S) == "/L"]
    assert [len(one.K) for one in lists] == [LONGEST_LIST, LONGEST_LIST, LONG - 2 * LONGEST_LIST]


def _children(element: pikepdf.Object) -> Iterator[tuple[str, int]]:
    """Yield the type of an element of blocks and how many children it has, then those in it."""
    kids = (
        [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary)] if _many(element) else []
    )
    if str(element.S) in {"/Document", "/Sect", "/NonStruct", "/TOC"}:
        yield str(element.S), len(kids)
    for kid in kids:
        assert element == kid.P
        yield from _children(kid)


def _many(element: pikepdf.Object) -> bool:
    return isinstance(element.get("/K"), pikepdf.Array)


def test_a_short_document_has_its_blocks_at_once(tmp_path: Path) -> None:
    with pikepdf.open(MadePdf("# 一\n\n文字。\n").write(tmp_path / "short.pdf")) as pdf:
        tags = {str(child.S) for child in pdf.Root.StructTreeRoot.K[0].K}
    assert "/NonStruct" not in tags
