"""SQLite for many threads."""
