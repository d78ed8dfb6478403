"""A finished deck in -> its .pptx file out. Spells what the plan says and decides nothing.

python-pptx owns master, layouts and package; slides are made by `write_slides`, a
large deck's in two processes, and put beside. The bytes are the same either way.
"""

from __future__ import annotations

import uuid
from itertools import accumulate
from typing import TYPE_CHECKING

from exporters.pictures import drawable
from exporters.powerpoint import master
from exporters.powerpoint.base import SECTIONS_URI, base_for
from exporters.powerpoint.halves import both
from exporters.powerpoint.package import RELATIONS, TYPES, Leaf, reference, relationship
from exporters.powerpoint.plan import ChartFrame, Deck, Picture
from exporters.powerpoint.write_slides import Around, SlideWriter
from exporters.powerpoint.xml import HEAD, escape, tags
from exporters.powerpoint.zipped import packed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.powerpoint.plan import Slide

FIRST_SLIDE_ID = 256
"""The least slide id, ECMA-376 part 1, 19.7.13 ST_SlideId."""

_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_NAMESPACE = uuid.UUID("7b6f1d9c-2e35-4c4b-9a0d-5a1e8c0f3d21")
"""Section ids are made from the report's ids under this name (RFC 9562, 5.5)."""

_SUFFIXES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
"""A picture's first bytes and its suffix."""

_SHARED_FROM = 400
"""Decks of fewer slides are not worth a second process: to start it takes 10 to 20 ms."""

_FOLDER = "/ppt/slides"


def write(deck: Deck, path: Path, *, shared: bool | None = None) -> None:
    """Write a deck to a file.

    ``shared`` says whether two processes make the slides, by default those of a large deck.

    Raises:
        OSError: the file or a picture of the plan cannot be written or read.
    """
    _Writer(deck).write(path, shared=deck.count >= _SHARED_FROM if shared is None else shared)


class _Writer:
    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._base = base_for(deck)

    def write(self, path: Path, *, shared: bool) -> None:
        base, deck = self._base, self._deck
        noted = sum(bool(slide.notes) for slide in deck.slides)
        notes = reference(base.notes_master(), _FOLDER) if noted else ""
        pictures, media = self._pictures()
        around = Around(
            {key: reference(part, _FOLDER) for key, part in base.layouts.items()},
            notes,
            pictures,
            _before(deck, lambda slide: bool(slide.notes)),
            _before(deck, lambda slide: sum(isinstance(x, ChartFrame) for x in slide.shapes)),
        )
        leaves = _made(deck, around, shared=shared)
        ids = "".join(
            f'<p:sldId id="{FIRST_SLIDE_ID + number}" r:id="rIdSlide{number + 1}"/>'
            for number in range(deck.count)
        )
        base.finish(ids, self._sections())
        self._properties(noted)
        related = "".join(
            relationship(f"rIdSlide{number}", RELATIONS.SLIDE, f"slides/slide{number}.xml")
            for number in range(1, deck.count + 1)
        )
        base.package.save(path, base.presentation, related, [*leaves, *media])

    def _pictures(self) -> tuple[dict[Path, str], list[Leaf]]:
        """Return the names of the deck's pictures by their files, and their parts."""
        names: dict[Path, str] = {}
        leaves: list[Leaf] = []
        for slide in self._deck.slides:
            for shape in slide.shapes:
                if isinstance(shape, Picture) and shape.path not in names:
                    blob = drawable(shape.path)
                    suffix = next(one for magic, one in _SUFFIXES.items() if blob.startswith(magic))
                    name = names[shape.path] = f"picture{len(names) + 1}.{suffix}"
                    leaves.append(Leaf(packed(f"ppt/media/{name}", blob)))
        return names, leaves

    def _sections(self) -> str:
        """Return the slide sorter's sections ([MS-PPTX] 2.6.9 sectionLst)."""
        members: dict[int, list[str]] = {}
        for number, slide in enumerate(self._deck.slides):
            entry = f'<p14:sldId id="{FIRST_SLIDE_ID + number}"/>'
            members.setdefault(slide.section, []).append(entry)
        sections = "".join(
            f'<p14:section name="{escape(section.name)}" '
            f'id="{{{str(uuid.uuid5(_NAMESPACE, section.id)).upper()}}}">'
            f"<p14:sldIdLst>{''.join(members.get(index, ()))}</p14:sldIdLst></p14:section>"
            for index, section in enumerate(self._deck.sections)
        )
        if not sections:
            return ""
        return (
            f'<p:ext uri="{SECTIONS_URI}"><p14:sectionLst xmlns:p14="{_P14}">'
            f"{sections}</p14:sectionLst></p:ext>"
        )

    def _properties(self, noted: int) -> None:
        package, said = self._base.package, self._deck.properties
        when = said.created.strftime("%Y-%m-%dT%H:%M:%SZ")
        fields = (
            ("dc:title", said.title),
            ("dc:subject", said.subject),
            ("dc:creator", said.author),
            ("cp:keywords", said.keywords),
            ("dc:identifier", said.identifier),
            ("cp:lastModifiedBy", said.author),
            ("dc:language", tags(said.language)[0]),
        )
        texts = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in fields if text)
        core = (
            f"{HEAD}<cp:coreProperties "
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{texts}'
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
            "</cp:coreProperties>"
        )
        part = package.add("/docProps/core.xml", TYPES.OPC_CORE_PROPERTIES, core.encode())
        package.relate(None, "rId2", RELATIONS.CORE_PROPERTIES, part)
        application = master.application_xml(self._deck.count, noted)
        part = package.add("/docProps/app.xml", TYPES.OFC_EXTENDED_PROPERTIES, application.encode())
        package.relate(None, "rId3", RELATIONS.EXTENDED_PROPERTIES, part)


def _before(deck: Deck, count: Callable[[Slide], int]) -> tuple[int, ...]:
    """Return for each slide how many of something stand before it."""
    return tuple(accumulate((count(slide) for slide in deck.slides[:-1]), initial=0))


def _made(deck: Deck, around: Around, *, shared: bool) -> list[Leaf]:
    """Return the parts of all slides; ``shared``: half of them made in another process."""

    def part(start: int, end: int) -> list[Leaf]:
        return SlideWriter(deck, around).leaves(range(start + 1, end + 1))

    if not shared:
        return part(0, deck.count)
    middle = deck.count // 2
    first, second = both(lambda: part(0, middle), lambda: part(middle, deck.count), "pptx slides")
    return first + second
