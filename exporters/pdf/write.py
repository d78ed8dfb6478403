"""A finished plan in -> a tagged PDF/UA-1 and PDF/A-3a file. Decides nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from exporters.pdf import syntax
from exporters.pdf.attachments import attach
from exporters.pdf.fonts import Font, clusters
from exporters.pdf.metadata import information, put_metadata
from exporters.pdf.package import Package
from exporters.pdf.paint import Painter
from exporters.pdf.pictures import put_pictures
from exporters.pdf.plan import Area, Place
from exporters.pdf.tags import Tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from exporters.layout.faces import Face
    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import Document, Page

_PRINT = 4
"""The annotation flag Print, which PDF/A asks for (ISO 19005-3, 6.3.2)."""


def write(plan: Document, path: Path) -> None:
    """Write a plan to a file.

    Raises OSError when the file cannot be written.
    """
    package = Package(path, plan.properties.language, information(plan.properties))
    numbers = package.start_pages(page.size for page in plan.pages)
    fonts = _fonts(plan.pages)
    pictures = put_pictures(package, plan.pages)
    resources = package.add(
        b"<</Font<<%b>>/XObject<<%b>>>>"
        % (
            _entries(entry for font in fonts.values() for entry in font.put(package)),
            _entries(pictures.values()),
        )
    )
    names = {path: name for path, (name, _) in pictures.items()}
    places = _places(plan.pages)
    tags = Tags(plan.structure)
    painter = Painter(fonts, names, tags)
    for index, page in enumerate(plan.pages):
        tags.start_page()
        content = painter.paint(page)
        links = _links(package, page, places, numbers, tags)
        package.fill_page(index, content, resources, links)
    del painter  # what it keeps of lines takes as much memory as the tree
    tags.put(package, numbers)
    _put_outline(package, plan, places)
    put_metadata(package, plan.properties)
    attach(package, plan)
    package.save()


def _fonts(pages: Iterable[Page]) -> dict[Face, Font]:
    """Make a font of every face, from all that is shown in it."""
    used: defaultdict[Face, set[str]] = defaultdict(set)
    seen: set[int] = set()  # cells that say the same share their fragments
    for page in pages:
        for text in page.texts():
            if id(text.fragments) not in seen:
                seen.add(id(text.fragments))
                for fragment in text.fragments:
                    used[fragment.face].add(fragment.text)
    return {
        face: Font(face, {one for text in texts for one in clusters(text)}, number)
        for number, (face, texts) in enumerate(used.items())
    }


def _entries(pairs: Iterable[tuple[bytes, int]]) -> bytes:
    return b"".join(b"/%b %d 0 R" % pair for pair in pairs)


def _places(pages: Iterable[Page]) -> dict[str, tuple[int, Pt]]:
    """Return where each named block begins: its page's index, its height from the foot."""
    return {
        item.name: (index, page.size.height - band.y - item.y)
        for index, page in enumerate(pages)
        for band in page.bands
        for item in band.items
        if isinstance(item, Place)
    }


def _links(
    package: Package,
    page: Page,
    places: Mapping[str, tuple[int, Pt]],
    numbers: Sequence[int],
    tags: Tags,
) -> list[int]:
    """Add a page's link annotations (ISO 32000-1, 12.5.6.5), each with a description."""
    areas = [
        (area, area.x + band.x, page.size.height - band.y - area.y - area.height)
        for band in page.bands
        for area in band.items
        if isinstance(area, Area)
    ]
    first = package.reserve(len(areas))
    for number, (area, x, y) in enumerate(areas, first):
        box = (x, y, x + area.width, y + area.height)
        package.put(
            number,
            b"<</Type/Annot/Subtype/Link/F %d/Border[0 0 0]/Rect[%b]/Contents%b%b/StructParent %d>>"
            % (
                _PRINT,
                b" ".join(map(syntax.real, box)),
                syntax.text(area.description),
                _action(area.target, places, numbers),
                len(numbers) + tags.annotate(area.element, number),
            ),
        )
    return list(range(first, first + len(areas)))


def _action(target: str, places: Mapping[str, tuple[int, Pt]], numbers: Sequence[int]) -> bytes:
    if target.startswith("#"):
        index, top = places[target[1:]]
        return b"/Dest[%d 0 R/XYZ 0 %b 0]" % (numbers[index], syntax.real(top))
    # a URI is ASCII (ISO 32000-1, 12.6.4.7); what is not was left as the author typed it
    uri = "".join(c if c.isascii() else _escaped(c) for c in target)
    return b"/A<</S/URI/URI%b>>" % syntax.string(uri.encode("ascii"))


def _escaped(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())


def _put_outline(package: Package, plan: Document, places: Mapping[str, tuple[int, Pt]]) -> None:
    for number, entry in enumerate(plan.outline):
        index, top = places[entry.target]
        key = str(number)
        package.bookmark(key, index, top)
        package.addOutlineEntry(entry.title, key, entry.level)
    if plan.outline:
        package.showOutline()
