"""The Django app of notes on figures, under the label `notes`."""

from __future__ import annotations

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """Dated notes on organisations' figures."""

    name = "maisui.web.notes"
    label = "notes"
    verbose_name = "Notes on figures"
