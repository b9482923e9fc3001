"""The ledger of the example bank, recomputed from the lines of EAST 401 in plain Python: statements, trial balance, both views."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from functional.conftest import Demo

from maisui.answers import (
    LedgerQuestion,
    Period,
    View,
    average_balances,
    balance_sheet,
    income_statement,
    margin,
    subject_accounts,
    subject_view,
    trial_balance,
)
from maisui.answers.statements import Statement
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

pytestmark = pytest.mark.xdist_group("demo")
LAST, MONTH_BEFORE, YEAR_START = date(2026, 10, 31), date(2026, 9, 30), date(2025, 12, 31)
OUTLET = "53990101"
SIDES = ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")
"""Amounts of a line of 401 in their order, from field 6 on."""


@pytest.fixture
def reader(demo: Demo) -> Iterator[Reader]:
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as found:
        yield found


def lines_of(demo: Demo, day: date, outlet: str | None = None) -> dict[str, dict[str, Decimal]]:
    """Return the six amounts of every delivered subject on a day, of one outlet or all of them together."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(SIDES, Decimal(0)))
    for line in demo.lines("ZZKJQKMB", f"{day:%Y%m%d}"):
        if outlet is None or line[1] == outlet:
            for place, side in enumerate(SIDES, 6):
                found[line[3]][side] += Decimal(line[place])
    return found


def closings(demo: Demo, day: date, outlet: str | None = None) -> dict[str, Decimal]:
    """Return the closing balance of every top subject, debit positive."""
    lines = lines_of(demo, day, outlet)
    return {code: line["closing_debit"] - line["closing_credit"] for code, line in lines.items() if len(code) == 4}


def value(statement: Statement, code: str, column: int = 0) -> Decimal | None:
    return statement.line(code).amounts[column]


@pytest.mark.parametrize("outlet", [None, OUTLET])
def test_the_balance_sheet_is_what_401_says_and_balances(demo: Demo, reader: Reader, outlet: str | None) -> None:
    found = balance_sheet(reader, LedgerQuestion(outlet), [MONTH_BEFORE, YEAR_START])
    for column, day in enumerate((LAST, MONTH_BEFORE, YEAR_START)):
        held = closings(demo, day, outlet)
        joint = held.get("3101", Decimal(0))
        assets = sum(amount for code, amount in held.items() if code[0] == "1") + max(joint, Decimal(0))
        owed = -sum(amount for code, amount in held.items() if code[0] == "2") + max(-joint, Decimal(0))
        result = -sum(amount for code, amount in held.items() if code[0] == "6")
        own = -sum(amount for code, amount in held.items() if code[0] == "4") + result
        assert value(found, "total_assets", column) == assets == owed + own > 0
        assert value(found, "total_liabilities", column) == owed
        assert value(found, "total_equity", column) == own
        assert value(found, "current_result", column) == result
        assert value(found, "deposit", column) == -held["2011"]
        assert value(found, "loan", column) == held["1303"]
        assert value(found, "provision", column) == held["1304"]
        assert value(found, "imbalance", column) == 0


def test_what_outlets_owe_each_other_falls_away_for_the_bank_only(demo: Demo, reader: Reader) -> None:
    assert value(balance_sheet(reader, LedgerQuestion()), "joint_debit") == 0
    assert value(balance_sheet(reader, LedgerQuestion(OUTLET)), "joint_debit") == closings(demo, LAST, OUTLET)["3101"] > 0


@pytest.mark.parametrize("outlet", [None, OUTLET])
def test_the_income_statement_of_the_year_is_what_its_subjects_show_at_the_end(demo: Demo, reader: Reader, outlet: str | None) -> None:
    held = closings(demo, LAST, outlet)
    found = income_statement(reader, LedgerQuestion(outlet, period=Period.YEAR))
    assert value(found, "interest_income") == -held["6011"]
    assert value(found, "fee_income") == -held["6021"]
    assert value(found, "operating_expense") == -held["6602"]
    assert value(found, "impairment") == -held["6702"]
    profit = -sum(amount for code, amount in held.items() if code[0] == "6")
    assert value(found, "net_profit") == profit
    words = ("--org", outlet) if outlet else ()
    assert Decimal(demo.figure("net_profit", "--period", "year", *words)["value"]) == profit
    assert found.notes == ()


def test_the_total_of_a_month_is_the_difference_of_two_ledgers(demo: Demo, reader: Reader) -> None:
    found = income_statement(reader, LedgerQuestion(), [MONTH_BEFORE])
    grown = [
        -sum(amount for code, amount in closings(demo, day).items() if code[0] == "6") for day in (LAST, MONTH_BEFORE, date(2026, 8, 31))
    ]
    assert value(found, "net_profit", 0) == grown[0] - grown[1]
    assert value(found, "net_profit", 1) == grown[1] - grown[2]


def test_a_statement_of_a_day_without_ledger_stands_on_the_last_one_and_says_so(demo: Demo, reader: Reader) -> None:
    found = balance_sheet(reader, LedgerQuestion(day=date(2025, 8, 15)))
    assert found.columns[0].ledger_day == date(2025, 7, 31)
    assert any("2025-07-31" in note.en for note in found.notes)
    assert value(found, "deposit") == -closings(demo, date(2025, 7, 31))["2011"]


@pytest.mark.parametrize("outlet", [None, OUTLET])
@pytest.mark.parametrize(
    ("period", "opened_after"), [(Period.MONTH, MONTH_BEFORE), (Period.QUARTER, MONTH_BEFORE), (Period.YEAR, YEAR_START)]
)
def test_the_trial_balance_opens_with_the_closing_before_and_rolls(
    demo: Demo, reader: Reader, outlet: str | None, period: Period, opened_after: date
) -> None:
    found = trial_balance(reader, LedgerQuestion(outlet, period=period))
    before, after = lines_of(demo, opened_after, outlet), lines_of(demo, LAST, outlet)
    assert (found.opened_after, found.closed_on) == (opened_after, LAST)
    for row in found.rows:
        code = row.subject.code
        assert (row.opening_debit, row.opening_credit) == (before[code]["closing_debit"], before[code]["closing_credit"])
        assert (row.closing_debit, row.closing_credit) == (after[code]["closing_debit"], after[code]["closing_credit"])
        assert row.difference == 0
    assert {row.subject.code for row in found.rows} == {
        code for code, line in after.items() if any(line.values()) or any(before[code].values())
    } | {row.subject.code for row in found.rows if row.debit or row.credit}
    assert found.total is not None
    assert found.total.is_balanced
    assert found.total.debit == found.total.credit > 0
    assert found.breaks == 0


def test_turnover_of_a_month_is_that_of_its_days(demo: Demo, reader: Reader) -> None:
    days = [date(2026, 10, number) for number in range(1, 32)]
    found = {row.subject.code: row for row in trial_balance(reader, LedgerQuestion()).rows}
    for code in ("2011", "20110101", "1303", "3101"):
        assert found[code].debit == sum(lines_of(demo, day)[code]["debit"] for day in days) > 0
        assert found[code].credit == sum(lines_of(demo, day)[code]["credit"] for day in days)


def test_a_day_of_a_monthly_ledger_has_the_turnover_of_its_month_and_says_so(demo: Demo, reader: Reader) -> None:
    day = date(2025, 8, 31)
    found = trial_balance(reader, LedgerQuestion(day=day, period=Period.DAY))
    deposits = next(row for row in found.rows if row.subject.code == "2011")
    assert deposits.credit == lines_of(demo, day)["2011"]["credit"]
    assert any("2025-08-01" in note.en for note in found.notes)


def test_a_closed_outlet_stands_with_its_successor_in_the_as_is_view(demo: Demo, reader: Reader) -> None:
    closing = json.loads((demo.home / "truth" / "summary.json").read_text(encoding="utf-8"))["outlet_closing"]
    outlet, successor, day = closing["outlet"], closing["successor"], date(2025, 9, 30)
    own, gone = closings(demo, day, successor)["2011"], closings(demo, day, outlet)["2011"]
    was = balance_sheet(reader, LedgerQuestion(successor, day))
    now = balance_sheet(reader, LedgerQuestion(successor, day, view=View.AS_IS))
    assert value(was, "deposit") == -own
    assert value(now, "deposit") == -(own + gone) > -own
    assert value(now, "imbalance") == 0
    assert any(outlet in note.en for note in now.notes)


def mean(amounts: list[Decimal]) -> Decimal:
    return (sum(amounts) / len(amounts)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_averages_of_a_daily_month_are_the_mean_of_its_days(demo: Demo, reader: Reader) -> None:
    days = [date(2026, 10, number) for number in range(1, 32)]
    found = average_balances(reader, LedgerQuestion(OUTLET))
    rows = {row.subject.code: row for row in found.rows}
    assert (found.spans[0].days, found.spans[0].estimated) == (31, 0)
    for code, sign in (("2011", -1), ("1303", 1), ("1304", -1)):
        assert rows[code].averages[0] == sign * mean([closings(demo, day, OUTLET)[code] for day in days])
    interest = lines_of(demo, LAST)["641101"]["closing_debit"] - lines_of(demo, MONTH_BEFORE)["641101"]["closing_debit"]
    whole = {row.subject.code: row for row in average_balances(reader, LedgerQuestion()).rows}
    held = sum(lines_of(demo, day)["201101"]["closing_credit"] for day in days)
    assert whole["201101"].interest[0] == interest > 0
    assert whole["201101"].rates[0] == (interest * 365 / held).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def test_averages_between_two_ledgers_are_their_mean_and_said_to_be_estimated(demo: Demo, reader: Reader) -> None:
    found = average_balances(reader, LedgerQuestion(day=date(2025, 8, 31)))
    before, after = -closings(demo, date(2025, 7, 31))["2011"], -closings(demo, date(2025, 8, 31))["2011"]
    deposits = next(row for row in found.rows if row.subject.code == "2011")
    assert deposits.averages[0] == mean([(before + after) / 2] * 30 + [after])
    assert found.spans[0].estimated == 30
    assert any("30 of 31" in note.en for note in found.notes)


def test_interest_without_a_known_balance_is_named(reader: Reader) -> None:
    assert [subject.code for subject in average_balances(reader, LedgerQuestion()).unmatched] == ["601102", "601103", "601104"]


@pytest.mark.parametrize(("subject", "table", "place"), [("20110101", "GRCKFHZ", 12), ("130304", "GRXDFHZ", 13)])
def test_accounts_of_a_subject_come_to_its_balance(demo: Demo, reader: Reader, subject: str, table: str, place: int) -> None:
    held = {line[7]: Decimal(line[place]) for line in demo.lines(table, "20261031") if line[3] == subject}
    first = subject_accounts(reader, LedgerQuestion(), subject)
    pages = [subject_accounts(reader, LedgerQuestion(), subject, page=number) for number in range(1, first.pages + 1)]
    listed = {row.account_number: row.balance for page in pages for row in page.rows}
    assert listed == held
    assert first.total == first.ledger == sum(held.values()) == abs(closing_of(demo, LAST, subject))
    assert (first.remainder, first.shown + first.rest) == (0, first.total)
    assert [row.balance for row in first.rows] == sorted(held.values(), key=abs, reverse=True)[: len(first.rows)]


def test_a_subject_adds_up_over_its_parts_and_organisations_and_ties(demo: Demo, reader: Reader) -> None:
    found = subject_view(reader, LedgerQuestion(), "2011", [YEAR_START, LAST - timedelta(days=1)])
    assert found.balance == -closings(demo, LAST)["2011"] == sum(amount for _, amount in found.parts)
    assert found.balance == sum(amount for _, amount in found.organisations)
    assert [point.balance for point in found.points[1:]] == [-closings(demo, day)["2011"] for day in (YEAR_START, date(2026, 10, 30))]
    assert dict(found.organisations)[OUTLET] == -closings(demo, LAST, OUTLET)["2011"]
    (tie,) = found.ties
    assert (tie.control, tie.difference, tie.differing, tie.subledger) == ("deposit", 0, 0, found.balance)


def test_what_accounts_do_not_hold_has_a_name(demo: Demo, reader: Reader) -> None:
    """Discounted bills have no deposit or loan account: the whole balance is the remainder, and their set is held whole."""
    found = subject_accounts(reader, LedgerQuestion(), "1301")
    assert (found.count, found.total, found.remainder) == (0, 0, closings(demo, LAST)["1301"])
    (tie,) = subject_view(reader, LedgerQuestion(), "1301").ties
    assert tie.is_whole_set


SPANS = ((LAST, MONTH_BEFORE), (MONTH_BEFORE, date(2026, 8, 31)))
"""October and September: the ledger that closes each month, and the one before."""


def grown(demo: Demo, subject: str) -> tuple[Decimal, Decimal]:
    """Return by how much a subject grew in October and in September, debit positive."""
    october, september = (closing_of(demo, day, subject) - closing_of(demo, before, subject) for day, before in SPANS)
    return october, september


def closing_of(demo: Demo, day: date, subject: str) -> Decimal:
    line = lines_of(demo, day)[subject]
    return line["closing_debit"] - line["closing_credit"]


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_margin_is_that_of_the_metric_and_its_change_adds_up_to_the_cent(demo: Demo, reader: Reader) -> None:
    found = margin(reader, LedgerQuestion(), MONTH_BEFORE)
    assert found.margin == Decimal(demo.figure("net_interest_margin")["value"])
    assert found.base_margin == Decimal(demo.figure("net_interest_margin", "--date", "2026-09-30")["value"])
    earned, paid = grown(demo, "6011"), grown(demo, "6411")
    assert (found.earning.now.interest, found.bearing.now.interest) == (-earned[0], paid[0])
    assert (found.net, found.base_net) == (-earned[0] - paid[0], -earned[1] - paid[1])
    assert found.net_effects is not None
    assert found.net_effects.change == found.net - found.base_net != 0
    for row in found.rows:
        assert row.base is not None
        assert row.effects is not None
        assert row.effects.change == (row.now.interest - row.base.interest) * (1 if row.is_earning else -1)
    assert found.spread == found.earning.now.rate - found.bearing.now.rate
    assert found.unmatched == ()


def test_effects_of_deposits_are_those_of_the_formula(demo: Demo, reader: Reader) -> None:
    october = sum(closing_of(demo, date(2026, 10, number), "2011") for number in range(1, 32))
    september = sum(closing_of(demo, date(2026, 9, number), "2011") for number in range(1, 31))
    now, before = (one + other for one, other in zip(grown(demo, "641101"), grown(demo, "641102"), strict=True))
    deposits = next(row for row in margin(reader, LedgerQuestion(), MONTH_BEFORE).rows if row.code == "deposits")
    assert deposits.effects is not None
    assert -deposits.effects.volume == cents((october / 31 - september / 30) * before / (september / 30))
    assert -deposits.effects.days == cents(before / 30)
    assert -deposits.effects.rate == cents(now * september / october) - before
