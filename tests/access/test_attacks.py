"""Attacks that once worked, or that somebody will try: each is repeated here as it was carried out."""

from __future__ import annotations

import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from web_home import BRANCH, OTHER_BRANCH, PASSWORD, SIGN_IN, is_signed_in, make_person, sign_in, token_of

pytestmark = pytest.mark.django_db
HARDLY_NUMBERS = ["9" * 5000, "99999999999999999999", "00000", "-1", "٣", "1_0", "1\x00", "NaN"]
ADMINISTRATORS = {"/users/": "security_administrator", "/audit/": "audit_administrator", "/jobs/": "system_administrator"}


def audited(action: str) -> list[tuple[str, str]]:
    """Return name and result of every record of an action."""
    from maisui.web.audit.models import AuditRecord

    return list(AuditRecord.objects.filter(action=action).order_by("sequence").values_list("object_id", "result"))


def tried(name: str, password: str, source: str = "127.0.0.1") -> int:
    """Try to sign in from a source and return the status."""
    return Client().post(SIGN_IN, {"login": name, "password": password}, REMOTE_ADDR=source).status_code


# numbers, days and bytes that are none


@pytest.mark.parametrize("path", ["/overview/", "/customers/", "/users/", "/audit/", "/jobs/"])
def test_a_number_of_five_thousand_digits_is_no_page(client: Client, path: str) -> None:
    sign_in(client, make_person("somebody", (ADMINISTRATORS.get(path, "bank_president"), "")))
    for number in HARDLY_NUMBERS:
        assert client.get(path, {"page": number}).status_code == 200, number[:20]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0000-00-00", "99999-01-01", "10000101"])
@pytest.mark.parametrize("part", ["", "&part=explain", "&period=year&compare=previous_day,year_start,same_date_last_year"])
def test_days_at_the_end_of_time_are_out_of_the_history(client: Client, day: str, part: str) -> None:
    sign_in(client, make_person("somebody", ("bank_president", "")))
    for path in ("/overview/", "/overview/export.xlsx"):
        assert client.get(f"{path}?date={day}{part}").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/overview/%00",
        "/%ff%fe/",
        "/customers/%ff/",
        "/customers/%00/",
        "/static/..%2f..%2fsettings/__init__.py",
        "/static/%00",
        "/overview/..;/users/",
    ],
)
def test_addresses_of_bytes_that_are_no_text_do_not_exist(client: Client, path: str) -> None:
    sign_in(client, make_person("somebody", ("bank_president", "")))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", ["9" * 30, "9" * 4000, "9" * 5000])
def test_numbers_beyond_any_key_are_nobody_s(client: Client, number: str) -> None:
    make_person("target", ("teller", BRANCH), second_factor=False)
    sign_in(client, make_person("guard", ("security_administrator", "")))
    for path in (
        "/users/person/target/grant/{}/end/",
        "/users/person/target/session/{}/end/",
        "/account/session/{}/end/",
        "/account/token/{}/revoke/",
    ):
        assert client.post(path.format(number)).status_code in (302, 404)


# too much of anything


def test_a_body_larger_than_any_form_is_refused_before_it_is_read(client: Client) -> None:
    sign_in(client, make_person("somebody", ("bank_president", "")))

    def unread(*_arguments: object) -> bytes:
        raise AssertionError("the body was read")

    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=xx", "application/json"):
        for someone in (client, Client()):
            with patch("django.http.request.HttpRequest._load_post_and_files", unread):
                answer = someone.generic("POST", SIGN_IN, b"", content_type=kind, CONTENT_LENGTH=str(60_000_000))
            assert answer.status_code == 413
            assert "Content-Security-Policy" in answer.headers
    assert client.get("/overview/", {"a": ["1"] * 5000}).status_code == 400


def test_refusals_carry_the_policy_too() -> None:
    for method in ("PUT", "DELETE", "TRACE", "PROPFIND"):
        answer = Client().generic(method, SIGN_IN)
        assert answer.status_code == 405
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"


def test_answers_of_many_lines_do_not_fill_the_memory() -> None:
    from types import SimpleNamespace

    from maisui.web.answer_cache import AnswerCache

    cache, computed = AnswerCache(most=100, most_rows=1000), []

    def answer(key: int, lines: int) -> int:
        return len(cache.get(key, lambda: computed.append(key) or SimpleNamespace(rows=(0,) * lines)).rows)

    for key in range(20):
        assert answer(key, 400) == 400
    assert len(cache._found) == 2
    assert answer(99, 5000) == 5000, "too large to be kept, and answered nevertheless"
    assert 99 not in cache._found
    assert len(cache._found) == 2, "what everybody else has asked stays"
    for key in range(1000, 1200):
        answer(key, 1)
    assert len(cache._found) == 100
    assert cache._rows == 100
    computed.clear()
    answer(1199, 1)
    assert computed == []


def test_an_answer_of_the_interface_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web.api import figures

    user = make_person("program", ("bank_president", "")).user
    token = token_of(user, "figure_view")
    monkeypatch.setattr(figures, "MOST_ROWS", 1)
    for split, status in (("organisation", 400), ("", 200)):
        query = {"by": split} if split else {}
        assert Client().get("/api/figures/deposit_balance", query, headers={"Authorization": f"Bearer {token}"}).status_code == status


# passwords and codes


@pytest.mark.parametrize("seconds_early", [0, 30])
def test_a_code_opens_once_for_as_long_as_it_is_right(seconds_early: int) -> None:
    from maisui.web.staff.second_factor import code_at

    person = make_person("president1", ("bank_president", ""))
    code = code_at(person.secret, time.time() + seconds_early)
    opened = []
    for seconds in (0, 31):
        with patch("django.core.cache.backends.db.tz_now", lambda seconds=seconds: timezone.now() + timedelta(seconds=seconds)):
            client = Client()
            client.post(SIGN_IN, {"login": "president1", "password": PASSWORD})
            client.post("/sign-in/code/", {"code": code})
            opened.append(is_signed_in(client))
    assert opened == [True, False]


def test_one_source_cannot_shut_somebody_out_everywhere() -> None:
    make_person("teller1", ("teller", BRANCH), second_factor=False)
    for _ in range(70):
        tried("teller1", "Wrong-password-1", "10.9.9.9")
    assert tried("teller1", PASSWORD, "10.9.9.9") == 429
    assert tried("teller1", PASSWORD, "10.1.1.1") == 302


def test_no_header_makes_a_source_look_like_another() -> None:
    make_person("teller1", ("teller", BRANCH), second_factor=False)
    for number in range(5):
        names = ("X-Forwarded-For", "X-Real-IP", "Client-IP", "True-Client-IP")
        headers = dict.fromkeys(names, f"10.9.{number}.1") | {"Forwarded": f"for=10.9.{number}.1"}
        Client().post(SIGN_IN, {"login": "teller1", "password": "Wrong-password-1"}, headers=headers)
    assert tried("teller1", PASSWORD) == 429


def test_a_password_is_not_guessed_where_it_is_changed(client: Client) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    sign_in(client, make_person("teller1", ("teller", BRANCH), second_factor=False))
    checked, verify = [], Argon2PasswordHasher.verify
    with patch.object(Argon2PasswordHasher, "verify", lambda hasher, typed, kept: checked.append(typed) or verify(hasher, typed, kept)):
        for number in range(9):
            form = {"oldpassword": f"Wrong-{number}", "password1": "Another-grain-77", "password2": "Another-grain-77"}
            client.post("/sign-in/password/", form)
    assert sum(typed.startswith("Wrong-") for typed in checked) <= 5
    assert audited("sign_in").count(("teller1", "failed")) >= 4
    assert audited("sign_in_lock_out")
    client.post("/sign-in/password/", {"oldpassword": PASSWORD, "password1": "Another-grain-77", "password2": "Another-grain-77"})
    assert audited("password_change") == []


def test_a_code_is_not_guessed_where_it_is_asked_again(client: Client) -> None:
    person = make_person("president1", ("bank_president", ""))
    sign_in(client, person)
    for _ in range(6):
        client.post("/sign-in/code/again/", {"code": "000000"})
    assert [result for _, result in audited("second_factor")] == ["failed"] * 5 + ["refused"]


# what was taken out before a right went


@pytest.mark.parametrize("before", ["", BRANCH])
def test_an_export_of_all_one_might_is_not_fetched_by_who_may_less_today(client: Client, before: str) -> None:
    from maisui.answers import Period
    from maisui.web.exports import jobs

    person = make_person("owner", ("bank_president", before))
    job = jobs.ask_for_figures(jobs.gateway_of(person.user), person.user, organisation=None, day=None, period=Period.MONTH)
    jobs.make_export.call(str(job.pk))
    sign_in(client, person)
    assert client.get(f"/jobs/export/{job.pk}.xlsx").status_code == 200
    person.user.grants.update(organisation_code=OTHER_BRANCH)
    assert client.get(f"/jobs/export/{job.pk}.xlsx").status_code == 404
    person.user.grants.update(organisation_code="")
    assert client.get(f"/jobs/export/{job.pk}.xlsx").status_code == 200


@pytest.mark.parametrize("way", ["reset", "reset with the second factor", "disable and enable"])
def test_a_token_made_by_a_thief_does_not_outlive_the_renewal_of_access(way: str) -> None:
    from maisui.web.actions.users import disable_user, enable_user, reset_password
    from maisui.web.audit.actor import operator

    user = make_person("owner", ("bank_president", "")).user
    token = token_of(user, "figure_view")
    assert Client().get("/api/freshness", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    if way.startswith("reset"):
        reset_password(by=operator(), user=user, with_second_factor=way != "reset")
    else:
        disable_user(by=operator(), user=user)
        enable_user(by=operator(), user=user)
    assert Client().get("/api/freshness", headers={"Authorization": f"Bearer {token}"}).status_code == 401


# names that are scripts

POISON = "\"'><svg/onload=alert(1)></script><script>alert(2)</script>"
READ = {
    "bank_president": ("/overview/", "/overview/?part=explain", "/overview/?part=children", "/customers/", "/account/", "/jobs/", f"/overview/?metric={POISON}"),
    "security_administrator": ("/users/", "/users/person/somebody/", "/users/review/", f"/users/?q={POISON}"),
    "audit_administrator": ("/audit/", f"/audit/?actor={POISON}", f"/audit/?object={POISON}"),
}  # fmt: skip


@pytest.mark.parametrize("role", READ)
def test_names_that_are_scripts_are_shown_and_not_run(client: Client, settings, role: str) -> None:
    from dataclasses import replace

    from maisui.web.gateway import Gateway

    named = Gateway.organisations
    settings.HOME = replace(settings.HOME, name_zh=POISON, name_en=POISON)
    person = make_person("somebody", (role, ""))
    person.user.name = POISON
    person.user.save()
    sign_in(client, person)
    with (
        patch.object(
            Gateway, "organisations", lambda *asked, **more: tuple(replace(node, name=POISON + node.code) for node in named(*asked, **more))
        ),
        patch("maisui.web.pages.users.person.known_organisations", lambda: {BRANCH: POISON}),
    ):
        for path in READ[role]:
            for headers in ({}, {"HX-Request": "true", "HX-Request-Type": "partial"}):
                page = client.get(path, headers=headers).content.decode()
                assert "&lt;svg/onload" in page, path
                assert "<svg/onload" not in page, path
                assert "<script>alert" not in page, path
