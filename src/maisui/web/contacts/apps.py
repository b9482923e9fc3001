"""The Django app of what people write of customers, under the label `contacts`."""

from __future__ import annotations

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Facts, contacts and tasks of customers, written by their managers."""

    name = "maisui.web.contacts"
    label = "contacts"
    verbose_name = "Customer archive"
