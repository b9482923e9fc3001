"""Whether today's figures may be trusted: the published version, its deliveries, tie-outs and quarantine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from maisui.answers.tie_outs import TieDay, tie_day, tied_days
from maisui.errors import MaisuiError
from maisui.intake import Receipt, Shrunken, receipts, shrunken
from maisui.sources.of_home import load_sources
from maisui.sources.use import feeds_read, full_feeds
from maisui.warehouse.home import Home
from maisui.warehouse.reader import open_reader
from maisui.warehouse.refusal import Refusal, read_refusal
from maisui.warehouse.version import Control, Manifest, current_version, read_manifest


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a home: what readers see, what was delivered, and the batch that controls have stopped since.

    `manifest` is None before the first publication; `unread` are the feeds, by source and code, that no mapping reads: their files are
    kept and not used. `tie_day` is the last accounting day of the ledger: what of it stands on accounts. `shrunken` are feeds whose last
    full delivery holds far fewer rows than the one before.
    """

    manifest: Manifest | None
    deliveries: tuple[Receipt, ...]
    unread: frozenset[tuple[str, str]] = field(default_factory=frozenset[tuple[str, str]])
    refusal: Refusal | None = None
    tie_day: TieDay | None = None
    shrunken: tuple[Shrunken, ...] = ()

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
    manifest = read_manifest(home.versions, current) if current else None
    found = receipts(raw=home.raw) if home.raw.exists() else ()
    return Status(
        manifest,
        found,
        unread_feeds(home),
        read_refusal(home.entity),
        _last_tie_day(home) if manifest else None,
        shrunken_feeds(
            home,
            ((one.source, one.feed, one.business_date, one.loaded) for one in found if not one.superseded and one.kind != "duplicate"),
        ),
    )


def shrunken_feeds(home: Home, loaded: Iterable[tuple[str, str, date, int]]) -> tuple[Shrunken, ...]:
    """Return the feeds of a home that shrank; none where a source folder has become faulty since, which `maisui check` tells."""
    try:
        return shrunken(loaded, full_feeds(load_sources(home)))
    except MaisuiError:
        return ()


def _last_tie_day(home: Home) -> TieDay | None:
    with open_reader(home.versions, home.parts, tables=("subject_coverage", "ledger_tie", "loan_tie")) as reader:
        days = tied_days(reader)
        return tie_day(reader, days[0].day) if days else None


def unread_feeds(home: Home) -> frozenset[tuple[str, str]]:
    """Return the feeds that no mapping reads; none where a source folder has become faulty since, which `maisui check` tells."""
    try:
        sources = load_sources(home)
    except MaisuiError:
        return frozenset()
    return frozenset((source.code, code) for source in sources for code in set(source.feeds) - feeds_read(source))
