"""What is taken out of the summed ledger because members hold it against each other, and what of it finds no other side.

Rules are parameters: `union_elimination.<rule>` names a ledger subject, which counts with everything below it; several subjects of
one rule are written `union_elimination.<rule>.<anything>`. All positions under a rule are taken out whole; what they do not add up
to zero by is put back as the subject `unmatched.<rule>`, so that the consolidated ledger still balances and the rest is seen.
"""

from __future__ import annotations

from maisui.marts.ledger_line_day import LEDGER_LINE_DAY_MART
from maisui.warehouse.home import ELIMINATION

FAMILY = "union_elimination."
UNMATCHED = "unmatched."


def _debit_positive(column: str) -> str:
    return f"CAST(sum(CASE WHEN l.balance_side = 'credit' THEN -l.{column} ELSE l.{column} END) AS DECIMAL(18,2))"


def _taken_out(column: str) -> str:
    return f"CAST(sum(CASE WHEN s.balance_side = 'credit' THEN e.{column} ELSE -e.{column} END) AS DECIMAL(18,2))"


RULE_QUERY = f"""
SELECT
  split_part(substr(parameter_code, {len(FAMILY) + 1}), '.', 1) AS rule_code, text_value AS subject_code, valid_from,
  coalesce(valid_until, DATE '9999-12-31') AS valid_until
FROM parameter
WHERE starts_with(parameter_code, '{FAMILY}') AND text_value IS NOT NULL
"""
"""The rules, from the union's parameters."""

ELIMINATED_QUERY = f"""
WITH RECURSIVE parents AS (
  SELECT subject_code, parent_code
  FROM ledger_subject_snapshot
  WHERE parent_code IS NOT NULL AND parent_code <> subject_code
  QUALIFY row_number() OVER (PARTITION BY subject_code ORDER BY reported_on DESC, source_file_id DESC, source_line DESC) = 1
),
above AS (
  SELECT DISTINCT subject_code, subject_code AS upper_code FROM ledger_day
  UNION
  SELECT a.subject_code, p.parent_code FROM above AS a INNER JOIN parents AS p ON p.subject_code = a.upper_code
),
ruled AS (
  SELECT l.subject_code, l.currency, l.business_date, l.organisation_code, min(r.rule_code) AS rule_code
  FROM ledger_day AS l
  INNER JOIN above AS a ON a.subject_code = l.subject_code
  INNER JOIN union_rule AS r ON r.subject_code = a.upper_code AND l.business_date >= r.valid_from AND l.business_date < r.valid_until
  GROUP BY l.subject_code, l.currency, l.business_date, l.organisation_code
)
SELECT
  $member AS legal_entity_code, r.rule_code, l.subject_code, l.currency, l.business_date,
  {_debit_positive("balance")} AS debit_balance, {_debit_positive("local_balance")} AS local_debit_balance
FROM ledger_day AS l
INNER JOIN ruled AS r
  ON r.subject_code = l.subject_code AND r.currency = l.currency AND r.business_date = l.business_date
  AND r.organisation_code = l.organisation_code
GROUP BY r.rule_code, l.subject_code, l.currency, l.business_date
"""
"""One member's positions under each rule, on each of its accounting days; reads its own ledger and `union_rule`."""

_COUNTER_ROWS = f"""
SELECT
  $union AS legal_entity_code, '{ELIMINATION}' AS organisation_code, e.subject_code, e.currency, e.business_date, s.subject_name,
  coalesce(s.balance_side, 'both') AS balance_side, coalesce(s.business_subclass, 'unmapped') AS business_subclass,
  {_taken_out("debit_balance")} AS balance, {_taken_out("local_debit_balance")} AS local_balance,
  CAST(0 AS DECIMAL(18,2)) AS debit_amount, CAST(0 AS DECIMAL(18,2)) AS credit_amount
FROM {{eliminated}} AS e
LEFT JOIN (
  SELECT subject_code, min(subject_name) AS subject_name, min(balance_side) AS balance_side, min(business_subclass) AS business_subclass
  FROM {{ledger}} GROUP BY subject_code
) AS s ON s.subject_code = e.subject_code
GROUP BY e.subject_code, e.currency, e.business_date, s.subject_name, s.balance_side, s.business_subclass
UNION ALL
SELECT
  $union, '{ELIMINATION}', '{UNMATCHED}' || rule_code, currency, business_date, '未核销 ' || rule_code, 'both', 'unmapped',
  CAST(sum(debit_balance) AS DECIMAL(18,2)), CAST(sum(local_debit_balance) AS DECIMAL(18,2)), CAST(0 AS DECIMAL(18,2)),
  CAST(0 AS DECIMAL(18,2))
FROM {{eliminated}}
GROUP BY rule_code, currency, business_date
"""


def counter_rows(*, eliminated: str, ledger: str) -> str:
    """Return the SELECT of rows of `ledger_day` that take `eliminated` out of `ledger` and put back what is unmatched."""
    return _COUNTER_ROWS.format(eliminated=eliminated, ledger=ledger)


COUNTER_LINE_QUERY = LEDGER_LINE_DAY_MART.query
"""The same for `ledger_line_day`, by the mart's own definition over a ledger of counter rows: `ledger_day` must hold one member's."""

UNMATCHED_LINE_QUERY = f"""
SELECT DISTINCT '{UNMATCHED}' || rule_code AS subject_code, '未核销 ' || rule_code AS subject_name, 'joint' AS statement_code,
  'other_joint' AS line_code, 'bank' AS rule_code
FROM union_rule
"""
"""On which line of a statement the unmatched rest of each rule stands."""

_SIDES = (
    "opening_debit_balance",
    "opening_credit_balance",
    "debit_amount",
    "credit_amount",
    "closing_debit_balance",
    "closing_credit_balance",
)
_TAKEN_OUT = ", ".join(f"CAST(-sum(g.{side}) AS DECIMAL(18,2)) AS {side}" for side in _SIDES)


def _net(debit: str, credit: str) -> str:
    rest = f"sum(g.{debit}) - sum(g.{credit})"
    return f"CAST(greatest({rest}, 0) AS DECIMAL(18,2)), CAST(greatest(-({rest}), 0) AS DECIMAL(18,2))"


COUNTER_SNAPSHOT_QUERY = f"""
WITH g AS (
  SELECT s.*, e.rule_code
  FROM ledger_snapshot AS s
  INNER JOIN union_elimination_day AS e
    ON e.legal_entity_code = s.legal_entity_code AND e.subject_code = s.subject_code AND e.currency = s.currency
    AND e.business_date = s.reported_on
)
SELECT
  $union AS legal_entity_code, reported_on, '{ELIMINATION}' AS organisation_code, subject_code, currency, min(period_kind) AS period_kind,
  {_TAKEN_OUT}, '{ELIMINATION}' AS source_file_id, CAST(0 AS BIGINT) AS source_line
FROM g GROUP BY reported_on, subject_code, currency
UNION ALL
SELECT
  $union, reported_on, '{ELIMINATION}', '{UNMATCHED}' || rule_code, currency, min(period_kind),
  {_net("opening_debit_balance", "opening_credit_balance")}, {_net("debit_amount", "credit_amount")},
  {_net("closing_debit_balance", "closing_credit_balance")}, '{ELIMINATION}', CAST(0 AS BIGINT)
FROM g GROUP BY reported_on, rule_code, currency
"""
"""The same for `ledger_snapshot`: opening, turnover and closing of every position that a rule takes out."""
