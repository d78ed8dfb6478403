"""The command line: options in -> calls of the product, its words printed, an exit status.

Nothing is decided here. Exit status: 0 done (warnings may have been printed),
1 the report or a file is at fault, 2 wrong usage (click's own), 3 something
could not be read or written.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from exporters.export import Document, ExportResult
    from report_data.diagnostics import Diagnostic

AT_FAULT = 1
NOT_READ_OR_WRITTEN = 3

PROGRESS_AFTER_SECONDS = 1.0
"""Work that ends sooner shows no progress."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="triptych", message="%(prog)s %(version)s")
def main() -> None:
    """Make a deck, a PDF and a workbook of one report, all saying the same."""


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE ...]")
@click.option(
    "--to", "formats", multiple=True, metavar="FORMAT", help="pptx, pdf or xlsx; default all three."
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder to write into.",
)
@click.option("--theme", default="quiet", metavar="NAME|FILE", help="A bundled theme or a file.")
@click.option(
    "--font",
    "fonts",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A font file that serves before the bundled ones.",
)
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--no-notes", is_flag=True, help="No speaker notes in the deck.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--no-verify", is_flag=True, help="Do not read the files back and compare them.")
@click.option("--force", is_flag=True, help="Replace files that are not ours without keeping them.")
@click.option("--quiet", is_flag=True, help="Print only what is wrong.")
def export(sources: tuple[str, ...], *, quiet: bool, **options: Any) -> None:  # noqa: ANN401 - click's
    """Write the documents of reports; without SOURCE, of the bundled one."""
    from exporters.export import Settings

    settings = Settings(
        formats=tuple(dict.fromkeys(options["formats"])) or Settings().formats,
        output=options["output"],
        fonts=options["fonts"],
        theme=options["theme"],
        paper=options["paper"],
        notes=not options["no_notes"],
        verify=not options["no_verify"],
        strict=options["strict"],
        force=options["force"],
    )
    statuses = [_export_one(source, settings, quiet=quiet) for source in sources or (None,)]
    sys.exit(max(statuses))


def _export_one(source: str | None, settings: Any, *, quiet: bool) -> int:  # noqa: ANN401 - imported late
    def work() -> int:
        from exporters.export import export as export_report
        from report_data import load

        with _Progress(sys.stderr.isatty() and not quiet) as progress:
            result = export_report(load(source), settings, progress)
        _print_diagnostics(result.diagnostics)
        if not quiet:
            _print_result(result)
        return 0

    return _status(work)


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE ...")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def check(sources: tuple[str, ...], *, strict: bool) -> None:
    """Say what is wrong with reports; write nothing."""

    def work(source: str) -> int:
        from report_data import load

        warnings = load(source).warnings
        _print_diagnostics(warnings)
        return AT_FAULT if strict and warnings else 0

    sys.exit(max(_status(lambda source=source: work(source)) for source in sources))  # type: ignore[misc]


@main.command()
@click.argument("source")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE ..."
)
def verify(source: str, files: tuple[Path, ...]) -> None:
    """Prove that FILES say what the report in SOURCE says."""

    def work() -> int:
        from exporters.verify import verify_files
        from report_data import load

        status = 0
        for proof in verify_files(load(source), files):
            _print_diagnostics(proof.diagnostics)
            click.echo(f"{proof.path}: {proof.proved} of {proof.blocks} blocks")
            status = status or (0 if proof.holds else AT_FAULT)
        return status

    sys.exit(_status(work))


def _status(work: Callable[[], int]) -> int:
    """Do some work; print what it raises on purpose and return the exit status for it."""
    from report_data.diagnostics import FileError, TriptychError

    try:
        return work()
    except TriptychError as error:
        _print_diagnostics(error.diagnostics)
        return NOT_READ_OR_WRITTEN if isinstance(error, FileError) else AT_FAULT
    except LookupError as error:
        from exporters.registry import UnknownFormatError

        if not isinstance(error, UnknownFormatError):
            raise
        raise click.UsageError(str(error)) from None


def _print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    if items := tuple(diagnostics):
        from report_data.messages import rendered

        click.echo(rendered(items), err=True)


def _print_result(result: ExportResult) -> None:
    width = max(len(str(document.path)) for document in result.documents)
    for document in result.documents:
        click.echo(f"{document.path!s:<{width}}  {_summary(document)}")


def _summary(document: Document) -> str:
    proof = f", {document.proved} of {document.blocks} blocks" if document.blocks else ""
    return f"{document.count:>4} {document.unit}  {document.seconds:5.2f} s{proof}"


class _Progress:
    """A line on a terminal that says which formats are at which stage, gone at the end."""

    def __init__(self, shown: bool) -> None:  # noqa: FBT001 - one flag, named at its only call
        self._shown = shown
        self._started = time.monotonic()
        self._stages: dict[str, str] = {}
        self._drawn = False

    def __enter__(self) -> Callable[[str, str], None]:
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            click.echo("\r\033[K", nl=False, err=True)

    def _tell(self, name: str, stage: str) -> None:
        if name:
            self._stages[name] = stage
        seconds = time.monotonic() - self._started
        if self._shown and seconds > PROGRESS_AFTER_SECONDS:
            stages = "   ".join(f"{name}: {stage}" for name, stage in self._stages.items())
            click.echo(f"\r\033[K{seconds:4.0f} s   {stages}", nl=False, err=True)
            self._drawn = True


if __name__ == "__main__":
    main(prog_name="triptych")
