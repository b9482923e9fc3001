"""Loan pricing: at which rate does this loan earn what the bank asks of it, and which part of the rate is for what?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import Unit, View
from maisui.answers.figure import divide
from maisui.answers.loan_pricing import LoanPrice, PricingTerms, loan_price
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import digits
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Export
from maisui.web.gateway import Gateway
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.known_contribution import NOT_KNOWN, knows_contribution
from maisui.web.pages.loan_pricing.state import CLASSES, PricingState
from maisui.web.pages.one_product.blocks import Block, Cell, Heading, Line, drawn, sheet_of
from maisui.web.pages.overview.figures import Tried, attempt, months_before
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text, choose

_NO_LOAN = Text(
    "没有客户持有贷款账户，无从定价：来源没有报送贷款，或已全部结清",
    "Nobody holds a loan, so there is none to price: the sources deliver none, or all are repaid",
)
_DAYS_A_MONTH = Decimal(365) / 12
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Priced:
    """One loan priced: its terms, service a year and where that comes from, and the lowest rate with its parts.

    `lent` is the last month of twelve in which such loans were lent, with their average rate; None where none were.
    """

    terms: PricingTerms
    service: Decimal
    is_own_service: bool
    price: LoanPrice
    lent: tuple[date, Decimal] | None


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the price of the loan that the address describes."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "loan_pricing/page.html", {"is_empty": True})
    state = PricingState.of(request.GET)
    groups = loan_groups(gateway)
    state = replace(state, product=state.product or (groups[0] if groups else ""))
    tried: Tried[Priced] = attempt(lambda: priced(gateway, state))
    context: dict[str, Any] = {
        "state": state,
        "query": state.query(),
        "groups": [(code, value_word(code), code == state.product) for code in groups],
        "classes": [(code, value_word(code), code == state.loan_class) for code in CLASSES],
        "nothing": _NO_LOAN if knows_contribution(gateway) else NOT_KNOWN,
        "tried": tried,
        "shown": drawn(block_of(state, tried.value)) if tried.value else None,
        "rate": tried.value.price.rate if tried.value else None,
        "unit": Unit.SHARE,
        "target_percent": f"{state.target * 100:f}" if state.target is not None else "",
        "own_target": digits(tried.value.terms.target_return * 100, 2) if tried.value else "",
        "own_service": f"{tried.value.service:f}" if tried.value else "",
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
    }
    return render(request, "loan_pricing/page.html", context)


def day_of(gateway: Gateway, state: PricingState) -> date:
    """Return the day by whose parameters is priced: that of the address, else the reporting date."""
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - the page asks first
    return state.day or fresh.reporting_date


def loan_groups(gateway: Gateway) -> list[str]:
    """Return the groups of loans that somebody holds on an account."""
    months = gateway.month_ends()[:1]
    years = gateway.products.years(None, months, View.AS_WAS)
    return [path[1] for path in sorted(years) if path[0] == "loan"]


def priced(gateway: Gateway, state: PricingState) -> Priced:
    """Return the price of a state's loan.

    Raises:
        QuestionError: when parameters or transfer prices are missing, or the loan has no amount.
    """
    day = day_of(gateway, state)
    tenor = int((state.months * _DAYS_A_MONTH).to_integral_value())
    terms = gateway.products.pricing_terms(state.product, tenor, state.loan_class, day)
    if state.target is not None:
        terms = replace(terms, target_return=state.target)
    own = service_of(gateway, state, day)
    service = own if state.service is None else state.service
    price = loan_price(terms, state.amount, service, state.other)
    return Priced(terms, service, state.service is None, price, _lent(gateway, state, day))


def service_of(gateway: Gateway, state: PricingState, day: date) -> Decimal:
    """Return what serving an account of the product cost in the last twelve months; nothing where it has none yet."""
    months = months_before(day, gateway.month_ends(), _YEAR)
    found = _desk_of(gateway, state).benefit(months[0].replace(day=1), day)
    if found is None or not found.account_count:
        return Decimal(0)
    return divide(found.servicing * 365, Decimal(found.account_count * found.days), 2)


def _lent(gateway: Gateway, state: PricingState, day: date) -> tuple[date, Decimal] | None:
    months = months_before(day, gateway.month_ends(), _YEAR)
    opened = _desk_of(gateway, state).turnover(months[0].replace(day=1), day)
    return next(((one.day, one.rate) for one in reversed(opened) if one.rate is not None), None)


def _desk_of(gateway: Gateway, state: PricingState) -> OneProductDesk:
    return gateway.products.one(gateway.products.place(state.product, "group"), None, View.AS_WAS)


def _beside_what_is_lent(found: Priced) -> Text | str:
    """Return how the lowest rate stands beside what the bank lends at now."""
    if found.lent is None:
        return ""
    day, rate = found.lent
    apart = digits(abs(rate - found.price.rate) * 100, 2)
    is_enough = rate >= found.price.rate
    zh, en = ("高", "above") if is_enough else ("低", "below")
    return Text(
        f"最近新放（{day:%Y-%m}）平均利率 {_percent(rate)}，比最低利率{zh} {apart} 个百分点",
        f"loans of {day:%Y-%m} were lent at {_percent(rate)} on average, {apart} percentage points {en} the lowest rate",
    )


def block_of(state: PricingState, found: Priced) -> Block:
    """Return the parts of the lowest rate: each in the rate, in yuan a year, and how it is reckoned."""
    terms, price = found.terms, found.price
    yearly = state.amount * 365 / terms.day_basis

    def line(name: Text, rate: Decimal, how: Text) -> Line:
        cells: tuple[Cell, ...] = (rate, divide(rate * yearly, Decimal(1), 2), how)
        return Line(name, cells)

    basis = digits(terms.day_basis, 0)
    return Block(
        "parts",
        Text("最低利率由什么组成", "What the lowest rate is made of"),
        Text("项目", "Part"),
        (
            Heading(Text("年利率", "Yearly rate"), Unit.SHARE),
            Heading(Text("每年", "A year"), Unit.YUAN_EACH),
            Heading(Text("怎么算", "How")),
        ),
        tuple(line(*part) for part in _parts(state, found)),
        line(Text("最低利率", "Lowest rate"), price.rate, Text("向上取到百万分之一", "rounded up to a millionth")),
        finding=_beside_what_is_lent(found),
        notes=(
            Text(
                f"与贡献引擎同一套参数与次序：利息按 {basis} 天计息年，转移价格同；在该利率上，一年的经济增加值恰为目标",
                f"parameters and order of the engine of contribution: interest and transfer price on a year of {basis} days; at this rate "
                "a year's value added is what is asked for",
            ),
        ),
        bars=0,
        is_wide=True,
    )


def _parts(state: PricingState, found: Priced) -> tuple[tuple[Text, Decimal, Text], ...]:
    """Return what the lowest rate consists of: name, part of the rate and how it is reckoned."""
    terms, price = found.terms, found.price
    weight, ratio, cost = (_percent(share) for share in (terms.risk_weight, terms.capital_ratio, terms.capital_cost_rate))
    return (
        (
            Text("资金成本", "Funds"),
            price.funds,
            Text(
                f"转移价格 {_percent(terms.transfer_rate)}，期限 {state.months} 个月",
                f"transfer price {_percent(terms.transfer_rate)} at {state.months} months",
            ),
        ),
        (
            Text("服务成本", "Service"),
            price.service,
            Text(
                f"每年 {digits(found.service, 2)} 元" + ("，为该产品近十二个月每户服务成本" if found.is_own_service else "，手工填写"),
                f"{digits(found.service, 2)} CNY a year, "
                + ("what an account of it cost in twelve months" if found.is_own_service else "as written"),
            ),
        ),
        (
            Text("预期损失", "Expected loss"),
            price.loss,
            Text(
                f"违约概率 {_percent(terms.default_probability)} × 违约损失率 {_percent(terms.loss_given_default)}",
                f"probability of default {_percent(terms.default_probability)} × loss given default {_percent(terms.loss_given_default)}",
            ),
        ),
        (
            Text("资本成本", "Capital charge"),
            price.capital,
            Text(
                f"风险权重 {weight} × 资本比例 {ratio} × 资本成本率 {cost}",
                f"risk weight {weight} × capital {ratio} × its cost {cost}",
            ),
        ),
        (
            Text("目标经济增加值", "Value added asked for"),
            price.target,
            Text("参数 loan_target_return 或手工填写", "parameter loan_target_return, or as written"),
        ),
        (
            Text("扣减：客户其他贡献", "Less: what else he contributes"),
            -price.credited,
            Text(f"每年 {digits(state.other, 2)} 元", f"{digits(state.other, 2)} CNY a year"),
        ),
        (
            Text("所得税", "Income tax"),
            price.income_tax,
            Text(
                f"（资本成本＋目标−其他贡献）× {_percent(terms.income_tax_rate)} ÷（1−{_percent(terms.income_tax_rate)}）",
                f"(capital + target − others) × {_percent(terms.income_tax_rate)} ÷ (1 − {_percent(terms.income_tax_rate)})",
            ),
        ),
        (
            Text("增值税及附加", "Value-added tax and surcharges"),
            price.vat,
            Text(
                f"税率 {_percent(terms.vat_rate)}，附加 {_percent(terms.surcharge_rate)}，利息含税",
                f"{_percent(terms.vat_rate)}, surcharges {_percent(terms.surcharge_rate)}; interest holds the tax",
            ),
        ),
    )


def _percent(share: Decimal) -> str:
    return f"{digits(share * 100, 2)}%"


def export_of_page(request: HttpRequest) -> Export:
    """Return the parts of the price of the loan in the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = PricingState.of(request.GET)
    standing = standing_of(gateway, None, state.day, where="loan_pricing")
    groups = loan_groups(gateway)
    state = replace(state, product=state.product or (groups[0] if groups else ""))
    block = block_of(state, priced(gateway, state))
    title = choose("贷款定价", "Loan pricing")
    about = (
        (choose("产品组", "Product group"), str(value_word(state.product))),
        (choose("期限（月）", "Months"), str(state.months)),
        (choose("金额", "Amount"), f"{state.amount:f}"),
        (choose("分类", "Class"), str(value_word(state.loan_class))),
    )
    return Export(
        "loan_pricing",
        title,
        (sheet_of(block, f"{value_word(state.product)} · {standing.day}"),),
        about=standing.about(*about),
        organisation=standing.organisation,
        name=f"loan-pricing-{standing.file_name}",
        object_id=state.query()[:200],
        details=standing.details(len(block.lines)),
    )
