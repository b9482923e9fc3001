"""The pages of the three administrators and one's own: who may open them, and what they show."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from web_home import BRANCH, PASSWORD, browser_of, make_person, sign_in, signed_in

from maisui.web.access.permissions import ROLES

pytestmark = pytest.mark.django_db

PLACES = {"branch_manager": BRANCH, "customer_manager": BRANCH, "teller": BRANCH}
MAY = {
    "/users/": {"security_administrator"},
    "/users/review/": {"security_administrator"},
    "/users/person/target1/": {"security_administrator"},
    "/audit/": {"audit_administrator"},
    "/audit/export.xlsx": {"audit_administrator"},
    "/jobs/": {role.code for role in ROLES},
    "/account/": {role.code for role in ROLES},
}
POSTS = (
    "/users/new/",
    "/users/person/target1/grant/",
    "/users/person/target1/grant/1/end/",
    "/users/person/target1/disable/",
    "/users/person/target1/renew/",
    "/users/person/target1/session/1/end/",
    "/audit/check/",
)


@pytest.fixture
def target():
    return make_person("target1", ("teller", BRANCH), second_factor=False)


def client_of(role: str) -> Client:
    return signed_in(role, PLACES.get(role, ""), username=f"the.{role[:20].replace('_', '.')}")


@pytest.mark.parametrize("role", [role.code for role in ROLES])
def test_each_role_opens_its_own_pages_and_no_others(role, target):
    client = client_of(role)
    for path, holders in MAY.items():
        assert client.get(path).status_code == (200 if role in holders else 403), path
    for path in POSTS:
        owner = "audit_administrator" if path.startswith("/audit/") else "security_administrator"
        status = client.post(path).status_code
        assert (status == 403) == (role != owner), (path, status)


def test_a_refused_page_is_recorded(target):
    from maisui.web.audit.models import AuditRecord

    client_of("teller").get("/audit/")
    last = AuditRecord.objects.order_by("-sequence").first()
    assert (last.result, last.object_id, last.actor_username) == ("refused", "audit_view", "the.teller")


def test_strangers_are_led_to_sign_in(target):
    for path in (*MAY, *POSTS):
        answer = Client().get(path)
        assert answer.status_code in (302, 405), path
        assert Client().post(path).status_code in (302, 405), path


@pytest.mark.parametrize("path", ["/users/", "/users/review/", "/users/person/target1/", "/audit/", "/jobs/", "/account/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_one_language_and_keep_to_the_policy(path, language, target):
    role = "audit_administrator" if path.startswith("/audit") else "security_administrator"
    client = client_of(role)
    client.cookies["django_language"] = language
    page = client.get(path).content.decode()
    assert not re.search(r"<[^>]+ style=|<style|<script(?![^>]*src=)(?![^>]*application/json)|\son[a-z]+=|javascript:", page)
    main = re.sub(r"<[^>]+>", " ", page.split('id="page"', 1)[1])
    if language == "en":
        assert not re.search(r"[\u4e00-\u9fff]", re.sub("测试\\S*|小行", "", main).replace("中文", "")), main


def test_users_are_searched_sorted_and_paged(target):
    client = client_of("security_administrator")
    for number in range(60):
        make_person(f"extra{number:02}", second_factor=False)
    first = client.get("/users/?q=extra&sort=username&dir=desc").content.decode()
    assert first.index("extra59") < first.index("extra10")
    assert "extra09" not in first
    assert "extra09" in client.get("/users/?q=extra&sort=username&dir=desc&page=2").content.decode()
    assert "target1" not in first
    assert "target1" in client.get("/users/?role=teller").content.decode()
    for odd in ("?page=0", "?page=-1", "?page=99999999999", "?sort=password", "?sort=%27", "?q=%25%00x", "?role=%27--"):
        assert client.get(f"/users/{odd}").status_code == 200, odd


def test_a_user_is_made_granted_and_disabled_on_the_page():
    client = client_of("security_administrator")
    page = client.post("/users/new/", {"username": "made1", "name": "新用户"}).content.decode()
    password = re.search(r"<code>([^<]{12,})</code>", page).group(1).replace("&amp;", "&")
    assert client.post("/users/new/", {"username": "made1", "name": "又一个"}).status_code == 409
    client.post("/users/person/made1/grant/", {"role": "teller", "organisation": BRANCH})
    from maisui.web.staff.models import RoleGrant, StaffUser

    user = StaffUser.objects.get(username="made1")
    assert user.check_password(password)
    assert RoleGrant.objects.get(user=user).organisation_code == BRANCH
    client.post("/users/person/made1/grant/", {"role": "bank_president"})
    assert RoleGrant.objects.filter(user=user).count() == 1
    client.post("/users/person/made1/disable/")
    assert not StaffUser.objects.get(username="made1").is_active
    assert client.get("/users/person/made1/").status_code == 200
    for nobody in ("nobody", "no%00body", "%27--"):
        assert client.get(f"/users/person/{nobody}/").status_code == 404


def test_a_grant_of_another_user_is_not_ended_through_this_one(target):
    other = make_person("other1", ("teller", BRANCH), second_factor=False)
    client = client_of("security_administrator")
    assert client.post(f"/users/person/target1/grant/{other.user.grants.get().pk}/end/").status_code == 404


def test_grants_older_than_six_months_are_listed_for_review(target):
    from datetime import timedelta

    from maisui.web.staff.models import RoleGrant

    client = client_of("security_administrator")
    assert "target1" not in client.get("/users/review/").content.decode()
    RoleGrant.objects.filter(user=target.user).update(valid_from=timezone.localdate() - timedelta(days=184))
    assert "target1" in client.get("/users/review/").content.decode()


def test_the_audit_is_filtered(target):
    client = client_of("audit_administrator")
    Client().post("/sign-in/", {"login": "target1", "password": "Wrong-password-1"})
    page = client.get("/audit/?action=sign_in&result=failed").content.decode()
    assert "target1" in page
    today = timezone.localdate()
    assert "target1" in client.get(f"/audit/?actor=target1&from={today}&until={today}").content.decode()
    assert "target1 测试" not in client.get("/audit/?until=2020-01-01").content.decode()
    for odd in ("?from=nonsense", "?until=9999-12-31", "?from=0001-01-01", "?result=x", "?page=x", "?action=%27%00", "?actor=%00"):
        assert client.get(f"/audit/{odd}").status_code == 200, odd


def test_taking_the_audit_out_is_itself_recorded(target):
    import openpyxl

    from maisui.web.audit.models import AuditRecord

    client = client_of("audit_administrator")
    answer = client.get("/audit/export.xlsx?action=sign_in")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert any("the.audit.administra" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    last = AuditRecord.objects.order_by("-sequence").first()
    assert (last.action, last.result) == ("audit_export", "allowed")
    assert '"action":"sign_in"' in last.details


def test_jobs_are_seen_by_whoever_runs_the_system_and_exports_by_their_owner():
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="maisui.web.exports.jobs.make_export",
        backend_name="default",
        run_after=timezone.now(),
    )
    assert "生成导出" not in client_of("teller").get("/jobs/").content.decode()
    page = client_of("system_administrator").get("/jobs/?state=READY").content.decode()
    assert "生成导出" in page


@pytest.mark.parametrize("works", [True, False])
def test_what_waits_says_that_no_worker_runs(*, works: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from django_tasks_db.models import DBTaskResult

    monkeypatch.setattr("maisui.warehouse.home.is_held", lambda _path: works)
    client = client_of("system_administrator")
    assert "maisui worker" not in client.get("/jobs/").content.decode(), "nothing waits"
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="maisui.web.exports.jobs.make_export",
        backend_name="default",
        run_after=timezone.now(),
    )
    assert ("maisui worker" in client.get("/jobs/").content.decode()) is not works
    assert "maisui worker" not in client_of("teller").get("/jobs/").content.decode(), "the job is not his"


def test_a_token_is_shown_once_and_revoked():
    client = client_of("department_analyst")
    page = client.post("/account/token/new/", {"name": "nightly", "days": "30", "scope": ["figure_view"]}).content.decode()
    text = re.search(r"<code>(maisui_[\w-]+)</code>", page).group(1)
    assert text not in client.get("/account/").content.decode()
    from maisui.web.staff.models import ApiToken

    token = ApiToken.objects.get()
    assert client_of("bank_president").post(f"/account/token/{token.pk}/revoke/").status_code == 404
    client.post(f"/account/token/{token.pk}/revoke/")
    assert ApiToken.objects.get().revoked_at is not None


def test_reading_pages_changes_nothing(target):
    from django.apps import apps
    from django.contrib.sessions.models import Session

    def state():
        return {
            model._meta.label: sorted(str(row) for row in model.objects.values_list())
            for model in apps.get_models()
            if model is not Session and model._meta.label != "usersessions.UserSession"
        }

    for role in ("security_administrator", "bank_president"):
        client = client_of(role)
        before = state()
        for path in ("/users/", "/users/review/", "/users/person/target1/", "/jobs/", "/account/", "/sign-in/out/", "/sign-in/password/"):
            client.get(path)
        after = state()
        changed = {name for name in after if after[name] != before[name]}
        assert changed <= {"audit.AuditRecord"}, changed


def test_no_page_shows_a_hash_or_a_secret(target):
    client = client_of("security_administrator")
    for path in ("/users/", "/users/person/target1/", "/account/"):
        page = client.get(path).content.decode()
        assert "argon2" not in page
        assert PASSWORD not in page


def test_every_recorded_action_has_a_name_in_both_languages():
    from pathlib import Path

    import maisui.web
    from maisui.web.pages.words_of_staff import ACTIONS

    source = "".join(path.read_text(encoding="utf-8") for path in Path(maisui.web.__file__).parent.rglob("*.py"))
    written = set(re.findall(r'\baction="([a-z_]+)"', source)) | set(re.findall(r'with action\(\s*"([a-z_]+)"', source))
    assert written - set(ACTIONS) == set()


def test_what_has_expired_is_tidied_away(client, target):
    from datetime import timedelta

    from axes.models import AccessAttempt
    from django.contrib.sessions.models import Session

    from maisui.cli.worker import take_back, tidy

    client.post("/sign-in/", {"login": "target1", "password": "Wrong-password-1"})
    sign_in(client, target)
    tidy()
    assert Session.objects.count() == 1
    AccessAttempt.objects.create(username="x", ip_address="10.0.0.1", user_agent="", failures_since_start=1, attempt_time=timezone.now())
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    tidy()
    assert (Session.objects.count(), AccessAttempt.objects.count()) == (0, 0)
    assert take_back() == 0


def test_a_job_of_a_killed_worker_is_tried_three_times_at_most():
    from django_tasks_db.models import DBTaskResult

    from maisui.cli.worker import take_back

    common = {"args_kwargs": {"args": ["0"], "kwargs": {}}, "task_path": "maisui.web.exports.jobs.make_export", "backend_name": "default"}
    for workers in (["a"], ["a", "b", "c"]):
        DBTaskResult.objects.create(**common, run_after=timezone.now(), status="RUNNING", worker_ids=workers)
    assert take_back() == 1
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]


def test_moments_are_written_in_the_banks_own_time(target, monkeypatch):
    """Half past eleven at night by the bank is another day than by the universal clock."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 31, 16, 30, tzinfo=UTC))
    client = signed_in("security_administrator", username="security2")
    shown = client.post("/users/person/target1/renew/").content.decode()
    assert "2026-11-02 00:30 前有效" in shown
    assert "须在 2027-01-30 前更换" in client.get("/account/").content.decode()


def test_an_unreadable_version_is_told_on_a_page_that_can_be_drawn(monkeypatch):
    from maisui.answers import Bank
    from maisui.errors import StorageError

    def broken(_bank):
        raise StorageError("a part is damaged", where="parts", next_step="run the batch again")

    client = browser_of(make_person("president2", ("bank_president", "")), raise_request_exception=False)
    monkeypatch.setattr(Bank, "version", property(broken))
    answer = client.get("/overview/")
    assert answer.status_code == 503
    assert "a part is damaged" in answer.content.decode()
