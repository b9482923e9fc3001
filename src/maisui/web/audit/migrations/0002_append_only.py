"""Make the audit table append-only."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from maisui.web.audit.triggers import create_triggers, drop_triggers


def _create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    create_triggers(editor.connection)


def _drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    drop_triggers(editor.connection)


class Migration(migrations.Migration):
    """Creates the triggers that refuse changes."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [migrations.RunPython(_create, _drop)]
