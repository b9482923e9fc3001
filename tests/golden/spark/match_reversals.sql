WITH flagged AS (
  SELECT
    account_number,
    currency,
    transaction_number,
    posted_on,
    amount,
    balance_change,
    ROW_NUMBER() OVER (
      PARTITION BY account_number, currency, posted_on, amount, balance_change
      ORDER BY posted_time, transaction_number NULLS LAST
    ) AS position,
    ROW_NUMBER() OVER (
      PARTITION BY account_number, currency, posted_on, amount
      ORDER BY posted_time, transaction_number NULLS LAST
    ) AS place
  FROM account_transaction
  WHERE
    is_reversal
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.counts_as AS BIGINT) AS counts_as,
  CAST(q.is_event AS BOOLEAN) AS is_event
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    f.transaction_number,
    f.account_number,
    f.currency,
    CASE WHEN o.transaction_number IS NULL AND f.balance_change <> 0 THEN -1 ELSE 0 END AS counts_as,
    o.transaction_number IS NULL OR f.place > o.place AS is_event
  FROM flagged AS f
  LEFT JOIN flagged AS o
    ON o.account_number = f.account_number
    AND o.currency = f.currency
    AND o.posted_on = f.posted_on
    AND o.amount = f.amount
    AND o.balance_change = -f.balance_change
    AND o.balance_change <> 0
    AND o.position = f.position
) AS q
