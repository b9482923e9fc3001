"""How fresh and how sound the published figures are: what a page's stamp says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maisui.warehouse.version import Control, Manifest


@dataclass(frozen=True, slots=True)
class Freshness:
    """The published version in a few facts."""

    version: str
    reporting_date: date
    first_date: date
    last_delivery_on: date | None
    published_at: str
    code_version: str
    parameter_version: str
    controls: tuple[Control, ...]

    @property
    def tie_outs_ok(self) -> bool:
        """Return whether no control of the version has a violation."""
        return not any(control.violations for control in self.controls)

    @property
    def is_stale(self) -> bool:
        """Return whether the reporting date lies after the last delivery: later days only carry it forward."""
        return self.last_delivery_on is None or self.last_delivery_on < self.reporting_date


def freshness(manifest: Manifest) -> Freshness:
    """Return the stamp of the version that `manifest` names."""
    return Freshness(
        manifest.version,
        manifest.reporting_date,
        manifest.first_date,
        manifest.last_delivery_on,
        manifest.published_at,
        manifest.code_version,
        manifest.parameter_version,
        manifest.controls,
    )
