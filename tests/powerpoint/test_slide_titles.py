"""``{slide-title="..."}``: slides wear it, the notes keep the heading, and the proof knows both.

Without notes, the heading is the title of the first slide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters import Settings, export
from report_data import load_text

if TYPE_CHECKING:
    from pathlib import Path

NAMED = '# 甲\n\n正文。\n\n# 乙 {slide-title="一句话"}\n\n'


@pytest.mark.parametrize("notes", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        f"{NAMED}- 一\n- 二\n",
        f"{NAMED}正文。\n\n---\n\n后文。\n",
        f"{NAMED}## 丙\n\n正文。\n\n```\n" + "行\n" * 60 + "```\n",
        '# 甲\n\n::: {.callout slide-title="一句话"}\n所有数字均未经审计。\n:::\n',
    ],
    ids=["list", "two slides", "subsections", "box"],
)
def test_a_slide_of_another_name_is_exported(text: str, notes: bool, tmp_path: Path) -> None:  # noqa: FBT001  pytest's
    report = load_text(text, name="named")
    result = export(report, Settings(formats=("pptx",), output=tmp_path, notes=notes))
    assert (tmp_path / "named.pptx").is_file()
    assert [item.code for item in result.diagnostics] == []
