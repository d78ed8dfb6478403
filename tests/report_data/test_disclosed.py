"""The source that a PDF carries along: all that its readers see, and nothing else."""

from __future__ import annotations

import report_data
from report_data.audience import for_format

SOURCE = """# A

text <!-- one --> more `<!-- shown -->` end

::: notes
for the speaker
:::

```html
<!-- code -->
```

- a

  ::: {.only to=pptx}
  for the deck
  :::

::: {.only to="pdf xlsx"}
for the page
:::

<!-- two

lines -->

end
<!-- never closed
"""


def test_comments_and_what_is_for_others_stay_with_the_author() -> None:
    report = report_data.load_text(SOURCE)
    shown = for_format(report, "pdf").source
    for hidden in ("one -->", "speaker", "for the deck", "two", "lines", "never closed"):
        assert hidden not in shown, hidden
    for kept in ("text  more", "`<!-- shown -->`", "\n<!-- code -->\n", "for the page", "\nend\n"):
        assert kept in shown, kept
    assert "speaker" in for_format(report, "pptx").source
    assert report.source == SOURCE, "the proof of the source sees all of it"


def test_nothing_to_hide_is_the_source_as_it_is() -> None:
    report = report_data.load()
    assert for_format(report, "pdf").source is report.source


HEAD = """---
# private one
title: "A # title"   # private two
author:
  # private three
  - me  # private four
  - 'you # too'
abstract: |
  # shown
  text
keywords: [a#b, c]  # private five
---

# A heading

text
"""


def test_comments_of_front_matter_stay_with_the_author() -> None:
    shown = for_format(report_data.load_text(HEAD), "pdf").source
    assert "private" not in shown
    for kept in ('title: "A # title"\n', "- me\n", "'you # too'", "  # shown\n", "[a#b, c]\n"):
        assert kept in shown, kept
    assert "# A heading" in shown
    assert report_data.load_text(shown).meta == report_data.load_text(HEAD).meta


def test_comments_of_toml_stay_with_the_author() -> None:
    head = "+++\n# private\ntitle=\"A # title\" # private\nsubtitle = 'b # c'\n+++\n\n# A\n"
    shown = for_format(report_data.load_text(head), "pdf").source
    assert shown == "+++\ntitle=\"A # title\"\nsubtitle = 'b # c'\n+++\n\n# A\n"


def test_a_heading_between_rules_is_no_comment() -> None:
    text = "---\n\n# A\n\n---\n\nb # c\n"
    assert for_format(report_data.load_text(text), "pdf").source == text
