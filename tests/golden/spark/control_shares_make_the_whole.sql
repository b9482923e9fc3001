SELECT
  CAST(valid_from AS STRING) AS valid_from,
  organisation_code,
  currency,
  CAST(COUNT(*) AS STRING) AS account_count,
  CAST(SUM(result_share) AS DECIMAL(38, 6)) AS difference_amount
FROM (
  SELECT
    account_number,
    currency,
    valid_from,
    MIN(organisation_code) AS organisation_code,
    CAST(SUM(result_share) AS DECIMAL(38, 6)) - 1 AS result_share
  FROM account_allocation
  GROUP BY
    account_number,
    currency,
    valid_from
) AS s
WHERE
  result_share <> 0
GROUP BY
  valid_from,
  organisation_code,
  currency
