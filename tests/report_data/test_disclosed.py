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
