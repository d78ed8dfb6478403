"""Finding where two long texts differ: exact, near the change, in linear time."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from exporters.verify.alignment import Difference, differences

TEXT = st.text(alphabet="中美光电abc12", max_size=60)


@given(TEXT, TEXT)
def test_replacing_the_differences_gives_the_other_text(one: str, other: str) -> None:
    at, rebuilt = 0, ""
    for change in differences(one, other):
        rebuilt += one[at : change.start] + other[change.found_start : change.found_end]
        at = change.end
    assert rebuilt + one[at:] == other


@given(st.text(max_size=200))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert list(differences(text, text)) == []


@given(st.lists(TEXT, min_size=2, max_size=5), st.data())
def test_what_slots_allow_is_no_difference(parts: list[str], data: st.DataObject) -> None:
    # Distinct characters around each slot, so that where it stands is beyond doubt.
    texts = [f"〈{part}〉" for part in parts]
    expected = "".join(texts)
    places = [sum(map(len, texts[: n + 1])) for n in range(len(texts) - 1)]
    shown = [data.draw(st.sampled_from(["", "[7]", "⁷"])) for _ in places]
    found = "".join(text + mark for text, mark in zip(texts, [*shown, ""], strict=True))
    assert list(differences(expected, found, dict.fromkeys(places, ("[7]", "⁷")))) == []


def test_one_changed_word_is_found_alone() -> None:
    text = "全球领先的高性能算力需求，带动高带宽、低延迟互连需求。" * 2000
    changed = f"{text[:30000]}铜{text[30001:]}"
    assert list(differences(text, changed)) == [Difference(30000, 30001, 30000, 30001)]


def test_a_long_stretch_taken_out_is_found_alone() -> None:
    text = "".join(f"第 {number} 段说的是 {number * 7919 % 100003}。" for number in range(40_000))
    at, end = text.index("第 500 段"), text.index("第 900 段")
    (change,) = differences(text, text[:at] + text[end:])
    assert change.end - change.start == end - at
    assert change.found_start == change.found_end


def test_five_megabytes_take_no_more_than_a_second() -> None:
    text = "".join(f"row {number}, " for number in range(400_000))
    started = time.perf_counter()
    assert list(differences(text, text)) == []
    assert time.perf_counter() - started < 1
