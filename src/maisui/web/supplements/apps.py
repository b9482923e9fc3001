"""The Django app of uploads, under the label `supplements`."""

from __future__ import annotations

from django.apps import AppConfig


class SupplementsConfig(AppConfig):
    """Filled forms, who uploaded and who approved them."""

    name = "maisui.web.supplements"
    label = "supplements"
    verbose_name = "Supplements"
