"""Which figures of the allocation to managers must tie, and which assignments and decisions of people are not in force."""

from maisui.reconciliation.control import Rule

MANAGERS_EQUAL_BALANCES = Rule(
    code="managers_equal_balances",
    name_zh="业绩归属：各客户经理与未分配之和等于机构余额（每日）",
    name_en="Managers and unassigned add up to the outlet's balance, every day",
    violations="""
WITH managers AS (
  SELECT organisation_code, account_kind, currency, business_date, CAST(sum(balance) AS DECIMAL(38,2)) AS total
  FROM manager_day
  GROUP BY organisation_code, account_kind, currency, business_date
),
delivered AS (
  SELECT (SELECT count(*) FROM manager_assignment) + (SELECT count(*) FROM allocation_decision) AS assignment_count
),
outlets AS (
  SELECT p.organisation_code, p.account_kind, p.currency, p.business_date, CAST(sum(p.balance) AS DECIMAL(38,2)) AS total
  FROM product_day AS p
  CROSS JOIN delivered AS d
  WHERE d.assignment_count > 0
  GROUP BY p.organisation_code, p.account_kind, p.currency, p.business_date
)
SELECT
  CAST(coalesce(o.business_date, m.business_date) AS VARCHAR) AS business_date,
  coalesce(o.organisation_code, m.organisation_code) AS organisation_code,
  coalesce(o.account_kind, m.account_kind) AS account_kind,
  coalesce(o.currency, m.currency) AS currency,
  coalesce(m.total, CAST(0 AS DECIMAL(38,2))) - coalesce(o.total, CAST(0 AS DECIMAL(38,2))) AS difference_amount
FROM outlets AS o
FULL JOIN managers AS m
  ON m.organisation_code = o.organisation_code AND m.account_kind = o.account_kind AND m.currency = o.currency
  AND m.business_date = o.business_date
WHERE coalesce(m.total, CAST(0 AS DECIMAL(38,2))) <> coalesce(o.total, CAST(0 AS DECIMAL(38,2)))
""",
    checked="SELECT count(*) FROM (SELECT DISTINCT organisation_code, account_kind, currency, business_date FROM manager_day) AS d",
)
ASSIGNMENTS_ACCEPTED = Rule(
    code="assignments_accepted",
    name_zh="客户经理分配：每条分配均有效",
    name_en="Every assignment to a manager is in force",
    violations="""
SELECT
  employee_number, object_kind, refusal_code, source_file_id, CAST(source_line AS VARCHAR) AS source_line, result_share AS difference_amount
FROM manager_assignment
WHERE NOT is_accepted
""",
    checked="SELECT count(*) FROM manager_assignment",
    severity="warn",
)
ALLOCATION_DECISIONS_ACCEPTED = Rule(
    code="allocation_decisions_accepted",
    name_zh="业绩归属决定：每条决定均有效",
    name_en="Every decision about whose results are whose is in force",
    violations="""
SELECT
  CAST(decision_number AS VARCHAR) AS decision_number, coalesce(employee_number, 'unassigned') AS employee_number, object_kind,
  refusal_code, source_file_id, CAST(source_line AS VARCHAR) AS source_line, result_share AS difference_amount
FROM allocation_decision
WHERE NOT is_accepted
""",
    checked="SELECT count(*) FROM allocation_decision",
    severity="warn",
)
SHARES_MAKE_THE_WHOLE = Rule(
    code="shares_make_the_whole",
    name_zh="业绩归属：每个账户每日各人与未分配占比之和为 100%",
    name_en="Shares of persons and the unassigned make 100 % of each account on each day",
    violations="""
SELECT
  CAST(valid_from AS VARCHAR) AS valid_from, organisation_code, currency, CAST(count(*) AS VARCHAR) AS account_count,
  CAST(sum(result_share) AS DECIMAL(38,6)) AS difference_amount
FROM (
  SELECT account_number, currency, valid_from, min(organisation_code) AS organisation_code,
    CAST(sum(result_share) AS DECIMAL(38,6)) - 1 AS result_share
  FROM account_allocation
  GROUP BY account_number, currency, valid_from
) AS s
WHERE result_share <> 0
GROUP BY valid_from, organisation_code, currency
""",
    checked="SELECT count(*) FROM (SELECT DISTINCT account_number, currency, valid_from FROM account_allocation) AS s",
)
TIER_DECISIONS_ACCEPTED = Rule(
    code="tier_decisions_accepted",
    name_zh="等级核定：每次决定均有效",
    name_en="Every decision about a customer's tier counts",
    violations="""
SELECT
  CAST(decision_number AS VARCHAR) AS decision_number, coalesce(tier_code, 'none') AS tier_code, refusal_code, source_file_id,
  CAST(source_line AS VARCHAR) AS source_line, CAST(1 AS DECIMAL(38,2)) AS difference_amount
FROM tier_decision
WHERE NOT is_accepted
""",
    checked="SELECT count(*) FROM tier_decision",
    severity="warn",
)
