"""Where each customer's part of a figure comes from: the rows that its mart adds up, one for each account, loan, holding or posting.

A source has the columns of its mart that a metric's condition, expression and dimensions name, and `customer_number` beside them, so
that the metric's own definition takes it apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maisui.answers.ask import Note
from maisui.integration.list_account_aliases import LIST_ACCOUNT_ALIASES
from maisui.integration.match_reversals import MATCH_REVERSALS
from maisui.marts.channel_day import COUNTERPARTY, COUNTERPARTY_JOINS, ELECTRONIC, OWN_BANKS
from maisui.marts.loan_class_day import LONG_OVERDUE, OVERDUE_BUCKET, loan_states
from maisui.marts.loan_flow_day import loan_flows
from maisui.metrics import Metric, Timing
from maisui.metrics.channels import ELECTRONIC_COUNT
from maisui.metrics.measure_sql import Window
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step

COUNTED = "CAST(sum(customer_count) AS BIGINT)"
"""The expression of the number of customers: of those in the relation `holder`."""


@dataclass(frozen=True, slots=True)
class MoverSource:
    """The rows behind the figures of one mart.

    Attributes:
        mart: the mart whose figures they make.
        timing: whether these are balances of a day or flows of a period.
        rows: the SELECT of the rows of a window; of a balance those of its last day.
        common: common tables that the rows of both windows read.
        expressions: what may be asked of them; a metric that asks for something else has no customers here.
        without: dimensions of the mart that its rows do not have.
        is_by_manager: whether the rows can be narrowed to a manager's accounts.
        is_nought_without_rows: whether a day on which the mart has no row is a figure of nought, not one that is unknown.
    """

    mart: str
    timing: Timing
    rows: Callable[[Window], str]
    expressions: tuple[str, ...]
    common: str = ""
    without: tuple[str, ...] = ("date",)
    is_by_manager: bool = False
    is_nought_without_rows: bool = False


def source_of(metric: Metric) -> MoverSource | None:
    """Return where customers' parts of a metric come from; None where they are not known."""
    measure = metric.numerator
    if metric.denominator is not None:
        return None
    return next(
        (one for one in SOURCES if (one.mart, one.timing) == (measure.mart, measure.timing) and measure.expression in one.expressions), None
    )


def why_no_movers(metric: Metric) -> Note | None:
    """Return why a metric cannot be taken apart by customer; None where it can."""
    if source_of(metric) is not None:
        return None
    measure = metric.numerator
    if metric.denominator is not None:
        return Note("比率不能由客户相加得出", "a ratio is no sum over customers")
    if measure.timing is Timing.AVERAGE:
        return Note("日均逐户四舍五入后加不到合计，请看余额", "averages rounded by customer do not add up to it; look at the balance")
    if measure.timing is Timing.YEAR_START:
        return Note("本身就是增减额，请看余额较年初", "it is a change itself; look at the balance against year start")
    return _WHY.get(measure.mart, Note("明细不带客户号，或按去重人数计", "its rows name no customer, or it counts each customer once"))


_LEDGER = Note("来自总账科目，总账不记到客户；请看客户贡献", "it comes from ledger subjects, which name no customer; look at contribution")
_WHY = {
    "income_day": _LEDGER,
    "ledger_day": _LEDGER,
    "ledger_line_day": _LEDGER,
    "interest_day": _LEDGER,
    "profit_bridge_month": _LEDGER,
    "channel_attempt_day": Note("渠道日志含他行客户，不能归到本行客户", "the channel log has other banks' customers, too"),
    "agency_business_day": Note("按客户经理与产品汇总，明细见产品分析", "it is summed by manager and product; products name the customers"),
    "merchant_month": Note("按商户而不是客户计", "it counts merchants, not customers"),
    "regulatory_day": Note("监管填报数，只有全行合计", "a figure reported for the whole bank"),
}


def _again(step: Step) -> str:
    """Return the common table of a step whose rows no version publishes: they are found again by its own rule."""
    return f"{step.writes.name} AS (\n{step.query.replace('$legal_entity_code', 'NULL')})"


def _accounts(window: Window) -> str:
    day = f"DATE '{window.day}'"
    return f"""
  SELECT
    a.customer_number, coalesce(p.organisation_code, a.organisation_code) AS organisation_code, a.account_kind, a.product_code,
    a.product_category, a.product_group, a.product_line, a.customer_kind, a.currency, b.balance, a.account_number
  FROM account AS a
  INNER JOIN account_balance AS b
    ON b.account_number = a.account_number AND b.currency = a.currency
    AND b.valid_from <= {day} AND (b.valid_until IS NULL OR b.valid_until > {day})
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = a.account_number AND p.currency = a.currency
    AND p.valid_from <= {day} AND (p.valid_until IS NULL OR p.valid_until > {day})"""


def _customers(window: Window) -> str:
    day = f"DATE '{window.day}'"
    return f"""
  SELECT DISTINCT
    r.customer_number, coalesce(h.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    coalesce(c.customer_kind, 'unknown') AS customer_kind, 1 AS customer_count
  FROM customer_relation AS r
  LEFT JOIN customer AS c ON c.customer_number = r.customer_number
  LEFT JOIN customer_home_period AS h
    ON h.customer_number = r.customer_number AND h.valid_from <= {day} AND (h.valid_until IS NULL OR h.valid_until > {day})
  WHERE r.relation = 'holder' AND r.valid_from <= {day} AND (r.valid_until IS NULL OR r.valid_until > {day})"""


def _assets(window: Window) -> str:
    day = f"DATE '{window.day}'"
    return f"""
  SELECT customer_number, organisation_code, customer_kind, 'deposit' AS asset_kind, product_group, product_line, currency, balance
  FROM ({_accounts(window)}
  ) AS d WHERE account_kind = 'deposit'
  UNION ALL
  SELECT
    h.customer_number, coalesce(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    coalesce(c.customer_kind, 'unknown') AS customer_kind, 'holding' AS asset_kind, h.product_group, h.product_line, h.currency,
    h.market_amount AS balance
  FROM asset_holding AS h
  LEFT JOIN customer AS c ON c.customer_number = h.customer_number
  LEFT JOIN customer_home_period AS p
    ON p.customer_number = h.customer_number AND p.valid_from <= {day} AND (p.valid_until IS NULL OR p.valid_until > {day})
  WHERE h.valid_from <= {day} AND (h.valid_until IS NULL OR h.valid_until > {day})"""


def _loans(window: Window) -> str:
    return f"""
  SELECT s.*, {OVERDUE_BUCKET} AS overdue_bucket
  FROM states AS s
  INNER JOIN (SELECT DATE '{window.day}' AS business_date) AS c
    ON c.business_date >= s.valid_from AND (s.valid_until IS NULL OR c.business_date < s.valid_until)
  INNER JOIN long_overdue AS p ON c.business_date >= p.valid_from AND c.business_date < p.valid_until"""


def _loan_flows(window: Window) -> str:
    return f"""
  SELECT * FROM flows WHERE business_date BETWEEN DATE '{window.period_start}' AND DATE '{window.day}'"""


def _contributions(window: Window) -> str:
    return f"""
  SELECT * FROM account_contribution_month WHERE business_date BETWEEN DATE '{window.period_start}' AND DATE '{window.day}'"""


def _postings(window: Window) -> str:
    change = in_local_currency("t.balance_change", "x")
    counts = "coalesce(r.counts_as, 1)"
    return f"""
  SELECT
    coalesce(a.customer_number, t.customer_number) AS customer_number, t.holding_organisation_code AS organisation_code,
    coalesce(t.handling_organisation_code, 'none') AS handling_organisation_code, t.account_kind,
    coalesce(a.customer_kind, 'unknown') AS customer_kind, t.channel_code, t.transaction_type, t.currency, t.is_bank_initiated,
    coalesce(t.initiator_code, CASE WHEN t.is_bank_initiated THEN 'bank' ELSE 'customer' END) AS initiator_code,
    {COUNTERPARTY} AS counterparty_code, t.posted_on AS business_date, e.channel_code IS NOT NULL AS is_electronic,
    {counts} AS transaction_count,
    {counts} * {in_local_currency("t.amount", "x")} AS transaction_amount,
    CASE WHEN {counts} * ({change}) > 0 THEN {change} ELSE 0 END AS inflow_amount,
    CASE WHEN {counts} * ({change}) < 0 THEN -({change}) ELSE 0 END AS outflow_amount
  FROM account_transaction AS t
  LEFT JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  {rate_of_day("t", "t.posted_on", "x")}
  {COUNTERPARTY_JOINS}
  LEFT JOIN electronic AS e ON e.channel_code = t.channel_code AND t.posted_on >= e.valid_from AND t.posted_on < e.valid_until
  WHERE t.posted_on BETWEEN DATE '{window.period_start}' AND DATE '{window.day}'"""


_BALANCE = ("sum(balance)",)
_PARTS = ("margin", "fee", "vat", "tax", "expected_loss", "contribution", "capital_charge", "economic_value_added")
_CONTRIBUTIONS = tuple(f"sum({part}_amount)" for part in _PARTS)
_FLOWS = (
    "sum(inflow_amount)", "sum(outflow_amount)", "sum(inflow_amount - outflow_amount)", "sum(outflow_amount - inflow_amount)",
    "CAST(sum(transaction_count) AS BIGINT)", "sum(transaction_amount)", ELECTRONIC_COUNT.expression,
)  # fmt: skip
SOURCES: tuple[MoverSource, ...] = (
    MoverSource("product_day", Timing.POINT, _accounts, _BALANCE, is_by_manager=True, is_nought_without_rows=True),
    MoverSource("customer_day", Timing.POINT, _customers, (COUNTED,), is_nought_without_rows=True),
    MoverSource("asset_day", Timing.POINT, _assets, _BALANCE),
    MoverSource(
        "loan_class_day",
        Timing.POINT,
        _loans,
        _BALANCE,
        common=f"long_overdue AS (\n{LONG_OVERDUE}\n),\n{loan_states('l.customer_number, ', 'customer_number, ')}",
    ),
    MoverSource(
        "loan_flow_day",
        Timing.PERIOD,
        _loan_flows,
        ("sum(disbursed_amount)", "CAST(sum(disbursed_count) AS BIGINT)", "sum(collected_amount)"),
        common=f"{_again(MATCH_REVERSALS)},\n{loan_flows('a.customer_number, ', 'l.customer_number, ')}",
    ),
    MoverSource(
        "channel_day",
        Timing.PERIOD,
        _postings,
        _FLOWS,
        common=f"{_again(MATCH_REVERSALS)},\n{_again(LIST_ACCOUNT_ALIASES)},\n{OWN_BANKS},\n{ELECTRONIC}",
    ),
    MoverSource(
        "contribution_month", Timing.PERIOD, _contributions, tuple(f"sum({part}_amount)" for part in _PARTS), without=("date", "manager")
    ),
)
"""Every mart whose figures can be taken apart by customer."""
