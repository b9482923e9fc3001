SELECT
  a.account_kind,
  a.organisation_code,
  a.currency,
  CAST(COUNT(*) AS DECIMAL(38, 2)) AS difference_amount
FROM account AS a
LEFT JOIN (
  SELECT DISTINCT
    account_kind
  FROM account_snapshot
) AS k
  ON k.account_kind = a.account_kind
WHERE
  k.account_kind IS NULL
GROUP BY
  a.account_kind,
  a.organisation_code,
  a.currency
