"""Groups against plain Python over the same rows: every kind of condition, their joins, what is said of one customer, the six views."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from drawn_version import published
from group_sides import group_view

from maisui.answers import (
    COMPARES,
    EVERYBODY,
    FIELDS,
    VIEWS,
    FieldKind,
    Selection,
    conditions_of,
    data_of,
    group_members,
    group_numbers,
    group_size,
    membership,
    rule_of,
)
from maisui.answers.groups import listed_values
from maisui.errors import QuestionError
from maisui.warehouse.reader import Reader

DAY = date(2026, 6, 30)
Row = dict[str, Any]


def _people() -> list[Row]:
    """Return twenty-four customers in B1 and B2 whose facts follow from their place by plain arithmetic."""
    found: list[Row] = []
    for place in range(24):
        assets, loans = Decimal(place * place * 37 % 901), Decimal((place * 29) % 7 * 100)
        found.append(
            {
                "customer_number": f"P{place:02d}",
                "organisation_code": ("B1", "B2", "B3")[place % 3],
                "customer_kind": "corporate" if place % 8 == 7 else "personal",
                "is_holder": place % 11 != 10,
                "first_held_on": None if place == 21 else date(2024, 5, 1),
                "tier_code": ("ordinary", "gold")[assets > 500],
                "is_quality": assets > 500,
                "asset_average_balance": assets,
                "loan_balance": loans,
                "loan_class_rank": 0 if not loans else 1 + place % 5,
                "idle_day_count": (place * 13) % 200,
                "inflow_amount": Decimal((place * 17) % 90),
                "year_contribution_amount": Decimal(place * 31 % 50 - 10),
                "is_farmer": place % 2 == 0,
                "occupation": ("农民", "职员", None)[place % 3],
                "education": "大学" if place % 4 == 0 else "初中",
                "industry_code": "F5212" if place % 8 == 7 else "A0111" if place == 6 else None,
            }
        )
    return found


PEOPLE = _people()
RECORDED = ("is_farmer", "occupation", "education", "industry_code")
"""What stands in the customer's own record."""
MANAGED = {"P00": ("M1", DAY), "P01": ("M1", date(2026, 7, 1)), "M02": ("M2", date(2026, 7, 1)), "P03": ("M2", date(2026, 7, 1))}
"""Who looked after whom until when; P00's manager left on the day itself, P02 is managed under another number of his."""
CONSENTS = {
    "P00": (("2026-01-01", "given", None),),
    "P01": (("2026-01-01", "given", "2026-06-29"),),
    "P02": (("2026-01-01", "given", None),),
    "M02": (("2026-02-01", "withdrawn", None),),
    "P03": (("2026-01-01", "withdrawn", None), ("2026-03-01", "given", "2026-06-30")),
    "P04": (("2026-07-01", "given", None),),
}
"""P01's has ended, P02's is withdrawn under another number of his, P03's came anew, P04's begins only tomorrow."""
RECOGNISED = {"P05": "wage", "M02": "pension", "P06": "wage"}
HOUSES = {"P00": "H1", "P01": "H1", "P02": "H2", "M02": "H2", "P03": "H2", "P04": "H1"}
"""Both numbers of P02 stand in his house, as his certificate brings them there."""
LABELLED = {"P01", "P03", "P05"}
GUARANTEES = (("P07", "P01", None), ("P07", "M02", None), ("P01", "P08", None), ("P09", "P01", DAY))
"""Who guarantees for whom until when; P09 no longer does."""
TELEPHONES = {"P10": "13800000001", "P11": "13800000001", "P02": "13800000002", "M02": "13800000002"}
"""P02 shares his telephone with nobody but himself; everybody else bears the number that was filled in for want of one."""
PAYS_WAGES = {"AP00": ("P05", "P06"), "AP01": ("M02",)}
"""By the payer's account whose wages he pays; P02's are recognised as a pension."""
COUNTER = {"P02": date(2026, 6, 1), "P04": date(2026, 5, 31), "P06": date(2026, 6, 30)}
HELD = {"P00": "demand_deposit", "P01": "term_deposit", "P09": "term_deposit"}
"""P09's account was closed on the day itself."""


def _drawn(columns: list[str], rows: list[list[Any]]) -> str:
    def word(value: Any) -> str:
        return "" if value is None else {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)

    return "\n".join([" | ".join(columns), "-+-".join("-" for _ in columns), *(" | ".join(word(value) for value in row) for row in rows)])


def _facts() -> str:
    zeros = [
        "earlier_asset_balance",
        "recent_asset_balance",
        "deposit_average_balance",
        "outflow_amount",
        "payroll_amount",
        "own_elsewhere_amount",
        "maturing_deposit_amount",
        "overdue_balance",
        "bad_loan_balance",
        "guaranteed_amount",
        "contribution_amount",
    ]
    counts = [
        "held_month_count",
        "product_group_count",
        "transaction_count",
        "overdue_day_count",
        "previous_loan_class_rank",
        "complaint_count",
    ]
    own = [name for name in PEOPLE[0] if name not in RECORDED]
    columns = [*own, *zeros, *counts, "is_effective", "business_date"]
    return _drawn(columns, [[*(one[name] for name in own), *("0.00" for _ in zeros), *("0" for _ in counts), True, DAY] for one in PEOPLE])


TABLES = {
    "customer_fact_month": _facts(),
    "customer": _drawn(
        ["customer_number", "person_customer_number", "customer_kind", "home_organisation_code", "customer_name", "phone_number", *RECORDED],
        [[one["customer_number"], one["customer_number"], one["customer_kind"], one["organisation_code"], "某某", TELEPHONES.get(one["customer_number"], "13000000000"), *(one[name] for name in RECORDED)] for one in PEOPLE]
        + [["M02", "P02", "personal", "B1", "某某", TELEPHONES["M02"], True, None, None, None]],
    ),
    "managed_customer_month": _drawn(
        ["customer_number", "employee_number", "person_number", "organisation_code", "customer_kind", "business_date", "managed_until"],
        [[number, who, f"K{who}", "B1", "personal", "2026-06-01", until] for number, (who, until) in MANAGED.items()]
        + [["P05", "M1", "KM1", "B1", "personal", "2026-05-01", "2026-06-01"]],
    ),
    "consent": _drawn(
        ["consent_number", "customer_number", "consent_purpose_code", "consent_status", "effective_from", "expires_on"],
        [[f"{number}{place}", number, "marketing", status, since, until] for number, lines in CONSENTS.items() for place, (since, status, until) in enumerate(lines)]
        + [["X", "P06", "sharing", "given", "2026-01-01", None]],
    ),
    "customer_characteristic": _drawn(
        ["customer_number", "characteristic_code", "business_date", "organisation_code", "customer_kind", "confidence_code", "median_amount", "total_amount", "event_count", "month_count", "first_seen_on", "last_seen_on", "counterparty_account"],
        [[number, code, DAY, "B1", "personal", "high", "1.00", "1.00", 1, 1, DAY, DAY, next((account for account, paid in PAYS_WAGES.items() if number in paid), None)] for number, code in RECOGNISED.items()],
    ),
    "guarantee_link": _drawn(
        ["guarantor_number", "borrower_number", "is_self", "valid_from", "valid_until"],
        [[guarantor, borrower, False, "2026-01-01", until] for guarantor, borrower, until in GUARANTEES] + [["P03", "P03", True, "2026-01-01", None]],
    ),
    "organisation_closure": _drawn(
        ["ancestor_code", "organisation_code", "distance"],
        [["B0", "B0", 0], ["B0", "B1", 1], ["B0", "B2", 1], ["B0", "B3", 2], ["B1", "B1", 0], ["B1", "B3", 1], ["B2", "B2", 0], ["B3", "B3", 0]],
    ),
    "customer_label": _drawn(
        ["customer_number", "business_date", "family_code", "label_code", "reason_code", "reason_rank", "held_since", "reason_amount"],
        [[number, DAY, "care", "attention", "overdue", 1, DAY, "5.00"] for number in sorted(LABELLED)]
        + [["P00", "2026-05-31", "care", "attention", "overdue", 1, DAY, "5.00"]],
    ),
    "household_member": _drawn(
        ["customer_number", "valid_from", "valid_until", "household_code", "village_code", "is_head", "evidence"],
        [[number, "2026-01-01", "2026-06-30" if number == "P04" else None, house, "V1", False, "roster_number"] for number, house in HOUSES.items()],
    ),
    "account": _drawn(
        ["account_number", "customer_number", "organisation_code", "product_group", "opened_on", "closed_on", "is_vanished", "last_reported_on"],
        [[f"A{number}", number, "B1", group, "2020-01-01", DAY if number == "P09" else None, False, DAY] for number, group in HELD.items()],
    ),
    "account_transaction": _drawn(
        ["transaction_number", "account_kind", "account_number", "customer_number", "posted_on", "amount", "balance_change", "channel_code", "is_reversal", "is_bank_initiated", "initiator_code"],
        [[f"T{number}", "deposit", "A1", "M02" if number == "P02" else number, day, "1.00", "-1.00", "counter", False, False, "customer"] for number, day in COUNTER.items()]
        + [["T9", "deposit", "A1", "P08", DAY, "1.00", "1.00", "counter", False, True, "bank"], ["T8", "deposit", "A1", "P07", DAY, "1.00", "1.00", "counter", True, False, "customer"]],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a reader of a small published version of these tables."""
    with published(tmp_path_factory.mktemp("groups"), date(2026, 1, 1), DAY, **TABLES) as found:
        yield found


def tree(join: str, *nodes: Row) -> Row:
    """Return a branch of conditions and branches, with ids."""
    return {"id": "r", "join": join, "of": [{"id": f"n{place}"} | node for place, node in enumerate(nodes)]}


def found(reader: Reader, data: Row, **groups: Selection) -> set[str]:
    """Return whom a rule finds."""
    return set(group_numbers(reader, Selection(rule_of(data), groups=groups), None))


def plainly(condition: Callable[[Row], object]) -> set[str]:
    """Return for whom a Python condition holds."""
    return {one["customer_number"] for one in PEOPLE if condition(one)}


CASES: list[tuple[Row, Callable[[Row], object]]] = [
    ({"field": "asset_average_balance", "is": "at_least", "value": "37"}, lambda one: one["asset_average_balance"] >= 37),
    ({"field": "asset_average_balance", "is": "at_most", "value": "37"}, lambda one: one["asset_average_balance"] <= 37),
    ({"field": "idle_day_count", "is": "at_least", "value": "100"}, lambda one: one["idle_day_count"] >= 100),
    ({"field": "is_holder", "is": "no"}, lambda one: not one["is_holder"]),
    ({"field": "is_farmer", "is": "yes"}, lambda one: one["is_farmer"]),
    ({"field": "is_farmer", "is": "no"}, lambda one: not one["is_farmer"]),
    ({"field": "tier", "is": "is", "value": "gold"}, lambda one: one["tier_code"] == "gold"),
    ({"field": "customer_kind", "is": "is_not", "value": "corporate"}, lambda one: one["customer_kind"] == "personal"),
    ({"field": "organisation", "is": "is", "value": "B1"}, lambda one: one["organisation_code"] in ("B1", "B3")),
    ({"field": "loan_class", "is": "is", "value": "3"}, lambda one: one["loan_class_rank"] >= 3),
    ({"field": "label", "is": "is", "value": "attention"}, lambda one: one["customer_number"] in LABELLED),
    ({"field": "label", "is": "is_not", "value": "attention"}, lambda one: one["customer_number"] not in LABELLED),
    ({"field": "product", "is": "is", "value": "term_deposit"}, lambda one: one["customer_number"] == "P01"),
    ({"field": "channel", "is": "did", "value": "counter", "days": 30}, lambda one: one["customer_number"] in ("P02", "P06")),
    ({"field": "channel", "is": "did", "value": "counter", "days": 31}, lambda one: one["customer_number"] in COUNTER),
    ({"field": "channel", "is": "did_not", "value": "counter", "days": 1}, lambda one: one["customer_number"] != "P06"),
    ({"field": "manager", "is": "is", "value": "M1"}, lambda one: one["customer_number"] == "P01"),
    ({"field": "manager", "is": "is", "value": "KM2"}, lambda one: one["customer_number"] in ("P02", "P03")),
    ({"field": "is_managed", "is": "no"}, lambda one: one["customer_number"] not in ("P01", "P02", "P03")),
    ({"field": "village", "is": "is", "value": "V1"}, lambda one: one["customer_number"] in HOUSES.keys() - {"P04"}),
    ({"field": "occupation", "is": "is", "value": "农民"}, lambda one: one["occupation"] == "农民"),
    ({"field": "occupation", "is": "is_not", "value": "农民"}, lambda one: one["occupation"] != "农民"),
    ({"field": "education", "is": "is", "value": "大学"}, lambda one: one["education"] == "大学"),
    ({"field": "industry", "is": "is", "value": "F"}, lambda one: one["industry_code"] == "F5212"),
    ({"field": "accepts_marketing", "is": "yes"}, lambda one: one["customer_number"] in ("P00", "P03")),
    ({"field": "characteristic", "is": "is", "value": "wage"}, lambda one: one["customer_number"] in ("P05", "P06")),
    ({"field": "characteristic", "is": "is", "value": "pension"}, lambda one: one["customer_number"] == "P02"),
    ({"field": "related_household", "is": "is", "value": "attention"}, lambda one: one["customer_number"] in ("P00", "P02")),
]


TIES: list[tuple[str, tuple[str, ...], set[str]]] = [
    ("household", ("P00",), {"P01"}),
    ("guarantee", ("P01",), {"P07", "P08"}),
    ("borrower", ("P01",), {"P07"}),
    ("guarantor", ("P01",), {"P08"}),
    ("borrower", ("P02",), {"P07"}),
    ("phone", ("P10", "P02", "P12"), {"P11"}),
    ("payer", ("P00", "P01"), {"P05", "P06"}),
    ("paid", ("P06", "P02"), {"P00"}),
]
"""By relation and whom is asked of: who is tied to somebody of them."""


@pytest.mark.parametrize(("relation", "of", "tied"), TIES, ids=[f"{relation}-{of[0]}" for relation, of, _ in TIES])
def test_who_is_tied_to_somebody_of_a_group_is_found(reader: Reader, relation: str, of: tuple[str, ...], tied: set[str]) -> None:
    named = {"7": Selection(frozen=of)}
    assert found(reader, tree("all", {"field": f"tied_{relation}", "is": "is", "value": "7"}), **named) == tied
    assert (
        found(reader, tree("all", {"field": f"tied_{relation}", "is": "is_not", "value": "7"}), **named) == plainly(lambda _: True) - tied
    )


def test_ties_are_sought_among_customers_of_the_organisations_of_the_group_alone(reader: Reader) -> None:
    """P01 is at home in B2: whoever sees B1 and below finds nobody tied to him, by whatever rule he is named."""
    guarantors = tree("all", {"field": "tied_borrower", "is": "is", "value": "7"})
    rule = rule_of(
        tree(
            "all",
            {"field": "asset_average_balance", "is": "at_most", "value": "37"},
            {"field": "asset_average_balance", "is": "at_least", "value": "37"},
        )
    )
    assert plainly(lambda one: one["asset_average_balance"] == 37) == {"P01"}
    for named in (Selection(frozen=("P01",)), Selection(rule)):
        assert found(reader, guarantors, **{"7": replace(named, organisations=("B2",))}) == {"P07"}
        assert found(reader, guarantors, **{"7": replace(named, organisations=("B1",))}) == set()


def test_whose_label_is_told_by_a_tie_is_sought_among_the_customers_of_the_organisations_alone(reader: Reader) -> None:
    """P07 guarantees for P01 of B2, who bears the label: whoever sees B1 and below learns nothing of that label."""
    rule = rule_of(tree("all", {"field": "related_borrower", "is": "is", "value": "attention"}))
    for places, tied in ((None, {"P07"}), (("B2",), {"P07"}), (("B1",), set())):
        assert set(group_numbers(reader, Selection(rule, organisations=places), None)) == tied
        told = membership(reader, Selection(rule, organisations=places), "P07")
        assert told is not None
        assert told.findings[0].holds == bool(tied)


def test_somebody_is_told_why_he_is_tied(reader: Reader) -> None:
    selection = Selection(rule_of(tree("all", {"field": "tied_payer", "is": "is", "value": "7"})), groups={"7": Selection(frozen=("P00",))})
    told = {number: membership(reader, selection, number) for number in ("P05", "P07")}
    assert {number: one and one.findings[0].holds for number, one in told.items()} == {"P05": True, "P07": False}


@pytest.mark.parametrize(("condition", "plain"), CASES, ids=[f"{one['field']}-{one['is']}-{one.get('days', '')}" for one, _ in CASES])
def test_a_condition_finds_whom_plain_python_finds(reader: Reader, condition: Row, plain: Callable[[Row], object]) -> None:
    assert found(reader, tree("all", condition)) == plainly(plain)


def test_values_that_only_the_version_knows_come_with_name_and_outlet(reader: Reader) -> None:
    """Villages stand with the home outlets of those on their roster; a manager once for each outlet of his customers."""
    homes = {one["customer_number"]: one["organisation_code"] for one in PEOPLE}
    assert listed_values(reader, FIELDS["village"]) == tuple(
        sorted({("V1", None, homes[number]) for number in HOUSES.keys() & homes.keys()})
    )
    assert listed_values(reader, FIELDS["manager"]) == (("M1", None, "B1"), ("M2", None, "B1"))
    found = {(value, home) for value, _, home in listed_values(reader, FIELDS["occupation"])}
    assert found == {(one["occupation"], one["organisation_code"]) for one in PEOPLE if one["occupation"]}


def test_joins_are_intersection_union_and_except(reader: Reader) -> None:
    rich = ({"field": "asset_average_balance", "is": "at_least", "value": "300"}, lambda one: one["asset_average_balance"] >= 300)
    lent = ({"field": "loan_balance", "is": "at_least", "value": "300"}, lambda one: one["loan_balance"] >= 300)
    farmer = ({"field": "is_farmer", "is": "yes"}, lambda one: one["is_farmer"])
    assert found(reader, tree("all", rich[0], lent[0])) == plainly(rich[1]) & plainly(lent[1])
    assert found(reader, tree("any", rich[0], lent[0])) == plainly(rich[1]) | plainly(lent[1])
    assert found(reader, tree("none", rich[0], lent[0])) == plainly(lambda _: True) - plainly(rich[1]) - plainly(lent[1])
    except_them = {"join": "none", "of": [{"id": "x", **farmer[0]}]}
    assert found(reader, tree("all", rich[0], except_them)) == plainly(rich[1]) - plainly(farmer[1])
    assert found(reader, tree("all")) == plainly(lambda _: True), "without a condition everybody is meant"
    assert found(reader, tree("all", rich[0], {"join": "any", "of": []})) == plainly(rich[1]), "an empty branch does nothing"


def test_a_rule_may_name_other_groups_living_or_frozen(reader: Reader) -> None:
    rich = Selection(rule_of(tree("all", {"field": "asset_average_balance", "is": "at_least", "value": "300"})))
    few = Selection(frozen=("P01", "P02", "P99"))
    wanted = plainly(lambda one: one["asset_average_balance"] >= 300)
    assert found(
        reader,
        tree("any", {"field": "group", "is": "is", "value": "1"}, {"field": "group", "is": "is", "value": "2"}),
        **{"1": rich, "2": few},
    ) == wanted | {"P01", "P02"}
    assert found(reader, tree("all", {"field": "group", "is": "is_not", "value": "1"}), **{"1": rich}) == plainly(lambda _: True) - wanted
    with pytest.raises(QuestionError):
        found(reader, tree("all", {"field": "group", "is": "is", "value": "3"}))


def test_sizes_sums_and_overlap_are_those_of_the_rows(reader: Reader) -> None:
    rich = Selection(rule_of(tree("all", {"field": "asset_average_balance", "is": "at_least", "value": "300"})))
    lent = Selection(rule_of(tree("all", {"field": "loan_balance", "is": "at_least", "value": "300"})))
    inside = [one for one in PEOPLE if one["organisation_code"] in ("B1", "B3")]
    mine = [one for one in inside if one["asset_average_balance"] >= 300]
    size = group_size(reader, rich, ("B1",), lent)
    assert size.customer_count == len(mine)
    assert size.asset_average_balance == sum(one["asset_average_balance"] for one in mine)
    assert size.loan_balance == sum(one["loan_balance"] for one in mine)
    assert size.other_count == sum(one["loan_balance"] >= 300 for one in inside)
    assert size.overlap_count == sum(one["loan_balance"] >= 300 for one in mine)
    assert group_size(reader, rich, ()).customer_count == 0


def test_members_come_by_page_with_the_largest_assets_first(reader: Reader) -> None:
    numbers = [one["customer_number"] for one in sorted(PEOPLE, key=lambda one: (-one["asset_average_balance"], one["customer_number"]))]
    pages = [group_members(reader, EVERYBODY, None, page=page, size=7) for page in (1, 2, 3, 4, 9)]
    assert [row.customer_number for page in pages[:4] for row in page.rows] == numbers
    assert pages[4].page == 4
    assert pages[0].total_count == 24


def test_one_customer_is_told_why_condition_by_condition(reader: Reader) -> None:
    rule = tree(
        "all",
        {"field": "asset_average_balance", "is": "at_least", "value": "100"},
        {"field": "label", "is": "is", "value": "attention"},
        {"field": "is_farmer", "is": "yes"},
    )
    told = membership(reader, Selection(rule_of(rule)), "P03")
    assert told is not None
    assert told.is_member is False
    assert [(one.condition.field, one.holds, one.value) for one in told.findings] == [
        ("asset_average_balance", True, Decimal("333.00")),
        ("label", True, None),
        ("is_farmer", False, None),
    ]
    merged = membership(reader, Selection(rule_of(rule)), "M02")
    assert merged is not None
    assert merged.findings[0].value == Decimal("148.00"), "a merged number is the person it belongs to"
    assert membership(reader, Selection(rule_of(rule)), "nobody") is None


@pytest.mark.parametrize("view", VIEWS)
def test_whole_tables_of_a_view_add_up_to_group_and_base(reader: Reader, view: str) -> None:
    rich = Selection(rule_of(tree("all", {"field": "asset_average_balance", "is": "at_least", "value": "300"})))
    seen = group_view(reader, view, rich, None)
    count = sum(one["asset_average_balance"] >= 300 for one in PEOPLE)
    assert (seen.count, seen.base_count) == (count, 24)
    for table in seen.tables:
        if table.is_whole:
            assert (sum(line.count for line in table.lines), sum(line.base_count for line in table.lines)) == (count, 24), table.code


def test_who_never_held_an_account_has_not_left(reader: Reader) -> None:
    """P10 and P21 hold none; P21 never did: one of twenty-three has left, and the quarter of opening knows as many."""
    seen = group_view(reader, "churn", EVERYBODY, None)
    assert {one.code: one.value for one in seen.figures}["left_share"] == Decimal(1) / Decimal(23)
    cohorts = next(table for table in seen.tables if table.code == "cohort").lines
    assert {line.code: line.count for line in cohorts} == {"2024:stays": 22, "2024:left": 1}


def test_gini_shares_and_tenths_are_those_of_a_pencil(reader: Reader) -> None:
    """Four of 10.00, 20.00, 30.00 and 40.00 have a Gini of (−3·10 − 1·20 + 1·30 + 3·40) ÷ (4·100) = 0.25; here over all assets."""
    seen = group_view(reader, "value", EVERYBODY, None)
    assets = sorted(one["asset_average_balance"] for one in PEOPLE)
    weighted = sum((2 * place - len(assets) - 1) * amount for place, amount in enumerate(assets, 1))
    figures = {one.code: one.value for one in seen.figures}
    assert figures["asset_gini"] == weighted / (len(assets) * sum(assets))
    assert figures["top_tenth_share"] == sum(assets[-3:]) / sum(assets), "a tenth of 24 is 3: the first tenths are the larger ones"
    tenths = next(table for table in seen.tables if table.code == "decile").lines
    worth = sorted((one["year_contribution_amount"] for one in PEOPLE), reverse=True)
    assert [line.count for line in tenths] == [3, 3, 3, 3, 2, 2, 2, 2, 2, 2]
    assert tenths[0].amount == sum(worth[:3])
    assert sum(line.amount for line in tenths) == sum(worth)


def test_bad_loans_are_a_share_of_loans(reader: Reader) -> None:
    classes = {
        line.code: line.amount
        for table in group_view(reader, "risk", EVERYBODY, None).tables
        if table.code == "loan_class"
        for line in table.lines
    }
    assert sum(classes.values()) == sum(one["loan_balance"] for one in PEOPLE)
    assert classes["1"] == sum(one["loan_balance"] for one in PEOPLE if one["loan_class_rank"] == 1)


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "customer_name", "is": "is", "value": "x"},
        {"field": "asset_average_balance", "is": "is", "value": "1"},
        {"field": "asset_average_balance", "is": "at_least", "value": "1 OR 1=1"},
        {"field": "asset_average_balance", "is": "at_least", "value": "NaN"},
        {"field": "asset_average_balance", "is": "at_least", "value": "1.005"},
        {"field": "idle_day_count", "is": "at_least", "value": "1.5"},
        {"field": "tier", "is": "is", "value": "gold' OR '1'='1"},
        {"field": "channel", "is": "did", "value": "counter", "days": 0},
        {"field": "channel", "is": "did", "value": "counter", "days": "9); DROP"},
        {"field": "organisation", "is": "is", "value": ""},
        {"field": "is_farmer", "is": "maybe"},
    ],
)
def test_what_the_registry_does_not_know_is_no_condition(condition: Row) -> None:
    with pytest.raises(QuestionError):
        rule_of(tree("all", condition))


def test_a_rule_keeps_its_ids_and_has_bounds() -> None:
    rule = tree(
        "all", {"field": "is_farmer", "is": "yes"}, {"join": "none", "of": [{"id": "x", "field": "tier", "is": "is", "value": "gold"}]}
    )
    assert data_of(rule_of(rule)) == rule
    assert [one.id for one in conditions_of(rule_of(rule))] == ["n0", "x"]
    with pytest.raises(QuestionError):
        rule_of(tree("all", *({"field": "is_farmer", "is": "yes"} for _ in range(41))))
    deep: Row = {"id": "d", "field": "is_farmer", "is": "yes"}
    for place in range(6):
        deep = {"id": f"b{place}", "join": "all", "of": [deep]}
    with pytest.raises(QuestionError):
        rule_of(deep)
    with pytest.raises(QuestionError):
        rule_of({"id": "r", "join": "all; DROP", "of": []})


def test_every_field_compares_and_binds_what_is_typed() -> None:
    """SQL of the product holds one place for a value where a word is compared, and none of a person's."""
    for field in FIELDS.values():
        assert field.kind in COMPARES
        if field.kind in (FieldKind.WORD, FieldKind.DEED, FieldKind.ORGANISATION, FieldKind.LISTED):
            assert field.expression.count("?") == 1, field.code
        else:
            assert "?" not in field.expression
        assert not re.search(r"\{|\}", field.expression)
        assert bool(field.listing) == (field.kind is FieldKind.LISTED), field.code
