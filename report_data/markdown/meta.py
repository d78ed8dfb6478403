"""Entries of front matter -> the report's Meta."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from report_data.markdown.cjk import joins
from report_data.markdown.clean import clean_text
from report_data.markdown.fields import FIELDS, KEYS
from report_data.model import Labelled, Meta
from report_data.spelling import meant

if TYPE_CHECKING:
    from report_data.markdown.front_matter import Entry
    from report_data.markdown.source import Source
    from report_data.model import Language

_ENGLISH = frozenset(alias for alias in FIELDS if alias.isascii())
_LANGUAGES: dict[str, Language] = {
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-hans": "zh-Hans",
    "zh-hans-cn": "zh-Hans",
    "cmn": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-mo": "zh-Hant",
    "zh-hant": "zh-Hant",
    "zh-hant-tw": "zh-Hant",
    "en": "en",
    "ja": "ja",
    "jp": "ja",
    "ko": "ko",
    "kr": "ko",
}


class Head(Struct):
    """What front matter and the first lines say, while it is collected."""

    values: dict[str, Any] = field(default_factory=dict)
    authors: list[Labelled] = field(default_factory=list)
    details: list[Labelled] = field(default_factory=list)
    date: Labelled | None = None
    lang: Language | None = None

    def meta(self, lang: Language) -> Meta:
        """Return the finished Meta; ``lang`` is what the text is written in."""
        return Meta(
            authors=tuple(self.authors),
            details=tuple(self.details),
            date=self.date,
            lang=self.lang or lang,
            **self.values,
        )


def read_head(entries: list[Entry], source: Source) -> Head:
    """Return what the entries say; unknown keys are a warning."""
    head = Head()
    for entry in entries:
        name = FIELDS.get(entry.key.lower())
        place = source.span(entry.line, entry.column, len(entry.key))
        if name is None:
            source.diagnostics.warn(
                "W175",
                f"the key “{entry.key}” is not known and not used",
                place,
                (meant(entry.key, _ENGLISH) or "Leave it if another program reads it; ")
                + "known here: "
                + ", ".join(aliases[0] for aliases in KEYS.values()),
            )
            continue
        label = "" if entry.key.lower() in _ENGLISH else entry.key
        text = clean_text(entry.text)
        if name == "authors":
            head.authors.extend(Labelled(clean_text(item), label) for item in entry.items)
        elif name == "lang":
            head.lang = language(text)
            if head.lang is None and text:
                source.diagnostics.warn(
                    "W176",
                    f"the language “{text}” has no words of its own here",
                    place,
                    "Known languages: zh-Hans, zh-Hant, en, ja, ko",
                )
        elif (name == "date" and head.date is not None) or name in head.values:
            source.diagnostics.warn(
                "W177",
                f"“{entry.key}” says again what another key said; it is not used",
                place,
                "Keep one of them",
            )
        elif name == "date":
            head.date = Labelled(text, label) if text else None
        elif name in ("keywords", "series"):
            head.values[name] = tuple(clean_text(item) for item in _list(entry))
        elif text:
            head.values[name] = _paragraphs(text) if name == "abstract" else text
    return head


def language(tag: str) -> Language | None:
    """Return our language for a tag (BCP 47, any case); ``None`` if we have no words in it."""
    parts = tag.strip().lower().replace("_", "-")
    while parts:
        if parts in _LANGUAGES:
            return _LANGUAGES[parts]
        parts = parts.rpartition("-")[0]
    return None


def _paragraphs(text: str) -> str:
    """Return a text whose lines run on, as Markdown's do; blank lines part paragraphs."""
    paragraphs = []
    for paragraph in re.split(r"\n[ \t]*\n+", text.strip()):
        whole = ""
        for line in filter(None, map(str.strip, paragraph.split("\n"))):
            whole += line if not whole or joins(whole[-1], line[0]) else f" {line}"
        paragraphs.append(whole)
    return "\n".join(paragraphs)


def _list(entry: Entry) -> list[str]:
    """Return the items of a list; keywords are often one line with commas."""
    if not isinstance(entry.value, str):
        return list(entry.value)
    text = entry.value
    for mark in ("，", "、", "；", ";"):
        text = text.replace(mark, ",")
    return [item.strip() for item in text.split(",") if item.strip()]
