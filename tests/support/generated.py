"""Hypothesis strategies for whole reports: any structure, in several scripts, at any length."""

# ruff: noqa: ARG002  every kind of block is drawn with the same arguments

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from PIL import Image

from exporters.powerpoint.vocabulary import VOCABULARY
from report_data.ids import ROOT, BlockId, IdMaker
from report_data.model import (
    NO_ATTRIBUTES,
    Attributes,
    Box,
    Break,
    Cell,
    CodeBlock,
    Column,
    Definition,
    DefinitionList,
    Figure,
    Labelled,
    List,
    ListItem,
    Mark,
    Meta,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Report,
    Run,
    Section,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from report_data.model import Block, BoxKind, Node, RichText

_WORDS = (
    "光电共封装", "产业链", "的", "、", "美国优势", "中国", "（2025–2028）",
    "“近 CPO”", "10 Gbps",
    "co-packaged", "optics", "Broadcom", "supercalifragilisticexpialidocious", "1.6T", "$3.50",
    "<&>", "데이터", "データセンター", "🚀", "a" * 90, "一二三四五六七八九十" * 4,
    "——", "……", "é", "№ 7",
    "https://example.org/a/long/path?with=parameters&and=more#fragment",
)  # fmt: skip

_ENDS = ("。", "！", ". ", "；", "")

texts = st.builds(
    lambda words, end: (" ".join(words) if words[0].isascii() else "".join(words)) + end,
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12),
    st.sampled_from(_ENDS),
)
long_texts = st.builds("".join, st.lists(texts, min_size=1, max_size=30))

runs = st.builds(
    Run,
    texts.filter(str.strip),
    st.sampled_from([Mark.NONE, Mark.NONE, Mark.BOLD, Mark.ITALIC, Mark.CODE, Mark.STRIKE]),
    st.sampled_from([None, None, None, "https://example.org/", "#nowhere"]),
)
rich: st.SearchStrategy[RichText] = st.one_of(
    st.lists(runs, min_size=1, max_size=4).map(tuple),
    long_texts.filter(str.strip).map(lambda text: (Run(text),)),
)
figures = st.sampled_from(["37.5%", "¥1,240 亿", "3.2 倍", "$7 billion", "800 G", "2025", "12"])
asked = st.sampled_from([""] * 12 + list(VOCABULARY))
"""What an author may ask for, mostly nothing."""

titles = texts.filter(str.strip).map(lambda text: (Run(text.strip()),))


class _Maker:
    """Gives ids as the reader does while a report is drawn."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.ids = IdMaker()
        self.notes: list[Note] = []

    def block(self, section: BlockId, depth: int) -> Block:
        kinds = ["paragraph"] * 4 + ["list"] * 3 + ["table"] * 2
        kinds += ["code", "figure", "break", "quote", "definitions"]
        if depth == 0:
            kinds += [
                "callout",
                "timeline",
                "cards",
                "columns",
                "notes",
                "plain",
                "chart",
                "number",
            ]
        kind = self.draw(st.sampled_from(kinds))
        block_id = self.ids.block(section, kind)
        return getattr(self, f"_{kind}")(block_id, section, depth)  # type: ignore[no-any-return]

    def _paragraph(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        content = self.draw(rich)
        if depth == 0 and self.draw(st.integers(0, 9)) == 0:
            number = len(self.notes) + 1
            note = BlockId(f"note-{number}")
            inside = Paragraph(id=BlockId(f"note-{number}/paragraph-1"), content=self.draw(rich))
            self.notes.append(Note(id=note, number=number, blocks=(inside,)))
            content = (*content, NoteRef(note, number))
        return Paragraph(id=block_id, content=content)

    def _list(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        count = self.draw(st.sampled_from([1, 2, 3, 4, 5, 8, 25]))
        items = []
        for number in range(1, count + 1):
            item = BlockId(f"{block_id}/item-{number}")
            first = Paragraph(id=BlockId(f"{item}/paragraph"), content=self.draw(rich))
            inner: tuple[Block, ...] = ()
            if depth < 3 and self.draw(st.integers(0, 5)) == 0:
                inner = (self.block(section, depth + 1),)
            items.append(ListItem(id=item, blocks=(first, *inner)))
        ordered = self.draw(st.booleans())
        return List(id=block_id, ordered=ordered, items=tuple(items))

    def _table(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        columns = self.draw(st.sampled_from([1, 2, 3, 4, 7, 13]))
        rows = self.draw(st.sampled_from([1, 3, 5, 12, 40]))
        cells = self.draw(st.lists(rich, min_size=1, max_size=12))
        caption = self.draw(st.one_of(st.just(()), titles))

        def cell(row: int, column: int) -> Cell:
            return Cell(cells[(row * 7 + column * 3) % len(cells)])

        return Table(
            id=block_id,
            columns=tuple(Column(cell(0, column)) for column in range(columns)),
            rows=tuple(
                tuple(cell(row, column) for column in range(columns)) for row in range(1, rows + 1)
            ),
            caption=caption,
        )

    def _code(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        count = self.draw(st.sampled_from([1, 5, 30, 90]))
        line = self.draw(texts.filter(str.strip))
        return CodeBlock(id=block_id, text="\n".join([line] * count))

    def _figure(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        source = self.draw(st.sampled_from(["none.png", *PICTURES]))
        path = str(_pictures() / source) if source in PICTURES else None
        caption = self.draw(st.one_of(st.just(()), titles))
        return Figure(id=block_id, source=source, alt="图", path=path, caption=caption)

    def _number(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        figure = Run(self.draw(figures), Mark.BOLD)
        return Paragraph(id=block_id, content=(figure, Run(f" {self.draw(texts)}")))

    def _chart(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        """Return a box that holds a chart and the table that it draws."""
        count = self.draw(st.sampled_from([1, 2, 5]))
        numbers = self.draw(st.lists(st.integers(-900, 90_000), min_size=1, max_size=12))
        words = ("年", *("美国", "中国", "<&> 其他", "data", "é")[:count])
        table = self.ids.block(section, "table")
        rows = tuple(
            (Cell((Run(f"项 {row}"),)), *(Cell((Run(str(number + at)),)) for at in range(count)))
            for row, number in enumerate(numbers, 1)
        )
        columns = tuple(Column(Cell((Run(word),))) for word in words)
        kind = self.draw(st.sampled_from(["column", "bar", "line", "pie", "area", "number"]))
        chart = Box(
            id=block_id,
            kind="chart",
            blocks=(self._paragraph_of(section),) if self.draw(st.booleans()) else (),
            label=self.draw(st.one_of(st.just(()), titles)),
            attributes=Attributes((), (("type", kind), ("table", f"#{table}"))),
        )
        both = (Table(id=table, columns=columns, rows=rows), chart)
        return self._box("plain", self.ids.block(section, "plain"), both)

    def _break(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        return Break(id=block_id)

    def _quote(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        inside = Paragraph(id=BlockId(f"{block_id}/paragraph"), content=self.draw(rich))
        return Quote(id=block_id, blocks=(inside,))

    def _definitions(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        inside = Paragraph(id=BlockId(f"{block_id}/paragraph"), content=self.draw(rich))
        item = Definition(
            id=BlockId(f"{block_id}/item-1"), term=self.draw(titles), blocks=(inside,)
        )
        return DefinitionList(id=block_id, items=(item,))

    def _box(self, kind: BoxKind, block_id: BlockId, blocks: tuple[Block, ...]) -> Block:
        return Box(id=block_id, kind=kind, blocks=blocks)

    def _callout(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        return self._box("callout", block_id, (self.block(section, 1),))

    def _plain(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        return self._box("plain", block_id, (self.block(section, 1), self.block(section, 1)))

    def _notes(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        return self._box("notes", block_id, (self._paragraph_of(section),))

    def _timeline(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        inner = self._list(self.ids.block(section, "list"), section, 3)
        return self._box("timeline", block_id, (inner,))

    def _cards(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        inner = self._list(self.ids.block(section, "list"), section, 3)
        return self._box("cards", block_id, (inner,))

    def _columns(self, block_id: BlockId, section: BlockId, depth: int) -> Block:
        count = self.draw(st.sampled_from([2, 2, 3]))
        columns = tuple(
            self._box("column", BlockId(f"{block_id}/column-{number}"), (self.block(section, 1),))
            for number in range(1, count + 1)
        )
        return self._box("columns", block_id, columns)

    def _paragraph_of(self, section: BlockId) -> Block:
        return Paragraph(id=self.ids.block(section, "paragraph"), content=self.draw(rich))

    def section(self, level: int) -> Section:
        title = self.draw(titles)
        section = self.ids.section("".join(run.text for run in title))
        inside: list[Node] = [
            self.block(section, 0) for _ in range(self.draw(st.sampled_from([0, 1, 1, 2, 3])))
        ]
        if level < 3:
            count = self.draw(st.sampled_from([0, 0, 0, 1, 3]))
            inside += [self.section(level + 1) for _ in range(count)]
        layout = self.draw(asked)
        return Section(
            id=section,
            level=level,
            title=title,
            children=tuple(inside),
            appendix=self.draw(st.integers(0, 5)) == 0,
            attributes=Attributes((), (("layout", layout),)) if layout else NO_ATTRIBUTES,
        )


PICTURES = {"wide.png": (640, 200), "tall.jpg": (200, 320), "small.webp": (90, 80)}


@cache
def _pictures() -> Path:
    """Return a folder with the pictures, made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="triptych-pictures-"))
    for name, size in PICTURES.items():
        Image.new("RGB", size, (31, 95, 168)).save(folder / name)
    return folder


@st.composite
def reports(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Report:
    """Return any report: a valid tree with ids as the reader gives them."""
    maker = _Maker(draw)
    front = [maker.block(ROOT, 0) for _ in range(draw(st.integers(0, 1)))]
    sections = [maker.section(1) for _ in range(draw(st.sampled_from([0, 1, 2, 3, 6])))]
    meta = Meta(
        title=draw(st.one_of(st.just(""), texts.map(str.strip))),
        subtitle=draw(st.one_of(st.just(""), texts.map(str.strip))),
        authors=draw(st.lists(texts.map(str.strip).map(Labelled), max_size=3).map(tuple)),
        lang=draw(st.sampled_from(["zh-Hans", "zh-Hant", "en", "ja", "ko"])),
        series=draw(st.sampled_from([(), ("美国", "中国")])),
    )
    return Report(
        meta=meta, children=(*front, *sections), notes=tuple(maker.notes), name="generated"
    )
