"""Values of conditions that only the version knows: managers, villages, occupations; offered by name to whom they concern."""

from __future__ import annotations

from maisui.answers import FIELDS, GroupField
from maisui.answers.groups import listed_values
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import own_numbers
from maisui.web.pages.overview.words import namer


def values_of(gateway: Gateway, field: GroupField) -> list[tuple[str, str]]:
    """Return the values of a condition with their names, by name: of customers at home in the viewer's organisations."""
    if not field.listing:
        return []
    seen = {node.code for node in gateway.organisations(_permission(gateway))}
    rows = gateway.shared(("group_values", field.code), lambda reader: listed_values(reader, field))
    staff = namer(gateway, "manager")
    found = {
        value: str(staff(value)) if field.code == "manager" else f"{name} {value}" if name else value
        for value, name, home in rows
        if home in seen
    }
    return sorted(found.items(), key=lambda one: (one[1], one[0]))


def names_said(gateway: Gateway) -> dict[str, str]:
    """Return how organisations (by code) and values of such conditions (by `field:value`) are called in the sentences of rules.

    Banks code schooling, occupation and outlets alike: a value is named within its field only. The viewer is named under every number of
    his, whichever of them his customers are assigned to.
    """
    said = {f"{field.code}:{value}": name for field in FIELDS.values() for value, name in values_of(gateway, field)}
    for own in own_numbers(gateway):
        said.setdefault(f"manager:{own}", str(namer(gateway, "manager")(own)))
    return said | {node.code: node.name for node in gateway.organisations(_permission(gateway))}


def _permission(gateway: Gateway) -> Permission:
    return Permission.CUSTOMER_VIEW if gateway.may(Permission.CUSTOMER_VIEW) else Permission.FIGURE_VIEW
