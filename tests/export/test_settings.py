"""Settings as scripts and notebooks write them, and exports from several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from exporters import Settings, export
from exporters.registry import UnknownFormatError
from report_data import load, load_text

if TYPE_CHECKING:
    from exporters.export import ExportResult


def test_paths_may_be_texts_and_one_format_alone() -> None:
    given: Any = {
        "formats": "pdf",
        "output": "build",
        "fonts": ["a.ttf"],
        "theme": Path("my.toml"),
        "template": "corporate.pptx",
    }
    assert Settings(**given) == Settings(
        formats=("pdf",),
        output=Path("build"),
        fonts=(Path("a.ttf"),),
        theme="my.toml",
        template=Path("corporate.pptx"),
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [({"paper": "a5"}, "a4 or letter, not 'a5'"), ({"sides": 2}, "one or two, not 2")],
)
def test_what_cannot_be_chosen_is_named(given: Any, said: str) -> None:  # noqa: ANN401 - as given
    with pytest.raises(ValueError, match=said):
        Settings(**given)


def test_a_format_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="docx"):
        export(load(None), Settings(formats=("docx",), output=tmp_path))


def test_several_threads_may_export_at_once(tmp_path: Path) -> None:
    reports = [load(None), load_text("# 报告\n\n正文。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n")]

    def work(number: int) -> ExportResult:
        return export(reports[number % 2], Settings(output=tmp_path / str(number)))

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(work, range(4)))
    for result in results:
        assert all(one.proved == one.blocks > 0 for one in result.documents)
    for one in results[0].documents:
        twin = tmp_path / "2" / one.path.name
        assert one.path.read_bytes() == twin.read_bytes()
