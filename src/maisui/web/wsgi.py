"""The web as a WSGI application, for `maisui serve` and any other WSGI server; MAISUI_HOME names the home."""

from __future__ import annotations

import atexit
import multiprocessing
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maisui.web.settings")
application = get_wsgi_application()

from maisui.web.warming import start_warming  # noqa: E402 - needs the settings

start_warming()
if (
    multiprocessing.parent_process() is not None
):  # a process of `maisui serve` ends at once: taking apart what is open takes time and tells of it
    atexit.register(os._exit, 0)
