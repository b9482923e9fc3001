WITH spans AS (
  SELECT
    account_number,
    currency,
    matures_on,
    MIN(reported_on) AS first_reported_on,
    MAX(reported_on) AS last_reported_on
  FROM deposit_term_snapshot
  WHERE
    reported_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    account_number,
    currency,
    matures_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.value_on AS DATE) AS value_on,
  CAST(q.term_month_count AS BIGINT) AS term_month_count,
  CAST(q.is_auto_renewal AS BOOLEAN) AS is_auto_renewal,
  CAST(q.first_reported_on AS DATE) AS first_reported_on,
  CAST(q.last_reported_on AS DATE) AS last_reported_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.account_number,
    s.currency,
    s.matures_on,
    t.value_on,
    t.term_month_count,
    t.is_auto_renewal,
    s.first_reported_on,
    s.last_reported_on
  FROM spans AS s
  INNER JOIN deposit_term_snapshot AS t
    ON t.account_number = s.account_number
    AND t.currency = s.currency
    AND t.matures_on = s.matures_on
    AND t.reported_on = s.last_reported_on
) AS q
