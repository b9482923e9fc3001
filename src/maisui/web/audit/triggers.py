"""The triggers that make the table append-only on both databases."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.connection import ConnectionProxy

_SQLITE = (
    "CREATE TRIGGER audit_record_no_{name} BEFORE {verb} ON audit_record "
    "BEGIN SELECT RAISE(ABORT, 'audit records are never changed or deleted'); END"
)
_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION 'audit records are never changed or deleted'; END $$"
)
_POSTGRESQL = (
    "CREATE TRIGGER audit_record_no_{name} BEFORE {verb} ON audit_record FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuse()"
)
_VERBS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def create_triggers(connection: BaseDatabaseWrapper | ConnectionProxy) -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE where it exists) on the audit table.

    Raises:
        NotImplementedError: on a database that is neither SQLite nor PostgreSQL.
    """
    if connection.vendor not in _VERBS:
        raise NotImplementedError(f"the audit log has no triggers for {connection.vendor}")
    template = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for verb in _VERBS[connection.vendor]:
            cursor.execute(template.format(name=verb, verb=verb.upper()))


def drop_triggers(connection: BaseDatabaseWrapper | ConnectionProxy) -> None:
    """Take the triggers away; only a purge does so, within its own transaction."""
    suffix = " ON audit_record" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in _VERBS[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_record_no_{verb}{suffix}")
