"""The keys of front matter and first lines -> the fields that they fill.

Pandoc's names and ours, and the same in the other four languages.
"""

from __future__ import annotations

KEYS = {
    "title": ("title", "标题", "標題", "题目", "題目", "タイトル", "제목"),
    "subtitle": ("subtitle", "副标题", "副標題", "副题"),
    "kind": ("kind", "类型", "類型", "报告类型", "報告類型", "文档类型"),
    "authors": (
        *("author", "authors", "作者", "著者", "编制", "撰写", "撰稿", "编写", "报告人"),
        *("作成", "作成者", "執筆者", "작성자", "저자"),
    ),
    "date": (
        *("date", "created", "日期", "生成日期", "报告日期", "發佈日期", "发布日期"),
        *("编制日期", "撰写日期"),
        *("完成日期", "更新日期", "生成时间", "报告时间", "发布时间", "時間", "时间", "報告日期"),
        *("作成日", "日付", "発行日", "작성일", "날짜"),
    ),
    "lang": ("lang", "language", "语言", "語言"),
    "keywords": ("keywords", "关键词", "關鍵詞", "关键字", "キーワード"),
    "abstract": ("abstract", "摘要", "概要"),
    "short_title": ("short-title", "shorttitle", "short_title", "短标题", "简称", "簡稱"),
    "confidentiality": ("confidentiality", "密级", "密級", "保密级别"),
    "series": ("series", "系列"),
}
"""The fields of `report_data.model.Meta` and the keys that give them; a message names the first."""

FIELDS = {alias: name for name, aliases in KEYS.items() for alias in aliases}
"""What a key, in lower case, means."""
