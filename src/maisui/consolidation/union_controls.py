"""What must tie between the members of a union; a difference is shown and never keeps the union from publishing the others' figures."""

from maisui.reconciliation import Rule

AGENCY_MIRRORS = Rule(
    code="agency_mirrors",
    name_zh="跨县代理镜像：甲行记录的乙行“本代他”等于乙行记录的“他代本”，按行对与月",
    name_en="Cross-county use of machines: what the acquirer logs equals what the issuer logs, by pair and month",
    violations="""
SELECT
  CAST(month_start AS VARCHAR) AS month_start, acquirer_code, issuer_code, CAST(acquirer_count AS VARCHAR) AS acquirer_count,
  CAST(issuer_count AS VARCHAR) AS issuer_count, CAST(acquirer_amount - issuer_amount AS DECIMAL(38,2)) AS difference_amount
FROM union_mirror_month
WHERE acquirer_count <> issuer_count OR acquirer_amount <> issuer_amount
""",
    checked="SELECT count(*) FROM union_mirror_month WHERE acquirer_count IS NOT NULL AND issuer_count IS NOT NULL",
    severity="warn",
)
POSITIONS_ELIMINATED = Rule(
    code="positions_eliminated",
    name_zh="系统内头寸抵销：每条规则下各行头寸之和为零，按会计日与币种（各行均有总账之日）",
    name_en="Positions within the union cancel out, by rule, currency and accounting day of all members",
    violations="""
WITH complete AS (
  SELECT business_date FROM ledger_day WHERE legal_entity_code <> $union
  GROUP BY business_date
  HAVING count(DISTINCT legal_entity_code) = (SELECT count(DISTINCT legal_entity_code) FROM ledger_day WHERE legal_entity_code <> $union)
),
held AS (
  SELECT e.business_date, e.rule_code, e.currency, e.legal_entity_code, sum(e.debit_balance) AS debit_balance
  FROM union_elimination_day AS e
  INNER JOIN complete AS c ON c.business_date = e.business_date
  GROUP BY e.business_date, e.rule_code, e.currency, e.legal_entity_code
)
SELECT
  CAST(business_date AS VARCHAR) AS business_date, rule_code, currency,
  string_agg(legal_entity_code || ' ' || CAST(debit_balance AS VARCHAR), '; ' ORDER BY legal_entity_code) AS positions,
  CAST(sum(debit_balance) AS DECIMAL(38,2)) AS difference_amount
FROM held
GROUP BY business_date, rule_code, currency
HAVING sum(debit_balance) <> 0
""",
    checked="""
SELECT count(*) FROM (
  SELECT e.business_date, e.rule_code, e.currency
  FROM union_elimination_day AS e
  INNER JOIN (
    SELECT business_date FROM ledger_day WHERE legal_entity_code <> $union
    GROUP BY business_date
    HAVING count(DISTINCT legal_entity_code) = (SELECT count(DISTINCT legal_entity_code) FROM ledger_day WHERE legal_entity_code <> $union)
  ) AS c ON c.business_date = e.business_date
  GROUP BY e.business_date, e.rule_code, e.currency
) AS k
""",
    severity="warn",
)
UNION_RULES = (POSITIONS_ELIMINATED, AGENCY_MIRRORS)
"""Every control of a union, in the order in which `maisui status` lists them."""
