"""The Django app of the audit log."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the audit log under the label `audit`."""

    name = "maisui.web.audit"
    label = "audit"
    verbose_name = "Audit log"
