"""A line under a table -> whether it is about the table: its sources, the meaning of its signs."""

from __future__ import annotations

import re

from report_data.expressions import when_used

_NOTE = when_used(
    r"\s*(?:[（(【]?(?:(?:数据|資料|资料|信息|图表|數據)?(?:来源|來源)|备注|備註|注释?|註|说明|(?:统计"
    r"|数据)?口径|图注|圖注|表注|图例|圖例|凡例|出典|出所|注記|備考|資料|자료|출처|주"
    r"|(?:data )?sources?|notes?|legend|n\.?b\.?)"
    r"[\d一二三]?\s*[:：]|[※†‡])",
    re.IGNORECASE,
)

_EITHER = when_used(r"\s*(?:(?:表|Table) ?\d{1,3}(?:[-.]\d{1,3})?[：:.、 ]|[单単單]位[:：])")
"""What says as much of the table above it, or of that which follows at once."""


def is_note_of_table(text: str, *, before_table: bool) -> bool:
    """Return whether a text that stands under a table is a note of it: 数据来源：…, Note: …."""
    return _NOTE.match(text) is not None or (not before_table and _EITHER.match(text) is not None)
