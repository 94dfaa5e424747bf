"""Many people at the same moment: real HTTP against gunicorn, on SQLite and on PostgreSQL."""
