"""The Django app of exports, under the label `exports`."""

from __future__ import annotations

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Workbooks made in the background, and who may fetch them until when."""

    name = "maisui.web.exports"
    label = "exports"
    verbose_name = "Exports"
