WITH spans AS (
  SELECT
    customer_number,
    MIN(reported_on) AS first_reported_on,
    MAX(reported_on) AS last_reported_on
  FROM customer_snapshot
  GROUP BY
    customer_number
), latest AS (
  SELECT
    customer_number,
    customer_kind,
    customer_type,
    customer_name,
    certificate_type,
    certificate_number,
    organisation_code,
    sex,
    born_on,
    is_farmer,
    is_employee,
    first_reported_on,
    last_reported_on
  FROM (
    SELECT
      s.customer_number,
      s.customer_kind,
      s.customer_type,
      s.customer_name,
      s.certificate_type,
      s.certificate_number,
      s.organisation_code,
      s.sex,
      s.born_on,
      s.is_farmer,
      s.is_employee,
      p.first_reported_on,
      p.last_reported_on,
      ROW_NUMBER() OVER (PARTITION BY s.customer_number ORDER BY s.source_file_id DESC, s.source_line DESC) AS _w
    FROM customer_snapshot AS s
    INNER JOIN spans AS p
      ON p.customer_number = s.customer_number AND p.last_reported_on = s.reported_on
  ) AS _t
  WHERE
    _w = 1
), first_seen AS (
  SELECT
    customer_number,
    organisation_code,
    account_number,
    currency,
    MIN(COALESCE(opened_on, reported_on)) AS seen_on
  FROM account_snapshot
  GROUP BY
    customer_number,
    organisation_code,
    account_number,
    currency
), account_homes AS (
  SELECT
    customer_number,
    organisation_code,
    ROW_NUMBER() OVER (
      PARTITION BY customer_number
      ORDER BY seen_on NULLS LAST, account_number NULLS LAST, currency NULLS LAST, organisation_code NULLS LAST
    ) AS preference
  FROM first_seen
), named AS (
  SELECT
    customer_number,
    organisation_code AS account_home_code,
    CAST(NULL AS STRING) AS loan_home_code
  FROM account_homes
  WHERE
    preference = 1
  UNION ALL
  SELECT
    customer_number,
    CAST(NULL AS STRING) AS account_home_code,
    MIN(organisation_code) AS loan_home_code
  FROM loan_snapshot
  GROUP BY
    customer_number
  UNION ALL
  SELECT
    customer_number,
    CAST(NULL AS STRING) AS account_home_code,
    CAST(NULL AS STRING) AS loan_home_code
  FROM account_holder
), homes AS (
  SELECT
    customer_number,
    COALESCE(MIN(account_home_code), MIN(loan_home_code)) AS home_code
  FROM named
  GROUP BY
    customer_number
), merged AS (
  SELECT
    customer_number,
    surviving_number
  FROM customer_merge
  WHERE
    valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.person_customer_number AS STRING) AS person_customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.customer_type AS STRING) AS customer_type,
  CAST(q.customer_name AS STRING) AS customer_name,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.home_organisation_code AS STRING) AS home_organisation_code,
  CAST(q.sex AS STRING) AS sex,
  CAST(q.born_on AS DATE) AS born_on,
  CAST(q.is_farmer AS BOOLEAN) AS is_farmer,
  CAST(q.is_employee AS BOOLEAN) AS is_employee,
  CAST(q.first_reported_on AS DATE) AS first_reported_on,
  CAST(q.last_reported_on AS DATE) AS last_reported_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(l.customer_number, h.customer_number) AS customer_number,
    COALESCE(m.surviving_number, l.customer_number, h.customer_number) AS person_customer_number,
    COALESCE(l.customer_kind, 'unknown') AS customer_kind,
    l.customer_type,
    l.customer_name,
    l.certificate_type,
    l.certificate_number,
    COALESCE(l.organisation_code, h.home_code, 'none') AS home_organisation_code,
    l.sex,
    l.born_on,
    l.is_farmer,
    l.is_employee,
    l.first_reported_on,
    l.last_reported_on
  FROM latest AS l
  FULL JOIN homes AS h
    ON h.customer_number = l.customer_number
  LEFT JOIN merged AS m
    ON m.customer_number = COALESCE(l.customer_number, h.customer_number)
) AS q
