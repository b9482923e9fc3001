"""The Django app of grants to look into a county, under the label `county_access`."""

from __future__ import annotations

from django.apps import AppConfig


class CountyAccessConfig(AppConfig):
    """Dated grants, asked for by the union and decided by the county."""

    name = "maisui.web.county_access"
    label = "county_access"
    verbose_name = "County access"
