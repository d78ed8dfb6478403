"""Make decks of generated reports and say what is wrong with any: schema, package, words.

    python -m tools.generated_decks --count 500

Every fault is printed with the number of its report; the exit status is 1 when
there is any. `.ci/run` takes 20.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from hypothesis import HealthCheck, Phase, given, settings

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from any_deck import faults_of
from generated import reports

if TYPE_CHECKING:
    from report_data.model import Report


@click.command()
@click.option("--count", default=500, show_default=True, help="How many reports.")
@click.option("--schema/--no-schema", default=True, help="With openxml-audit (2 s a deck).")
def main(count: int, *, schema: bool) -> None:
    """Make decks of generated reports and say what is wrong with any."""
    seen = 0
    faulty = 0

    with tempfile.TemporaryDirectory() as folder:

        @settings(
            max_examples=count,
            phases=[Phase.generate],
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(reports())
        def one(report: Report) -> None:
            nonlocal seen, faulty
            seen += 1
            found = faults_of(report, Path(folder) / "deck.pptx", schema=schema)
            faulty += bool(found)
            for fault in found:
                click.echo(f"report {seen}: {fault}")

        one()
    click.echo(f"{seen} decks, {faulty} with faults")
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
