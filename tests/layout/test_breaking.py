"""Where lines may end: the table of clusters against the rules it is made from."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.layout.breaking import CLOSING, OPENING, PAUSES, opportunities


def clusters(text: str, *, strict: bool = False) -> list[str]:
    allowed = opportunities(text, strict=strict)
    places = [at for at in range(len(text) + 1) if allowed[at] or at in (0, len(text))]
    return [text[first:last] for first, last in pairwise(places)]


@pytest.mark.parametrize(
    ("shown", "rule"),
    [
        ("中|国，|人|民。", "pauses close"),
        ("中|（国）|人", "brackets hold what they enclose"),
        ("说：|“你|好。”|他", "quotes"),
        ("——|他|……|好", "dash and ellipsis whole"),
        ("斯·|诺|国-|美|甲～|乙", "interpuncts and connectors do not start a line"),
        ("光/电/热|国", "a solidus neither starts nor ends a line"),
        ("co-|packaged |optics", "a compound after its hyphen"),
        ("GPT-4 |and |x-y", "no hyphen beside a digit or a single letter"),
        ("it’s |“fine” |(or |not).", "Latin marks"),
        ("约|10 Gbps、|1.6 T、|5 pJ/bit|的", "numbers with their units"),
        ("30%|的|25 ℃|下", "per cent and degrees"),
        ("2025年10月20日|发|2025 年 10 月|发", "dates"),
        ("约|100亿美元、|3.5 万人|口", "amounts"),
        ("付|$100、|US$ 5 million |or |￥300元", "currency stays with its number"),
        ("2025–2026 |or |12:30 |on |2025-10-20", "ranges, times, ISO dates"),
        ("国\u00a0国|a\u202fb |c\u2011d", "no-break characters"),
        ("foo\u200b|bar\u2060baz", "hints"),
        ("カー|テ|ン、|きゃ|人々|ちょっ|と", "Japanese: length and iteration marks, small kana"),
        ("한|국|어 |텍|스|트", "Hangul between syllables"),
        ("👨‍👩‍👧 |✔️ |🇨🇳|🇺🇸", "emoji sequences whole"),
        ("见|https://|example|.com|/a|/b|?x=|1", "URLs"),
        ("e\u0301te\u0301 |中", "combining marks"),
    ],
)
def test_clusters(shown: str, rule: str) -> None:
    assert clusters(shown.replace("|", "")) == shown.split("|"), rule


def test_strict_keeps_dash_and_ellipsis_off_line_starts() -> None:
    assert clusters("他——我……你") == ["他", "——", "我", "……", "你"]
    assert clusters("他——我……你", strict=True) == ["他——", "我……", "你"]


CHINESE = st.text(alphabet="中国人的（）《》“”、，。；：？！—…·A1 %/-～", max_size=40)


@given(CHINESE)
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(text: str) -> None:
    """CLREQ 3.1.6: marks forbidden at line start and end."""
    for cluster in clusters(text)[1:]:
        assert not re.match(f"[{CLOSING}{PAUSES}·～]", cluster.lstrip(" ")), cluster
    for cluster in clusters(text)[:-1]:
        assert not re.search(f"[{OPENING}]$", cluster.rstrip(" ")), cluster


@given(st.text(max_size=60))
def test_clusters_join_to_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


@given(st.text(alphabet="abc.,'-12", min_size=1, max_size=20))
def test_words_are_parted_at_hyphens_only(word: str) -> None:
    for cluster in clusters(word)[:-1]:
        assert cluster.endswith("-")


@pytest.mark.parametrize(
    "part",
    ["中", "a", "(", "。", "“", "1", "a/", " ", '"', "http://", "www.", "a-", "年1月", ". ", "1,",
     "USD", "国 ", "\u200d", "🇨", "“。", "\u0301", "1 "],
)  # fmt: skip
def test_time_is_linear_on_hostile_text(part: str) -> None:
    def seconds(length: int) -> float:
        text = part * (length // len(part))
        start = time.process_time()
        opportunities(text)
        return time.process_time() - start

    seconds(10_000)
    small = min(seconds(10_000) for _ in range(3))
    large = min(seconds(160_000) for _ in range(2))
    assert large <= 64 * small + 0.05  # sixteen times the text; quadratic would be 256
