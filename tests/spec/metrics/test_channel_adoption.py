"""Adoption by cohort, active users, and what stands between us and other banks, on drawn rows against figures computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers.channel_adoption import (
    ELECTRONIC,
    Adoption,
    CohortBasis,
    active_cells,
    active_users,
    adoption_cells,
    channel_adoption,
    last_whole_month,
)
from maisui.answers.channel_customers import ElsewhereOutlet, elsewhere_by_outlet
from maisui.answers.institution_netting import InstitutionNet, institution_netting

PEOPLE = {
    "calendar_day": ("2026-01-01", "2026-06-30"),
    "customer": """
        customer_number | person_customer_number | customer_kind | home_organisation_code
        ----------------+------------------------+---------------+-----------------------
        C1              | C1                     | personal      | B10
        C2              | C2                     | personal      | B20
        C3              | C2                     | personal      | B10
        C4              | C4                     | personal      | B10
        F1              | F1                     | corporate     | B10
    """,
    "organisation_closure": """
        organisation_code | ancestor_code
        ------------------+--------------
        B10               | B10
        B20               | B20
    """,
}
ACCOUNTS = """
    account_number | currency | account_kind | customer_number | opened_on
    ---------------+----------+--------------+-----------------+-----------
    A1             | CNY      | deposit      | C1              | 2026-01-10
    A2             | CNY      | deposit      | C3              | 2026-01-20
    A3             | CNY      | deposit      | C2              | 2026-04-01
    A4             | CNY      | deposit      | C4              | 2026-05-02
    A5             | CNY      | deposit      | F1              | 2026-01-02
    A6             | CNY      | loan         | C4              | 2026-01-02
"""
USED = """
    customer_number | channel_code  | month_start | business_date | transaction_count
    ----------------+---------------+-------------+---------------+------------------
    C1              | counter       | 2026-01-01  | 2026-01-10    | 1
    C1              | mobile_bank   | 2026-02-01  | 2026-02-10    | 1
    C3              | counter       | 2026-02-01  | 2026-02-03    | 1
    C2              | internet_bank | 2026-02-01  | 2026-02-03    | 1
    C2              | mobile_bank   | 2026-05-01  | 2026-05-03    | 1
    C4              | mobile_bank   | 2026-06-01  | 2026-06-03    | 1
    F1              | mobile_bank   | 2026-01-01  | 2026-01-03    | 1
"""


def test_a_cohort_is_asked_only_for_months_that_have_come(bank) -> None:
    """C2 and C3 are one person of January: he began in May, four months later. C4 opened in May and began in June, one month later."""
    bank.draw(account=ACCOUNTS, customer_channel_month=USED, **PEOPLE)
    day = date(2026, 6, 30)
    found = channel_adoption(adoption_cells(bank.version.reader, day, CohortBasis.OPENED), None, day)
    assert found.cohorts == (Adoption("2026-01", 2, (2, 2, 0, 0), (1, 1, 0, 0)), Adoption("2026-05", 1, (1, 0, 0, 0), (1, 0, 0, 0)))
    assert found.cohorts[0].shares == (Decimal("0.500000"), Decimal("0.500000"), None, None)
    assert [(one.code, one.size, one.begun) for one in found.outlets] == [("B10", 2, (2, 1, 0, 0)), ("B20", 1, (0, 0, 0, 0))]
    electronic = channel_adoption(adoption_cells(bank.version.reader, day, CohortBasis.OPENED, ELECTRONIC), {"B20"}, day)
    assert electronic.cohorts == (Adoption("2026-01", 1, (1, 1, 0, 0), (1, 1, 0, 0)),)


def test_who_was_active_in_the_first_month_of_the_data_is_in_no_cohort(bank) -> None:
    bank.draw(account=ACCOUNTS, customer_channel_month=USED, **PEOPLE)
    day = date(2026, 6, 29)
    found = channel_adoption(adoption_cells(bank.version.reader, day, CohortBasis.ACTIVE), None, day)
    assert [(one.code, one.size) for one in found.cohorts] == [("2026-02", 1)]
    assert (found.last_month, last_whole_month(date(2026, 6, 30))) == (date(2026, 5, 1), date(2026, 6, 1))


def test_active_users_are_counted_once_by_days_and_by_log_in(bank) -> None:
    """Thirty days up to 30 June begin on 1 June: C1's of 31 May is in the 90. C3 and C2 are one; what the bank posted counts for nobody."""
    transactions = """
        transaction_number | account_number | account_kind | customer_number | channel_code | posted_on  | is_bank_initiated | is_reversal | balance_change
        -------------------+----------------+--------------+-----------------+--------------+------------+-------------------+-------------+---------------
        T1                 | A1             | deposit      | C1              | counter      | 2026-05-31 | no                | no          | 5.00
        T2                 | A2             | deposit      | C3              | counter      | 2026-06-01 | no                | no          | 5.00
        T3                 | A3             | deposit      | C2              | counter      | 2026-06-02 | no                | no          | 5.00
        T4                 | A4             | deposit      | C4              | counter      | 2026-06-02 | yes               | no          | 5.00
        T5                 | A4             | deposit      | C4              | counter      | 2026-06-02 | no                | yes         | 5.00
        T6                 | A1             | deposit      | C1              | atm          | 2026-01-01 | no                | no          | 5.00
    """
    attempts = """
        attempt_number | attempted_on | customer_number | channel_code | transaction_type | is_successful
        ---------------+--------------+-----------------+--------------+------------------+--------------
        L1             | 2026-06-20   | C4              | mobile_bank  | log_in           | yes
        L2             | 2026-06-20   | C1              | mobile_bank  | log_in           | no
    """
    bank.draw(account_transaction=transactions, attempt_agency=attempts, **PEOPLE)
    cells = active_cells(bank.version.reader, date(2026, 6, 30))
    found = {one.channel_code: (one.counts, one.log_in_only) for one in active_users(cells, None)}
    assert found == {
        "all": ((2, 3, 3), (1, 1, 1)),
        "counter": ((1, 2, 2), (0, 0, 0)),
        "mobile_bank": ((1, 1, 1), (1, 1, 1)),
    }
    assert [one.counts for one in active_users(cells, {"B20"})] == [(1, 1, 1), (1, 1, 1)]


ATTEMPTS = """
    attempt_number | attempted_on | agency_code           | agency_level | organisation_code | other_bank_code | customer_number | channel_code | transaction_type | is_successful | attempt_amount | fee_amount
    ---------------+--------------+-----------------------+--------------+-------------------+-----------------+-----------------+--------------+------------------+---------------+----------------+-----------
    N1             | 2026-06-01   | acquiring_for_others  | union        | B10               | 402             |                 | atm          | cash_withdrawal  | yes           | 100.00         | 3.00
    N2             | 2026-06-02   | issued_used_elsewhere | union        | B10               | 402             | C1              | atm          | cash_withdrawal  | yes           | 40.00          | -0.50
    N3             | 2026-06-02   | issued_used_elsewhere | union        | B10               | 402             | C1              | atm          | cash_withdrawal  | yes           | 60.00          | -0.50
    N4             | 2026-06-02   | issued_used_elsewhere | other_bank   | B20               | 313             | C2              | pos          | purchase         | yes           | 9.00           | -0.90
    N5             | 2026-06-02   | issued_used_elsewhere | other_bank   | B20               | 313             | C2              | atm          | enquiry          | yes           | 0.00           | -0.10
    N6             | 2026-06-02   | issued_used_elsewhere | other_bank   | B20               | 313             | C2              | atm          | cash_withdrawal  | no            | 70.00          | 0.00
    N7             | 2026-06-03   | own_at_own            | same_outlet  | B10               |                 | C1              | atm          | cash_withdrawal  | yes           | 5.00           | 0.00
    N8             | 2026-05-31   | acquiring_for_others  | union        | B10               | 402             |                 | atm          | cash_withdrawal  | yes           | 100.00         | 3.00
"""


def test_each_other_bank_has_its_net_in_count_amount_and_fees(bank) -> None:
    """402: one of its cards here, 100.00 and 3.00, two of ours there, 100.00 and 1.00. Enquiries and failures are no movement of money."""
    bank.draw(attempt_agency=ATTEMPTS, **PEOPLE)
    found = institution_netting(bank.version.reader, None, date(2026, 6, 1), date(2026, 6, 30))
    assert found == (
        InstitutionNet("313", "other_bank", 0, Decimal("0.00"), Decimal("0.00"), 1, Decimal("9.00"), Decimal("0.90"), 1),
        InstitutionNet("402", "union", 1, Decimal("100.00"), Decimal("3.00"), 2, Decimal("100.00"), Decimal("1.00"), 1),
    )
    assert [(one.net_count, one.net_amount, one.net_income) for one in found] == [
        (-1, Decimal("-9.00"), Decimal("-0.90")),
        (-1, Decimal("0.00"), Decimal("2.00")),
    ]
    assert [one.bank_code for one in institution_netting(bank.version.reader, "B20", date(2026, 6, 1), date(2026, 6, 30))] == ["313"]


def test_home_outlets_tell_who_mostly_uses_other_banks_machines(bank) -> None:
    """C1: two of three at others'; C2: one of one."""
    bank.draw(attempt_agency=ATTEMPTS, **PEOPLE)
    assert elsewhere_by_outlet(bank.version.reader, None, date(2026, 6, 30)) == (
        ElsewhereOutlet("B10", 1, 1, 2, "402"),
        ElsewhereOutlet("B20", 1, 1, 1, "313"),
    )
