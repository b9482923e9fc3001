"""Signing in: what is asked, what a stranger learns, and when access ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from web_home import BRANCH, PASSWORD, SIGN_IN, is_signed_in, make_person, sign_in, without_tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def teller():
    return make_person("teller1", ("teller", BRANCH), second_factor=False)


@pytest.fixture
def president():
    return make_person("president1", ("bank_president", ""))


def actions(name: str) -> list[tuple[str, str, str]]:
    from maisui.web.audit.models import AuditRecord

    rows = AuditRecord.objects.filter(action=name).order_by("sequence")
    return list(rows.values_list("actor_username", "object_id", "result"))


def test_the_right_password_lets_in_and_is_recorded(client, teller):
    answer = sign_in(client, teller)

    assert answer.status_code == 302
    assert is_signed_in(client)
    assert actions("sign_in") == [("teller1", "teller1", "allowed")]


def test_the_name_may_be_typed_in_any_case(client, teller):
    client.post(SIGN_IN, {"login": "  TELLER1 ", "password": PASSWORD})
    assert is_signed_in(client)


def test_a_page_without_sign_in_leads_to_sign_in_and_back(client, teller):
    answer = client.get("/account/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(SIGN_IN)

    answer = client.post(answer["Location"], {"login": "teller1", "password": PASSWORD, "next": "/account/"})
    assert answer["Location"] == "/account/"


def test_sign_in_never_leads_to_another_server(client, teller):
    answer = client.post(SIGN_IN, {"login": "teller1", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_a_wrong_password_an_unknown_name_and_a_disabled_user_get_the_same_bytes(client, teller):
    from maisui.web.actions.users import disable_user
    from maisui.web.audit.actor import operator

    gone = make_person("teller2", ("teller", BRANCH), second_factor=False)
    disable_user(by=operator(), user=gone.user)
    pages = []
    for name, password in (("teller1", "Wrong-password-1"), ("nobody1", "Wrong-password-1"), ("teller2", PASSWORD)):
        answer = Client().post(SIGN_IN, {"login": name, "password": password})
        assert answer.status_code == 200
        pages.append(without_tokens(answer.content).replace(name.encode(), b"NAME"))
    assert pages[0] == pages[1] == pages[2]


def test_the_hasher_runs_once_for_known_and_for_unknown_names(client, teller):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    runs = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    counted_encode = patch.object(Argon2PasswordHasher, "encode", lambda *a, **k: runs.append(1) or encode(*a, **k))
    counted_verify = patch.object(Argon2PasswordHasher, "verify", lambda *a, **k: runs.append(1) or verify(*a, **k))
    counts = []
    with counted_encode, counted_verify:
        for name in ("teller1", "nobody1"):
            runs.clear()
            client.post(SIGN_IN, {"login": name, "password": "Wrong-password-1"})
            counts.append(len(runs))
    assert counts == [1, 1]


def test_after_five_failures_even_the_right_password_waits(client, teller):
    for attempt in range(5):
        answer = client.post(SIGN_IN, {"login": "teller1", "password": f"Wrong-password-{attempt}"})
    assert answer.status_code == 429
    locked = client.post(SIGN_IN, {"login": "teller1", "password": PASSWORD})
    assert locked.status_code == 429
    assert not is_signed_in(client)
    assert actions("sign_in_lock_out")

    from axes.models import AccessAttempt

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    client.post(SIGN_IN, {"login": "teller1", "password": PASSWORD})
    assert is_signed_in(client)


def test_an_unknown_name_is_locked_out_with_the_same_bytes(client, teller):
    pages = []
    for name in ("teller1", "nobody1"):
        for _ in range(6):
            answer = client.post(SIGN_IN, {"login": name, "password": "Wrong-password-1"})
        pages.append((answer.status_code, without_tokens(answer.content)))
    assert pages[0] == pages[1]


def test_nobody_locks_somebody_out_from_another_source(client, teller):
    for _ in range(8):
        client.post(SIGN_IN, {"login": "teller1", "password": "Wrong-password-1"}, REMOTE_ADDR="10.9.9.9")
    client.post(SIGN_IN, {"login": "teller1", "password": PASSWORD})
    assert is_signed_in(client)


def test_other_spellings_of_a_name_do_not_dodge_the_lock_out(client, teller):
    for name in ("teller1", "TELLER1", " Teller1", "ｔｅｌｌｅｒ1", "tELLER1"):
        client.post(SIGN_IN, {"login": name, "password": "Wrong-password-1"})
    assert client.post(SIGN_IN, {"login": "teller1", "password": PASSWORD}).status_code == 429


def test_a_password_typed_as_a_name_is_not_kept_in_the_log(client, teller):
    client.post(SIGN_IN, {"login": "Secret-Pass-99!", "password": "x"})
    from maisui.web.audit.models import AuditRecord

    assert not any("Secret-Pass" in str(row) or "secret-pass" in str(row) for row in AuditRecord.objects.values_list())


def test_a_role_that_takes_data_out_needs_a_code(client, president):
    answer = client.post(SIGN_IN, {"login": "president1", "password": PASSWORD})
    assert answer["Location"].startswith("/sign-in/code/")
    assert not is_signed_in(client)

    wrong = client.post(answer["Location"], {"code": "000000"})
    assert wrong.status_code == 200
    assert not is_signed_in(client)

    client.post(answer["Location"], {"code": president.code()})
    assert is_signed_in(client)


def test_a_code_opens_only_once(client, president):
    code = president.code()
    client.post(SIGN_IN, {"login": "president1", "password": PASSWORD})
    client.post("/sign-in/code/", {"code": code})
    assert is_signed_in(client)

    other = Client()
    other.post(SIGN_IN, {"login": "president1", "password": PASSWORD})
    other.post("/sign-in/code/", {"code": code})
    assert not is_signed_in(other)


def test_after_five_wrong_codes_even_the_right_one_waits(client, president):
    client.post(SIGN_IN, {"login": "president1", "password": PASSWORD})
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    client.post("/sign-in/code/", {"code": president.code()})
    assert not is_signed_in(client)
    assert ("president1", "president1", "failed") in actions("second_factor")


def test_the_secret_of_the_second_factor_is_sealed_in_the_database(president):
    from allauth.mfa.models import Authenticator

    assert president.secret not in str(Authenticator.objects.get(user=president.user).data)


def test_without_a_second_factor_such_a_role_is_led_to_enrol_first(client):
    person = make_person("analyst1", ("department_analyst", ""), second_factor=False)
    sign_in(client, person)
    assert client.get("/overview/")["Location"] == "/sign-in/second-factor/"

    page = client.get("/sign-in/second-factor/")
    assert page.status_code == 200
    assert b"data:image/svg+xml" in page.content
    person.secret = re.search(rb"<code>([A-Z2-7]+)</code>", page.content).group(1).decode()
    answer = client.post("/sign-in/second-factor/", {"code": person.code()})
    assert answer["Location"] == "/sign-in/recovery-codes/"
    assert client.get("/sign-in/recovery-codes/").status_code == 200
    assert client.get("/overview/").status_code == 200


def test_a_role_that_needs_the_second_factor_cannot_give_it_up(client, president):
    sign_in(client, president)
    client.post("/sign-in/again/", {"password": PASSWORD})
    client.post("/sign-in/second-factor/remove/")
    from maisui.web.staff.second_factor import is_enrolled

    assert is_enrolled(president.user)


def test_the_session_changes_its_name_at_sign_in(client, teller):
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = True
    session.save()
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, teller)
    assert client.cookies["sessionid"].value != before

    old = Client()
    old.cookies["sessionid"] = before
    assert not is_signed_in(old)


def shift(client: Client, **minutes: int) -> None:
    session = client.session
    for name, count in minutes.items():
        session[name] = int(session[name]) - count * 60
    session.save()


def test_twenty_idle_minutes_end_a_session(client, teller):
    sign_in(client, teller)
    shift(client, seen_at=19)
    assert is_signed_in(client)
    shift(client, seen_at=20)
    answer = client.get("/account/")
    assert "ended=idle" in answer["Location"]
    assert not is_signed_in(client)
    assert len(actions("session_end")) == 1


def test_twelve_hours_end_a_session_however_busy(client, teller):
    sign_in(client, teller)
    shift(client, signed_in_at=12 * 60)
    assert "ended=absolute" in client.get("/account/")["Location"]


def test_a_fragment_of_an_ended_session_leads_the_whole_page_to_sign_in(client, teller):
    sign_in(client, teller)
    shift(client, seen_at=20)
    answer = client.get("/account/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(SIGN_IN)


def test_signing_out_kills_the_session(client, teller):
    sign_in(client, teller)
    key = client.cookies["sessionid"].value
    assert client.get("/sign-in/out/").status_code == 200
    assert is_signed_in(client)
    client.post("/sign-in/out/")
    other = Client()
    other.cookies["sessionid"] = key
    assert not is_signed_in(other)
    assert actions("sign_out") == [("teller1", "teller1", "allowed")]


def test_disabling_a_user_ends_his_sessions_at_the_next_request(client, teller):
    from maisui.web.actions.users import disable_user
    from maisui.web.audit.actor import operator

    sign_in(client, teller)
    disable_user(by=operator(), user=teller.user)
    assert not is_signed_in(client)
    assert not is_signed_in(client)


def test_a_change_of_roles_ends_his_sessions_at_the_next_request(client, teller):
    from maisui.web.actions.roles import end_grant, grant_role
    from maisui.web.audit.actor import operator

    sign_in(client, teller)
    grant = grant_role(by=operator(), user=teller.user, role="customer_manager", organisation_code=BRANCH)
    assert not is_signed_in(client)
    sign_in(client, teller)
    end_grant(by=operator(), grant=grant)
    assert not is_signed_in(client)


def test_a_new_password_ends_all_other_sessions(client, teller):
    other = Client()
    sign_in(client, teller)
    sign_in(other, teller)
    new = "Another-grain-77"
    answer = client.post("/sign-in/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_a_one_time_password_leads_to_a_password_of_his_own(client):
    from maisui.web.actions.users import create_user
    from maisui.web.audit.actor import operator

    made = create_user(by=operator(), username="fresh1", name="新人")
    client.post(SIGN_IN, {"login": "fresh1", "password": made.password})
    assert client.get("/account/")["Location"] == "/sign-in/password/"
    for poor in ("short1A", "alllowercaseonly", "Fresh1-X", "Password123", made.password):
        client.post("/sign-in/password/", {"oldpassword": made.password, "password1": poor, "password2": poor})
        assert client.get("/account/").status_code == 302, poor
    client.post("/sign-in/password/", {"oldpassword": made.password, "password1": PASSWORD, "password2": PASSWORD})
    assert client.get("/account/").status_code == 200


def test_a_one_time_password_opens_until_its_time_is_over(client):
    from maisui.web.actions.users import create_user
    from maisui.web.audit.actor import operator
    from maisui.web.staff.models import StaffUser

    made = create_user(by=operator(), username="fresh2", name="新人")
    StaffUser.objects.update(temporary_until=timezone.now() - timedelta(seconds=1))
    client.post(SIGN_IN, {"login": "fresh2", "password": made.password})
    assert not is_signed_in(client)


def test_a_password_is_renewed_after_ninety_days(client, teller):
    from maisui.web.staff.models import StaffUser

    StaffUser.objects.update(password_set_at=timezone.now() - timedelta(days=90))
    sign_in(client, teller)
    assert client.get("/account/")["Location"] == "/sign-in/password/"


def test_none_of_the_last_five_passwords_comes_back(teller):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    user = teller.user
    for number in range(5):
        user.set_password(f"Grain-of-wheat-{number}")
        user.save()
    for number in range(5):
        with pytest.raises(ValidationError):
            validate_password(f"Grain-of-wheat-{number}", user)
    validate_password(PASSWORD, user)


def test_an_employee_who_left_loses_access_at_the_next_request(client):
    from maisui.answers import Employment
    from maisui.web.staff import sessions

    person = make_person("leaver1", ("teller", BRANCH), second_factor=False, employee_number="E77")
    sign_in(client, person)
    assert is_signed_in(client)
    report = Employment(BRANCH, "测试", "柜员", is_on_duty=False, reported_on=timezone.localdate())
    with patch.object(sessions, "employments_of", lambda bank: {"E77": report}):
        assert "ended=left" in client.get("/account/")["Location"]
        sign_in(client, person)
        assert not is_signed_in(client)
    assert ("leaver1", "leaver1", "allowed") in actions("session_end")


def test_last_sign_in_is_shown(client, teller):
    sign_in(client, teller)
    client.post("/sign-in/out/")
    client.post(SIGN_IN, {"login": "teller1", "password": PASSWORD}, REMOTE_ADDR="10.1.2.3")
    client.post("/sign-in/out/")
    sign_in(client, teller)
    assert b"10.1.2.3" in client.get("/account/").content


def test_a_session_is_ended_from_the_list(client, teller):
    other = Client()
    sign_in(client, teller)
    sign_in(other, teller)
    from maisui.web.staff.sessions import sessions_of

    (theirs,) = (found for found in sessions_of(teller.user, client.cookies["sessionid"].value) if not found.is_current)
    client.post(f"/account/session/{theirs.number}/end/")
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_one_session_at_a_time_where_the_bank_wants_it(client, teller, settings):
    from dataclasses import replace

    settings.HOME = replace(settings.HOME, web=replace(settings.HOME.web, one_session=True))
    sign_in(client, teller)
    other = Client()
    sign_in(other, teller)
    assert is_signed_in(other)
    assert not is_signed_in(client)


def test_nobody_signs_up_or_resets_by_mail(client):
    for path in ("/sign-in/signup/", "/sign-in/password/reset/", "/accounts/signup/", "/sign-in/email/"):
        assert client.get(path).status_code == 404


def test_without_an_audit_log_nobody_signs_in(client, teller):
    from maisui.web.audit import heads

    client.raise_request_exception = False
    with patch.object(heads, "is_writable", lambda: False):
        answer = client.post(SIGN_IN, {"login": "teller1", "password": PASSWORD})
    assert answer.status_code in (500, 503)
    assert not is_signed_in(client)


SAMPLES = {"int": "1", "str": "teller1", "uuid": "00000000-0000-4000-8000-000000000000", "slug": "x", "path": "x"}


def addresses(patterns, prefix: str = "/") -> Iterator[str]:
    """Yield one address of every route but those of the interface, which takes no cookies."""
    for pattern in patterns:
        route = prefix + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found.group(1) or "str", "x"), str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            if not route.startswith("/api"):
                yield from addresses(pattern.url_patterns, route)
        else:
            yield route


def test_every_address_refuses_a_form_without_its_token():
    from django.urls import get_resolver

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_person("guard1", ("security_administrator", "")).user)
    found = list(addresses(get_resolver().url_patterns))
    assert len(found) > 25
    for path in found:
        for method in ("post", "put", "patch", "delete"):
            assert getattr(strict, method)(path).status_code in (403, 405), (method, path)


def test_a_token_of_another_session_is_refused(teller):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(teller.user)
    other = Client()
    foreign = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', other.get(SIGN_IN).content.decode()).group(1)
    strict.get("/account/")
    assert strict.post("/sign-in/out/", {"csrfmiddlewaretoken": foreign}).status_code == 403
    assert is_signed_in(strict)


def test_cookies_are_closed_to_scripts_and_other_sites(client, teller):
    client.get(SIGN_IN)
    sign_in(client, teller)
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax"
        assert len(cookie.value) * 5 >= 128


def test_a_recovery_code_signs_in_once(client, president):
    sign_in(client, president)
    client.post("/sign-in/again/", {"password": PASSWORD})
    assert "/recovery-codes/new/" in client.get("/account/").content.decode()
    client.post("/sign-in/recovery-codes/new/")
    page = client.get("/sign-in/recovery-codes/").content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 10
    assert codes[0] not in client.get("/sign-in/recovery-codes/").content.decode()
    for expected in (True, False):
        other = Client()
        other.post(SIGN_IN, {"login": "president1", "password": PASSWORD})
        other.post("/sign-in/code/", {"code": codes[0]})
        assert is_signed_in(other) is expected


@pytest.mark.parametrize("path", [SIGN_IN, "/sign-in/password/", "/sign-in/second-factor/", "/sign-in/out/", "/sign-in/again/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_sign_in_speak_both_languages_and_keep_to_the_policy(client, teller, path, language):
    if path != SIGN_IN:
        sign_in(client, teller)
    client.cookies["django_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert not re.search(r"<[^>]+ style=|<style|<script(?![^>]*src=)|\son[a-z]+=|javascript:", page)
    words = re.sub(r"<[^>]+>", " ", page.split('id="page"', 1)[1]).replace("小行", "")
    assert bool(re.search(r"[\u4e00-\u9fff]", words)) == (language == "zh-hans"), words


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_faults_are_told_in_the_active_language(client, teller, language):
    client.cookies["django_language"] = language
    page = client.post(SIGN_IN, {"login": "teller1", "password": "Wrong-password-1"}).content.decode()
    assert ("用户名或口令不正确" in page) == (language == "zh-hans")
    make_person("codes1", ("bank_president", ""))
    other = Client()
    other.cookies["django_language"] = language
    other.post(SIGN_IN, {"login": "codes1", "password": PASSWORD})
    assert ("动态码不正确" in other.post("/sign-in/code/", {"code": "000000"}).content.decode()) == (language == "zh-hans")
    sign_in(client, teller)
    page = client.post(
        "/sign-in/password/", {"oldpassword": PASSWORD, "password1": "lowercaseonly", "password2": "lowercaseonly"}
    ).content.decode()
    assert ("三类" in page.split("rules")[0]) == (language == "zh-hans")
