"""A page's structure tree in -> what each of its marks belongs to (ISO 32000-1, 14.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.pdf import pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from exporters.pdf.pdfium import Handle

_FURNITURE = frozenset({"Artifact", "Lbl", "TOC", "TOCI", "Reference", "Figure"})
"""Structure types whose text is made by whoever sets the report, not by its author.

In a figure it is that of a drawn chart: its table says the same as content.
"""

_NAMED = frozenset({"Table", "Note"})
_CELLS = frozenset({"TH", "TD"})

_APART = 50
"""Children of other pages in a row after which a page has no more, as it seems."""


class Role(Struct, frozen=True, gc=False):
    """What a mark belongs to: its element's type, those above it, and the cell if it is in one.

    ``place`` is the way to it from the root, by the numbers of children: the
    order of places is that of the structure, which is read out. ``said`` is the
    element's own word for what its content says (ActualText). ``whole`` is the place
    of the outermost element that is no content: an entry of the contents, a reference.
    """

    tag: str
    furniture: bool
    block: str | None
    row: int | None
    column: int | None
    place: tuple[int, ...] = ()
    said: str = ""
    whole: tuple[int, ...] = ()


ARTIFACT = Role("Artifact", True, None, None, None)
_ROOT = Role("Document", False, None, None, None)


class Rows:
    """Counts rows of every table over all its pages, each by its place in the structure.

    A row may be met on several pages, and before others that stand above it: a
    footnote that several cells mention belongs to one of them.
    """

    def __init__(self) -> None:
        self._known: dict[str, dict[tuple[int, ...], int]] = {}
        self.begin = 0
        """The document's child that the page before began with."""

    def number(self, table: str, place: tuple[int, ...]) -> int:
        """Return the number of a row as they come; `moved` tells of others in the end."""
        known = self._known.setdefault(table, {})
        return known.setdefault(place, len(known))

    def moved(self) -> dict[str, list[int]]:
        """Return the true numbers of rows, by those that they were given as they came.

        Tables whose rows came in their order are left out.
        """
        moved = {}
        for table, known in self._known.items():
            places = list(known)
            ordered = sorted(places)
            if places != ordered:
                ranks = {place: rank for rank, place in enumerate(ordered)}
                moved[table] = [ranks[place] for place in places]
        return moved


def roles_of(
    tops: Iterable[Handle], rows: Rows, figure: Callable[[Handle], None], marks: Iterable[int]
) -> dict[int, Role]:
    """Return what every mark of a page belongs to, by its number.

    The document has a child for every block of all pages, or for so many of
    them. Those of a page stand together and after those of the page before, but
    for few: the others are asked only where a mark is still without a role, or
    pages would take the square of their number.

    Args:
        tops: The tree's own children.
        rows: Counts on from page to page.
        figure: Called with each figure.
        marks: The numbers of all runs of the page.
    """
    roles: dict[int, Role] = {}
    for at, document in enumerate(tops):
        role = _role(document, _ROOT, at, rows)
        count = pdfium.count_children(document)
        near, end = _near(document, rows.begin, count)
        if near:
            rows.begin = near[0][1]
        _walk([(child, role, index) for child, index in near], roles, rows, figure)
        if all(mark < 0 or mark in roles for mark in marks):
            continue
        first = min(rows.begin, end)
        others = [
            (child, role, index)
            for index in (*range(first), *range(end, count))
            if (child := pdfium.child_at(document, index))
        ]
        _walk(others, roles, rows, figure)
    return roles


def _near(document: Handle, begin: int, count: int) -> tuple[list[tuple[Handle, int]], int]:
    """Return the next children of a page, each with its index, and where the search ended."""
    near: list[tuple[Handle, int]] = []
    for index in range(begin, count):
        child = pdfium.child_at(document, index)
        if child:
            near.append((child, index))
        elif near and index - near[-1][1] > _APART:
            return near, index
    return near, count


def _walk(
    pending: list[tuple[Handle, Role, int]],
    roles: dict[int, Role],
    rows: Rows,
    figure: Callable[[Handle], None],
) -> None:
    """Give the marks of elements and of all that stands in them their roles."""
    pending.reverse()
    while pending:
        element, above, place = pending.pop()
        role = _role(element, above, place, rows)
        children = []
        for index in range(pdfium.count_children(element)):
            # marks of other pages are -1 here, their elements are null
            mark = pdfium.child_content_id(element, index)
            if mark >= 0:
                roles[mark] = replace(role, place=(*role.place, index))
                if role.tag == "Figure":
                    figure(element)
            elif child := pdfium.child_at(element, index):
                children.append((child, role, index))
        pending.extend(reversed(children))


def _role(element: Handle, above: Role, index: int, rows: Rows) -> Role:
    """Return the role of an element; ``index`` is its own among its parent's children."""
    tag = pdfium.text(pdfium.type_of, element)
    name = pdfium.text(pdfium.id_of, element) if tag in _NAMED else ""
    furniture = above.furniture or tag in _FURNITURE
    place = (*above.place, index)
    whole = above.whole if above.tag != "TOC" else ()
    whole = whole or (place if furniture else ())
    if tag in _CELLS:
        return Role(tag, furniture, above.block, above.row, index, place)
    if tag == "TR":
        row = rows.number(above.block or "", place)
        return Role(tag, furniture, above.block, row, None, place)
    if tag in _NAMED:
        return Role(tag, furniture, name or None, None, None, place)
    said = pdfium.text(pdfium.actual_text_of, element) if tag == "Span" else ""
    return Role(tag, furniture, above.block, above.row, above.column, place, said, whole)
