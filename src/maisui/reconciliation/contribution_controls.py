"""Whether contribution adds up the same over every cut, and whether it explains the ledger's profit."""

from maisui.reconciliation.control import Rule

_AMOUNTS = ("contribution_amount", "servicing_cost_amount", "expected_loss_amount", "economic_value_added_amount")


def _summed(table: str, amounts: tuple[str, ...] = _AMOUNTS) -> str:
    sums = ", ".join(f"CAST(sum({amount}) AS DECIMAL(38,2)) AS {amount}" for amount in amounts)
    return f"SELECT business_date, currency, {sums} FROM {table} GROUP BY business_date, currency"


def _missing(amounts: tuple[str, ...] = _AMOUNTS) -> str:
    nil = "CAST(0 AS DECIMAL(38,2))"
    gaps = " + ".join(f"abs(coalesce(m.{amount}, {nil}) - coalesce(a.{amount}, {nil}))" for amount in amounts)
    return f"CAST({gaps} AS DECIMAL(38,2))"


CONTRIBUTION_ADDS_UP = Rule(
    code="contribution_adds_up",
    name_zh="贡献：机构、产品、客户经理合计与客户合计均等于账户合计（逐月）",
    name_en="Contribution by outlet, product and manager, and by customer, equals that of accounts, month by month",
    violations=f"""
WITH accounts AS (
  {_summed("account_contribution_month")}
),
managers AS (
  {_summed("contribution_month")}
),
customers AS (
  {_summed("customer_contribution_month")}
),
compared AS (
  SELECT coalesce(m.business_date, a.business_date) AS business_date, 'manager' AS cut_code, {_missing()} AS difference_amount
  FROM managers AS m
  FULL JOIN accounts AS a ON a.business_date = m.business_date AND a.currency = m.currency
  UNION ALL
  SELECT coalesce(m.business_date, a.business_date) AS business_date, 'customer' AS cut_code, {_missing()} AS difference_amount
  FROM customers AS m
  FULL JOIN accounts AS a ON a.business_date = m.business_date AND a.currency = m.currency
)
SELECT CAST(business_date AS VARCHAR) AS business_date, cut_code, difference_amount
FROM compared
WHERE difference_amount <> 0
""",
    checked="SELECT 2 * count(*) FROM (SELECT DISTINCT business_date, currency FROM account_contribution_month) AS d",
)
SERVICE_COST_ADDS_UP = Rule(
    code="service_cost_adds_up",
    name_zh="服务成本：渠道合计等于账户合计（逐月、逐机构）",
    name_en="Servicing cost by channel equals that of accounts, month by month and outlet by outlet",
    violations="""
WITH channels AS (
  SELECT business_date, organisation_code, CAST(sum(cost_amount) AS DECIMAL(38,2)) AS total
  FROM service_cost_month
  GROUP BY business_date, organisation_code
),
accounts AS (
  SELECT business_date, organisation_code, CAST(sum(servicing_cost_amount) AS DECIMAL(38,2)) AS total
  FROM account_contribution_month
  GROUP BY business_date, organisation_code
)
SELECT
  CAST(coalesce(a.business_date, c.business_date) AS VARCHAR) AS business_date,
  coalesce(a.organisation_code, c.organisation_code) AS organisation_code,
  coalesce(c.total, CAST(0 AS DECIMAL(38,2))) - coalesce(a.total, CAST(0 AS DECIMAL(38,2))) AS difference_amount
FROM accounts AS a
FULL JOIN channels AS c ON c.business_date = a.business_date AND c.organisation_code = a.organisation_code
WHERE EXISTS (SELECT 1 FROM account_contribution_month)
  AND coalesce(c.total, CAST(0 AS DECIMAL(38,2))) <> coalesce(a.total, CAST(0 AS DECIMAL(38,2)))
""",
    checked="SELECT count(*) FROM (SELECT DISTINCT business_date, organisation_code FROM account_contribution_month) AS d",
)
PROFIT_EXPLAINED = Rule(
    code="profit_explained",
    name_zh="利润桥：未解释部分不超过净利润的限额（逐月）",
    name_en="The profit bridge leaves no more unexplained than its limit, month by month",
    violations="""
WITH months AS (
  SELECT
    business_date, currency, CAST(sum(profit_amount) AS DECIMAL(38,2)) AS net_profit,
    CAST(coalesce(sum(profit_amount) FILTER (WHERE bridge_line_code = 'unexplained'), 0) AS DECIMAL(38,2)) AS unexplained
  FROM profit_bridge_month
  GROUP BY business_date, currency
)
SELECT CAST(m.business_date AS VARCHAR) AS business_date, m.currency, m.unexplained AS difference_amount
FROM months AS m
INNER JOIN parameter AS p
  ON p.parameter_code = 'unexplained_profit_limit'
  AND p.valid_from <= m.business_date AND (p.valid_until IS NULL OR p.valid_until > m.business_date)
WHERE CAST(abs(m.unexplained) AS DECIMAL(20,2)) > CAST(CAST(abs(m.net_profit) AS DECIMAL(20,2)) * p.number_value AS DECIMAL(38,8))
""",
    checked="SELECT count(*) FROM (SELECT DISTINCT business_date, currency FROM profit_bridge_month) AS d",
    setting="profit",
)
