"""The Django app of users and sign-in."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Registers users under the label `staff` and listens to what happens at sign-in."""

    name = "maisui.web.staff"
    label = "staff"
    verbose_name = "Staff"

    def ready(self) -> None:
        """Connect the records of sign-ins."""
        from maisui.web.staff import sign_in_records  # noqa: F401, PLC0415 - receivers need the app registry
