"""The Django app of customer groups, under the label `groups`."""

from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Customer groups with their history."""

    name = "maisui.web.groups"
    label = "groups"
    verbose_name = "Customer groups"
