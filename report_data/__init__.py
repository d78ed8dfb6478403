"""The single canonical source: Markdown (or Python) in -> one validated, immutable Report.

Knows nothing of any output format.
"""

from report_data.load import bundled, load, load_text

__all__ = ["bundled", "load", "load_text"]
