"""Habits of real documents that once were refused -> three files that verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import exporters
import report_data

if TYPE_CHECKING:
    from pathlib import Path

BADGES = """
<p align="center">
  <a href="https://x.org"><img loading="lazy" alt="PyPI" src="https://x.org/a.svg" alt="logo"></a>
  <img src="https://x.org/no-text.svg" width="96px">
</p>

![](https://x.org/banner.png)

# Name ![build](https://x.org/b.svg) ![](https://x.org/c.svg)
"""
VERSIONS = "# Versions\n\n" + "".join(f"## v1.{n}.0\n\n- Fix {n}\n\n" for n in range(40))
TITLES = "# Usage\n\n## As a subcommand (`cargo clippy`) of a table\n\n" + "- a point\n" * 30
LINKS = """# Links

See [its
own `opts`
list](https://x.org/a), [`b`](https://x.org/b), [c](https://x.org/a) and `d` [c](https://x.org/a).
"""
SPONSORS = """# Sponsors

<p><b>Gold</b></p>
<table><tbody><tr>
  <td><a href="https://x.org"><img src="https://x.org/a.png"></a></td>
  <td><a href="https://y.org"><img src="https://x.org/b.png"></a></td>
</tr></tbody></table>

Silver

| | |
|-|-|
| | |
"""


@pytest.mark.parametrize("source", [BADGES, VERSIONS, TITLES, LINKS, SPONSORS])
def test_it_is_exported_and_verified(source: str, tmp_path: Path) -> None:
    report = report_data.load_text(source)
    result = exporters.export(report, exporters.Settings(output=tmp_path), in_processes=False)
    assert {document.format for document in result.documents} == {"pptx", "pdf", "xlsx"}
    assert all(document.proved == document.blocks > 0 for document in result.documents)
