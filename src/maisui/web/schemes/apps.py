"""The Django app of schemes of assessment, under the label `schemes`."""

from __future__ import annotations

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """Dated schemes by post and organisation, proposed by one and published by another."""

    name = "maisui.web.schemes"
    label = "schemes"
    verbose_name = "Schemes of assessment"
