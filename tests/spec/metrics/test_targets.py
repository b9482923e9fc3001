"""Rates of completion on drawn targets against figures computed by hand."""

from datetime import date
from decimal import Decimal

import pytest

from maisui.answers import Period, Question, by_target, explain, target_lines_of, trend
from maisui.errors import QuestionError

TREE = {
    "organisation": """
        organisation_code | organisation_name | parent_code | is_open | first_reported_on | last_reported_on
        ------------------+-------------------+-------------+---------+-------------------+-----------------
        1                 | Head office       |             | yes     | 2026-06-30        | 2026-06-30
        12                | Branch            | 1           | yes     | 2026-06-30        | 2026-06-30
        121               | Outlet            | 12          | yes     | 2026-06-30        | 2026-06-30
        122               | Other outlet      | 12          | yes     | 2026-06-30        | 2026-06-30
    """,
    "organisation_closure": """
        ancestor_code | organisation_code | distance
        --------------+-------------------+---------
        1             | 1                 | 0
        1             | 12                | 1
        1             | 121               | 2
        1             | 122               | 2
        12            | 12                | 0
        12            | 121               | 1
        12            | 122               | 1
        121           | 121               | 0
        122           | 122               | 0
    """,
}
# On 31 May the first 151 of 365 days have passed.
MAY = date(2026, 5, 31)
DEPOSITS = """
    organisation_code | account_kind | business_date | balance
    ------------------+--------------+---------------+--------
    121               | deposit      | 2025-12-31    | 1000.00
    122               | deposit      | 2025-12-31    | 500.00
    121               | deposit      | 2026-05-31    | 1200.00
    122               | deposit      | 2026-05-31    | 300.00
    121               | deposit      | 2026-06-30    | 1300.00
"""
YEAR_OF_DEPOSITS = """
    organisation_code | employee_number | target_metric_code | business_date | period_end_on | target_amount
    ------------------+-----------------+--------------------+---------------+---------------+--------------
    1                 | none            | deposit_balance    | 2026-01-01    | 2026-12-31    | 2000.00
    121               | none            | deposit_balance    | 2026-01-01    | 2026-12-31    | 1365.00
    122               | none            | deposit_balance    | 2026-01-01    | 2026-12-31    | 500.00
    121               | none            | deposit_balance    | 2026-06-01    | 2026-06-30    | 1250.00
"""


def lines(version, by=(), organisation=None, day=MAY, period=Period.YEAR):
    """Return the targets in force of a drawn version."""
    return target_lines_of(version.reader, by_target(Question("target_completion_rate", by, organisation, day, period)))


def test_a_rate_of_completion_is_the_metrics_value_over_its_target(bank, figure) -> None:
    """Targets of June alone: 1,250 to reach, 1,300 there on 30 June, the last day of the month, so that all of it is due."""
    bank.draw(
        product_day=DEPOSITS,
        organisation="organisation_code | first_reported_on | last_reported_on\n---+---+---\n121 | 2026-06-30 | 2026-06-30",
        target_period=YEAR_OF_DEPOSITS,
    )
    with pytest.raises(QuestionError, match="one rate for each target"):
        figure("target_completion_rate", numerator="1250", denominator="1250")
    with pytest.raises(QuestionError, match="one rate for each target"):
        figure("time_weighted_target_completion_rate", numerator="1250", denominator="1250")
    for code in ("target_completion_rate", "time_weighted_target_completion_rate"):
        (row,) = bank.version.ask(code, "target").rows
        assert (row.dimensions, row.numerator, row.denominator) == ({"target": "deposit_balance"}, Decimal("1300.00"), Decimal(1250))
        assert row.value == Decimal("1.04")


def test_a_balance_grows_from_its_base_to_the_target_by_calendar_days(version) -> None:
    """Outlet 121: base 1,000, target 1,365, 151 of 365 days: 1,151 due, 1,200 there; 165 are missing over 214 days, 0.77 a day."""
    version.draw(**TREE, product_day=DEPOSITS, target_period=YEAR_OF_DEPOSITS)
    (line,) = lines(version, organisation="121")
    assert (line.days, line.days_passed, line.days_left, line.time_progress) == (365, 151, 214, Decimal("0.413699"))
    assert (line.actual, line.target, line.due) == (Decimal("1200.00"), Decimal(1365), Decimal("1151.00"))
    assert (line.completion, line.time_weighted_completion) == (Decimal("0.879121"), Decimal("1.042572"))
    assert (line.distance, line.needed_a_day) == (Decimal("-165.00"), Decimal("0.77"))
    assert (line.is_met, line.is_on_schedule, line.is_sum) == (False, True, False)
    question = {"day": MAY, "period": Period.YEAR, "organisation": "121"}
    assert version.values("target_completion_rate", "target", **question) == {"deposit_balance": Decimal("0.879121")}
    (row,) = version.ask("time_weighted_target_completion_rate", "target", **question).rows
    assert (row.numerator, row.denominator, row.value) == (Decimal("1200.00"), Decimal("1151.00"), Decimal("1.042572"))


def test_an_organisation_without_a_target_of_its_own_has_the_sum_of_those_below(version) -> None:
    """The branch has 1,365 + 500; the head office keeps the 2,000 that it was given itself."""
    version.draw(**TREE, product_day=DEPOSITS, target_period=YEAR_OF_DEPOSITS)
    (branch,) = lines(version, ("child",))
    assert (branch.holder, branch.target, branch.is_sum, branch.actual) == ("12", Decimal(1865), True, Decimal("1500.00"))
    (top,) = lines(version)
    assert (top.holder, top.target, top.is_sum, top.actual) == ("1", Decimal(2000), False, Decimal("1500.00"))
    assert [(line.holder, line.target) for line in lines(version, ("child",), "12")] == [("121", Decimal(1365)), ("122", Decimal(500))]
    found = lines(version, ("organisation",))
    assert [(line.holder, line.actual) for line in found] == [
        ("1", Decimal("1500.00")), ("121", Decimal("1200.00")), ("122", Decimal("300.00")),
    ]  # fmt: skip
    assert [line.holder for line in lines(version, ("organisation",), "122")] == ["122"]


def test_there_is_no_sum_where_an_open_organisation_below_has_no_target(version) -> None:
    """Of two outlets one has a target: 1,500 of both held against its 1,365 would look reached. Once the other is closed, 1,365 is all."""
    of_one = "\n".join(line for line in YEAR_OF_DEPOSITS.splitlines() if not line.strip().startswith(("1 ", "122 ")))
    version.draw(**TREE, product_day=DEPOSITS, target_period=of_one)
    assert lines(version, organisation="12") == ()
    assert lines(version) == ()
    assert [line.holder for line in lines(version, ("child",), "12")] == ["121"]
    is_closed = TREE["organisation"].replace("Other outlet      | 12          | yes", "Other outlet      | 12          | no ")
    version.draw(**TREE | {"organisation": is_closed}, product_day=DEPOSITS, target_period=of_one)
    (branch,) = lines(version, organisation="12")
    assert (branch.target, branch.is_sum) == (Decimal(1365), True)


def test_a_sum_over_the_period_is_due_in_proportion_to_its_days(version) -> None:
    """365 new customers in the year: 151 due by 31 May, 100 there; 265 over 214 days are 1.24 a day."""
    version.draw(
        **TREE,
        customer_day="""
            organisation_code | business_date | new_customer_count
            ------------------+---------------+-------------------
            121               | 2025-12-31    | 900
            121               | 2026-01-01    | 60
            121               | 2026-05-31    | 40
        """,
        target_period="""
            organisation_code | employee_number | target_metric_code | business_date | period_end_on | target_amount
            ------------------+-----------------+--------------------+---------------+---------------+--------------
            121               | none            | new_customer_count | 2026-01-01    | 2026-12-31    | 365.00
        """,
    )
    (line,) = lines(version, organisation="121")
    assert (line.actual, line.due, line.needed_a_day) == (Decimal(100), Decimal(151), Decimal("1.24"))
    assert (line.completion, line.time_weighted_completion, line.is_on_schedule) == (Decimal("0.273973"), Decimal("0.662252"), False)


def test_an_average_needs_the_balance_that_the_remaining_days_must_hold(version) -> None:
    """June: 10 days at 300.00, average 300; 320 over 30 days need (9,600 − 3,000) ÷ 20 = 330 on each remaining day; base 200 on 31 May."""
    days = "\n".join(f"121 | deposit | 2026-06-{day:02d} | 300.00" for day in range(1, 11))
    version.draw(
        **TREE,
        product_day=f"organisation_code | account_kind | business_date | balance\n---+---+---+---\n121 | deposit | 2026-05-31 | 200.00\n{days}",
        target_period="""
            organisation_code | employee_number | target_metric_code            | business_date | period_end_on | target_amount
            ------------------+-----------------+-------------------------------+---------------+---------------+--------------
            121               | none            | deposit_average_daily_balance | 2026-06-01    | 2026-06-30    | 320.00
        """,
    )
    (line,) = lines(version, organisation="121", day=date(2026, 6, 10), period=Period.MONTH)
    assert (line.actual, line.due, line.needed_a_day) == (Decimal("300.00"), Decimal("240.00"), Decimal("330.00"))


def test_a_ratio_holds_at_any_time_and_less_may_be_better(version) -> None:
    """4 of 100 are bad where 2 % is the limit: 200 %, over it at any time, nothing to earn a day; the branch has no sum of ratios."""
    version.draw(
        **TREE,
        loan_class_day="""
            organisation_code | loan_class  | business_date | balance
            ------------------+-------------+---------------+--------
            121               | pass        | 2026-05-31    | 96.00
            121               | substandard | 2026-05-31    | 4.00
            122               | pass        | 2026-05-31    | 100.00
        """,
        target_period="""
            organisation_code | employee_number | target_metric_code | business_date | period_end_on | target_share
            ------------------+-----------------+--------------------+---------------+---------------+-------------
            121               | none            | npl_ratio          | 2026-01-01    | 2026-12-31    | 0.020000
            122               | none            | npl_ratio          | 2026-01-01    | 2026-12-31    | 0.015000
        """,
    )
    bad, good = lines(version, ("child",), "12")
    assert (bad.actual, bad.due, bad.completion, bad.is_on_schedule, bad.needed_a_day) == (
        Decimal("0.040000"), Decimal("0.020000"), Decimal(2), False, None,
    )  # fmt: skip
    assert (good.completion, good.is_met) == (Decimal(0), True)
    assert lines(version, ("child",)) == ()


def test_targets_of_employees_are_asked_by_manager(version) -> None:
    """Two managers of one outlet and one of another; only those of the organisation asked for are shown."""
    version.draw(
        **TREE,
        manager_day="""
            employee_number | organisation_code | account_kind | business_date | balance
            ----------------+-------------------+--------------+---------------+--------
            M1              | 121               | loan         | 2026-05-31    | 50.00
            M2              | 122               | loan         | 2026-05-31    | 70.00
        """,
        target_period="""
            organisation_code | employee_number | target_metric_code   | business_date | period_end_on | target_amount
            ------------------+-----------------+----------------------+---------------+---------------+--------------
            121               | M1              | managed_loan_balance | 2026-01-01    | 2026-12-31    | 100.00
            122               | M2              | managed_loan_balance | 2026-01-01    | 2026-12-31    | 100.00
            121               | none            | managed_loan_balance | 2026-01-01    | 2026-12-31    | 400.00
        """,
    )
    found = version.values("target_completion_rate", "manager", "target", day=MAY, period=Period.YEAR, organisation="121")
    assert found == {("M1", "managed_loan_balance"): Decimal("0.5")}


def test_an_outlet_whose_parent_was_not_delivered_has_nobody_elses_targets(version) -> None:
    """Outlet 9 stands at the top like the head office: its question is answered with itself, the whole bank's with everybody."""
    tree = {
        "organisation": TREE["organisation"]
        + "    9                 | Lost outlet       |             | yes     | 2026-06-30        | 2026-06-30\n",
        "organisation_closure": TREE["organisation_closure"] + "    9             | 9                 | 0\n",
    }
    version.draw(
        **tree,
        product_day=DEPOSITS + "    9                 | deposit      | 2026-05-31    | 70.00\n",
        target_period=YEAR_OF_DEPOSITS
        + """    9                 | none            | deposit_balance    | 2026-01-01    | 2026-12-31    | 80.00
    9                 | M9              | deposit_balance    | 2026-01-01    | 2026-12-31    | 9.00
    121               | M1              | deposit_balance    | 2026-01-01    | 2026-12-31    | 1.00
    gone              | M0              | deposit_balance    | 2026-01-01    | 2026-12-31    | 2.00
""",
    )
    for organisation, outlets, managers in (
        ("9", ["9"], ["M9"]),
        ("1", ["1", "121", "122"], ["M1"]),
        (None, ["1", "121", "122", "9"], ["M0", "M1", "M9"]),
    ):
        assert [line.holder for line in lines(version, ("organisation",), organisation)] == outlets
        assert [line.holder for line in lines(version, ("manager",), organisation)] == managers
    (own,) = lines(version, organisation="9")
    assert (own.target, own.actual) == (Decimal(80), Decimal("70.00"))
    assert lines(version, ("child",), "9") == ()


def test_what_cannot_be_asked_is_said_and_unknown_metrics_are_named(version) -> None:
    """No sum over targets, no targets for a day, no other splits; a misspelt metric is a note; a base before the history leaves — ."""
    version.draw(
        **TREE,
        product_day=DEPOSITS,
        target_period=YEAR_OF_DEPOSITS
        + "    121               | none            | deposit_balanse    | 2026-01-01    | 2026-12-31    | 1.00\n"
        + "    121               | none            | loan_balance       | 2026-01-01    | 2026-12-31    | 0.00\n",
    )
    for by, period in (
        ((), Period.YEAR),
        (("target",), Period.DAY),
        (("target", "date"), Period.YEAR),
        (("target", "child", "manager"), Period.YEAR),
    ):
        with pytest.raises(QuestionError):
            version.ask("target_completion_rate", *by, period=period)
    with pytest.raises(QuestionError, match="one rate for each target"):
        trend(version.reader, "target_completion_rate", organisation=None, days=(MAY,))
    answer = version.ask("target_completion_rate", "target", day=MAY, period=Period.YEAR, organisation="121")
    assert "deposit_balanse" in str(answer.notes[0])
    assert {row.dimensions["target"]: row.value for row in answer.rows} == {"deposit_balance": Decimal("0.879121"), "loan_balance": None}
    version.first_date = date(2026, 1, 1)
    version.draw(**TREE, product_day=DEPOSITS, target_period=YEAR_OF_DEPOSITS)
    (line,) = lines(version, organisation="121")
    assert (line.completion, line.due, line.time_weighted_completion) == (Decimal("0.879121"), None, None)


def test_an_explanation_tells_every_target_and_leads_to_where_they_stand(version) -> None:
    """One target is explained down to its actual value; of several each actual has an explanation of its own."""
    version.draw(**TREE, product_day=DEPOSITS, target_period=YEAR_OF_DEPOSITS)
    one = explain(version.reader, Question("target_completion_rate", (), "121", MAY, Period.YEAR))
    assert (one.numerator, one.denominator, one.value) == (Decimal("1200.00"), Decimal(1365), Decimal("0.879121"))
    assert [(part.role, part.mart) for part in one.parts] == [("numerator", "product_day"), ("denominator", "target_period")]
    assert "Deposit balance: 1,200.00 ÷ 1,365.00 = 87.91 %" in [str(note) for note in one.notes]
    two = YEAR_OF_DEPOSITS + "    121               | none            | loan_balance       | 2026-01-01    | 2026-12-31    | 9.00\n"
    version.draw(**TREE, product_day=DEPOSITS, target_period=two)
    several = explain(version.reader, Question("target_completion_rate", (), "121", MAY, Period.YEAR))
    assert several.value is None
    assert [part.mart for part in several.parts] == ["target_period"]
    assert sum("÷" in str(note) for note in several.notes) == 2
