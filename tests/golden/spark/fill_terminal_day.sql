WITH terminals AS (
  SELECT
    terminal_number,
    terminal_kind,
    organisation_code,
    installed_on,
    retired_on,
    reported_on
  FROM (
    SELECT
      terminal_number,
      terminal_kind,
      organisation_code,
      installed_on,
      retired_on,
      reported_on,
      ROW_NUMBER() OVER (PARTITION BY terminal_number ORDER BY reported_on DESC) AS _w
    FROM terminal_snapshot
  ) AS _t
  WHERE
    _w = 1
), logged AS (
  SELECT DISTINCT
    a.attempted_on AS business_date
  FROM attempt_agency AS a
  INNER JOIN calendar_day AS c
    ON c.business_date = a.attempted_on
), used AS (
  SELECT
    terminal_number,
    attempted_on AS business_date,
    COUNT(*) AS success_count
  FROM attempt_agency
  WHERE
    is_successful
    AND NOT terminal_number IS NULL
    AND NOT transaction_type IN ('enquiry', 'log_in')
  GROUP BY
    terminal_number,
    attempted_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.terminal_count AS BIGINT) AS terminal_count,
  CAST(q.success_count AS BIGINT) AS success_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    t.organisation_code,
    t.terminal_kind AS channel_code,
    l.business_date,
    COUNT(*) AS terminal_count,
    CAST(COALESCE(SUM(u.success_count), 0) AS BIGINT) AS success_count
  FROM terminals AS t
  INNER JOIN logged AS l
    ON (
      t.installed_on IS NULL OR t.installed_on <= l.business_date
    )
    AND (
      t.retired_on IS NULL OR t.retired_on > l.business_date
    )
  LEFT JOIN used AS u
    ON u.terminal_number = t.terminal_number AND u.business_date = l.business_date
  GROUP BY
    t.organisation_code,
    t.terminal_kind,
    l.business_date
) AS q
