"""Themes: the bundled ones are readable, and a file of one's own is told all its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.theme import Palette, Theme
from exporters.themes import BUNDLED, contrast, load_theme
from report_data.diagnostics import ReportErrors

if TYPE_CHECKING:
    from pathlib import Path


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.005)  # the textbook near miss


@pytest.mark.parametrize("name", BUNDLED)
def test_text_of_bundled_themes_is_readable(name: str) -> None:
    theme = load_theme(name)
    least = 7.0 if name == "contrast" else 4.5
    for colors in (theme.palette, theme.stage):
        for text in (colors.ink, colors.ink_second, colors.structure, *colors.series):
            assert contrast(text, colors.paper) >= least
        assert contrast(colors.ink, colors.surface) >= least


def test_stage_darkens_slides_only() -> None:
    theme = load_theme("stage")
    assert theme.palette == Palette()
    assert contrast(theme.stage.paper, "FFFFFF") > 15


def test_own_theme_changes_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"x")
    file = tmp_path / "acme.toml"
    file.write_text(
        '[colors]\nstructure = "#0b3d2e"\n[fonts]\nzh-Hans = "DengXian"\n'
        '[slides]\nbody = 20\n[logo]\nfile = "logo.png"\n',
        encoding="utf-8",
    )
    theme = load_theme(file)
    assert theme.palette.structure == theme.stage.structure == "0B3D2E"
    assert theme.palette.ink == Theme().palette.ink
    assert theme.fonts.for_language("zh-Hans") == "DengXian"
    assert [step.size for step in theme.slide.body_steps] == [20, 18, 16, 14]
    assert theme.logo == tmp_path / "logo.png"


def test_all_faults_at_once_each_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        '[colors]\nink = "#DDDDDD"\nstructure = "blue"\n'
        '[slides]\nbody = "big"\n[colours]\nink = 1\n',
        encoding="utf-8",
    )
    with pytest.raises(ReportErrors) as caught:
        load_theme(file)
    told = [(item.span.line if item.span else 0, item.message) for item in caught.value.diagnostics]
    assert any(line == 2 and "contrast" in message for line, message in told)
    assert any(line == 3 and "no colour" in message for line, message in told)
    assert any(line == 5 and "no size" in message for line, message in told)
    assert any(line == 6 and "colours" in message for line, message in told)


def test_a_fault_is_named_in_its_own_table(tmp_path: Path) -> None:
    file = tmp_path / "same_keys.toml"
    file.write_text(
        '[colors]\nink = "#111111"\n[slides]\nbody = 20\n[pages]\nbody = 100\n'
        '[slides.colors]\nink = "#EEEEEE"\n',
        encoding="utf-8",
    )
    with pytest.raises(ReportErrors) as caught:
        load_theme(file)
    told = {(item.span.line if item.span else 0) for item in caught.value.diagnostics}
    assert told == {6, 8}


def test_unknown_name_lists_the_bundled() -> None:
    with pytest.raises(ReportErrors, match="quiet, stage, contrast"):
        load_theme("loud")


def test_strict_breaking_is_a_theme_s_choice(tmp_path: Path) -> None:
    path = tmp_path / "strict.toml"
    path.write_text("[pages]\nstrict = true\n", "utf-8")
    assert load_theme(path).page.strict
    assert not load_theme("quiet").page.strict
    path.write_text('[pages]\nstrict = "yes"\n', "utf-8")
    with pytest.raises(ReportErrors, match="neither true nor false"):
        load_theme(path)
