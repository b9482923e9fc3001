SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.target_metric_code AS STRING) AS target_metric_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.period_end_on AS DATE) AS period_end_on,
  CAST(q.target_share AS DECIMAL(12, 6)) AS target_share,
  CAST(q.target_amount AS DECIMAL(18, 2)) AS target_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    CASE holder_kind
      WHEN 'organisation'
      THEN holder_code
      ELSE COALESCE(organisation_code, 'unknown')
    END AS organisation_code,
    CASE holder_kind WHEN 'employee' THEN holder_code ELSE 'none' END AS employee_number,
    metric_code AS target_metric_code,
    period_from AS business_date,
    period_end_on,
    target_rate AS target_share,
    CASE WHEN target_rate IS NULL THEN target_amount END AS target_amount
  FROM target
  WHERE
    NOT COALESCE(target_rate, target_amount) IS NULL
) AS q
