"""Which labels exclude each other and which leave nobody out, and that labels and flows count as the marts beside them do."""

from maisui.reconciliation.control import Rule
from maisui.reconciliation.mart_controls import equal

LABELS_EXCLUSIVE = Rule(
    code="labels_exclusive",
    name_zh="标签：每个客户恰有一个生命周期阶段，至多属于一个农村客群（各月末）",
    name_en="Every customer has exactly one life stage and at most one rural group, at every month end",
    violations="""
WITH counted AS (
  SELECT
    f.business_date, f.organisation_code, f.customer_number,
    count(*) FILTER (WHERE b.family_code = 'life_stage') AS stage_count,
    count(*) FILTER (WHERE b.family_code = 'rural_group') AS group_count
  FROM customer_fact_month AS f
  LEFT JOIN customer_label AS b
    ON b.customer_number = f.customer_number AND b.business_date = f.business_date AND b.reason_rank = 1
  GROUP BY f.business_date, f.organisation_code, f.customer_number
)
SELECT
  CAST(business_date AS VARCHAR) AS business_date, organisation_code, CAST(count(*) AS DECIMAL(38,2)) AS difference_amount
FROM counted
WHERE stage_count <> 1 OR group_count > 1
GROUP BY business_date, organisation_code
""",
    checked="SELECT count(*) FROM customer_fact_month",
)
QUALITY_LABELS_EQUAL_BASE = equal(
    "quality_labels_equal_base",
    "标签：优质客户数等于客户基础统计（各月末、各机构）",
    "Quality labels equal the customer base, at every outlet and month end",
    ("business_date", "organisation_code"),
    """
  SELECT m.business_date, m.organisation_code, sum(m.customer_count) AS amount
  FROM customer_label_day AS m
  WHERE m.label_code = 'quality'
  GROUP BY m.business_date, m.organisation_code
""",
    """
  SELECT m.business_date, m.organisation_code, sum(m.quality_customer_count) AS amount
  FROM customer_base_day AS m
  GROUP BY m.business_date, m.organisation_code
""",
)
CUSTOMER_FLOWS_EQUAL_CHANNELS = equal(
    "customer_flows_equal_channels",
    "资金流：客户流入、流出合计等于渠道统计（逐月）",
    "Customers' flows in and out equal those of the channels, month by month",
    ("business_date", "direction_code"),
    """
  SELECT e.business_date, 'in' AS direction_code, sum(m.inflow_amount) AS amount
  FROM customer_flow_month AS m
  INNER JOIN ends AS e ON e.month_start = m.month_start
  GROUP BY e.business_date
  UNION ALL
  SELECT e.business_date, 'out' AS direction_code, sum(m.outflow_amount) AS amount
  FROM customer_flow_month AS m
  INNER JOIN ends AS e ON e.month_start = m.month_start
  GROUP BY e.business_date
""",
    """
  SELECT e.business_date, 'in' AS direction_code, sum(c.inflow_amount) AS amount
  FROM channel_day AS c
  INNER JOIN ends AS e ON e.month_start = CAST(date_trunc('month', c.business_date) AS DATE)
  WHERE c.account_kind = 'deposit' AND c.counterparty_code <> 'own_account' AND c.transaction_type <> 'interest'
  GROUP BY e.business_date
  UNION ALL
  SELECT e.business_date, 'out' AS direction_code, sum(c.outflow_amount) AS amount
  FROM channel_day AS c
  INNER JOIN ends AS e ON e.month_start = CAST(date_trunc('month', c.business_date) AS DATE)
  WHERE c.account_kind = 'deposit' AND c.counterparty_code <> 'own_account' AND c.transaction_type <> 'interest'
  GROUP BY e.business_date
""",
)
LABEL_RULES: tuple[Rule, ...] = (LABELS_EXCLUSIVE, QUALITY_LABELS_EQUAL_BASE, CUSTOMER_FLOWS_EQUAL_CHANNELS)
"""The controls of labels and customers' flows; they stop always, as only the product can break them."""
