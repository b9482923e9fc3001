"""Controls: each is silent while its figures tie, and names place and difference when they do not."""

from decimal import Decimal
from typing import Any

from drawn_tables import load_tables, need_table

from maisui.engines.engine import Engine
from maisui.reconciliation import RULES, Rule
from maisui.reconciliation.controls import (
    BALANCES_ROLL,
    BALANCES_TOLD,
    CUSTOMERS_EQUAL_ACCOUNTS,
    LEDGER_BALANCES,
    LEDGER_CARRIED,
    LEDGER_PARENTS,
    LEDGER_ROLLS,
    RECEIPTS_EQUAL_ACCOUNTS,
    ROWS_CONSERVED,
    SETS_EQUAL_LEDGER,
    WORDS_KNOWN,
)
from maisui.reconciliation.mart_controls import MARTS_EQUAL_BASE
from maisui.tables import BY_NAME

LEDGER_CHECKS = (LEDGER_BALANCES, LEDGER_ROLLS, LEDGER_CARRIED, LEDGER_PARENTS)


def violations(engine: Engine, rule: Rule) -> list[tuple[Any, ...]]:
    """Return what `rule` finds in the tables drawn."""
    for name in BY_NAME:
        if name in rule.violations + rule.checked:
            need_table(engine, name)
    return sorted(engine.fetch(rule.violations), key=repr)


def checked(engine: Engine, rule: Rule) -> int:
    """Return how many comparisons `rule` made."""
    return int(engine.fetch(rule.checked)[0][0])


def test_rows_of_a_file_are_loaded_quarantined_or_duplicate(engine: Engine) -> None:
    """A file whose rows are not all accounted for is named with its feed, day and the number of rows missing."""
    load_tables(
        engine,
        delivery="""
            source_file_id | feed_code | business_date | line_count | loaded_count | quarantined_count | duplicate_count
            ---------------+-----------+---------------+------------+--------------+-------------------+----------------
            F1             | accounts  | 2026-06-30    | 10         | 7            | 2                 | 1
            F2             | loans     | 2026-06-30    | 10         | 7            | 2                 | 0
        """,
    )
    assert violations(engine, ROWS_CONSERVED) == [("core", "loans", "2026-06-30", Decimal("1.00"))]
    assert checked(engine, ROWS_CONSERVED) == 2


def test_sub_ledgers_equal_the_ledger(engine: Engine) -> None:
    """Each subject that misses is named with its day, outlet, currency and difference, under the control of its own set."""
    load_tables(
        engine,
        ledger_tie="""
            business_date | organisation_code | subject_code | control_code | found_in    | difference_amount
            --------------+-------------------+--------------+--------------+-------------+------------------
            2026-06-30    | B10               | 201101       | deposit      | both        | 0.00
            2026-06-30    | B20               | 201101       | deposit      | both        | -0.01
            2026-06-30    | B30               | 1303         | loan         | no_accounts | -5.00
        """,
    )
    by_code = {rule.code: (violations(engine, rule), checked(engine, rule)) for rule in SETS_EQUAL_LEDGER}
    assert by_code["deposit_equals_ledger"] == ([("2026-06-30", "B20", "201101", "CNY", "both", Decimal("-0.01"))], 2)
    assert by_code["loan_equals_ledger"] == ([("2026-06-30", "B30", "1303", "CNY", "no_accounts", Decimal("-5.00"))], 1)
    assert by_code["card_equals_ledger"] == ([], 0)


def test_breaks_of_the_ledger_fall_to_the_control_that_names_them(engine: Engine) -> None:
    """Opening, turnover and closing are one control; the others have one each."""
    load_tables(
        engine,
        ledger_snapshot="""
            reported_on | subject_code | closing_debit_balance
            ------------+--------------+----------------------
            2026-06-30  | 1001         | 5.00
            2026-06-30  | 1003         | 5.00
        """,
        ledger_break="""
            check_code | business_date | subject_code | difference_amount
            -----------+---------------+--------------+------------------
            closing    | 2026-06-30    | all          | 10.00
            roll       | 2026-06-30    | 1001         | -5.00
            carried    | 2026-06-30    | 1003         | -1.00
            parent     | 2026-06-30    | 1            | -2.00
        """,
    )
    found = {rule.code: (violations(engine, rule), checked(engine, rule)) for rule in LEDGER_CHECKS}
    assert found == {
        "ledger_balances": ([("2026-06-30", "B10", "all", "CNY", "closing", Decimal("10.00"))], 1),
        "ledger_rolls": ([("2026-06-30", "B10", "1001", "CNY", "roll", Decimal("-5.00"))], 2),
        "ledger_carried": ([("2026-06-30", "B10", "1003", "CNY", "carried", Decimal("-1.00"))], 2),
        "ledger_parents": ([("2026-06-30", "B10", "1", "CNY", "parent", Decimal("-2.00"))], 2),
    }


def test_the_last_report_plus_movements_equals_the_next_report(engine: Engine) -> None:
    """Breaks are added up by day, outlet and product and never name an account; each balance reported or fed is held."""
    load_tables(
        engine,
        account="""
            account_number | organisation_code | product_code | opened_on
            ---------------+-------------------+--------------+-----------
            A1             | B10               | P1           | 2020-01-01
            A2             | B10               | P1           | 2020-01-01
            A3             | B20               | P1           | 2020-01-01
        """,
        balance_break="""
            account_number | reported_on | difference_amount
            ---------------+-------------+------------------
            A1             | 2026-06-30  | 1.00
            A2             | 2026-06-30  | 0.25
            A3             | 2026-06-30  | -2.00
        """,
        account_snapshot="""
            account_number | reported_on | balance
            ---------------+-------------+--------
            A1             | 2026-06-30  | 5.00
            A1             | 2026-06-20  |
            A2             | 2026-06-30  | 5.00
        """,
        daily_balance="""
            account_number | held_on    | balance
            ---------------+------------+--------
            A3             | 2026-06-30 | 7.00
        """,
    )
    assert violations(engine, BALANCES_ROLL) == [
        ("2026-06-30", "B10", "P1", "CNY", Decimal("1.25")),
        ("2026-06-30", "B20", "P1", "CNY", Decimal("-2.00")),
    ]
    assert checked(engine, BALANCES_ROLL) == 3


def test_receipts_equal_loan_accounts(engine: Engine) -> None:
    """An outlet and currency that misses is named; a day without accounts to compare is not compared."""
    load_tables(
        engine,
        loan_tie="""
            business_date | organisation_code | receipt_balance | account_balance | difference_amount | ledger_balance
            --------------+-------------------+-----------------+-----------------+-------------------+---------------
            2026-06-30    | B10               | 100.00          | 100.00          | 0.00              | 100.00
            2026-06-30    | B20               | 49.99           | 50.00           | -0.01             | 50.00
            2026-06-29    | B10               |                 |                 |                   | 100.00
        """,
    )
    assert violations(engine, RECEIPTS_EQUAL_ACCOUNTS) == [("2026-06-30", "B20", "CNY", Decimal("-0.01"))]
    assert checked(engine, RECEIPTS_EQUAL_ACCOUNTS) == 2


def test_customer_totals_equal_account_totals(engine: Engine) -> None:
    """Month by month; a deposit too much and a loan too little do not cancel out."""
    load_tables(
        engine,
        account_month="""
            account_number | account_kind | month_start | closing_balance
            ---------------+--------------+-------------+----------------
            A1             | deposit      | 2026-04-01  | 50.00
            A1             | deposit      | 2026-05-01  | 100.00
            L1             | loan         | 2026-05-01  | 900.00
            A1             | deposit      | 2026-06-01  | 70.00
        """,
        customer_month="""
            customer_number | month_start | deposit_balance | loan_balance
            ----------------+-------------+-----------------+-------------
            C1              | 2026-04-01  | 50.00           | 0.00
            C1              | 2026-05-01  | 99.00           | 901.00
        """,
    )
    assert violations(engine, CUSTOMERS_EQUAL_ACCOUNTS) == [("2026-05-01", Decimal("2.00")), ("2026-06-01", Decimal("70.00"))]
    assert checked(engine, CUSTOMERS_EQUAL_ACCOUNTS) == 3


def test_accounts_that_only_movements_name_are_told_where_nobody_reports_their_kind(engine: Engine) -> None:
    """No loan is reported: both loans are told; a deposit that came after the last report is not."""
    load_tables(
        engine,
        account="""
            account_number | account_kind | organisation_code | currency | opened_on
            ---------------+--------------+-------------------+----------+-----------
            A1             | deposit      | B10               | CNY      | 2020-01-01
            A2             | deposit      | B10               | CNY      | 2026-06-03
            L1             | loan         | B10               | CNY      | 2026-06-04
            L2             | loan         | B10               | CNY      | 2026-06-04
        """,
        account_snapshot="""
            account_number | account_kind | reported_on
            ---------------+--------------+------------
            A1             | deposit      | 2026-05-31
        """,
    )
    assert engine.fetch(BALANCES_TOLD.violations) == [("loan", "B10", "CNY", Decimal("2.00"))]
    assert engine.fetch(BALANCES_TOLD.checked) == [(4,)]


def test_a_word_that_the_model_does_not_know_is_told_with_its_rows(engine: Engine) -> None:
    load_tables(
        engine,
        unknown_word="""
            table_name       | column_name   | row_count | unknown_count | last_unknown_on
            -----------------+---------------+-----------+---------------+----------------
            account_snapshot | product_group | 9         | 3             | 2026-06-30
            account_snapshot | account_kind  | 9         | 0             |
        """,
    )
    assert engine.fetch(WORDS_KNOWN.violations) == [("2026-06-30", "account_snapshot", "product_group", Decimal("3.00"))]


def test_a_bank_without_any_facts_violates_nothing(engine: Engine) -> None:
    """Every control is silent, and says that it compared nothing, while its tables are empty."""
    load_tables(engine, calendar_day=("2026-06-01", "2026-06-02"))
    assert {rule.code: (violations(engine, rule), checked(engine, rule)) for rule in RULES} == {rule.code: ([], 0) for rule in RULES}


def test_only_controls_that_a_setting_names_may_be_loosened() -> None:
    """Rows, customers, managers and marts always stop a publication; what rests on the bank's own files may warn, as the bank chooses."""
    assert {rule.code for rule in RULES if rule.severity == "stop" and not rule.setting} == {
        "rows_conserved",
        "customers_equal_accounts",
        "managers_equal_balances",
        "contribution_adds_up",
        "service_cost_adds_up",
        "labels_exclusive",
        "merchants_equal_trades",
        "quality_labels_equal_base",
        "customer_flows_equal_channels",
        "product_activity_equals_channels",
        "product_structure_equals_balances",
        "shares_make_the_whole",
        *(rule.code for rule in MARTS_EQUAL_BASE),
    }
    settings = {"ledger", "balances", "balances_told", "receipts", "orphan_keys", "exchange_rates", "words", "profit"}
    assert {rule.setting for rule in RULES if rule.setting} == settings
