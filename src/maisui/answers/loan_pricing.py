"""The lowest rate at which a loan earns what is asked of it: every part as the engine of contribution reckons it, solved for the rate.

Over a year a loan of `amount` bears interest at `rate` on the day basis of its group, pays the transfer price the same way, costs its
service, the expected loss PD × LGD, value-added tax with surcharges out of the interest, income tax on what remains, and the charge
on its capital. What other business of the customer contributes may be set against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal, localcontext

from maisui.answers.figure import divide
from maisui.errors import QuestionError
from maisui.warehouse.reader import Reader

_PRECISION = 40
_RATE = Decimal("0.000001")
_YEAR = Decimal(365)


@dataclass(frozen=True, slots=True)
class PricingTerms:
    """The parameters in force for one loan: fractions a year, service in yuan a year, the tenor in days.

    Attributes:
        transfer_rate: the transfer price at the tenor.
        day_basis: days of an interest year.
        vat_rate: value-added tax, 0 where exempt.
        surcharge_rate: surcharges as a share of that tax.
        income_tax_rate: income tax.
        default_probability: of the class.
        loss_given_default: of the product group.
        risk_weight: of the product group.
        capital_ratio: capital against risk-weighted assets.
        capital_cost_rate: yearly cost of capital.
        target_return: value added to be reached, a share of the balance.
    """

    transfer_rate: Decimal
    day_basis: Decimal
    vat_rate: Decimal
    surcharge_rate: Decimal
    income_tax_rate: Decimal
    default_probability: Decimal
    loss_given_default: Decimal
    risk_weight: Decimal
    capital_ratio: Decimal
    capital_cost_rate: Decimal
    target_return: Decimal

    @property
    def capital_charge(self) -> Decimal:
        """Return the charge on capital a year, a share of the balance."""
        return self.risk_weight * self.capital_ratio * self.capital_cost_rate

    @property
    def expected_loss(self) -> Decimal:
        """Return the expected loss a year, a share of the balance."""
        return self.default_probability * self.loss_given_default

    @property
    def vat_share(self) -> Decimal:
        """Return which share of the interest goes to value-added tax and surcharges."""
        return self.vat_rate * (1 + self.surcharge_rate) / (1 + self.vat_rate)


@dataclass(frozen=True, slots=True)
class LoanPrice:
    """The lowest rate, rounded up to a millionth, and its parts in the same yearly rate; the parts add up to it before rounding up."""

    rate: Decimal
    funds: Decimal
    service: Decimal
    loss: Decimal
    capital: Decimal
    target: Decimal
    income_tax: Decimal
    vat: Decimal
    credited: Decimal

    @property
    def parts_sum(self) -> Decimal:
        """Return what the parts add up to."""
        return self.funds + self.service + self.loss + self.capital + self.target + self.income_tax + self.vat - self.credited


def loan_price(terms: PricingTerms, amount: Decimal, service: Decimal, other: Decimal) -> LoanPrice:
    """Return the lowest rate of a loan of `amount` that costs `service` a year and is credited `other` contribution of the customer.

    Raises:
        QuestionError: when the amount is not above zero, or taxes leave nothing of the interest.
    """
    if amount <= 0 or terms.income_tax_rate >= 1 or terms.vat_share >= 1:
        raise QuestionError("a loan has an amount above zero", where="amount", next_step="write the amount of the loan in yuan")
    with localcontext() as exact:
        exact.prec = _PRECISION
        basis = _YEAR / terms.day_basis
        wanted = terms.target_return + terms.capital_charge - other / amount
        taxed = wanted * terms.income_tax_rate / (1 - terms.income_tax_rate)
        service_share = service / amount
        before_vat = terms.transfer_rate * basis + service_share + terms.expected_loss + wanted + taxed
        rate = max(before_vat / (basis * (1 - terms.vat_share)), Decimal(0))
        parts = [
            part / basis for part in (service_share, terms.expected_loss, terms.capital_charge, terms.target_return, taxed, other / amount)
        ]
        vat = rate * terms.vat_share
        rounded = rate.quantize(_RATE, rounding=ROUND_CEILING)
    service_part, loss, capital, target, income_tax, credited = (divide(part, Decimal(1), 8) for part in parts)
    return LoanPrice(
        rounded,
        divide(terms.transfer_rate, Decimal(1), 8),
        service_part,
        loss,
        capital,
        target,
        income_tax,
        divide(vat, Decimal(1), 8),
        credited,
    )


def pricing_terms(reader: Reader, product_group: str, tenor_days: int, loan_class: str, day: date) -> PricingTerms:
    """Return the parameters in force on a day for a loan of a product group, tenor and class, in yuan.

    Raises:
        QuestionError: when no loan of the group is known, or no transfer price is delivered.
    """
    settings = reader.rows(
        "SELECT day_basis_count, vat_rate, surcharge_rate, income_tax_rate, loss_given_default, risk_weight, capital_ratio, "
        "capital_cost_rate FROM contribution_setting WHERE account_kind = 'loan' AND product_group = ? "
        "AND month_start = date_trunc('month', CAST(? AS DATE))",
        [product_group, day],
    )
    if not settings:
        raise QuestionError("there is no loan of that product group", where="product", next_step="choose a group of loans")
    pieces = reader.rows(
        "SELECT start_rate, end_rate, tenor_from_day_count, tenor_until_day_count FROM transfer_curve_segment WHERE currency = 'CNY' "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?) AND tenor_from_day_count <= ? AND tenor_until_day_count > ?",
        [day, day, tenor_days, tenor_days],
    )
    if not pieces:
        raise QuestionError("no transfer price is delivered", where="transfer_price", next_step="fill in the supplement transfer_price")
    start, end, low, high = pieces[0]
    price = Decimal(start) + divide((Decimal(end) - Decimal(start)) * (tenor_days - int(low)), Decimal(int(high) - int(low)), 6)
    basis, vat, surcharge, tax, lgd, weight, ratio, cost = settings[0]
    numbers = dict(
        reader.rows(
            "SELECT parameter_code, number_value FROM parameter WHERE parameter_code IN (?, 'loan_target_return') "
            "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
            [f"default_probability.{loan_class}", day, day],
        )
    )
    probability = numbers.get(f"default_probability.{loan_class}")
    if probability is None:
        raise QuestionError("no probability of default is set for that class", where="class", next_step="choose pass or special_mention")
    rest = (vat, surcharge, tax, probability, lgd, weight, ratio, cost, numbers.get("loan_target_return", 0))
    return PricingTerms(price, Decimal(int(basis)), *(Decimal(value) for value in rest))
