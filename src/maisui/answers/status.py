"""Whether today's figures may be trusted: the published version, its deliveries, tie-outs and quarantine."""

from __future__ import annotations

from dataclasses import dataclass

from maisui.intake import Receipt, receipts
from maisui.warehouse.home import Home
from maisui.warehouse.version import Control, Manifest, current_version, read_manifest


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a home: what readers see and what was delivered; `manifest` is None before the first publication."""

    manifest: Manifest | None
    deliveries: tuple[Receipt, ...]

    @property
    def tie_outs(self) -> tuple[Control, ...]:
        """Return the controls of the published version."""
        return self.manifest.controls if self.manifest else ()


def status(home: Home) -> Status:
    """Return the state of `home`.

    Raises:
        StorageError: when the published version's manifest is damaged.
    """
    current = current_version(home.versions)
    return Status(read_manifest(home.versions, current) if current else None, receipts(raw=home.raw) if home.raw.exists() else ())
