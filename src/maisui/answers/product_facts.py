"""What one product is made of, what moves on it, what it yields and costs, how its loans stand, and who holds and sells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.figure import divide
from maisui.answers.product_place import ProductScope, among, between, counted_on_the_reporting_date, on
from maisui.metrics import BY_CODE
from maisui.metrics.measure_sql import subtree_condition
from maisui.warehouse.reader import Reader

NIL = Decimal("0.00")
PARTS = ("margin_amount", "fee_amount", "vat_amount", "servicing_cost_amount", "expected_loss_amount", "tax_amount")
"""The columns of contribution whose signed sum is the contribution: the first two are earned, the others spent."""


@dataclass(frozen=True, slots=True)
class Band:
    """One band of one way of cutting: limits (None is open), accounts and balance; number -1 is what has no such number."""

    section: str
    number: int
    lower: Decimal | None
    upper: Decimal | None
    account_count: int
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """Transactions of a month or a channel: how many and how much."""

    key: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Turnover:
    """Accounts of a month: opened with balance and rate (None where no rate is delivered), closed, and closed before they fell due."""

    day: date
    opened_count: int
    opened_balance: Decimal
    rate: Decimal | None
    closed_count: int
    early_closed_count: int


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a product yielded and cost over a span of `days`; balance is its daily average, all in yuan.

    `account_count` is of the last month of the span, accounts closed in it included, for they bore income and cost as well.
    `contribution` is margin and fees less tax on them, service, expected loss and income tax; `added_value` less the capital charge.
    """

    days: int
    account_count: int
    balance: Decimal
    margin: Decimal
    fees: Decimal
    vat: Decimal
    servicing: Decimal
    expected_loss: Decimal
    tax: Decimal
    contribution: Decimal
    capital_charge: Decimal
    added_value: Decimal

    @property
    def per_balance(self) -> Decimal | None:
        """Return margin less tax on it and expected loss over the average balance, for the span; None without balance."""
        earned = self.margin - self.vat - self.expected_loss
        return divide(earned, self.balance, 10) if self.balance else None

    @property
    def break_even_balance(self) -> Decimal | None:
        """Return the average balance from which margin covers service; None where a yuan earns nothing.

        It is service less fees over what one yuan of balance earns in the span.
        """
        if self.per_balance is None or self.per_balance <= 0:
            return None
        return divide(max(self.servicing - self.fees, NIL), self.per_balance, 2)


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sold or looks after a product: an outlet or a person, with accounts opened (None where no file says) and what it comes to."""

    code: str
    opened_count: int | None
    opened_balance: Decimal | None
    contribution: Decimal | None


@dataclass(frozen=True, slots=True)
class Sale:
    """What was sold of others' products at an outlet by a person, None where no file names him: trades and their amount."""

    organisation: str
    employee: str | None
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Portrait:
    """One value of a trait: holders and everybody who have it."""

    trait: str
    code: str
    holder_count: int
    customer_count: int


def structure(reader: Reader, product: ProductScope, day: date) -> tuple[Band, ...]:
    """Return every band of every way of cutting, the lowest first.

    Raises:
        QuestionError: on another day than the reporting date.
    """
    counted_on_the_reporting_date(reader, day)
    rows = reader.rows(
        "SELECT section_kind, band_number, max(lower_limit_number), max(upper_limit_number), sum(account_count), sum(balance) "
        f"FROM product_structure_day AS m WHERE {product.where(on(day))} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return tuple(Band(section, int(number), low, high, int(count), Decimal(amount)) for section, number, low, high, count, amount in rows)


def movements(reader: Reader, product: ProductScope, first: date, last: date, by: str) -> tuple[Moved, ...]:
    """Return transactions of a span by `business_date` or `channel_code`."""
    rows = reader.rows(
        f"SELECT {by}, sum(transaction_count), sum(transaction_amount) FROM product_activity_month AS m "
        f"WHERE {product.where(between(first, last))} GROUP BY 1 ORDER BY 1"
    )
    return tuple(Moved(str(key), int(count), Decimal(amount)) for key, count, amount in rows)


def turnover(reader: Reader, product: ProductScope, first: date, last: date) -> tuple[Turnover, ...]:
    """Return accounts opened and closed, month by month; months without any are left out."""
    rows = reader.rows(
        "SELECT business_date, sum(opened_count), sum(opened_balance), sum(rated_balance), sum(yearly_interest_amount), "
        f"sum(closed_count), sum(early_closed_count) FROM product_account_month AS m WHERE {product.where(between(first, last))} "
        "GROUP BY 1 ORDER BY 1"
    )
    return tuple(
        Turnover(
            day, int(opened), Decimal(balance), divide(Decimal(interest), Decimal(rated), 6) if rated else None, int(closed), int(early)
        )
        for day, opened, balance, rated, interest, closed, early in rows
    )


def benefit(reader: Reader, product: ProductScope, first: date, last: date) -> Benefit | None:
    """Return what a product yielded and cost over a span; None where it has no contribution in it."""
    sums = ", ".join(f"sum({column})" for column in ("balance_days", *PARTS, "contribution_amount", "capital_charge_amount"))
    at_end = f"business_date = (SELECT max(business_date) FROM contribution_month WHERE business_date <= DATE '{last}')"
    rows = reader.rows(
        f"SELECT count(*), {sums}, sum(economic_value_added_amount), sum(account_count) FILTER ({at_end}) "
        f"FROM contribution_month AS m WHERE {product.where(between(first, last))}"
    )
    lines, days, margin, fees, vat, servicing, loss, tax, contribution, charge, added, accounts = rows[0]
    if not lines:
        return None
    span = (last - first).days + 1
    money = [Decimal(value) for value in (margin, fees, vat, servicing, loss, tax, contribution, charge, added)]
    return Benefit(span, int(accounts or 0), divide(Decimal(days), Decimal(span), 2), *money)


def service_by_channel(reader: Reader, product: ProductScope, first: date, last: date) -> tuple[Moved, ...]:
    """Return what serving a product cost by channel; keeping accounts stands under none."""
    rows = reader.rows(
        "SELECT channel_code, sum(activity_count), sum(cost_amount) FROM service_cost_month AS m "
        f"WHERE {product.where(between(first, last))} GROUP BY 1 ORDER BY 3 DESC, 1"
    )
    return tuple(Moved(channel, int(count or 0), Decimal(amount)) for channel, count, amount in rows)


def monthly_contribution(reader: Reader, product: ProductScope, days: Sequence[date]) -> dict[date, Decimal]:
    """Return the contribution of each of `days`, ends of months."""
    rows = reader.rows(
        f"SELECT business_date, sum(contribution_amount) FROM contribution_month AS m WHERE {product.where(among(days))} GROUP BY 1"
    )
    return {day: Decimal(amount) for day, amount in rows}


def priced_months(reader: Reader, product: ProductScope, days: Sequence[date]) -> tuple[tuple[date, Decimal, Decimal, Decimal], ...]:
    """Return balance-days, margin and fees of each of `days`, ends of months; a month without contribution is left out."""
    rows = reader.rows(
        "SELECT business_date, sum(balance_days), sum(margin_amount), sum(fee_amount) FROM contribution_month AS m "
        f"WHERE {product.where(among(days))} GROUP BY 1 ORDER BY 1"
    )
    return tuple((day, Decimal(held), Decimal(margin), Decimal(fees)) for day, held, margin, fees in rows)


def loan_standing(reader: Reader, product: ProductScope, day: date, by: str) -> tuple[Moved, ...]:
    """Return loans by `loan_class` or `overdue_bucket` on a day, those of which the ratio of bad loans is taken."""
    every = BY_CODE["npl_ratio"].denominator
    assert every is not None  # noqa: S101 - a ratio has one
    rows = reader.rows(
        f"SELECT {by}, sum(loan_count), sum(balance) FROM loan_class_day AS m WHERE "
        f"{product.where(on(day), every.where, by_code=True)} "
        "GROUP BY 1 ORDER BY 1"
    )
    return tuple(Moved(word, int(count), Decimal(amount)) for word, count, amount in rows)


def vintages(reader: Reader, product: ProductScope, day: date, ages: Sequence[int]) -> list[tuple[date, Decimal, dict[int, Decimal]]]:
    """Return by quarter of disbursement what was lent and, by age in months, the share of it more than 30 days overdue.

    Only quarters all of whose months have reached an age have a share at it.
    """
    listed = ", ".join(str(age) for age in ages)
    rows = reader.rows(
        "WITH aged AS (SELECT m.vintage_month, m.business_date, m.disbursed_amount, m.overdue_30d_balance, "
        "date_diff('month', m.vintage_month, m.business_date) AS age FROM loan_vintage_day AS m "
        f"WHERE {product.where(between(reader.manifest.first_date, day), by_code=True)}) "
        "SELECT CAST(date_trunc('quarter', vintage_month) AS DATE), age, sum(disbursed_amount), sum(overdue_30d_balance), "
        "count(DISTINCT vintage_month), (SELECT count(DISTINCT n.vintage_month) FROM aged AS n "
        "WHERE date_trunc('quarter', n.vintage_month) = date_trunc('quarter', aged.vintage_month)) FROM aged "
        f"WHERE age IN ({listed}) GROUP BY 1, 2, 6 ORDER BY 1, 2"
    )
    found: dict[date, dict[int, Decimal]] = {}
    for quarter, age, lent, overdue, months, every in rows:
        shares = found.setdefault(quarter, {})
        if lent and months == every:
            shares[int(age)] = divide(Decimal(overdue), Decimal(lent), 6)
    lent_by = dict(
        reader.rows(
            "SELECT CAST(date_trunc('quarter', m.vintage_month) AS DATE), sum(m.disbursed_amount) FROM loan_vintage_day AS m WHERE "
            f"{product.where(on(day), by_code=True)} GROUP BY 1"
        )
    )
    return [(quarter, Decimal(amount), found.get(quarter, {})) for quarter, amount in sorted(lent_by.items())]


def migrations(reader: Reader, product: ProductScope, day: date) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """Return by opening class what stood in it a span before and what of that is in a worse class now, on the last day counted."""
    order = (
        "CASE {} WHEN 'pass' THEN 1 WHEN 'special_mention' THEN 2 WHEN 'substandard' THEN 3 WHEN 'doubtful' THEN 4 WHEN 'loss' THEN 5 END"
    )
    worse = f"{order.format('m.closing_class')} > {order.format('m.opening_class')}"
    last = f"m.business_date = (SELECT max(business_date) FROM loan_migration_day WHERE business_date <= DATE '{day}')"
    rows = reader.rows(
        f"SELECT m.opening_class, sum(m.opening_balance), coalesce(sum(m.remaining_balance) FILTER ({worse}), 0) "
        f"FROM loan_migration_day AS m WHERE {product.where(last, by_code=True)} GROUP BY 1 ORDER BY {order.format('m.opening_class')}"
    )
    return tuple((word, Decimal(opening), Decimal(fallen)) for word, opening, fallen in rows)


def portrait(reader: Reader, product: ProductScope, day: date, customer_kind: str) -> tuple[Portrait, ...]:
    """Return holders of the product's group beside everybody, trait by trait.

    Raises:
        QuestionError: on another day than the reporting date.
    """
    counted_on_the_reporting_date(reader, day)
    inside = ""
    if product.scope.organisation is not None:
        inside = f" AND {subtree_condition(product.scope, 'm.organisation_code', 'm.business_date')}"
    rows = reader.rows(
        "SELECT trait_kind, trait_code, coalesce(sum(customer_count) FILTER (product_group = ?), 0), "
        "coalesce(sum(customer_count) FILTER (product_group = 'all'), 0) FROM product_portrait_day AS m "
        f"WHERE business_date = ? AND customer_kind = ?{inside} GROUP BY 1, 2 ORDER BY 1, 2",
        [product.place.group, day, customer_kind],
    )
    return tuple(Portrait(trait, code, int(holders), int(everybody)) for trait, code, holders, everybody in rows)


def sellers(reader: Reader, product: ProductScope, first: date, last: date) -> tuple[Seller, ...]:
    """Return outlets by accounts opened in a span and by contribution."""
    opened = {
        code: (int(count), Decimal(balance))
        for code, count, balance in reader.rows(
            "SELECT organisation_code, sum(opened_count), sum(opened_balance) FROM product_account_month AS m "
            f"WHERE {product.where(between(first, last))} GROUP BY 1"
        )
    }
    earned = _contribution_by(reader, product, first, last, "organisation_code")
    found = [Seller(code, *opened.get(code, (0, NIL)), earned.get(code)) for code in {*opened, *earned}]
    return tuple(sorted(found, key=lambda one: (-(one.opened_count or 0), -(one.contribution or NIL), one.code)))


def managers(reader: Reader, product: ProductScope, first: date, last: date) -> tuple[Seller, ...]:
    """Return those to whom a product's results are attributed, by contribution."""
    earned = _contribution_by(reader, product, first, last, "employee_number")
    return tuple(Seller(code, None, None, amount) for code, amount in sorted(earned.items(), key=lambda one: (-one[1], one[0])))


def sales(reader: Reader, product: ProductScope, first: date, last: date) -> tuple[Sale, ...]:
    """Return agency purchases of a span by outlet and person, the largest amount first."""
    rows = reader.rows(
        "SELECT organisation_code, employee_number, count(*), sum(amount) "
        "FROM (SELECT *, traded_on AS business_date FROM agency_sale WHERE sale_kind = 'buy') AS m "
        f"WHERE {product.where(between(first, last), by_code=True)} GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2"
    )
    return tuple(Sale(outlet, employee, int(count), Decimal(amount)) for outlet, employee, count, amount in rows)


def _contribution_by(reader: Reader, product: ProductScope, first: date, last: date, column: str) -> dict[str, Decimal]:
    rows = reader.rows(
        f"SELECT {column}, sum(contribution_amount) FROM contribution_month AS m WHERE {product.where(between(first, last))} GROUP BY 1"
    )
    return {str(code): Decimal(amount) for code, amount in rows}
