"""The Django app of what customers ask for, under the label `needs`."""

from __future__ import annotations

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Needs, complaints and opportunities of customers with every step that was taken."""

    name = "maisui.web.needs"
    label = "needs"
    verbose_name = "Needs and complaints"
