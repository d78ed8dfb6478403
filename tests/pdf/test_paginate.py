"""Where pages end: widows, what is kept together, tall rows, footnotes, repeated headers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exporters.layout.geometry import Rect
from exporters.pdf.paginate import Filled, Paginator
from exporters.pdf.plan import Fill
from exporters.pdf.strips import Frame, Strip, side_by_side, split, stacked, whole
from report_data.ids import BlockId

PAGE = Rect(0, 100, 400, 200)  # heights 100 to 300
TURNED = Rect(0, 50, 600, 120)
NOTE_GAP = 12


def fill(strips: list[Strip], notes: dict[BlockId, list[Strip]] | None = None) -> list[Filled]:
    return Paginator(PAGE, TURNED, notes or {}, NOTE_GAP).fill(strips)


def tops(page: Filled) -> list[float]:
    return [top for top, _ in page.stack.placed]


def test_strips_stand_one_under_another_without_space_at_the_top() -> None:
    pages = fill([Strip(50, space=30), Strip(60, space=10), Strip(70, space=10)])
    assert [tops(page) for page in pages] == [[100, 160, 230]]  # 100 + 50 + 10, + 60 + 10


def test_a_page_ends_before_what_does_not_fit() -> None:
    pages = fill([Strip(120), Strip(80), Strip(1, space=9)])
    assert [tops(page) for page in pages] == [[100, 220], [100]]


def test_a_heading_goes_with_what_follows() -> None:
    heading = Strip(20, keep=True)
    pages = fill([Strip(150), heading, heading, Strip(30)])
    assert [len(page.stack.placed) for page in pages] == [1, 3]


def test_what_is_kept_but_longer_than_a_page_is_broken_all_the_same() -> None:
    pages = fill([Strip(90, keep=True)] * 5)
    assert [len(page.stack.placed) for page in pages] == [2, 2, 1]


def test_a_header_is_repeated_over_the_rows_of_the_next_page() -> None:
    header = Strip(30, keep=True)
    row = Strip(80, repeat=(replace(header, items=(Fill(0, 0, 1, 1, "000000"),)),))
    pages = fill([header, row, row, row])
    assert [tops(page) for page in pages] == [[100, 130, 210], [100, 130]]
    assert pages[1].stack.placed[0][1].items


def counts(pages: list[Filled]) -> list[int]:
    return [len(page.stack.placed) for page in pages]


def test_a_block_that_fits_on_the_next_page_goes_there_whole() -> None:
    block = whole([Strip(30)] * 3)
    assert counts(fill([Strip(130), *block, Strip(10)])) == [1, 4]  # 70 left, 35 % of 200
    lead = Strip(10, keep=True)
    assert counts(fill([Strip(130), lead, *block])) == [1, 4]
    assert counts(fill([Strip(100), *block])) == [4]  # it fits: 100 + 90


def test_a_block_is_parted_where_much_of_the_page_would_stay_empty() -> None:
    block = whole([Strip(30)] * 5)
    assert counts(fill([Strip(110), *block])) == [4, 2]  # 90 left, 45 %


def test_a_block_longer_than_a_page_begins_where_it_is() -> None:
    block = whole([Strip(30)] * 8)
    assert counts(fill([Strip(130), *block])) == [3, 6]


def test_a_block_inside_a_longer_one_stays_whole() -> None:
    inner = whole([Strip(40)] * 2)
    outer = whole([*[Strip(40)] * 4, *inner, *[Strip(40)] * 4])
    assert counts(fill(outer)) == [4, 5, 1]


def test_a_block_takes_its_footnotes_along() -> None:
    note = BlockId("n")
    block = whole([Strip(30), Strip(30, notes=(note,))])
    pages = fill([Strip(130), *block], {note: [Strip(20)]})
    assert counts(pages) == [1, 2]  # 60 + 12 + 20 > 70
    assert pages[0].notes is None


def test_a_landscape_strip_has_a_page_of_its_own() -> None:
    pages = fill([Strip(10), Strip(10, turned=True), Strip(10, turned=True), Strip(10)])
    assert [(page.turned, tops(page)) for page in pages] == [
        (False, [100]),
        (True, [50, 60]),
        (False, [100]),
    ]


def test_a_frame_keeps_its_padding_on_both_pages() -> None:
    frame = Frame(0, 400, above=15, below=25, ground="F0F0F0")
    pages = fill([Strip(50, frame=frame)] * 5)
    # 100 + 15, 165, 215; 265 would end at 315 + 25
    assert [tops(page) for page in pages] == [[115, 165, 215], [115, 165]]
    grounds = [band.items[0] for page in pages for band in page.stack.bands() if band.items]
    assert grounds == [Fill(0, 100, 400, 190, "F0F0F0"), Fill(0, 100, 400, 140, "F0F0F0")]


def test_frames_in_frames_open_and_close_in_order() -> None:
    outer = Frame(0, 400, above=10, below=10, ground="111111")
    inner = Frame(20, 360, above=5, below=5, ground="222222", outer=outer)
    stack = stacked([Strip(10, frame=outer), Strip(10, frame=inner), Strip(10, frame=outer)])
    assert [top for top, _ in stack.placed] == [10, 25, 40]
    bands = list(stack.bands())
    assert bands[0].items == (Fill(0, 0, 400, 60, "111111"), Fill(20, 20, 360, 20, "222222"))


def test_a_footnote_stands_at_the_foot_of_the_page_that_mentions_it() -> None:
    note = BlockId("n")
    pages = fill([Strip(100), Strip(50, notes=(note,)), Strip(50)], {note: [Strip(20), Strip(20)]})
    # 100 + 50 + 12 + 40 = 202 > 200: the mention moves with its note
    assert [tops(page) for page in pages] == [[100], [100, 150]]
    assert pages[0].notes is None
    assert pages[1].notes is not None
    assert [top for top, _ in pages[1].notes.placed] == [260, 280]


def test_a_footnote_longer_than_a_page_goes_on_at_the_next_one_s_foot() -> None:
    note = BlockId("n")
    pages = fill([Strip(100, notes=(note,)), Strip(20)], {note: [Strip(30)] * 9})
    shown = [len(page.notes.placed) if page.notes else 0 for page in pages]
    assert sum(shown) == 9
    assert shown[0] == 2  # 200 - 100 - 12 = 88 points, 30 each


def test_a_tall_row_is_split_where_the_page_ends() -> None:
    lines = tuple(Strip(20) for _ in range(12))
    row = side_by_side(Strip(0, parts=(lines, lines[:3]), pad=(5, 5)))
    assert row.height == 250
    pages = fill([Strip(80), row, Strip(10)])
    parts = [strip.parts for page in pages for _, strip in page.stack.placed if strip.parts]
    assert [[len(part) for part in each] for each in parts] == [[5, 3], [7, 0]]


def test_a_split_leaves_no_line_that_is_kept_with_the_next() -> None:
    lines = (Strip(20), Strip(20, keep=True), Strip(20))
    halves = split(side_by_side(Strip(0, parts=(lines,))), 45)
    assert halves is not None
    assert [len(half.parts[0]) for half in halves] == [1, 2]
    assert split(side_by_side(Strip(0, parts=((Strip(50),),))), 45) is None


heights = st.floats(1, 230)
strips_of_text = st.tuples(heights, st.floats(0, 40), st.booleans()).map(
    lambda one: Strip(one[0], space=one[1], keep=one[2])
)


@given(st.lists(strips_of_text, max_size=60))
def test_every_strip_is_placed_once_in_order_and_inside_the_page(strips: list[Strip]) -> None:
    pages = fill(strips)
    placed = [strip for page in pages for _, strip in page.stack.placed]
    assert placed == strips
    for page in pages:
        for top, strip in page.stack.placed:
            alone = len(page.stack.placed) == 1
            assert top >= PAGE.y
            assert alone or top + strip.height <= PAGE.bottom + 0.02


def test_a_tall_row_whose_frame_alone_does_not_fit_is_split_once() -> None:
    frame = Frame(0, 100, below=12)
    row = side_by_side(Strip(0, parts=(tuple([Strip(15)] * 10),), frame=frame))
    pages = fill([Strip(42), row])  # 158 left: the row's 150 fit, the frame's 12 with it do not
    assert [len(page.stack.placed) for page in pages] == [2, 1]
    assert [len(page.stack.placed[-1][1].parts[0]) for page in pages] == [9, 1]
