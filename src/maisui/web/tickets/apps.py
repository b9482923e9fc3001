"""The Django app of correction tickets, under the label `tickets`."""

from __future__ import annotations

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """What was said to be wrong, what was answered, and who did either."""

    name = "maisui.web.tickets"
    label = "tickets"
    verbose_name = "Correction tickets"
