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
    industry_code,
    region_code,
    phone_number,
    address,
    education,
    occupation,
    employer_name,
    annual_income_amount,
    is_married,
    is_blacklisted,
    blacklisted_on,
    size_class,
    credit_rating,
    registered_capital_amount,
    registered_capital_currency,
    staff_count,
    warning_signal,
    source_file_id,
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
      s.industry_code,
      s.region_code,
      s.phone_number,
      s.address,
      s.education,
      s.occupation,
      s.employer_name,
      s.annual_income_amount,
      s.is_married,
      s.is_blacklisted,
      s.blacklisted_on,
      s.size_class,
      s.credit_rating,
      s.registered_capital_amount,
      s.registered_capital_currency,
      s.staff_count,
      s.warning_signal,
      s.source_file_id,
      p.first_reported_on,
      p.last_reported_on,
      ROW_NUMBER() OVER (PARTITION BY s.customer_number ORDER BY s.source_file_id DESC, s.source_line DESC) AS _w
    FROM customer_snapshot AS s
    INNER JOIN spans AS p
      ON p.customer_number = s.customer_number AND p.last_reported_on = s.reported_on
  ) AS _t
  WHERE
    _w = 1
), phones AS (
  SELECT
    customer_number,
    phone_number
  FROM (
    SELECT
      customer_number,
      phone_number,
      ROW_NUMBER() OVER (
        PARTITION BY customer_number
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM customer_identity_snapshot
    WHERE
      NOT phone_number IS NULL
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
  CAST(q.industry_code AS STRING) AS industry_code,
  CAST(q.region_code AS STRING) AS region_code,
  CAST(q.phone_number AS STRING) AS phone_number,
  CAST(q.address AS STRING) AS address,
  CAST(q.education AS STRING) AS education,
  CAST(q.occupation AS STRING) AS occupation,
  CAST(q.employer_name AS STRING) AS employer_name,
  CAST(q.annual_income_amount AS DECIMAL(18, 2)) AS annual_income_amount,
  CAST(q.is_married AS BOOLEAN) AS is_married,
  CAST(q.is_blacklisted AS BOOLEAN) AS is_blacklisted,
  CAST(q.blacklisted_on AS DATE) AS blacklisted_on,
  CAST(q.size_class AS STRING) AS size_class,
  CAST(q.credit_rating AS STRING) AS credit_rating,
  CAST(q.registered_capital_amount AS DECIMAL(18, 2)) AS registered_capital_amount,
  CAST(q.registered_capital_currency AS STRING) AS registered_capital_currency,
  CAST(q.staff_count AS BIGINT) AS staff_count,
  CAST(q.warning_signal AS STRING) AS warning_signal,
  CAST(q.is_deformed AS BOOLEAN) AS is_deformed,
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
    l.industry_code,
    l.region_code,
    COALESCE(p.phone_number, l.phone_number) AS phone_number,
    l.address,
    l.education,
    l.occupation,
    l.employer_name,
    l.annual_income_amount,
    l.is_married,
    l.is_blacklisted,
    l.blacklisted_on,
    l.size_class,
    l.credit_rating,
    l.registered_capital_amount,
    l.registered_capital_currency,
    l.staff_count,
    l.warning_signal,
    CASE WHEN f.checked_count > 0 THEN NOT f.is_genuine END AS is_deformed,
    l.first_reported_on,
    l.last_reported_on
  FROM latest AS l
  FULL JOIN homes AS h
    ON h.customer_number = l.customer_number
  LEFT JOIN phones AS p
    ON p.customer_number = COALESCE(l.customer_number, h.customer_number)
  LEFT JOIN identity_file AS f
    ON f.source_file_id = l.source_file_id AND f.delivered_table = 'customer_snapshot'
  LEFT JOIN merged AS m
    ON m.customer_number = COALESCE(l.customer_number, h.customer_number)
) AS q
