"""Pictures of every kind come into the file upright, in allowed colours, not finer than print."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pytest
from made_pdf import MadePdf, items_of
from PIL import Image

from exporters.pdf.plan import Picture

if TYPE_CHECKING:
    from pathlib import Path


class Shown(NamedTuple):
    """What the file says of a picture."""

    width: int
    height: int
    space: str
    has_mask: bool


def images(path: Path) -> list[Shown]:
    with pikepdf.open(path) as pdf:
        return [
            Shown(int(one.Width), int(one.Height), str(one.ColorSpace), "/SMask" in one)
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]


def made(folder: Path, name: str) -> tuple[MadePdf, Path]:
    pdf = MadePdf(f"# A\n\n![a view]({name})\n", folder)
    return pdf, pdf.write(folder / "made.pdf")


@pytest.mark.parametrize(
    ("mode", "suffix", "space"),
    [
        ("RGB", "png", "/DeviceRGB"),
        ("RGBA", "png", "/DeviceRGB"),
        ("P", "png", "/DeviceRGB"),
        ("L", "png", "/DeviceGray"),
        ("1", "png", "/DeviceGray"),
        ("I;16", "png", "/DeviceGray"),
        ("RGB", "jpg", "/DeviceRGB"),
        ("L", "jpg", "/DeviceGray"),
        ("CMYK", "jpg", "/DeviceRGB"),
        ("RGB", "webp", "/DeviceRGB"),
        ("P", "gif", "/DeviceRGB"),
    ],
)
def test_every_kind(tmp_path: Path, mode: str, suffix: str, space: str) -> None:
    Image.new(mode, (60, 40)).save(tmp_path / f"p.{suffix}")
    _, path = made(tmp_path, f"p.{suffix}")
    shown = [one for one in images(path) if one.has_mask == (mode == "RGBA")]
    assert [one.space for one in shown] == [space]


@pytest.mark.parametrize("pixels", [200, 3000], ids=["small", "large"])
def test_a_width_in_braces_is_a_part_of_the_column(tmp_path: Path, pixels: int) -> None:
    Image.new("RGB", (pixels, pixels // 4)).save(tmp_path / "p.png")

    def width(braces: str) -> float:
        pdf = MadePdf(f"# A\n\n![a view](p.png){braces}\n", tmp_path)
        (picture,) = [i for _, _, i in items_of(pdf.plan.pages[-1]) if isinstance(i, Picture)]
        return picture.width

    assert width("{width=50%}") == pytest.approx(width("{width=100%}") / 2)
    assert width("{width=900%}") == pytest.approx(width("{width=100%}"))
    assert width("{width=0%}") == width("{width=wide}") == width("")


def test_a_photograph_on_its_side_is_turned(tmp_path: Path) -> None:
    photo = Image.new("RGB", (300, 200))
    exif = photo.getexif()
    exif[0x0112] = 6
    photo.save(tmp_path / "p.jpg", exif=exif)
    pdf, path = made(tmp_path, "p.jpg")
    (picture,) = [i for _, _, i in items_of(pdf.plan.pages[-1]) if isinstance(i, Picture)]
    assert picture.height > picture.width
    (image,) = images(path)
    assert (image.width, image.height) == (200, 300)


def test_a_picture_much_finer_than_print_is_made_coarser(tmp_path: Path) -> None:
    Image.new("RGB", (6000, 3000)).save(tmp_path / "p.png")
    _, path = made(tmp_path, "p.png")
    (image,) = images(path)
    assert 1800 < image.width < 1950  # 453.5 pt at 300 an inch are 1890


def test_a_damaged_picture_is_a_warning_and_a_notice(tmp_path: Path) -> None:
    Image.effect_noise((200, 200), 50).save(tmp_path / "p.png")
    data = (tmp_path / "p.png").read_bytes()
    (tmp_path / "p.png").write_bytes(data[: len(data) // 2])
    pdf, _ = made(tmp_path, "p.png")
    assert [one.code for one in pdf.report.warnings] == ["W150"]
    assert any("a view" in line for line in pdf.lines(-1))
