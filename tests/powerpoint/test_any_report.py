"""What holds for the deck of any report, by reports that hypothesis makes.

``python -m tools.generated_decks --count 500`` does the same for as many as one likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from any_deck import generated_faults

if TYPE_CHECKING:
    from pathlib import Path


def test_any_report_gives_a_deck_without_fault(tmp_path: Path) -> None:
    found = list(generated_faults(20, tmp_path, schema=True))
    assert len(found) == 20
    assert [(number, faults) for number, faults in found if faults] == []
