"""The accounts behind a balance on one day, each with what could take it into a report or leave it out: organisation, kind, state.

A balance of `product_day` is made up of accounts, one of `loan_class_day` of loan receipts and overdrawn cards. Other metrics have
no such rows and are compared as a whole only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maisui.metrics import Metric, Timing
from maisui.metrics.measure_sql import Scope, View, quoted_text, subtree_condition
from maisui.warehouse.reader import Reader

ALL_CURRENCIES = "ALL"
_ACCOUNTS, _LOANS = "product_day", "loan_class_day"


def has_accounts(metric: Metric) -> bool:
    """Return whether a metric is a plain sum of balances on one day, so that accounts add up to it."""
    measure = metric.numerator
    is_sum = metric.denominator is None and measure.expression == "sum(balance)" and measure.timing is Timing.POINT
    return is_sum and measure.mart in (_ACCOUNTS, _LOANS)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something by which a report may draw its line elsewhere: its code, how early it is thought of, and the SQL of its value (null: none).

    `is_counted` tells whether a report may leave out those of our accounts that have it, or may count in accounts that do not
    count with us.
    """

    code: str
    rank: int
    value: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """Whose accounts, of which metric and currency, on which day; `members` is the subtree as it was, `members_today` as it is."""

    metric: Metric
    organisation: str
    currency: str
    day: date
    members: tuple[str, ...]
    members_today: tuple[str, ...]

    @property
    def is_of_loans(self) -> bool:
        """Return whether the rows are loan receipts and cards, not accounts."""
        return self.metric.numerator.mart == _LOANS

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Return every attribute that the rows have."""
        return (*_COMMON, *(_OF_LOANS if self.is_of_loans else _OF_ACCOUNTS), *_ELSEWHERE)


def basis_at(reader: Reader, metric: Metric, organisation: str, currency: str, day: date, *, is_dated: bool) -> Basis:
    """Return the basis of a metric of an organisation on a day."""
    as_was = _members(reader, Scope(organisation, None, View.AS_WAS, is_dated), day)
    as_is = _members(reader, Scope(organisation, None, View.AS_IS), day) or as_was
    return Basis(metric, organisation, currency, day, as_was, as_is)


def accounts_sql(basis: Basis) -> str:
    """Return the SELECT of all accounts of the bank that `basis` could speak of, one row each, whether they count or not.

    `is_counted` says whether the account adds to our figure; the attributes stand under their codes.
    """
    here, today = _listed(basis.members), _listed(basis.members_today)
    day = f"DATE '{basis.day}'"
    currency = "true" if basis.currency == ALL_CURRENCIES else f"currency = {quoted_text(basis.currency)}"
    attributes = ",\n  ".join(f"{one.value if one.is_counted else _elsewhere(one)} AS {one.code}" for one in basis.attributes)
    periods, key = ("loan_organisation_period", "loan_number") if basis.is_of_loans else ("account_organisation_period", "account_number")
    rows = _loans_sql(day) if basis.is_of_loans else _accounts_sql(day)
    return f"""
WITH held AS ({rows}),
moves AS (
  SELECT {key} AS account_number,
    bool_or(valid_from > {day}) AS is_later, bool_or(valid_until <= {day}) AS is_earlier
  FROM {periods} WHERE organisation_code IN ({here}) GROUP BY {key}
),
placed AS (
  SELECT r.*, coalesce(c.home_organisation_code, 'none') AS home_code,
    r.organisation_code IN ({here}) AS is_here,
    r.organisation_code IN ({today}) AS is_here_today,
    coalesce(m.is_later, false) AS is_later, coalesce(m.is_earlier, false) AS is_earlier,
    coalesce(r.previous_organisation_code NOT IN ({here}), false) AS is_from_elsewhere,
    coalesce(c.home_organisation_code IN ({today}), false) AS is_home_here,
    r.organisation_code <> {quoted_text(basis.organisation)} AS is_below,
    r.closed_on > {day} AS is_closed_since, r.closed_on <= {day} AS is_closed, r.opened_on = {day} AS is_opened_today
  FROM held AS r
  LEFT JOIN customer AS c ON c.customer_number = r.customer_number
  LEFT JOIN moves AS m ON m.account_number = r.account_number
),
judged AS (
  SELECT *, ({basis.metric.numerator.where or "true"}) AND {currency} AS meets FROM placed
)
SELECT account_number, currency, account_kind, organisation_code, product_code, closed_on, opened_on, balance, meets, is_here,
  meets AND is_here AS is_counted,
  {attributes}
FROM judged WHERE account_kind = {quoted_text(kind_of(basis.metric))}
"""


def kind_of(metric: Metric) -> str:
    """Return the kind of account a metric speaks of: deposit or loan."""
    return "deposit" if "account_kind = 'deposit'" in metric.numerator.where else "loan"


_COMMON: tuple[Attribute, ...] = (
    Attribute("moved_from", 1, "CASE WHEN is_from_elsewhere THEN previous_organisation_code END", is_counted=True),
    Attribute("foreign_currency", 1, "CASE WHEN currency <> 'CNY' THEN currency END", is_counted=True),
    Attribute("customer_kind", 2, "customer_kind", is_counted=True),
    Attribute("closed_since", 2, "CASE WHEN is_closed_since THEN 'yes' END", is_counted=True),
    Attribute("closed_already", 2, "CASE WHEN is_closed THEN 'yes' END", is_counted=True),
    Attribute("opened_today", 2, "CASE WHEN is_opened_today THEN 'yes' END", is_counted=True),
    Attribute("outlet", 2, "CASE WHEN is_below THEN organisation_code END", is_counted=True),
    Attribute("home_elsewhere", 3, "CASE WHEN NOT is_home_here THEN 'yes' END", is_counted=True),
    Attribute("product", 3, "product_code", is_counted=True),
)
_OF_ACCOUNTS: tuple[Attribute, ...] = (
    Attribute("product_group", 1, "product_group", is_counted=True),
    Attribute("account_status", 3, "account_status", is_counted=True),
    Attribute("subject", 4, "subject_code", is_counted=True),
    Attribute("beyond_group", 2, "CASE WHEN is_here THEN product_group END", is_counted=False),
)
_OF_LOANS: tuple[Attribute, ...] = (
    Attribute("loan_class", 1, "loan_class", is_counted=True),
    Attribute("loan_status", 2, "loan_status", is_counted=True),
    Attribute("overdue_bucket", 2, "overdue_bucket", is_counted=True),
    Attribute("beyond_status", 1, "CASE WHEN is_here THEN loan_status END", is_counted=False),
    Attribute("beyond_class", 2, "CASE WHEN is_here THEN loan_class END", is_counted=False),
    Attribute("beyond_product", 2, "CASE WHEN is_here THEN product_code END", is_counted=False),
)
_ELSEWHERE: tuple[Attribute, ...] = (
    Attribute("merged_outlet", 1, "CASE WHEN meets AND NOT is_here AND is_here_today THEN organisation_code END", is_counted=False),
    Attribute("came_later", 2, "CASE WHEN meets AND NOT is_here AND is_later THEN organisation_code END", is_counted=False),
    Attribute("left_earlier", 2, "CASE WHEN meets AND NOT is_here AND is_earlier THEN organisation_code END", is_counted=False),
    Attribute("home_here", 3, "CASE WHEN meets AND NOT is_here AND is_home_here THEN 'yes' END", is_counted=False),
)
"""Outlets of a subtree are told apart by their keeping outlet; what lies elsewhere by how it belongs here all the same."""

ATTRIBUTES: dict[str, Attribute] = {one.code: one for one in (*_COMMON, *_OF_ACCOUNTS, *_OF_LOANS, *_ELSEWHERE)}


def _elsewhere(attribute: Attribute) -> str:
    return f"CASE WHEN NOT (meets AND is_here) THEN {attribute.value} END"


def _members(reader: Reader, scope: Scope, day: date) -> tuple[str, ...]:
    condition = subtree_condition(scope, "o.organisation_code", f"DATE '{day}'")
    return tuple(row[0] for row in reader.rows(f"SELECT o.organisation_code FROM organisation AS o WHERE {condition} ORDER BY 1"))


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(quoted_text(code) for code in codes) or "''"


def _accounts_sql(day: str) -> str:
    return f"""
  SELECT a.account_number, a.currency, a.account_kind, a.product_code, a.product_category, a.product_group, a.product_line,
    a.customer_kind, a.customer_number, coalesce(a.account_status, 'none') AS account_status,
    coalesce(a.subject_code, 'none') AS subject_code, a.opened_on, a.closed_on,
    coalesce(p.organisation_code, a.organisation_code) AS organisation_code, p.previous_organisation_code,
    coalesce(b.balance, 0) AS balance
  FROM account AS a
  LEFT JOIN account_organisation_period AS p ON p.account_number = a.account_number AND p.currency = a.currency
    AND p.valid_from <= {day} AND (p.valid_until IS NULL OR p.valid_until > {day})
  LEFT JOIN account_balance AS b ON b.account_number = a.account_number AND b.currency = a.currency
    AND b.valid_from <= {day} AND (b.valid_until IS NULL OR b.valid_until > {day})"""


def _loans_sql(day: str) -> str:
    bucket = f"""CASE
      WHEN s.overdue_since IS NULL OR s.overdue_since >= {day} THEN 'none'
      WHEN date_diff('day', s.overdue_since, {day}) > (
        SELECT CAST(number_value AS BIGINT) FROM parameter WHERE parameter_code = 'long_overdue_days'
        AND valid_from <= {day} AND (valid_until IS NULL OR valid_until > {day})
      ) THEN 'over_90d'
      ELSE 'to_90d'
    END"""
    return f"""
  SELECT l.loan_number AS account_number, l.currency, 'loan' AS account_kind, l.product_code, l.customer_kind, l.customer_number,
    s.loan_class, s.loan_status, {bucket} AS overdue_bucket, s.is_agriculture, s.is_inclusive_small_micro,
    l.disbursed_on AS opened_on, l.ended_on AS closed_on, s.organisation_code, p.previous_organisation_code, s.balance
  FROM loan_state AS s
  INNER JOIN loan AS l ON l.loan_number = s.loan_number
  LEFT JOIN loan_organisation_period AS p ON p.loan_number = s.loan_number
    AND p.valid_from <= {day} AND (p.valid_until IS NULL OR p.valid_until > {day})
  WHERE s.valid_from <= {day} AND (s.valid_until IS NULL OR s.valid_until > {day})
  UNION ALL
  SELECT s.account_number, s.currency, 'loan', '信用卡透支', s.customer_kind, s.customer_number,
    s.loan_class, CASE WHEN s.overdue_since IS NULL THEN 'current' ELSE 'overdue' END, {bucket}, false, false,
    NULL, NULL, s.organisation_code, NULL, s.overdraft_balance
  FROM credit_card_state AS s
  WHERE s.valid_from <= {day} AND (s.valid_until IS NULL OR s.valid_until > {day})"""
