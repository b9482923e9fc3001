"""Schemes: points and pay from targets, bands and prices, by hand; who is assessed by which; a form that says what to correct."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict

from maisui.answers import Employment, OrganisationNode, Period, Scheme
from maisui.errors import AccessError, QuestionError
from maisui.web.pages.performance.items import ITEMS
from maisui.web.pages.performance.scheme_page import tried_terms
from maisui.web.schemes.assessment import Ground, Holder, assessed, choice
from maisui.web.schemes.form import terms_typed, typed_of
from maisui.web.schemes.reckoning import Figure, band_score, statement_of, tiered_pay
from maisui.web.schemes.terms import Basis, Indicator, Method, Subject, Terms, Tier, library_of, standard_terms, terms_from, terms_json

DEPOSITS, LOANS, CUSTOMERS = "managed_deposit_average_daily_balance", "managed_loan_balance", "managed_customer_count"
WORKLOAD, ERRORS = "teller_converted_workload", "teller_error_rate"
SCHEME = Scheme(
    ((DEPOSITS, Decimal("0.4")), (LOANS, Decimal("0.3")), (CUSTOMERS, Decimal("0.3"))), Decimal("1.2"), Decimal("0.5"), Decimal(10)
)
STANDARD = standard_terms(SCHEME)


def d(text: str) -> Decimal:
    return Decimal(text)


def figure(actual: str | None, target: str | None = None, before: str | None = None) -> Figure:
    return Figure(*(None if text is None else Decimal(text) for text in (actual, before, target)))


def scheme(*indicators: Indicator, code: str = "own-1", posts: tuple[str, ...] = ("柜员",), places: tuple[str, ...] = ()) -> Terms:
    return Terms(code, "柜员方案", Subject.TELLER, posts, places, indicators, Decimal(10))


def test_points_are_weighted_completions_between_floor_and_cap() -> None:
    """Deposits 150 % count 120 %: 48. Loans 40 % are below the floor: 0. Customers 90 %: 27. 75 points, 750 yuan."""
    made = statement_of("M1", STANDARD, {DEPOSITS: figure("150", "100"), LOANS: figure("40", "100"), CUSTOMERS: figure("9", "10")})
    assert made is not None
    assert [part.points for part in made.parts] == [d("48.00"), d("0.00"), d("27.00")]
    assert (made.points, made.pay) == (d("75.00"), d("750.00"))


def test_without_a_target_or_a_figure_an_indicator_is_left_out_and_the_others_weigh_more() -> None:
    """Deposits 100 % at 0.4 and customers 50 % at 0.3 of 0.7: 57.14 + 21.43 = 78.57 points."""
    made = statement_of("M1", STANDARD, {DEPOSITS: figure("10", "10"), LOANS: figure(None, "5"), CUSTOMERS: figure("5", "10")})
    assert made is not None
    assert (made.points, made.pay) == (d("78.57"), d("785.70"))
    assert statement_of("M1", STANDARD, {LOANS: figure("5")}) is None


def test_where_less_is_better_twice_the_target_earns_nothing() -> None:
    """0.03 % errors against 0.04 %: completion 2 − 0.75 = 1.25; at 0.1 % it is below zero and counts none."""
    one = scheme(Indicator(ERRORS, Method.TARGET, d("1"), target=d("0.04")))
    good, bad = (statement_of("T1", one, {ERRORS: figure(rate)}) for rate in ("0.0003", "0.001"))
    assert good is not None
    assert bad is not None
    assert (good.points, bad.points) == (d("125.00"), d("0.00"))


def test_what_shrinks_against_a_target_earns_nothing_and_costs_nothing() -> None:
    """Loans fell by 40 against a target of 100 more: 0 points, not 40 below; deposits reached keep their half of the weight."""
    made = statement_of(
        "M1",
        scheme(
            Indicator(LOANS, Method.TARGET, d("1"), target=d("0.01"), basis=Basis.INCREASE),
            Indicator(DEPOSITS, Method.TARGET, d("1"), target=d("0.01")),
        ),
        {LOANS: figure("60", before="100"), DEPOSITS: figure("100")},
    )
    assert made is not None
    assert ([part.points for part in made.parts], made.pay) == ([d("0.00"), d("50.00")], d("500.00"))


def test_prices_are_paid_tier_by_tier_and_points_beside_them() -> None:
    """1,200 transactions: 1,000 × 0.10 + 200 × 0.15 = 130.00. Errors of 0.02 %: band from 0 is 100 points, 10 yuan each: 1,000."""
    made = statement_of(
        "T1",
        scheme(
            Indicator(WORKLOAD, Method.PRICE, tiers=(Tier(d("0"), d("0.1")), Tier(d("1000"), d("0.15")))),
            Indicator(ERRORS, Method.BAND, d("1"), tiers=(Tier(d("0"), d("100")), Tier(d("0.05"), d("60")), Tier(d("0.1"), d("0")))),
        ),
        {WORKLOAD: figure("1200"), ERRORS: figure("0.0002")},
    )
    assert made is not None
    assert [(part.points, part.pay) for part in made.parts] == [(d("0"), d("130.00")), (d("100.00"), d("0"))]
    assert (made.points, made.pay) == (d("100.00"), d("1130.00"))


@pytest.mark.parametrize(
    ("quantity", "paid"), [("0", "0.00"), ("500", "0.00"), ("999.99", "50.00"), ("2000", "200.00"), ("2500", "350.00"), ("-5", "0.00")]
)
def test_a_price_begins_where_its_first_tier_begins(quantity: str, paid: str) -> None:
    """From 500 on 0.10 each, from 1,500 on 0.20, from 2,000 on 0.30: 2,500 are 100 + 100 + 150; 999.99 are 499.99 × 0.10 = 50.00."""
    tiers = (Tier(d("500"), d("0.1")), Tier(d("1500"), d("0.2")), Tier(d("2000"), d("0.3")))
    assert tiered_pay(d(quantity), tiers) == d(paid)


def test_a_figure_below_the_first_band_scores_nothing() -> None:
    tiers = (Tier(d("10"), d("60")), Tier(d("20"), d("100")))
    assert [band_score(d(text), tiers) for text in ("9.99", "10", "19.99", "20")] == [0, d("60"), d("60"), d("100")]


def test_an_increase_is_paid_in_ten_thousands_between_floor_and_cap() -> None:
    """Deposits grew by 1,234,567.89 yuan: 123.456789 × 8 yuan = 987.65; capped at 100 it is 800; a floor of 200 leaves nothing."""
    grown = {DEPOSITS: figure("3234567.89", before="2000000")}
    price = (Tier(d("0"), d("8")),)
    open_, capped, floored = (
        statement_of("M1", scheme(Indicator(DEPOSITS, Method.PRICE, tiers=price, basis=Basis.INCREASE, floor=floor, cap=cap)), grown)
        for floor, cap in ((None, None), (None, d("100")), (d("200"), None))
    )
    assert [made.pay for made in (open_, capped, floored) if made] == [d("987.65"), d("800.00"), d("0.00")]
    without = {DEPOSITS: figure("3234567.89")}
    assert statement_of("M1", scheme(Indicator(DEPOSITS, Method.PRICE, tiers=price, basis=Basis.INCREASE)), without) is None


TREE = (
    OrganisationNode("B0", "总行", "head", None, 0, True),
    OrganisationNode("B1", "东支行", "branch", "B0", 1, True),
    OrganisationNode("B11", "东关分理处", "outlet", "B1", 2, True),
    OrganisationNode("B2", "西支行", "branch", "B0", 1, True),
)


def test_the_nearest_scheme_of_ones_post_assesses_and_without_any_the_standard_one() -> None:
    price = Indicator(WORKLOAD, Method.PRICE, tiers=(Tier(d("0"), d("1")),))
    whole, east = scheme(price, code="own-1"), scheme(price, code="own-2", places=("B1",))
    outlets = Terms("own-3", "网点", Subject.BRANCH, (), (), (Indicator("deposit_balance", Method.PRICE, tiers=price.tiers),), Decimal(0))
    all_of_them = (STANDARD, whole, east, outlets)

    def chosen(holder: Holder) -> str | None:
        found = choice(holder, all_of_them, TREE)
        return found.code if found else None

    assert chosen(Holder("E1", "甲", "柜员", "B11", "")) == "own-2"
    assert chosen(Holder("E2", "乙", "柜员", "B2", "")) == "own-1"
    assert chosen(Holder("E3", "丙", "客户经理", "B11", "")) == "standard"
    assert chosen(Holder("B2", "西支行", "", "B2", "", True)) == "own-3"
    assert choice(Holder("B2", "西支行", "", "B2", "", True), (STANDARD, whole), TREE) is None


def test_people_are_assessed_by_their_post_and_outlets_by_their_own_figures() -> None:
    """The teller's 200 × 0.5 = 100.00 yuan; the outlet's 2,000,000 yuan are 200 × 1 = 200.00; who has no figure has no statement."""
    staff = {
        number: Employment(place, name, "柜员", True, date(2026, 3, 31))
        for number, place, name in (("E1", "B11", "甲"), ("E2", "B2", "乙"))
    }
    known = {("teller_converted_workload", "person"): {"E1": d("200")}, ("deposit_balance", "organisation"): {"B2": d("2000000")}}
    ground = Ground(date(2026, 3, 31), Period.MONTH, staff, TREE, {}, lambda asked: known.get((asked.metric, asked.by[0]), {}))
    tellers = scheme(Indicator(WORKLOAD, Method.PRICE, tiers=(Tier(d("0"), d("0.5")),)))
    by_price = Indicator("deposit_balance", Method.PRICE, tiers=(Tier(d("0"), d("1")),))
    outlets = Terms("own-3", "网点", Subject.BRANCH, (), (), (by_price,), Decimal(0))
    found = assessed(ground, (STANDARD, tellers, outlets))
    assert [(one.holder.number, one.terms.code, one.statement.pay) for one in found] == [
        ("E1", "own-1", d("100.00")),
        ("B2", "own-3", d("200.00")),
    ]
    assert [one.holder.number for one in assessed(ground, (STANDARD, tellers, outlets), {"E2", "B2"})] == []


def test_a_scheme_comes_back_as_it_was_written() -> None:
    made = scheme(
        Indicator(ERRORS, Method.BAND, d("0.5"), tiers=(Tier(d("0"), d("100")),)),
        Indicator(DEPOSITS, Method.TARGET, d("0.5"), target=d("100"), floor=d("0.5"), cap=d("1.2"), basis=Basis.INCREASE),
        places=("B1",),
    )
    assert terms_from(terms_json(made)) == made


def test_a_trial_changes_what_the_address_names_only() -> None:
    tried = tried_terms(STANDARD, {f"weight.{LOANS}": "1", "cap": "2", "org": "B1"})
    assert [(one.metric, one.weight, one.cap, one.floor) for one in tried.indicators] == [
        (DEPOSITS, d("0.4"), d("2"), d("0.5")),
        (LOANS, d("1"), d("2"), d("0.5")),
        (CUSTOMERS, d("0.3"), d("2"), d("0.5")),
    ]
    assert tried_terms(STANDARD, {}) == STANDARD


@pytest.mark.parametrize("word", ["much", "-1", "NaN", "Infinity", "100001", "0" * 17])
def test_what_is_no_number_of_a_scheme_is_told(word: str) -> None:
    with pytest.raises(QuestionError, match="a number of the scheme"):
        tried_terms(STANDARD, {"cap": word})


def typed(**changed: str) -> QueryDict:
    said = QueryDict(mutable=True)
    said.update({"name": "柜员计价", "subject": "teller", "post": "柜员", "price": "10", "metric0": WORKLOAD, "method0": "price"})
    said.update({"basis0": "value", "tiers0": "0:0.1；1000：0.15"} | changed)
    for name, value in changed.items():
        said[name] = value
    return said


def test_a_form_says_a_scheme_and_a_scheme_fills_the_form() -> None:
    made = terms_typed(typed(), ["柜员"], ["B1"])
    assert made.indicators == (Indicator(WORKLOAD, Method.PRICE, tiers=(Tier(d("0"), d("0.1")), Tier(d("1000"), d("0.15")))),)
    said = QueryDict(mutable=True)
    for name, value in typed_of(made).items():
        said.setlist(name, value if isinstance(value, list) else [value])
    assert terms_typed(said, ["柜员"], ["B1"]) == made


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "一"},
        {"subject": "driver"},
        {"post": ""},
        {"post": "司机"},
        {"place": "B9"},
        {"metric0": ""},
        {"metric0": "deposit_balance"},
        {"tiers0": ""},
        {"tiers0": "5:1; 3:2"},
        {"tiers0": "0=1"},
        {"metric0": ERRORS},
        {"method0": "target"},
        {"method0": "band"},
        {"method0": "target", "tiers0": "", "weight0": "1", "basis0": "increase"},
        {"price": "viel"},
        {"weight0": "1"},
        {"target0": "5"},
        {"tiers0": "0:-0.1"},
        {"floor0": "20", "cap0": "10"},
        {"cap0": "0"},
        {"method0": "target", "tiers0": "", "weight0": "1", "target0": "0"},
        {"method0": "band", "weight0": "1", "cap0": "3"},
        {"metric1": WORKLOAD, "method1": "price", "basis1": "value", "tiers1": "0:1"},
    ],
)
def test_a_form_that_says_no_scheme_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(AccessError):
        terms_typed(typed(**changed), ["柜员"], ["B1"])


def test_every_subject_chooses_from_indicators_that_are_known_for_it() -> None:
    codes = {subject: {metric.code for metric in library_of(subject)} for subject in Subject}
    assert {WORKLOAD, ERRORS, DEPOSITS} <= codes[Subject.TELLER]
    assert {DEPOSITS, LOANS, "customer_contribution"} <= codes[Subject.MANAGER]
    assert {"deposit_balance", "npl_ratio", "customer_contribution"} <= codes[Subject.BRANCH]
    assert "deposit_balance" not in codes[Subject.MANAGER]
    assert "target_completion_rate" not in codes[Subject.BRANCH]


def test_manual_work_counts_beside_the_converted_workload_and_stands_apart() -> None:
    """(200 of systems + 14 by hand) × 0.5 = 107.00; whoever has manual work only is paid for it; an increase counts systems alone."""
    staff = {number: Employment("B11", number, "柜员", True, date(2026, 3, 31)) for number in ("E1", "E2")}
    known = {date(2026, 3, 31): {"E1": d("200")}, date(2026, 2, 28): {"E1": d("150")}}
    asked = Ground(
        date(2026, 3, 31), Period.MONTH, staff, TREE, {}, lambda one: known.get(one.day or date.min, {}), {"E1": d("14"), "E2": d("6")}
    )
    found = assessed(asked, (scheme(Indicator(WORKLOAD, Method.PRICE, tiers=(Tier(d("0"), d("0.5")),))),))
    assert [(one.holder.number, one.statement.pay, one.statement.parts[0].manual) for one in found] == [
        ("E1", d("107.00"), d("14")),
        ("E2", d("3.00"), d("6")),
    ]
    of_one = replace(asked, persons={"E1": "E1", "E2": "E1"})
    tiers = (Tier(d("0"), d("0.5")), Tier(d("210"), d("1")))
    under_both = assessed(of_one, (scheme(Indicator(WORKLOAD, Method.PRICE, tiers=tiers)),))
    assert [(one.holder.number, one.statement.pay) for one in under_both] == [("E1", d("115.00"))], "20 by hand under both his numbers"
    grown = assessed(asked, (scheme(Indicator(WORKLOAD, Method.PRICE, tiers=(Tier(d("0"), d("0.5")),), basis=Basis.INCREASE)),))
    assert [(one.holder.number, one.statement.pay) for one in grown] == [("E1", d("25.00"))]


def test_every_item_of_every_subject_is_filled_or_excused_and_never_both() -> None:
    assert len(ITEMS) == 7
    for item in ITEMS:
        for subject in Subject:
            assert bool(item.filled.get(subject)) != bool(item.reasons.get(subject)), (item.code, subject)
            assert item.filled.get(subject) or subject not in item.limits, "what is left out is told of what is there"
