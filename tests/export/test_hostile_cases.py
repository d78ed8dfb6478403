"""Some hostile inputs through both commands; ``python tools/check_hostile.py`` does them all."""

from __future__ import annotations

import pytest
from hostile_cases import cases
from hostile_run import run

QUICK = {
    "01": "links in every disguise",
    "02": "pictures and data that leave the folder",
    "06": "files that are no pictures",
    "10": "texts that fill many pages",
    "12": "directions",
    "13": "invisible and look-alike characters",
    "14": "formulas",
    "16": "data files written badly",
    "19": "front matter",
    "23": "templates with entities",
    "24": "raw HTML",
    "26": "code of other engines",
}

CASES = [case for case in cases(None) if case.number in QUICK]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number}-{case.trap[:40]}")
def test_a_hostile_input_gets_what_it_should(
    case: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert run(case, tmp_path_factory.mktemp("hostile")).faults == ()  # type: ignore[arg-type]
