"""What is said beside a figure that rests on estimates or on a part of the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maisui.answers import Question
from maisui.answers.explain import explain

MONTHS = """
    account_number | account_kind | month_start | closing_balance | average_kind | is_estimated
    ---------------+--------------+-------------+-----------------+--------------+-------------
    A1             | deposit      | 2026-05-01  | 10.00           | two_point    | yes
    A1             | deposit      | 2026-06-01  | 20.00           | two_point    | yes
    A2             | deposit      | 2026-06-01  | 20.00           | two_point    | yes
    A3             | deposit      | 2026-06-01  | 20.00           | rolled       | yes
    L1             | loan         | 2026-06-01  | 20.00           | rolled       | no
"""


def test_an_average_says_that_it_is_estimated(version: Any) -> None:
    """Of June, two accounts have no movements and one does not roll; loans are told, and a balance is no average."""
    version.draw(account_month=MONTHS)
    said = [note.en for note in version.ask("deposit_average_daily_balance").notes if "estimated" in note.en]
    assert len(said) == 2
    assert "2 account months have balances but no movements" in said[0]
    assert "in 1 account months movements do not explain" in said[1]
    for metric in ("loan_average_daily_balance", "deposit_balance"):
        assert not [note for note in version.ask(metric).notes if "estimated" in note.en]


@pytest.mark.parametrize(("ledger", "said"), [("200.00", "99.00% of the ledger's loans"), ("", "no ledger came")])
def test_a_figure_of_loan_quality_says_how_much_of_the_ledger_it_sees(version: Any, ledger: str, said: str) -> None:
    """198 of 200 are counted, on the last day up to the one asked for that has both."""
    version.draw(
        loan_class_day="""
            business_date | balance
            --------------+--------
            2026-06-30    | 198.00
        """,
        loan_tie=f"""
            business_date | organisation_code | counted_balance | ledger_balance
            --------------+-------------------+-----------------+---------------
            2026-06-29    | B10               | 98.00           | {ledger and "100.00"}
            2026-06-29    | B20               | 100.00          | {ledger and "100.00"}
            2026-06-30    | B10               | 198.00          |
        """,
    )
    found = explain(version.reader, Question("npl_ratio", day=date(2026, 6, 30)))
    assert said in found.notes[-1].en
