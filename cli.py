"""The command line: options in -> calls of the product, its words printed, an exit status.

Nothing is decided here. Exit status: 0 done (warnings may have been printed),
1 the report or a file is at fault, 2 wrong usage (click's own), 3 something
could not be read or written.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import time
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from exporters.batch import Outcome
    from exporters.export import Document, ExportResult
    from exporters.settings import Settings
    from report_data.diagnostics import Diagnostic

    _Command = TypeVar("_Command", bound=Callable[..., Any])

AT_FAULT = 1
NOT_READ_OR_WRITTEN = 3

COLLECT_EVERY = 200_000
"""Objects made between two collections: imports and plans make many and drop few."""

PROGRESS_AFTER_SECONDS = 1.0
"""Work that ends sooner shows no progress."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="triptych", message="%(prog)s %(version)s")
def main() -> None:
    """Make a deck, a PDF and a workbook of one report, all saying the same."""
    gc.set_threshold(COLLECT_EVERY)


_DECIDES_WHAT_IS_SAID = (
    click.option(
        "--to",
        "formats",
        multiple=True,
        metavar="FORMAT",
        help="pptx, pdf or xlsx; default all three.",
    ),
    click.option(
        "--theme", default="quiet", metavar="NAME|FILE", help="A bundled theme or a file."
    ),
    click.option(
        "--font",
        "fonts",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A font file for what the bundled faces lack; may be given again.",
    ),
    click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True),
    click.option(
        "--sides",
        type=click.Choice(["one", "two"]),
        default="one",
        show_default=True,
        help="Of a sheet that are printed; for two, the PDF's inner margins are wider.",
    ),
    click.option(
        "--attach-workbook",
        is_flag=True,
        help="Put the workbook into the PDF, for who gets only that.",
    ),
    click.option(
        "--template",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="A .pptx or .potx: the deck takes its master, layouts and colours.",
    ),
    click.option("--no-notes", is_flag=True, help="No speaker notes in the deck."),
    click.option("--strict", is_flag=True, help="Take warnings for errors."),
)
"""Options of both ``export`` and ``check``: the one says with them what the other would."""


def _with(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Return a decorator that adds options to a command, listed in their order."""

    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE ...]")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder to write into.",
)
@_with(*_DECIDES_WHAT_IS_SAID)
@click.option("--no-verify", is_flag=True, help="Do not read the files back and compare them.")
@click.option("--force", is_flag=True, help="Replace files that are not ours without keeping them.")
@click.option("--manifest", is_flag=True, help="Also write a list of inputs and outputs, hashed.")
@click.option("--watch", "watched", is_flag=True, help="Make them again at every change.")
@click.option("--quiet", is_flag=True, help="Print only what is wrong.")
def export(
    sources: tuple[str, ...],
    *,
    quiet: bool,
    watched: bool,
    **options: Any,  # noqa: ANN401 - click's
) -> None:
    """Write the documents of reports; without SOURCE, of the bundled one."""
    settings = _settings(options)
    if watched:
        _watch(sources, settings, quiet=quiet)
    sys.exit(_status(lambda: _export(sources, settings, quiet=quiet)))


def _settings(options: dict[str, Any]) -> Settings:
    """Return what options ask for; an option that a command lacks keeps its default."""
    from exporters.settings import Settings

    kept = {name: value for name, value in options.items() if name in Settings.__struct_fields__}
    kept |= {
        name: not options[f"no_{name}"] for name in ("notes", "verify") if f"no_{name}" in options
    }
    kept["formats"] = tuple(dict.fromkeys(options["formats"])) or Settings().formats
    return Settings(**kept)


def _export(sources: tuple[str, ...], settings: Settings, *, quiet: bool) -> int:
    from exporters.batch import export_sources

    with _Progress(shown=sys.stderr.isatty() and not quiet) as progress:
        outcomes = export_sources(sources, settings, progress)
    return _print_outcomes(outcomes, quiet=quiet)


def _watch(sources: tuple[str, ...], settings: Settings, *, quiet: bool) -> None:
    from exporters.watch import watch

    if "-" in sources:
        raise click.UsageError("Standard input cannot be watched.")
    try:
        watch(sources, settings, lambda outcomes: _say_and_flush(outcomes, quiet=quiet))
    except KeyboardInterrupt:
        sys.exit(0)


def _say_and_flush(outcomes: list[Outcome], *, quiet: bool) -> None:
    _print_outcomes(outcomes, quiet=quiet)
    sys.stdout.flush()


def _print_outcomes(outcomes: list[Outcome], *, quiet: bool) -> int:
    for outcome in outcomes:
        _print_diagnostics(outcome.diagnostics, outcome.texts)
        if outcome.result is not None and not quiet:
            _print_result(outcome.result)
    return max(_status_of(outcome) for outcome in outcomes)


def _status_of(outcome: Outcome) -> int:
    if outcome.holds:
        return 0
    return NOT_READ_OR_WRITTEN if outcome.unreadable else AT_FAULT


@main.command()
@click.argument("sources", nargs=-1, metavar="SOURCE ...")
@_with(*_DECIDES_WHAT_IS_SAID)
@click.option(
    "--quick", is_flag=True, help="Only read the reports, and do not plan their documents."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How to print what is wrong; json and sarif go to standard output.",
)
def check(
    sources: tuple[str, ...],
    *,
    quick: bool,
    form: str,
    **options: Any,  # noqa: ANN401 - click's
) -> None:
    """Say what an export of reports would, or what a deck's template lacks; write nothing."""
    settings = _settings(options)
    if not sources and settings.template is None:
        raise click.UsageError("Name a report, or a template by --template.")
    sys.exit(_status(lambda: _check(sources, settings, form, quick=quick)))


def _check(sources: tuple[str, ...], settings: Settings, form: str, *, quick: bool) -> int:
    from exporters.batch import check_sources, check_template

    with _Progress(shown=sys.stderr.isatty() and form == "text") as progress:
        outcomes = check_sources(sources, settings, progress, quick=quick) if sources else []
    if settings.template is not None:
        outcomes.append(check_template(settings.template, settings))
    said: list[Diagnostic] = []
    for item in (item for outcome in outcomes for item in outcome.diagnostics):
        if item.span is not None or item not in said:  # a template is spoken of once
            said.append(item)
    if form == "text":
        texts = {name: text for outcome in outcomes for name, text in outcome.texts.items()}
        _print_diagnostics(said, texts)
    else:
        from exporters.settings import VERSION
        from report_data.interchange import as_json, as_sarif

        log = as_json(said) if form == "json" else as_sarif(said, VERSION)
        click.echo(log.encode("utf-8", "backslashreplace"))  # whatever the terminal's encoding is
    return max(_status_of(outcome) for outcome in outcomes)


@main.command()
@click.argument("source")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(dir_okay=False, readable=False, path_type=Path),
    metavar="FILE ...",
)
def verify(source: str, files: tuple[Path, ...]) -> None:
    """Prove that FILES say what the report in SOURCE says."""

    def work() -> int:
        from exporters.again import prove_files
        from exporters.verify import verify_source
        from report_data.opening import read_source

        report = read_source(source)
        lost = verify_source(report)
        _print_diagnostics(lost, {report.file: report.source})
        status = AT_FAULT if lost else 0
        for proof in prove_files(report, files):
            _print_diagnostics(proof.diagnostics, {report.file: report.source})
            click.echo(f"{proof.path}: {proof.proved} of {proof.blocks} blocks")
            status = status or (0 if proof.holds else AT_FAULT)
        return status

    sys.exit(_status(work))


@main.command()
@click.argument("source", required=False)
@click.option(
    "--to",
    "formats",
    multiple=True,
    type=click.Choice(["pdf", "pptx"]),
    help="What to picture; default both.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder to write into.",
)
@click.option("--theme", default="quiet", metavar="NAME|FILE", help="A bundled theme or a file.")
def preview(source: str | None, formats: tuple[str, ...], output: Path, theme: str) -> None:
    """Draw pictures of a report's pages and slides."""

    def work() -> int:
        from exporters.preview import preview as draw
        from exporters.settings import Settings
        from report_data.opening import read_source

        report = read_source(source)
        settings = Settings(formats=formats or ("pdf", "pptx"), output=output, theme=theme)
        with _Progress(shown=sys.stderr.isatty()) as progress:
            previews, said = draw(report, settings, progress)
        _print_diagnostics(said, {report.file: report.source})
        for one in previews:
            click.echo(f"{one.sheet}  {len(one.pictures)} pictures beside it")
        return 0

    sys.exit(_status(work))


@main.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("report.md"))
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="zh-Hans", show_default=True)
def new(file: Path, lang: str) -> None:
    """Start a report: write a commented sample into FILE (report.md)."""

    def work() -> int:
        from report_data.sample import write_sample

        write_sample(file, lang)
        click.echo(f"{file}  now edit it, then: triptych export {file}")
        return 0

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


def _print_diagnostics(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str] | None = None
) -> None:
    if items := tuple(diagnostics):
        from report_data.messages import rendered

        click.echo(rendered(items, texts), err=True)


def _print_result(result: ExportResult) -> None:
    width = max(len(str(document.path)) for document in result.documents)
    for document in result.documents:
        click.echo(f"{document.path!s:<{width}}  {_summary(document)}")


def _summary(document: Document) -> str:
    proof = f", {document.proved} of {document.blocks} blocks" if document.blocks else ""
    return f"{document.count:>4} {document.unit}  {document.seconds:5.2f} s{proof}"


class _Progress:
    """A line on a terminal that says which formats are at which stage, gone at the end."""

    def __init__(self, *, shown: bool) -> None:
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


def _prepare_streams() -> None:
    """Open streams that are closed (``pythonw``, ``>&-``), lest a file of ours takes their place.

    What the terminal's encoding lacks is escaped, as it already is on standard error.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - stays open
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def run() -> NoReturn:
    """Do what the command line says, and end the process.

    The interpreter is not taken apart piece by piece, which takes 15 ms of every
    run: what registered for the end is called, and the system does the rest.
    """
    _prepare_streams()
    status: str | int | None = 0
    try:
        main(prog_name="triptych")
    except SystemExit as ended:
        status = ended.code
    except OSError as error:  # files have messages of their own: this is standard output
        status = f"triptych: {error.strerror or error}"
    if isinstance(status, str):
        sys.exit(status)
    atexit._run_exitfuncs()  # noqa: SLF001 - as `multiprocessing` ends its processes
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        status = status or AT_FAULT
    os._exit(status or 0)


if __name__ == "__main__":
    run()
