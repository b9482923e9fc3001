"""Account aliases: by which numbers an account is known, and whose it is."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.list_account_aliases import LIST_ACCOUNT_ALIASES


def test_an_account_is_known_by_its_own_number_and_by_its_cards(engine: Engine) -> None:
    """A card of two accounts stands for the first; a card number that is itself an account stays that account; an unknown account gives no alias."""
    load_tables(
        engine,
        account="""
            account_number | currency | account_kind | customer_number | organisation_code | opened_on
            ---------------+----------+--------------+-----------------+-------------------+-----------
            A1             | CNY      | deposit      | C1              | B10               | 2020-01-01
            A1             | USD      | deposit      | C1              | B20               | 2021-01-01
            A2             | CNY      | deposit      | C2              | B20               | 2020-01-01
            L1             | CNY      | loan         | C1              | B10               | 2024-01-01
        """,
        account_transaction="""
            account_number | external_account_number | posted_on
            ---------------+-------------------------+-----------
            A2             | CARD                    | 2026-06-01
            A1             | CARD                    | 2026-06-02
            A1             | CARD                    | 2026-06-03
            A1             | A1                      | 2026-06-03
            A1             | L1                      | 2026-06-03
            A9             | LOST                    | 2026-06-03
            A2             |                         | 2026-06-03
        """,
    )
    run(engine, LIST_ACCOUNT_ALIASES, reporting_date="2026-06-30")
    expect(
        engine,
        "account_alias",
        """
        alias_number | account_number | account_kind | customer_number | organisation_code
        -------------+----------------+--------------+-----------------+------------------
        A1           | A1             | deposit      | C1              | B10
        A2           | A2             | deposit      | C2              | B20
        CARD         | A1             | deposit      | C1              | B10
        L1           | L1             | loan         | C1              | B10
        """,
    )


def test_without_accounts_there_are_no_aliases(engine: Engine) -> None:
    """Nothing delivered, nothing listed."""
    load_tables(engine)
    run(engine, LIST_ACCOUNT_ALIASES, reporting_date="2026-06-30")
    assert engine.fetch("SELECT count(*) FROM account_alias") == [(0,)]
