"""The Django app of whom people follow, under the label `follows`."""

from __future__ import annotations

from django.apps import AppConfig


class FollowsConfig(AppConfig):
    """Customers and groups that somebody follows."""

    name = "maisui.web.follows"
    label = "follows"
    verbose_name = "Followed customers"
