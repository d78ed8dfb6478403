"""Any report: it is paginated, written, conforms, and says what the report says."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from generated import reports
from hypothesis import HealthCheck, Phase, given, settings
from made_pdf import MadePdf, items_of

from exporters.pdf.plan import Drawing, Fill, Picture, Text
from exporters.verify import compare

if TYPE_CHECKING:
    from report_data.model import Report


@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(reports())
def test_any_report_is_proved(report: Report) -> None:
    made = MadePdf(report)
    with tempfile.TemporaryDirectory() as folder:
        reading = made.read(Path(folder) / "r.pdf")
    proof = compare(made.report, reading, made.context.words, made.context.names)
    # furniture that runs over several lines is compared by verify only in part (E807)
    assert [item for item in proof.diagnostics if item.code != "E807"] == []
    for page in made.plan.pages:
        for x, y, item in items_of(page):
            if isinstance(item, Text):
                assert 0 <= y + item.y <= page.size.height
                last = item.fragments[-1]
                assert x + item.x + last.x + last.width <= page.size.width
            elif isinstance(item, Fill | Picture | Drawing):
                assert y + item.y + item.height <= page.size.height + 0.5
                assert x + item.x + item.width <= page.size.width + 0.5
