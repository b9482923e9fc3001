"""What must tie between the members of a union; a difference is shown and never keeps the union from publishing the others' figures."""

from maisui.reconciliation import Rule
from maisui.steps.portable import div_half_up

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
_RATES_HELD = """
  FROM (
    SELECT legal_entity_code, currency, business_date, CAST(sum(abs(balance)) AS DECIMAL(20,2)) AS gross_balance
    FROM ledger_day
    WHERE legal_entity_code <> $union
    GROUP BY legal_entity_code, currency, business_date
  ) AS l
  INNER JOIN member_rate AS m
    ON m.legal_entity_code = l.legal_entity_code AND m.currency = l.currency AND l.business_date >= m.valid_from
    AND (m.valid_until IS NULL OR l.business_date < m.valid_until)
  INNER JOIN local_rate AS u
    ON u.currency = l.currency AND l.business_date >= u.valid_from AND (u.valid_until IS NULL OR l.business_date < u.valid_until)"""


def _converted(rate: str) -> str:
    return div_half_up(f"l.gross_balance * {rate}.exchange_rate", f"{rate}.quoted_amount", numerator_scale=8, denominator_scale=2)


RATES_AGREE = Rule(
    code="union_rates_agree",
    name_zh="折算汇率：各行在其总账日的汇率与合并所用汇率一致，按行、币种与日",
    name_en="Rates of exchange: members' rates on their ledger days are those the union converts with, by member, currency and day",
    violations=f"""
SELECT
  CAST(l.business_date AS VARCHAR) AS business_date, l.legal_entity_code, l.currency, CAST(m.exchange_rate AS VARCHAR) AS member_rate,
  CAST(u.exchange_rate AS VARCHAR) AS union_rate, CAST({_converted("m")} - {_converted("u")} AS DECIMAL(38,2)) AS difference_amount
{_RATES_HELD}
WHERE CAST(m.exchange_rate AS DECIMAL(20,6)) * u.quoted_amount <> CAST(u.exchange_rate AS DECIMAL(20,6)) * m.quoted_amount
""",
    checked=f"SELECT count(*){_RATES_HELD}",
    severity="warn",
)
UNION_RULES = (POSITIONS_ELIMINATED, AGENCY_MIRRORS, RATES_AGREE)
"""Every control of a union, in the order in which `maisui status` lists them."""
