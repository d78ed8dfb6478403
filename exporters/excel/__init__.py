"""A Report in -> an Excel workbook that colleagues can calculate with."""
