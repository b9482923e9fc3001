"""The Django app that brings the shell's templates and template tags."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from maisui.web.components.assets import DIST, MANIFEST


class ComponentsConfig(AppConfig):
    """Shell, partials and template tags, under the label `components`."""

    name = "maisui.web.components"
    label = "components"
    verbose_name = "Components"

    def ready(self) -> None:
        """Let `check` say when scripts and styles have not been built."""
        checks.register(_built_assets)


def _built_assets(**_options: object) -> list[checks.CheckMessage]:
    if (DIST / MANIFEST).exists():
        return []
    return [checks.Warning("the scripts and styles of the pages are not built", hint="run `make setup`", id="maisui.W001")]
