"""The Django app of what outlets are to do, under the label `outlet_tasks`."""

from __future__ import annotations

from django.apps import AppConfig


class OutletTasksConfig(AppConfig):
    """Tasks of outlets that came of signals."""

    name = "maisui.web.outlet_tasks"
    label = "outlet_tasks"
    verbose_name = "Tasks for outlets"
