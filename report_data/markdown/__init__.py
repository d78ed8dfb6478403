"""Markdown in -> a draft Report out; the only room that knows markdown-it: `reader.read`."""
