"""Which products are to be given up or pushed, and whose money goes elsewhere, reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from maisui.answers.product_settings import ProductSettings, Setting
from maisui.answers.product_signals import Candidate, Outflow, exits, losses_in_use, new_product_needs, other_contribution, upgrades
from maisui.answers.product_stage import Life, Stage

DAY = date(2026, 3, 31)
SETTINGS = ProductSettings(
    DAY,
    {
        code: Setting(Decimal(value), DAY)
        for code, value in {
            "product_fewest_holders": "20",
            "product_exit_loss_months": "9",
            "product_exit_active_share": "0.6",
            "product_upgrade_share": "0.10",
            "product_outflow_share": "0.05",
        }.items()
    },
)
GROWING = Life(Stage.GROWTH, Decimal("0.2"), Decimal("0.25"))


def candidate(**changes: object) -> Candidate:
    """Return a group of 40 holders, 10 of whom use it, that lost 1.00 in each of nine months and gained 1.00 in three: −6.00 a year."""
    months = (Decimal("-1.00"),) * 9 + (Decimal("1.00"),) * 3
    plain = Candidate(
        ("deposit", "notice_deposit"), GROWING, 40, 10, Decimal(50), Decimal(40), Decimal(1000), months, Decimal(14600), 365, None
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_nine_months_of_loss_and_few_users_are_an_exit() -> None:
    (found,) = exits([candidate()], SETTINGS)
    assert (found.year, found.loss_months, found.active_share) == (Decimal("-6.00"), 9, Decimal("0.250000"))


def test_stopping_spares_its_loss_less_what_may_go_along_and_nothing_for_others_that_lose_money() -> None:
    """6.00 a year are spared; holders whose other products bring 10.00 might take those along, others at a loss of 4.00 may as well stay."""
    assert candidate().net_of_stopping(Decimal("10.00")) == Decimal("-4.00")
    assert candidate().net_of_stopping(Decimal("-4.00")) == Decimal("6.00")


def test_a_month_less_a_gain_in_all_many_users_or_few_holders_are_no_exit() -> None:
    eight = (Decimal("-1.00"),) * 8 + (Decimal("1.00"),) * 4
    gain = (Decimal("-1.00"),) * 9 + (Decimal("9.00"),) * 3
    others = [
        candidate(months=eight),
        candidate(months=gain),
        candidate(active=25),
        candidate(holders=19, active=0),
        candidate(months=eight[:8]),
    ]
    assert exits(others, SETTINGS) == []


def test_what_loses_money_in_all_and_is_no_exit_is_told_apart() -> None:
    """Used by 25 of 40, or at a loss in eight months of twelve; a gain in all, few holders, a short history and exits are left out."""
    used = candidate(active=25)
    rare = candidate(path=("loan", "home_loan"), months=(Decimal("-2.00"),) * 8 + (Decimal("1.00"),) * 4)
    gain = candidate(path=("loan", "a"), months=(Decimal("1.00"),) * 12)
    short = candidate(path=("loan", "b"), months=(Decimal("-1.00"),) * 8)
    few = candidate(path=("loan", "c"), holders=19, active=19)
    exit_ = candidate(path=("loan", "d"))
    found = losses_in_use([used, rare, gain, short, few, exit_], SETTINGS)
    assert [(one.path[1], one.year) for one in found] == [("home_loan", Decimal("-12.00")), ("notice_deposit", Decimal("-6.00"))]


def test_growth_at_a_small_share_is_an_upgrade_worth_another_rise() -> None:
    """A year brought 3.65 on 14,600 balance-days, 0.25 ÷ 1,000 a day: ten more for 365 days bring 0.91."""
    months = (Decimal("3.65"), *(Decimal("0.00"),) * 11)
    (found,) = upgrades([candidate(months=months)], SETTINGS)
    assert (found.share_of_line, found.growth, found.growth_worth) == (Decimal("0.050000"), Decimal(10), Decimal("0.91"))


def test_what_is_large_stands_still_or_loses_money_is_no_upgrade() -> None:
    gain = (Decimal("3.65"), *(Decimal("0.00"),) * 11)
    still = Life(Stage.MATURITY, None, None)
    others = [candidate(months=gain, balance=Decimal(101)), candidate(months=gain, life=still), candidate()]
    assert upgrades(others, SETTINGS) == []


def test_money_that_goes_elsewhere_asks_for_a_product() -> None:
    """500 of 10,000 is the share; 499 is not, nor is 500 by nineteen customers."""
    gold = Outflow("personal", "gold", 100, 20, Decimal(500), Decimal(10_000))
    few = replace(gold, leaving_count=19)
    less = replace(gold, amount=Decimal(499))
    assert new_product_needs([few, less, gold, replace(gold, assets=Decimal(0))], SETTINGS) == [gold]


def test_what_holders_bring_through_other_products_is_counted_by_both() -> None:
    """Three also hold A at 2.50 and four B at −1.00; C brings nothing that is known."""
    worth = {"A": Decimal("2.50"), "B": Decimal("-1.00")}
    assert other_contribution({"A": 3, "B": 4, "C": 9}, worth) == Decimal("3.50")
