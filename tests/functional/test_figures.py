"""Figures of the example bank, recomputed from the raw text files in plain Python and held to the simulator's own books."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from functional.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")

# Positions of fields in the lines of each EAST table (see the standard; the first field is 0).
DEPOSITS = {"GRCKFHZ": {"org": 1, "subject": 3, "customer": 5, "account": 7, "balance": 12, "opened": 13, "closed": 16},
            "DGCKFHZ": {"org": 1, "subject": 3, "customer": 5, "account": 7, "balance": 12, "opened": 13, "closed": 15}}  # fmt: skip
LOANS = {"GRXDFHZ": {"org": 1, "subject": 3, "customer": 5, "account": 7, "balance": 13, "opened": 16, "closed": 17},
         "DGXDFHZ": {"org": 1, "subject": 3, "customer": 5, "account": 7, "balance": 13, "opened": 16, "closed": 17}}  # fmt: skip
POSTINGS = {"GRCKFHZMX": {"number": 0, "org": 2, "account": 11, "content": 13, "side": 14, "day": 15, "amount": 18, "reversal": 26, "channel": 28},
            "DGCKFHZMX": {"number": 0, "org": 2, "account": 9, "content": 11, "side": 12, "day": 13, "amount": 16, "reversal": 24, "channel": 26}}  # fmt: skip
LOAN_POSTINGS = {
    "GRXDFHZMX": {"content": 15, "side": 16, "day": 13, "amount": 18},
    "DGXDFHZMX": {"content": 13, "side": 14, "day": 11, "amount": 16},
}
RECEIPTS = {"GRXDYWJJB": {"balance": 17, "class": 18}, "DGXDYWJJB": {"balance": 15, "class": 16}}
CARDS = {"XYKSXQKB": {"overdraft": 16, "class": 23}}
BILLS = {"PJTXB": {"loan": 4, "customer": 14, "balance": 8, "lent": 18, "state": 22}}
"""Positions of 508; a bill counts at its face until it is paid."""

ADVANCES = {"DKDJB": {"loan": 4, "customer": 10, "amount": 8, "balance": 9, "lent": 12}}
"""Positions of 512."""

PAID = "已兑付"
CUSTOMERS = {"GRJCXXB": {"org": 1, "customer": 3}, "DGKHXXB": {"org": 1, "customer": 3}}
LEDGER = {"org": 1, "subject": 3, "debit": 10, "credit": 11}
CHANNELS = {
    "柜面": "counter",
    "ATM": "atm",
    "VTM": "vtm",
    "POS": "pos",
    "网银": "internet_bank",
    "手机银行": "mobile_bank",
    "银联交易": "union_pay",
}
DAY_OPEN = ("", "99991231")


def rows(demo: Demo, tables: dict[str, dict[str, int]], day: str) -> list[dict[str, str]]:
    """Return the named fields of all lines that `tables` delivered for a day."""
    return [{name: line[at] for name, at in fields.items()} for table, fields in tables.items() for line in demo.lines(table, day)]


def bills_and_advances(demo: Demo, day: str) -> list[dict[str, str]]:
    """Return receipt, customer and balance of each discounted bill and advance on the books; nobody classifies them."""
    bills = [row | {"amount": row["balance"]} for row in rows(demo, BILLS, day)]
    return [*(row | {"balance": "0"} if row["state"] == PAID else row for row in bills), *rows(demo, ADVANCES, day)]


def increments(demo: Demo, tables: dict[str, dict[str, int]], first: str, last: str) -> list[dict[str, str]]:
    """Return the postings from `first` to `last`, whichever file brought them."""
    found = [
        row for table, fields in tables.items() for day in demo.days(table) if day >= first for row in rows(demo, {table: fields}, day)
    ]
    return [row for row in found if first <= row["day"] <= last]


def by(field: str, found: list[dict[str, str]], amount: str = "balance") -> dict[str, Decimal]:
    """Return the sum of `amount` for each value of `field`."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in found:
        sums[row[field]] += Decimal(row[amount])
    return dict(sums)


def signed(row: dict[str, str]) -> Decimal:
    """Return what a posting changes of a deposit."""
    return Decimal(row["amount"]) if row["side"] == "贷" else -Decimal(row["amount"])


def decimals(found: dict[str, str | None]) -> dict[str, Decimal]:
    """Return an answer's values as numbers, lines without an amount left out."""
    return {key: Decimal(value) for key, value in found.items() if value is not None and Decimal(value)}


def without_zeros(found: dict[str, Decimal]) -> dict[str, Decimal]:
    """Return the amounts that are not zero."""
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("day", ["2024-12-31", "2025-06-30", "2026-09-15", "2026-10-31"])
def test_deposit_balance_by_outlet_is_the_sum_of_the_delivered_accounts(demo: Demo, day: str) -> None:
    delivered = by("org", rows(demo, DEPOSITS, day.replace("-", "")))

    assert decimals(demo.values("deposit_balance", "organisation", "--date", day)) == without_zeros(delivered)


@pytest.mark.parametrize("day", ["2024-12-31", "2025-06-30", "2026-10-31"])
def test_deposit_balance_by_outlet_is_what_the_simulator_wrote_into_its_own_books(demo: Demo, day: str) -> None:
    books: dict[str, Decimal] = defaultdict(Decimal)
    for line in demo.truth("account_month_end"):
        if line["day"] == date.fromisoformat(day) and line["kind"] == "deposit":
            books[line["organisation_code"]] += Decimal(line["cents"]) / 100

    assert decimals(demo.values("deposit_balance", "organisation", "--date", day)) == without_zeros(books)


def test_between_two_reports_the_balance_is_the_last_report_and_the_postings_since(demo: Demo) -> None:
    expected = Counter(by("org", rows(demo, DEPOSITS, "20250630")))
    for row in increments(demo, POSTINGS, "20250701", "20250716"):
        expected[row["org"]] += signed(row)

    assert decimals(demo.values("deposit_balance", "organisation", "--date", "2025-07-16")) == without_zeros(dict(expected))


def test_the_average_of_a_month_is_its_day_ends_added_up_by_hand(demo: Demo) -> None:
    balance = sum(by("org", rows(demo, DEPOSITS, "20250630")).values())
    changes: dict[str, Decimal] = defaultdict(Decimal)
    for row in increments(demo, POSTINGS, "20250701", "20250731"):
        changes[row["day"]] += signed(row)
    balance_days = Decimal(0)
    for ordinal in range(31):
        balance += changes[(date(2025, 7, 1) + timedelta(days=ordinal)).strftime("%Y%m%d")]
        balance_days += balance
    figure = demo.figure("deposit_average_daily_balance", "--date", "2025-07-31")

    assert Decimal(figure["numerator"]) == balance_days
    assert Decimal(figure["value"]) == (balance_days / 31).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("day", ["2025-06-30", "2026-09-15", "2026-10-31"])
def test_customers_are_those_with_an_account_that_is_not_closed(demo: Demo, day: str) -> None:
    compact = day.replace("-", "")
    homes = {row["customer"]: row["org"] for row in rows(demo, CUSTOMERS, compact)}
    holders = {row["customer"] for row in rows(demo, DEPOSITS | LOANS, compact) if row["closed"] in DAY_OPEN}

    assert int(demo.figure("customer_count", "--date", day)["value"]) == len(holders)
    assert decimals(demo.values("customer_count", "organisation", "--date", day)) == Counter(homes[number] for number in holders)


def test_new_customers_are_those_whose_first_account_ever_opened_in_the_month(demo: Demo) -> None:
    first: dict[str, str] = {}
    for table, fields in (DEPOSITS | LOANS).items():
        for day in demo.days(table):
            for row in rows(demo, {table: fields}, day):
                first[row["customer"]] = min(row["opened"], first.get(row["customer"], "99991231"))
    expected = sum("20261001" <= day <= "20261031" for day in first.values())

    assert int(demo.figure("new_customer_count", "--date", "2026-10-31")["value"]) == expected > 0


def test_new_customers_are_those_who_joined_by_the_simulators_own_books(demo: Demo) -> None:
    joined = {line["joined_on"] for line in demo.truth("customers")}
    in_month = [line for line in demo.truth("customers") if date(2026, 10, 1) <= line["joined_on"] <= date(2026, 10, 31)]

    assert min(joined) < date(2024, 10, 1)
    assert int(demo.figure("new_customer_count", "--date", "2026-10-31")["value"]) == len(in_month)


def test_transactions_by_channel_are_counted_line_by_line(demo: Demo) -> None:
    postings = increments(demo, POSTINGS, "20241001", "20261031")
    flagged = Counter((row["account"], row["amount"], row["side"]) for row in postings if row["reversal"] != "正常")
    expected: Counter[str] = Counter()
    for row in postings:
        if row["day"] >= "20261001" and row["content"] not in ("结息", "批量交易"):
            word = row["channel"]
            channel = CHANNELS.get(
                word, "third_party" if word.startswith("第三方支付") else "telephone_bank" if "电话银行" in word else "other"
            )
            other = "借" if row["side"] == "贷" else "贷"
            is_paired = flagged[row["account"], row["amount"], row["side"]] == flagged[row["account"], row["amount"], other]
            expected[channel] += 1 if row["reversal"] == "正常" else 0 if is_paired else -1

    assert sum(flagged.values()) > 0
    assert decimals(demo.values("transaction_count", "channel", "--date", "2026-10-31")) == expected


def test_no_posting_of_the_simulators_books_is_missing_in_the_channels(demo: Demo) -> None:
    books = sum(line["rows"] for line in demo.truth("channel_month") if line["month"] == "202610")
    delivered = increments(demo, POSTINGS, "20261001", "20261031")
    bank_initiated = sum(row["content"] in ("结息", "批量交易") for row in delivered)
    reversals = int(demo.figure("reversal_count", "--date", "2026-10-31")["value"])

    assert int(demo.figure("transaction_count", "--date", "2026-10-31")["value"]) + bank_initiated + 2 * reversals == books


@pytest.mark.parametrize("day", ["2025-06-30", "2026-10-31"])
def test_the_share_of_bad_loans_is_that_of_the_receipts_and_of_the_books(demo: Demo, day: str) -> None:
    receipts = rows(demo, RECEIPTS, day.replace("-", ""))
    bad = sum((Decimal(row["balance"]) for row in receipts if row["class"] in ("次级", "可疑", "损失")), Decimal(0))
    every = sum((Decimal(row["balance"]) for row in receipts), Decimal(0))
    (books,) = (line for line in demo.truth("delivery_totals") if line["day"] == day)
    figure = demo.figure("npl_ratio", "--date", day)

    assert (bad, every) == (Decimal(books["bad_loan_cents"]) / 100, Decimal(books["loan_cents"]) / 100)
    cards = [(Decimal(row["overdraft"]), row["class"]) for row in rows(demo, CARDS, day.replace("-", ""))]
    bad += sum(overdraft for overdraft, word in cards if word in ("次级", "可疑", "损失"))
    every += sum(overdraft for overdraft, _ in cards)
    every += sum(Decimal(row["balance"]) for row in bills_and_advances(demo, day.replace("-", "")))
    assert (Decimal(figure["numerator"]), Decimal(figure["denominator"])) == (bad, every)
    assert Decimal(figure["value"]) == (bad / every).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def test_loans_disbursed_are_the_disbursements_of_the_month_in_files_and_books(demo: Demo) -> None:
    lent = increments(demo, LOAN_POSTINGS, "20261001", "20261031")
    expected = sum(
        (Decimal(row["amount"]) * (1 if row["side"] == "借" else -1) for row in lent if row["content"] == "贷款发放"), Decimal(0)
    )
    books = sum(line["amount_cents"] for line in demo.truth("loans") if date(2026, 10, 1) <= line["started_on"] <= date(2026, 10, 31))

    assert Decimal(demo.figure("loan_disbursed_amount", "--date", "2026-10-31")["value"]) == expected == Decimal(books) / 100 > 0


@pytest.mark.parametrize("day", ["2025-06-30", "2026-10-31"])
def test_the_ledger_carries_exactly_what_the_accounts_hold(demo: Demo, day: str) -> None:
    compact = day.replace("-", "")
    ledger = {(line[LEDGER["org"]], line[LEDGER["subject"]]): Decimal(line[LEDGER["credit"]]) - Decimal(line[LEDGER["debit"]])
              for line in demo.lines("ZZKJQKMB", compact)}  # fmt: skip
    held: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for sign, tables in ((1, DEPOSITS), (-1, LOANS)):
        for row in rows(demo, tables, compact):
            held[row["org"], row["subject"]] += sign * Decimal(row["balance"])

    assert {key: ledger.get(key, Decimal(0)) for key in held} == dict(held)
    assert demo.figure("ledger_difference", "--date", day)["value"] == "0.00"


def test_totals_of_the_bank_are_those_of_the_simulators_books_(demo: Demo) -> None:
    books = {line["day"]: line for line in demo.truth("delivery_totals")}
    for day in ("2024-10-31", "2026-10-04"):
        line = books[day]
        assert Decimal(demo.figure("deposit_balance", "--date", day)["value"]) == Decimal(line["deposit_cents"]) / 100
        assert Decimal(demo.figure("demand_deposit_balance", "--date", day)["value"]) == Decimal(line["demand_cents"]) / 100
        assert Decimal(demo.figure("personal_deposit_balance", "--date", day)["value"]) == Decimal(line["personal_cents"]) / 100
        assert Decimal(demo.figure("loan_balance", "--date", day)["value"]) == Decimal(line["loan_cents"]) / 100


@pytest.mark.parametrize("day", ["2025-12-31", "2026-10-31"])
def test_the_result_of_a_year_is_what_its_subjects_show_at_its_end(demo: Demo, day: str) -> None:
    leaves = {line[LEDGER["subject"]] for line in demo.lines("ZZKJQKMB", day.replace("-", ""))}
    leaves -= {code for code in leaves if any(other != code and other.startswith(code) for other in leaves)}
    shown: dict[str, Decimal] = defaultdict(Decimal)
    for line in demo.lines("ZZKJQKMB", day.replace("-", "")):
        if line[LEDGER["subject"]] in leaves and line[LEDGER["subject"]].startswith("6"):
            shown[line[LEDGER["subject"]][:4]] += Decimal(line[LEDGER["credit"]]) - Decimal(line[LEDGER["debit"]])

    def year(metric: str) -> Decimal:
        return Decimal(demo.figure(metric, "--date", day, "--period", "year")["value"])

    assert year("net_profit") == sum(shown.values()) > 0
    assert year("interest_income") == shown["6011"]
    assert year("interest_expense") == -shown["6411"]
    assert year("fee_income") == shown["6021"]
    assert year("operating_expense") == -shown["6602"]


def test_total_assets_are_the_asset_subjects_of_the_delivered_ledger(demo: Demo) -> None:
    lines = demo.lines("ZZKJQKMB", "20261031")
    tops = [line for line in lines if len(line[LEDGER["subject"]]) == 4 and line[LEDGER["subject"]].startswith("1")]
    delivered = sum((Decimal(line[LEDGER["debit"]]) - Decimal(line[LEDGER["credit"]]) for line in tops), Decimal(0))

    assert Decimal(demo.figure("total_asset_balance", "--date", "2026-10-31")["value"]) == delivered > 0
