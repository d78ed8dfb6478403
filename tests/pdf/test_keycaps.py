"""Digits on keys (1️⃣): drawn as a key round the digit, read as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from made_pdf import MadePdf, items_of

from exporters.pdf.plan import Path as Outline
from exporters.pdf.plan import Text
from exporters.reading import Layer

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = """\
# 1️⃣ 方案

正文 2️⃣，#️⃣ 与 3⃣。

| 4️⃣ | 乙 |
|---|---|
| 丙 | *️⃣ |

```
5️⃣ x
```
"""


def test_a_key_stands_round_its_digit() -> None:
    made = MadePdf(SAMPLE)
    keys, digits = [], []
    for x, y, item in (item for page in made.plan.pages for item in items_of(page)):
        if isinstance(item, Outline):
            xs, ys = zip(*item.points, strict=True)
            keys.append((x + min(xs), x + max(xs), y + min(ys), y + max(ys)))
        elif isinstance(item, Text):
            digits += [
                (x + item.x + part.x, x + item.x + part.x + part.width, y + item.y)
                for part in item.fragments
                if part.text.endswith("\u20e3")
            ]
    assert len(keys) == len(digits) == 7  # cover, head and five in the text; in code none
    for left, right, base in digits:
        key = next(
            one for one in keys if one[0] < left and right < one[1] and one[2] < base < one[3]
        )
        assert round(key[1] - key[0], 6) == round(key[3] - key[2], 6)  # a square


def test_keys_are_read_back(tmp_path: Path) -> None:
    reading = MadePdf(SAMPLE).read(tmp_path / "s.pdf")
    text = "".join(one.text for one in reading.found if one.layer is Layer.BODY)
    text = text.replace("\ufe0f", "")
    for digit in "12#34*5":
        assert f"{digit}\u20e3" in text
