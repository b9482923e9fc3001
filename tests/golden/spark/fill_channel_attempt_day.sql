WITH bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), terminals AS (
  SELECT DISTINCT
    terminal_number
  FROM terminal_snapshot
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.handling_organisation_code AS STRING) AS handling_organisation_code,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.agency_code AS STRING) AS agency_code,
  CAST(q.agency_level AS STRING) AS agency_level,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.is_financial AS BOOLEAN) AS is_financial,
  CAST(q.attempt_count AS BIGINT) AS attempt_count,
  CAST(q.success_count AS BIGINT) AS success_count,
  CAST(q.terminal_success_count AS BIGINT) AS terminal_success_count,
  CAST(q.success_amount AS DECIMAL(38, 2)) AS success_amount,
  CAST(q.fee_amount AS DECIMAL(38, 2)) AS fee_amount,
  CAST(q.unposted_count AS BIGINT) AS unposted_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    a.organisation_code,
    a.handling_organisation_code,
    a.channel_code,
    a.transaction_type,
    a.agency_code,
    a.agency_level,
    a.attempted_on AS business_date,
    NOT a.transaction_type IN ('enquiry', 'log_in') AS is_financial,
    COUNT(*) AS attempt_count,
    COUNT(*) FILTER(WHERE
      a.is_successful) AS success_count,
    COUNT(*) FILTER(WHERE
      a.is_successful AND NOT m.terminal_number IS NULL) AS terminal_success_count,
    CAST(SUM(CASE WHEN a.is_successful THEN a.attempt_amount ELSE 0 END) AS DECIMAL(38, 2)) AS success_amount,
    CAST(SUM(CASE WHEN a.is_successful THEN a.fee_amount ELSE 0 END) AS DECIMAL(38, 2)) AS fee_amount,
    COUNT(*) FILTER(WHERE
      a.is_successful
      AND NOT a.has_posting
      AND a.agency_code IN ('own_at_own', 'issued_used_elsewhere')
      AND NOT a.transaction_type IN ('enquiry', 'log_in')) AS unposted_count
  FROM attempt_agency AS a
  CROSS JOIN bounds AS b
  LEFT JOIN terminals AS m
    ON m.terminal_number = a.terminal_number
  WHERE
    a.attempted_on >= b.first_day
  GROUP BY
    a.organisation_code,
    a.handling_organisation_code,
    a.channel_code,
    a.transaction_type,
    a.agency_code,
    a.agency_level,
    a.attempted_on
) AS q
