"""How the command line starts the web's side of a home: keys, settings and an up-to-date operational database."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from maisui.web.keys import make_keys
from maisui.web.one_at_a_time import alone_in


def prepare(home: Path) -> None:
    """Make the home's keys where they are missing, load the settings and bring the operational database up to date.

    Of several commands that begin at once one does so, and the others wait for it.

    Raises:
        HomeError: when there is no home, or one of its keys is weak or readable by others.
    """
    old_mask = os.umask(0o077)
    try:
        make_keys(home)
        load(home)
        with alone_in(home / "keys"):
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
    finally:
        os.umask(old_mask)


def load(home: Path) -> None:
    """Load the settings of `home` into this process.

    Raises:
        HomeError: when there is no home, or one of its keys is missing, weak or readable by others.
        RuntimeError: when this process already serves another home.
    """
    if settings.configured and settings.HOME.path.resolve() != home.resolve():
        raise RuntimeError("one process serves one home")
    os.environ["MAISUI_HOME"] = str(home.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "maisui.web.settings"
    django.setup()
