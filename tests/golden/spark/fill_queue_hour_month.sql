WITH days AS (
  SELECT
    month_start,
    MAX(business_date) AS last_on
  FROM calendar_day
  GROUP BY
    month_start
), bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), tickets AS (
  SELECT
    q.organisation_code,
    SUBSTRING(q.taken_time, 1, 2) AS hour_code,
    d.last_on AS business_date,
    q.taken_on,
    NOT q.called_time IS NULL AS is_called,
    CASE
      WHEN q.called_time >= q.taken_time
      THEN CAST(SUBSTRING(q.called_time, 1, 2) AS BIGINT) * 3600 + CAST(SUBSTRING(q.called_time, 3, 2) AS BIGINT) * 60 + CAST(SUBSTRING(q.called_time, 5, 2) AS BIGINT) * 1 - (
        CAST(SUBSTRING(q.taken_time, 1, 2) AS BIGINT) * 3600 + CAST(SUBSTRING(q.taken_time, 3, 2) AS BIGINT) * 60 + CAST(SUBSTRING(q.taken_time, 5, 2) AS BIGINT) * 1
      )
      ELSE 0
    END AS wait_seconds
  FROM queue_ticket AS q
  INNER JOIN bounds AS b
    ON q.taken_on >= b.first_day
  INNER JOIN days AS d
    ON d.month_start = CAST(DATE_TRUNC('MONTH', q.taken_on) AS DATE)
  WHERE
    q.taken_on <= CAST('2026-10-31' AS DATE)
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.hour_code AS STRING) AS hour_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.queue_day_count AS BIGINT) AS queue_day_count,
  CAST(q.ticket_count AS BIGINT) AS ticket_count,
  CAST(q.called_count AS BIGINT) AS called_count,
  CAST(q.left_count AS BIGINT) AS left_count,
  CAST(q.wait_second_count AS BIGINT) AS wait_second_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    hour_code,
    business_date,
    COUNT(DISTINCT taken_on) AS queue_day_count,
    COUNT(*) AS ticket_count,
    CAST(SUM(CASE WHEN is_called THEN 1 ELSE 0 END) AS BIGINT) AS called_count,
    CAST(SUM(CASE WHEN is_called THEN 0 ELSE 1 END) AS BIGINT) AS left_count,
    CAST(SUM(wait_seconds) AS BIGINT) AS wait_second_count
  FROM tickets
  GROUP BY
    organisation_code,
    hour_code,
    business_date
) AS q
