"""Markdown in -> a draft Report out; the only room that knows markdown-it."""

from report_data.markdown.reader import read

__all__ = ["read"]
