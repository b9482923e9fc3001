"""What views of a group show over time and by age, against a pencil: course, survival, vintage, roll rates, hours, spending, banks, villages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drawn_version import published
from group_sides import group_view

from maisui.answers import EVERYBODY, VIEWS, GroupView, Selection, beside, group_side, large_group_side, rule_of
from maisui.answers.group_history import group_changes, group_history
from maisui.warehouse.reader import Reader

ENDS = [date(2026, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30))]
DAY = ENDS[-1]
FARMER = Selection(frozen=("P1",))
HOLDS = {"P1": range(6), "P2": range(3), "P3": range(2, 6), "P4": range(0)}
"""In which of the months somebody holds an account: P2 left in April, P3 came in March, P4 never held one."""
LOANS = {("P1", place): "100.00" for place in range(6)} | {("P3", 3): "50.00", ("P3", 4): "50.00"}
ARREARS = {("P1", 2): 10, ("P1", 3): 40}


def _drawn(columns: str, rows: list[list[Any]]) -> str:
    names = columns.split()

    def word(value: Any) -> str:
        return "" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

    return "\n".join([" | ".join(names), "-+-".join("-" for _ in names), *(" | ".join(word(value) for value in row) for row in rows)])


_ZEROS = [
    *("earlier_asset_balance", "recent_asset_balance", "deposit_average_balance", "payroll_amount", "own_elsewhere_amount"),
    *("maturing_deposit_amount", "overdue_balance", "bad_loan_balance", "guaranteed_amount", "contribution_amount"),
    "year_contribution_amount",
]
_COUNTS = [
    *("held_month_count", "product_group_count", "idle_day_count", "previous_loan_class_rank", "complaint_count", "loan_class_rank"),
]


def _facts(*, has_moved: bool = True, firms: tuple[str, ...] = ()) -> str:
    own = "customer_number business_date organisation_code customer_kind is_holder first_held_on tier_code is_quality is_effective"
    columns = f"{own} asset_average_balance loan_balance overdue_day_count transaction_count inflow_amount outflow_amount"
    rows: list[list[Any]] = []
    for who, months in HOLDS.items():
        for place, day in enumerate(ENDS):
            holds = place in months
            first = {"P1": "2020-05-01", "P2": "2021-01-01", "P3": "2026-03-05"}.get(who)
            assets = "100.00" if who == "P1" else "0.00"
            row = [who, day, "B1", "corporate" if who in firms else "personal", holds, first, "ordinary" if holds else "none", False, holds]
            flows = ["30.00", "10.00"] if who == "P1" else ["0.00", "5.00"] if who == "P3" else ["0.00", "0.00"]
            row += [assets, LOANS.get((who, place), "0.00"), ARREARS.get((who, place), 0), 4 if who == "P1" and has_moved else 0, *flows]
            rows.append([*row, *("0.00" for _ in _ZEROS), *("0" for _ in _COUNTS)])
    return _drawn(" ".join([columns, *_ZEROS, *_COUNTS]), rows)


_POSTED = "transaction_number account_kind account_number customer_number posted_on posted_time amount balance_change transaction_type channel_code"
TABLES = {
    "customer_fact_month": _facts(),
    "customer": _drawn(
        "customer_number person_customer_number customer_kind home_organisation_code industry_code",
        [
            ["P1", "P1", "personal", "B1", "A0111"],
            ["P2", "P2", "personal", "B1", None],
            ["P3", "P3", "personal", "B1", "F5212"],
            ["P4", "P4", "personal", "B1", None],
            ["M1", "P1", "personal", "B1", None],
        ],
    ),
    "loan": _drawn(
        "loan_number account_number customer_number customer_kind organisation_code product_code currency disbursed_amount disbursed_on last_reported_on",
        [
            ["L0", "A0", "P1", "personal", "B1", "农户贷款", "CNY", "900.00", "2025-12-01", DAY],
            ["L1", "A1", "M1", "personal", "B1", "农户贷款", "CNY", "100.00", "2026-02-10", DAY],
            ["L2", "A2", "P3", "personal", "B1", "农户贷款", "CNY", "300.00", "2026-04-05", DAY],
            ["L3", "A3", "P3", "personal", "B1", "委托贷款", "CNY", "700.00", "2026-04-05", DAY],
            ["L4", "A4", "P3", "personal", "B1", "农户贷款", "USD", "700.00", "2026-04-05", DAY],
        ],
    ),
    "loan_state": _drawn(
        "loan_number valid_from valid_until organisation_code balance loan_class loan_status overdue_since",
        [
            ["L1", "2026-02-10", "2026-04-25", "B1", "100.00", "pass", "normal", None],
            ["L1", "2026-04-25", None, "B1", "80.00", "pass", "overdue", "2026-04-20"],
            ["L2", "2026-04-05", None, "B1", "300.00", "pass", "normal", None],
        ],
    ),
    "organisation_snapshot": _drawn(
        "reported_on organisation_code organisation_name bank_code", [["2026-06-30", "B1", "本行城关支行", "402000"]]
    ),
    "account_transaction": _drawn(
        f"{_POSTED} counterparty_bank_name is_reversal is_bank_initiated initiator_code",
        [
            ["T1", "deposit", "D1", "P1", "2026-06-01", "083000", "10.00", "-10.00", "purchase", "pos", None, False, False, "customer"],
            [
                "T2",
                "deposit",
                "D1",
                "M1",
                "2026-06-02",
                "130500",
                "20.00",
                "-20.00",
                "transfer",
                "counter",
                "外行",
                False,
                False,
                "customer",
            ],
            [
                "T3",
                "deposit",
                "D3",
                "P3",
                "2026-06-03",
                None,
                "5.00",
                "-5.00",
                "transfer",
                "counter",
                "本行城关支行",
                False,
                False,
                "customer",
            ],
            ["T4", "deposit", "D1", "P1", "2026-06-21", "000100", "1.00", "1.00", "interest", "other", None, False, True, "bank"],
            ["T5", "deposit", "D1", "P1", "2026-06-22", "100000", "7.00", "-7.00", "transfer", "counter", "外行", True, False, "customer"],
            ["T6", "deposit", "D1", "P1", "2026-03-31", "100000", "9.00", "-9.00", "transfer", "counter", "外行", False, False, "customer"],
        ],
    ),
    "household_member": _drawn(
        "customer_number valid_from valid_until household_code village_code is_head evidence",
        [
            ["P1", "2026-01-01", None, "H1", "V1", False, "roster_number"],
            ["P3", "2026-01-01", None, "H2", "V2", False, "roster_number"],
            ["P2", "2026-01-01", "2026-06-30", "H2", "V2", False, "roster_number"],
        ],
    ),
    "village_roster_snapshot": _drawn(
        "reported_on village_code village_name household_number member_line is_head", [["2026-05-31", "V1", "甲村", "1", "1", True]]
    ),
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a reader of a small published version of these tables."""
    with published(tmp_path_factory.mktemp("courses"), date(2026, 1, 1), DAY, **TABLES) as found:
        yield found


def lines(view: GroupView, code: str) -> dict[str, tuple[int, Decimal]]:
    """Return the lines of a table of a view: how many and which amount in the group."""
    table = next(one for one in view.tables if one.code == code)
    return {line.code: (line.count, line.amount) for line in table.lines}


def test_who_has_left_is_no_survivor_and_who_still_holds_leaves_the_risk(reader: Reader) -> None:
    """Three held an account; P2 was last seen after two months, so a third is gone in the third; after five months nobody is observed."""
    (table,) = group_view(reader, "churn", FARMER, None, EVERYBODY).curves
    assert table.ages[:3] == (1, 3, 6)
    assert (table.whole.base_count, table.whole.base_shares[:3]) == (3, (Decimal("1.000000"), Decimal("0.666667"), None))
    assert (table.whole.count, table.whole.shares[:3]) == (1, (Decimal("1.000000"), Decimal("1.000000"), None))
    before, came = table.cohorts
    assert (before.code, before.base_count, before.base_shares[1]) == ("before", 2, Decimal("0.500000"))
    assert (came.code, came.base_count, came.base_shares[1]) == ("2026-Q1", 1, Decimal("1.000000"))


def test_a_firm_has_no_sex_and_no_age_and_a_person_whose_are_not_on_file_is_told_apart(tmp_path: Path) -> None:
    """P1 is a woman of 46, of P2 nothing is on file, P3 is a firm; P4 holds nothing and is a man born in 1990."""
    known = [
        ["P1", "personal", "female", "1980-01-01"],
        ["P2", "personal", None, None],
        ["P3", "corporate", None, None],
        ["P4", "personal", "male", "1990-01-01"],
    ]
    customers = _drawn(
        "customer_number person_customer_number customer_kind home_organisation_code sex born_on",
        [[number, number, kind, "B1", sex, born] for number, kind, sex, born in known],
    )
    with published(
        tmp_path, date(2026, 1, 1), DAY, **TABLES | {"customer": customers, "customer_fact_month": _facts(firms=("P3",))}
    ) as found:
        view = group_view(found, "composition", EVERYBODY, None)
    assert {code: count for code, (count, _) in lines(view, "sex").items()} == {"female": 1, "none": 1, "corporate": 1, "male": 1}
    assert {code: count for code, (count, _) in lines(view, "age").items()}.items() >= {"none": 1, "corporate": 1}.items()


def test_a_vintage_is_what_is_overdue_of_what_was_lent(reader: Reader) -> None:
    """L1 is 41 days overdue three month ends after it was lent; loans of before, entrusted and foreign ones do not count."""
    (table,) = group_view(reader, "risk", EVERYBODY, None).curves
    assert [(one.code, one.count, one.amount, one.shares[:3]) for one in table.cohorts] == [
        ("2026-02", 1, Decimal("100.00"), (Decimal(0), Decimal("0.8"), None)),
        ("2026-04", 1, Decimal("300.00"), (Decimal(0), None, None)),
    ]
    assert table.whole.shares[:3] == (Decimal(0), Decimal("0.8"), None), "L2 has not reached three months"
    assert (table.whole.count, table.whole.amount) == (2, Decimal("400.00"))


def test_loans_roll_from_band_to_band_month_by_month(reader: Reader) -> None:
    found = lines(group_view(reader, "risk", EVERYBODY, None), "roll")
    assert found == {
        "0:0-1>0:0-1": (2, Decimal("250.00")),
        "0:0-1>1:1-31": (1, Decimal("100.00")),
        "1:1-31>2:31-91": (1, Decimal("100.00")),
        "2:31-91>0:0-1": (1, Decimal("100.00")),
        "0:0-1>paid": (1, Decimal("50.00")),
    }


def test_hours_spending_and_banks_are_those_of_three_months_without_reversals(reader: Reader) -> None:
    behaviour, flow = (group_view(reader, view, EVERYBODY, None) for view in ("behaviour", "flow"))
    assert lines(behaviour, "hour") == {"06-09": (1, Decimal(1)), "12-14": (1, Decimal(1)), "none": (1, Decimal(1))}
    assert lines(behaviour, "spending") == {"purchase": (1, Decimal("10.00")), "transfer": (2, Decimal("25.00"))}
    assert lines(flow, "bank") == {"外行": (1, Decimal("20.00"))}, "our own branch is no other bank"
    assert lines(flow, "village") == {"甲村|V1": (1, Decimal("20.00")), "|V2": (1, Decimal("-5.00")), "none": (2, Decimal("0.00"))}
    assert lines(flow, "industry") == {"A": (1, Decimal("20.00")), "F": (1, Decimal("-5.00")), "none": (2, Decimal("0.00"))}


def test_a_course_is_one_figure_at_each_month_end(reader: Reader) -> None:
    value = group_view(reader, "value", FARMER, None, EVERYBODY)
    assert [point.base for point in value.course] == [Decimal(50), Decimal(50), Decimal(100) / 3, Decimal(50), Decimal(50), Decimal(50)]
    assert [point.value for point in value.course] == [Decimal(100)] * 6
    behaviour = group_view(reader, "behaviour", EVERYBODY, None)
    assert [point.day for point in behaviour.course] == ENDS[2:], "a figure of three months is none before the third"
    never = group_view(reader, "churn", Selection(frozen=("P4",)), None)
    assert [point.value for point in never.course] == [None] * 6, "who never held an account is none of those who might stay"
    assert never.curves[0].whole.count == 0


def test_a_living_group_tells_who_joined_and_left_by_month(reader: Reader) -> None:
    """Who holds an account: P2 until March, P3 from March on; amounts are assets of the day on which somebody was last in it."""
    rule = {"id": "r", "join": "all", "of": [{"id": "n0", "field": "is_holder", "is": "yes"}]}
    holders = Selection(rule_of(rule))
    months = group_history(reader, holders, None)
    assert [one.day for one in months] == ENDS
    assert [one.count for one in months] == [2, 2, 3, 2, 2, 2]
    assert [one.joined for one in months] == [None, 0, 1, 0, 0, 0]
    assert [one.left for one in months] == [None, 0, 0, 1, 0, 0]
    assert sum(one.joined - one.left for one in months[1:] if one.joined is not None and one.left is not None) == 0
    rich = Selection(rule_of({"id": "r", "join": "all", "of": [{"id": "n0", "field": "inflow_amount", "is": "at_least", "value": "30"}]}))
    assert {one.count for one in group_history(reader, rich, None)} == {1}
    changes = [
        group_changes(reader, holders, None, day, change, page=1, size=50) for day, change in ((ENDS[2], "joined"), (ENDS[3], "left"))
    ]
    assert [[row.customer_number for row in found.rows] for found in changes if found] == [["P3"], ["P2"]]
    assert group_changes(reader, holders, None, ENDS[0], "joined", page=1, size=50) is None, "nothing is known before the first month end"
    assert [one.count for one in group_history(reader, holders, ())] == [0] * 6, "who sees no organisation finds nobody"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("without", ["P1", "P2", "P3"])
def test_more_than_half_of_everybody_are_everybody_without_the_others(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, view: str, without: str
) -> None:
    """Whichever way a large group is reckoned, each table, month, curve and figure is the same; what is dear is asked of the others only."""
    group = Selection(frozen=tuple(who for who in HOLDS if who != without))
    everybody, plainly = group_side(reader, view, EVERYBODY, None), group_side(reader, view, group, None)
    asked: list[str] = []
    rows = Reader.rows
    monkeypatch.setattr(Reader, "rows", lambda self, query, values=(): asked.append(query) or rows(self, query, values))
    assert beside(large_group_side(reader, view, group, None, everybody), everybody) == beside(plainly, everybody)
    assert not [query for query in asked if "account_transaction" in query and "IS NOT TRUE" not in query]


def test_half_of_everybody_are_asked_for_themselves(reader: Reader) -> None:
    group = Selection(frozen=("P1", "P2"))
    everybody = group_side(reader, "behaviour", EVERYBODY, None)
    assert large_group_side(reader, "behaviour", group, None, everybody) == group_side(reader, "behaviour", group, None)


def test_where_no_transaction_came_nobody_s_last_one_is_told(reader: Reader, tmp_path: Path) -> None:
    assert lines(group_view(reader, "behaviour", EVERYBODY, None), "recency_day")
    with published(tmp_path, date(2026, 1, 1), DAY, **TABLES | {"customer_fact_month": _facts(has_moved=False)}) as silent:
        assert not lines(group_view(silent, "behaviour", EVERYBODY, None), "recency_day")
