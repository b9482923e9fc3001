"""The Django app of customers, under the label `customers`."""

from __future__ import annotations

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Keeps who unmasked which customer, why and until when."""

    name = "maisui.web.customers"
    label = "customers"
    verbose_name = "Customers"
