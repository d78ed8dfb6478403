"""One Report in -> a deck, a PDF and a workbook that say the same, and the proof of it."""
