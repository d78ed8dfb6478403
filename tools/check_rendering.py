"""Render the decks of reports through LibreOffice and say what leaves its place.

    python -m tools.check_rendering [REPORT.md ...] [--keep DIR]

Without a report it takes the bundled one. Rendering uses a fontconfig of the
tests' own, see `tests/support/fontconfig.py`. The exit status is 1 when any text
leaves its shape or its slide, or covers another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from decks import bundled_deck, deck_of
from fontconfig import write_fontconfig
from rendered_deck import faults

from exporters.powerpoint.write import write


@click.command()
@click.argument("reports", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--keep", type=click.Path(path_type=Path), help="Leave decks and PDFs here.")
def main(reports: tuple[Path, ...], keep: Path | None) -> None:
    """Render the decks of reports and say what leaves its place."""
    faulty = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for report in reports or (None,):
            deck = bundled_deck() if report is None else deck_of(report)[1]
            path = folder / f"{report.stem if report else 'bundled'}.pptx"
            write(deck, path)
            found = faults(deck, _rendered(path, Path(scratch)))
            faulty += len(found)
            click.echo(f"{path.stem}: {deck.count} slides, {len(found)} faults")
            for fault in found:
                click.echo(f"  {fault}")
    sys.exit(1 if faulty else 0)


def _rendered(path: Path, scratch: Path) -> Path:
    environment = os.environ | {
        "FONTCONFIG_FILE": str(write_fontconfig(scratch)),
        "SAL_USE_VCLPLUGIN": "svp",
    }
    profile = (scratch / "profile").as_uri()
    subprocess.run(  # noqa: S603  the arguments are ours
        [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(path.parent),
            str(path),
        ],
        env=environment,
        check=True,
        capture_output=True,
    )
    return path.with_suffix(".pdf")


if __name__ == "__main__":
    main()
