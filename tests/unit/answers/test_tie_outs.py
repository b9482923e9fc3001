"""What tie-outs tell beside the rows they read: which controls broke, and which share is covered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers.tie_outs import Coverage, LoanCoverage, SubjectLine, VersionTies, on_its_side
from maisui.warehouse.version import Control

DAY = date(2026, 6, 30)


def control(code: str, violations: int) -> Control:
    return Control(code, code, code, "stop", 9, violations, "0.01", ())


def test_the_broken_controls_of_a_version_are_those_with_violations() -> None:
    ties = VersionTies("v1", DAY, "2026-07-01T01:00:00", (control("ties", 0), control("misses", 1), control("misses_more", 2)))
    assert [one.code for one in ties.broken] == ["misses", "misses_more"]


def test_a_share_is_of_the_ledger_and_there_is_none_of_nothing() -> None:
    assert Coverage("asset", Decimal("30.00"), Decimal("40.00")).share == Decimal("0.75")
    assert Coverage("asset", Decimal(0), Decimal(0)).share is None
    assert LoanCoverage(DAY, Decimal("90.00"), Decimal("120.00"), Decimal("-30.00"), 1).share == Decimal("0.75")
    assert LoanCoverage(DAY, Decimal("90.00"), Decimal(0), None, 0).share is None


def test_accounts_are_shown_on_the_side_of_their_ledger_balance() -> None:
    """A loan from the central bank of 100 stands at −100 in tie-outs of assets, where its accounts say −99: one is missing."""

    def line(ledger: str, subledger: str | None, difference: str | None) -> SubjectLine:
        found = [None if one is None else Decimal(one) for one in (ledger, subledger, difference)]
        return SubjectLine("2004", None, "liability", "internal", True, "CNY", found[0] or Decimal(0), found[1], found[2], 1, None)

    turned = on_its_side(line("100", "-99", "1"))
    assert (turned.ledger, turned.subledger, turned.difference) == (Decimal(100), Decimal(99), Decimal(-1))
    for kept in (line("100", "99", "-1"), line("100", None, None), line("0", "5", "5")):
        assert on_its_side(kept) == kept
