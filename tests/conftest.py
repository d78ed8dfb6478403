"""What tests of several rooms share: rendering through LibreOffice, the bundled outputs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from made_workbook import MadeWorkbook, MakeWorkbook

    from exporters.layout.fonts import FontSet
    from report_data.model import Report

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

CONVERSION_SECONDS = 180
"""How long LibreOffice may take for one file, its first start included."""


MOST_MEMORY = 8 << 30
"""Bytes of address space: a test that runs away fails by itself, not with the machine."""


def pytest_configure() -> None:
    """Bound what a test and the programs it starts may take."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


class RenderPdf(Protocol):
    """Turns an office file into a PDF as LibreOffice draws it."""

    def __call__(self, path: Path, /) -> Path:
        """Return the path of the PDF; the same content is converted once a session."""


def missing(what: str) -> None:
    """Skip a test for want of a program, by its name; under CI that is a failure."""
    message = f"{what} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{message}, and CI must have it")
    pytest.skip(message)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of other people's real reports, or skip where it is not found."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports (../shared/corpus) is not here")
    return CORPUS


@pytest.fixture(scope="session")
def soffice() -> str:
    """Return LibreOffice's command."""
    command = shutil.which("soffice")
    if command is None:
        missing("LibreOffice")
    return str(command)


@pytest.fixture(scope="session")
def poppler() -> str:
    """Return the command ``pdftotext`` of poppler-utils, for a second reading of a PDF."""
    command = shutil.which("pdftotext")
    if command is None:
        missing("poppler-utils")
    return str(command)


@pytest.fixture(scope="session")
def rendering_environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return an environment in which LibreOffice finds the bundled faces and its own profile."""
    from fontconfig import write_fontconfig

    folder = tmp_path_factory.mktemp("rendering")
    return os.environ | {
        "FONTCONFIG_FILE": str(write_fontconfig(folder)),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


@pytest.fixture(scope="session")
def render_pdf(
    soffice: str,
    rendering_environment: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> RenderPdf:
    """Return a function that turns a deck or workbook into a PDF, once for the same bytes."""
    folder = tmp_path_factory.mktemp("rendered")
    profile = Path(rendering_environment["HOME"]) / "profile"

    def render(path: Path, /) -> Path:
        rendered = folder / hashlib.sha256(path.read_bytes()).hexdigest()[:16] / f"{path.stem}.pdf"
        if not rendered.exists():
            subprocess.run(
                [
                    soffice,
                    f"-env:UserInstallation={profile.as_uri()}",
                    "--headless",
                    "--convert-to",
                    "pdf",
                    "--outdir",
                    str(rendered.parent),
                    str(path),
                ],
                env=dict(rendering_environment),
                check=True,
                capture_output=True,
                timeout=CONVERSION_SECONDS,
            )
            assert rendered.exists(), f"LibreOffice wrote nothing for {path.name}"
        return rendered

    return render


@pytest.fixture(scope="session")
def bundled_outputs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Return the three files of the bundled report by format, exported once a session."""
    from exporters.export import export
    from exporters.settings import Settings
    from report_data import load

    folder = tmp_path_factory.mktemp("bundled")
    result = export(load(None), Settings(output=folder))
    return {document.format: document.path for document in result.documents}


@pytest.fixture(scope="session")
def bundled_fonts() -> FontSet:
    """Return the bundled faces, opened once."""
    from exporters.layout.fonts import FontSet

    return FontSet()


@pytest.fixture
def make_workbook(tmp_path: Path, bundled_fonts: FontSet) -> MakeWorkbook:
    """Return a function that makes a workbook of Markdown or of a Report."""
    from made_workbook import MadeWorkbook

    def make(source: str | Report, /) -> MadeWorkbook:
        name = f"made-{len(list(tmp_path.glob('made-*')))}.xlsx"
        return MadeWorkbook(source, bundled_fonts, tmp_path / name)

    return make


@pytest.fixture(scope="session")
def bundled_workbook(
    tmp_path_factory: pytest.TempPathFactory, bundled_fonts: FontSet
) -> MadeWorkbook:
    """Return the bundled report's workbook with its plan, made once a session."""
    from made_workbook import MadeWorkbook

    from report_data import load

    return MadeWorkbook(load(None), bundled_fonts, tmp_path_factory.mktemp("book") / "book.xlsx")
