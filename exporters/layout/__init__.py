"""Measured arithmetic that all formats share: text, tables, charts. No file library."""
