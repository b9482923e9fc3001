"""Marts of one product repeat the sums of others: movements those of channels, every cut of the structure the balances of products."""

from maisui.reconciliation.control import Rule
from maisui.reconciliation.mart_controls import equal

ACTIVITY_EQUALS_CHANNELS = equal(
    "product_activity_equals_channels",
    "产品交易合计等于渠道统计（各月、各机构、渠道）",
    "Movements by product add up to the channels', in every month by outlet and channel",
    ("business_date", "organisation_code", "channel_code", "currency", "counted"),
    """
  SELECT business_date, organisation_code, channel_code, currency, 'count' AS counted, sum(transaction_count) AS amount
  FROM product_activity_month
  GROUP BY business_date, organisation_code, channel_code, currency
  UNION ALL
  SELECT business_date, organisation_code, channel_code, currency, 'amount' AS counted, sum(transaction_amount) AS amount
  FROM product_activity_month
  GROUP BY business_date, organisation_code, channel_code, currency
""",
    """
  SELECT e.business_date, m.organisation_code, m.channel_code, m.currency, 'count' AS counted, sum(m.transaction_count) AS amount
  FROM channel_day AS m
  INNER JOIN ends AS e ON e.month_start = CAST(date_trunc('month', m.business_date) AS DATE)
  WHERE NOT m.is_bank_initiated
  GROUP BY e.business_date, m.organisation_code, m.channel_code, m.currency
  UNION ALL
  SELECT e.business_date, m.organisation_code, m.channel_code, m.currency, 'amount' AS counted, sum(m.transaction_amount) AS amount
  FROM channel_day AS m
  INNER JOIN ends AS e ON e.month_start = CAST(date_trunc('month', m.business_date) AS DATE)
  WHERE NOT m.is_bank_initiated
  GROUP BY e.business_date, m.organisation_code, m.channel_code, m.currency
""",
)
STRUCTURE_EQUALS_PRODUCTS = equal(
    "product_structure_equals_balances",
    "产品结构每种分段合计等于产品余额（报告日）",
    "Every cut of a product's structure adds up to its balance on the reporting date",
    ("business_date", "section_kind", "product_code", "currency"),
    """
  SELECT business_date, section_kind, product_code, currency, sum(balance) AS amount
  FROM product_structure_day
  GROUP BY business_date, section_kind, product_code, currency
""",
    """
  SELECT m.business_date, k.section_kind, m.product_code, m.currency, sum(m.balance) AS amount
  FROM product_day AS m
  INNER JOIN (SELECT DISTINCT business_date, section_kind FROM product_structure_day) AS k ON k.business_date = m.business_date
  GROUP BY m.business_date, k.section_kind, m.product_code, m.currency
""",
)
PRODUCT_RULES: tuple[Rule, ...] = (ACTIVITY_EQUALS_CHANNELS, STRUCTURE_EQUALS_PRODUCTS)
"""They stop always, as only the product can break them."""
