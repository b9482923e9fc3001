"""The customers behind a change as a page: masked, recorded, within the viewer's scope, and adding up to the figure."""

from __future__ import annotations

import html
import json
import re
from decimal import Decimal

import pytest
from access.test_overview_in_words import signed_in
from example_home import tell
from web_home import BRANCH, OTHER_BRANCH, web_home

from maisui.answers import metric_of
from maisui.web.audit.models import AuditRecord
from maisui.web.pages.drivers.figures import counted_metric

pytestmark = pytest.mark.django_db
PAGE = "/customers/movers/"


@pytest.mark.parametrize(
    "query", ["", "?compare=previous_day", "?metric=loan_balance", "?metric=customer_count", "?within=customer_kind:personal"]
)
def test_the_total_is_what_the_command_line_answers(query: str) -> None:
    page = signed_in("bank_president").get(PAGE + query)
    assert page.status_code == 200
    named = re.search(r"metric=(\w+)", query)
    metric = named[1] if named else "deposit_balance"
    (row,) = tell("ask", metric, "--json", "--home", str(web_home())).json["rows"]  # all customers of the mini bank are personal
    assert f'data-whole="{row["value"]}' in page.content.decode()


def test_names_are_masked_and_the_look_is_recorded_first() -> None:
    text = signed_in("bank_president").get(f"{PAGE}?compare=previous_day").content.decode()
    assert "C001" not in text
    assert "Customer C001" not in text
    details = json.loads(AuditRecord.objects.filter(action="customer_list").latest("pk").details)
    assert details["metric"] == "deposit_balance"
    assert details["customers"]
    assert set(details["customers"]) <= {"C001", "C002", "C003", "C004"}


@pytest.mark.parametrize(("language", "shown"), [("zh-hans", "新客户"), ("en", "What became of them")])
def test_both_languages_are_complete(language: str, shown: str) -> None:
    text = signed_in("bank_president", language=language).get(PAGE).content.decode()
    assert shown in text


def test_the_drivers_lead_to_the_customers_of_a_line_and_only_those_who_may_see_them() -> None:
    president = signed_in("bank_president")
    text = president.get("/drivers/?split=customer_kind").content.decode()
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/customers/movers/[^"]*)"', text)]
    assert any("within=customer_kind%3Apersonal" in link for link in links)
    for link in links:
        assert president.get(link).status_code == 200
    assert "/customers/movers/" not in president.get("/drivers/?metric=provision_coverage_ratio").content.decode()


def test_who_sees_no_customers_sees_no_link_and_no_page() -> None:
    teller = signed_in("teller", BRANCH)
    for query in ("", "?metric=npl_ratio"):
        assert "/customers/movers/" not in teller.get(f"/drivers/{query}").content.decode()
    assert teller.get(PAGE).status_code == 403


def test_a_branch_sees_its_own_and_nobody_elses() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(PAGE).status_code == 200
    assert manager.get(f"{PAGE}?org={OTHER_BRANCH}").status_code == 404


@pytest.mark.parametrize(
    "query", ["group=colour", "order=colour", "metric=npl_ratio", "metric=colour", "within=colour:red", "date=1999-01-01", "page=99"]
)
def test_odd_addresses_are_answered_in_words(query: str) -> None:
    assert signed_in("bank_president").get(f"{PAGE}?{query}").status_code in (200, 400)


def test_the_whole_list_is_taken_out_as_a_group() -> None:
    answer = signed_in("bank_president").post(f"{PAGE}chosen/?compare=previous_day", {"act": "export", "whole": "yes"}, follow=True)
    assert answer.redirect_chain[0][0].startswith(f"{PAGE}?compare=previous_day")
    assert "整份名单请先建群" in answer.content.decode()


def test_a_ratio_leads_to_the_customers_of_what_is_above_its_line() -> None:
    text = signed_in("bank_president").get("/drivers/?metric=npl_ratio&compare=previous_day").content.decode()
    assert "/customers/movers/?compare=previous_day&amp;metric=npl_balance" in text
    assert "看“不良贷款余额”的客户" in text


@pytest.mark.parametrize(
    ("metric", "behind"),
    [
        ("overdue_loan_ratio", "overdue_loan_balance"),
        ("overdue_90d_loan_ratio", "overdue_90d_loan_balance"),
        ("special_mention_ratio", "special_mention_balance"),
        ("loan_to_deposit_ratio", "loan_balance"),
        ("electronic_substitution_rate", "electronic_transaction_count"),
        ("deposit_average_daily_balance", "deposit_balance"),
    ],
)
def test_what_is_no_sum_over_customers_leads_to_everybody_behind_it(metric: str, behind: str) -> None:
    """Ratios to what is above their line, averages and increases to the balance, in the order in which everybody is listed."""
    president = signed_in("bank_president")
    text = html.unescape(president.get(f"/drivers/?metric={metric}&compare=previous_day").content.decode())
    address = re.findall(r'href="(/customers/movers/[^"]*order=value[^"]*)"', text)[0]
    assert behind == "deposit_balance" or f"metric={behind}" in address  # deposits are what the page shows when nothing is chosen
    assert "compare=previous_day" in address


def test_an_increase_since_the_years_start_leads_to_the_balance() -> None:
    """The mini bank's history begins within the year: no page of it can be asked."""
    increase = counted_metric(metric_of("loan_net_increase_since_year_start"))
    assert increase is not None
    assert increase.code == "loan_balance"
    assert counted_metric(metric_of("net_profit")) is None


@pytest.mark.parametrize(
    ("ratio", "behind"), [("loan_to_deposit_ratio", "loan_balance"), ("electronic_substitution_rate", "electronic_transaction_count")]
)
def test_everybody_behind_a_ratio_adds_up_to_what_is_above_its_line(ratio: str, behind: str) -> None:
    """To the command line's numerator; listed is who has a part now, whether or not it changed."""
    page = signed_in("bank_president").get(f"{PAGE}?metric={behind}&compare=previous_month&order=value").content.decode()
    (told,) = tell("ask", ratio, "--json", "--home", str(web_home())).json["rows"]
    whole = re.search(r'data-whole="([^"]*)"', page)
    assert whole
    assert Decimal(whole[1]) == Decimal(told["numerator"])
    assert "户本期有数" in page
