"""A PDF in -> what rules ask about: its structure, marked content, fonts, annotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAWING = frozenset(
    ["Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "BI"]
)
"""Operators that leave something on the page (ISO 32000-1, table 51)."""


@dataclass(eq=False)
class Node:
    """A structure element."""

    obj: pikepdf.Object
    parent: Node | None
    children: list[Node] = field(default_factory=list)
    marks: set[tuple[int, int]] = field(default_factory=set)
    annotations: set[tuple[int, int]] = field(default_factory=set)

    @property
    def type(self) -> str:
        """Return the type as written."""
        return str(self.obj.S)[1:]

    @property
    def alt(self) -> str:
        """Return the alternative text, or nothing."""
        return str(self.obj.get("/Alt", ""))

    @property
    def lang(self) -> str:
        """Return the language, or nothing."""
        return str(self.obj.get("/Lang", ""))

    @property
    def id(self) -> str:
        """Return the id, or nothing."""
        return str(self.obj.get("/ID", ""))

    def attribute(self, owner: str, key: str) -> Any:  # noqa: ANN401 - any PDF object
        """Return an attribute of an owner, ``None`` when it is not there."""
        held = self.obj.get("/A", pikepdf.Array())
        for one in [held] if isinstance(held, pikepdf.Dictionary) else list(held):
            if one.get("/O") == "/" + owner and "/" + key in one:
                return one["/" + key]
        return None

    def descendants(self, type_: str) -> Iterator[Node]:
        """Yield the nearest elements of a type below."""
        for child in self.children:
            if child.type == type_:
                yield child
            else:
                yield from child.descendants(type_)


@dataclass
class PageFacts:
    """A page's marked content."""

    index: int
    obj: pikepdf.Object
    marks: set[int] = field(default_factory=set)
    operators: set[str] = field(default_factory=set)
    unmarked: int = 0
    nested_artifacts: bool = False

    @property
    def number(self) -> int:
        """Return the number of the page, from 1."""
        return self.index + 1

    @property
    def key(self) -> int:
        """Return its key in the ParentTree, -1 without one."""
        return int(self.obj.get("/StructParents", -1))


@dataclass
class Font:
    """A font and the codes that are shown in it."""

    obj: pikepdf.Object
    shown: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Return the name of the face."""
        return str(self.obj.get("/BaseFont", "?"))[1:]

    @property
    def descendant(self) -> pikepdf.Object:
        """Return the CIDFont, or the font itself when it is no composite one."""
        return self.obj.DescendantFonts[0] if "/DescendantFonts" in self.obj else self.obj

    @cached_property
    def program(self) -> TTFont | CFFFontSet | None:
        """Return the embedded program, ``None`` without one."""
        descriptor = self.descendant.get("/FontDescriptor", pikepdf.Dictionary())
        if "/FontFile2" in descriptor:
            return TTFont(BytesIO(descriptor.FontFile2.read_bytes()))
        if "/FontFile3" in descriptor:
            fonts = CFFFontSet()
            fonts.decompile(BytesIO(descriptor.FontFile3.read_bytes()), None)
            return fonts
        return None

    @cached_property
    def glyphs(self) -> dict[int, int]:
        """Return the glyph of each code shown (ISO 32000-1, 9.7.4.2)."""
        told = self.descendant.get("/CIDToGIDMap")
        if not isinstance(told, pikepdf.Stream):
            return {code: code for code in self.shown}
        data = told.read_bytes()
        return {code: int.from_bytes(data[2 * code : 2 * code + 2]) for code in self.shown}

    @cached_property
    def program_widths(self) -> dict[int, float]:
        """Return the advance of each glyph in the program, in thousandths of an em."""
        if isinstance(self.program, TTFont):
            scale = 1000 / self.program["head"].unitsPerEm
            order = self.program.getGlyphOrder()
            return {i: self.program["hmtx"][name][0] * scale for i, name in enumerate(order)}
        if isinstance(self.program, CFFFontSet):
            top = self.program[0]
            widths = {}
            for index, name in enumerate(top.charset):
                string = top.CharStrings[name]
                string.draw(_Nothing())
                widths[index] = string.width
            return widths
        return {}

    @cached_property
    def widths(self) -> dict[int, float]:
        """Return the widths of the W array (ISO 32000-1, 9.7.4.3)."""
        widths: dict[int, float] = {}
        entries = list(self.descendant.get("/W", ()))
        while entries:
            first, second = int(entries[0]), entries[1]
            if isinstance(second, pikepdf.Array):
                widths |= {first + i: float(width) for i, width in enumerate(second)}
                del entries[:2]
            else:
                widths |= dict.fromkeys(range(first, int(second) + 1), float(entries[2]))
                del entries[:3]
        return widths

    @cached_property
    def to_unicode(self) -> dict[int, str]:
        """Return the text of each code."""
        if "/ToUnicode" not in self.obj:
            return {}
        found = re.findall(rb"<([0-9A-F]+)><([0-9A-F]+)>\n", self.obj.ToUnicode.read_bytes())
        return {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found
        }


class _Nothing:
    """A pen that draws nothing: fontTools finds a glyph's width by drawing it."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any method of a pen
        return lambda *_: None


class Facts:
    """What rules ask about."""

    def __init__(self, pdf: pikepdf.Pdf, data: bytes) -> None:
        self.pdf = pdf
        self.data = data
        self._fonts: dict[tuple[int, int], Font] = {}
        self.pages = [self._page(index, page.obj) for index, page in enumerate(pdf.pages)]
        self.fonts = list(self._fonts.values())
        self._index = {page.obj.objgen: page.index for page in self.pages}
        self._by_object: dict[tuple[int, int], Node] = {}
        self.nodes: list[Node] = []
        root = pdf.Root.get("/StructTreeRoot")
        if root is not None:
            self._walk(root)
        self.parents = self._parents(root)

    @cached_property
    def objects(self) -> list[Any]:
        """Return every object."""
        return list(self.pdf.objects)

    @cached_property
    def streams(self) -> list[pikepdf.Stream]:
        """Return every stream."""
        return [item for item in self.objects if isinstance(item, pikepdf.Stream)]

    @cached_property
    def images(self) -> list[pikepdf.Stream]:
        """Return every picture."""
        return [stream for stream in self.streams if stream.get("/Subtype") == "/Image"]

    @cached_property
    def xmp(self) -> etree._Element | None:
        """Return the metadata, ``None`` when they are no XML."""
        stream = self.pdf.Root.get("/Metadata")
        try:
            return None if stream is None else etree.fromstring(stream.read_bytes())
        except etree.XMLSyntaxError:
            return None

    @property
    def annotations(self) -> Iterator[tuple[int, pikepdf.Object]]:
        """Yield every annotation with the number of its page."""
        for page in self.pages:
            for annotation in page.obj.get("/Annots", ()):
                yield page.number, annotation

    def parent_of(self, key: Any) -> Node | None:  # noqa: ANN401 - any PDF object
        """Return the element that the ParentTree gives for an annotation's key."""
        found = self.parents.get(int(key)) if key is not None else None
        return found[0] if found else None

    def _page(self, index: int, obj: pikepdf.Object) -> PageFacts:
        facts = PageFacts(index, obj)
        open_: list[str | int] = []
        font: Font | None = None
        for instruction in pikepdf.parse_content_stream(obj):
            operands, name = instruction.operands, str(instruction.operator)
            facts.operators.add(name)
            if name in {"BDC", "BMC"}:
                kind = self._mark(operands)
                artifact = "Artifact" in open_
                if (kind == "Artifact" and open_) or (artifact and isinstance(kind, int)):
                    facts.nested_artifacts = True
                if isinstance(kind, int):
                    facts.marks.add(kind)
                open_.append(kind)
            elif name == "EMC":
                open_.pop()
            elif name == "Tf":
                font = self._font(obj.Resources.Font[str(operands[0])])
            elif name in {"Tj", "TJ"} and font is not None:
                self._show(font, operands[0])
            if name in DRAWING and not any(k == "Artifact" or isinstance(k, int) for k in open_):
                facts.unmarked += 1
        return facts

    @staticmethod
    def _mark(operands: Any) -> str | int:  # noqa: ANN401 - pikepdf's operands
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
            return int(properties.MCID)
        return str(operands[0])[1:]

    def _font(self, obj: pikepdf.Object) -> Font:
        return self._fonts.setdefault(obj.objgen, Font(obj))

    @staticmethod
    def _show(font: Font, shown: Any) -> None:  # noqa: ANN401 - a string or an array
        for part in [shown] if isinstance(shown, pikepdf.String) else list(shown):
            if isinstance(part, pikepdf.String):
                data = bytes(part)
                codes = zip(data[::2], data[1::2], strict=True)
                font.shown |= {high << 8 | low for high, low in codes}

    def _walk(self, root: pikepdf.Object) -> None:
        pending: list[tuple[pikepdf.Object, Node | None]] = [
            (kid, None) for kid in reversed(_kids(root))
        ]
        while pending:
            obj, parent = pending.pop()
            node = Node(obj, parent)
            self.nodes.append(node)
            self._by_object[obj.objgen] = node
            if parent is not None:
                parent.children.append(node)
            inside: list[tuple[pikepdf.Object, Node | None]] = []
            for kid in _kids(obj):
                if isinstance(kid, int):
                    node.marks.add((self._index[obj.Pg.objgen], kid))
                elif kid.get("/Type") == "/MCR":
                    node.marks.add(
                        (self._index[kid.get("/Pg", obj.get("/Pg")).objgen], int(kid.MCID))
                    )
                elif kid.get("/Type") == "/OBJR":
                    node.annotations.add(kid.Obj.objgen)
                else:
                    inside.append((kid, node))
            pending.extend(reversed(inside))

    def _parents(self, root: pikepdf.Object | None) -> dict[int, list[Node | None]]:
        if root is None or "/ParentTree" not in root:
            return {}
        entries = list(root.ParentTree.Nums)
        parents: dict[int, list[Node | None]] = {}
        for key, value in zip(entries[::2], entries[1::2], strict=True):
            each = list(value) if isinstance(value, pikepdf.Array) else [value]
            parents[int(key)] = [self._by_object.get(one.objgen) for one in each]
        return parents


def _kids(obj: pikepdf.Object) -> list[Any]:
    held = obj.get("/K", pikepdf.Array())
    return list(held) if isinstance(held, pikepdf.Array) else [held]
