"""A parameter that changes from a day leaves every month before it as it was, to the cent, and changes those after."""

from datetime import date

import drawn_tables
import pytest
from drawn_tables import load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.draw_transfer_curve import DRAW_TRANSFER_CURVE
from maisui.integration.price_accounts import PRICE_ACCOUNTS
from maisui.integration.settle_contribution_settings import SETTLE_CONTRIBUTION_SETTINGS
from maisui.marts.account_contribution_month import ACCOUNT_CONTRIBUTION_MONTH_MART
from maisui.marts.loan_loss_month import LOAN_LOSS_MONTH_MART
from maisui.parameters import load_parameters

STEPS = (DRAW_TRANSFER_CURVE, PRICE_ACCOUNTS, SETTLE_CONTRIBUTION_SETTINGS, LOAN_LOSS_MONTH_MART, ACCOUNT_CONTRIBUTION_MONTH_MART)

# Of each kind one whose result March decides and one of April: opened (T), withdrawn (W), turned bad (B).
BANK = {
    "calendar_day": ("2026-01-01", "2026-04-30"),
    "transfer_price": """
        curve_code | tenor_day_count | effective_from | transfer_rate
        -----------+-----------------+----------------+--------------
        standard   | 0               | 2026-01-01     | 0.008
        standard   | 365             | 2026-01-01     | 0.018
        other      | 0               | 2026-01-01     | 0.009
        other      | 365             | 2026-01-01     | 0.021
    """,
    "account": """
        account_number | account_kind | product_group  | opened_on  | closed_on
        ---------------+--------------+----------------+------------+-----------
        D1             | deposit      | demand_deposit | 2020-01-01 |
        T3             | deposit      | term_deposit   | 2026-03-05 |
        T4             | deposit      | term_deposit   | 2026-04-05 |
        W3             | deposit      | term_deposit   | 2026-01-01 | 2026-03-16
        W4             | deposit      | term_deposit   | 2026-01-01 | 2026-04-16
        B3             | loan         | business_loan  | 2026-01-01 |
        B4             | loan         | business_loan  | 2026-01-01 |
        L1             | loan         | business_loan  | 2026-01-01 |
    """,
    "account_rate_period": """
        account_number | valid_from | valid_until | interest_rate
        ---------------+------------+-------------+--------------
        D1             | 1900-01-01 |             | 0.001
        W3             | 1900-01-01 |             | 0.015
        W4             | 1900-01-01 |             | 0.015
        B3             | 1900-01-01 |             | 0.06
        B4             | 1900-01-01 |             | 0.06
        L1             | 1900-01-01 |             | 0.06
    """,
    "deposit_term_snapshot": """
        account_number | reported_on | value_on   | matures_on
        ---------------+-------------+------------+-----------
        W3             | 2026-01-31  | 2026-01-01 | 2026-07-01
        W4             | 2026-01-31  | 2026-01-01 | 2026-07-01
    """,
    "loan": """
        loan_number | account_number | disbursed_on | matures_on | last_reported_on | disbursed_amount | loan_class
        ------------+----------------+--------------+------------+------------------+------------------+------------
        R3          | B3             | 2026-01-01   | 2027-01-01 | 2026-04-30       | 100000.00        | substandard
        R4          | B4             | 2026-01-01   | 2027-01-01 | 2026-04-30       | 100000.00        | substandard
        R1          | L1             | 2026-01-01   | 2027-01-01 | 2026-04-30       | 100000.00        | pass
    """,
    "loan_state": """
        loan_number | valid_from | valid_until | balance   | loan_class
        ------------+------------+-------------+-----------+------------
        R1          | 2026-01-31 |             | 100000.00 | pass
        R3          | 2026-01-31 | 2026-03-31  | 100000.00 | pass
        R3          | 2026-03-31 |             | 100000.00 | substandard
        R4          | 2026-01-31 | 2026-04-30  | 100000.00 | pass
        R4          | 2026-04-30 |             | 100000.00 | substandard
    """,
    "account_month": "\n".join((
        "account_number | account_kind | month_start | balance_days", "--+--",
        *(
            f"{number} | {'loan' if number in ('B3', 'B4', 'L1') else 'deposit'} | 2026-0{month}-01 | 3000000.00"
            for number in ("D1", "T3", "T4", "W3", "W4", "B3", "B4", "L1")
            for month in (1, 2, 3, 4)
            if (number, month) not in {("T3", 1), ("T3", 2), ("T4", 1), ("T4", 2), ("T4", 3), ("W3", 4)}
        ),
    )),
}  # fmt: skip
CHANGES = (
    ("transfer_curve", "text", "other"),
    ("transfer_tenor_days.demand_deposit", "number", "100"),
    ("transfer_default_tenor_days.deposit", "number", "100"),
    ("interest_day_basis.deposit", "number", "365"),
    ("vat_rate.loan", "number", "0.06"),
    ("surcharge_rate", "number", "0.12"),
    ("income_tax_rate", "number", "0.15"),
    ("risk_weight.loan", "number", "0.9"),
    ("capital_ratio", "number", "0.08"),
    ("capital_cost_rate", "number", "0.12"),
    ("loss_given_default.loan", "number", "0.5"),
    ("default_probability.pass", "number", "0.02"),
    ("provision_rate.substandard", "number", "0.3"),
    ("demand_deposit_rate", "number", "0.001"),
)


def test_past_months_keep_their_parameters(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each parameter, changed from April: March stays and April moves; changed from February: March moves and January stays."""

    def months(change: dict[str, object] | None) -> dict[str, list[tuple]]:
        monkeypatch.setitem(drawn_tables.GIVEN, "parameter", lambda: load_parameters([change] if change else []).query())
        load_tables(engine, **BANK)
        for step in STEPS:
            run(engine, step, reporting_date="2026-04-30")
        found: dict[str, list[tuple]] = {}
        for row in engine.fetch("SELECT CAST(business_date AS VARCHAR), * FROM account_contribution_month"):
            found.setdefault(row[0], []).append(tuple(map(str, row)))
        return {month: sorted(lines) for month, lines in found.items()}

    before = months(None)
    for code, kind, value in CHANGES if engine.name == "duckdb" else CHANGES[:2]:
        later = months({"code": code, kind: value, "valid_from": date(2026, 4, 1)})
        assert [later[month] for month in ("2026-01-31", "2026-02-28", "2026-03-31")] == [
            before[month] for month in ("2026-01-31", "2026-02-28", "2026-03-31")
        ], code
        assert later["2026-04-30"] != before["2026-04-30"], code
        earlier = months({"code": code, kind: value, "valid_from": date(2026, 2, 1)})
        assert earlier["2026-01-31"] == before["2026-01-31"], code
        assert earlier["2026-03-31"] != before["2026-03-31"], code
