"""How results are dealt: to the millionth, never more than the whole, and kept with a proposal as they were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from maisui.answers.allocations import Holding
from maisui.web.allocations.holdings import Held, holdings_of, kept
from maisui.web.allocations.shares import WHOLE, claimed, moved, parted

HALF = Decimal("0.5")


@pytest.mark.parametrize(
    ("share", "receivers", "parts"),
    [
        ("1", ["A"], {"A": "1"}),
        ("1", ["A", "B"], {"A": "0.5", "B": "0.5"}),
        ("1", ["C", "A", "B"], {"C": "0.333334", "A": "0.333333", "B": "0.333333"}),
        ("0.000002", ["A", "B", "C"], {"A": "0.000001", "B": "0.000001"}),
        ("0", ["A"], {}),
    ],
)
def test_a_share_is_cut_into_millionths_and_the_first_take_what_is_left(share: str, receivers: list[str], parts: dict[str, str]) -> None:
    found = parted(Decimal(share), receivers)
    assert found == {receiver: Decimal(part) for receiver, part in parts.items()}
    assert sum(found.values(), Decimal(0)) == Decimal(share)


def test_what_belongs_to_nobody_is_claimed_and_nothing_else() -> None:
    """Of 0.6 nothing is taken; 0.4 are cut. Who held some already gets his part on top; of a whole there is nothing to claim."""
    assert claimed({}, ["A"]) == {"A": WHOLE}
    assert claimed({"A": Decimal("0.6")}, ["B", "A"]) == {"A": Decimal("0.8"), "B": Decimal("0.2")}
    assert claimed({"A": WHOLE}, ["B"]) == {"A": WHOLE}
    assert list(claimed({}, ["B", "A"])) == ["A", "B"]


def test_what_is_given_away_goes_to_the_receivers_and_the_others_keep_theirs() -> None:
    before = {"A": Decimal("0.5"), "B": Decimal("0.3"), "C": Decimal("0.2")}
    assert moved(before, ["A", "B"], ["D"]) == {"C": Decimal("0.2"), "D": Decimal("0.8")}
    assert moved(before, ["A"], ["C"]) == {"B": Decimal("0.3"), "C": Decimal("0.7")}
    assert moved(before, ["A"], ["A"]) == before
    assert moved(before, ["Z"], ["D"]) == before
    assert moved(before, ["A"], []) == {"B": Decimal("0.3"), "C": Decimal("0.2")}
    assert moved({}, ["A"], ["B"]) == {}
    assert before == {"A": Decimal("0.5"), "B": Decimal("0.3"), "C": Decimal("0.2")}


@pytest.mark.parametrize("until", [None, date(2026, 7, 1)])
@pytest.mark.parametrize("customer", [None, "C1"])
def test_an_object_of_a_proposal_is_read_as_it_was_kept(until: date | None, customer: str | None) -> None:
    one = Held(Holding("account", "A1", "deposit"), "B1", customer, date(2026, 6, 1), {"E1": HALF}, {"E2": Decimal("0.000001")}, until)
    written = kept(one)
    assert written == {
        "kind": "account",
        "number": "A1",
        "line": "deposit",
        "organisation": "B1",
        "customer": customer,
        "from": "2026-06-01",
        "until": "2026-07-01" if until else None,
        "before": {"E1": "0.5"},
        "after": {"E2": "0.000001"},
    }
    assert holdings_of(SimpleNamespace(holdings=[written])) == [one]  # type: ignore[arg-type]


def test_an_object_becomes_whose_it_is_to_be_and_stays_whose_it_was() -> None:
    one = Held(Holding("customer", "C1", "loan"), "B1", "C1", date(2026, 6, 1), {"E1": WHOLE}, {})
    after = one.becoming({"E2": HALF})
    assert (after.before, after.after, one.after) == ({"E1": WHOLE}, {"E2": HALF}, {})
