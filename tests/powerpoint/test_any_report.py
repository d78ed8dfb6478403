"""What holds for the deck of any report, by reports that hypothesis makes.

``python -m tools.generated_decks --count 500`` does the same for as many as one likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from any_deck import faults_of
from generated import reports
from hypothesis import HealthCheck, Phase, given, settings

if TYPE_CHECKING:
    from pathlib import Path

    from report_data.model import Report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(reports())
@settings(
    max_examples=20,
    phases=[Phase.generate],  # shrinking a whole report takes minutes
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_report_gives_a_deck_without_fault(folder: Path, report: Report) -> None:
    assert faults_of(report, folder / "deck.pptx") == []
