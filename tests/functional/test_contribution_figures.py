"""Contribution of single accounts and the bridge to profit of the example bank, computed anew from its raw files in plain Python."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from functional.test_figures import CHANNELS, LEDGER, POSTINGS, increments
from functional.test_risk_figures import published, supplement
from openpyxl import load_workbook

if TYPE_CHECKING:
    from functional.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")

DAYS = [f"202610{day:02}" for day in range(1, 32)]
LAST, BEFORE = DAYS[-1], "20260930"
DEMAND_TENOR = 365
COSTS_FROM = date(2026, 1, 1)
"""The last day on which the example bank's unit costs changed."""

LOAN_TERMS = {"其他-农户贷款": ("0", "0.75", "0.45"), "消费贷款": ("0.03", "0.75", "0.45"), "住房按揭贷款": ("0.03", "0.5", "0.2")}
"""Value-added tax, risk weight and loss given default of a loan product, by the product's own parameters."""

PROVISION = {"正常": "0.01", "关注": "0.02", "次级": "0.25", "可疑": "0.5", "损失": "1"}
PROBABILITY = {"正常": "0.012", "关注": "0.12"}
LOAN_POSTINGS = {"GRXDFHZMX": {"account": 11, "day": 13, "channel": 25, "reversal": 26}}
NIL = Decimal(0)


def cents(amount: Decimal, places: str = "0.01") -> Decimal:
    """Return `amount` rounded half away from zero."""
    return amount.quantize(Decimal(places), ROUND_HALF_UP)


def price(demo: Demo, tenor: int, on: str) -> Decimal:
    """Return the price of a tenor that was delivered for a day, on the straight line between its neighbours."""
    delivered = supplement(demo, "transfer_price")
    days = sorted({row["effective_from"] for row in delivered})
    assert not any(DAYS[0] < day <= LAST for day in days)
    edition = max((day for day in days if day <= on), default=days[0])
    points = sorted((int(row["tenor_day_count"]), Decimal(row["transfer_rate"])) for row in delivered if row["effective_from"] == edition)
    for (start, low), (end, high) in pairwise(points):
        if start <= tenor < end:
            return low + cents((high - low) * (tenor - start) / (end - start), "0.000001")
    return points[-1][1]


@cache
def unit_costs(home: Path) -> dict[tuple[str, str], Decimal]:
    """Return what one unit of each item and channel costs in October, from the delivered workbook."""
    (path,) = (home / "inbox" / "supplement").glob("*-unit_cost-*.xlsx")
    rows = list(load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(min_row=3, values_only=True))
    return {(str(row[0]), str(row[1])): Decimal(str(row[5])) for row in rows if row[2].date() == COSTS_FROM}


def keeping(demo: Demo, kind: str) -> Decimal:
    """Return what keeping an account of a kind costs a month."""
    return unit_costs(demo.home)[f"{kind}_account", "all"]


def posting_cost(demo: Demo, word: str) -> Decimal:
    """Return what a posting through the channel of a word costs."""
    other = "third_party" if word.startswith("第三方支付") else "telephone_bank" if "电话银行" in word else "other"
    return unit_costs(demo.home)["transaction", CHANNELS.get(word, other)] if word else NIL


def term(start: str, end: str) -> int:
    """Return the days between two days written YYYYMMDD."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def held(demo: Demo, table: str, account: int, balance: int, rate: int) -> dict[str, tuple[Decimal, Decimal]]:
    """Return balance-days of October and the rate of each account that was there every day at one rate."""
    found: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for day in (BEFORE, *DAYS):
        for line in demo.lines(table, day):
            found[line[account]].append((Decimal(line[balance]), Decimal(line[rate]) / 100))
    return {
        number: (sum((amount for amount, _ in lines[1:]), NIL), lines[0][1])
        for number, lines in found.items()
        if len(lines) == len(DAYS) + 1 and len({rate for _, rate in lines}) == 1
    }


def served(demo: Demo, postings: list[dict[str, str]]) -> dict[str, Decimal | None]:
    """Return what October's postings of each account cost by channel, null where one of them takes another back."""
    costs: dict[str, Decimal | None] = {}
    for row in postings:
        so_far = costs.get(row["account"], NIL)
        plain = row["reversal"] == "正常"
        costs[row["account"]] = None if so_far is None or not plain else so_far + posting_cost(demo, row["channel"])
    return costs


def charged(demo: Demo) -> dict[str, Decimal]:
    """Return the fees of October by account."""
    fees: dict[str, Decimal] = defaultdict(Decimal)
    for row in supplement(demo, "fee"):
        if row["charged_on"].startswith("202610"):
            fees[row["account_number"]] += Decimal(row["fee_amount"])
    return fees


def told(demo: Demo, account: str) -> dict[str, Decimal]:
    """Return the parts that the published version tells of an account in October."""
    names = (
        "interest_amount", "transfer_amount", "fee_amount", "vat_amount", "servicing_cost_amount", "expected_loss_amount", "tax_amount",
        "contribution_amount", "capital_charge_amount",
    )  # fmt: skip
    query = f"SELECT {', '.join(names)} FROM account_contribution_month WHERE business_date = DATE '2026-10-31' AND account_number = '{account}'"
    (row,) = published(demo, query)
    return dict(zip(names, row, strict=True))


def parts(
    interest: Decimal, transfer: Decimal, fee: Decimal, vat_rate: str, cost: Decimal, loss: Decimal, *, is_loan: bool
) -> dict[str, Decimal]:
    """Return every part of a contribution, each rounded by itself."""
    vat = cents(((interest if is_loan else NIL) + fee) * Decimal(vat_rate) / (1 + Decimal(vat_rate)))
    vat += cents(vat / 10)
    before = (interest - transfer if is_loan else transfer - interest) + fee - vat - cost - loss
    tax = cents(before / 4)
    return {
        "interest_amount": interest, "transfer_amount": transfer, "fee_amount": fee, "vat_amount": vat, "servicing_cost_amount": cost,
        "expected_loss_amount": loss, "tax_amount": tax, "contribution_amount": before - tax, "capital_charge_amount": NIL,
    }  # fmt: skip


def deposit_parts(demo: Demo, account: str, days: Decimal, rate: Decimal, tenor: tuple[int, str], cost: Decimal) -> dict[str, Decimal]:
    """Return the parts of a deposit priced at a tenor, locked on a day."""
    interest, transfer = cents(days * rate / 360), cents(days * price(demo, *tenor) / 360)
    return parts(interest, transfer, charged(demo)[account], "0.03", cost, NIL, is_loan=False)


def test_a_demand_deposit_earns_its_behavioural_price_and_pays_for_every_posting(demo: Demo) -> None:
    lives = held(demo, "GRCKFHZ", 7, 12, 10)
    costs = served(demo, increments(demo, {"GRCKFHZMX": POSTINGS["GRCKFHZMX"]}, DAYS[0], LAST))
    demand = [line[7] for line in demo.lines("GRCKFHZ", LAST) if line[8] == "个人活期存款" and line[7] in lives]
    fees = charged(demo)
    used = [number for number in demand if costs.get(number) and lives[number][0] > 1000]
    chosen = [number for number in used if fees[number]][:3] + [number for number in used if not fees[number]][:3]
    assert len(chosen) == 6
    for number in chosen:
        days, rate = lives[number]
        expected = deposit_parts(demo, number, days, rate, (DEMAND_TENOR, LAST), (costs[number] or NIL) + keeping(demo, "deposit"))
        assert told(demo, number) == expected, number


def test_a_term_deposit_earns_the_price_of_its_term(demo: Demo) -> None:
    lives = held(demo, "GRCKFHZ", 7, 12, 10)
    costs = served(demo, increments(demo, {"GRCKFHZMX": POSTINGS["GRCKFHZMX"]}, DAYS[0], LAST))
    terms: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in supplement(demo, "deposit_term"):
        terms[row["account_number"]].add((row["value_on"], row["matures_on"]))
    chosen = [
        (number, *next(iter(terms[number])))
        for number in sorted(lives)
        if len(terms[number]) == 1 and lives[number][0] > 0 and costs.get(number, NIL) is not None
    ]
    chosen = [(number, start, end) for number, start, end in chosen if start < DAYS[0] and end > LAST]
    assert len({term(start, end) for _, start, end in chosen}) > 3
    for number, start, end in chosen[:: max(len(chosen) // 12, 1)]:
        days, rate = lives[number]
        expected = deposit_parts(demo, number, days, rate, (term(start, end), start), (costs.get(number) or NIL) + keeping(demo, "deposit"))
        assert told(demo, number) == expected, number


def test_a_loan_costs_the_price_of_its_term_and_loses_by_its_class(demo: Demo) -> None:
    lives = held(demo, "GRXDFHZ", 7, 13, 10)
    costs = served(demo, increments(demo, LOAN_POSTINGS, DAYS[0], LAST))
    rates: dict[str, set[str]] = defaultdict(set)
    for day in demo.days("GRXDFHZ"):
        for line in demo.lines("GRXDFHZ", day):
            rates[line[7]].add(line[10])
    opening = {line[10]: line for line in demo.lines("GRXDYWJJB", BEFORE)}
    tried = []
    for line in demo.lines("GRXDYWJJB", LAST):
        account, start, end = line[11], line[22], line[23]
        was = opening.get(line[10])
        if line[12] not in LOAN_TERMS or account not in lives or was is None or len(rates[account]) > 1 or costs.get(account, NIL) is None:
            continue
        days, rate = lives[account]
        vat_rate, weight, severity = LOAN_TERMS[line[12]]
        if line[18] in PROBABILITY and was[18] in PROBABILITY:
            loss = cents(Decimal(line[17]) * Decimal(PROBABILITY[line[18]]) * Decimal(severity) / 12)
        else:
            loss = cents(Decimal(line[17]) * Decimal(PROVISION[line[18]])) - cents(Decimal(was[17]) * Decimal(PROVISION[was[18]]))
        interest, transfer = cents(days * rate / 360), cents(days * price(demo, term(start, end), start) / 360)
        cost = (costs.get(account) or NIL) + keeping(demo, "loan")
        expected = parts(interest, transfer, charged(demo)[account], vat_rate, cost, loss, is_loan=True)
        capital = cents(cents(days * Decimal(weight)) * Decimal("0.105"))
        expected["capital_charge_amount"] = cents(capital / 10 / 365)
        kind = (line[12], was[18], line[18])
        if [one for one, _ in tried].count(kind) < 2:
            tried.append((kind, account))
            assert told(demo, account) == expected, (account, kind)
    assert any(was != now for (_, was, now), _ in tried), "no loan changed its class in October"
    assert {"关注", "可疑", "损失"} <= {now for (_, _, now), _ in tried}


def results(demo: Demo) -> dict[str, Decimal]:
    """Return what each leaf subject of the ledger's results added to profit in October."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for sign, day in ((1, LAST), (-1, BEFORE)):
        for line in demo.lines("ZZKJQKMB", day):
            if line[LEDGER["subject"]].startswith("6"):
                sums[line[LEDGER["subject"]]] += sign * (Decimal(line[LEDGER["credit"]]) - Decimal(line[LEDGER["debit"]]))
    return {code: amount for code, amount in sums.items() if not any(other != code and other.startswith(code) for other in sums)}


def of(found: dict[str, Decimal], *codes: str) -> Decimal:
    """Return the sum of the subjects under `codes`."""
    return sum((amount for code, amount in found.items() if code.startswith(codes)), NIL)


def accounts_in_sum(demo: Demo) -> dict[str, dict[str, Any]]:
    """Return the sums over all accounts of each kind in October."""
    names = (
        "interest_amount",
        "transfer_amount",
        "fee_amount",
        "vat_amount",
        "servicing_cost_amount",
        "expected_loss_amount",
        "tax_amount",
    )
    query = ", ".join(f"sum({name})" for name in (*names, "contribution_amount"))
    found = published(
        demo, f"SELECT account_kind, {query} FROM account_contribution_month WHERE business_date = DATE '2026-10-31' GROUP BY account_kind"
    )
    return {row[0]: dict(zip((*names, "contribution_amount"), row[1:], strict=True)) for row in found}


def test_the_bridge_leads_from_the_accounts_to_the_profit_of_the_ledger(demo: Demo) -> None:
    ledger, sums = results(demo), accounts_in_sum(demo)
    total = {name: sum((kind[name] for kind in sums.values()), NIL) for name in sums["deposit"]}
    deposits, loans = sums["deposit"], sums["loan"]
    expected = {
        "contribution": total["contribution_amount"],
        "transfer_centre": loans["transfer_amount"] - deposits["transfer_amount"],
        "treasury": of(ledger, "601102", "601103", "641103", "6111"),
        "accrual_difference": of(ledger, "601101", "601104", "641101", "641102") - loans["interest_amount"] + deposits["interest_amount"],
        "fee_difference": of(ledger, "6021", "6421") - total["fee_amount"],
        "vat_difference": of(ledger, "6403") + total["vat_amount"],
        "expense_absorption": of(ledger, "6602") + total["servicing_cost_amount"],
        "impairment_difference": of(ledger, "6702") + total["expected_loss_amount"],
        "tax_difference": of(ledger, "6801") + total["tax_amount"],
        "unexplained": NIL,
    }
    lines = {code: Decimal(value) for code, value in demo.values("profit_bridge_amount", "bridge_line", "--date", "2026-10-31").items()}
    assert lines == expected
    assert sum(lines.values()) == sum(ledger.values()) == Decimal(demo.figure("net_profit", "--date", "2026-10-31")["value"])
    assert total["fee_amount"] == sum(charged(demo).values())


def test_contribution_is_the_same_by_manager_outlet_product_and_account(demo: Demo) -> None:
    total = sum((kind["contribution_amount"] for kind in accounts_in_sum(demo).values()), NIL)
    assert Decimal(demo.figure("customer_contribution", "--date", "2026-10-31")["value"]) == total
    for dimension in ("manager", "organisation", "product"):
        split = demo.values("customer_contribution", dimension, "--date", "2026-10-31")
        assert sum(map(Decimal, split.values())) == total, dimension
    customers = published(demo, "SELECT sum(contribution_amount) FROM customer_contribution_month WHERE business_date = DATE '2026-10-31'")
    assert customers == [(total,)]
