"""A finished deck in -> its .pptx file out. Spells what the plan says and decides nothing.

python-pptx owns master, layouts and package (`fixed`); slides are made by `write_slides`,
a large deck's in two processes, and put beside. The bytes are the same either way.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from exporters.pictures import drawable
from exporters.powerpoint import master
from exporters.powerpoint.halves import both
from exporters.powerpoint.leaves import Leaf, with_types
from exporters.powerpoint.plan import ChartFrame, Deck, Picture
from exporters.powerpoint.write_slides import Around, SlideWriter
from exporters.powerpoint.zipped import packed, write_zip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.powerpoint.leaves import Fixed
    from exporters.powerpoint.plan import Slide

_SUFFIXES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
"""A picture's first bytes and its suffix."""

_SHARED_FROM = 400
"""Decks of fewer slides are not worth a second process: to start it takes 10 to 20 ms."""

_FIXED_COST = 1000
"""All parts but the slides take as long as so many slides: python-pptx is imported for them."""

_TYPES = "[Content_Types].xml"


def write(deck: Deck, path: Path, *, shared: bool | None = None) -> None:
    """Write a deck to a file.

    ``shared`` says whether two processes make it, by default a large one.

    Raises:
        OSError: the file, the template or a picture of the plan cannot be written or read.
        ValueError: the file would be larger than 4 GB.
    """
    # A template's parts have names of its own, which slides refer to.
    fixed = None if deck.look.template is None else _fixed(deck)
    pictures, media = _pictures(deck)
    around = Around(
        fixed.layouts if fixed else master.layout_targets(deck.look),
        fixed.notes_master if fixed else master.NOTES_MASTER_TARGET,
        pictures,
        _before(deck, lambda slide: bool(slide.notes)),
        _before(deck, lambda slide: sum(isinstance(x, ChartFrame) for x in slide.shapes)),
    )

    def slides(start: int, end: int) -> list[Leaf]:
        return SlideWriter(deck, around).leaves(range(start + 1, end + 1))

    if deck.count >= _SHARED_FROM if shared is None else shared:
        spared = 0 if fixed else _FIXED_COST
        middle = min((deck.count + spared) // 2, deck.count)
        (first, _), (second, fixed) = both(
            lambda: (slides(0, middle), fixed),
            lambda: (slides(middle, deck.count), fixed or _fixed(deck)),
            "pptx slides",
        )
        leaves = [*first, *second, *media]
    else:
        leaves = [*slides(0, deck.count), *media]
    _save(path, fixed or _fixed(deck), leaves)


def _fixed(deck: Deck) -> Fixed:
    from exporters.powerpoint.fixed import fixed_parts

    return fixed_parts(deck)


def _save(path: Path, fixed: Fixed, leaves: list[Leaf]) -> None:
    types = packed(_TYPES, with_types(fixed.types, leaves))
    write_zip(path, [types, *fixed.entries, *(leaf.entry for leaf in leaves)])


def _pictures(deck: Deck) -> tuple[dict[Path, str], list[Leaf]]:
    """Return the names of the deck's pictures by their files, and their parts."""
    names: dict[Path, str] = {}
    leaves: list[Leaf] = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if isinstance(shape, Picture) and shape.path not in names:
                blob = drawable(shape.path)
                suffix = next(one for magic, one in _SUFFIXES.items() if blob.startswith(magic))
                name = names[shape.path] = f"picture{len(names) + 1}.{suffix}"
                leaves.append(Leaf(packed(f"ppt/media/{name}", blob)))
    return names, leaves


def _before(deck: Deck, count: Callable[[Slide], int]) -> tuple[int, ...]:
    """Return for each slide how many of something stand before it."""
    return tuple(accumulate((count(slide) for slide in deck.slides[:-1]), initial=0))
