"""What the desk of allocation asks through the gateway: accounts with their shares, in the viewer's sight, recorded and masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from maisui.answers.allocations import UNASSIGNED, Pool, counted_decisions, shared_accounts
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of, seal, unseal
from maisui.web.audit.record import record
from maisui.web.customers.shown import Masks
from maisui.web.own_numbers import own_numbers

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

_PURPOSE = "allocation"


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """An account with the share asked about, masked; `sealed` names it in forms, `customer` its customer in addresses."""

    sealed: str
    account_number: str
    customer: str
    customer_name: str
    account_kind: str
    organisation_name: str
    opened_on: date
    currency: str
    balance: Decimal
    result_share: Decimal
    part: Decimal
    rule_code: str
    decision_number: int | None


@dataclass(frozen=True, slots=True)
class ShownAccounts:
    """One page of accounts, with the sums of all of them."""

    pool: Pool
    rows: tuple[ShownAccount, ...]


def pool_in_sight(gateway: Gateway, *, account_kind: str, page: int, size: int) -> ShownAccounts:
    """Return one page of what belongs to nobody in the viewer's organisations.

    Raises:
        NotAllowedError: when he may not propose allocations.
        AuditUnavailableError: when the look cannot be recorded.
    """
    return _accounts(gateway, (UNASSIGNED,), account_kind=account_kind, page=page, size=size)


def accounts_of(gateway: Gateway, employees: Sequence[str], *, page: int, size: int) -> ShownAccounts:
    """Return one page of the accounts of which somebody has a share: one's own, or others' where the viewer sees people's performance.

    Raises:
        NotAllowedError: when he may not propose allocations.
        AuditUnavailableError: when the look cannot be recorded.
    """
    is_own = not own_numbers(gateway).isdisjoint(employees)
    if not is_own:
        gateway.require(Permission.PERFORMANCE_VIEW)
    return _accounts(gateway, employees, account_kind="", page=page, size=size, of_others=not is_own)


def sealed_account(gateway: Gateway, number: str) -> str:
    """Return how forms of this viewer name an account."""
    return seal(number, purpose=_PURPOSE, holder=gateway.viewer.username)


def opened_accounts(gateway: Gateway, sealed: Sequence[str]) -> list[str]:
    """Return the accounts that a form of this viewer names; what was not sealed for him is nobody's account."""
    return [unseal(one, purpose=_PURPOSE, holder=gateway.viewer.username) or "" for one in sealed]


def decisions_counted(gateway: Gateway) -> dict[int, tuple[int, int]]:
    """Return for each decision in the published version how many lines are in force and how many refused."""
    return gateway.published("counted_decisions", counted_decisions, default={})


def masked_number(gateway: Gateway, object_kind: str, number: str) -> str:
    """Return the number of an object as it is shown; a village is nobody's secret."""
    if object_kind == "village":
        return number
    masks = Masks(gateway.viewer.permissions, kind="unknown", is_revealed=False)
    return masks("account_number" if object_kind == "account" else "customer_number", number)


def _accounts(
    gateway: Gateway, employees: Sequence[str], *, account_kind: str, page: int, size: int, of_others: bool = False
) -> ShownAccounts:
    gateway.require(Permission.ALLOCATION_PROPOSE)
    permission = Permission.PERFORMANCE_VIEW if of_others else Permission.ALLOCATION_PROPOSE
    is_whole = gateway.viewer.is_whole_entity(permission)
    names = {node.code: node.name for node in gateway.organisations(permission)}
    places = None if is_whole else frozenset(names)
    found = gateway.cached(
        ("shared_accounts", tuple(employees), places, account_kind, page, size),
        lambda reader: shared_accounts(
            reader, reader.manifest.reporting_date, employees, places, account_kind=account_kind, offset=(page - 1) * size, size=size
        ),
    )
    record(
        action="allocation_list",
        by=gateway.actor,
        object_type="customers",
        object_id=",".join(employees)[:200],
        details={"day": str(found.day), "customers": sorted({line.customer_number for line in found.lines})},
    )
    rows: list[ShownAccount] = []
    for line in found.lines:
        masks = Masks(gateway.viewer.permissions, kind=line.customer_kind, is_revealed=False)
        rows.append(
            ShownAccount(
                sealed_account(gateway, line.account_number),
                masks("account_number", line.account_number),
                reference_of(line.customer_number),
                masks("customer_name", line.customer_name),
                line.account_kind,
                names.get(line.organisation_code, line.organisation_code),
                line.opened_on,
                line.currency,
                line.balance,
                line.result_share,
                line.part,
                line.rule_code,
                line.decision_number,
            )
        )
    return ShownAccounts(found, tuple(rows))
