"""The Django app of tiers set by hand, under the label `tiers`."""

from __future__ import annotations

from django.apps import AppConfig


class TiersConfig(AppConfig):
    """Decisions about customers' tiers, proposed by one and decided by another."""

    name = "maisui.web.tiers"
    label = "tiers"
    verbose_name = "Tiers set by hand"
