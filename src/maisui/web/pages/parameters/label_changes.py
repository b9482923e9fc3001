"""Who would gain or lose a label with the new value of a threshold: counted for who sees figures, named to who sees customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from maisui.answers import LABEL_BY_CODE
from maisui.answers.customer_relations import parties
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import covers
from maisui.web.customers.shown import Masks
from maisui.web.gateway import Gateway
from maisui.web.text import Text


def label_changes(gateway: Gateway, stored: Mapping[str, Any], proposal: int) -> list[dict[str, Any]]:
    """Return the labels that a stored preview moves, with the customers in the viewer's sight, masked; the look is recorded first."""
    lines = [one for one in stored.get("labels", ()) if one["label"] in LABEL_BY_CODE]
    numbers = {number for one in lines for number in (*one["gained"], *one["lost"])}
    named = _named(gateway, numbers, proposal) if numbers and gateway.may(Permission.CUSTOMER_VIEW) else {}
    return [
        {
            "name": Text(LABEL_BY_CODE[one["label"]].name_zh, LABEL_BY_CODE[one["label"]].name_en),
            "gained_count": one["gained_count"],
            "lost_count": one["lost_count"],
            "gained": _of(named, one["gained"]),
            "lost": _of(named, one["lost"]),
        }
        for one in lines
    ]


def _of(named: Mapping[str, tuple[str, str, str]], numbers: Sequence[str]) -> list[tuple[str, str, str]]:
    return [named[number] for number in numbers if number in named]


def _named(gateway: Gateway, numbers: set[str], proposal: int) -> dict[str, tuple[str, str, str]]:
    """Return reference, masked name and masked number of those at home where the viewer sees customers."""
    with gateway.reader() as reader:
        known = parties(reader, numbers)
    seen = {number: one for number, one in known.items() if covers(gateway, Permission.CUSTOMER_VIEW, one.home_organisation_code)}
    if seen:
        details: dict[str, object] = {"parameter_proposal": proposal, "customers": sorted(seen)}
        record(action="customer_list", by=gateway.actor, object_type="customers", object_id="*", details=details)
    found: dict[str, tuple[str, str, str]] = {}
    for number, one in seen.items():
        masks = Masks(gateway.viewer.permissions, kind=one.customer_kind, is_revealed=False)
        found[number] = (reference_of(number), masks("customer_name", one.customer_name) or "—", masks("customer_number", number))
    return found
