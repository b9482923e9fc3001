"""The Django app of campaigns, under the label `campaigns`."""

from __future__ import annotations

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns with the customers assigned to them."""

    name = "maisui.web.campaigns"
    label = "campaigns"
    verbose_name = "Campaigns"
