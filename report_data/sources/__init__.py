"""Data files behind tables, read as streams; the readers are imported late."""
