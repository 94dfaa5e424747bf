"""The database itself counts how often a place changed, past all of the product's code: the log must have as many entries."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

REGISTRATION, BOOKING = "registration_registration", "registration_workshopbooking"
WITNESS = "walk_witness"
# An arriving place is one change, another status one, and another kind two: it ends there and begins here.
NOTE = f"INSERT INTO {WITNESS} (place) VALUES ('%s')"  # noqa: S608  our own names
RULES = [
    (REGISTRATION, "INSERT", "", 1),
    (BOOKING, "INSERT", "", 1),
    (BOOKING, "UPDATE", "OLD.status <> NEW.status", 1),
    (
        REGISTRATION,
        "UPDATE",
        "OLD.status <> NEW.status AND OLD.registration_type_id = NEW.registration_type_id",
        1,
    ),
    (REGISTRATION, "UPDATE", "OLD.registration_type_id <> NEW.registration_type_id", 2),
]


@contextmanager
def witness() -> Iterator[None]:
    """While it stands, each change of a place is a row of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {WITNESS} (place varchar(40))")
        for number, rule in enumerate(RULES):
            for statement in trigger(f"{WITNESS}_{number}", *rule):
                cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for number, (table, *_rule) in enumerate(RULES):
                of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {WITNESS}_{number}{of_table}")
            cursor.execute(f"DROP TABLE {WITNESS}")


def trigger(name: str, table: str, event: str, condition: str, count: int) -> list[str]:
    notes = "; ".join([NOTE % table] * count)
    when = f"WHEN ({condition})" if condition else ""
    begins = f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when}"
    if connection.vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {notes}; RETURN NULL; END $$",
            f"{begins} EXECUTE FUNCTION {name}()",
        ]
    return [f"{begins} BEGIN {notes}; END"]


def changes_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {WITNESS}")  # noqa: S608  our own name
        return cursor.fetchone()[0]
