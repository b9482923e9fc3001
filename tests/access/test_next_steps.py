"""What to do for each name on a list: held to the strategies counted in plain Python, written as tasks, and never for others' customers."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from customers_home import PEOPLE, customers_home
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from web_home import make_person, signed_in_browser

from maisui.answers import Bank, ConsentStanding
from maisui.models import CHURN, CREDIT
from maisui.models.scores import score

pytestmark = pytest.mark.django_db

TODAY = f"{timezone.localdate()}"


@pytest.fixture
def bank(settings, tmp_path: Path) -> Bank:
    for part in customers_home().iterdir():
        if part.name != "models":  # what is scored here stays here
            (tmp_path / part.name).symlink_to(part)
    found = Bank(tmp_path)
    settings.BANK, settings.HOME = found, found.home
    with found.reader() as reader:
        for model in (CHURN, CREDIT):
            score(reader, tmp_path, model, reader.manifest.version)
    return found


@pytest.fixture
def manager(bank: Bank) -> Client:
    """Return the browser of a customer manager of B1."""
    return signed_in_browser("manager-of-b1", ("customer_manager", "B1"))


def references(*numbers: str) -> list[str]:
    from maisui.web.access.sealed import reference_of

    return [reference_of(number) for number in numbers]


def advised(bank: Bank) -> dict[str, str]:
    """Return what the narrowest line of the product's strategies asks for each customer, counted in plain Python."""
    from maisui.web.strategies.table import BY_REASON, PRODUCT_LINES

    order = sorted(PRODUCT_LINES, key=lambda one: -one.precision)
    with bank.reader() as reader:
        day = reader.manifest.reporting_date
        facts = reader.rows("SELECT customer_number, tier_code FROM customer_fact_month WHERE business_date = ?", [day])
        borne: dict[str, dict[str, str]] = {}
        labels = "SELECT customer_number, label_code, reason_code FROM customer_label WHERE business_date = ? AND reason_rank = 1"
        for number, label, reason in reader.rows(labels, [day]):
            borne.setdefault(number, {})[label] = reason
    found: dict[str, str] = {}
    for number, tier in facts:
        fits = [one for one in order if one.tier in ("", tier) and {one.life_stage, one.label} - {""} <= borne.get(number, {}).keys()]
        if fits:
            reason = borne.get(number, {}).get(fits[0].label, "")
            found[number] = BY_REASON.get((fits[0].code, reason), (fits[0].action,))[0].zh
    return found


def tasks() -> dict[str, str]:
    from maisui.web.contacts.models import CustomerTask

    return dict(CustomerTask.objects.values_list("customer_number", "what"))


def test_tasks_as_advised_give_each_his_own_words_and_nothing_a_second_time(bank: Bank, manager: Client) -> None:
    """A narrower line of the bank's own counts before the product's; who has that task already gets no other."""
    from maisui.web.strategies.models import State, StrategyLine

    boss = make_person("boss", ("bank_president", "")).user
    own = {"channel": "visit", "frequency_days": 30, "owner": "customer_manager", "reason": "合作社", "proposed_by": boss}
    StrategyLine.objects.create(
        legal_entity_code="MINI01",
        code="own",
        valid_from=date(2026, 1, 1),
        tier="ordinary",
        label="cooperative",
        action="社员大会前走访",
        state=State.APPROVED,
        **own,
    )
    said = advised(bank)
    with bank.reader() as reader:
        of = [reader.manifest.reporting_date]
        cooperatives = {
            n
            for (n,) in reader.rows("SELECT customer_number FROM customer_label WHERE business_date = ? AND label_code = 'cooperative'", of)
        }
    ticked = [one.number for one in PEOPLE if one.home == "B1"]
    expected = {n: "社员大会前走访" if n in cooperatives else said[n] for n in ticked if n in said}
    assert len(set(expected.values())) > 1
    for _ in range(2):
        answer = manager.post("/customers/chosen/", {"act": "advised", "customer": references(*ticked), "due_on": TODAY})
        assert answer.status_code == 302
    assert tasks() == expected


def test_every_row_of_the_three_lists_says_what_to_do_and_what_is_planned(bank: Bank, manager: Client) -> None:
    from maisui.web.access.sealed import customer_of

    said = advised(bank)
    rows = manager.get("/three-lists/?list=potential_quality").context["rows"] + manager.get("/three-lists/").context["rows"]
    assert rows
    for line in rows:
        assert line["step"].actions == (said[customer_of(line["row"].reference)],)
        assert line["step"].state == "尚无联系记录"
        assert line["step"].is_due


def test_who_was_met_in_time_or_has_a_task_needs_nothing_now(bank: Bank) -> None:
    """The edge: met exactly as long ago as the strategy allows is in time, one day more is not."""
    from maisui.web.contacts.models import CustomerTask
    from maisui.web.strategies.next_steps import NextStep
    from maisui.web.strategies.table import PRODUCT_LINES

    one, today, given = PRODUCT_LINES[0], date(2026, 3, 31), ConsentStanding.GIVEN
    edge = today - timedelta(days=one.frequency_days)
    task = CustomerTask(what="走访", due_on=today)
    assert not NextStep(one, edge, None, given).is_due(today)
    assert NextStep(one, edge - timedelta(days=1), None, given).is_due(today)
    assert NextStep(one, None, None, given).is_due(today)
    assert not NextStep(one, None, task, given).is_due(today)
    assert not NextStep(None, None, None, given).is_due(today)


def test_each_line_of_a_warnings_rule_says_what_it_asks_for() -> None:
    from maisui.web.strategies.next_steps import ACTION_BY_RULE

    assert set(ACTION_BY_RULE) == {line.code for model in (CHURN, CREDIT) for line in model.rules} | {"promise_failed", "bill_due"}


def test_nothing_is_to_be_won_back_from_who_refused_marketing_and_he_is_not_to_be_met_for_an_offer() -> None:
    from maisui.web.pages.strategies.next_step import NO_OFFER, step_words
    from maisui.web.strategies.next_steps import ACTION_BY_RULE, NextStep
    from maisui.web.strategies.table import PRODUCT_LINES

    offer = next(one for one in PRODUCT_LINES if one.code == "declining")
    refused, agreed = (NextStep(offer, None, None, one) for one in (ConsentStanding.REFUSED, ConsentStanding.GIVEN))
    for codes, of_refused in (
        ((), NO_OFFER),
        (("assets_halved",), NO_OFFER),
        (("no_own_transaction",), ACTION_BY_RULE["no_own_transaction"]),
    ):
        asked = [ACTION_BY_RULE[code].zh for code in codes] or [offer.action.zh]
        assert (step_words(agreed, codes).actions, step_words(agreed, codes).is_due) == (tuple(asked), True)
        assert (step_words(refused, codes).actions, step_words(refused, codes).is_due) == ((of_refused.zh,), of_refused is not NO_OFFER)
    overdue = next(one for one in PRODUCT_LINES if one.code == "attention").because("overdue")
    assert step_words(NextStep(overdue, None, None, ConsentStanding.REFUSED)).actions == (overdue.action.zh,)


@pytest.mark.parametrize(
    ("code", "reason", "is_due"),
    [
        ("attention", "overdue", True),
        ("attention", "large_maturity", True),
        ("attention", "assets_falling", False),
        ("lost", "", False),  # no product is named, yet he is to be invited back
    ],
)
def test_who_refused_is_told_what_falls_due_by_whosever_line_and_invited_to_nothing(code: str, reason: str, is_due: bool) -> None:
    """A line of the bank's own in the place of the product's is asked the same question."""
    from maisui.web.pages.strategies.next_step import step_words
    from maisui.web.strategies.next_steps import NextStep
    from maisui.web.strategies.table import PRODUCT_LINES
    from maisui.web.text import Text

    line = next(one for one in PRODUCT_LINES if one.code == code)
    own = replace(line, action=Text("本行做法", "our way"), product=Text("本行产品", "ours"), is_own=True)
    for one in (line.because(reason), own.because(reason)):
        assert step_words(NextStep(one, None, None, ConsentStanding.REFUSED)).is_due == is_due
        assert step_words(NextStep(one, None, None, ConsentStanding.GIVEN)).is_due
    assert own.because(reason).action.zh == "本行做法"


@pytest.fixture
def warned(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Have the lines of a rule hold for two customers of B1 and two of B2, and return what the gravest asks for, by number."""
    from maisui.answers import model_scores
    from maisui.web.strategies.next_steps import ACTION_BY_RULE

    chosen = [one.number for home in ("B1", "B2") for one in [one for one in PEOPLE if one.home == home][:2]]
    holding = dict(
        zip(chosen, ("assets_halved,no_own_transaction", "no_own_transaction", "assets_halved", "no_own_transaction"), strict=True)
    )
    read = model_scores.read_scores

    def marked(home: Path, code: str, version: str):
        found = read(home, code, version)
        if found is None or code != "churn":
            return found
        rows = [
            row | {"is_flagged": True, "why_not": None, "rule_codes": holding[row["customer_number"]]}
            if row["customer_number"] in holding
            else row
            for row in found.rows.to_pylist()
        ]
        return replace(found, rows=pa.Table.from_pylist(rows, schema=found.rows.schema))

    monkeypatch.setattr(model_scores, "read_scores", marked)
    return {number: ACTION_BY_RULE[codes.split(",")[0]].zh for number, codes in holding.items()}


def test_a_warning_asks_for_what_its_gravest_line_says_on_the_page_as_tasks_and_in_the_file(bank: Bank, warned: dict[str, str]) -> None:
    head = signed_in_browser("head", ("bank_president", ""))
    page = head.get("/churn/")
    assert {line["reference"]: line["step"].actions[0] for line in page.context["rows"]} == {
        references(number)[0]: said for number, said in warned.items()
    }
    assert "该联系了" in page.content.decode()
    head.post("/churn/chosen/", {"act": "advised", "whole": "yes", "due_on": TODAY})
    assert tasks() == warned
    book = load_workbook(io.BytesIO(head.get("/churn/export.xlsx").content))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "下一步" in cells
    assert sorted(cell.split("；")[0] for cell in cells if "任务：" in cell) == sorted(warned.values())


def test_a_warnings_list_is_worked_on_as_a_whole_and_only_within_ones_outlets(bank: Bank, manager: Client, warned: dict[str, str]) -> None:
    """The whole list is that of B1 alone; another outlet's customer ticked beside one's own is refused, and nothing is written."""
    from maisui.web.groups.models import CustomerGroup

    of_b1, of_b2 = list(warned)[:2], list(warned)[2:]
    assert manager.post("/churn/chosen/", {"act": "group", "whole": "yes"}).status_code == 302
    assert sorted(CustomerGroup.objects.latest("pk").members) == sorted(of_b1)
    for page in ("churn", "credit-warning", "three-lists"):
        told = {"act": "advised", "customer": references(of_b1[0], of_b2[0]), "due_on": TODAY}
        assert manager.post(f"/{page}/chosen/", told).status_code == 404
    assert tasks() == {}
