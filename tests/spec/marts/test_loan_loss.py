"""Expected loss of loans: by probability while they perform, by the change of the required provision once they do not."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.loan_loss_month import LOAN_LOSS_MONTH_MART

# Business loans lose 0.45 when they default, housing loans 0.2; the rest is in the product's own parameters.
SETTINGS = """
    business_date | month_start | account_kind | product_group | loss_given_default
    --------------+-------------+--------------+---------------+-------------------
    2026-05-31    | 2026-05-01  | loan         | business_loan | 0.45
    2026-06-30    | 2026-06-01  | loan         | business_loan | 0.45
    2026-06-10    | 2026-06-01  | loan         | business_loan | 0.45
    2026-05-31    | 2026-05-01  | loan         | housing_loan  | 0.2
    2026-06-30    | 2026-06-01  | loan         | housing_loan  | 0.2
"""


def accounts(*numbers: str) -> str:
    """Draw business loan accounts."""
    lines = [f"{number} | loan | business_loan | 2026-01-01" for number in numbers]
    return "\n".join(("account_number | account_kind | product_group | opened_on", "--+--", *lines))


def loans(*rows: str, disbursed_on: str = "2026-01-01") -> str:
    """Draw receipts given as `number account class status`, as last reported."""
    header = "loan_number | account_number | loan_class | loan_status | disbursed_on | last_reported_on | disbursed_amount"
    return "\n".join((header, "--+--", *(" | ".join((*row.split(), disbursed_on, "2026-06-30", "1.00")) for row in rows)))


def test_a_performing_loan_loses_probability_times_severity_a_month(engine: Engine) -> None:
    """100,000 × 0.012 × 0.45 ÷ 12 = 45.00; special mention 0.12: 450.00; housing 20.00; 33.33 × 0.0054 ÷ 12 = 0.0150 is 0.01 (0.0149985)."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        contribution_setting=SETTINGS,
        account="""
            account_number | account_kind | product_group | opened_on
            ---------------+--------------+---------------+-----------
            L1             | loan         | business_loan | 2026-01-01
            L2             | loan         | business_loan | 2026-01-01
            L3             | loan         | housing_loan  | 2026-01-01
            L4             | loan         | business_loan | 2026-01-01
        """,
        loan=loans("R1 L1 pass current", "R2 L2 special_mention current", "R3 L3 pass current", "R4 L4 pass current", "R5 L4 pass current"),
        loan_state="""
            loan_number | valid_from | valid_until | balance   | loan_class
            ------------+------------+-------------+-----------+----------------
            R1          | 2026-05-31 | 2026-06-30  | 900000.00 | pass
            R1          | 2026-06-30 |             | 100000.00 | pass
            R2          | 2026-05-31 | 2026-06-30  | 100000.00 | pass
            R2          | 2026-06-30 |             | 100000.00 | special_mention
            R3          | 2026-06-30 |             | 100000.00 | pass
            R4          | 2026-06-30 |             | 33.33     | pass
            R5          | 2026-06-30 |             | 33.34     | pass
        """,
    )
    run(engine, LOAN_LOSS_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_loss_month",
        """
        loan_number | account_number | business_date | loan_class      | method_code | balance   | expected_loss_amount
        ------------+----------------+---------------+-----------------+-------------+-----------+---------------------
        R1          | L1             | 2026-06-30    | pass            | probability | 100000.00 | 45.00
        R2          | L2             | 2026-06-30    | special_mention | probability | 100000.00 | 450.00
        R3          | L3             | 2026-06-30    | pass            | probability | 100000.00 | 20.00
        R4          | L4             | 2026-06-30    | pass            | probability | 33.33     | 0.01
        R5          | L4             | 2026-06-30    | pass            | probability | 33.34     | 0.02
        """,
    )


def test_an_unfinished_month_counts_by_its_days(engine: Engine) -> None:
    """Ten of June's thirty days of 45.00 are 15.00."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-10"),
        contribution_setting=SETTINGS,
        account=accounts("L1"),
        loan=loans("R1 L1 pass current"),
        loan_state="""
            loan_number | valid_from | valid_until | balance   | loan_class
            ------------+------------+-------------+-----------+-----------
            R1          | 2026-06-09 |             | 100000.00 | pass
        """,
    )
    run(engine, LOAN_LOSS_MONTH_MART, reporting_date="2026-06-10")
    expect(engine, "loan_loss_month", "business_date | expected_loss_amount\n--+--\n2026-06-10 | 15.00")


def test_a_loan_that_turns_bad_loses_the_rise_of_its_provision_and_gives_it_back_when_it_is_paid(engine: Engine) -> None:
    """R1: 1 % of 1,000, then 25 % of 900: 225 − 10 = 215.00; R2 bad on both ends 250 → 500; R3 paid, gone from June's file: −250. R4 performed: nothing."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        contribution_setting=SETTINGS,
        account=accounts("L1", "L2", "L3", "L4"),
        loan=loans("R1 L1 substandard overdue", "R2 L2 doubtful overdue", "R3 L3 substandard overdue", "R4 L4 pass current"),
        loan_state="""
            loan_number | valid_from | valid_until | balance | loan_class
            ------------+------------+-------------+---------+------------
            R1          | 2026-05-31 | 2026-06-30  | 1000.00 | pass
            R1          | 2026-06-30 |             | 900.00  | substandard
            R2          | 2026-04-30 | 2026-05-31  | 1000.00 | substandard
            R2          | 2026-05-31 | 2026-06-30  | 1000.00 | substandard
            R2          | 2026-06-30 |             | 1000.00 | doubtful
            R3          | 2026-04-30 | 2026-05-31  | 1000.00 | substandard
            R3          | 2026-05-31 | 2026-06-30  | 1000.00 | substandard
            R4          | 2026-05-31 | 2026-06-30  | 1000.00 | pass
        """,
    )
    run(engine, LOAN_LOSS_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_loss_month",
        """
        loan_number | business_date | loan_class  | method_code | balance | expected_loss_amount
        ------------+---------------+-------------+-------------+---------+---------------------
        R1          | 2026-05-31    | pass        | probability | 1000.00 | 0.45
        R1          | 2026-06-30    | substandard | provision   | 900.00  | 215.00
        R2          | 2026-05-31    | substandard | provision   | 1000.00 | 0.00
        R2          | 2026-06-30    | doubtful    | provision   | 1000.00 | 250.00
        R3          | 2026-05-31    | substandard | provision   | 1000.00 | 0.00
        R3          | 2026-06-30    | none        | provision   | 0.00    | -250.00
        R4          | 2026-05-31    | pass        | probability | 1000.00 | 0.45
        R4          | 2026-06-30    | none        | probability | 0.00    | 0.00
        """,
    )


def test_what_is_written_off_is_lost_but_for_what_was_provided(engine: Engine) -> None:
    """Doubtful, 500 provided of 1,000, then written off: 0 − 500 + 1,000 = 500.00; July, when it has left the file, loses nothing."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        contribution_setting=SETTINGS,
        account=accounts("L1"),
        loan=loans("R1 L1 loss written_off"),
        loan_state="""
            loan_number | valid_from | valid_until | balance | loan_class | loan_status
            ------------+------------+-------------+---------+------------+------------
            R1          | 2026-04-30 | 2026-05-31  | 1000.00 | doubtful   | overdue
            R1          | 2026-05-31 | 2026-06-30  | 1000.00 | loss       | written_off
        """,
    )
    run(engine, LOAN_LOSS_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_loss_month",
        """
        business_date | loan_class | method_code | balance | expected_loss_amount
        --------------+------------+-------------+---------+---------------------
        2026-05-31    | none       | provision   | 0.00    | 500.00
        2026-06-30    | none       | provision   | 0.00    | 0.00
        """,
    )


def test_a_loan_that_left_the_file_because_it_was_written_off_is_lost(engine: Engine) -> None:
    """The register of write-offs tells it: 0 − 250 + 1,000 = 750.00. R2 stands there only from July, so in June it counts as paid: −250."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        contribution_setting=SETTINGS,
        account=accounts("L1", "L2"),
        loan=loans("R1 L1 substandard overdue", "R2 L2 substandard overdue"),
        loan_state="""
            loan_number | valid_from | valid_until | balance | loan_class
            ------------+------------+-------------+---------+------------
            R1          | 2026-05-31 | 2026-06-30  | 1000.00 | substandard
            R2          | 2026-05-31 | 2026-06-30  | 1000.00 | substandard
        """,
        write_off_snapshot="""
            loan_number | reported_on | written_off_on
            ------------+-------------+---------------
            R1          | 2026-06-30  | 2026-06-28
            R1          | 2026-07-31  | 2026-06-28
            R2          | 2026-07-31  | 2026-07-02
        """,
    )
    run(engine, LOAN_LOSS_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_loss_month",
        """
        loan_number | method_code | balance | expected_loss_amount
        ------------+-------------+---------+---------------------
        R1          | provision   | 0.00    | 750.00
        R2          | provision   | 0.00    | -250.00
        """,
    )


def test_the_whole_stock_is_never_one_months_loss(engine: Engine) -> None:
    """A loan that is bad when first seen has no rise to tell; one disbursed in June and bad at its end rose from nothing: 25 % of 100."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        contribution_setting=SETTINGS,
        account=accounts("L1", "L2"),
        loan="\n".join((loans("R1 L1 loss overdue"), loans("R2 L2 substandard overdue", disbursed_on="2026-06-02").splitlines()[-1])),
        loan_state="""
            loan_number | valid_from | valid_until | balance | loan_class
            ------------+------------+-------------+---------+------------
            R1          | 2026-05-31 | 2026-06-30  | 1000.00 | loss
            R1          | 2026-06-30 |             | 1000.00 | loss
            R2          | 2026-06-30 |             | 100.00  | substandard
        """,
    )
    run(engine, LOAN_LOSS_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_loss_month",
        """
        loan_number | business_date | expected_loss_amount
        ------------+---------------+---------------------
        R1          | 2026-05-31    | 0.00
        R1          | 2026-06-30    | 0.00
        R2          | 2026-06-30    | 25.00
        """,
    )
