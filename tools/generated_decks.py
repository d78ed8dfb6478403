"""Make decks of generated reports and say what is wrong with any: schema, package, words.

    python -m tools.generated_decks --count 500

Every fault is printed with the number of its report; the exit status is 1 when
there is any. `.ci/run` takes 20.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from any_deck import generated_faults


@click.command()
@click.option("--count", default=500, show_default=True, help="How many reports.")
@click.option("--schema/--no-schema", default=True, help="With openxml-audit (2 s a deck).")
def main(count: int, *, schema: bool) -> None:
    """Make decks of generated reports and say what is wrong with any."""
    seen = faulty = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, found in generated_faults(count, Path(folder), schema=schema):
            seen += 1
            faulty += bool(found)
            for fault in found:
                click.echo(f"report {number}: {fault}")
    click.echo(f"{seen} decks, {faulty} with faults")
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
