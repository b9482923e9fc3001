"""The Django app of strategies of service, under the label `strategies`."""

from __future__ import annotations

from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    """Dated lines of the table of strategies, proposed by one and decided by another."""

    name = "maisui.web.strategies"
    label = "strategies"
    verbose_name = "Service strategies"
