"""The full-text index of the library's terms: FTS5 kept by triggers on SQLite, generated columns on PostgreSQL.

Our own terms are stored as they are: no parser, stemmer or list of stop words of the database changes them.
"""

from django.db import migrations

TABLE = "conference_sessions_libraryentry"
COLUMNS = ["title", "words", "description", "front", "rest"]
NAMES = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{name}" for name in COLUMNS)
OLD = ", ".join(f"old.{name}" for name in COLUMNS)
FORGET = f"INSERT INTO library_index(library_index, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});"  # noqa: S608
ADD = f"INSERT INTO library_index(rowid, {NAMES}) VALUES (new.id, {NEW});"  # noqa: S608

SQLITE = [
    # The tokenizer "ascii" takes letters, digits and all that is not ASCII as part of a word; terms hold nothing else.
    f"CREATE VIRTUAL TABLE library_index USING fts5({NAMES}, content='{TABLE}', content_rowid='id', "
    "tokenize='ascii')",
    f"CREATE TRIGGER library_index_added AFTER INSERT ON {TABLE} BEGIN {ADD} END",
    f"CREATE TRIGGER library_index_deleted AFTER DELETE ON {TABLE} BEGIN {FORGET} END",
    f"CREATE TRIGGER library_index_changed AFTER UPDATE OF {NAMES} ON {TABLE} BEGIN {FORGET} {ADD} END",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS library_index_added",
    "DROP TRIGGER IF EXISTS library_index_deleted",
    "DROP TRIGGER IF EXISTS library_index_changed",
    "DROP TABLE IF EXISTS library_index",
]
VECTORS = {
    "title_index": "title",
    "words_index": "words || ' ' || description",
    "front_index": "front",
    "rest_index": "rest",
}
POSTGRESQL = [
    f"ALTER TABLE {TABLE} ADD COLUMN {name} tsvector GENERATED ALWAYS AS "
    f"(array_to_tsvector(array_remove(string_to_array(translate({text}, E'\\f', ' '), ' '), ''))) STORED"
    for name, text in VECTORS.items()
] + [f"CREATE INDEX library_{name} ON {TABLE} USING gin ({name})" for name in VECTORS]
POSTGRESQL_BACK = [f"ALTER TABLE {TABLE} DROP COLUMN {name}" for name in VECTORS]


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


def forwards(apps, schema_editor):
    run(schema_editor, POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def backwards(apps, schema_editor):
    run(schema_editor, POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("conference_sessions", "0009_search")]

    operations = [migrations.RunPython(forwards, backwards)]
