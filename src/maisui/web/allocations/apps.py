"""The Django app of the allocation desk, under the label `allocations`."""

from __future__ import annotations

from django.apps import AppConfig


class AllocationsConfig(AppConfig):
    """Proposed decisions about whose results are whose, objections, and settled months."""

    name = "maisui.web.allocations"
    label = "allocations"
    verbose_name = "Allocations"
