"""Formulas in TeX -> trees, and what one says in a line of text."""
