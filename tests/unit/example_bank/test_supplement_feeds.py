"""Feeds of the bank's departments: targets, complaints, consents, queues, attendance, fees, transfer prices and unit costs."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import pairwise

import openpyxl
import pyarrow.parquet as pq
from unit.example_bank.supplement_rows import delivered

from maisui.example_bank.agency_business import SOLD
from maisui.example_bank.supplement_fees import SUBJECT_OF_KIND
from maisui.metrics import BY_CODE
from maisui.sources.loader import load_builtin

EXPENSE = ("660201", "660202", "660203")


def of_ledger(bank, subjects: tuple[str, ...]) -> dict[str, Decimal]:
    """What each month earned on some subjects (costs below zero); the books of a year begin at nothing."""
    closing = dict(
        bank.rows(
            "SELECT KJRQ, sum(QMDFYE::DECIMAL(18,2) - QMJFYE::DECIMAL(18,2)) FROM ZZKJQKMB"
            f" WHERE KJKMBH IN ({', '.join(repr(subject) for subject in subjects)})"
            " AND strftime(strptime(KJRQ, '%Y%m%d') + INTERVAL 1 DAY, '%d') = '01' GROUP BY ALL"
        )
    )
    months = sorted(closing)
    return {day[:6]: closing[day] - (Decimal(0) if day[4:6] == "01" else closing[before]) for before, day in pairwise(months)}


def test_targets_name_metrics_of_the_catalogue_for_outlets_and_managers(bank) -> None:
    rows = delivered(bank.out, "target")
    assert {row["metric_code"] for row in rows} <= set(BY_CODE)
    assert {row["delivered"] for row in rows} == {"20241031", "20241231", "20251231"}
    keys = {(row["holder_kind"], row["holder_code"], row["metric_code"], row["period_from"], row["period_end_on"]) for row in rows}
    assert len(keys) == len(rows)
    this_year = [row for row in rows if row["delivered"] == "20251231"]
    lengths = {(row["period_from"], row["period_end_on"]) for row in this_year}
    assert len(lengths) == 12 + 4 + 1
    assert {("20260101", "20260131"), ("20260401", "20260630"), ("20260101", "20261231")} <= lengths
    managers = {row["holder_code"] for row in this_year if row["holder_kind"] == "员工"}
    outlets = {row["holder_code"] for row in this_year if row["holder_kind"] == "机构"}
    assert managers <= {number for (number,) in bank.rows("SELECT DISTINCT GH FROM YGB WHERE delivered = '20251231'")}
    closed = {code for (code,) in bank.rows("SELECT NBJGH FROM JGXXB WHERE delivered = '20251231' AND YYZT <> '营业'")}
    assert len(managers) >= 8
    assert outlets.isdisjoint(closed)
    assert len(outlets) == 8  # seven outlets still open and the head office
    held = dict(bank.rows("SELECT NBJGH, sum(CKYE::DECIMAL(18,2)) FROM (SELECT NBJGH, CKYE, delivered FROM GRCKFHZ UNION ALL"
                          " SELECT NBJGH, CKYE, delivered FROM DGCKFHZ) WHERE delivered = '20251231' GROUP BY ALL"))  # fmt: skip
    for row in this_year:
        is_of_year = (row["period_from"], row["period_end_on"]) == ("20260101", "20261231")
        if row["metric_code"] == "deposit_balance" and is_of_year and row["holder_code"] in held:
            assert Decimal("1.05") <= Decimal(row["target_amount"]) / held[row["holder_code"]] <= Decimal("1.13")


def test_complaints_come_in_and_are_delivered_again_when_settled(bank) -> None:
    rows = delivered(bank.out, "complaint")
    by_number = defaultdict(list)
    for row in rows:
        by_number[row["complaint_number"]].append(row)
    assert len(by_number) >= 40
    for versions in by_number.values():
        assert len(versions) <= 2
        assert [row["complaint_status"] == "处理中" for row in versions] in ([False], [True], [True, False])
        assert {row["received_on"] for row in versions} == {versions[0]["received_on"]}
    assert all((row["settled_on"] == "99991231") == (row["complaint_status"] == "处理中") for row in rows)
    assert all(row["settled_on"] > row["received_on"] for row in rows)


def test_consents_are_given_before_they_are_taken_back_and_borrowers_have_one_for_their_credit_report(bank) -> None:
    rows = delivered(bank.out, "consent")
    assert len(
        {(row["customer_number"], row["consent_purpose_code"], row["effective_from"], row["consent_number"]) for row in rows}
    ) == len(rows)
    given = {
        (row["customer_number"], row["consent_purpose_code"]): row["effective_from"] for row in rows if row["consent_status"] == "同意"
    }
    back = [row for row in rows if row["consent_status"] == "撤回"]
    assert len(back) > 20
    assert all(given[row["customer_number"], row["consent_purpose_code"]] < row["effective_from"] for row in back)
    persons = bank.rows("SELECT count(DISTINCT KHTYBH) FROM GRJCXXB")[0][0]
    assert 0.55 < len({customer for customer, purpose in given if purpose == "营销"}) / persons < 0.75
    borrowers = {number for (number,) in bank.rows("SELECT KHTYBH FROM GRXDYWJJB UNION SELECT KHTYBH FROM DGXDYWJJB")}
    assert {customer for customer, purpose in given if purpose == "征信查询"} == borrowers


def test_every_visit_to_a_counter_has_a_ticket(bank) -> None:
    """One ticket for each customer, outlet and day in the counter postings; some holders leave before they are called."""
    rows = delivered(bank.out, "queue_ticket")
    visits = bank.rows(
        "SELECT DISTINCT YWBLJGH, HXJYRQ, KHTYBH FROM (SELECT YWBLJGH, HXJYRQ, KHTYBH, JYQD, CBMBZ FROM GRCKFHZMX UNION ALL"
        " SELECT YWBLJGH, HXJYRQ, KHTYBH, JYQD, CBMBZ FROM DGCKFHZMX) WHERE JYQD = '柜面' AND CBMBZ = '正常' AND HXJYRQ >= '20260901'"
    )
    served = [row for row in rows if row["called_time"]]
    assert {(row["organisation_code"], row["taken_on"], row["customer_number"]) for row in served} == set(visits)
    assert len(served) == len(visits)
    assert all(row["taken_time"] <= row["called_time"] < row["finished_time"] for row in served)
    assert 0.03 < 1 - len(served) / len(rows) < 0.12
    assert len({(row["organisation_code"], row["taken_on"], row["ticket_number"]) for row in rows}) == len(rows)
    ratings = Counter(row["rating_type"] for row in served if row["rating_type"])
    assert ratings["满意"] > 0.9 * sum(ratings.values())


def test_attendance_covers_every_month_and_follows_people_to_another_outlet(bank) -> None:
    rows = delivered(bank.out, "attendance")
    assert len({row["worked_on"][:6] for row in rows}) == 25
    assert len({(row["employee_number"], row["worked_on"]) for row in rows}) == len(rows)
    summary = (bank.out / "truth" / "summary.json").read_text(encoding="utf-8")
    closing = json.loads(summary)["outlet_closing"]
    day = closing["day"].replace("-", "")
    there = {row["worked_on"] for row in rows if row["organisation_code"] == closing["outlet"]}
    assert max(there) < day
    assert max(there)[:6] == day[:6] or day.endswith("01")
    handed = json.loads(summary)["handed_over"]
    assert max(row["worked_on"] for row in rows if row["employee_number"] == handed["from"]) < handed["day"].replace("-", "")


def test_the_decision_confirms_a_planted_duplicate(bank) -> None:
    (decision,) = delivered(bank.out, "customer_merge_decision")
    planted = {(row["customer_number"], row["same_as"]): row["kind"] for row in
               pq.read_table(bank.out / "truth" / "duplicate_customers.parquet").to_pylist()}  # fmt: skip
    assert planted[decision["customer_number"], decision["surviving_number"]] == "same certificate"
    assert decision["merge_decision"] == "确认"


def test_fee_rows_carry_the_whole_fee_income_of_the_ledger_month_by_month(bank) -> None:
    """Subject by subject, and every row names its customer: 100 % of subject 6021."""
    rows = delivered(bank.out, "fee")
    assert len({row["fee_number"] for row in rows}) == len(rows)
    assert all(row["customer_number"] for row in rows)
    charged: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        charged[row["fee_type"], row["charged_on"][:6]] += Decimal(row["fee_amount"])
    for kind, subject in SUBJECT_OF_KIND.items():
        earned = of_ledger(bank, (subject,))
        assert len(earned) == 24
        assert {month: charged[kind, month] for month in earned} == earned, kind


def test_fees_of_what_is_sold_for_others_name_the_product_for_which_they_were_paid(bank) -> None:
    """Product by product what the sales reported (905 by name, wealth by code) bore; no other fee has a product."""
    charged: dict[str, Decimal] = defaultdict(Decimal)
    for row in delivered(bank.out, "fee"):
        charged[row["product_code"]] += Decimal(row["fee_amount"]) if row["fee_type"] == "代销手续费" else Decimal(0)
    code_of = {product.name: product.code for product in SOLD}
    sold = bank.rows("SELECT DXCPMC, sum(SXFJE::DECIMAL(18,2)) FROM DLDXJYXXB GROUP BY ALL")
    sold += bank.rows("SELECT LCCPDM, sum(SXFJE::DECIMAL(18,2)) FROM LCCPXSMX GROUP BY ALL")
    assert dict(charged) == {"": Decimal(0)} | {code_of.get(product, product): fees for product, fees in sold}
    assert len(charged) == 1 + len(SOLD)


def test_what_merchants_paid_and_what_was_passed_on_stands_in_the_ledger_month_by_month(bank) -> None:
    """Takings are kept since March 2026; before it the ledger had no subject for them. Fee income as a whole stays what came in."""
    paid: dict[str, Decimal] = defaultdict(Decimal)
    passed_on: dict[str, Decimal] = defaultdict(Decimal)
    for row in delivered(bank.out, "pos_acquiring"):
        paid[row["traded_on"][:6]] += Decimal(row["fee_income"])
        passed_on[row["traded_on"][:6]] += Decimal(row["fee_cost"])
    assert sorted(paid) == [f"2026{month:02d}" for month in range(3, 11)]
    assert {month: amount for month, amount in of_ledger(bank, ("602105",)).items() if amount} == dict(paid)
    assert {month: -amount for month, amount in of_ledger(bank, ("642102",)).items() if amount} == dict(passed_on)
    assert min(of_ledger(bank, ("602102",)).values()) > 0
    assert max(of_ledger(bank, ("642101",)).values()) < 0


def unit_costs(bank) -> list[dict[str, object]]:
    """Rows of the workbook of unit costs."""
    (path,) = (bank.out / "inbox" / "supplement").glob("*-unit_cost-*.xlsx")
    sheet = openpyxl.load_workbook(path).active
    names = load_builtin("supplement").feeds["unit_cost"].column_names
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True)]


CHANNELS = """CASE WHEN JYQD = '柜面' THEN 'counter' WHEN JYQD = 'ATM' THEN 'atm' WHEN JYQD = 'VTM' THEN 'vtm' WHEN JYQD = 'POS' THEN 'pos'
 WHEN JYQD = '网银' THEN 'internet_bank' WHEN JYQD = '手机银行' THEN 'mobile_bank' WHEN JYQD LIKE '%电话银行' THEN 'telephone_bank'
 WHEN JYQD LIKE '第三方支付%' THEN 'third_party' WHEN JYQD = '银联交易' THEN 'union_pay' ELSE 'batch' END"""


def test_unit_costs_absorb_most_of_each_months_expense(bank) -> None:
    prices: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in unit_costs(bank):
        code = row["channel_code"] if row["cost_item_code"] == "transaction" else row["cost_item_code"]
        prices[f"{row['effective_from']:%Y%m}"][str(code)] = Decimal(str(row["unit_cost_amount"]))
    assert sorted(prices) == ["202410", "202601"]
    assert all(cost > 0 for costs in prices.values() for cost in costs.values())
    transactions = bank.rows(
        f"SELECT HXJYRQ[1:6], {CHANNELS}, count(*) FROM (SELECT HXJYRQ, JYQD FROM GRCKFHZMX UNION ALL SELECT HXJYRQ, JYQD FROM DGCKFHZMX)"
        " GROUP BY ALL"
    )
    accounts = bank.rows(
        "SELECT delivered[1:6], kind, count(*) FROM ("
        "SELECT delivered, 'deposit_account' AS kind FROM GRCKFHZ WHERE ZHZT <> '销户' UNION ALL"
        " SELECT delivered, 'deposit_account' FROM DGCKFHZ WHERE ZHZT <> '销户' UNION ALL"
        " SELECT delivered, 'loan_account' FROM GRXDFHZ WHERE ZHZT <> '销户' UNION ALL"
        " SELECT delivered, 'loan_account' FROM DGXDFHZ WHERE ZHZT <> '销户' UNION ALL"
        " SELECT delivered, 'credit_card_account' FROM XYKSXQKB)"
        " WHERE strftime(strptime(delivered, '%Y%m%d') + INTERVAL 1 DAY, '%d') = '01' GROUP BY ALL"
    )
    absorbed: dict[str, Decimal] = defaultdict(Decimal)
    for month, code, count in [*transactions, *accounts]:
        absorbed[month] += count * prices["202601" if month >= "202601" else "202410"][code]
    for month, cost in of_ledger(bank, EXPENSE).items():
        assert Decimal("0.75") <= absorbed[month] / -cost <= Decimal("0.95"), (month, absorbed[month], cost)


def test_transfer_prices_rise_with_tenor_and_fall_by_quarter_points(bank) -> None:
    rows = delivered(bank.out, "transfer_price")
    curves: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for row in rows:
        curves[row["effective_from"]][int(row["tenor_day_count"])] = Decimal(row["transfer_rate"])
    assert {row["curve_code"] for row in rows} == {"standard"}
    assert list(curves) == ["20200101", "20250520", "20260115"]
    for curve in curves.values():
        assert list(curve) == [0, 30, 90, 180, 365, 730, 1095, 1825, 3650]
        assert sorted(curve.values()) == list(curve.values())
    first, second, third = curves.values()
    assert all(first[tenor] - second[tenor] == second[tenor] - third[tenor] == Decimal("0.0025") for tenor in first)
