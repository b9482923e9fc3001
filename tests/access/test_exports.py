"""What leaves as a file: nobody's formula, every digit, a stamp, and only for whom it was made."""

from __future__ import annotations

import io
import re
import stat
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from web_home import BRANCH, HEAD, OTHER_BRANCH, make_person, sign_in

from maisui.answers import Period, Question, Unit
from maisui.web.exports.sheets import Amount, Column, Sheet, Stamp
from maisui.web.exports.workbook import safe_text, workbook

pytestmark = pytest.mark.django_db
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠x", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "  @x", "\n\n+x", "-2+3+cmd|' /C calc'!A0", "=IMPORTXML(1)", "\u3000=1",
]  # fmt: skip
HARMLESS = ["城关支行", "Branch = one", "3=3", "a@b", "1-2", ""]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def opened(content: bytes):
    """Return a workbook read back by another library."""
    return load_workbook(io.BytesIO(content))


def test_figures_stay_figures_and_keep_every_digit() -> None:
    sheet = Sheet(
        "机构/表", "标题",
        (Column("名称"), Column("余额", Unit.YUAN), Column("占比", Unit.SHARE), Column("混合")),
        [("=1+1", Decimal("-1234567.89"), Decimal("0.022180"), Amount(Decimal(7), Unit.COUNT)), ("大", Decimal("12345678901234567.89"), None, Amount(None, Unit.YUAN)),
         ("商", Amount(Decimal(1234567) / 7, Unit.YUAN), Decimal(1) / 3, Amount(Decimal(10) ** 13 / 3, Unit.YUAN))],
        total=("合计", Decimal("0.10"), Decimal("0.5"), None),
    )  # fmt: skip
    book = opened(workbook([sheet], Stamp("陆知远 president 1001", timezone.now(), "20260331-abc", "B0")))
    page = book.worksheets[0]
    rows = list(page.iter_rows(min_row=5, values_only=True))

    assert page["A1"].value == "标题"
    assert "陆知远 president 1001" in page["A2"].value
    assert "20260331-abc" in page["A2"].value
    assert rows[0] == ("'=1+1", -1234567.89, 0.02218, 7)
    assert rows[1][1:] == ("12345678901234567.89", "—", "—"), "sixteen and more digits are kept as text"
    assert rows[2] == ("商", 176366.714285714, 0.333333333333333, "3333333333333.333333333333333"), (
        "a quotient is a number, by fifteen digits"
    )
    assert rows[3][0] == "合计"
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert "陆知远" in page.oddFooter.left.text


def test_the_overview_is_exported_as_it_is_shown(client: Client) -> None:
    sign_in(client, make_person("somebody", ("bank_president", "")))
    answer = client.get("/overview/export.xlsx?columns=deposit_balance,customer_count&sort=-deposit_balance&compare=previous_month")
    assert answer.status_code == 200
    book = opened(answer.content)
    lines = list(book.worksheets[1].iter_rows(min_row=4, values_only=True))

    assert [str(cell) for cell in lines[0]][2:] == ["存款时点余额", "存款时点余额 较上月", "客户数", "客户数 较上月"]
    values = [row[2] for row in lines[1:-1]]
    assert values == sorted(values, reverse=True)
    assert lines[-1][0] == "合计"
    assert sum(Decimal(str(value)) for value in values) == Decimal(str(lines[-1][2]))
    assert len(book.worksheets) == 3


def test_an_export_is_recorded(client: Client) -> None:
    from maisui.web.audit.models import AuditRecord

    sign_in(client, make_person("somebody", ("bank_president", "")))
    client.get("/overview/export.xlsx")
    assert AuditRecord.objects.filter(action="export", actor_username="somebody", result="allowed").count() == 1


def test_who_may_not_export_gets_no_file(client: Client) -> None:
    sign_in(client, make_person("somebody", ("teller", BRANCH)))
    assert client.get("/overview/export.xlsx").status_code == 403


def make_all(person, organisation: str | None):
    """Ask for all figures as `person` and let the worker make them."""
    from maisui.web.exports import jobs

    job = jobs.ask_for_figures(jobs.gateway_of(person.user), person.user, organisation=organisation, day=None, period=Period.MONTH)
    jobs.make_export.call(str(job.pk))
    job.refresh_from_db()
    return job


PRESIDENT, MANAGER, ANALYST_OF_OTHER = ("bank_president", ""), ("branch_manager", BRANCH), ("department_analyst", OTHER_BRANCH)
OWN_SCOPE = "本人权限范围内全部"


@pytest.mark.parametrize(
    ("holdings", "kind", "organisation", "query", "place"),
    [
        ((PRESIDENT,), "all_figures", None, "", "全行"),
        ((PRESIDENT,), "all_figures", BRANCH, "", "North Street"),
        ((MANAGER,), "all_figures", None, "", "North Street"),
        ((MANAGER, ANALYST_OF_OTHER), "all_figures", None, "", OWN_SCOPE),
        ((("teller", ""), MANAGER), "all_figures", None, "", "North Street"),
        ((MANAGER, ANALYST_OF_OTHER), "operating_report", None, "", "North Street"),
        ((PRESIDENT,), "subscribed_page", None, f"m=deposit_balance&org={BRANCH}", "North Street"),
        ((PRESIDENT,), "subscribed_page", None, "m=deposit_balance", "全行"),
        ((MANAGER,), "subscribed_page", None, f"m=deposit_balance&org={OTHER_BRANCH}", "North Street"),
        ((MANAGER, ANALYST_OF_OTHER), "customer_list", None, "", OWN_SCOPE),
        ((PRESIDENT,), "customer_list", BRANCH, "", "North Street"),
        ((("system_administrator", ""),), "all_figures", None, "", OWN_SCOPE),
    ],
)
def test_ones_exports_say_of_which_organisation_by_its_name(
    client: Client, holdings: tuple[tuple[str, str], ...], kind: str, organisation: str | None, query: str, place: str
) -> None:
    """Where none is named the cell says what a file of that kind then holds: never one organisation beside a file of another or of several."""
    from maisui.web.exports import jobs

    owner = make_person("owner", *holdings)
    jobs.ask(jobs.gateway_of(owner.user), owner.user, kind, organisation, {"query": query} if query else {})
    sign_in(client, owner)
    (row,) = re.findall(r"<tr><td>(?:全部指标|经营月报|订阅|客户名单)[^<]*</td><td>([^<]*)</td>", client.get("/jobs/").content.decode())
    assert row == place


def test_all_figures_are_made_in_the_background_and_fetched_by_their_owner_alone(client: Client) -> None:
    from maisui.web.exports import jobs

    owner, other = make_person("owner", ("bank_president", "")), make_person("other", ("bank_president", ""))
    job = make_all(owner, None)

    assert job.state == "done", job.fault
    path = jobs.folder() / f"{job.pk}.xlsx"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sign_in(client, owner)
    fetched = client.get(f"/jobs/export/{job.pk}.xlsx")
    assert fetched.status_code == 200
    rows = list(
        opened(b"".join(fetched.streaming_content) if fetched.streaming else fetched.content)
        .worksheets[0]
        .iter_rows(min_row=5, values_only=True)
    )
    assert len(rows) == job.rows
    deposits = {row[0]: Decimal(str(row[4])) for row in rows if row[3] == "deposit_balance"}
    assert deposits[HEAD] == deposits[BRANCH] + deposits[OTHER_BRANCH]
    gateway = jobs.gateway_of(owner.user)
    assert deposits[BRANCH] == gateway.ask(Question("deposit_balance", organisation=BRANCH)).rows[0].value

    stranger = Client()
    sign_in(stranger, other)
    assert stranger.get(f"/jobs/export/{job.pk}.xlsx").status_code == 404


def test_a_file_is_not_fetched_when_the_right_is_gone_or_the_time_is_over(client: Client) -> None:
    from maisui.web.exports import jobs

    owner = make_person("owner", ("branch_manager", BRANCH))
    job = make_all(owner, BRANCH)
    sign_in(client, owner)
    type(job).objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/jobs/export/{job.pk}.xlsx").status_code == 404
    assert jobs.expire() == 1
    assert not (jobs.folder() / f"{job.pk}.xlsx").exists()

    again = make_all(owner, BRANCH)
    owner.user.grants.update(organisation_code=OTHER_BRANCH)
    assert client.get(f"/jobs/export/{again.pk}.xlsx").status_code == 404


def test_a_file_changed_behind_our_back_is_not_given_out(client: Client) -> None:
    from maisui.web.exports import jobs

    owner = make_person("owner", ("bank_president", ""))
    job = make_all(owner, None)
    (jobs.folder() / f"{job.pk}.xlsx").write_bytes(b"PK something else")
    sign_in(client, owner)
    assert client.get(f"/jobs/export/{job.pk}.xlsx").status_code == 404


def test_an_export_asked_before_the_right_went_is_not_made() -> None:
    from maisui.answers import Period
    from maisui.web.exports import jobs

    owner = make_person("owner", ("branch_manager", BRANCH))
    job = jobs.ask_for_figures(jobs.gateway_of(owner.user), owner.user, organisation=BRANCH, day=None, period=Period.MONTH)
    owner.user.grants.update(organisation_code=OTHER_BRANCH)
    assert jobs.make_export.call(str(job.pk)) == "failed"
    job.refresh_from_db()
    assert (job.state, bool(job.fault)) == ("failed", True)


def test_all_figures_hold_only_the_organisations_that_may_be_exported() -> None:
    """Manager of one branch, teller in the other: he sees both and takes out the first."""
    from maisui.web.audit.models import AuditRecord
    from maisui.web.exports import jobs

    owner = make_person("owner", ("branch_manager", BRANCH), ("teller", OTHER_BRANCH))
    assert {node.code for node in jobs.gateway_of(owner.user).organisations()} == {BRANCH, OTHER_BRANCH}
    job = make_all(owner, None)

    assert job.state == "done", job.fault
    page = opened((jobs.folder() / f"{job.pk}.xlsx").read_bytes()).worksheets[0]
    assert {row[0] for row in page.iter_rows(min_row=5, values_only=True)} == {BRANCH}
    assert f" · {BRANCH} · " in page["A2"].value
    assert f'"organisation":"{BRANCH}"' in AuditRecord.objects.get(action="ask_export").details


def test_a_branch_export_bears_the_name_of_the_branch(client: Client) -> None:
    from maisui.web.audit.models import AuditRecord

    sign_in(client, make_person("somebody", ("branch_manager", BRANCH)))
    answer = client.get("/overview/export.xlsx")
    title = opened(answer.content).worksheets[0]["A1"].value

    name = client.get(f"/overview/?org={BRANCH}").context["organisation"].name
    assert title == f"经营概览 · {name} · 2026-03-31 · 当时口径"
    assert f"-{BRANCH}-" in answer["Content-Disposition"]
    assert f'"organisation":"{BRANCH}"' in AuditRecord.objects.get(action="export").details


@pytest.mark.parametrize(("language", "other"), [("zh-hans", " / "), ("en", "部")])
def test_definitions_name_owner_and_unit_in_one_language(language: str, other: str) -> None:
    from django.utils import translation

    from maisui.answers import CATALOGUE
    from maisui.web.exports.sheets import definitions_sheet

    with translation.override(language):
        rows = definitions_sheet(CATALOGUE).rows
    assert not [row[4] for row in rows if other in str(row[4])]
    assert ("元" in {row[3] for row in rows}) is (language == "zh-hans")


def test_too_many_lines_are_refused_with_a_word(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from django.conf import settings

    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, web=replace(settings.HOME.web, export_rows=1)))
    sign_in(client, make_person("somebody", ("bank_president", "")))
    answer = client.get("/overview/export.xlsx?sort=name", follow=True)
    assert answer.redirect_chain == [("/overview/?sort=name", 302)]
    assert "一次最多导出 1 行" in answer.content.decode()


def test_an_export_that_fails_by_a_bug_is_told_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.answers import Period
    from maisui.web.exports import jobs

    def broken(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError

    owner = make_person("owner", ("bank_president", ""))
    job = jobs.ask_for_figures(jobs.gateway_of(owner.user), owner.user, organisation=None, day=None, period=Period.MONTH)
    monkeypatch.setattr(jobs, "file_of", broken)
    with pytest.raises(ZeroDivisionError):
        jobs.make_export.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == "failed"
