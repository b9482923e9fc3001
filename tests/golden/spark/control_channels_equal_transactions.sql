WITH bounds AS (
  SELECT
    MIN(business_date) AS first_day,
    MAX(business_date) AS last_day
  FROM calendar_day
), channels AS (
  SELECT
    CAST(COALESCE(SUM(posting_count), 0) AS BIGINT) AS postings,
    CAST(COALESCE(SUM(credit_amount - debit_amount), 0) AS DECIMAL(38, 2)) AS net_change
  FROM channel_day
), transactions AS (
  SELECT
    COUNT(*) AS postings,
    CAST(COALESCE(SUM(t.balance_change), 0) AS DECIMAL(38, 2)) AS net_change
  FROM account_transaction AS t, bounds AS b
  WHERE
    t.posted_on >= b.first_day AND t.posted_on <= b.last_day
)
SELECT
  'all' AS place,
  c.net_change - t.net_change AS difference_amount
FROM channels AS c, transactions AS t
WHERE
  c.postings <> t.postings OR c.net_change <> t.net_change
