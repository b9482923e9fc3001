"""What each tab of a customer's page reads: only what it shows, masked, and who else is shown on it.

Other customers stand there masked where the viewer may see them; those at home elsewhere are only counted, or stay without name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.conf import settings

from maisui.answers import CustomerProfile, CustomerValue
from maisui.answers.customer_changes import CustomerChanges, customer_changes
from maisui.answers.customer_channels import customer_channels
from maisui.answers.customer_characteristics import (
    CustomerCharacteristic,
    characteristic_thresholds,
    customer_characteristics,
    firms_among,
)
from maisui.answers.customer_holdings import CustomerHoldings, CustomerMonthEnd, customer_holdings, customer_months
from maisui.answers.customer_loyalty import CustomerLoyalty, customer_loyalty
from maisui.answers.customer_relations import NamedParty, Relation, customer_relations, parties, path_between
from maisui.answers.customer_risk import CustomerRisk, Guarantee, customer_risk
from maisui.answers.customer_timeline import customer_timeline
from maisui.answers.customer_transactions import TransactionPage, TransactionQuery, customer_transactions
from maisui.answers.customer_value import customer_value
from maisui.answers.next_products import CustomerOffers, offers_of_customer
from maisui.answers.same_person import household_members, other_numbers
from maisui.answers.worth import CustomerWorth, worth_of_customer
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of, seal, unseal
from maisui.web.customers.shown import Masks, ShownMember, ShownNumber, shown_member, shown_number

TWO_YEARS = 24
_ACCOUNT = "account"


class Tab(StrEnum):
    """One tab of a customer's page."""

    OVERVIEW = "overview"
    HOLDINGS = "holdings"
    TRANSACTIONS = "transactions"
    CHARACTERISTICS = "characteristics"
    VALUE = "value"
    CHANNELS = "channels"
    RISK = "risk"
    RELATIONS = "relations"
    ARCHIVE = "archive"
    TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a tab asks for beside the tab: how transactions are narrowed, and to whom a path leads."""

    transactions: TransactionQuery = field(default_factory=TransactionQuery)
    path_to: str | None = None


NOTHING_ASKED = Asked()


@dataclass(slots=True)
class Look:
    """One look at a customer: what it is read with, and who else was shown, for the record."""

    reader: Any
    profile: CustomerProfile
    masks: Masks
    permissions: frozenset[Permission]
    covers: Callable[[str], bool]
    asked: Asked
    also_shown: dict[str, list[str]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """Return the customer's number."""
        return self.profile.customer_number

    def note(self, name: str, numbers: list[str]) -> None:
        """Keep whose numbers stand on the page."""
        if numbers:
            self.also_shown[name] = sorted(set(numbers))


@dataclass(frozen=True, slots=True)
class ShownParty:
    """Another customer, masked; `home_organisation_name` tells where he is at home."""

    reference: str
    customer_number: str
    customer_name: str
    customer_kind: str
    home_organisation_name: str


@dataclass(frozen=True, slots=True)
class OverviewTab:
    """What changed, what is recognised, balances of two years, and who else the customer is."""

    changes: CustomerChanges
    characteristics: tuple[CustomerCharacteristic, ...]
    months: tuple[CustomerMonthEnd, ...]
    other_numbers: tuple[ShownNumber, ...]
    numbers_elsewhere: int
    household: tuple[ShownMember, ...]
    household_elsewhere: int


@dataclass(frozen=True, slots=True)
class HoldingsTab:
    """What the customer holds, account numbers masked, his assets at the ends of two years of months, and what he may be offered next."""

    holdings: CustomerHoldings
    months: tuple[CustomerMonthEnd, ...]
    offers: CustomerOffers | None


@dataclass(frozen=True, slots=True)
class TransactionsTab:
    """One page of transactions, masked; `accounts` pairs the sealed reference of each account with its masked number."""

    found: TransactionPage
    accounts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CharacteristicsTab:
    """What is recognised, payers masked unless they are firms of the bank, and the thresholds in force."""

    found: tuple[CustomerCharacteristic, ...]
    thresholds: dict[str, str]


@dataclass(frozen=True, slots=True)
class ValueTab:
    """What the customer is worth, what is expected of him with the standing and facts behind it, and how loyal he is."""

    value: CustomerValue | None
    worth: tuple[CustomerWorth, Any, dict[str, Any]] | None
    loyalty: CustomerLoyalty


@dataclass(frozen=True, slots=True)
class RiskTab:
    """Loans, instalments, classes and groups, loan numbers masked; guarantees with their other side where it may be seen."""

    risk: CustomerRisk
    guarantees: tuple[tuple[Guarantee, ShownParty | None], ...]


@dataclass(frozen=True, slots=True)
class ShownRelation:
    """One relation with somebody the viewer may see; `party` is None on a path through somebody at home elsewhere."""

    relation: Relation
    party: ShownParty | None


@dataclass(frozen=True, slots=True)
class RelationsTab:
    """Whom the customer is connected with; `path` is None where none was asked or found."""

    relations: tuple[ShownRelation, ...]
    elsewhere: int
    path_to: ShownParty | None
    is_path_asked: bool
    path: tuple[ShownRelation, ...] | None


def account_reference(account_number: str) -> str:
    """Return how addresses name an account of this bank."""
    return seal(account_number, purpose=_ACCOUNT, holder=settings.HOME.legal_entity_code)


def account_of(reference: str) -> str | None:
    """Return the account an address names; None when it names none."""
    return unseal(reference, purpose=_ACCOUNT, holder=settings.HOME.legal_entity_code)


def _overview(look: Look) -> OverviewTab:
    numbers = [(other, look.covers(other.home_organisation_code)) for other in other_numbers(look.reader, look.number)]
    members = [(member, look.covers(member.home_organisation_code)) for member in household_members(look.reader, look.number)]
    seen_numbers = [other for other, is_seen in numbers if is_seen]
    seen_members = [member for member, is_seen in members if is_seen]
    look.note("other_numbers", [other.customer_number for other in seen_numbers])
    look.note("household", [member.customer_number for member in seen_members])
    return OverviewTab(
        changes=customer_changes(look.reader, look.number),
        characteristics=_masked_characteristics(look),
        months=customer_months(look.reader, look.number, TWO_YEARS),
        other_numbers=tuple(shown_number(other, look.permissions) for other in seen_numbers),
        numbers_elsewhere=len(numbers) - len(seen_numbers),
        household=tuple(shown_member(member, look.permissions) for member in seen_members),
        household_elsewhere=len(members) - len(seen_members),
    )


def _holdings(look: Look) -> HoldingsTab:
    found = customer_holdings(look.reader, look.number)
    masked = tuple(replace(one, account_number=look.masks("account_number", one.account_number)) for one in found.accounts)
    offers = offers_of_customer(look.reader, settings.HOME.path, look.number)
    return HoldingsTab(replace(found, accounts=masked), customer_months(look.reader, look.number, TWO_YEARS), offers)


def _transactions(look: Look) -> TransactionsTab:
    found = customer_transactions(look.reader, look.number, look.asked.transactions)
    masked = tuple(
        replace(
            row,
            account_number=look.masks("account_number", row.account_number),
            counterparty_name=_name_of_stranger(look, row.counterparty_name),
            counterparty_account=look.masks("counterparty_account", row.counterparty_account) or None,
        )
        for row in found.rows
    )
    accounts = tuple((account_reference(number), look.masks("account_number", number)) for number in found.accounts)
    return TransactionsTab(replace(found, rows=masked, accounts=()), accounts)


def _characteristics(look: Look) -> CharacteristicsTab:
    return CharacteristicsTab(_masked_characteristics(look), characteristic_thresholds(look.reader))


def _masked_characteristics(look: Look) -> tuple[CustomerCharacteristic, ...]:
    found = customer_characteristics(look.reader, look.number)
    firms = firms_among(look.reader, [one.counterparty_account for one in found if one.counterparty_account])
    return tuple(
        replace(
            one,
            counterparty_name=one.counterparty_name
            if one.counterparty_account in firms or one.characteristic_code == "school_fee"
            else _name_of_stranger(look, one.counterparty_name),
            counterparty_account=look.masks("counterparty_account", one.counterparty_account) or None,
        )
        for one in found
    )


def _name_of_stranger(look: Look, name: str | None) -> str | None:
    """Return the name of a counterparty of whom nothing is known, masked like a person's even on the page of a firm."""
    return look.masks.of_person("counterparty_name", name) or None


def _value(look: Look) -> ValueTab:
    months = customer_months(look.reader, look.number, TWO_YEARS)
    worth = worth_of_customer(look.reader, settings.HOME.path, look.number)
    return ValueTab(customer_value(look.reader, look.number), worth, customer_loyalty(look.reader, look.number, months))


def _risk(look: Look) -> RiskTab:
    found = customer_risk(look.reader, look.number)
    known = _seen(look, [one.other_number for one in found.guarantees if one.other_number], "guarantees")
    mask = look.masks
    return RiskTab(
        replace(
            found,
            loans=tuple(replace(one, loan_number=mask("loan_number", one.loan_number)) for one in found.loans),
            instalments=tuple(replace(one, loan_number=mask("loan_number", one.loan_number)) for one in found.instalments),
            changes=tuple(replace(one, loan_number=mask("loan_number", one.loan_number)) for one in found.changes),
            guarantees=(),
        ),
        tuple((replace(one, other_number=None), known.get(one.other_number or "")) for one in found.guarantees),
    )


def _relations(look: Look) -> RelationsTab:
    found = customer_relations(look.reader, look.number)
    known = _seen(look, [relation.other_number for relation in found], "relations")
    shown = tuple(
        ShownRelation(replace(relation, other_number=""), known[relation.other_number])
        for relation in found
        if relation.other_number in known
    )
    target, path = None, None
    if look.asked.path_to is not None:
        target = _seen(look, [look.asked.path_to], "path_to").get(look.asked.path_to)
        steps = path_between(look.reader, look.number, look.asked.path_to) if target else None
        if steps is not None:
            people = _seen(look, [step.other_number for step in steps], "path")
            path = tuple(ShownRelation(replace(step, other_number=""), people.get(step.other_number)) for step in steps)
    return RelationsTab(shown, len(found) - len(shown), target, look.asked.path_to is not None, path)


def _timeline(look: Look) -> Any:
    events = customer_timeline(look.reader, look.number)
    return tuple(replace(event, number=look.masks("account_number", event.number) or None) for event in events)


def _seen(look: Look, numbers: list[str], name: str) -> dict[str, ShownParty]:
    """Return those of `numbers` whom the viewer may see, masked, under their numbers."""
    found = {number: party for number, party in parties(look.reader, numbers).items() if look.covers(party.home_organisation_code)}
    look.note(name, list(found))
    return {number: _shown_party(look, party) for number, party in found.items()}


def _shown_party(look: Look, party: NamedParty) -> ShownParty:
    masks = Masks(look.permissions, kind=party.customer_kind, is_revealed=False)
    return ShownParty(
        reference=reference_of(party.customer_number),
        customer_number=masks("customer_number", party.customer_number),
        customer_name=masks("customer_name", party.customer_name),
        customer_kind=party.customer_kind,
        home_organisation_name=party.home_organisation_name,
    )


READERS: dict[Tab, Callable[[Look], Any]] = {
    Tab.OVERVIEW: _overview,
    Tab.HOLDINGS: _holdings,
    Tab.TRANSACTIONS: _transactions,
    Tab.CHARACTERISTICS: _characteristics,
    Tab.VALUE: _value,
    Tab.CHANNELS: lambda look: customer_channels(look.reader, look.number),
    Tab.RISK: _risk,
    Tab.RELATIONS: _relations,
    Tab.ARCHIVE: lambda _: None,
    Tab.TIMELINE: _timeline,
}
"""What each tab reads."""
