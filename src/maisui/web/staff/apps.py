"""The Django app of users and sign-in."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Registers users under the label `staff` and listens to what happens at sign-in."""

    name = "maisui.web.staff"
    label = "staff"
    verbose_name = "Staff"

    def ready(self) -> None:
        """Connect the records of sign-ins."""
        import_module("maisui.web.staff.sign_in_records")  # its receivers need the app registry
