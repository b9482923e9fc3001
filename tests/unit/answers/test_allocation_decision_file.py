"""An approved decision as a file of its feed: every holder of every object a line, in percent, with who decided and why."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from maisui.answers.allocations import Holding, decision_file

HEADER = [
    "decision_number", "line_number", "decision_kind", "object_kind", "object_number", "business_line", "employee_number", "share_percent",
    "valid_from", "valid_until", "proposed_by", "approved_by", "decision_reason",
]  # fmt: skip


def lines(kind: str, *objects: tuple[Holding, date, date | None, dict[str, Decimal]]) -> list[list[str]]:
    """Return the cells of the file."""
    content = decision_file(7, kind, objects, proposed_by="甲 (a)", approved_by="乙 (b)", reason="交接")  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(content.decode())))


def test_holders_stand_in_order_with_their_percent_and_nobody_as_a_line_without_one() -> None:
    """A third to the millionth is 33.3333 %; lines are counted through all objects."""
    day, until = date(2026, 6, 1), date(2026, 7, 1)
    found = lines(
        "transfer",
        (Holding("account", "A1", "deposit"), day, None, {"E2": Decimal("0.666667"), "E1": Decimal("0.333333")}),
        (Holding("customer", "C1", "loan"), day, until, {}),
        (Holding("village", "V1", "deposit"), day, None, {"E1": Decimal(1)}),
    )
    assert found[0] == HEADER
    told = [dict(zip(HEADER, row, strict=True)) for row in found[1:]]
    assert [(row["line_number"], row["employee_number"], Decimal(row["share_percent"])) for row in told] == [
        ("1", "E1", Decimal("33.3333")),
        ("2", "E2", Decimal("66.6667")),
        ("3", "", Decimal(0)),
        ("4", "E1", Decimal(100)),
    ]
    assert [(row["object_kind"], row["object_number"], row["business_line"]) for row in told[1:]] == [
        ("账户", "A1", "存款"),
        ("客户", "C1", "贷款"),
        ("村", "V1", "存款"),
    ]
    assert [(row["valid_from"], row["valid_until"]) for row in told[1:3]] == [("20260601", ""), ("20260601", "20260701")]
    assert {(row["decision_number"], row["proposed_by"], row["approved_by"], row["decision_reason"]) for row in told} == {
        ("7", "甲 (a)", "乙 (b)", "交接")
    }


@pytest.mark.parametrize("kind", ["claim", "share_out", "transfer", "hand_over", "correction"])
def test_every_kind_of_decision_has_its_word(kind: str) -> None:
    found = lines(kind, (Holding("account", "A1", "deposit"), date(2026, 6, 1), None, {"E1": Decimal(1)}))
    assert found[1][HEADER.index("decision_kind")] not in ("", kind)
