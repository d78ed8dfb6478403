"""Our breaks against ICU's (UAX #14) on real text: every difference has a named rule.

``python tests/layout/test_icu_oracle.py [FILE.md ...]`` lists them by rule, with an example each.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from icu4py.breakers import LineBreaker

from exporters.layout.breaking import opportunities
from report_data.load import load
from report_data.model import Heading, Paragraph, Section, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from report_data.model import Report

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303a\u3105-\u31bf\u3400-\u9fff\uf900-\ufaff"
KANA = "\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_CJK = f"{HAN}{KANA}"
_LATIN = "A-Za-z\u00c0-\u024f"

STRICTER: dict[str, str] = {
    # ICU would part what we hold together; "¦" is the place
    "a number and its Chinese unit (dates, amounts)": rf"[\d.,][ ]?¦ ?[{_CJK}]",
    "the parts of a date": r"[年月] ?¦ ?\d",
    "a compound unit of money": "[十百千万亿]¦[元美欧日港人次个]",
    "a number and its unit after a space": rf"\d ¦[{_LATIN}%℃]",
    "a solidus neither starts nor ends a line": "[/／] ?¦| ¦[/／]",
    "no hyphen beside a digit or a single letter": rf"[\d{_LATIN}][-‐]¦[\d{_LATIN}]",
    "a connector holds a range together": r"[–~～-]¦[\d+]",
    "no connector starts a line": "¦[–·・～•-]| ¦[–—]",
    "a plus, minus or percent sign stays with its number": r"[+\-−~≈≤≥<>]¦\d|\d¦[%℃]",
    "an address before its marks, not after": "[?]¦",
    "the source of a formula is one word": r"[{}\\].*¦|¦.*[{}\\]",
    "straight quotes tell not whether they open": "¦[\"']|[\"']¦",
}
LOOSER: dict[str, str] = {
    # we part what ICU holds together
    "a minus begins a number": rf"[{_CJK}]¦-\d",
    "an address before its marks": r"[\w)-]¦[/.?#%~_,-]|[=&]¦|://¦",
    "the author's line break": "¦\n|\n¦",
    "signs in a row": "[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?¦",
    "a sign of sums between Chinese": rf"[+=×÷±<>|%°)\]]¦[{_CJK}（「《“]",
    "a solidus that stands by itself": " ¦/",
    "an opening bracket after a word": r"[\w%]¦[（(\[{]",
    "a point or minus begins what follows": r" ¦[.-]\w",
    "dashes and bars as other tools' lines": "—¦[|—]|[|-]¦—|-¦[|]|[|]¦",
    "between Chinese and a word or sign": rf"[{_CJK}]¦[^\s{_CJK}]|[^\s{_CJK}]¦[{_CJK}]",
}


def texts(report: Report) -> Iterator[str]:
    for node in report.walk():
        if isinstance(node, Paragraph | Heading):
            yield plain(node.content)
        elif isinstance(node, Section):
            yield plain(node.title)
        elif isinstance(node, Table):
            yield from (cell.text for row in node.rows for cell in row)


def differences(text: str) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each difference as the rules that may explain it and its surroundings."""
    allowed = opportunities(text)
    places: set[int] = set()
    at = 0
    for segment in LineBreaker(text, "zh"):
        at += len(segment)
        places.add(at)
    for position in range(1, len(text)):
        if bool(allowed[position]) != (position in places):
            shown = f"{text[max(position - 12, 0) : position]}¦{text[position : position + 12]}"
            yield (LOOSER if allowed[position] else STRICTER, shown)


UNEXPLAINED = "no rule explains it"


def by_rule(report: Report) -> dict[str, list[str]]:
    """Return the differences of a whole report under the rules that explain them."""
    found: dict[str, list[str]] = {}
    for text in texts(report):
        for rules, shown in differences(text):
            names = (name for name, rule in rules.items() if re.search(rule, shown))
            found.setdefault(next(names, UNEXPLAINED), []).append(shown)
    return found


def unexplained(report: Report) -> list[str]:
    return by_rule(report).get(UNEXPLAINED, [])


def test_the_bundled_report_differs_by_named_rules_only() -> None:
    assert unexplained(load()) == []


@pytest.mark.parametrize(
    "name",
    [
        "11-zh-vanke-analysis",
        "15-zh-p2p-analysis",
        "17-zh-audit-arbitrum",
        "27-ja-owasp2021-ja",
        "31-en-rustc-midyear-2022",
        "33-en-cratesio-postmortem",
        "37-en-mortgage-model",
        "39-en-ckb-consensus",
    ],
)
def test_real_reports_differ_by_named_rules_only(corpus: Path, name: str) -> None:
    assert unexplained(load(corpus / "docs" / f"{name}.md")) == []


def test_icu_alone_would_break_the_rules_of_chinese_setting() -> None:
    (rules, shown), *more = differences("国·国")
    assert (rules, shown, more) == (STRICTER, "国¦·国", [])
    assert [shown for _, shown in differences("10 Gbps")] == ["10 ¦Gbps"]


if __name__ == "__main__":
    paths: list[str | None] = [*sys.argv[1:]]
    for path in paths or [None]:
        sys.stdout.write(f"{path or 'the bundled report'}\n")
        for rule, shown in sorted(by_rule(load(path)).items(), key=lambda item: -len(item[1])):
            side = "we part" if rule in LOOSER else "ICU parts"
            sys.stdout.write(f"{len(shown):6}  {side:9}  {rule}: {shown[0]!r}\n")
