"""The hostile corpus's own files, where its folder is found, with what each must get."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from hostile import Case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hostile import Make


def given(corpus: Path) -> Iterator[Case]:
    """Yield the corpus's own files with what each must get."""
    for one in GIVEN:
        case, name = one, one.source
        if not (corpus / name).exists():
            continue
        case = case._replace(make=_copied(corpus, name), trap=f"the given file {name}")
        if name.endswith(".csv"):
            case = case._replace(source="r.md")
        if name.endswith(".pptx"):
            case = case._replace(source="r.md", arguments=("--template", name))
        yield case


def _copied(corpus: Path, name: str) -> Make:
    def make(folder: Path) -> None:
        for path in corpus.glob(f"{name[:3]}*"):
            shutil.copyfile(path, folder / path.name)
        if name.endswith(".csv"):
            (folder / "r.md").write_text(f"# Data\n\n::: {{.table src={name}}}\n:::\n")
        if name.endswith(".pptx"):
            (folder / "r.md").write_text("# Title\n\nText.\n")

    return make


def _nothing(_: Path) -> None:
    """Write nothing."""


GIVEN = (
    Case("01", "", _nothing, source="01-link-schemes.md", codes="W120*13 W121"),
    Case("03", "", _nothing, source="03-image-ssrf.md", codes="W150*3", seconds=(1, 8)),
    Case("05", "", _nothing, source="05-png-bomb.md", codes="W150"),
    Case("07", "", _nothing, source="07-deep-nesting.md", codes="W180*2 W602"),
    Case(
        "09",
        "",
        _nothing,
        source="09-huge-table.md",
        codes="W402",
        seconds=(8, 20),
        megabytes=300,
        rules=("the table is whole in the workbook",),
    ),
    Case("11", "", _nothing, source="11-control-chars.md", codes="E105", check=1, export=1),
    Case("13", "", _nothing, source="13-zero-width.md", codes="N112*4 W113"),
    Case(
        "15",
        "",
        _nothing,
        source="15-formula-injection.csv",
        rules=("no formula",),
        holds=("=1+1",),
    ),
    Case("17", "", _nothing, source="17-csv-limits.csv", codes="E190", check=1, export=1),
    Case(
        "19",
        "",
        _nothing,
        source="19-yaml-tags.md",
        codes="E171 E172 W174 W175*4",
        check=1,
        export=1,
    ),
    Case(
        "21",
        "",
        _nothing,
        source="21-template-zipslip.pptx",
        codes="E407",
        check=1,
        export=1,
    ),
    Case("23", "", _nothing, source="23-template-xxe.pptx", codes="E407", check=1, export=1),
    Case("25", "", _nothing, source="25-names.md", rules=("names are legal",)),
    Case(
        "27",
        "",
        _nothing,
        source="27-reference-loops.md",
        codes="W140 W141 W142 W181 W602",
        rules=("no file is 20 times its source",),
    ),
)
"""``source`` is the corpus's file; a data file or template gets a small report beside it."""
