"""What each outlet, product, kind of customer and manager contributed in each month; what persons share is split to the cent."""

from maisui.steps.step import Step
from maisui.tables.contribution_month import CONTRIBUTION_MONTH

_PARTS = (
    "balance_days", "interest_amount", "transfer_amount", "fee_amount", "vat_amount", "servicing_cost_amount", "expected_loss_amount",
    "tax_amount", "capital_days", "capital_charge_amount",
)  # fmt: skip
"""The columns that are split and added up; margin, contribution and value added follow from them, so a person's lines add up too."""

_KEYS = (
    "organisation_code, product_code, product_category, product_group, product_line, account_kind, customer_kind, employee_number, "
    "currency, business_date"
)

_CONTRIBUTION = "margin_amount + fee_amount - vat_amount - servicing_cost_amount - expected_loss_amount - tax_amount"


def _part(amount: str) -> str:
    """Return a person's part of `amount`, cut off at the cent; whoever has most takes what is left over."""
    cents = f"CAST(abs(c.{amount}) * 100 AS HUGEINT)"
    return (
        f"CASE WHEN c.{amount} < 0 THEN -1 ELSE 1 END * CAST(CAST({cents} * s.weight AS HUGEINT) // nullif(s.total_weight, 0) "
        f"AS DECIMAL(22,0)) * CAST('0.01' AS DECIMAL(3,2))"
    )


def _columns(text: str) -> str:
    return ",\n    ".join(text.format(amount=amount, part=_part(amount)) for amount in _PARTS)


CONTRIBUTION_MONTH_MART = Step(
    name="fill_contribution_month",
    writes=CONTRIBUTION_MONTH,
    reads=("account_contribution_month", "account_allocation", "calendar_day"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS business_date
  FROM calendar_day
  WHERE business_date >= $needed_from
  GROUP BY month_start
),
shares AS (
  SELECT
    l.account_number, l.currency, m.business_date, l.employee_number,
    CAST(sum(CAST(round(l.result_share * 1000000) AS BIGINT) * date_diff(
      'day',
      greatest(l.valid_from, m.month_start),
      least(coalesce(l.valid_until, CAST(m.business_date + 1 AS DATE)), CAST(m.business_date + 1 AS DATE))
    )) AS BIGINT) AS weight
  FROM account_allocation AS l
  INNER JOIN months AS m ON l.valid_from <= m.business_date AND (l.valid_until IS NULL OR l.valid_until > m.month_start)
  GROUP BY l.account_number, l.currency, m.business_date, l.employee_number
),
ranked AS (
  SELECT
    account_number, currency, business_date, employee_number, weight,
    CAST(sum(weight) OVER (PARTITION BY account_number, currency, business_date) AS BIGINT) AS total_weight,
    row_number() OVER (PARTITION BY account_number, currency, business_date ORDER BY weight DESC, employee_number) AS place,
    count(*) OVER (PARTITION BY account_number, currency, business_date) AS person_count
  FROM shares
),
split AS (
  SELECT
    c.account_number, c.currency, c.business_date, c.organisation_code, c.product_code, c.product_category, c.product_group, c.product_line,
    c.account_kind, c.customer_kind, s.employee_number, s.place, c.is_estimated,
    {_columns("CASE WHEN s.place = 1 THEN c.{amount} ELSE CAST({part} AS DECIMAL(38,2)) END AS {amount}")}
  FROM account_contribution_month AS c
  INNER JOIN ranked AS s
    ON s.account_number = c.account_number AND s.currency = c.currency AND s.business_date = c.business_date AND s.person_count > 1
  WHERE c.business_date >= $needed_from
),
given_away AS (
  SELECT
    account_number, currency, business_date,
    {_columns("CAST(sum({amount}) AS DECIMAL(38,2)) AS {amount}")}
  FROM split
  WHERE place > 1
  GROUP BY account_number, currency, business_date
),
persons AS (
  SELECT
    p.organisation_code, p.product_code, p.product_category, p.product_group, p.product_line, p.account_kind, p.customer_kind,
    p.employee_number, p.currency, p.business_date, CASE WHEN p.place = 1 THEN 1 ELSE 0 END AS account_count, p.is_estimated,
    {_columns("CASE WHEN p.place = 1 THEN p.{amount} - g.{amount} ELSE p.{amount} END AS {amount}")}
  FROM split AS p
  INNER JOIN given_away AS g ON g.account_number = p.account_number AND g.currency = p.currency AND g.business_date = p.business_date
  UNION ALL
  SELECT
    c.organisation_code, c.product_code, c.product_category, c.product_group, c.product_line, c.account_kind, c.customer_kind,
    coalesce(s.employee_number, 'unassigned') AS employee_number, c.currency, c.business_date,
    CASE WHEN c.account_kind = 'none' THEN 0 ELSE 1 END AS account_count, c.is_estimated,
    {_columns("CAST(c.{amount} AS DECIMAL(38,2)) AS {amount}")}
  FROM account_contribution_month AS c
  LEFT JOIN ranked AS s ON s.account_number = c.account_number AND s.currency = c.currency AND s.business_date = c.business_date
  WHERE c.business_date >= $needed_from AND (s.person_count IS NULL OR s.person_count = 1)
),
summed AS (
  SELECT
    {_KEYS},
    {_columns("CAST(sum({amount}) AS DECIMAL(38,2)) AS {amount}")},
    CAST(
      sum(CASE account_kind WHEN 'deposit' THEN transfer_amount - interest_amount ELSE interest_amount - transfer_amount END)
      AS DECIMAL(38,2)
    ) AS margin_amount,
    CAST(sum(account_count) AS BIGINT) AS account_count,
    CAST(sum(CASE WHEN is_estimated THEN account_count ELSE 0 END) AS BIGINT) AS estimated_account_count
  FROM persons
  GROUP BY {_KEYS}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  {_KEYS},
  {", ".join(_PARTS)},
  margin_amount,
  {_CONTRIBUTION} AS contribution_amount,
  {_CONTRIBUTION} - capital_charge_amount AS economic_value_added_amount,
  account_count,
  estimated_account_count
FROM summed
""",
)
