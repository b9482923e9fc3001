"""`maisui worker`: background jobs of a home, one process; SIGTERM lets the running job end first."""

from __future__ import annotations

import fcntl
import itertools
import logging
import os
import threading
import time
from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command

from maisui.cli.options import DEFAULT_HOME, HomeOption
from maisui.cli.output import console
from maisui.errors import BusyError, MaisuiError
from maisui.warehouse.home import open_home
from maisui.warehouse.lock import WORKER_LOCK
from maisui.web import start

MOST_ATTEMPTS = 3
HOUSE_SECONDS = 3600
REPORT_SECONDS = 60


def worker_command(
    home: HomeOption = DEFAULT_HOME,
    once: Annotated[bool, typer.Option("--once", help="Do what is waiting, then end.")] = False,
    every: Annotated[float, typer.Option("--every", help="Seconds between looks at the queue.", min=0.1)] = 1.0,
) -> None:
    """Run background jobs (exports, reports) until it is stopped."""
    place = open_home(home)
    start.prepare(place.path)
    held = hold(place.path / WORKER_LOCK)
    try:
        taken_back = take_back()
        if taken_back:
            console.print(f"{taken_back} jobs of a worker that was killed are tried again", highlight=False)
        threading.Thread(target=keep_house, daemon=True).start()
        call_command("db_worker", interval=every, batch=once, reload=False, startup_delay=False, verbosity=0)
    finally:
        os.close(held)


def keep_house() -> None:
    """Every minute ask for reports and pages that are due, every hour take away what has expired; a busy database is left alone."""
    from django.db import DatabaseError, connection  # noqa: PLC0415 - needs the settings

    from maisui.web.exports.page_schedule import ask_for_due_pages  # noqa: PLC0415
    from maisui.web.exports.schedule import ask_for_due  # noqa: PLC0415

    for minute in itertools.count():
        try:
            if minute % (HOUSE_SECONDS // REPORT_SECONDS) == 0:
                tidy()
            ask_for_due()
            ask_for_due_pages()
        except (DatabaseError, MaisuiError) as error:
            logging.getLogger(__name__).warning("keeping house waits for the next time (%s)", type(error).__name__)
        finally:
            connection.close()
        time.sleep(REPORT_SECONDS)


def tidy() -> None:
    """Take away the files of expired exports, expired sessions, and failures of sign-in that no longer count."""
    from axes.models import AccessAttempt  # noqa: PLC0415 - needs the settings
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from maisui.web.exports.jobs import expire  # noqa: PLC0415

    expire()
    call_command("clearsessions", verbosity=0)
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()


def hold(path: Path) -> int:
    """Return the open lock of the one worker; it goes with the process, however that ends.

    Raises:
        BusyError: when another worker runs.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise BusyError(
            "another worker runs on this home", where=str(path), next_step="one is enough; stop it first to start another"
        ) from None
    return descriptor


def take_back() -> int:
    """Queue again what a killed worker left half done, and give up what failed so three times; return how many are queued.

    Only the one worker calls this, so that what is marked as running can be nobody's.
    """
    from django_tasks_db.compat import TaskResultStatus  # noqa: PLC0415 - needs the settings
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415

    queued = 0
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if len(job.worker_ids) >= MOST_ATTEMPTS:
            job.set_failed(RuntimeError("the worker was killed three times while it did this job"))
        else:
            DBTaskResult.objects.filter(pk=job.pk).update(status=TaskResultStatus.READY)
            queued += 1
    return queued
