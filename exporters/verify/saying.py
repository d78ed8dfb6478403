"""Something that differs in -> the diagnostic that names its places and the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from exporters.reading import Found
    from exporters.verify.expected import Item

MOST_SAID = 100
"""So many differences are named for one file; the rest is counted."""

_AROUND = 8
"""Characters shown on each side of what differs."""

_SHOWN = 60
"""Characters shown of a text that is missing or too many."""

_HINT = (
    "The report or the file was changed after the file was made, or Triptych has a fault. "
    "Export again; if it is said again, please report it"
)


class Saying(Struct):
    """Collects what differs in one file, and which items are at fault."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    faulty: set[int] = field(default_factory=set)
    """The identities of items at fault, so that each counts once."""
    unsaid: int = 0
    _missing: list[tuple[Item, Diagnostic]] = field(default_factory=list)
    _surplus: list[tuple[str, Found, Diagnostic]] = field(default_factory=list)

    def missing(self, item: Item, near: Found | None = None, what: str = "") -> None:
        """Say that an item (or as many as ``what`` says) is not in the file."""
        self.faulty.add(id(item))
        place = f"after {near.place}: " if near else ""
        text = what or f"{item.name}: “{_cut(item.raw)}”"
        said = self._say("E801", f"{place}the file does not hold {text}", item)
        self._missing.append((item, said))

    def differs(
        self, item: Item, found: Found, at: tuple[int, int], found_at: tuple[int, int]
    ) -> None:
        """Say that a part of an item stands differently in the file.

        ``at`` and ``found_at`` are from where to where, in the squeezed texts.
        """
        self.faulty.add(id(item))
        ours, theirs = _around(item.raw, *at), _around(found.text, *found_at)
        self._say(
            "E802",
            f"{found.place}, {item.name}: the report says {ours}, the file says {theirs}",
            item,
        )

    def surplus(self, found: Found, text: str) -> None:
        """Say that a file holds what the report does not say."""
        said = self._say("E803", f"{found.place}: the report does not say “{_cut(found.text)}”")
        self._surplus.append((text, found, said))

    def forged(self, found: Found) -> None:
        """Say that a file marks as the tool's own what the tool never says."""
        self._say(
            "E807",
            f"{found.place}: neither the report nor Triptych says “{_cut(found.text)}”",
        )

    def miscounted(self, unit: str, promised: int, there: int) -> None:
        """Say that a file has not as many slides, pages or sheets as it was made with."""
        self._say("E808", f"the file was made with {promised} {unit} and has {there}")

    def misplaced(self, item: Item, found: Found, why: str) -> None:
        """Say that an item is there, but not where the report has it."""
        self.faulty.add(id(item))
        self._say("E804", f"{found.place}: {item.name} “{_cut(item.raw)}” {why}", item)

    def chart(self, place: str, what: str) -> None:
        """Say that a chart is not there or draws other numbers than its table holds."""
        self._say("E810", f"{place}: {what}")

    def at_fault(self, item: Item) -> None:
        """Count an item as at fault that another message already covers."""
        self.faulty.add(id(item))

    def finish(self) -> tuple[Diagnostic, ...]:
        """Return all; a text that is missing here and too many there is called out of order."""
        places: dict[str, list[tuple[Found, Diagnostic]]] = {}
        for text, found, said in self._surplus:
            places.setdefault(text, []).append((found, said))
        for item, said in self._missing:
            if others := places.get(item.text):
                found, too_many = others.pop()
                self.diagnostics.remove(too_many)
                self.diagnostics[self.diagnostics.index(said)] = Diagnostic(
                    "E804",
                    Severity.ERROR,
                    f"{found.place}: {item.name} “{_cut(item.raw)}” stands out of order",
                    item.span,
                    said.hint,
                )
        if self.unsaid:
            self.diagnostics.append(
                Diagnostic("E809", Severity.ERROR, f"{self.unsaid} more differences in this file")
            )
        return tuple(self.diagnostics)

    def _say(self, code: str, message: str, item: Item | None = None) -> Diagnostic:
        hint = "" if self.diagnostics else _HINT  # once is enough
        said = Diagnostic(code, Severity.ERROR, message, item.span if item else None, hint)
        if len(self.diagnostics) < MOST_SAID:
            self.diagnostics.append(said)
        else:
            self.unsaid += 1
        return said


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _around(raw: str, start: int, end: int) -> str:
    """Return what differs with some text around it, from offsets in the squeezed text."""
    if not raw.strip():
        return "nothing"
    places = [place for place, char in enumerate(raw) if not char.isspace()]
    places.append(len(raw))
    last = len(places) - 1
    first = places[min(start, last)]
    after = places[min(end, last)] if end > start else first
    if end > start:
        after = places[min(end, last) - 1] + 1
    first, after = _whole_words(raw, first, after)
    before, behind = max(0, first - _AROUND), min(len(raw), after + _AROUND)
    middle = raw[first:after]
    if len(middle) > _SHOWN:
        middle = f"{middle[: _SHOWN // 2]} … {middle[-_SHOWN // 2 :]}"
    text = f"{raw[before:first]}{middle}{raw[after:behind]}"
    opening, closing = "…" if before else "", "…" if behind < len(raw) else ""
    return f"“{opening}{' '.join(text.split())}{closing}”"


def _whole_words(raw: str, first: int, after: int) -> tuple[int, int]:
    """Widen a range to whole words where it begins or ends inside a Latin word or number."""
    while first > 0 and _in_word(raw[first - 1 : first + 1]):
        first -= 1
    while after < len(raw) and _in_word(raw[max(0, after - 1) : after + 1]):
        after += 1
    return first, after


def _in_word(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalnum()  # noqa: PLR2004 - two characters
