WITH days AS (
  SELECT
    reported_on,
    LEAD(reported_on) OVER (ORDER BY reported_on NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      reported_on
    FROM merchant_snapshot
  ) AS reports
), counted AS (
  SELECT
    merchant_number,
    reported_on,
    COUNT(CASE WHEN terminal_number <> 'none' THEN 1 END) AS terminal_count
  FROM merchant_snapshot
  GROUP BY
    merchant_number,
    reported_on
), latest AS (
  SELECT
    merchant_number,
    merchant_name,
    organisation_code,
    merchant_class,
    settlement_account_number,
    valid_from,
    valid_until,
    reported_on
  FROM (
    SELECT
      merchant_number,
      merchant_name,
      organisation_code,
      merchant_class,
      settlement_account_number,
      valid_from,
      valid_until,
      reported_on,
      ROW_NUMBER() OVER (
        PARTITION BY merchant_number
        ORDER BY reported_on DESC, terminal_number NULLS LAST, source_file_id DESC, source_line DESC
      ) AS _w
    FROM merchant_snapshot
  ) AS _t
  WHERE
    _w = 1
), owners AS (
  SELECT
    account_number,
    customer_number,
    customer_kind
  FROM (
    SELECT
      account_number,
      customer_number,
      customer_kind,
      ROW_NUMBER() OVER (PARTITION BY account_number ORDER BY currency NULLS LAST) AS _w
    FROM account
  ) AS _t
  WHERE
    _w = 1
), numbers AS (
  SELECT
    merchant_number
  FROM merchant_snapshot
  UNION
  SELECT
    merchant_number
  FROM merchant_trade_day
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.merchant_number AS STRING) AS merchant_number,
  CAST(q.merchant_name AS STRING) AS merchant_name,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.merchant_class AS STRING) AS merchant_class,
  CAST(q.settlement_account_number AS STRING) AS settlement_account_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.terminal_count AS BIGINT) AS terminal_count,
  CAST(q.opened_on AS DATE) AS opened_on,
  CAST(q.closed_on AS DATE) AS closed_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    n.merchant_number,
    l.merchant_name,
    COALESCE(l.organisation_code, 'none') AS organisation_code,
    l.merchant_class,
    l.settlement_account_number,
    o.customer_number,
    COALESCE(o.customer_kind, 'unknown') AS customer_kind,
    CAST(COALESCE(c.terminal_count, 0) AS BIGINT) AS terminal_count,
    CASE WHEN l.valid_from > CAST('1900-01-01' AS DATE) THEN l.valid_from END AS opened_on,
    CASE
      WHEN l.valid_until < CAST('9999-01-01' AS DATE)
      THEN l.valid_until
      ELSE d.next_on
    END AS closed_on
  FROM numbers AS n
  LEFT JOIN latest AS l
    ON l.merchant_number = n.merchant_number
  LEFT JOIN counted AS c
    ON c.merchant_number = l.merchant_number AND c.reported_on = l.reported_on
  LEFT JOIN days AS d
    ON d.reported_on = l.reported_on
  LEFT JOIN owners AS o
    ON o.account_number = l.settlement_account_number
) AS q
