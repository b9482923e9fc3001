"""The Django app of what people keep, under the label `archive`."""

from __future__ import annotations

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Saved views of pages, private or shared."""

    name = "maisui.web.archive"
    label = "archive"
    verbose_name = "Archive"
