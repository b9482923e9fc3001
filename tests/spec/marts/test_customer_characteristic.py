"""Customer characteristic: what customers' own transactions show of them, recognised by rules and told with their evidence."""

from drawn_tables import compare, drawn, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.customer_characteristic import CUSTOMER_CHARACTERISTIC_MART
from maisui.marts.customer_event import CUSTOMER_EVENT_MART
from maisui.marts.customer_habit_fact import CUSTOMER_HABIT_FACT_MART
from maisui.marts.customer_party_fact import CUSTOMER_PARTY_FACT_MART
from maisui.tables.customer_characteristic import CUSTOMER_CHARACTERISTIC

CUSTOMERS = """
    customer_number | customer_kind | home_organisation_code | born_on    | is_farmer | occupation
    ----------------+---------------+------------------------+------------+-----------+-----------
    WORKER          | personal      | B10                    | 1990-01-01 | no        | 职员
    RETIRED         | personal      | B10                    | 1950-01-01 | no        |
    FARMER          | personal      | B20                    | 1970-01-01 | yes       | 农民
    TRADER          | personal      | B10                    | 1985-01-01 | no        |
    MIGRANT         | personal      | B10                    | 1980-01-01 | yes       | 外出务工
    FIRM            | corporate     | B10                    |            |           |
"""


def _lines(*rows: tuple[object, ...]) -> str:
    """Draw postings: customer, account, number, day, time, change, content, channel, payer, payer's name."""
    header = (
        "customer_number | account_number | transaction_number | posted_on | posted_time | balance_change | transaction_type | channel_code "
        "| counterparty_account | counterparty_name | is_counterparty_namesake | is_cash | initiator_code | is_bank_initiated | is_reversal"
    )
    drawn = [header, "-+-".join("-" for _ in header.split("|"))]
    for place, (customer, day, time, change, content, channel, payer, name, namesake, cash) in enumerate(rows):
        own = "batch" if content == "payroll" else "customer"
        drawn.append(
            f"{customer} | A-{customer} | T{place:04d} | {day} | {time} | {change} | {content} | {channel} | {payer} | {name} "
            f"| {namesake} | {cash} | {own} | no | no"
        )
    return "\n".join(drawn)


def _paid(customer: str, day: str, amount: str, payer: str, name: str) -> tuple[object, ...]:
    return (customer, day, "070000", amount, "payroll", "other", payer, name, "no", "no")


def _moved(customer: str, day: str, change: str, **other: str) -> tuple[object, ...]:
    facts = {"time": "100000", "content": "transfer", "channel": "mobile_bank", "payer": "", "name": "", "namesake": "no", "cash": "no"}
    facts |= other
    return (
        customer, day, facts["time"], change, facts["content"], facts["channel"], facts["payer"], facts["name"],
        facts["namesake"], facts["cash"],
    )  # fmt: skip


def _recognise(engine: Engine, *rows: tuple[object, ...]) -> None:
    load_tables(
        engine,
        account_transaction=_lines(*rows),
        customer=CUSTOMERS,
        account_alias="""
            alias_number | account_number | customer_number
            -------------+----------------+----------------
            CARD-TRADER  | A-TRADER-2     | TRADER
        """,
        organisation_snapshot="""
            organisation_code | organisation_name | bank_code | reported_on
            ------------------+-------------------+-----------+------------
            B10               | 本行东街支行      | 402       | 2026-06-30
        """,
    )
    for step in (CUSTOMER_EVENT_MART, CUSTOMER_PARTY_FACT_MART, CUSTOMER_HABIT_FACT_MART):
        run(engine, step, reporting_date="2026-06-30")
    run(engine, CUSTOMER_CHARACTERISTIC_MART, reporting_date="2026-06-30")


_SHOWN = (
    "customer_number", "characteristic_code", "confidence_code", "counterparty_account", "usual_day", "median_amount", "event_count",
    "month_count", "evidence_share", "last_seen_on",
)  # fmt: skip


def _expect(engine: Engine, text: str) -> None:
    """Assert that the customers with a name hold exactly the drawn characteristics; those that only stand beside them are left out."""
    header = " | ".join(_SHOWN)
    rule = "-+-".join("-" for _ in _SHOWN)
    found = engine.fetch(f"SELECT {', '.join(_SHOWN)} FROM customer_characteristic WHERE NOT starts_with(customer_number, 'X')")
    expected = drawn(CUSTOMER_CHARACTERISTIC, f"{header}\n{rule}\n{text}")
    compare("customer_characteristic", _SHOWN, expected, [dict(zip(_SHOWN, row, strict=True)) for row in found])


def test_a_monthly_income_is_a_wage_or_from_sixty_on_a_pension_and_a_broken_one_is_neither(engine: Engine) -> None:
    """Three months of the last six, the last of them May or June; of 90 in all 60 are wages: 60 / 90 of the inflow."""
    _recognise(
        engine,
        *(_paid("WORKER", day, amount, "P1", "厂") for day, amount in (("2026-04-10", "10.00"), ("2026-05-12", "20.00"), ("2026-06-11", "30.00"))),
        _moved("WORKER", "2026-06-20", "30.00"),
        *(_paid("RETIRED", f"2026-0{month}-05", "7.00", "P2", "社保") for month in (1, 2, 3, 4, 5, 6)),
        *(_paid("TRADER", f"2026-0{month}-05", "7.00", "P1", "厂") for month in (1, 2, 3, 4)),
    )  # fmt: skip
    _expect(
        engine,
        """
        RETIRED         | pension             | high            | P2               | 5         | 7.00          | 6           | 6           | 1.000000       | 2026-06-05
        WORKER          | wage                | medium          | P1               | 11        | 20.00         | 3           | 3           | 0.666667       | 2026-06-11
        """,
    )


def test_what_is_paid_seldom_to_many_is_a_subsidy_and_a_farmer_who_sells_in_season_is_known_by_it(engine: Engine) -> None:
    """The payer pays twenty and two; 100 of 160 came in June (5 of it subsidy, which is not free inflow): 100 / 160.

    What P8 pays to one is no subsidy; RETIRED has one but no farm, MIGRANT a farm but none: neither sells in season. 5 of 105 are 0.047619.
    """
    others = [_paid(f"X{place:02d}", "2026-05-20", "1.00", "P9", "财政") for place in range(20)]
    _recognise(
        engine,
        *others,
        _paid("FARMER", "2026-05-20", "5.00", "P9", "财政"),
        _moved("FARMER", "2026-06-15", "100.00"),
        _moved("FARMER", "2026-04-15", "60.00"),
        _moved("TRADER", "2026-06-15", "100.00"),
        _paid("WORKER", "2026-05-21", "9.00", "P8", "厂"),
        _paid("RETIRED", "2026-05-20", "5.00", "P9", "财政"),
        _moved("RETIRED", "2026-06-15", "100.00"),
        _moved("MIGRANT", "2026-06-15", "100.00"),
    )
    _expect(
        engine,
        """
        FARMER          | farming_season      | medium          |                  |           | 100.00        | 1           | 1           | 0.625000       | 2026-06-15
        FARMER          | subsidy             | medium          | P9               | 20        | 5.00          | 1           | 1           | 0.030303       | 2026-05-20
        RETIRED         | subsidy             | medium          | P9               | 20        | 5.00          | 1           | 1           | 0.047619       | 2026-05-20
        """,
    )


def test_money_sent_to_ones_own_name_elsewhere_is_an_account_there_and_within_the_bank_it_is_not(engine: Engine) -> None:
    """Twenty months ago counts; own accounts here, by their card as well, and other names do not."""
    _recognise(
        engine,
        _moved("TRADER", "2024-11-03", "-50.00", payer="Z1", name="本人", namesake="yes"),
        _moved("TRADER", "2026-06-03", "-70.00", payer="Z1", name="本人", namesake="yes"),
        _moved("TRADER", "2026-06-03", "-99.00", payer="CARD-TRADER", name="本人", namesake="yes"),
        _moved("WORKER", "2026-06-03", "-99.00", payer="Z2", name="他人"),
    )
    _expect(
        engine,
        """
        TRADER          | own_account_elsewhere | high            | Z1               | 3         | 50.00         | 2           | 2           |                | 2026-06-03
        """,
    )


def test_a_fixed_payment_a_month_school_fees_and_receipts_are_each_told_apart(engine: Engine) -> None:
    """Five months in a row of one size; two months to a school; ten receipts in six months, and the same of a firm are none."""
    rent = [_moved("WORKER", f"2026-0{month}-01", "-800.00", payer="L1", name="房东") for month in (2, 3, 4, 5, 6)]
    uneven = [_moved("RETIRED", f"2026-0{month}-01", f"-{month}00.00", payer="L2", name="某人") for month in (2, 3, 4, 5, 6)]
    fees = [_moved("MIGRANT", day, "-300.00", payer="S1", name="麦川县中心小学") for day in ("2025-09-02", "2026-02-20")]
    takings = [
        _moved(who, f"2026-0{1 + place % 6}-1{place % 3}", "4.00", channel="third_party", payer=f"K{place}", name="顾客")
        for who in ("TRADER", "FIRM")
        for place in range(10)
    ]
    _recognise(engine, *rent, *uneven, *fees, *takings)
    _expect(
        engine,
        """
        MIGRANT         | school_fee          | medium          |                  | 2         | 300.00        | 2           | 2           |                | 2026-02-20
        TRADER          | takings             | medium          |                  |           | 4.00          | 10          | 6           | 1.000000       | 2026-06-12
        WORKER          | rent                | medium          | L1               | 1         | 800.00        | 5           | 5           |                | 2026-06-01
        """,
    )


def test_habits_and_the_money_brought_home_for_the_spring_festival_need_their_share(engine: Engine) -> None:
    """Twelve of 24 in cash, ten of 24 at night (too few); 90 of 100 came in the 24 days up to 17 February 2026.

    Cash of fifteen months ago is no habit of today.
    """
    cash = [
        _moved("TRADER", f"2026-05-{place + 1:02d}", "-5.00", content="cash_withdrawal", channel="atm", cash="yes") for place in range(12)
    ]
    night = [_moved("TRADER", f"2026-05-{place + 1:02d}", "-5.00", time="233000", content="purchase") for place in range(10)]
    day = [_moved("TRADER", f"2026-05-{place + 1:02d}", "-5.00", content="purchase") for place in range(2)]
    home = [_moved("MIGRANT", "2026-01-24", "45.00"), _moved("MIGRANT", "2026-02-17", "45.00"), _moved("MIGRANT", "2026-02-18", "10.00")]
    long_ago = _moved("TRADER", "2025-03-10", "-5.00", content="cash_withdrawal", channel="atm", cash="yes")
    _recognise(engine, *cash, *night, *day, *home, long_ago, _moved("WORKER", "2026-02-17", "90.00"))
    _expect(
        engine,
        """
        MIGRANT         | migrant             | high            |                  |           | 45.00         | 2           | 2           | 0.900000       | 2026-02-17
        TRADER          | cash                | medium          |                  |           | 5.00          | 12          | 1           | 0.500000       | 2026-05-12
        """,
    )


def test_one_movement_of_a_season_with_the_profile_is_of_medium_confidence_and_nothing_without_either(engine: Engine) -> None:
    """10 of 100 came before the festival of 2025, which is within two years; the farmer without money in season is none, nor who has no occupation."""
    others = [_paid(f"X{place:02d}", "2026-05-20", "1.00", "P9", "财政") for place in range(20)]
    _recognise(
        engine,
        *others,
        _moved("MIGRANT", "2025-01-10", "10.00"),
        _moved("MIGRANT", "2025-01-30", "30.00"),
        _moved("MIGRANT", "2026-03-10", "60.00"),
        _moved("WORKER", "2025-01-10", "10.00"),
        _paid("FARMER", "2026-05-20", "5.00", "P9", "财政"),
        _moved("FARMER", "2026-05-15", "100.00"),
    )
    _expect(
        engine,
        """
        MIGRANT         | migrant             | medium          |                  |           | 10.00         | 1           | 1           | 0.100000       | 2025-01-10
        FARMER          | subsidy             | medium          | P9               | 20        | 5.00          | 1           | 1           | 0.047619       | 2026-05-20
        """,
    )
