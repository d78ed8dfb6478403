"""A Report in -> a printable, tagged PDF."""
