"""Which postings a reversal takes back: pairs of flagged postings cancel, a lone one takes its unflagged original."""

from maisui.steps.step import Step
from maisui.tables.reversal import REVERSAL

MATCH_REVERSALS = Step(
    name="match_reversals",
    writes=REVERSAL,
    reads=("account_transaction",),
    query="""
WITH flagged AS (
  SELECT
    account_number, currency, transaction_number, posted_on, amount, balance_change,
    row_number() OVER (
      PARTITION BY account_number, currency, posted_on, amount, balance_change ORDER BY posted_time NULLS FIRST, transaction_number
    ) AS position,
    row_number() OVER (
      PARTITION BY account_number, currency, posted_on, amount ORDER BY posted_time NULLS FIRST, transaction_number
    ) AS place
  FROM account_transaction
  WHERE is_reversal
)
SELECT
  $legal_entity_code AS legal_entity_code,
  f.transaction_number,
  f.account_number,
  f.currency,
  CASE WHEN o.transaction_number IS NULL AND f.balance_change <> 0 THEN -1 ELSE 0 END AS counts_as,
  o.transaction_number IS NULL OR f.place > o.place AS is_event
FROM flagged AS f
LEFT JOIN flagged AS o
  ON o.account_number = f.account_number AND o.currency = f.currency AND o.posted_on = f.posted_on AND o.amount = f.amount
  AND o.balance_change = -f.balance_change AND o.balance_change <> 0 AND o.position = f.position
""",
    covers="""
SELECT account_number, currency, transaction_number FROM account_transaction WHERE is_reversal
""",
)
