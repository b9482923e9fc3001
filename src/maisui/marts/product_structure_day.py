"""Accounts open or with a balance on the reporting date in bands of term, rate, amount and time to maturity, by the limits of that day."""

from maisui.steps.step import Step
from maisui.tables.product_structure_day import PRODUCT_STRUCTURE_DAY

_CUTS = (
    ("term", "CAST(o.term_month_count AS DECIMAL(24,6))"),
    ("rate", "CAST(o.interest_rate AS DECIMAL(24,6))"),
    ("amount", "CAST(o.balance AS DECIMAL(24,6))"),
    ("maturity", "CAST(o.days_left AS DECIMAL(24,6))"),
)
"""Each way of cutting with the number by which it cuts; null is band -1."""
_KIND = " ".join(f"WHEN p.parameter_code LIKE 'product_band.{kind}.%' THEN '{kind}'" for kind, _ in _CUTS)
_MEASURED = "\n  UNION ALL\n".join(
    f"  SELECT o.account_number, o.currency, '{kind}' AS section_kind, {number} AS number_value FROM held_accounts AS o"
    for kind, number in _CUTS
)
_COMPARED = "CAST({0} * CAST(CASE m.section_kind WHEN 'amount' THEN 10000 ELSE 1 END AS DECIMAL(6,0)) AS DECIMAL(24,6))"
"""A limit as it is compared: those of amounts are in ten thousand yuan."""
_MONTHS = "(year({0}) * 12 + month({0}))"

PRODUCT_STRUCTURE_DAY_MART = Step(
    name="fill_product_structure_day",
    writes=PRODUCT_STRUCTURE_DAY,
    reads=("account", "account_balance", "account_rate_period", "deposit_term", "loan", "parameter"),
    query=f"""
WITH terms AS (
  SELECT account_number, currency, coalesce(value_on, first_reported_on) AS runs_from, matures_on, term_month_count FROM deposit_term
  UNION ALL
  SELECT
    account_number, currency, disbursed_on AS runs_from, matures_on,
    CAST({_MONTHS.format("matures_on")} - {_MONTHS.format("disbursed_on")} AS BIGINT) AS term_month_count
  FROM loan
),
last_term AS (
  SELECT account_number, currency, matures_on, term_month_count
  FROM terms
  WHERE runs_from <= $reporting_date AND matures_on IS NOT NULL AND account_number IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY account_number, currency ORDER BY runs_from DESC, matures_on DESC, coalesce(term_month_count, 0) DESC
  ) = 1
),
held_accounts AS (
  SELECT
    a.account_number, a.currency, a.organisation_code, a.product_code, a.product_group, a.product_line, a.customer_kind,
    coalesce(b.balance, CAST(0 AS DECIMAL(18,2))) AS balance, r.interest_rate, t.term_month_count,
    date_diff('day', $reporting_date, t.matures_on) AS days_left,
    a.opened_on <= $reporting_date AND (a.closed_on IS NULL OR a.closed_on > $reporting_date) AS is_open
  FROM account AS a
  LEFT JOIN account_balance AS b
    ON b.account_number = a.account_number AND b.currency = a.currency
    AND b.valid_from <= $reporting_date AND (b.valid_until IS NULL OR b.valid_until > $reporting_date)
  LEFT JOIN account_rate_period AS r
    ON r.account_number = a.account_number AND r.currency = a.currency
    AND r.valid_from <= $reporting_date AND (r.valid_until IS NULL OR r.valid_until > $reporting_date)
  LEFT JOIN last_term AS t ON t.account_number = a.account_number AND t.currency = a.currency
  WHERE b.balance <> 0 OR (a.opened_on <= $reporting_date AND (a.closed_on IS NULL OR a.closed_on > $reporting_date))
),
limits AS (
  SELECT CASE {_KIND} END AS section_kind, p.number_value AS lower_limit_number
  FROM parameter AS p
  WHERE p.parameter_code LIKE 'product_band.%' AND p.valid_from <= $reporting_date
    AND (p.valid_until IS NULL OR p.valid_until > $reporting_date)
),
numbered AS (
  SELECT
    section_kind, lower_limit_number,
    lead(lower_limit_number) OVER (PARTITION BY section_kind ORDER BY lower_limit_number) AS upper_limit_number,
    row_number() OVER (PARTITION BY section_kind ORDER BY lower_limit_number) AS band_number
  FROM limits
  WHERE section_kind IS NOT NULL
),
bands AS (
  SELECT
    section_kind, CAST(lower_limit_number AS DECIMAL(12,6)) AS lower_limit_number,
    CAST(upper_limit_number AS DECIMAL(12,6)) AS upper_limit_number, CAST(band_number AS BIGINT) AS band_number
  FROM numbered
  UNION ALL
  SELECT
    section_kind, CAST(NULL AS DECIMAL(12,6)) AS lower_limit_number, CAST(min(lower_limit_number) AS DECIMAL(12,6)) AS upper_limit_number,
    CAST(0 AS BIGINT) AS band_number
  FROM numbered
  GROUP BY section_kind
),
measured AS (
{_MEASURED}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  o.organisation_code,
  o.product_code,
  o.product_group,
  min(o.product_line) AS product_line,
  o.customer_kind,
  o.currency,
  m.section_kind,
  coalesce(n.band_number, CAST(-1 AS BIGINT)) AS band_number,
  $reporting_date AS business_date,
  max(n.lower_limit_number) AS lower_limit_number,
  max(n.upper_limit_number) AS upper_limit_number,
  CAST(count(*) FILTER (WHERE o.is_open) AS BIGINT) AS account_count,
  CAST(sum(o.balance) AS DECIMAL(38,2)) AS balance
FROM measured AS m
INNER JOIN held_accounts AS o ON o.account_number = m.account_number AND o.currency = m.currency
LEFT JOIN bands AS n
  ON n.section_kind = m.section_kind
  AND (n.lower_limit_number IS NULL OR m.number_value >= {_COMPARED.format("n.lower_limit_number")})
  AND (n.upper_limit_number IS NULL OR m.number_value < {_COMPARED.format("n.upper_limit_number")})
  AND m.number_value IS NOT NULL
GROUP BY
  o.organisation_code, o.product_code, o.product_group, o.customer_kind, o.currency, m.section_kind,
  coalesce(n.band_number, CAST(-1 AS BIGINT))
""",
)
