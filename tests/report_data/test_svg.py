"""Drawings: their size, what is taken out of them, and what is refused."""

from __future__ import annotations

import base64

import pytest

from report_data.images import looks_like_svg
from report_data.svg import MOST_DEPTH, Drawing, SvgError, read_svg

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inside: str = "<rect/>", attributes: str = 'width="20" height="10"') -> Drawing:
    return read_svg(f"<svg {NAMESPACES} {attributes}>{inside}</svg>".encode(), lambda _: True)


def small(inside: str) -> bytes:
    return f'<svg {NAMESPACES} width="9" height="9">{inside}</svg>'.encode()


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="20" height="10"', (20, 10)),
        ('width="72pt" height="1in"', (96, 96)),
        ('width="2.54cm" height="25.4mm"', (96, 96)),
        ('viewBox="0 0 640 320"', (640, 320)),
        ('viewBox="0,0,640,320" width="100%"', (640, 320)),
        ('viewBox="0 0 640 320" width="50%" height="50%"', (320, 160)),
        ('viewBox="0 0 640 320" height="160"', (320, 160)),
        ('viewBox="0 0 2e6 1e6"', (10_000, 5_000)),
        ('width="1e1" height="5" viewBox="none"', (10, 5)),
    ],
)
def test_its_size_is_what_it_says(attributes: str, size: tuple[float, float]) -> None:
    found = drawing(attributes=attributes)
    assert (found.width, found.height) == pytest.approx(size)


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'width="20"',
        'width="0" height="10"',
        'width="-20" height="10"',
        'width="10000" height="1"',
        'width="1e999" height="1e999"',
        'viewBox="0 0 0 0"',
        'width="100%" height="100%"',
    ],
)
def test_a_drawing_without_a_size_is_refused(attributes: str) -> None:
    with pytest.raises(SvgError):
        drawing(attributes=attributes)


def test_what_reaches_out_is_taken_out_and_named() -> None:
    found = drawing(
        '<script>x()</script><text>a<foreignObject/>b</text><image href="http://h/x.png"/>'
        '<image xlink:href="../x.png"/><feImage href="file:///etc/passwd"/>'
        '<use href="other.svg#a"/><style>@import url(http://h/a.css); a{fill:url(x.svg#p)}</style>'
    )
    assert found.left_out == ("a picture elsewhere", "foreignObject", "script")
    assert ">ab</" in found.source
    for gone in ("script", "http://h", "passwd", "x.png", "other.svg", "import", "x.svg"):
        assert gone not in found.source, gone


def test_pictures_inside_of_it_stay_when_they_fit() -> None:
    data = "data:image/png;base64," + base64.b64encode(b"picture").decode()
    inside = f'<image href="{data}"/><image href="data:image/svg+xml;base64,AAAA"/>'
    seen: list[bytes] = []

    def fits(blob: bytes) -> bool:
        seen.append(blob)
        return True

    found = read_svg(
        small(inside),
        fits,
    )
    assert seen == [b"picture"]
    assert data in found.source
    assert "svg+xml" not in found.source
    assert found.left_out == ("a picture elsewhere",)
    none = read_svg(small(inside), lambda _: False)
    assert data not in none.source


def test_an_editors_notes_are_no_part_of_it() -> None:
    found = drawing('<metadata xmlns="urn:notes"><note/></metadata><rect/>')
    assert found.left_out == ()
    assert "note" not in found.source


def bomb(levels: int) -> str:
    """Return groups that each repeat the one before ten times."""
    groups = ['<g id="a0"><rect/></g>']
    groups += [
        f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>"
        for level in range(1, levels)
    ]
    return f'<defs>{"".join(groups)}</defs><use xlink:href="#a{levels - 1}"/>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg", "no well-formed XML"),
        (b"<svg/>", "lacks xmlns"),
        (b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>', "entities"),
        ('<!DOCTYPE svg [<!ENTITY e "x">]><svg/>'.encode("utf-16"), "entities"),
        (b'<?xml version="1.0" encoding="x-none"?><svg/>', "no well-formed XML"),
        (small("<g>" * MOST_DEPTH + "</g>" * MOST_DEPTH), "nested deeper"),
        (small(bomb(12)), "draws more than"),
    ],
)
def test_what_means_harm_or_is_damaged_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(SvgError, match=said):
        read_svg(data, lambda _: True)


def test_what_is_used_often_or_uses_itself_is_no_bomb() -> None:
    assert drawing(bomb(4))
    assert drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<?xml version="1.0"?>\n<!-- made by hand --><svg width="1">', True),
        ("\ufeff<svg>".encode("utf-16-le"), True),
        (b"<s:svg xmlns:s='x'>", True),
        (b"<html><p>no svgs</p></html>", False),
        (b"\x89PNG <svg>", False),
    ],
)
def test_a_drawing_is_known_by_its_first_bytes(head: bytes, *, expected: bool) -> None:
    assert looks_like_svg(head) is expected
