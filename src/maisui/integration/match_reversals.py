"""Which postings a reversal takes back: two flagged ones that belong together cancel, a lone one takes its unflagged original."""

from maisui.steps.step import Step
from maisui.tables.reversal import REVERSAL

_BEFORE = "OVER (PARTITION BY account_number, currency, size ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"

MATCH_REVERSALS = Step(
    name="match_reversals",
    writes=REVERSAL,
    reads=("account_transaction",),
    query=f"""
WITH flagged AS (
  SELECT
    account_number, currency, transaction_number, posted_on, posted_time, balance_change, abs(balance_change) AS size,
    row_number() OVER (
      PARTITION BY account_number, currency, posted_on, balance_change ORDER BY posted_time NULLS FIRST, transaction_number
    ) AS position,
    row_number() OVER (
      PARTITION BY account_number, currency, posted_on, abs(balance_change) ORDER BY posted_time NULLS FIRST, transaction_number
    ) AS place
  FROM account_transaction
  WHERE is_reversal AND balance_change <> 0
),
of_one_day AS (
  SELECT f.account_number, f.currency, f.transaction_number, f.place > o.place AS is_event
  FROM flagged AS f
  INNER JOIN flagged AS o
    ON o.account_number = f.account_number AND o.currency = f.currency AND o.posted_on = f.posted_on
    AND o.balance_change = -f.balance_change AND o.position = f.position
),
left_over AS (
  SELECT f.account_number, f.currency, f.size, f.transaction_number, f.posted_on, f.posted_time, f.balance_change
  FROM flagged AS f
  LEFT JOIN of_one_day AS d
    ON d.account_number = f.account_number AND d.currency = f.currency AND d.transaction_number = f.transaction_number
  WHERE d.transaction_number IS NULL
),
in_question AS (
  SELECT account_number, currency, size, transaction_number, posted_on, posted_time, balance_change, true AS is_flagged
  FROM left_over
  UNION ALL
  SELECT
    t.account_number, t.currency, k.size, t.transaction_number, t.posted_on, t.posted_time, t.balance_change, false AS is_flagged
  FROM account_transaction AS t
  INNER JOIN (SELECT DISTINCT account_number, currency, size FROM left_over) AS k
    ON k.account_number = t.account_number AND k.currency = t.currency AND k.size = abs(t.balance_change)
  WHERE NOT t.is_reversal
),
in_order AS (
  SELECT
    account_number, currency, size, transaction_number, balance_change > 0 AS is_credit, is_flagged,
    row_number() OVER (
      PARTITION BY account_number, currency, size ORDER BY posted_on, posted_time NULLS FIRST, is_flagged, transaction_number
    ) AS place
  FROM in_question
),
nearest AS (
  SELECT
    account_number, currency, size, transaction_number, is_credit, is_flagged, place,
    CASE WHEN is_credit
      THEN max(CASE WHEN NOT is_credit THEN place END) {_BEFORE}
      ELSE max(CASE WHEN is_credit THEN place END) {_BEFORE}
    END AS opposite_place
  FROM in_order
),
claims AS (
  SELECT n.account_number, n.currency, n.size, n.place, n.opposite_place
  FROM nearest AS n
  LEFT JOIN nearest AS o
    ON o.account_number = n.account_number AND o.currency = n.currency AND o.size = n.size AND o.place = n.opposite_place
  WHERE n.is_flagged AND coalesce(o.is_flagged, true)
),
paired_off AS (
  SELECT account_number, currency, size, place FROM claims
  UNION
  SELECT account_number, currency, size, opposite_place AS place FROM claims WHERE opposite_place IS NOT NULL
),
levels AS (
  SELECT
    n.account_number, n.currency, n.size, n.transaction_number, n.is_credit, n.place,
    CAST(sum(CASE WHEN n.is_credit THEN 1 ELSE -1 END) OVER (
      PARTITION BY n.account_number, n.currency, n.size ORDER BY n.place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS level
  FROM nearest AS n
  INNER JOIN paired_off AS p
    ON p.account_number = n.account_number AND p.currency = n.currency AND p.size = n.size AND p.place = n.place
),
judged AS (
  SELECT
    account_number, currency, size, transaction_number, place, is_credit,
    CASE WHEN is_credit THEN level <= 0 ELSE level >= 0 END AS is_event
  FROM levels
),
sides AS (
  SELECT
    account_number, currency, size, transaction_number, is_credit, is_event,
    row_number() OVER (PARTITION BY account_number, currency, size, is_credit, is_event ORDER BY place) AS position
  FROM judged
),
of_several_days AS (
  SELECT s.account_number, s.currency, s.transaction_number, s.is_event
  FROM sides AS s
  INNER JOIN sides AS o
    ON o.account_number = s.account_number AND o.currency = s.currency AND o.size = s.size
    AND o.is_credit <> s.is_credit AND o.is_event <> s.is_event AND o.position = s.position
),
pairs AS (
  SELECT account_number, currency, transaction_number, is_event FROM of_one_day
  UNION ALL
  SELECT account_number, currency, transaction_number, is_event FROM of_several_days
)
SELECT
  $legal_entity_code AS legal_entity_code,
  t.transaction_number,
  t.account_number,
  t.currency,
  CASE WHEN p.transaction_number IS NULL AND t.balance_change <> 0 THEN -1 ELSE 0 END AS counts_as,
  coalesce(p.is_event, true) AS is_event
FROM account_transaction AS t
LEFT JOIN pairs AS p
  ON p.account_number = t.account_number AND p.currency = t.currency AND p.transaction_number = t.transaction_number
WHERE t.is_reversal
""",
    covers="""
SELECT account_number, currency, transaction_number FROM account_transaction WHERE is_reversal
""",
    reaches_back="""
SELECT min(e.posted_on)
FROM account_transaction AS e
INNER JOIN account_transaction AS n
  ON n.account_number = e.account_number AND n.currency = e.currency AND abs(n.balance_change) = abs(e.balance_change)
WHERE e.is_reversal AND e.posted_on < $first_day AND n.is_reversal AND n.posted_on >= $first_day
""",
)
