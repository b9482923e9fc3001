"""Whom outlets draw, on drawn positions against distances computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers.catchment import Crossing, Nearness, catchment, catchment_cells
from maisui.answers.organisations import organisations_below

DRAWN = {
    "customer": """
        customer_number | person_customer_number | customer_kind | home_organisation_code
        ----------------+------------------------+---------------+-----------------------
        C1              | C1                     | personal      | B10
        C2              | C2                     | personal      | B10
        C3              | C2                     | personal      | B20
        C4              | C4                     | personal      | B20
        C5              | C5                     | personal      | B20
        F1              | F1                     | corporate     | B10
    """,
    "household_member": """
        customer_number | valid_from | valid_until | household_code | village_code | is_head | evidence
        ----------------+------------+-------------+----------------+--------------+---------+--------------
        C1              | 2026-01-01 |             | V1-1           | V1           | yes     | roster_number
        C3              | 2026-01-01 |             | V2-1           | V2           | yes     | roster_number
        C4              | 2026-01-01 |             | V9-1           | V9           | yes     | roster_number
        C5              | 2025-01-01 | 2026-01-01  | V1-2           | V1           | yes     | roster_number
    """,
    "village_position_snapshot": """
        reported_on | village_code | latitude | longitude
        ------------+--------------+----------+----------
        2026-03-31  | V1           | 29.0     | 103.0
        2026-06-30  | V1           | 27.0     | 103.0
        2026-06-30  | V2           | 27.2     | 103.0
    """,
    "outlet_profile_snapshot": """
        reported_on | organisation_code | latitude | longitude | closed_on
        ------------+-------------------+----------+-----------+-----------
        2026-06-30  | B10               | 27.1     | 103.0     |
        2026-06-30  | B20               | 27.3     | 103.0     |
        2026-06-30  | B30               | 27.0     | 103.0     | 2026-06-01
    """,
    "channel_day": """
        organisation_code | handling_organisation_code | account_kind | channel_code | is_bank_initiated | business_date | transaction_count
        ------------------+----------------------------+--------------+--------------+-------------------+---------------+------------------
        B10               | B10                        | deposit      | counter      | no                | 2026-06-01    | 7
        B10               | B20                        | deposit      | atm          | no                | 2026-06-02    | 3
        B10               | B20                        | deposit      | mobile_bank  | no                | 2026-06-02    | 90
        B10               | none                       | deposit      | atm          | no                | 2026-06-02    | 5
    """,
    "organisation_closure": """
        organisation_code | ancestor_code
        ------------------+--------------
        B10               | B10
        B20               | B20
    """,
}


def test_a_tenth_of_a_degree_north_is_eleven_kilometres(bank) -> None:
    """6 371 km × π ÷ 180 × 0.1 is 11.119 km. V1 lies 0.1° from B10; B30 lies upon it and is closed.

    V2 lies 0.1° from both others: the first by code. C2 and C3 are one person at home at B10; V9 has no position, C5 left its village.
    """
    bank.draw(**DRAWN)
    cells = catchment_cells(bank.version.reader, date(2026, 6, 1), date(2026, 6, 30))
    found = catchment(cells, None)
    assert (found.customer_count, found.village_count, found.placed_count) == (4, 3, 2)
    assert found.nearness == (Nearness("B10", "B10", 2, Decimal("22.238"), Decimal("22.238")),)
    assert found.crossings == (Crossing("B10", "B10", 7), Crossing("B10", "B20", 3))
    ours = catchment(cells, organisations_below(bank.version.reader, "B20"))
    assert (ours.customer_count, ours.nearness, ours.crossings) == (2, (), ())


def test_a_customer_may_live_nearer_to_another_outlet(bank) -> None:
    """At home at B20, in V1: 33.358 km there, 11.119 km to B10."""
    moved = DRAWN | {
        "customer": DRAWN["customer"].replace(
            "C1              | C1                     | personal      | B10",
            "C1              | C1                     | personal      | B20",
        )
    }
    bank.draw(**moved)
    cells = catchment_cells(bank.version.reader, date(2026, 6, 1), date(2026, 6, 30))
    found = catchment(cells, organisations_below(bank.version.reader, "B20"))
    assert found.nearness == (Nearness("B20", "B10", 1, Decimal("33.358"), Decimal("11.119")),)
