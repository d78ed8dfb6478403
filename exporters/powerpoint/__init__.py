"""A Report in -> an editable PowerPoint deck."""
