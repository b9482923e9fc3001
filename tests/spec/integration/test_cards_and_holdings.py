"""Cards and what stands behind them, overdrafts between reports, and who holds agency and wealth products."""

from drawn_feeds import deliver
from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.resolve_card import RESOLVE_CARD
from maisui.integration.trace_asset_holdings import TRACE_ASSET_HOLDINGS
from maisui.integration.trace_credit_card_state import TRACE_CREDIT_CARD_STATE

TWO_MONTHS = """
    source_file_id | feed_code | business_date
    ---------------+-----------+--------------
    MAY            | cards     | 2026-05-31
    JUNE           | cards     | 2026-06-30
"""


def test_a_card_is_as_last_reported_and_knows_whether_its_account_exists(engine: Engine) -> None:
    """A card that drops out of a full delivery ended with the next one; a passbook may have a card's number."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        customer="""
            customer_number | customer_kind
            ----------------+--------------
            C1              | personal
        """,
        account="""
            account_number | currency | opened_on
            ---------------+----------+-----------
            A1             | CNY      | 2020-01-01
            A1             | USD      | 2020-01-01
        """,
        credit_card_account_snapshot="""
            reported_on | account_number
            ------------+---------------
            2026-06-30  | X1
        """,
        card_snapshot="""
            source_file_id | reported_on | card_kind | card_number | customer_number | account_number | card_status | closed_on
            ---------------+-------------+-----------+-------------+-----------------+----------------+-------------+-----------
            MAY            | 2026-05-31  | debit     | 1           | C1              | A1             | active      |
            JUNE           | 2026-06-30  | debit     | 1           | C1              | A1             | frozen      |
            MAY            | 2026-05-31  | debit     | 2           | C9              | A9             | active      |
            JUNE           | 2026-06-30  | credit    | 3           | C1              | X1             | cancelled   | 2026-06-10
            JUNE           | 2026-06-30  | passbook  | 1           | none            |                |             |
        """,
    )
    run(engine, RESOLVE_CARD, reporting_date="2026-06-30")
    expect(
        engine,
        "card",
        """
        card_kind | card_number | customer_kind | has_account | card_status | closed_on  | is_vanished | last_reported_on
        ----------+-------------+---------------+-------------+-------------+------------+-------------+-----------------
        debit     | 1           | personal      | yes         | frozen      |            | no          | 2026-06-30
        debit     | 2           | unknown       | no          | active      | 2026-06-30 | yes         | 2026-05-31
        credit    | 3           | personal      | yes         | cancelled   | 2026-06-10 | no          | 2026-06-30
        passbook  | 1           | unknown       | no          |             |            | no          | 2026-06-30
        """,
    )


def test_without_any_card_there_is_none(engine: Engine) -> None:
    """A bank without card files gets an empty table, not an error."""
    load_tables(engine)
    run(engine, RESOLVE_CARD, reporting_date="2026-06-30")
    expect(engine, "card", "card_kind | card_number\n----------+------------\n")


def test_an_overdraft_holds_until_the_next_report(engine: Engine) -> None:
    """An account that is missing from the next report owes nothing from that day on."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        credit_card_account_snapshot="""
            source_file_id | reported_on | account_number | overdraft_balance | loan_class  | overdue_since
            ---------------+-------------+----------------+-------------------+-------------+--------------
            MAY            | 2026-05-31  | X1             | 100.00            | pass        |
            JUNE           | 2026-06-30  | X1             | 90.00             | substandard | 2026-03-01
            MAY            | 2026-05-31  | X2             | 5.00              | pass        |
        """,
    )
    run(engine, TRACE_CREDIT_CARD_STATE, reporting_date="2026-06-30")
    expect(
        engine,
        "credit_card_state",
        """
        account_number | valid_from | valid_until | overdraft_balance | loan_class  | overdue_since
        ---------------+------------+-------------+-------------------+-------------+--------------
        X1             | 2026-05-31 | 2026-06-30  | 100.00            | pass        |
        X1             | 2026-06-30 |             | 90.00             | substandard | 2026-03-01
        X2             | 2026-05-31 | 2026-06-30  | 5.00              | pass        |
        """,
    )


WEALTH = """
    source_file_id | reported_on | source_line | certificate_type | certificate_number | product_code | market_amount
    ---------------+-------------+-------------+------------------+--------------------+--------------+--------------
    MAY            | 2026-05-31  | 1           | 居民身份证       | N1                 | Z1           | 10.00
    JUNE           | 2026-06-30  | 1           | 居民身份证       | N1                 | Z1           | 11.00
    JUNE           | 2026-06-30  | 2           | 居民身份证       | N2                 | Z1           | 5.00
    JUNE           | 2026-06-30  | 3           |                  |                    | Z1           | 2.00
    JUNE           | 2026-06-30  | 4           | 居民身份证       | N3                 | Z1           | 0.00
"""
MATCHES = """
    certificate_type | certificate_number | customer_number | candidate_count | identity_grade
    -----------------+--------------------+-----------------+-----------------+---------------
    居民身份证       | N1                 | C1              | 1               | deformed
    居民身份证       | N2                 | C2              | 2               | exact
"""
PRODUCTS = """
    product_code | product_group  | product_line
    -------------+----------------+-------------
    Z1           | wealth_product | wealth
    F1           | agency_fund    | agency
"""


def test_a_wealth_holding_goes_by_its_certificate_or_by_nobody(engine: Engine) -> None:
    """A certificate that two customers have names neither of them; the money stays, under none."""
    load_tables(engine, delivery=TWO_MONTHS, product=PRODUCTS, certificate_match=MATCHES, wealth_holding_snapshot=WEALTH)
    run(engine, TRACE_ASSET_HOLDINGS, reporting_date="2026-06-30")
    expect(
        engine,
        "asset_holding",
        """
        customer_number | identity_grade | product_line | valid_from | valid_until | market_amount
        ----------------+----------------+--------------+------------+-------------+--------------
        C1              | deformed       | wealth       | 2026-05-31 | 2026-06-30  | 10.00
        C1              | deformed       | wealth       | 2026-06-30 |             | 11.00
        none            | unresolved     | wealth       | 2026-06-30 |             | 5.00
        none            | unresolved     | wealth       | 2026-06-30 |             | 2.00
        """,
    )


def test_holdings_by_customer_number_replace_those_by_certificate_only_where_they_hold_wealth(engine: Engine) -> None:
    """Nothing is counted twice: once the bank delivers wealth products by customer number, certificates are left aside."""
    agency = """
        source_file_id | reported_on | source_line | customer_number | product_code | market_amount
        ---------------+-------------+-------------+-----------------+--------------+--------------
        JUNE           | 2026-06-30  | 1           | C1              | F1           | 7.00
    """
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        product=PRODUCTS,
        certificate_match=MATCHES,
        wealth_holding_snapshot=WEALTH,
        agency_holding_snapshot=agency,
    )
    run(engine, TRACE_ASSET_HOLDINGS, reporting_date="2026-06-30")
    expect(
        engine,
        "asset_holding",
        """
        origin_kind | market_amount
        ------------+--------------
        agency      | 7.00
        wealth      | 10.00
        wealth      | 11.00
        wealth      | 5.00
        wealth      | 2.00
        """,
    )
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        product=PRODUCTS,
        certificate_match=MATCHES,
        wealth_holding_snapshot=WEALTH,
        agency_holding_snapshot=agency
        + "        JUNE           | 2026-06-30  | 2           | C1              | Z1           | 11.00\n"
        + "        JUNE           | 2026-06-30  | 3           | C1              | Y1           | 1.00\n",
    )
    run(engine, TRACE_ASSET_HOLDINGS, reporting_date="2026-06-30")
    expect(
        engine,
        "asset_holding",
        """
        origin_kind | customer_number | identity_grade | product_line | market_amount
        ------------+-----------------+----------------+--------------+--------------
        agency      | C1              | number         | agency       | 7.00
        agency      | C1              | number         | wealth       | 11.00
        agency      | C1              | number         | unmapped     | 1.00
        """,
    )


def test_supplement_feeds_become_their_tables(engine: Engine) -> None:
    """Day-end balances, terms, the product master, holdings and fees as the bank's departments deliver them."""
    deliver(
        engine,
        "supplement",
        "daily_balance",
        daily_balance="""
            account_number | currency | held_on    | end_balance
            ---------------+----------+------------+------------
            A1             | CNY      | 2026-06-01 | -1.05
        """,
    )
    expect(
        engine,
        "daily_balance",
        """
        account_number | held_on    | balance
        ---------------+------------+--------
        A1             | 2026-06-01 | -1.05
        """,
    )
    deliver(
        engine,
        "supplement",
        "deposit_term_snapshot",
        deposit_term="""
            account_number | currency | value_on   | term_months | matures_on | is_auto_renewal | product_code
            ---------------+----------+------------+-------------+------------+-----------------+-------------
            A1             | CNY      | 2026-01-01 | 12          | 2027-01-01 | 是              | D0103
            A2             | CNY      |            |             | 2026-07-01 |                 |
        """,
    )
    expect(
        engine,
        "deposit_term_snapshot",
        """
        reported_on | account_number | value_on   | term_month_count | matures_on | is_auto_renewal | product_code
        ------------+----------------+------------+------------------+------------+-----------------+-------------
        2026-06-30  | A1             | 2026-01-01 | 12               | 2027-01-01 | yes             | D0103
        2026-06-30  | A2             |            |                  | 2026-07-01 |                 |
        """,
    )
    deliver(
        engine,
        "supplement",
        "product_master_snapshot",
        product_master="""
            product_code | product_name | product_category
            -------------+--------------+------------------
            D0103        | 麦穗一年     | term_deposit
        """,
    )
    expect(
        engine,
        "product_master_snapshot",
        """
        product_code | product_name | product_category
        -------------+--------------+-----------------
        D0103        | 麦穗一年     | term_deposit
        """,
    )
    deliver(
        engine,
        "supplement",
        "agency_holding_snapshot",
        agency_holding="""
            customer_number | product_code | currency | market_amount
            ----------------+--------------+----------+--------------
            C1              | F1           | CNY      | 7.00
        """,
    )
    expect(
        engine,
        "agency_holding_snapshot",
        """
        reported_on | customer_number | product_code | market_amount
        ------------+-----------------+--------------+--------------
        2026-06-30  | C1              | F1           | 7.00
        """,
    )
    deliver(
        engine,
        "supplement",
        "fee_charge",
        fee="""
            fee_number | charged_on | fee_type | currency | fee_amount
            -----------+------------+----------+----------+-----------
            1          | 2026-06-02 | 小额账户 | CNY      | 3.00
        """,
    )
    expect(
        engine,
        "fee_charge",
        """
        fee_number | charged_on | customer_number | organisation_code | fee_amount
        -----------+------------+-----------------+-------------------+-----------
        1          | 2026-06-02 | none            | none              | 3.00
        """,
    )
