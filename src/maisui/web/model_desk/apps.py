"""The Django app of proposed models, under the label `model_desk`."""

from __future__ import annotations

from django.apps import AppConfig


class ModelDeskConfig(AppConfig):
    """Proposed models, who proposed and who approved them."""

    name = "maisui.web.model_desk"
    label = "model_desk"
    verbose_name = "Models in use"
