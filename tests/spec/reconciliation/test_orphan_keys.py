"""Orphan keys: what rows name and no delivered table explains, counted where it stands."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.reconciliation.find_orphan_keys import FIND_ORPHAN_KEYS

DRAWN = {
    "customer_snapshot": """
        reported_on | customer_number | organisation_code
        ------------+-----------------+------------------
        2026-05-31  | C1              | B10
    """,
    "account_snapshot": """
        reported_on | account_number | customer_number | organisation_code
        ------------+----------------+-----------------+------------------
        2026-05-31  | A1             | C1              | B10
        2026-05-31  | A2             | C8              | B10
        2026-06-30  | A2             | C8              | B10
        2026-06-30  | A3             | C9              | B10
        2026-06-30  | A4             | C9              | B99
    """,
    "organisation_snapshot": """
        reported_on | organisation_code
        ------------+------------------
        2026-05-31  | B10
        2026-05-31  | B20
    """,
    "employee_snapshot": """
        reported_on | employee_number | organisation_code
        ------------+-----------------+------------------
        2026-05-31  | E1              | B10
    """,
    "teller_snapshot": """
        reported_on | teller_number | employee_number | organisation_code | is_physical
        ------------+---------------+-----------------+-------------------+------------
        2026-06-30  | T1            | E1              | B10               | yes
        2026-06-30  | T2            | E7              | B20               | yes
        2026-06-30  | T3            | E8              | B20               | no
        2026-06-30  | T4            |                 | B20               | yes
    """,
    "account_transaction": """
        account_number | posted_on  | holding_organisation_code | balance_change
        ---------------+------------+---------------------------+---------------
        A1             | 2026-06-30 | B10                       | 1.00
        A7             | 2026-06-29 | B20                       | 2.00
        A7             | 2026-06-30 | B20                       | 3.00
    """,
    "loan_snapshot": """
        reported_on | loan_number | account_number | organisation_code | officer_number | disbursed_on | balance
        ------------+-------------+----------------+-------------------+----------------+--------------+--------
        2026-06-30  | L1          | A1             | B10               | E1             | 2026-01-05   | 5.00
        2026-06-30  | L2          | A5             | B20               | E9             | 2026-01-05   | 5.00
        2026-06-30  | L3          |                | B20               |                | 2026-01-05   | 5.00
    """,
    "merchant": """
        merchant_number | organisation_code
        ----------------+------------------
        S1              | B10
    """,
    "terminal_snapshot": """
        reported_on | terminal_number | organisation_code | merchant_number
        ------------+-----------------+-------------------+----------------
        2026-06-30  | P1              | B10               | S1
        2026-05-31  | P2              | B20               | S9
        2026-06-30  | P2              | B20               | S9
        2026-06-30  | P3              | B20               |
    """,
}


def test_each_kind_of_key_is_counted_where_it_is_named(engine: Engine) -> None:
    """C8 and C9 are two customers of three rows in B10; B99 is only mentioned; tellers that are machines and empty fields name nobody."""
    load_tables(engine, **DRAWN)
    run(engine, FIND_ORPHAN_KEYS, reporting_date="2026-06-30")
    expect(
        engine,
        "orphan_key",
        """
        check_code          | organisation_code | key_count | row_count | first_seen_on | last_seen_on
        --------------------+-------------------+-----------+-----------+---------------+-------------
        account_customer    | B10               | 2         | 3         | 2026-05-31    | 2026-06-30
        account_customer    | B99               | 1         | 1         | 2026-06-30    | 2026-06-30
        loan_account        | B20               | 1         | 1         | 2026-06-30    | 2026-06-30
        officer_employee    | B20               | 1         | 1         | 2026-06-30    | 2026-06-30
        organisation        | B99               | 1         | 1         | 2026-06-30    | 2026-06-30
        teller_employee     | B20               | 1         | 1         | 2026-06-30    | 2026-06-30
        terminal_merchant   | B20               | 1         | 2         | 2026-05-31    | 2026-06-30
        transaction_account | B20               | 1         | 2         | 2026-06-29    | 2026-06-30
        """,
    )


def test_what_was_not_delivered_at_all_makes_no_orphans(engine: Engine) -> None:
    """Without the tables of customers, employees, accounts and organisations nobody can say that a key is missing there."""
    kept = ("teller_snapshot", "account_transaction", "loan_snapshot", "terminal_snapshot")
    load_tables(engine, **{name: DRAWN[name] for name in kept})
    run(engine, FIND_ORPHAN_KEYS, reporting_date="2026-06-30")
    expect(
        engine,
        "orphan_key",
        """
        check_code | organisation_code | key_count
        -----------+-------------------+----------
        """,
    )
