"""The single canonical source: Markdown (or Python) in -> one validated, immutable Report.

Knows nothing of any output format.
"""
