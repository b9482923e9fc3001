"""The page of comparison: who sees which figure, what it says of a difference, whose accounts it lists, and what people say of it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from reports_home import (
    AGREES,
    DETAILED,
    DOUBLED,
    FIGURES,
    FORGOT,
    HALF,
    LAST_DAY,
    MERGED,
    RATIO,
    RATIO_OF_PARTS,
    STRANGE,
    TWO_WAYS,
    TYPED,
    reports_home,
)
from web_home import forget_answers, make_person, signed_in, token_of

from maisui.answers import Bank, Cause, FigureComparison, ReportedFigure
from maisui.answers.reported_figures import NAMEABLE
from maisui.errors import QuestionError
from maisui.warehouse.reader import Reader
from maisui.web.audit.models import AuditRecord
from maisui.web.pages.compare.words import words_of as cause_words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(reports_home())


@pytest.fixture(autouse=True)
def _served(settings, bank: Bank) -> None:
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def analyst() -> Client:
    return signed_in("department_analyst", username="analyst", language="en")


def person(role: str, organisation: str = "") -> Client:
    return signed_in(role, organisation, username=f"{role}{organisation}".replace("_", "-").lower(), language="en")


def asked(report: str, organisation: str, **more: str) -> dict[str, str]:
    return {"report": report, "org": organisation, "date": f"{LAST_DAY}", "metric": "deposit_balance", **more}


def text_of(client: Client, report: str, organisation: str, **more: str) -> str:
    answer = client.get("/compare/figure/", asked(report, organisation, **more))
    assert answer.status_code == 200
    return words_of(answer.content)


def words_of(content: bytes) -> str:
    """Return what a page says, without its tags: tokens in attributes are chance, and may hold any letters."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())


def _strings(client: Client, path: str, query: dict[str, str] | None = None) -> str:
    with ZipFile(BytesIO(client.get(path, query or {}).content)) as book:
        return book.read("xl/sharedStrings.xml").decode()


def _compared(monkeypatch: pytest.MonkeyPatch, *, is_cold: bool = False) -> list[str]:
    """Return the list to which every report is added that is held against ours from now on; cold, nothing is kept from before."""
    from maisui.web import report_desk

    if is_cold:
        forget_answers(monkeypatch)
    compared: list[str] = []
    compare = report_desk.compare_figure
    monkeypatch.setattr(
        report_desk, "compare_figure", lambda reader, figure, assumed: (compared.append(figure.report), compare(reader, figure, assumed))[1]
    )
    return compared


@pytest.mark.parametrize(
    ("role", "status"),
    [("department_analyst", 200), ("bank_president", 200), ("data_engineer", 200), ("teller", 403), ("audit_administrator", 403)],
)
def test_reports_are_held_against_ours_by_whoever_may_see_explanations(role: str, status: int) -> None:
    assert person(role).get("/compare/").status_code == status


def test_the_list_says_of_every_figure_whether_it_agrees_and_why_not(analyst: Client) -> None:
    page = " ".join(unescape(re.sub(r"<[^>]+>", " ", analyst.get("/compare/").content.decode())).split())
    for words in (
        "✓ Agrees",
        "The report is of 2026-03-30 · Counts in merged outlet B3 Mill Lane · Without guarantee deposits",
        "the catalogue has no such metric",
        "the unit does not suit the metric",
        "Unexplained",
        "Several explanations",
    ):
        assert words in page
    narrowed = analyst.get("/compare/", {"state": "unexplained"}).content.decode()
    assert TYPED in narrowed
    assert "Without guarantee deposits" not in narrowed


def test_every_cause_that_may_be_named_is_told_in_both_languages() -> None:
    told = {code: cause_words(Cause(f"{code}=yes", Decimal(1), 2, LAST_DAY), {}) for code in NAMEABLE}
    assert all(one.name.zh and one.name.en and one.why.zh and one.why.en for one in told.values())
    dollars = cause_words(Cause("unconverted=USD", Decimal(610), 1, LAST_DAY), {}).name
    assert (dollars.zh, dollars.en) == ("报表未折算 USD，按原币数额计入", "Amounts in USD as they are, not converted")


def test_one_figure_shows_its_causes_and_they_add_up(analyst: Client) -> None:
    said = text_of(analyst, DETAILED, "B1")
    for words in ("3,470.00", "5,185.00", "1,715.00", "1,425.00", "300.00", "−10.00", "3 accounts, 3,470.00 in all"):
        assert words in said
    assert "Other explanations that fit as exactly" in text_of(analyst, TWO_WAYS, "B2")
    assert "nothing was found that fits the rest" in text_of(analyst, TYPED, "B2")


def test_a_person_names_what_he_knows_and_the_rest_stays_unexplained(analyst: Client) -> None:
    said = text_of(analyst, HALF, "B1", assume="product_group=guarantee_deposit")
    assert "As you know the report: Without guarantee deposits ×" in said
    assert "Partly explained" in said
    assert "7.77" in said
    odd = asked(HALF, "B1", assume="product_group=gold")
    assert analyst.get("/compare/figure/", odd).status_code == 400


def test_accounts_are_masked_recorded_and_only_for_who_may_see_customers(analyst: Client) -> None:
    said = text_of(analyst, DETAILED, "B1", cause="left_out:moved_from=B3")
    assert "3 rows, 1,425.00 in all" in said
    assert " A7 " not in said
    assert " ** " in said
    (record,) = AuditRecord.objects.filter(action="report_accounts")
    assert json.loads(record.details)["rows"] == 3

    engineer = person("data_engineer")
    assert "3 rows" not in text_of(engineer, DETAILED, "B1", cause="left_out:moved_from=B3")
    assert AuditRecord.objects.filter(action="report_accounts").count() == 1


def test_a_branch_sees_its_own_figures_only_and_only_counts_accounts_elsewhere() -> None:
    manager = person("branch_manager", "B2")
    listed = manager.get("/compare/").content.decode()
    assert STRANGE in listed
    assert DETAILED not in listed
    assert MERGED not in listed
    there = manager.get("/compare/figure/", asked(DETAILED, "B1"))
    nowhere = manager.get("/compare/figure/", asked("no such report", "B1"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert manager.get("/compare/figure/export.xlsx", asked(DETAILED, "B1")).status_code == 404
    assert manager.get("/compare/figure/export.pdf", asked(DETAILED, "B1")).status_code == 404
    assert manager.get("/compare/export.pdf").content.startswith(b"%PDF")
    assert AuditRecord.objects.filter(object_type="reported_figure", result="refused").exists()
    said = text_of(manager, STRANGE, "B2")
    assert "Other, out of your sight" in said
    assert "−1,050.00" in said
    assert "B1" not in said
    assert "North Street" not in said
    assert manager.get("/compare/figure/", asked(STRANGE, "B2", cause="counted_in:elsewhere=B1")).status_code == 404


@pytest.mark.parametrize(("role", "is_told"), [("department_analyst", True), ("union_leader", False), ("data_engineer", False)])
def test_the_balance_of_one_account_is_only_told_to_who_may_see_customers(role: str, *, is_told: bool) -> None:
    client = person(role)
    one, two = text_of(client, FORGOT, "B1"), text_of(client, DOUBLED, "B1")
    listed = client.get("/compare/").content.decode()
    books = [
        _strings(client, "/compare/export.xlsx"),
        *(_strings(client, "/compare/figure/export.xlsx", asked(report, "B1")) for report in (FORGOT, DOUBLED)),
    ]
    told = ["One account of 410.00 is missing" in said for said in (one, listed, books[0], books[1])]
    told += ["One account of 410.00 is counted twice" in said for said in (two, listed, books[0], books[2])]
    assert told == [is_told] * 8
    assert ["Other, out of your sight" in said for said in (one, two, listed, *books)] == [not is_told] * 6
    assert "Without guarantee deposits" in one
    opened = client.get("/compare/figure/", asked(FORGOT, "B1", cause="one_account=410.00"))
    assert opened.status_code == (200 if is_told else 404)


def test_what_lies_at_outlets_out_of_sight_is_one_line_without_their_name() -> None:
    """The report of B1 counts in the outlet that has become part of it since: its manager may not see that outlet's figures."""
    manager = person("branch_manager", "B1")
    said = text_of(manager, MERGED, "B1")
    assert "Other, out of your sight" in said
    assert "−1,100.00" in said
    for page in (said, words_of(manager.get("/compare/").content), _strings(manager, "/compare/figure/export.xlsx", asked(MERGED, "B1"))):
        assert "B3" not in page
        assert "1,425.00" not in page
    for code in ("merged_outlet=B3", "moved_from=B3"):
        assert manager.get("/compare/figure/", asked(HALF, "B1", assume=code)).status_code == 400


def test_only_what_a_search_heeds_is_assumed(analyst: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that agrees, has its own detail or cannot be compared is not compared again for what nobody asks of it."""
    for report, organisation in ((AGREES, "B0"), (DETAILED, "B1"), (TYPED, "B2")):
        assert analyst.get("/compare/figure/", asked(report, organisation, assume="foo")).status_code == 400
    assert analyst.get("/compare/figure/", asked(RATIO, "B0", assume="foo", metric="demand_deposit_share")).status_code == 400
    text_of(analyst, DETAILED, "B1")
    compared = _compared(monkeypatch)
    assert "Without product “个人:定期”" in text_of(analyst, DETAILED, "B1", assume="product=个人:定期")
    assert compared == []


def test_one_figure_that_fails_breaks_neither_the_list_nor_its_export_nor_the_warming(
    analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from maisui.web import report_desk, warming

    _compared(monkeypatch, is_cold=True)
    compare = report_desk.compare_figure

    def slow(reader: Reader, figure: ReportedFigure, assumed: tuple[str, ...]) -> FigureComparison:
        if figure.report == TYPED:
            raise QuestionError("the question takes longer than 1 s", where="the question", next_step="ask for less")
        return compare(reader, figure, assumed)

    monkeypatch.setattr(report_desk, "compare_figure", slow)
    assert warming.warm_version() == 1
    page = analyst.get("/compare/").content.decode()
    for said in (page, _strings(analyst, "/compare/export.xlsx")):
        assert "it could not be compared this time" in said
        assert "Without guarantee deposits" in said
    assert analyst.get("/compare/figure/", asked(TYPED, "B2")).status_code == 400


def test_only_the_figures_of_the_page_are_compared_unless_a_state_is_asked_for(analyst: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web.pages.compare import page

    monkeypatch.setattr(page, "ROWS", 4)
    compared = _compared(monkeypatch, is_cold=True)
    second = analyst.get("/compare/", {"page": "2"}).content.decode()
    in_order = sorted(line[0] for line in FIGURES)
    assert sorted(compared) == in_order[4:8]
    assert [report for report in in_order if f">{report}</a>" in second] == in_order[4:8]
    compared.clear()
    narrowed = analyst.get("/compare/", {"state": "unexplained"}).content.decode()
    assert sorted(compared) == [*in_order[:4], *in_order[8:]]
    assert "Unexplained 3" in narrowed


def test_a_difference_is_accepted_in_words_and_by_who_may(analyst: Client) -> None:
    query = "&".join(f"{name}={value}" for name, value in asked(TYPED, "B2").items()).replace(" ", "%20")
    address = f"/compare/figure/accept/?{query}"
    assert "say why it differs" in analyst.post(address, {"words": "no"}).content.decode()
    assert analyst.post(address, {"words": "四舍五入差异，已与财务核对"}).status_code == 302
    assert "四舍五入差异，已与财务核对" in text_of(analyst, TYPED, "B2")
    assert "Accepted: 测试analyst" in " ".join(analyst.get("/compare/").content.decode().split())
    (record,) = AuditRecord.objects.filter(action="difference_accept", result="allowed")
    assert json.loads(record.details)["reason"] == "四舍五入差异，已与财务核对"
    assert person("data_engineer").post(address, {"words": "我也认可这个差异"}).status_code == 403
    assert person("branch_manager", "B1").post(address, {"words": "我也认可这个差异"}).status_code == 404


def test_the_workbooks_hold_figures_causes_and_masked_accounts(analyst: Client) -> None:
    assert "Counts in merged outlet B3 Mill Lane" in _strings(analyst, "/compare/export.xlsx")
    one = _strings(analyst, "/compare/figure/export.xlsx", asked(DETAILED, "B1"))
    assert "Accounts with another balance" in one
    assert ">A2<" not in one
    assert ">**<" in one
    assert AuditRecord.objects.filter(action="export", object_type="reported_figure").count() == 2


@pytest.mark.parametrize(
    "query",
    [
        "?date=x",
        "?report=%00&org=B1",
        "?page=99999999999",
        "?state=what",
        "?cause=x&report=typed&org=B2&date=2026-03-31&metric=deposit_balance",
    ],
)
def test_odd_addresses_are_answered(analyst: Client, query: str) -> None:
    assert analyst.get(f"/compare/{query}").status_code == 200
    assert analyst.get(f"/compare/figure/{query}").status_code == 404


def test_comparisons_are_made_after_a_publication_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made for the president is there for the branch; nobody but the list itself asks the engine again."""
    from maisui.web import warming

    make_person("president", ("bank_president", ""))
    compared = _compared(monkeypatch, is_cold=True)
    assert warming.warm_version() == 1
    assert sorted(compared) == sorted(line[0] for line in FIGURES)
    compared.clear()
    assert STRANGE in person("branch_manager", "B2").get("/compare/").content.decode()
    assert compared == []


def test_a_ratio_is_shown_in_per_cent_and_leads_to_its_denominator(analyst: Client) -> None:
    said = asked(RATIO_OF_PARTS, "B1", metric="demand_deposit_share")
    page = analyst.get("/compare/figure/", said).content.decode()
    assert "42.3900%" in page
    assert "39.7300%" in page
    assert "−2.6568%" in page
    address = re.search(r'href="\?([^"]*metric=deposit_balance[^"]*)"', page)
    assert address is not None
    assert "4,860.00" in analyst.get(f"/compare/figure/?{unescape(address.group(1))}").content.decode()


def test_a_program_is_told_the_same_within_its_scope() -> None:
    headers = {"Authorization": f"Bearer {token_of(make_person('program', ('branch_manager', 'B1')).user)}"}
    answer = Client().get("/api/reported-figures", {"report": RATIO_OF_PARTS, "metric": "demand_deposit_share"}, headers=headers).json()
    assert (answer["total"], answer["page"], answer["pages"]) == (1, 1, 1)
    (line,) = answer["figures"]
    assert (line["theirs"], line["ours"], line["difference"], line["state"]) == ("0.4239", "0.397300", "-0.026600", "explained")
    assert [cause["code"] for cause in line["causes"]] == ["denominator=deposit_balance", "rounding"]
    assert Client().get("/api/reported-figures", {"org": "B2"}, headers=headers).json()["total"] == 0
    assert Client().get("/api/reported-figures", {"org": "B2"}).status_code == 401


def test_what_another_cause_leaves_out_already_is_said_not_to_count_again() -> None:
    first, second = (
        Cause("outlet=B2", Decimal("570.00"), 2, LAST_DAY, without=without) for without in ("", "product_group=guarantee_deposit")
    )
    plain, beside = cause_words(first, {}), cause_words(second, {})
    assert plain.name == beside.name
    assert beside.why.zh == f"{plain.why.zh}（另一项已剔除的账户不重复计）"
    assert beside.why.en.startswith(f"{plain.why.en} (accounts left out already")
