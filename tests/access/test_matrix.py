"""Every address × every method × every role and a stranger, against a table that people read and review."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from web_home import BRANCH, SIGN_IN, browser_of, make_person

from maisui.web.access.permissions import ROLES, permissions_of

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FILLED = {
    "<str:reference>": "nobody", "<str:username>": "nobody", "<str:file_id>": "0000000000000000", "<int:number>": "999999", "<uuid:job>": "00000000-0000-0000-0000-000000000000",
    "<code>": "deposit_balance", "<str:code>": "deposit_balance", "<str:feed>": "target", "<str:form>": "xlsx", "<str:kind>": "household",
    "<number>": "999999", "<view>": "value",
}  # fmt: skip
REFUSED_METHOD = 405


def routes() -> Iterator[tuple[str, str]]:
    """Yield name and address of every route there is, with something in the place of each parameter."""
    from django.urls import URLResolver, get_resolver

    def walk(resolver, before: str) -> Iterator[tuple[str, str]]:
        for pattern in resolver.url_patterns:
            address = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, address)
            else:
                for written, value in FILLED.items():
                    address = address.replace(written, value)
                yield pattern.name, f"/{address}"

    yield from walk(get_resolver(), "")


@cache
def expected() -> dict[str, tuple[str, frozenset[str]]]:
    """Return who may use each route, and with which methods."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for line in Path(__file__).with_name("expected_access.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, who, *methods = line.split()
            found[name] = who, frozenset(m for word in methods for m in (("GET", "HEAD") if word == "safe" else (word,)))
    return found


def test_every_route_stands_in_the_table_and_every_line_is_a_route() -> None:
    assert {name for name, _ in routes()} == set(expected())


def test_every_parameter_of_a_route_is_filled() -> None:
    assert [address for _, address in routes() if "<" in address] == []


def ask(client: Client, method: str, address: str) -> int:
    """Return the status with which a method at an address is answered."""
    return client.generic(method, address, b"").status_code


def led_away_or_refused(client: Client, method: str, address: str) -> bool:
    """Tell whether an address leads to sign-in, or takes no such method from anybody."""
    answer = client.generic(method, address, b"")
    return answer.status_code == REFUSED_METHOD or (answer.status_code == 302 and answer["Location"].startswith(SIGN_IN))


def test_a_stranger_is_led_to_sign_in_and_nowhere_else() -> None:
    wrong: list[str] = []
    for name, address in routes():
        who, methods = expected()[name]
        for method in METHODS:
            if who == "open":
                is_right = method not in methods or ask(Client(), method, address) < 500
            elif who == "token":
                is_right = ask(Client(), method, address) in (401, 404, REFUSED_METHOD)
            else:
                is_right = led_away_or_refused(Client(), method, address)
            if not is_right:
                wrong.append(f"{method} {name}")
    assert not wrong, "\n".join(wrong)


WHOLE_ENTITY_ONLY = {"data_view", "data_release", "ticket_handle"}
"""Permissions that count only at the whole entity: delivered files are not cut by organisation."""


@pytest.mark.parametrize(
    ("role", "scope"), [(role.code, scope) for role in ROLES for scope in ("", BRANCH) if not (scope and role.is_administrator)]
)
def test_each_cell_of_a_role_is_as_the_table_says(role: str, scope: str) -> None:
    person = make_person("somebody", (role, scope))
    carried = {permission.value for permission in permissions_of((role,))}
    held = carried - (WHOLE_ENTITY_ONLY if scope else set())
    wrong: list[str] = []
    cells = 0
    table = expected()
    client = browser_of(person)
    for name, address in routes():
        who, methods = table[name]
        for method in METHODS:
            status = ask(client, method, address)
            if method == "POST" and who in ("open", "signed-in"):
                client = browser_of(person)  # the address may have ended the session, which is its purpose
            cells += 1
            if who == "token":
                is_right = status in (401, 404, REFUSED_METHOD)
            elif who not in ("open", "signed-in") and who not in held:
                is_right = status == 403 if method in methods else status in (403, REFUSED_METHOD)
            elif method in methods:
                is_right = status < 500 and status not in (401, REFUSED_METHOD)
            else:
                is_right = status in (REFUSED_METHOD, 403)
            if not is_right:
                wrong.append(f"{method} {name}: {status}")
    assert cells == len(list(routes())) * len(METHODS)
    assert not wrong, "\n".join(wrong)


def test_a_user_without_a_role_sees_nothing_but_his_own_account() -> None:
    person = make_person("somebody")
    client = browser_of(person)
    for name, address in routes():
        who, _ = expected()[name]
        if who not in ("open", "signed-in", "token"):
            assert ask(client, "GET", address) == 403, name


def test_reading_changes_nothing() -> None:
    """GET of every address leaves the operational database as it was, but for records of what was looked at and the session's own clock."""
    from django.apps import apps

    kept = ("audit_record", "django_session", "usersessions_usersession", "web_cache")
    models = [model for model in apps.get_models() if model._meta.db_table not in kept]

    def state() -> dict[str, int]:
        return {model._meta.db_table: model._default_manager.count() for model in models}

    person = make_person("somebody", ("bank_president", ""))
    client = browser_of(person)
    before = state()
    for name, address in routes():
        if name != "account_logout":
            client.get(address)
    assert state() == before


def test_forms_of_other_sites_are_refused() -> None:
    person = make_person("somebody", ("security_administrator", ""))
    for name, address in routes():
        who, methods = expected()[name]
        if "POST" in methods and who != "token":
            client = browser_of(person, enforce_csrf_checks=True)
            assert ask(client, "POST", address) == 403, name
