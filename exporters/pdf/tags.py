"""Elements and the marked content drawn for them in -> the structure tree's objects.

ISO 32000-1, 14.7. Children stand in the order in which their first content was
drawn; an element that nothing was drawn for is left out, save one whose
`Presence` was noted (an empty cell keeps its row whole).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from exporters.pdf.plan import DOCUMENT, Element
from exporters.pdf.syntax import real, references, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.pdf.package import Package
    from exporters.pdf.plan import ElementId


class _Marked(Struct, frozen=True, gc=False):
    page: int
    mark: int


class _Annotation(Struct, frozen=True, gc=False):
    page: int
    number: int


BLOCKS_A_GROUP = 64
_LONG = 512
"""Blocks in one group, and how many stand in a row without: readers load all children of each
element that they meet on a page, and the document itself they meet on every page."""

_GROUPS = {"Document": "NonStruct", "Sect": "NonStruct", "TOC": "TOC"}
"""What holds many blocks, and what parts of them are grouped in: a group that means nothing,
a part of the contents (ISO 32000-1, 14.8.4.2)."""

_BESIDE = {
    "Div": frozenset({"Div"}),
    "TR": frozenset({"TH", "TD"}),
    "L": frozenset({"LI"}),
}
"""What stands side by side in an element: columns, cells, cards."""

_MISSING = "-"
"""Among a chart's values, one that is not there."""

_Kid: TypeAlias = "ElementId | _Marked | _Annotation"


class Tags:
    """Collects what is drawn for each element, page by page, then writes the tree."""

    def __init__(self, structure: Sequence[Element]) -> None:
        self._structure = list(structure)
        self._kids: dict[ElementId, list[_Kid]] = {DOCUMENT: []}
        self._notes: dict[ElementId, list[ElementId]] = {}
        self._boxes: dict[ElementId, tuple[float, float, float, float]] = {}
        self._marks: list[list[ElementId]] = []
        self._told: dict[_Marked, str] = {}
        self._said: set[ElementId] = set()
        self._annotations: list[ElementId] = []

    def start_page(self) -> None:
        """Begin a page: marks count from 0 again."""
        self._marks.append([])

    def mark(self, element: ElementId) -> tuple[bytes, int]:
        """Note a run of marked content; return the element's tag and the run's number."""
        kids = self._kids.get(element)
        if kids is None:
            self.attach(element)
            kids = self._kids[element]
        marks = self._marks[-1]
        number = len(marks)
        kids.append(_Marked(len(self._marks) - 1, number))
        marks.append(element)
        return self._structure[element].tag.encode(), number

    def says(self, element: ElementId) -> bool:
        """Return whether an element that says its own text does so for the first time."""
        first = element not in self._said
        self._said.add(element)
        return first

    def tell(self, said: str) -> None:
        """Note what the run says that was begun last (ActualText), if its element does not."""
        marks = self._marks[-1]
        if not self._structure[marks[-1]].actual:
            self._told[_Marked(len(self._marks) - 1, len(marks) - 1)] = said

    def annotate(self, element: ElementId, number: int) -> int:
        """Note a link annotation by object number; return its key in the ParentTree, less pages."""
        self.attach(element)
        self._kids[element].append(_Annotation(len(self._marks) - 1, number))
        self._annotations.append(element)
        return len(self._annotations) - 1

    def attach(self, element: ElementId) -> None:
        """Give an element, and those above it, their place in the tree now."""
        chain: list[ElementId] = []
        while element not in self._kids:
            self._kids[element] = []
            chain.append(element)
            if self._structure[element].tag == "Note":
                break  # one may stand pages before the last that mentions it, its parent
            element = self._structure[element].parent
        for child in reversed(chain):
            entry = self._structure[child]
            if entry.tag == "Note":  # its text stands at the page's foot, after its paragraph
                self._notes.setdefault(entry.parent, []).append(child)
            else:
                self._kids[entry.parent].append(child)

    def box(self, element: ElementId, box: tuple[float, float, float, float]) -> None:
        """Note where a figure stands on its page, from the page's foot."""
        self._boxes[element] = box

    def put(self, package: Package, pages: Sequence[int]) -> None:
        """Add the tree's objects and hang it into the catalog."""
        while missing := [parent for parent in self._notes if parent not in self._kids]:
            self.attach(missing[0])
        self._order_columns()
        self._wrap_mixed()
        self._group_blocks()
        present = sorted(self._kids)
        root = package.reserve(len(present) + 1)
        numbers = {element: root + 1 + index for index, element in enumerate(present)}
        for element in present:
            package.put(numbers[element], self._object(element, numbers, pages, root))
        package.put(
            root,
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d%b>>"
            % (
                numbers[DOCUMENT],
                self._parents(package, numbers),
                len(pages) + len(self._annotations),
                self._ids(numbers),
            ),
        )
        package.set_catalog(StructTreeRoot=b"%d 0 R" % root, MarkInfo=b"<</Marked true>>")

    def _order_columns(self) -> None:
        """Put what stands side by side in its order: a column may begin a page after the next."""
        for parent, kids in self._kids.items():
            beside = _BESIDE.get(self._structure[parent].tag)
            if beside and all(
                type(kid) is int and self._structure[kid].tag in beside for kid in kids
            ):
                kids.sort()  # as they were planned

    def _wrap_mixed(self) -> None:
        """Put text that stands beside elements (a link in a paragraph) into spans.

        Readers that take an element's own text before its children keep the order so.
        What tells what it says is a span, too.
        """
        for parent, kids in list(self._kids.items()):
            mixed = len(kids) > 1 and any(type(kid) is int for kid in kids)
            if not mixed and not self._told:
                continue
            for place, kid in enumerate(kids):
                if isinstance(kid, _Marked) and (mixed or kid in self._told):
                    span = len(self._structure)
                    self._structure.append(Element("Span", parent, actual=self._told.get(kid, "")))
                    self._kids[span] = [kid]
                    kids[place] = span
                    self._marks[kid.page][kid.mark] = span

    def _group_blocks(self) -> None:
        """Part long rows of blocks into groups."""
        for parent, kids in list(self._kids.items()):
            tag = _GROUPS.get(self._structure[parent].tag)
            if len(kids) <= _LONG or tag is None:
                continue
            self._kids[parent] = groups = []
            for start in range(0, len(kids), BLOCKS_A_GROUP):
                group = len(self._structure)
                self._structure.append(Element(tag, parent))
                self._kids[group] = own = kids[start : start + BLOCKS_A_GROUP]
                for kid in own:
                    if type(kid) is int:
                        self._structure[kid] = replace(self._structure[kid], parent=group)
                groups.append(group)

    def _object(
        self,
        element: ElementId,
        numbers: dict[ElementId, int],
        pages: Sequence[int],
        root: int,
    ) -> bytes:
        entry = self._structure[element]
        kids = self._kids[element]
        if element in self._notes:
            kids = [*kids, *self._notes[element]]
        elif len(kids) == 1 and type(only := kids[0]) is _Marked and _is_bare(entry):
            said = entry.tag.encode(), numbers[entry.parent], pages[only.page], only.mark
            return b"<</S/%b/P %d 0 R/Pg %d 0 R/K %d>>" % said
        home = next((kid.page for kid in kids if isinstance(kid, _Marked)), None)
        written = [_kid(kid, home, numbers, pages) for kid in kids]
        parts = [
            b"<</S/%b/P %d 0 R" % (entry.tag.encode(), numbers.get(entry.parent, root)),
        ]
        if home is not None:
            parts.append(b"/Pg %d 0 R" % pages[home])
        if len(written) == 1:
            parts.append((b"/K" if written[0][:1] == b"<" else b"/K ") + written[0])
        elif written:
            parts.append(b"/K[%b]" % b" ".join(written))
        parts.extend(
            b"/%b%b" % (key, text(value))
            for key, value in (
                (b"ID", entry.id),
                (b"Alt", entry.alt),
                (b"ActualText", entry.actual),
                (b"Lang", entry.lang),
            )
            if value
        )
        attributes = self._attributes(element)
        if attributes:
            several = len(attributes) > 1
            parts.append(b"/A[%b]" % b"".join(attributes) if several else b"/A" + attributes[0])
        parts.append(b">>")
        return b"".join(parts)

    def _attributes(self, element: ElementId) -> list[bytes]:
        """Return an element's attribute objects, each by its owner (ISO 32000-1, 14.7.5).

        Ours hold the numbers that a chart draws, so that the file says them itself.
        """
        entry = self._structure[element]
        found = []
        if entry.scope:
            found.append(b"<</O/Table/Scope/%b>>" % entry.scope.encode())
        if entry.numbering:
            found.append(b"<</O/List/ListNumbering/%b>>" % entry.numbering.encode())
        if element in self._boxes:
            box = b" ".join(real(edge) for edge in self._boxes[element])
            found.append(b"<</O/Layout/Placement/Block/BBox[%b]>>" % box)
        for one in entry.series:
            values = " ".join(_MISSING if v is None else f"{v:.16g}" for v in one.values)
            found.append(b"<</O/Triptych/Series%b/Values%b>>" % (text(one.name), text(values)))
        return found

    def _parents(self, package: Package, numbers: dict[ElementId, int]) -> int:
        """Return the number of the ParentTree (14.7.4.4): pages first, then annotations."""
        entries = [
            b"%d %d 0 R" % (key, package.add(references(numbers[element] for element in marks)))
            for key, marks in enumerate(self._marks)
        ]
        entries.extend(
            b"%d %d 0 R" % (key, numbers[element])
            for key, element in enumerate(self._annotations, len(self._marks))
        )
        return package.add(b"<</Nums[%b]>>" % b" ".join(entries))

    def _ids(self, numbers: dict[ElementId, int]) -> bytes:
        pairs = sorted(
            (text(self._structure[element].id), number)
            for element, number in numbers.items()
            if self._structure[element].id
        )
        if not pairs:
            return b""
        return b"/IDTree<</Names[%b]>>" % b" ".join(b"%b %d 0 R" % pair for pair in pairs)


def _is_bare(entry: Element) -> bool:
    """Return whether an element has a tag and a parent and nothing else: most cells of tables."""
    return entry == Element(entry.tag, entry.parent)


def _kid(kid: _Kid, home: int | None, numbers: dict[ElementId, int], pages: Sequence[int]) -> bytes:
    if isinstance(kid, _Marked):
        if kid.page == home:
            return b"%d" % kid.mark
        return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid.page], kid.mark)
    if isinstance(kid, _Annotation):
        return b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (pages[kid.page], kid.number)
    return b"%d 0 R" % numbers[kid]
