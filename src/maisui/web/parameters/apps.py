"""The Django app of proposed parameter lines, under the label `parameters`."""

from __future__ import annotations

from django.apps import AppConfig


class ParametersConfig(AppConfig):
    """Proposed parameter lines, who proposed and who approved them."""

    name = "maisui.web.parameters"
    label = "parameters"
    verbose_name = "Parameters"
