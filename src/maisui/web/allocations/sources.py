"""From which state of the published version a proposal is drawn: accounts to claim, and what somebody holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maisui.answers.allocations import accounts_named, held_objects, objects_of_customers, places_of, shares_by_village, shares_on
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.allocations.holdings import Held
from maisui.web.gateway import Gateway


def accounts_to_claim(gateway: Gateway, numbers: Sequence[str], valid_from: date | None) -> list[Held]:
    """Return the accounts with who holds them: on `valid_from`, or now where they are to count from the day they were opened.

    Raises:
        NotVisibleError: when one of them does not exist.
    """
    with gateway.reader() as reader:
        known = accounts_named(reader, numbers)
        if set(known) != set(numbers):
            raise NotVisibleError("there is no such account", where="allocations", next_step="choose from the list")
        now = shares_on(reader, [one.holding for one in known.values()], valid_from or reader.manifest.reporting_date)
    return [
        Held(one.holding, one.organisation_code, one.customer_number, valid_from or one.valid_from, now[one.holding], {})
        for one in (known[number] for number in dict.fromkeys(numbers))
    ]


def objects_handed_over(gateway: Gateway, customers: Sequence[str], valid_from: date) -> list[Held]:
    """Return by what customers are looked after, with who does so on `valid_from`: whoever is assigned to them, else to their village.

    Raises:
        NotVisibleError: when one of the customers does not exist.
    """
    with gateway.reader() as reader:
        found = objects_of_customers(reader, customers, valid_from)
        places, before = places_of(reader, found), shares_on(reader, found, valid_from)
        by_village = shares_by_village(reader, [one for one in found if not before[one]], valid_from)
    if set(customers) - {one.object_number for one in found if one.object_kind == "customer"}:
        raise NotVisibleError("there is no such customer", where="allocations", next_step="choose from the list")
    return [Held(one, *places[one], valid_from, before[one] or by_village.get(one, {}), {}) for one in found]


def objects_of_giver(gateway: Gateway, givers: Sequence[str], valid_from: date | None, accounts: Sequence[str] | None) -> list[Held]:
    """Return what `givers` hold from `valid_from` on, or from the beginning: everything, or the accounts named.

    What is assigned for a later day is handed over from that day.
    """
    gateway.require(Permission.ALLOCATION_PROPOSE)
    if accounts is not None:
        return [one for one in accounts_to_claim(gateway, accounts, valid_from) if set(one.before) & set(givers)]
    with gateway.reader() as reader:
        day = valid_from or reader.manifest.reporting_date
        found = held_objects(reader, givers, day)
        places = places_of(reader, [one.holding for one in found])
        held: list[Held] = []
        by_day: dict[date, list[int]] = {}
        for one in found:
            state_day = max(day, one.valid_from)
            organisation, customer = places[one.holding]
            by_day.setdefault(state_day, []).append(len(held))
            held.append(Held(one.holding, organisation, customer, one.valid_from if valid_from is None else state_day, {}, {}))
        for state_day, positions in by_day.items():
            shares = shares_on(reader, [held[position].holding for position in positions], state_day)
            for position in positions:
                one = held[position]
                held[position] = Held(one.holding, one.organisation_code, one.customer_number, one.day, shares[one.holding], {})
    return held
