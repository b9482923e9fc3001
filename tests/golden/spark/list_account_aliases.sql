WITH owned AS (
  SELECT
    account_number,
    account_kind,
    customer_number,
    customer_kind,
    organisation_code
  FROM (
    SELECT
      account_number,
      account_kind,
      customer_number,
      customer_kind,
      organisation_code,
      ROW_NUMBER() OVER (PARTITION BY account_number ORDER BY opened_on NULLS LAST, currency NULLS LAST) AS _w
    FROM account
  ) AS _t
  WHERE
    _w = 1
), outside AS (
  SELECT
    external_account_number AS alias_number,
    account_number
  FROM account_transaction
  WHERE
    NOT external_account_number IS NULL AND external_account_number <> account_number
  GROUP BY
    external_account_number,
    account_number
), numbers AS (
  SELECT
    account_number AS alias_number,
    account_number,
    0 AS place
  FROM owned
  UNION ALL
  SELECT
    alias_number,
    account_number,
    1 AS place
  FROM outside
), chosen AS (
  SELECT
    alias_number,
    account_number
  FROM (
    SELECT
      alias_number,
      account_number,
      ROW_NUMBER() OVER (PARTITION BY alias_number ORDER BY place NULLS LAST, account_number NULLS LAST) AS _w
    FROM numbers
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.alias_number AS STRING) AS alias_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.organisation_code AS STRING) AS organisation_code
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.alias_number,
    c.account_number,
    o.account_kind,
    o.customer_number,
    o.customer_kind,
    o.organisation_code
  FROM chosen AS c
  INNER JOIN owned AS o
    ON o.account_number = c.account_number
) AS q
