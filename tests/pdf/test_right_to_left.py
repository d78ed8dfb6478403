"""Right-to-left text in a PDF: drawn its own way round, read back as it was written."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pikepdf
import pytest
from made_pdf import MadePdf
from right_to_left import right_to_left_face

from exporters.layout import installed
from exporters.layout.fonts import FontSet
from exporters.pdf import exporter
from exporters.verify import compare

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = """\
---
title: 报告 שלום
---

# שלום עולם

中文里的 שלום (2025) עולם，还有 مرحبا بالعالم 与 English，共 12.5%。

שלום **עולם** [קישור](https://example.org/) ו`קוד` (אחת) ¸ ½ é, «שתיים» 3–4. הטקסט הזה ארוך יותר \
משורה אחת כדי שיהיה צורך לשבור אותו, ואחר כך הוא נגמר.

- שלום: עולם

## פרק (ראשון)

## עוד פרק, 2025

::: {.chart type=column table=#t}
תרשים: מכירות
:::

| שנה | מכירות (מיליון) |
|---|---|
| אלף (א) | 1 |
| בית | 2 |

: כותרת {#t}

| שם | 名 |
|---|---|
| לא (כן) | لا |

```
x = "שלום" + "לא"  # הערה (אחת)
```
"""


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    return FontSet([right_to_left_face(tmp_path_factory.mktemp("faces") / "boxes.ttf")])


def test_mixed_text_is_read_back_as_it_was_written(fonts: FontSet, tmp_path: Path) -> None:
    made = MadePdf(SAMPLE, fonts=fonts)
    reading = made.read(tmp_path / "s.pdf")
    proof = compare(made.report, reading, made.context.words, made.context.names)
    assert [item.message for item in proof.diagnostics] == []
    assert proof.proved == proof.blocks


def test_without_a_face_it_is_warned_of_and_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "_system_folders", lambda: ())
    installed.system_files.cache_clear()
    try:
        made = MadePdf(SAMPLE, fonts=FontSet())
        assert "W301" in made.codes
        reading = made.read(tmp_path / "s.pdf")
    finally:
        installed.system_files.cache_clear()
    proof = compare(made.report, reading, made.context.words, made.context.names)
    assert [item.message for item in proof.diagnostics] == []


def test_a_text_that_says_other_letters_than_are_drawn_is_not_believed(
    fonts: FontSet, tmp_path: Path
) -> None:
    path = MadePdf("# A\n\nx שלום y\n", fonts=fonts).write(tmp_path / "s.pdf")
    with pikepdf.open(path) as pdf:
        spans = [one for one in pdf.objects if "/ActualText" in _keys(one)]
        assert [str(one.ActualText) for one in spans] == ["x שלום y"]
        spans[0].ActualText = pikepdf.String("x שמים y")
        pdf.save(tmp_path / "forged.pdf")
    texts = "".join(one.text for one in exporter.read(tmp_path / "forged.pdf").found)
    assert "שמים" not in texts


def _keys(one: pikepdf.Object) -> set[str]:
    return set(one.keys()) if isinstance(one, pikepdf.Dictionary) else set()


def test_words_come_out_of_other_programs_too(fonts: FontSet, tmp_path: Path) -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext is not installed")
    path = MadePdf("# A\n\n中文 שלום，مرحبا。\n", fonts=fonts).write(tmp_path / "s.pdf")
    done = subprocess.run([pdftotext, "-raw", path, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert "שלום" in text
    assert "مرحبا" in text
