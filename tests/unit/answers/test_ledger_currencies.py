"""A drawn ledger in three currencies, converted by hand: each line at the rate of its day, to the cent; what has no rate is named, not added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from example_home import run
from mini_bank import MiniBank, deliver, make_home
from scratch import scratch_folder

from maisui.answers import (
    ALL_CURRENCIES,
    LedgerQuestion,
    average_balances,
    balance_sheet,
    budgeted,
    income_statement,
    ledger_rates_on,
    subject_view,
    trial_balance,
)
from maisui.answers.ledger_plain import statement_json
from maisui.answers.statements import StatementLine
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

BEFORE, DAY = date(2026, 2, 28), date(2026, 3, 31)
RATES = (("USD", BEFORE, "100", "700.000000"), ("USD", DAY, "100", "712.345000"))
LEDGER = """
day        | org | subject | currency | opening debit, credit | turnover debit, credit | closing debit, credit
2026-02-28 | B1  | 1303    | CNY      | 0 0                   | 0 0                    | 700.00 0
2026-02-28 | B1  | 2011    | CNY      | 0 0                   | 0 0                    | 0 700.00
2026-02-28 | B1  | 1001    | USD      | 0 0                   | 0 0                    | 50.00 0
2026-02-28 | B2  | 1001    | USD      | 0 0                   | 0 0                    | 50.01 0
2026-02-28 | B1  | 2011    | USD      | 0 0                   | 0 0                    | 0 60.00
2026-02-28 | B2  | 2011    | USD      | 0 0                   | 0 0                    | 0 40.01
2026-03-31 | B1  | 1303    | CNY      | 700.00 0              | 0 0                    | 700.00 0
2026-03-31 | B1  | 2011    | CNY      | 0 700.00              | 0 0                    | 0 700.00
2026-03-31 | B1  | 1001    | CNY      | 0 0                   | 7.00 0                 | 7.00 0
2026-03-31 | B1  | 6011    | CNY      | 0 0                   | 0 7.00                 | 0 7.00
2026-03-31 | B1  | 1001    | USD      | 50.00 0               | 5.03 0                 | 55.03 0
2026-03-31 | B2  | 1001    | USD      | 50.01 0               | 5.03 0                 | 55.04 0
2026-03-31 | B1  | 2011    | USD      | 0 60.00               | 0 10.00                | 0 70.00
2026-03-31 | B2  | 2011    | USD      | 0 40.01               | 0 0                    | 0 40.01
2026-03-31 | B2  | 6011    | USD      | 0 0                   | 0 0.06                 | 0 0.06
2026-03-31 | B1  | 1001    | EUR      | 5.00 0                | 0 0                    | 5.00 0
2026-03-31 | B1  | 2011    | EUR      | 0 5.00                | 0 0                    | 0 5.00
"""
BUDGETS = (
    ("line", "cash", "CNY", "10.00"),
    ("line", "cash", "USD", "100.00"),
    ("subject", "2011", "CNY", "650.00"),
    ("subject", "2011", "USD", "110.01"),
    ("line", "loan", "ALL", "690.00"),
    ("line", "loan", "CNY", "1.00"),
    ("line", "interest_income", "CNY", "8.00"),
)
"""Kind, code, currency and amount of what the whole bank planned for March."""
SUBJECTS = (
    ("1001", "库存现金", "debit", "other"),
    ("1303", "贷款", "debit", "loan"),
    ("2011", "吸收存款", "credit", "deposit"),
    ("6011", "利息收入", "credit", "other"),
)
SIDES = (
    "opening_debit_balance",
    "opening_credit_balance",
    "debit_amount",
    "credit_amount",
    "closing_debit_balance",
    "closing_credit_balance",
)
TOGETHER = LedgerQuestion(currency=ALL_CURRENCIES)


class ThreeCurrencies(MiniBank):
    """The mini bank with four subjects."""

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        return [list(row) for row in SUBJECTS] if feed == "SUBJ" else super().rows(feed, day, since)


def ledger_lines() -> Iterator[str]:
    for line in LEDGER.strip().splitlines()[1:]:
        day, org, subject, currency, *pairs = (cell.strip() for cell in line.split("|"))
        amounts = " ".join(pairs).split()
        sides = ", ".join(f"CAST({amount} AS DECIMAL(18,2)) AS {side}" for side, amount in zip(SIDES, amounts, strict=True))
        yield (
            f"SELECT DATE '{day}' AS reported_on, '{org}' AS organisation_code, '{subject}' AS subject_code, '{currency}' AS currency, "
            f"'month' AS period_kind, {sides}, min(source_file_id) AS source_file_id, min(source_line) AS source_line FROM mini_gl"
        )


def rate_lines() -> Iterator[str]:
    for currency, day, quoted, rate in RATES:
        yield (
            f"SELECT '{currency}' AS currency, DATE '{day}' AS valid_from, 'CNY' AS local_currency, CAST({quoted} AS DECIMAL(18,2)) AS "
            f"quoted_amount, CAST({rate} AS DECIMAL(12,6)) AS exchange_rate, min(source_file_id) AS source_file_id, "
            "min(source_line) AS source_line FROM mini_gl"
        )


def budget_lines() -> Iterator[str]:
    for kind, code, currency, amount in BUDGETS:
        yield (
            f"SELECT 'B0' AS organisation_code, '{kind}' AS budget_item_kind, '{code}' AS budget_item_code, '{currency}' AS currency, "
            f"DATE '2026-03-01' AS period_from, DATE '2026-03-31' AS period_end_on, CAST({amount} AS DECIMAL(18,2)) AS budget_amount, "
            "min(source_file_id) AS source_file_id, min(source_line) AS source_line FROM mini_gl"
        )


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with scratch_folder() as folder:
        mappings = {"ledger_snapshot": "\nUNION ALL\n".join(ledger_lines()), "exchange_rate": "\nUNION ALL\n".join(rate_lines())}
        mappings["ledger_budget"] = "\nUNION ALL\n".join(budget_lines())
        home = make_home(folder / "home", mappings=mappings)
        deliver(home, DAY, bank=ThreeCurrencies())
        run(home, DAY)
        place = open_home(home)
        with open_reader(place.versions, place.parts) as found:
            yield found


def figures(lines: Iterable[StatementLine]) -> dict[str, Decimal | None]:
    return {line.code: line.amounts[0] for line in lines if line.kind != "subject" and line.amounts[0]}


def test_the_sheet_ties_and_what_conversion_made_is_a_line_of_its_own(reader: Reader) -> None:
    """At 7.12345: 55.03 → 392.00, 55.04 → 392.07, 70.00 → 498.64, 40.01 → 285.01, 0.06 → 0.43; the dollar book itself balances."""
    assert figures(balance_sheet(reader, TOGETHER).lines) == {
        "cash": Decimal("791.07"),  # 7.00 + 392.00 + 392.07
        "loan": Decimal("700.00"),
        "total_assets": Decimal("1491.07"),
        "deposit": Decimal("1483.65"),  # 700.00 + 498.64 + 285.01
        "total_liabilities": Decimal("1483.65"),
        "current_result": Decimal("7.43"),
        "translation_difference": Decimal("-0.01"),
        "total_equity": Decimal("7.42"),
        "liabilities_and_equity": Decimal("1491.07"),
    }


def test_an_imbalance_of_the_ledger_is_not_taken_for_one_of_conversion(reader: Reader) -> None:
    """Outlet B1 alone: dollars 55.03 − 70.00 = −14.97, which converted whole is −106.64; rounding by line made nothing of it."""
    found = figures(balance_sheet(reader, replace(TOGETHER, organisation="B1")).lines)
    assert found["imbalance"] == Decimal("-106.64")
    assert "translation_difference" not in found


def test_results_have_the_rate_of_their_day(reader: Reader) -> None:
    assert income_statement(reader, TOGETHER).line("net_profit").amounts == (Decimal("7.43"),)


def test_the_trial_balance_tells_what_moved_rates_made(reader: Reader) -> None:
    """Cash opens at 7.00 with 350.00 + 350.07, moves by 7.00 + 35.83 + 35.83 and closes with 791.07: −12.34 is the rate's, no gap."""
    found = trial_balance(reader, TOGETHER)
    rows = {row.subject.code: row for row in found.rows}
    cash = rows["1001"]
    assert (cash.opening_debit, cash.debit, cash.closing_debit) == (Decimal("700.07"), Decimal("78.66"), Decimal("791.07"))
    assert (cash.translation, cash.difference) == (Decimal("-12.34"), Decimal("0.00"))
    deposit = rows["2011"]  # −700.00 − 420.00 − 280.07 − 71.23 + 1483.65
    assert (deposit.translation, deposit.difference) == (Decimal("12.35"), Decimal("0.00"))
    assert rows["1303"].translation == 0
    assert found.total is not None
    assert (found.total.translation, found.total.rounded) == (Decimal("0.01"), (Decimal("0.00"), Decimal("0.00"), Decimal("-0.01")))
    assert found.total.differences == (Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))


def test_averages_take_each_ledger_at_its_own_rate(reader: Reader) -> None:
    """30 days at the mean of 700.07 and 791.07, the last day at 791.07: (30 × 745.57 + 791.07) ÷ 31."""
    rows = {row.subject.code: row for row in average_balances(reader, TOGETHER).rows}
    assert (rows["1001"].averages, rows["1001"].closing) == ((Decimal("747.04"),), Decimal("791.07"))


def test_a_subject_is_the_sum_of_its_organisations(reader: Reader) -> None:
    found = subject_view(reader, TOGETHER, "1001", [BEFORE])
    assert [point.balance for point in found.points] == [Decimal("791.07"), Decimal("700.07")]
    assert found.organisations == (("B1", Decimal("399.00")), ("B2", Decimal("392.07")))


def test_a_currency_without_a_rate_is_named_and_the_rates_are_told(reader: Reader) -> None:
    sheet = balance_sheet(reader, TOGETHER)
    assert sheet.frame.conversion is not None
    assert (sheet.frame.currency, sheet.frame.conversion.unrated) == ("CNY", ("EUR",))
    notes = " ".join(note.zh for note in sheet.notes)
    assert "EUR 没有汇率，未计入合并数" in notes
    assert "2026-03-31：100 USD = 712.345 CNY" in notes
    found = ledger_rates_on(reader, TOGETHER, whole_period=True)
    assert found.unrated == ("EUR",)
    told = [(rate.currency, rate.day, rate.exchange_rate) for rate in found.rates]
    assert told == [("USD", BEFORE, Decimal("700.000000")), ("USD", DAY, Decimal("712.345000"))]
    plain = statement_json(sheet)
    assert (plain["is_converted"], plain["left_out"], plain["rates"][0]["exchange_rate"]) == (True, ["EUR"], "712.345000")


def test_one_currency_stays_what_it_was(reader: Reader) -> None:
    assert figures(balance_sheet(reader, LedgerQuestion(currency="CNY")).lines)["total_assets"] == Decimal("707.00")
    dollars = trial_balance(reader, LedgerQuestion(currency="USD"))
    assert dollars.frame.conversion is None
    assert {row.translation for row in dollars.rows} == {Decimal("0.00")}


def planned(lines: Iterable[StatementLine]) -> dict[str, Decimal]:
    return {line.code: line.budget for line in lines if line.kind != "subject" and line.budget is not None}


def test_budgets_of_all_currencies_stand_at_the_rate_of_the_ledger_day(reader: Reader) -> None:
    """10.00 + 100.00 × 7.12345; 650.00 + 110.01 × 7.12345 = 783.65; for loans what was planned for all together wins over the yuan alone."""
    sheet = budgeted(reader, balance_sheet(reader, TOGETHER))
    assert planned(sheet.lines) == {
        "cash": Decimal("722.35"),
        "loan": Decimal("690.00"),
        "total_assets": Decimal("1412.35"),
        "deposit": Decimal("1433.65"),
        "total_liabilities": Decimal("1433.65"),
    }
    assert sheet.line("liabilities_and_equity").unplanned == ("total_equity",)
    assert "外币预算按 2026-03-31 汇率折算" in [note.zh for note in sheet.notes]


def test_a_line_held_in_a_currency_nobody_planned_has_no_budget_and_it_is_told(reader: Reader) -> None:
    """Interest was planned in yuan; some of it was earned in dollars."""
    found = budgeted(reader, income_statement(reader, TOGETHER))
    assert planned(found.lines) == {}
    assert [note.zh for note in found.notes][-1] == "有余额而未编预算的币种：USD（1 行），这些行没有合并预算"
    assert planned(budgeted(reader, income_statement(reader, LedgerQuestion(currency="CNY"))).lines)["interest_income"] == Decimal("8.00")
