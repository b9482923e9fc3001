"""The Django app of the cases of key focus, under the label `alerts`."""

from __future__ import annotations

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Who has a case, what he made of it, and who stands in for whom."""

    name = "maisui.web.alerts"
    label = "alerts"
    verbose_name = "Cases of key focus"
