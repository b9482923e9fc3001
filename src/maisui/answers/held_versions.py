"""Versions that stay beyond the retention: those on which settlements rest, so that each can be reckoned again from its own."""

from __future__ import annotations

from collections.abc import Collection

from maisui.errors import StorageError
from maisui.warehouse.durable import write_durably
from maisui.warehouse.home import HELD_VERSIONS, Home


def hold_versions(home: Home, versions: Collection[str]) -> None:
    """Have `versions`, and no others, kept by every batch from now on; one that is gone already does not come back.

    Raises:
        StorageError: when the home cannot be written.
    """
    if home.held_versions == frozenset(versions):
        return
    try:
        write_durably(home.path / HELD_VERSIONS, "".join(f"{version}\n" for version in sorted(versions)))
    except OSError as error:
        raise StorageError(
            f"the versions of settlements cannot be held: {error.strerror}",
            where=str(home.path / HELD_VERSIONS),
            next_step="give the service the right to write there",
        ) from error
