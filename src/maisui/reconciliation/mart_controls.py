"""Which marts must equal what they are made of: both sides added up by organisation and day, none left out on either side."""

from __future__ import annotations

from collections.abc import Sequence

from maisui.reconciliation.control import Rule
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day


def equal(code: str, name_zh: str, name_en: str, keys: Sequence[str], mart: str, base: str) -> Rule:
    """Return the control that `mart` and `base`, both SELECTs of `keys` and an amount, add up to the same for every key."""
    listed = ", ".join(keys)
    shown = ", ".join(f"CAST({key} AS VARCHAR) AS {key}" if key == "business_date" else key for key in keys)
    both = f"""
WITH ends AS (
  SELECT month_start, max(business_date) AS business_date FROM calendar_day GROUP BY month_start
),
mart AS ({mart}),
base AS ({base}),
lines AS (
  SELECT {listed}, CAST(amount AS DECIMAL(38,2)) AS amount FROM mart
  UNION ALL
  SELECT {listed}, CAST(-amount AS DECIMAL(38,2)) AS amount FROM base
)"""
    compared = f"{both}\nSELECT {shown}, CAST(sum(amount) AS DECIMAL(38,2)) AS difference_amount\nFROM lines\nGROUP BY {listed}\n"
    return Rule(
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        compared=compared,
        violations=f"{compared}HAVING sum(amount) <> 0\n",
        checked=f"{both}\nSELECT count(*) FROM (SELECT DISTINCT {listed} FROM lines) AS d",
    )


_PERIOD = """
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = {one}.account_number AND p.currency = {one}.currency
    AND {day} >= p.valid_from AND (p.valid_until IS NULL OR {day} < p.valid_until)"""

_HOME = "coalesce(h.organisation_code, c.home_organisation_code, 'none')"
_HOMED = """LEFT JOIN customer AS c ON c.customer_number = {one}.customer_number
    LEFT JOIN customer_home_period AS h
      ON h.customer_number = {one}.customer_number
      AND e.business_date >= h.valid_from AND (h.valid_until IS NULL OR e.business_date < h.valid_until)"""

PRODUCTS_EQUAL_ACCOUNTS = equal(
    "products_equal_accounts",
    "机构产品合计等于账户余额合计（各月末、各机构）",
    "Product totals equal account balances at every outlet and month end",
    ("business_date", "organisation_code", "account_kind", "currency"),
    """
  SELECT m.business_date, m.organisation_code, m.account_kind, m.currency, sum(m.balance) AS amount
  FROM product_day AS m
  INNER JOIN ends AS e ON e.business_date = m.business_date
  GROUP BY m.business_date, m.organisation_code, m.account_kind, m.currency
""",
    f"""
  SELECT
    e.business_date, coalesce(p.organisation_code, a.organisation_code) AS organisation_code, a.account_kind, a.currency,
    sum(a.closing_balance) AS amount
  FROM account_month AS a
  INNER JOIN ends AS e ON e.month_start = a.month_start{_PERIOD.format(one="a", day="e.business_date")}
  GROUP BY e.business_date, coalesce(p.organisation_code, a.organisation_code), a.account_kind, a.currency
""",
)
CHANNELS_EQUAL_TRANSACTIONS = equal(
    "channels_equal_transactions",
    "渠道合计等于交易明细合计（每日、各持有机构与办理机构）",
    "Channel totals equal transactions on every day, by holding and by handling outlet",
    ("business_date", "organisation_code", "handling_organisation_code", "currency", "counted"),
    """
  SELECT
    business_date, organisation_code, handling_organisation_code, currency, 'net change' AS counted,
    sum(credit_amount - debit_amount) AS amount
  FROM channel_day
  GROUP BY business_date, organisation_code, handling_organisation_code, currency
  UNION ALL
  SELECT business_date, organisation_code, handling_organisation_code, currency, 'postings' AS counted, sum(posting_count) AS amount
  FROM channel_day
  GROUP BY business_date, organisation_code, handling_organisation_code, currency
""",
    f"""
  SELECT
    t.posted_on AS business_date, t.holding_organisation_code AS organisation_code,
    coalesce(t.handling_organisation_code, 'none') AS handling_organisation_code, t.currency, 'net change' AS counted,
    sum({in_local_currency("t.balance_change", "x")}) AS amount
  FROM account_transaction AS t
  INNER JOIN calendar_day AS c ON c.business_date = t.posted_on
  {rate_of_day("t", "t.posted_on", "x")}
  GROUP BY t.posted_on, t.holding_organisation_code, coalesce(t.handling_organisation_code, 'none'), t.currency
  UNION ALL
  SELECT
    t.posted_on AS business_date, t.holding_organisation_code AS organisation_code,
    coalesce(t.handling_organisation_code, 'none') AS handling_organisation_code, t.currency, 'postings' AS counted, count(*) AS amount
  FROM account_transaction AS t
  INNER JOIN calendar_day AS c ON c.business_date = t.posted_on
  GROUP BY t.posted_on, t.holding_organisation_code, coalesce(t.handling_organisation_code, 'none'), t.currency
""",
)
HOURS_EQUAL_CHANNELS = equal(
    "hours_equal_channels",
    "时段合计等于渠道日统计（各月、各机构、渠道与交易类型）",
    "Hours add up to the channels' days, in every month by outlet, channel and content",
    ("business_date", "organisation_code", "channel_code", "transaction_type", "currency", "counted"),
    """
  SELECT
    business_date, organisation_code, channel_code, transaction_type, currency, 'count' AS counted, sum(transaction_count) AS amount
  FROM channel_hour_month
  GROUP BY business_date, organisation_code, channel_code, transaction_type, currency
  UNION ALL
  SELECT
    business_date, organisation_code, channel_code, transaction_type, currency, 'amount' AS counted, sum(transaction_amount) AS amount
  FROM channel_hour_month
  GROUP BY business_date, organisation_code, channel_code, transaction_type, currency
""",
    """
  SELECT
    e.business_date, m.organisation_code, m.channel_code, m.transaction_type, m.currency, 'count' AS counted,
    sum(m.transaction_count) AS amount
  FROM channel_day AS m
  INNER JOIN ends AS e ON e.month_start = CAST(date_trunc('month', m.business_date) AS DATE)
  WHERE m.account_kind = 'deposit' AND NOT m.is_bank_initiated
  GROUP BY e.business_date, m.organisation_code, m.channel_code, m.transaction_type, m.currency
  UNION ALL
  SELECT
    e.business_date, m.organisation_code, m.channel_code, m.transaction_type, m.currency, 'amount' AS counted,
    sum(m.transaction_amount) AS amount
  FROM channel_day AS m
  INNER JOIN ends AS e ON e.month_start = CAST(date_trunc('month', m.business_date) AS DATE)
  WHERE m.account_kind = 'deposit' AND NOT m.is_bank_initiated
  GROUP BY e.business_date, m.organisation_code, m.channel_code, m.transaction_type, m.currency
""",
)
CUSTOMERS_EQUAL_RELATIONS = equal(
    "customers_equal_relations",
    "客户日统计等于客户关系（各月末、各归属机构）",
    "Customers counted equal the relations in force, at every home outlet and month end",
    ("business_date", "organisation_code", "counted"),
    """
  SELECT m.business_date, m.organisation_code, 'holder' AS counted, sum(m.customer_count) AS amount
  FROM customer_day AS m
  INNER JOIN ends AS e ON e.business_date = m.business_date
  GROUP BY m.business_date, m.organisation_code
  UNION ALL
  SELECT m.business_date, m.organisation_code, 'depositor' AS counted, sum(m.depositor_count) AS amount
  FROM customer_day AS m
  INNER JOIN ends AS e ON e.business_date = m.business_date
  GROUP BY m.business_date, m.organisation_code
  UNION ALL
  SELECT m.business_date, m.organisation_code, 'borrower' AS counted, sum(m.borrower_count) AS amount
  FROM customer_day AS m
  INNER JOIN ends AS e ON e.business_date = m.business_date
  GROUP BY m.business_date, m.organisation_code
""",
    f"""
  SELECT business_date, organisation_code, counted, count(*) AS amount
  FROM (
    SELECT e.business_date, {_HOME} AS organisation_code, r.relation AS counted
    FROM customer_relation AS r
    INNER JOIN ends AS e ON e.business_date >= r.valid_from AND (r.valid_until IS NULL OR e.business_date < r.valid_until)
    {_HOMED.format(one="r")}
    LEFT JOIN customer_merge AS m
      ON m.customer_number = r.customer_number
      AND e.business_date >= m.valid_from AND (m.valid_until IS NULL OR e.business_date < m.valid_until)
    WHERE r.relation IN ('holder', 'depositor', 'borrower')
    QUALIFY row_number() OVER (
      PARTITION BY
        CASE WHEN r.relation = 'holder' THEN r.customer_number ELSE coalesce(m.surviving_number, r.customer_number) END,
        r.relation, e.business_date
      ORDER BY CASE WHEN m.surviving_number IS NULL THEN 0 ELSE 1 END, r.customer_number
    ) = 1
  ) AS persons
  GROUP BY business_date, organisation_code, counted
""",
)
ASSETS_EQUAL_PARTS = equal(
    "assets_equal_parts",
    "客户资产等于存款与持有产品之和（各月末、各机构）",
    "Customers' assets equal deposits and what they hold, at every outlet and month end",
    ("business_date", "organisation_code", "asset_kind", "currency"),
    """
  SELECT m.business_date, m.organisation_code, m.asset_kind, m.currency, sum(m.balance) AS amount
  FROM asset_day AS m
  INNER JOIN ends AS e ON e.business_date = m.business_date
  GROUP BY m.business_date, m.organisation_code, m.asset_kind, m.currency
""",
    f"""
  SELECT m.business_date, m.organisation_code, 'deposit' AS asset_kind, m.currency, sum(m.balance) AS amount
  FROM product_day AS m
  INNER JOIN ends AS e ON e.business_date = m.business_date
  WHERE m.account_kind = 'deposit' AND m.business_date >= (SELECT min(valid_from) FROM asset_holding)
  GROUP BY m.business_date, m.organisation_code, m.currency
  UNION ALL
  SELECT e.business_date, {_HOME} AS organisation_code, 'holding' AS asset_kind, a.currency, sum(a.market_amount) AS amount
  FROM asset_holding AS a
  INNER JOIN ends AS e ON e.business_date >= a.valid_from AND (a.valid_until IS NULL OR e.business_date < a.valid_until)
  {_HOMED.format(one="a")}
  GROUP BY e.business_date, {_HOME}, a.currency
""",
)
MATURITIES_EQUAL_ACCOUNTS = equal(
    "maturities_equal_accounts",
    "到期存款等于到期账户前一日余额（每日、各机构）",
    "What falls due equals the accounts' balances of the day before, on every day and at every outlet",
    ("business_date", "organisation_code", "currency"),
    """
  SELECT business_date, organisation_code, currency, sum(maturing_amount) AS amount
  FROM maturity_day
  GROUP BY business_date, organisation_code, currency
""",
    f"""
  SELECT
    t.matures_on AS business_date, coalesce(p.organisation_code, a.organisation_code) AS organisation_code, t.currency,
    sum(b.balance) AS amount
  FROM (
    SELECT DISTINCT s.account_number, s.currency, s.matures_on, least(CAST(s.matures_on - 1 AS DATE), d.last_day) AS held_on
    FROM deposit_term_snapshot AS s
    CROSS JOIN (SELECT min(business_date) AS first_day, max(business_date) AS last_day FROM calendar_day) AS d
    WHERE s.matures_on >= d.first_day AND s.reported_on <= s.matures_on
  ) AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency AND a.account_kind = 'deposit'
  INNER JOIN account_balance AS b
    ON b.account_number = t.account_number AND b.currency = t.currency
    AND b.valid_from <= t.held_on AND (b.valid_until IS NULL OR t.held_on < b.valid_until){_PERIOD.format(one="t", day="t.matures_on")}
  GROUP BY t.matures_on, coalesce(p.organisation_code, a.organisation_code), t.currency
""",
)
LOAN_CLASSES_EQUAL_RECEIPTS = equal(
    "loan_classes_equal_receipts",
    "贷款质量合计等于借据与信用卡透支（各月末、各机构）",
    "Loans by class equal receipts and card overdrafts, at every outlet and month end",
    ("business_date", "organisation_code", "currency"),
    """
  SELECT m.business_date, m.organisation_code, m.currency, sum(m.balance) AS amount
  FROM loan_class_day AS m
  INNER JOIN ends AS e ON e.business_date = m.business_date
  GROUP BY m.business_date, m.organisation_code, m.currency
""",
    """
  SELECT e.business_date, s.organisation_code, l.currency, sum(s.balance) AS amount
  FROM loan_state AS s
  INNER JOIN ends AS e ON e.business_date >= s.valid_from AND (s.valid_until IS NULL OR e.business_date < s.valid_until)
  INNER JOIN loan AS l ON l.loan_number = s.loan_number
  GROUP BY e.business_date, s.organisation_code, l.currency
  UNION ALL
  SELECT e.business_date, s.organisation_code, s.currency, sum(s.overdraft_balance) AS amount
  FROM credit_card_state AS s
  INNER JOIN ends AS e ON e.business_date >= s.valid_from AND (s.valid_until IS NULL OR e.business_date < s.valid_until)
  GROUP BY e.business_date, s.organisation_code, s.currency
""",
)
LOAN_FLOWS_EQUAL_POSTINGS = equal(
    "loan_flows_equal_postings",
    "贷款发放收回等于贷款账户交易与无账户借据（每日、各机构）",
    "Principal lent and collected equals postings on loan accounts and receipts without one, on every day and at every outlet",
    ("business_date", "organisation_code", "currency"),
    """
  SELECT business_date, organisation_code, currency, sum(disbursed_amount - collected_amount) AS amount
  FROM loan_flow_day
  GROUP BY business_date, organisation_code, currency
""",
    f"""
  SELECT
    t.posted_on AS business_date, coalesce(p.organisation_code, a.organisation_code) AS organisation_code, a.currency,
    sum(t.balance_change) AS amount
  FROM account_transaction AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency{_PERIOD.format(one="t", day="t.posted_on")}
  WHERE t.account_kind = 'loan' AND t.transaction_type IN ('loan_disbursement', 'loan_principal')
    AND t.posted_on <= (SELECT max(business_date) FROM calendar_day)
  GROUP BY t.posted_on, coalesce(p.organisation_code, a.organisation_code), a.currency
  UNION ALL
  SELECT l.disbursed_on AS business_date, l.organisation_code, l.currency, sum(l.disbursed_amount) AS amount
  FROM loan AS l
  LEFT JOIN account AS a ON a.account_number = l.account_number AND a.currency = l.currency AND a.account_kind = 'loan'
  WHERE l.product_code NOT IN ('票据贴现', '垫款') AND a.account_number IS NULL
    AND l.disbursed_on <= (SELECT max(business_date) FROM calendar_day)
  GROUP BY l.disbursed_on, l.organisation_code, l.currency
""",
)

MARTS_EQUAL_BASE: tuple[Rule, ...] = (
    PRODUCTS_EQUAL_ACCOUNTS,
    CHANNELS_EQUAL_TRANSACTIONS,
    HOURS_EQUAL_CHANNELS,
    CUSTOMERS_EQUAL_RELATIONS,
    ASSETS_EQUAL_PARTS,
    MATURITIES_EQUAL_ACCOUNTS,
    LOAN_CLASSES_EQUAL_RECEIPTS,
    LOAN_FLOWS_EQUAL_POSTINGS,
)
"""One control for each mart that repeats the sums of another table; they stop always, as only the product can break them."""
