"""Strategies of service: who they apply to and why, take-up and result held to plain counts, and changes by two people."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from customers_home import BY_NUMBER, customers_home
from django.test import Client
from django.utils import timezone
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.web.strategies.models import StrategyLine

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank: Bank) -> None:
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def analyst() -> Client:
    """Return the browser of an analyst of the whole bank, who may propose."""
    return signed_in_browser("analyst1", ("department_analyst", ""))


@pytest.fixture
def president() -> Client:
    """Return the browser of the president, who may approve."""
    return signed_in_browser("president1", ("bank_president", ""))


FORM = {
    "code": "",
    "valid_from": "2026-02-28",
    "tier": "",
    "life_stage": "",
    "label": "ordinary_farmer",
    "action": "春耕前走访",
    "product": "农户贷款",
    "channel": "visit",
    "frequency_days": "90",
    "owner": "customer_manager",
    "reason": "春耕安排",
}


def borne(bank: Bank, *columns: str) -> dict[str, dict[str, date]]:
    """Return the labels of each customer on the reporting date with the month since which he bears them."""
    found: dict[str, dict[str, date]] = {}
    with bank.reader() as reader:
        day = reader.manifest.reporting_date
        for number, label, since in reader.rows(
            "SELECT customer_number, label_code, held_since FROM customer_label WHERE business_date = ?", [day]
        ):
            found.setdefault(number, {})[label] = since
    return found


def assets(bank: Bank) -> dict[tuple[str, date], Decimal]:
    """Return the average assets of each customer and month end."""
    with bank.reader() as reader:
        rows = reader.rows("SELECT customer_number, business_date, asset_average_balance FROM customer_fact_month")
    return {(number, day): value for number, day, value in rows}


def lines():
    from maisui.web.strategies.models import StrategyLine

    return list(StrategyLine.objects.order_by("id"))


@pytest.mark.parametrize(("place", "homes"), [("", {"B1", "B2", "B3"}), ("B1", {"B1", "B3"}), ("B2", {"B2"})])
def test_every_customer_has_the_narrowest_strategy_and_figures_are_those_of_plain_counting(
    bank: Bank, president: Client, place: str, homes: set[str]
) -> None:
    """In the whole bank and in each branch, with what lies below it, which is cut from what is counted once."""
    from maisui.web.strategies.table import PRODUCT_LINES

    order = sorted(PRODUCT_LINES, key=lambda one: -one.precision)
    balances = assets(bank)
    months = sorted({day for _, day in balances})
    with bank.reader() as reader:
        known = reader.rows(
            "SELECT customer_number, tier_code, organisation_code FROM customer_fact_month WHERE business_date = ?", [months[-1]]
        )
    tiers = {number: tier for number, tier, home in known if home in homes}
    assert tiers
    expected: dict[str, list[tuple[str, date]]] = {}
    for number, labels in borne(bank).items():
        if number not in tiers:
            continue
        fits = (one for one in order if one.tier in ("", tiers[number]) and {one.life_stage, one.label} - {""} <= labels.keys())
        one = next(fits)
        begun = max([labels[code] for code in (one.life_stage, one.label) if code] + [months[0]])
        expected.setdefault(one.code, []).append((number, begun))
    assert expected
    for row in president.get(f"/strategies/?org={place}").context["rows"]:
        result, people = row["result"], expected.get(row["one"].code, [])
        assert result.customer_count == len(people), row["one"].code
        pairs = [
            (balances[number, base], balances[number, months[-1]])
            for number, begun in people
            for base in [max(day for day in months if day <= begun)]
            if base < months[-1] and (number, base) in balances
        ]
        assert result.measured_count == len(pairs)
        assert result.change == (sum(now - then for then, now in pairs) if pairs else None)
        assert result.contacted_count == 0


@pytest.mark.parametrize("place", ["", "B1"])
def test_the_number_of_a_strategy_leads_to_the_group_of_just_those_customers(
    bank: Bank, place: str, president: Client, analyst: Client
) -> None:
    """A line of the bank for a tier takes its farmers from the product's lines; each group is as large as its number says."""
    with bank.reader() as reader:
        ((label, tier, few), *_) = reader.rows(
            "SELECT l.label_code, f.tier_code, count(DISTINCT f.customer_number) FROM customer_fact_month AS f INNER JOIN customer_label AS l "
            "ON l.business_date = f.business_date AND l.customer_number = f.customer_number AND l.family_code <> 'life_stage' "
            "WHERE f.business_date = ? AND f.tier_code <> 'none' GROUP BY 1, 2 ORDER BY 3, 1, 2",
            [reader.manifest.reporting_date],
        )
    analyst.post("/strategies/new/", FORM | {"tier": tier, "label": label})
    president.post(f"/strategies/{lines()[0].pk}/decide/", {"decision": "approve", "note": ""})
    answer = president.get(f"/strategies/?org={place}")
    rows, page = answer.context["rows"], answer.content.decode()
    counted = {row["one"].code: row["result"].customer_count for row in rows}
    own = next(row for row in rows if row["one"].is_own)
    assert place or own["result"].customer_count == few
    assert sum(count > 0 for count in counted.values()) > 1
    for row in rows:
        shown = president.get(row["address"])
        assert shown.status_code == 200
        assert shown.context["size"].value.customer_count == counted[row["one"].code], row["one"].code
        assert "这一组还没有条件" not in shown.content.decode(), "a branch within a branch is told as a condition"
        assert (row["address"] in page) == (counted[row["one"].code] > 0)


def test_a_contact_since_the_advice_began_is_take_up_and_one_before_it_is_not(bank: Bank, president: Client) -> None:
    from maisui.web.access.sealed import reference_of
    from maisui.web.contacts.models import CustomerContact

    number = next(number for number, person in BY_NUMBER.items() if person.home == "B1")
    applied = president.get(f"/customers/{reference_of(number)}/").context["strategy"]
    contact = {"kind": "visit", "outcome": "informed", "happened_on": timezone.localdate().isoformat(), "words": ""}

    def contacted() -> int:
        rows = president.get("/strategies/").context["rows"]
        return next(row["result"].contacted_count for row in rows if row["one"].code == applied["one"].code)

    president.post(f"/customers/{reference_of(number)}/contact/", contact)
    assert contacted() == 1
    CustomerContact.objects.update(happened_on=applied["begun_on"] - timedelta(days=1))
    assert contacted() == 0


def test_the_customers_page_says_what_to_do_and_why(bank: Bank, president: Client) -> None:
    from maisui.web.access.sealed import reference_of

    number = next(number for number, labels in borne(bank).items() if number in BY_NUMBER)
    page = president.get(f"/customers/{reference_of(number)}/")
    applied = page.context["strategy"]
    content = page.content.decode()
    assert str(applied["one"].action) in content
    assert f"依据：{applied['why']}" in content
    assert "尚无联系记录" in content


def test_a_line_counts_once_somebody_else_has_approved_it(analyst: Client, president: Client) -> None:
    assert analyst.post("/strategies/new/", FORM).status_code == 302
    (line,) = lines()
    assert "春耕前走访" not in [str(row["one"].action) for row in analyst.get("/strategies/").context["rows"]]
    assert analyst.post(f"/strategies/{line.pk}/decide/", {"decision": "approve"}).status_code == 403
    president.post(f"/strategies/{line.pk}/decide/", {"decision": "approve"})
    (line,) = lines()
    assert (line.state, line.decided_by.username, line.code) == ("approved", "president1", f"own-{line.pk}")
    assert "春耕前走访" in [str(row["one"].action) for row in analyst.get("/strategies/").context["rows"]]


def test_an_approved_line_that_the_data_have_not_reached_says_from_when_it_applies(analyst: Client, president: Client, bank: Bank) -> None:
    """The form offers today, data are older: such a line stood approved and in no table, without a word."""
    with bank.reader() as reader:
        day = reader.manifest.reporting_date
    for valid_from, is_ahead in ((day, False), (day + timedelta(days=1), True)):
        analyst.post("/strategies/new/", FORM | {"valid_from": f"{valid_from}"})
        president.post(f"/strategies/{StrategyLine.objects.latest('id').pk}/decide/", {"decision": "approve"})
        assert (f"数据到 {valid_from} 时起适用" in president.get("/strategies/").content.decode()) is is_ahead


def test_nobody_approves_his_own_a_rejection_needs_words_and_what_is_decided_stays(president: Client, analyst: Client) -> None:
    both = signed_in_browser("both1", ("department_analyst", ""), ("bank_president", ""))
    both.post("/strategies/new/", FORM)
    (line,) = lines()
    both.post(f"/strategies/{line.pk}/decide/", {"decision": "approve"})
    president.post(f"/strategies/{line.pk}/decide/", {"decision": "reject", "note": ""})
    assert lines()[0].state == "waiting"
    president.post(f"/strategies/{line.pk}/decide/", {"decision": "reject", "note": "时节未到"})
    both.post(f"/strategies/{line.pk}/withdraw/")
    assert lines()[0].state == "rejected"


def test_nobody_approves_his_own_line_under_another_number_of_his(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web import own_numbers

    monkeypatch.setattr(own_numbers, "person_of", lambda _gateway, number: ("K9", "M1") if number in ("K9", "M1") else ())
    signed_in_browser("first", ("department_analyst", ""), employee_number="M1").post("/strategies/new/", FORM)
    (line,) = lines()
    himself = signed_in_browser("second", ("bank_president", ""), employee_number="K9")
    assert f"/strategies/{line.pk}/decide/" not in himself.get("/strategies/").content.decode()
    himself.post(f"/strategies/{line.pk}/decide/", {"decision": "approve"})
    assert lines()[0].state == "waiting"


def test_a_strategy_of_the_product_ends_on_its_day(analyst: Client, president: Client) -> None:
    form = FORM | {"code": "mature", "life_stage": "mature", "label": "", "is_ended": "yes"}
    analyst.post("/strategies/new/", form)
    assert analyst.post("/strategies/new/", form).status_code == 409
    president.post(f"/strategies/{lines()[0].pk}/decide/", {"decision": "approve"})
    assert "mature" not in [row["one"].code for row in president.get("/strategies/").context["rows"]]


@pytest.mark.parametrize(
    "changes",
    [{"tier": "iron"}, {"label": "rich"}, {"channel": "dove"}, {"owner": ""}, {"frequency_days": "0"}, {"action": "x"}, {"valid_from": ""}],
)
def test_what_makes_no_sense_is_not_proposed(analyst: Client, changes: dict[str, str]) -> None:
    assert analyst.post("/strategies/new/", FORM | changes).status_code == 409
    assert lines() == []


def test_the_table_is_taken_out_by_who_may_take_figures_out(president: Client) -> None:
    assert president.get("/strategies/export.xlsx").status_code == 200
    assert signed_in_browser("manager1", ("customer_manager", "B1")).get("/strategies/export.xlsx").status_code == 403
