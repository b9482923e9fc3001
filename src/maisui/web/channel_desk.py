"""The desk of channels: customers by channel and terminals, within the organisations of the viewer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from maisui.answers import (
    ChannelCustomers,
    ChannelListQuery,
    Terminals,
    list_channel_customers,
    terminals,
)
from maisui.answers.catchment import Catchment, catchment, catchment_cells
from maisui.answers.channel_adoption import (
    ActiveUsers,
    ChannelAdoption,
    CohortBasis,
    active_cells,
    active_users,
    adoption_cells,
    channel_adoption,
    last_whole_month,
)
from maisui.answers.channel_customers import MOST_ROWS, ElsewhereOutlet, channel_migration, elsewhere_by_outlet, migration_cells
from maisui.answers.counter_staffing import CounterStaffing, counter_staffing
from maisui.answers.institution_netting import InstitutionNet, institution_netting
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.shown import Masks
from maisui.web.merchant_desk import MerchantDesk

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ShownChannelCustomer:
    """One customer of a list, masked; `reference` names him in addresses."""

    reference: str
    customer_number: str
    customer_name: str
    home_organisation_name: str
    use_count: int
    all_count: int
    last_on: date
    other_bank_code: str | None


@dataclass(frozen=True, slots=True)
class ShownChannelList:
    """One page of a list, masked; `found` keeps counts and days, its rows are taken away."""

    found: ChannelCustomers
    pages: int
    rows: tuple[ShownChannelCustomer, ...]


class ChannelDesk(MerchantDesk):
    """What one viewer may ask of channels and merchants; every method raises as the gateway does for an organisation out of sight."""

    def migration(self, organisation: str | None, day: date) -> dict[tuple[str, str], int]:
        """Return how many customers had each main channel in the quarter before and in that up to `day`."""
        outlets, month = self._outlets(organisation), day.replace(day=1)  # alike on all days of a month
        return channel_migration(self._gateway.shared(("migration_cells", month), lambda reader: migration_cells(reader, month)), outlets)

    def terminals(self, organisation: str | None, first_day: date, day: date) -> Terminals:
        """Return the terminals over the months between two days, with what might be done about them."""
        return self._scoped("terminals", organisation, (first_day, day), terminals)

    def elsewhere(self, organisation: str | None, day: date) -> tuple[ElsewhereOutlet, ...]:
        """Return where those are at home who mostly use others' machines in the quarter up to `day`."""
        return self._scoped("elsewhere", organisation, (day,), elsewhere_by_outlet)

    def netting(self, organisation: str | None, first_day: date, day: date) -> tuple[InstitutionNet, ...]:
        """Return what stands between us and each other bank between two days."""
        return self._scoped("netting", organisation, (first_day, day), institution_netting)

    def staffing(self, organisation: str | None, first_day: date, day: date) -> CounterStaffing:
        """Return the counters' hours against their staff between two days."""
        return self._scoped("counter_staffing", organisation, (first_day, day), counter_staffing)

    def adoption(self, organisation: str | None, day: date, basis: CohortBasis, channels: tuple[str, ...]) -> ChannelAdoption:
        """Return how cohorts take some channels up."""
        outlets, key = self._outlets(organisation), ("adoption_cells", last_whole_month(day), basis, channels)
        return channel_adoption(self._gateway.shared(key, lambda reader: adoption_cells(reader, day, basis, channels)), outlets, day)

    def catchment(self, organisation: str | None, first_day: date, day: date) -> Catchment:
        """Return whom the outlets draw on a day, and where their customers' transactions between two days were handled."""
        outlets, key = self._outlets(organisation), ("catchment_cells", first_day, day)
        return catchment(self._gateway.shared(key, lambda reader: catchment_cells(reader, first_day, day)), outlets)

    def active_users(self, organisation: str | None, day: date) -> tuple[ActiveUsers, ...]:
        """Return who used each channel lately."""
        outlets = self._outlets(organisation)
        return active_users(self._gateway.shared(("active_cells", day), lambda reader: active_cells(reader, day)), outlets)

    def _outlets(self, organisation: str | None) -> frozenset[str] | None:
        """Return the organisations at or below one that the viewer may see, to cut from what is kept for the whole bank; None is all."""
        return self._gateway.organisations_below(self._gateway.organisation_in_sight(organisation))

    def _scoped(self, name: str, organisation: str | None, words: tuple[Any, ...], question: Callable[..., Found]) -> Found:
        """Return the answer of `question` within what the viewer may see, kept for all who may see that organisation."""
        scoped = self._gateway.organisation_in_sight(organisation)
        return self._gateway.shared((name, scoped, *words), lambda reader: question(reader, scoped, *words))

    def numbers(self, query: ChannelListQuery, most: int, permission: Permission) -> tuple[str, ...]:
        """Return the numbers of a whole list for whom the viewer holds `permission`, one more than `most` at most; never shown.

        Raises:
            NotAllowedError: when he does not hold it.
            NotVisibleError: when an organisation is not in his scope for that or does not exist.
        """
        self._gateway.require(permission)
        scoped = replace(query, organisations=tops_covered(self._gateway, query.organisations, permission), page=1, size=MOST_ROWS)
        found: list[str] = []
        with self._gateway.reader() as reader:
            listed = list_channel_customers(reader, scoped)
            while listed.rows:
                found += [row.customer_number for row in listed.rows]
                if len(found) > most or len(found) >= listed.total_count:
                    break
                listed = list_channel_customers(reader, replace(scoped, page=listed.page + 1))
        return tuple(found[: most + 1])

    def listed(self, query: ChannelListQuery) -> ShownChannelList:
        """Return one page of a list of customers within the viewer's scope; who is on it is recorded first.

        Raises:
            NotAllowedError: when he may not see customers.
            NotVisibleError: when an organisation is not in his scope or does not exist.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway = self._gateway
        gateway.require(Permission.CUSTOMER_VIEW)
        scoped = replace(query, organisations=tops_covered(gateway, query.organisations))
        found = gateway.cached(("channel_customers", scoped), lambda reader: list_channel_customers(reader, scoped))
        record(
            action="channel_list",
            by=gateway.actor,
            object_type="customers",
            object_id="*" if scoped.organisations is None else ",".join(scoped.organisations),
            details={
                "kind": scoped.kind.value,
                "found": found.total_count,
                "page": found.page,
                "customers": [row.customer_number for row in found.rows],
            },
        )
        rows: list[ShownChannelCustomer] = []
        for row in found.rows:
            masks = Masks(gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
            rows.append(
                ShownChannelCustomer(
                    reference=reference_of(row.customer_number),
                    customer_number=masks("customer_number", row.customer_number),
                    customer_name=masks("customer_name", row.customer_name),
                    home_organisation_name=row.home_organisation_name,
                    use_count=row.use_count,
                    all_count=row.all_count,
                    last_on=row.last_on,
                    other_bank_code=row.other_bank_code,
                )
            )
        return ShownChannelList(replace(found, rows=()), max(1, -(-found.total_count // scoped.size)), tuple(rows))
