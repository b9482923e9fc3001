"""Figures and lists of merchants, each on a drawn mart against figures computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers.merchants import MerchantList, MerchantQuery, list_merchants, merchant_customers, merchants

MONTHS = """
    merchant_number | organisation_code | business_date | open_count | active_count | silent_count | is_silent | last_traded_on | trade_count | trade_amount | fee_income_amount | fee_cost_amount
    ----------------+-------------------+---------------+------------+--------------+--------------+-----------+----------------+-------------+--------------+-------------------+----------------
    M1              | B10               | 2026-05-31    | 1          | 1            |              |           | 2026-05-20     | 7           | 700.00       | 3.00              | 1.00
    M1              | B10               | 2026-06-30    | 1          | 1            | 0            | no        | 2026-06-29     | 5           | 500.00       | 2.00              | 1.20
    M2              | B20               | 2026-05-31    | 1          | 1            |              |           | 2026-05-02     | 2           | 900.00       | 4.00              | 1.50
    M2              | B20               | 2026-06-30    | 1          | 0            | 1            | yes       | 2026-03-02     | 0           | 0.00         | 0.00              | 0.00
    M3              | B20               | 2026-06-30    | 1          | 0            |              |           |                | 0           | 0.00         | 0.00              | 0.00
"""
BEHIND = {
    "merchant": """
        merchant_number | merchant_name | organisation_code | settlement_account_number | customer_number | customer_kind | opened_on
        ----------------+---------------+-------------------+---------------------------+-----------------+---------------+-----------
        M1              | Shop          | B10               | A1                        | C1              | personal      | 2025-01-01
        M2              | Inn           | B20               | A2                        | C2              | corporate     | 2025-01-01
        M3              | Mill          | B20               |                           |                 | unknown       | 2026-06-01
    """,
    "customer": """
        customer_number | person_customer_number | customer_kind | home_organisation_code
        ----------------+------------------------+---------------+-----------------------
        C1              | C1                     | personal      | B10
        C2              | C9                     | corporate     | B10
        C9              | C9                     | corporate     | B10
    """,
    "account_balance": """
        account_number | currency | valid_from | valid_until | balance
        ---------------+----------+------------+-------------+--------
        A2             | CNY      | 2026-01-01 | 2026-06-30  | 5.00
        A2             | CNY      | 2026-06-30 |             | 8.00
    """,
    "account_allocation": """
        account_number | currency | employee_number | valid_from | valid_until
        ---------------+----------+-----------------+------------+------------
        A2             | CNY      | E1              | 2026-01-01 |
        A2             | CNY      | E0              | 2025-01-01 | 2026-01-01
    """,
    "organisation_closure": """
        organisation_code | ancestor_code
        ------------------+--------------
        B10               | B10
        B20               | B20
    """,
}


def test_figures_of_merchants(bank, figure) -> None:
    """In June: three open, one active, one of the two that can be judged silent, and 2.00 − 1.20 earned."""
    bank.draw(merchant_month=MONTHS)
    assert figure("merchant_count", numerator="3") == Decimal(3)
    assert figure("active_merchant_count", numerator="1") == Decimal(1)
    assert figure("silent_merchant_count", numerator="1") == Decimal(1)
    assert figure("silent_merchant_share", numerator="1", denominator="2") == Decimal("0.500000")
    assert figure("merchant_trade_count", numerator="5") == Decimal(5)
    assert figure("merchant_trade_amount", numerator="500.00") == Decimal("500.00")
    assert figure("merchant_fee_income_amount", numerator="2.00") == Decimal("2.00")
    assert figure("merchant_fee_cost_amount", numerator="1.20") == Decimal("1.20")
    assert figure("merchant_net_amount", numerator="0.80") == Decimal("0.80")


def test_merchants_are_ranked_by_takings_of_the_period(bank) -> None:
    """M1 took in 700 + 500 in two months, M2 900; M2's last trade of 2 March is 120 days before 30 June, M3 never traded in 29."""
    bank.draw(merchant_month=MONTHS, **BEHIND)
    found = merchants(bank.version.reader, None, date(2026, 5, 1), date(2026, 6, 30))
    assert [(one.merchant_number, one.trade_amount, one.net_amount, one.is_silent, one.silent_day_count) for one in found.rows] == [
        ("M1", Decimal("1200.00"), Decimal("2.80"), False, 1),
        ("M2", Decimal("900.00"), Decimal("2.50"), True, 120),
        ("M3", Decimal("0.00"), Decimal("0.00"), None, 29),
    ]
    assert (found.day, found.silent_days) == (date(2026, 6, 30), 90)
    assert [one.merchant_number for one in merchants(bank.version.reader, "B20", date(2026, 6, 1), date(2026, 6, 30)).rows] == ["M2", "M3"]


def test_a_silent_merchant_is_listed_with_its_settlement_account_and_manager(bank) -> None:
    """The customer behind M2 is one person under two numbers, at home in B10: who sees B20 alone learns nothing of him."""
    bank.draw(merchant_month=MONTHS, **BEHIND)
    query = MerchantQuery(MerchantList.SILENT, date(2026, 5, 1), date(2026, 6, 30))
    (row,) = list_merchants(bank.version.reader, query).rows
    assert (row.use.merchant_number, row.merchant_name, row.customer_number) == ("M2", "Inn", "C9")
    assert (row.balance, row.managers) == (Decimal("8.00"), "E1")
    assert merchant_customers(bank.version.reader, query) == ("C9",)
    elsewhere = MerchantQuery(MerchantList.SILENT, date(2026, 5, 1), date(2026, 6, 30), ("B20",), ("B20",))
    (row,) = list_merchants(bank.version.reader, elsewhere).rows
    assert (row.use.merchant_number, row.customer_number, row.balance, row.managers) == ("M2", None, None, None)
    assert merchant_customers(bank.version.reader, elsewhere) == ()
    everyone = list_merchants(bank.version.reader, MerchantQuery(MerchantList.RANKING, date(2026, 5, 1), date(2026, 6, 30)))
    assert (everyone.total_count, everyone.trade_amount, everyone.net_amount) == (3, Decimal("2100.00"), Decimal("5.30"))
