"""The checks of `maisui doctor` that need the settings of the home."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.utils import timezone

from maisui.errors import AccessError, HomeError, StorageError
from maisui.web.audit.models import AuditRecord
from maisui.web.audit.verification import verify
from maisui.web.components.assets import DIST, MANIFEST
from maisui.web.staff.models import RoleGrant

_REPAIR = "run `maisui doctor --repair`"
_NO_DOOR = "SELECT current_setting('enable_external_access')::VARCHAR, current_setting('lock_configuration')::VARCHAR"


def check_database() -> None:
    """Refuse an operational database that cannot be reached or is older than the code.

    Raises:
        StorageError: when it is so.
    """
    where = str(connection.settings_dict["NAME"])
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise StorageError(
            f"the operational database does not answer ({type(error).__name__})",
            where=where,
            next_step="check [web] database in bank.toml, and that its server runs",
        ) from None
    if waiting:
        raise StorageError(f"{len(waiting)} changes of its tables are waiting", where=where, next_step=_REPAIR)


def check_clock(now: datetime, *, earliest: datetime, may_differ: timedelta) -> None:
    """Refuse a clock that lies before what has already happened.

    Raises:
        HomeError: when it does.
    """
    latest = earliest
    if _has_audit():
        last = AuditRecord.objects.order_by("-sequence").values_list("at", flat=True).first()
        latest = max(latest, last or earliest)
    if now + may_differ < latest:
        raise HomeError(
            f"the clock says {now:%Y-%m-%d %H:%M} UTC, but the last record is of {latest:%Y-%m-%d %H:%M}",
            where="system clock",
            next_step="set the clock (NTP); codes and time limits depend on it",
        )


def check_figures() -> None:
    """Refuse a published version that does not open, or opens with a door to the outside.

    Raises:
        MaisuiError: when it does not open.
        StorageError: when it opens unlocked.
    """
    if settings.BANK.version is None:
        return
    with settings.BANK.reader() as reader:
        ((has_access, is_locked),) = reader.rows(_NO_DOOR)
    if str(has_access).lower() != "false" or str(is_locked).lower() != "true":
        raise StorageError(
            "the figures are opened without their lock", where=settings.BANK.version, next_step="install this version of Maisui anew"
        )


def check_audit() -> None:
    """Refuse an audit log that is not as it was written.

    Raises:
        AccessError: when it is not.
    """
    if not _has_audit():
        return
    found = verify()
    if not found.is_good:
        raise AccessError(found.finding, where="audit log", next_step="keep home and database as they are and tell the audit administrator")


def check_administrators() -> None:
    """Refuse a home in which nobody could grant anybody anything.

    Raises:
        HomeError: when no active user is security administrator today.
    """
    try:
        today = timezone.localdate()
        holders = RoleGrant.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=today), role="security_administrator", user__is_active=True, valid_from__lte=today
        )
        is_held = holders.exists()
    except DatabaseError:
        is_held = False
    if not is_held:
        raise HomeError(
            "nobody is security administrator today",
            where="users",
            next_step="run `maisui users add NAME --name … --role security_administrator`",
        )


def check_pages() -> None:
    """Refuse an installation whose scripts and styles were not built.

    Raises:
        HomeError: when they were not.
    """
    if not (DIST / MANIFEST).exists():
        raise HomeError("the scripts and styles of the pages are not built", where=str(DIST), next_step="run `make setup`")


def _has_audit() -> bool:
    try:
        return AuditRecord._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 - Django's public way to a model's table
    except DatabaseError:
        return False
