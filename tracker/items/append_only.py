"""History is append-only in the database itself: triggers refuse UPDATE and DELETE of events.

Row triggers on SQLite and PostgreSQL; whoever owns the database can drop them, which leaves a trace of its own.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "items_event"
_REFUSAL = "items_event is append-only"
_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS {table}_no_{low} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION '{refusal}'; END $$ LANGUAGE plpgsql"
)
_POSTGRES = (
    "CREATE TRIGGER {table}_no_{low} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
)
_VERBS = ("UPDATE", "DELETE")


def install(connection: BaseDatabaseWrapper) -> None:
    """Make events append-only."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION.format(table=TABLE, refusal=_REFUSAL))
        template = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
        for verb in _VERBS:
            cursor.execute(template.format(table=TABLE, low=verb.lower(), verb=verb, refusal=_REFUSAL))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Let events be changed: for a migration that must, and for tests that empty their tables."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in _VERBS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb.lower()}{on_table}")


def install_by_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For `RunPython`."""
    install(schema_editor.connection)


def remove_by_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For `RunPython`, backwards."""
    remove(schema_editor.connection)
