"""A published home for tests of the web: the bank of eight accounts, its keys, and Django's settings read from it.

Django has one configuration a process, so every test of the web in a process shares this home; each test has the
operational database to itself and gives it back as it was.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from example_home import run
from mini_bank import deliver, make_home
from scratch import own_copy

if TYPE_CHECKING:
    import pytest
    from django.http import HttpResponse
    from django.test import Client

    from maisui.web.staff.models import StaffUser

LAST_DAY = date(2026, 3, 31)
HEAD, BRANCH, OTHER_BRANCH = "B0", "B1", "B2"
SIGN_IN = "/sign-in/"
PASSWORD = "Mai-sui-2026-grain"  # noqa: S105 - of users that live for one test


@cache
def web_home() -> Path:
    """Return this process's copy of the published home."""
    return own_copy("home", _make_web_home)


def _make_web_home(path: Path) -> None:
    make_home(path)
    deliver(path, LAST_DAY)
    run(path, LAST_DAY)


@cache
def configure() -> None:
    """Let Django read its settings from the home; called by the conftest of every folder of web tests.

    A worker of a run in which files are named inherits the settings of the process that began it.
    """
    if "MAISUI_HOME" not in os.environ or os.environ.get("DJANGO_SETTINGS_MODULE") != "maisui.web.settings":
        from maisui.web.keys import make_keys

        home = web_home()
        make_keys(home)
        os.environ["MAISUI_HOME"] = str(home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "maisui.web.settings"
    django.setup()
    from django.contrib.auth.hashers import Argon2PasswordHasher

    _let_tests_empty_the_audit_log()
    _let_browsers_share_static_files()
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1


def _let_tests_empty_the_audit_log() -> None:
    """Lift the triggers while a test with real commits has its tables emptied."""
    from django.db import connection
    from django.test import TransactionTestCase

    from maisui.web.audit.triggers import create_triggers, drop_triggers

    empty = TransactionTestCase._fixture_teardown

    def lifted(case: TransactionTestCase) -> None:
        drop_triggers(connection)
        empty(case)
        create_triggers(connection)

    TransactionTestCase._fixture_teardown = lifted


def _let_browsers_share_static_files() -> None:
    """Look through the static files once a process: each browser of a test would else do so anew, and there are thousands."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def looked_once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = looked_once


@dataclass
class Person:
    """A user of a test with what he needs to sign in."""

    user: StaffUser
    password: str = PASSWORD
    secret: str = ""
    used: set[str] = field(default_factory=set)

    def code(self) -> str:
        """Return a code of his second factor that he has not used yet: of now, or of the neighbouring half minutes.

        The coming half minute is taken before the past one: it still opens where the half minute ends before the code is read.
        """
        import time

        from maisui.web.staff.second_factor import code_at

        now = time.time()
        for moment in (now, now + 30, now - 30):
            code = code_at(self.secret, moment)
            if code not in self.used:
                self.used.add(code)
                return code
        raise AssertionError("no fresh code left in this half minute")


def make_person(username: str, *holdings: tuple[str, str], second_factor: bool = True, employee_number: str = "") -> Person:
    """Make a user who holds `holdings` (role, organisation), with a password of his own and, by default, a second factor."""
    from allauth.mfa.totp.internal.auth import generate_totp_secret

    from maisui.web.actions.roles import enrol_user
    from maisui.web.audit.actor import operator
    from maisui.web.staff import second_factor as factor

    user = enrol_user(by=operator(), username=username, name=f"测试{username}", employee_number=employee_number, holdings=holdings).user
    user.refresh_from_db()
    user.set_password(PASSWORD)
    user.must_change_password, user.temporary_until = False, None
    user.save()
    person = Person(user)
    if second_factor:
        person.secret = generate_totp_secret()
        factor.enrol(user, person.secret)
    return person


def sign_in(client: Client, person: Person) -> HttpResponse:
    """Sign `person` in through the pages, second factor included, and return the last answer."""
    answer = client.post(SIGN_IN, {"login": person.user.username, "password": person.password})
    if person.secret:
        assert answer.status_code == 302, answer.content.decode()
        answer = client.post(answer["Location"], {"code": person.code()})
    return answer


def browser_of(person: Person, **client: Any) -> Client:
    """Return a browser in which `person` is signed in, without the steps of a sign-in; `client` are settings of Django's test client."""
    from django.test import Client

    browser = Client(**client)
    browser.force_login(person.user, backend="maisui.web.staff.sign_in.StaffBackend")
    return browser


def forget_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test begin without the answers that others of this process were given about the same version."""
    from maisui.web import gateway

    monkeypatch.setattr(gateway._CACHE, "_found", type(gateway._CACHE._found)())


def signed_in_browser(username: str, *holdings: tuple[str, str], employee_number: str = "", language: str = "") -> Client:
    """Return a browser in which a new user is signed in; `language` is what he chose, if any."""
    from django.conf import settings

    browser = browser_of(make_person(username, *holdings, employee_number=employee_number))
    if language:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser


def signed_in(role: str, organisation: str = "", *, username: str = "somebody", employee_number: str = "", language: str = "") -> Client:
    """Return a browser in which a new user who holds one role is signed in."""
    return signed_in_browser(username, (role, organisation), employee_number=employee_number, language=language)


def token_of(user: StaffUser, *scopes: str) -> str:
    """Return the text of a token that `user` makes for himself, as the pages let him; without `scopes` with all that he may give."""
    from maisui.web.actions.access import TOKEN_SCOPES, create_token
    from maisui.web.staff.grants import actor_of

    actor = actor_of(user)
    given = scopes or [scope for scope in TOKEN_SCOPES if scope in actor.permissions]
    return create_token(by=actor, user=user, name="test", scopes=given, days=1)[1]


def is_signed_in(client: Client) -> bool:
    """Tell whether a page that needs sign-in lets this client in."""
    answer = client.get("/account/")
    return not (answer.status_code == 302 and answer["Location"].startswith(SIGN_IN))


def without_tokens(content: bytes) -> bytes:
    """Return a page without what differs on every answer: the tokens against forged forms."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content)
