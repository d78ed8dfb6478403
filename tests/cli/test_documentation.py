"""What README.md and docs/ say of options, keys, layouts and limits is what the code has."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import cli
from exporters import Settings
from exporters.powerpoint.vocabulary import VOCABULARY
from exporters.themes import BUNDLED, load_theme
from report_data.sample import LANGUAGES, sample

ROOT = Path(__file__).parents[2]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("docs/*.md")}
READMES = {
    name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
}
FENCED = re.compile(r"^(`{3,})\w*\n.*?^\1$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"(?<![\w-])(--[a-z]+(?:-[a-z]+)*)")


def blocks(text: str, language: str) -> list[str]:
    """Return a page's fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def table_under(text: str, head: str) -> set[str]:
    """Return the names in the first column of the table whose first header cell is ``head``."""
    rows = re.search(rf"^\| {head} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert rows, head
    cells = (row.split("|")[1] for row in rows[1].splitlines())
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def options_of(name: str) -> set[str]:
    """Return the options of a command, long names only."""
    parameters = cli.main.commands[name].params
    found = [one.opts for one in parameters if isinstance(one, click.Option)]
    return {option for names in found for option in names if option.startswith("--")}


def test_every_option_of_export_is_in_the_table_and_no_other() -> None:
    words = table_under(PAGES["commands.md"], "option")
    listed = {option for word in words for option in OPTION.findall(word)}
    assert listed == options_of("export")


def test_every_option_that_a_page_names_belongs_to_a_command_or_tool() -> None:
    known = {option for name in cli.main.commands for option in options_of(name)} | {"--help"}
    tools = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tools/*.py"))
    for name, text in (PAGES | READMES).items():
        own = "\n".join(line for line in text.splitlines() if "pip install" not in line)
        strange = {option for option in OPTION.findall(own) if option not in known}
        assert {option for option in strange if f'"{option}"' not in tools} == set(), name


def test_every_command_is_listed() -> None:
    (listing,) = blocks(PAGES["commands.md"], "")[:1]
    listed = {line.split()[1] for line in listing.splitlines()}
    assert listed == set(cli.main.commands)


def test_new_offers_every_language_of_the_sample() -> None:
    (option,) = (one for one in cli.main.commands["new"].params if one.name == "lang")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == LANGUAGES


def test_every_setting_is_in_the_page_on_python() -> None:
    assert table_under(PAGES["python.md"], "field") == set(Settings.__struct_fields__)


@pytest.mark.parametrize("page", ["docs/python.md", *READMES])
def test_snippets_of_python_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.md").write_text(sample("en"), encoding="utf-8")
    snippets = blocks((ROOT / page).read_text(encoding="utf-8"), "python")
    assert snippets
    for snippet in snippets:
        exec(compile(snippet, page, "exec"), {})  # noqa: S102  our own page
    assert "slides" in capsys.readouterr().out
    assert sorted(path.suffix for path in tmp_path.rglob("report.*")) == [".md", ".pptx", ".xlsx"]


def test_both_readmes_show_the_same_commands_pictures_and_pages() -> None:
    english, chinese = READMES.values()

    def commands(text: str) -> list[str]:
        lines = [line for block in blocks(text, "sh") for line in block.splitlines()]
        return [line.partition("  #")[0].strip() for line in lines]

    assert commands(english) == commands(chinese)
    assert blocks(english, "python") == blocks(chinese, "python")
    pages = re.compile(r"\]\((docs/[^)]+)\)")
    assert pages.findall(english) == pages.findall(chinese)
    heads = re.compile(r"^## ", re.MULTILINE)
    assert len(heads.findall(english)) == len(heads.findall(chinese))


def test_links_between_pages_lead_somewhere() -> None:
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        text = FENCED.sub("", path.read_text(encoding="utf-8"))
        for target, anchor in re.findall(r"\]\(([\w./-]+)(?:#([\w-]+))?\)", text):
            found = path.parent / target
            assert found.is_file(), f"{path.name}: {target}"
            if anchor:
                heads = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in {head.lower().replace(" ", "-") for head in heads}, anchor


def test_files_that_the_architecture_names_are_there() -> None:
    text = PAGES["architecture.md"]
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|/))`", text))
    folders = ("report_data", "exporters", "tools")
    paths = [ROOT / "cli.py", *(path for one in folders for path in (ROOT / one).rglob("*.py"))]
    there = "\n".join(f"/{path.relative_to(ROOT).as_posix()}" for path in paths)
    assert len(named) > 50
    assert {name for name in named if f"/{name}" not in there} == set()


def test_layouts_are_those_that_can_be_asked_for() -> None:
    assert table_under(PAGES["slides.md"], "name") == set(VOCABULARY)


def test_the_theme_shown_can_be_used(tmp_path: Path) -> None:
    (example,) = blocks(PAGES["themes.md"], "toml")
    (tmp_path / "logo.png").write_bytes(b"")
    path = tmp_path / "acme.toml"
    path.write_text(example, encoding="utf-8")
    theme = load_theme(str(path))
    assert (theme.name, theme.slide.title_type.size, theme.page.strict) == ("acme", 30, True)
    assert table_under(PAGES["themes.md"], "name") == set(BUNDLED)


def test_every_limit_of_the_environment_is_listed() -> None:
    sources = [*ROOT.glob("report_data/**/*.py"), *ROOT.glob("exporters/**/*.py")]
    used = {
        name
        for path in sources
        for name in re.findall(r"\bTRIPTYCH_MAX_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert table_under(PAGES["diagnostics.md"], "variable") == used
