WITH movers AS (
  SELECT
    account_number,
    currency
  FROM account_snapshot
  GROUP BY
    account_number,
    currency
  HAVING
    MIN(organisation_code) <> MAX(organisation_code)
), seen AS (
  SELECT
    s.account_number,
    s.currency,
    s.reported_on,
    MIN(s.organisation_code) AS organisation_code
  FROM account_snapshot AS s
  INNER JOIN movers AS m
    ON m.account_number = s.account_number AND m.currency = s.currency
  GROUP BY
    s.account_number,
    s.currency,
    s.reported_on
), compared AS (
  SELECT
    account_number,
    currency,
    reported_on,
    organisation_code,
    LAG(organisation_code) OVER (PARTITION BY account_number, currency ORDER BY reported_on NULLS LAST) AS previous_organisation_code,
    LAG(reported_on) OVER (PARTITION BY account_number, currency ORDER BY reported_on NULLS LAST) AS reported_before
  FROM seen
), closings AS (
  SELECT
    organisation_code,
    valid_from AS closed_on
  FROM organisation_period
  WHERE
    NOT is_open
), moves AS (
  SELECT
    c.account_number,
    c.currency,
    c.organisation_code,
    c.previous_organisation_code,
    CASE
      WHEN c.previous_organisation_code IS NULL
      THEN CAST('1900-01-01' AS DATE)
      ELSE COALESCE(MIN(p.closed_on), c.reported_on)
    END AS valid_from
  FROM compared AS c
  LEFT JOIN closings AS p
    ON p.organisation_code = c.previous_organisation_code
    AND p.closed_on > c.reported_before
    AND p.closed_on <= c.reported_on
  WHERE
    c.previous_organisation_code IS NULL
    OR c.previous_organisation_code <> c.organisation_code
  GROUP BY
    c.account_number,
    c.currency,
    c.organisation_code,
    c.previous_organisation_code,
    c.reported_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.previous_organisation_code AS STRING) AS previous_organisation_code
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    account_number,
    currency,
    valid_from,
    LEAD(valid_from) OVER (PARTITION BY account_number, currency ORDER BY valid_from NULLS LAST) AS valid_until,
    organisation_code,
    previous_organisation_code
  FROM moves
) AS q
