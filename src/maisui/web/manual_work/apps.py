"""The Django app of manual work, under the label `manual_work`."""

from __future__ import annotations

from django.apps import AppConfig


class ManualWorkConfig(AppConfig):
    """Work that no system records, recorded by one and approved by another."""

    name = "maisui.web.manual_work"
    label = "manual_work"
    verbose_name = "Manual work"
