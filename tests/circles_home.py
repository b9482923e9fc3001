"""A published home of one village, three households, a company group and payments, drawn by hand; organisations B1 and B2 below B0.

P1 and P2 (with a second number M2) of household 1 are at home in B1, P3 of it in B2; P4 alone in B1, P5 alone in B2; household 4
holds nobody whom the bank knows. The group G1 are the firms F1 and F3 (B1) and F2 (B2).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import drawn_tables
from scratch import own_copy

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.tables import ALL, BY_NAME
from maisui.warehouse.home import create_home, open_home
from maisui.warehouse.publication import content_hash, publish, write_parts
from maisui.warehouse.version import Manifest, point_to

DAY = date(2026, 6, 30)
NAMES = {"P1": "欧阳金一", "P2": "欧阳金二", "P3": "欧阳金三", "P4": "欧阳金四", "P5": "欧阳金五"}
_TABLES = {
    "customer": """
customer_number | person_customer_number | customer_kind | customer_name | home_organisation_code | is_farmer | born_on
----------------+------------------------+---------------+---------------+------------------------+-----------+-----------
P1              | P1                     | personal      | 欧阳金一      | B1                     | yes       | 1980-07-02
P2              | P2                     | personal      | 欧阳金二      | B1                     | yes       | 1981-07-03
M2              | P2                     | personal      | 欧阳金二      | B2                     | yes       | 1981-07-03
P3              | P3                     | personal      | 欧阳金三      | B2                     | no        | 2001-07-03
P4              | P4                     | personal      | 欧阳金四      | B1                     | yes       |
P5              | P5                     | personal      | 欧阳金五      | B2                     | yes       |
F1              | F1                     | corporate     | 麦田一厂      | B1                     | no        |
F2              | F2                     | corporate     | 麦田二厂      | B2                     | no        |
F3              | F3                     | corporate     | 麦田三厂      | B1                     | no        |
""",
    "organisation": """
organisation_code | organisation_name
------------------+------------------
B0                | Head office
B1                | North Street
B2                | Market Square
""",
    "organisation_closure": """
ancestor_code | organisation_code | distance
--------------+-------------------+---------
B0            | B0                | 0
B0            | B1                | 1
B0            | B2                | 1
B1            | B1                | 0
B2            | B2                | 0
""",
    "household_member": """
customer_number | valid_from | valid_until | household_code | village_code | is_head | kin_to_head | evidence
----------------+------------+-------------+----------------+--------------+---------+-------------+-------------------
P1              | 2026-01-31 |             | V1-1           | V1           | yes     | 户主        | roster_number
P2              | 2026-01-31 | 2026-03-31  | V1-4           | V1           | no      | 亲戚        | roster_number
P2              | 2026-03-31 |             | V1-1           | V1           | no      | 配偶        | roster_number
M2              | 2026-03-31 |             | V1-1           | V1           | no      | 配偶        | roster_certificate
P3              | 2026-01-31 |             | V1-1           | V1           | no      | 子女        | roster_number
P4              | 2026-01-31 |             | V1-2           | V1           | yes     | 户主        | roster_number
P5              | 2026-01-31 |             | V1-3           | V1           | yes     | 户主        | roster_number
""",
    "village_roster_snapshot": """
reported_on | village_code | village_name | household_number | member_line | is_head | manager_number
------------+--------------+--------------+------------------+-------------+---------+---------------
2026-01-31  | V1           | 旧名         | 1                | 1           | yes     | M1
2026-01-31  | V1           | 旧名         | 9                | 1           | yes     | M1
2026-06-30  | V1           | 麦穗村       | 1                | 1           | yes     | M1
2026-06-30  | V1           | 麦穗村       | 1                | 2           | no      | M1
2026-06-30  | V1           | 麦穗村       | 1                | 3           | no      | M1
2026-06-30  | V1           | 麦穗村       | 2                | 1           | yes     | M1
2026-06-30  | V1           | 麦穗村       | 3                | 1           | yes     | M1
2026-06-30  | V1           | 麦穗村       | 4                | 1           | yes     | M1
""",
    "customer_month": """
customer_number | month_start | customer_kind | home_organisation_code | deposit_balance | loan_balance
----------------+-------------+---------------+------------------------+-----------------+-------------
P1              | 2026-06-01  | personal      | B1                     | 100.01          | 0.00
P1              | 2026-05-01  | personal      | B1                     | 999.00          | 0.00
P2              | 2026-06-01  | personal      | B1                     | 10.00           | 0.00
M2              | 2026-06-01  | personal      | B2                     | 5.50            | 0.00
P3              | 2026-06-01  | personal      | B2                     | 1000.00         | 0.00
P4              | 2026-06-01  | personal      | B1                     | 3.00            | 50.00
P5              | 2026-06-01  | personal      | B2                     | 7.00            | 20.00
F1              | 2026-06-01  | corporate     | B1                     | 40.00           | 300.10
""",
    "customer_fact_month": """
customer_number | business_date | organisation_code | customer_kind | asset_average_balance | year_contribution_amount | tier_code | is_holder
----------------+---------------+-------------------+---------------+-----------------------+--------------------------+-----------+----------
P1              | 2026-06-30    | B1                | personal      | 110.00                | 1.00                     | gold      | yes
P1              | 2026-05-31    | B1                | personal      | 777.00                | 7.00                     | gold      | yes
P2              | 2026-06-30    | B1                | personal      | 20.00                 | 2.00                     | ordinary  | yes
P3              | 2026-06-30    | B2                | personal      | 1005.00               | 3.00                     | gold      | yes
P4              | 2026-06-30    | B1                | personal      | 3.00                  | -4.00                    | ordinary  | yes
P5              | 2026-06-30    | B2                | personal      | 7.00                  | 5.00                     | ordinary  | yes
""",
    "credit_limit_state": """
customer_number | currency | valid_from | valid_until | limit_amount | used_amount | undrawn_amount | limit_count
----------------+----------+------------+-------------+--------------+-------------+----------------+------------
P4              | CNY      | 2026-01-31 |             | 80.00        | 50.00       | 30.00          | 1
P5              | CNY      | 2026-01-31 |             | 30.00        | 20.00       | 10.00          | 1
P2              | CNY      | 2026-01-31 | 2026-06-30  | 60.00        | 0.00        | 60.00          | 1
""",
    "customer_exposure": """
customer_number | business_date | group_number | is_related_party | loan_balance | bad_loan_balance | undrawn_amount | guaranteed_amount
----------------+---------------+--------------+------------------+--------------+------------------+----------------+------------------
P4              | 2026-06-30    |              | no               | 50.00        | 0.00             | 30.00          | 0.00
P5              | 2026-06-30    |              | no               | 20.00        | 0.00             | 10.00          | 0.00
F1              | 2026-06-30    | G1           | no               | 300.10       | 0.00             | 99.90          | 0.00
F2              | 2026-06-30    | G1           | no               | 700.25       | 0.00             | 0.00           | 0.00
F1              | 2026-05-31    | G1           | no               | 999.00       | 0.00             | 0.00           | 0.00
""",
    "customer_group_member": """
group_number | customer_number | group_name | is_parent | valid_from | valid_until
-------------+-----------------+------------+-----------+------------+------------
G1           | F1              | 麦田集团   | yes       | 2026-01-31 |
G1           | F2              | 麦田集团   | no        | 2026-01-31 |
G1           | F3              | 麦田集团   | no        | 2026-01-31 |
G1           | P5              | 麦田集团   | no        | 2026-01-31 | 2026-06-30
""",
    "group_exposure": """
group_number | business_date | member_count | loan_balance | bad_loan_balance | undrawn_amount | guaranteed_amount | exposure_amount
-------------+---------------+--------------+--------------+------------------+----------------+-------------------+----------------
G1           | 2026-06-30    | 2            | 1000.35      | 0.00             | 99.90          | 0.00              | 1100.25
""",
    "customer_group_snapshot": """
reported_on | group_number | member_number | group_name | group_limit_amount
------------+--------------+---------------+------------+-------------------
2026-03-31  | G1           | F1            | 麦田集团   | 2000.00
2026-05-31  | G1           | F1            | 麦田集团   | 1000.00
""",
    "concentration_day": """
business_date | loan_balance | largest_borrower_balance | top_ten_balance | small_ticket_balance | deposit_square_amount | squared_deposit_amount | net_capital_amount
--------------+--------------+--------------------------+-----------------+----------------------+-----------------------+------------------------+-------------------
2026-06-30    | 0.00         | 0.00                     | 0.00            | 0.00                 | 0.00                  | 0.00                   | 11002.50
""",
    "customer_label": """
customer_number | business_date | organisation_code | customer_kind | family_code | label_code | reason_code | reason_rank | held_since | reason_amount
----------------+---------------+-------------------+---------------+-------------+------------+-------------+-------------+------------+--------------
P4              | 2026-06-30    | B1                | personal      | life_stage  | dormant    | dormant     | 1           | 2026-05-31 | 3.00
P1              | 2026-05-31    | B1                | personal      | life_stage  | dormant    | dormant     | 1           | 2026-05-31 | 3.00
""",
    "customer_flow_month": """
customer_number | month_start | flow_code | inflow_amount | outflow_amount | transaction_count
----------------+-------------+-----------+---------------+----------------+------------------
P1              | 2025-06-01  | cash      | 900.00        | 0.00           | 1
P1              | 2025-07-01  | cash      | 30.00         | 1.00           | 1
P3              | 2025-07-01  | cash      | 4.00          | 2.00           | 1
P1              | 2026-06-01  | off_us    | 5.00          | 6.00           | 1
P1              | 2026-06-01  | cash      | 1.00          | 0.00           | 1
""",
    "account": """
account_number | customer_number
---------------+----------------
A1             | P1
A2             | M2
A3             | P3
A4             | P4
AF1            | F1
AF2            | F2
AF3            | F3
""",
    "account_transaction": """
transaction_number | account_kind | account_number | customer_number | posted_on  | balance_change | amount | transaction_type | is_reversal | counterparty_account
-------------------+--------------+----------------+-----------------+------------+----------------+--------+------------------+-------------+---------------------
T1                 | deposit      | A1             | P1              | 2026-06-01 | 10.00          | 10.00  | payroll          | no          | AF1
T2                 | deposit      | A2             | M2              | 2026-06-01 | 20.00          | 20.00  | payroll          | no          | AF1
T3                 | deposit      | A3             | P3              | 2026-06-01 | 30.00          | 30.00  | payroll          | no          | AF1
T4                 | deposit      | A3             | P3              | 2026-05-01 | 31.00          | 31.00  | payroll          | no          | AF1
T5                 | deposit      | A4             | P4              | 2026-05-01 | 40.00          | 40.00  | payroll          | no          | AF2
T6                 | deposit      | A4             | P4              | 2025-06-01 | 40.00          | 40.00  | payroll          | no          | AF1
T7                 | deposit      | AF2            | F2              | 2026-05-01 | 500.00         | 500.00 | transfer         | no          | AF1
T8                 | deposit      | AF2            | F2              | 2026-06-01 | 500.00         | 500.00 | transfer         | no          | AF1
T9                 | deposit      | AF3            | F3              | 2026-05-01 | 70.00          | 70.00  | transfer         | no          | AF2
T10                | deposit      | AF3            | F3              | 2026-06-01 | 70.00          | 70.00  | transfer         | no          | AF2
T11                | deposit      | A4             | P4              | 2026-06-01 | 7.00           | 7.00   | transfer         | no          | A3
T12                | deposit      | A3             | P3              | 2026-06-02 | 8.00           | 8.00   | transfer         | no          | A4
T13                | deposit      | A4             | P4              | 2026-06-03 | 9.00           | 9.00   | transfer         | yes         | A1
""",
    "loan": """
loan_number | customer_number | customer_kind | organisation_code | product_code | currency | disbursed_amount | disbursed_on | loan_class | loan_status
------------+-----------------+---------------+-------------------+--------------+----------+------------------+--------------+------------+------------
L1          | P4              | personal      | B1                | X            | CNY      | 100.00           | 2025-01-01   | pass       | normal
""",
    "loan_state": """
loan_number | valid_from | valid_until | organisation_code | balance | loan_class | loan_status | overdue_since | is_agriculture | is_inclusive_small_micro
------------+------------+-------------+-------------------+---------+------------+-------------+---------------+----------------+-------------------------
L1          | 2025-01-01 |             | B1                | 50.00   | pass       | overdue     | 2026-05-01    | yes            | no
""",
    "repayment_receipt": """
loan_number | receipt_number | received_on | principal_amount | interest_amount
------------+----------------+-------------+------------------+----------------
L1          | R1             | 2026-05-09  | 9.00             | 0.00
L1          | R2             | 2026-05-10  | 28.00            | 2.00
L1          | R3             | 2026-06-15  | 25.00            | 0.00
""",
    "managed_customer_month": """
customer_number | employee_number | organisation_code | customer_kind | business_date | managed_until
----------------+-----------------+-------------------+---------------+---------------+--------------
P1              | M1              | B1                | personal      | 2026-06-01    | 2026-07-01
P2              | M1              | B1                | personal      | 2026-06-01    | 2026-07-01
P3              | M1              | B2                | personal      | 2026-06-01    | 2026-07-01
P5              | M1              | B2                | personal      | 2026-05-01    | 2026-06-01
""",
    "consent": """
customer_number | consent_purpose_code | effective_from | consent_number | consent_status
----------------+----------------------+----------------+----------------+---------------
P1              | marketing            | 2026-01-01     | 1              | given
P2              | marketing            | 2026-01-01     | 1              | given
P2              | marketing            | 2026-02-01     | 2              | withdrawn
P3              | marketing            | 2026-01-01     | 1              | given
""",
    "customer_tie": """
first_party_key | second_party_key | tie_kind | tie_type | identity_grade | report_count | valid_from | valid_until
----------------+------------------+----------+----------+----------------+--------------+------------+------------
P1              | M2               | kin      | 配偶     | reported       | 1            | 2026-01-31 |
P4              | P5               | kin      | 兄弟     | reported       | 1            | 2026-01-31 | 2026-06-30
P5              | unnamed:x        | kin      | 父母     | unresolved     | 1            | 2026-01-31 |
""",
}


@cache
def circles_home() -> Path:
    """Return this process's copy of the published home."""
    return own_copy("circles", _make_circles_home)


def _make_circles_home(path: Path) -> None:
    create_home(
        path,
        legal_entity_code=drawn_tables.LEGAL_ENTITY,
        name_zh="麦穗行",
        name_en="Village bank",
        currency="CNY",
        sources=("east5",),
        is_demo=False,
    )
    home = open_home(path)
    scratch = DuckDBEngine(home.scratch)
    drawn_tables.load_tables(scratch, **{name: _with_days(name, text) for name, text in _TABLES.items()})
    for table in ALL:
        drawn_tables.need_table(scratch, table.name)
    parts = write_parts(scratch.as_duckdb(), [table for table in ALL if table.published], home.parts)
    scratch.close()
    content = content_hash(parts)
    version = f"v-{content[:12]}"
    manifest = Manifest(
        version, drawn_tables.LEGAL_ENTITY, DAY, date(2026, 1, 1), "0", "0", ("core",), "0", (), None, content, parts,
        published_at="2026-07-01T02:00:00+00:00",
    )  # fmt: skip
    publish(home.versions, manifest)
    point_to(home.versions, version)


def _with_days(name: str, text: str) -> str:
    """Return a drawn table with a day for each required date that is of no matter here."""
    header, rule, *rows = text.strip().splitlines()
    drawn = {word.strip() for word in header.split("|")}
    missing = [
        column.name for column in BY_NAME[name].columns if column.type == "DATE" and not column.nullable and column.name not in drawn
    ]
    for column in missing:
        header, rule, rows = f"{header} | {column}", f"{rule}-+-----------", [f"{row} | 2026-01-31" for row in rows]
    return "\n".join([header, rule, *rows])
