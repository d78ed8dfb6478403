"""A template's colours and the ground its slides have -> our palette, readable on that ground.

A template's text keeps its own colour while it can be read: at 3:1, the least that WCAG 2.2
asks of large text (1.4.3), for words in its placeholders; at 4.5:1 for what we add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.themes import LEAST_CONTRAST, contrast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exporters.theme import Palette

LEAST_LARGE = 3.0
"""The least contrast of large text, WCAG 2.2, 1.4.3."""

_SLOTS = {"ink": "tx1", "paper": "bg1", "structure": "tx2", "link": "hlink"}
_PARTS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8)
_SECOND = (0.35, 0.25, 0.15)

_APART = 90
"""The least difference of two series, summed over red, green and blue."""


def legible(color: str, grounds: Iterable[str]) -> float:
    """Return the least contrast of a colour with any of some grounds."""
    return min((contrast(color, ground) for ground in grounds), default=21.0)


def best(candidates: Iterable[str], grounds: Sequence[str], least: float = LEAST_CONTRAST) -> str:
    """Return the first colour that can be read on all grounds, else the one read most easily."""
    known = [one for one in candidates if one]
    for color in known:
        if legible(color, grounds) >= least:
            return color
    return max((*known, "000000", "FFFFFF"), key=lambda one: legible(one, grounds))


def palette_on(
    base: Palette, colors: Mapping[str, str], grounds: Sequence[str], paper: str, ink: str
) -> Palette:
    """Return the template's colours by our roles; what it has none for is mixed of them.

    ``grounds`` are all colours behind text, ``paper`` the one for most of it; ``ink`` is
    what the template writes with, if it says so.
    """
    given = best((ink, colors["tx1"], colors["bg1"]), grounds)
    accents = [colors.get(f"accent{number}", given) for number in range(1, 7)]
    series = [readable(one, grounds, given) for one in accents]
    if _alike(series[0], series[1]):
        series = [readable(one, grounds, given, LEAST_LARGE) for one in accents]
    structure = readable(colors.get("tx2", given), grounds, given)
    return replace(
        base,
        paper=paper,
        ink=given,
        ink_second=second(given, grounds),
        structure=structure,
        structure_tint=mixed(structure, paper, 0.8),
        on_structure=paper,
        hairline=mixed(given, paper, 0.8),
        surface=mixed(given, paper, 0.95),
        link=readable(colors.get("hlink", structure), grounds, given),
        series=tuple(series),
    )


def fixed(palette: Palette, colors: Mapping[str, str]) -> frozenset[str]:
    """Return the roles whose colours are not the template's own slots."""
    roles = {"surface"}
    roles |= {role for role, slot in _SLOTS.items() if getattr(palette, role) != colors.get(slot)}
    for number, color in enumerate(palette.series, 1):
        if color != colors.get(f"accent{number}"):
            roles.add(f"series-{number}")
    return frozenset(roles)


def second(ink: str, grounds: Sequence[str]) -> str:
    """Return a quieter colour than the ink that can still be read."""
    paper = mean(grounds)
    quiet = (mixed(ink, paper, part) for part in _SECOND)
    return next((one for one in quiet if legible(one, grounds) >= LEAST_CONTRAST), ink)


def readable(color: str, grounds: Sequence[str], ink: str, least: float = LEAST_CONTRAST) -> str:
    """Return a colour, mixed with ink until it can be read on all grounds."""
    mixtures = (mixed(color, ink, part) for part in _PARTS)
    return next((one for one in mixtures if legible(one, grounds) >= least), ink)


def _alike(one: str, other: str) -> bool:
    """Return whether two sides of a chart cannot be told apart."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return sum(abs(first - second) for first, second in pairs) < _APART


def mixed(color: str, other: str, part: float) -> str:
    """Return a colour with a part of another in it."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "".join(f"{round(one + (two - one) * part):02X}" for one, two in pairs)


def mean(colors: Sequence[str]) -> str:
    """Return the colour in the middle of some."""
    sums = (sum(channel) / len(colors) for channel in zip(*map(_channels, colors), strict=True))
    return "".join(f"{round(one):02X}" for one in sums)


def _channels(color: str) -> tuple[int, int, int]:
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue
