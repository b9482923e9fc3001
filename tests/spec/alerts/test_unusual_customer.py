"""Customers held against their own past: what departs is told with its usual range, what comes every month or every harvest is not."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run
from restated_parameters import restated

from maisui.alerts import BY_CODE, fill
from maisui.alerts.settle_alert_thresholds import SETTLE_ALERT_THRESHOLDS
from maisui.engines.engine import Engine

DAY = "2026-06-30"
MONTHS = [f"{number // 12}-{number % 12 + 1:02d}-01" for number in range(2025 * 12, 2026 * 12 + 6)]
"""January 2025 to June 2026: seventeen months before the one that is judged."""
PARAMETERS = """
    parameter_code          | valid_from | number_value
    ------------------------+------------+-------------
    alert.window_days       | 1900-01-01 | 31
    alert.unusual_months    | 1900-01-01 | 12
    alert.unusual_multiple  | 1900-01-01 | 5
    alert.unusual_amount    | 1900-01-01 | 5
    alert.unusual_budget    | 1900-01-01 | 3
"""
TREE = """
    organisation_code | ancestor_code | distance
    ------------------+---------------+---------
    B10               | B10           | 0
    B20               | B20           | 0
"""


def flow_lines(customer: str, code: str, column: str, amounts: list[int]) -> list[str]:
    """Return a line a month of what came in or went out, the last of the amounts in June 2026."""
    other = "0.00"
    return [
        f"{customer} | {month} | {code} | {amount if column == 'in' else other} | {amount if column == 'out' else other}"
        for month, amount in zip(MONTHS[-len(amounts) :], amounts, strict=True)
        if amount
    ]


def held_lines(customer: str, organisation: str, balances: list[int]) -> list[str]:
    """Return a line a month of what he has, the last of the balances at the end of June 2026."""
    return [f"{customer} | {month} | {organisation} | {balance}" for month, balance in zip(MONTHS[-len(balances) :], balances, strict=True)]


def judge(engine: Engine, flows: list[str], held: list[str]) -> None:
    """Draw what customers did and have, settle the thresholds and run the rule alone."""
    customers = sorted({line.split(" | ")[0] for line in held})
    load_tables(
        engine,
        parameter=restated(PARAMETERS, DAY),
        organisation_closure=TREE,
        calendar_day=(MONTHS[0], DAY),
        customer="\n".join(["customer_number | person_customer_number | home_organisation_code", "---+---+---"]
                           + [f"{name} | {name} | {next(line.split(' | ')[2] for line in held if line.startswith(name))}" for name in customers]),
        customer_flow_month="\n".join(["customer_number | month_start | flow_code | inflow_amount | outflow_amount", "---+---+---+---+---", *flows]),
        customer_month="\n".join(["customer_number | month_start | home_organisation_code | deposit_balance", "---+---+---+---", *held]),
    )  # fmt: skip
    run(engine, SETTLE_ALERT_THRESHOLDS, reporting_date=DAY)
    run(engine, fill((BY_CODE["unusual_customer"],)), reporting_date=DAY)


def test_who_departs_from_his_own_past_is_told_and_salary_pension_and_harvest_are_not(engine: Engine) -> None:
    """unusual_customer by hand.

    IN1 usually gets 10 000 (each distance 0, so the spread is the tenth, 1 000): five spreads up is 15 000; 80 000 is 65 000 beyond it.
    OUT spends 10 000 or 12 000: middle 12 000 of seventeen (eight tens, nine twelves), distance 0, spread 1 200, edge 18 000; 280 000 is 262 000
    beyond, more than five times 50 000. FALL has 200 000 and falls to 40 000: edge 200 000 − 5 × 20 000 = 100 000, 60 000 beyond. WAGE earns his wage and a
    bonus by payroll. FARM sells 150 000 in June, 130 000 the June before: half as much again is usual. LOAN spends in June what he borrowed in May.
    SAVES grows by 60 000 a month. NEW has a past of eleven months. LESS is 49 999.99 beyond his edge.
    """
    steady = [10_000] * 17
    judge(
        engine,
        [
            *flow_lines("IN1", "off_us", "in", [*steady, 80_000]),
            *flow_lines("OUT", "cash", "out", [10_000, 12_000] * 8 + [12_000, 280_000]),
            *flow_lines("WAGE", "payroll", "in", [*steady, 120_000]),
            *flow_lines("FARM", "off_us", "in", [2_000] * 5 + [130_000] + [2_000] * 11 + [150_000]),
            *flow_lines("LOAN", "loan", "in", [0] * 16 + [200_000, 0]),
            *flow_lines("LOAN", "off_us", "out", [5_000] * 17 + [190_000]),
            *flow_lines("NEW", "off_us", "in", [1_000] * 11 + [900_000]),
            *[line.replace("| 64999 |", "| 64999.99 |") for line in flow_lines("LESS", "off_us", "in", [*steady, 64_999])],
        ],
        [
            *held_lines("IN1", "B10", [90_000] * 18),
            *held_lines("OUT", "B10", [90_000] * 18),
            *held_lines("FALL", "B20", [200_000] * 17 + [40_000]),
            *held_lines("WAGE", "B10", [90_000] * 18),
            *held_lines("FARM", "B10", [90_000] * 18),
            *held_lines("LOAN", "B10", [90_000] * 18),
            *held_lines("SAVES", "B10", [60_000 * number for number in range(1, 19)]),
            *held_lines("NEW", "B10", [90_000] * 12),
            *held_lines("LESS", "B10", [90_000] * 18),
        ],
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | organisation_code | at_stake_amount | before_amount | after_amount | limit_amount | measured_rate | item_count | before_word | after_word
        ------------+------------+---------------+-------------------+-----------------+---------------+--------------+--------------+---------------+------------+-------------+-----------
        FALL        | 2026-06-01 | low           | B20               | 60000.00        | 200000.00     | 40000.00     | 100000.00    | 8.0000        | 17         | balance     | fall
        IN1         | 2026-06-01 | low           | B10               | 65000.00        | 10000.00      | 80000.00     | 15000.00     | 70.0000       | 17         | inflow      | rise
        OUT         | 2026-06-01 | high          | B10               | 262000.00       | 12000.00      | 280000.00    | 18000.00     | 223.3333      | 17         | outflow     | rise
        """,
    )


def test_an_outlet_is_told_of_those_furthest_beyond_only(engine: Engine) -> None:
    """Four of B10 depart, the three furthest beyond are told; B20 has its own three."""
    names = {"C1": 100_000, "C2": 400_000, "C3": 200_000, "C4": 300_000}
    judge(
        engine,
        [line for name, amount in (names | {"D1": 90_000}).items() for line in flow_lines(name, "off_us", "in", [10_000] * 17 + [amount])],
        [line for name in names for line in held_lines(name, "B10", [1_000] * 18)] + held_lines("D1", "B20", [1_000] * 18),
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | severity_code | at_stake_amount
        ------------+---------------+----------------
        C2          | high          | 385000.00
        C3          | medium        | 185000.00
        C4          | high          | 285000.00
        D1          | low           | 75000.00
        """,
    )
