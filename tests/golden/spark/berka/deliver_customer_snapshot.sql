SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.customer_type AS STRING) AS customer_type,
  CAST(q.customer_name AS STRING) AS customer_name,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
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
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.customer_number,
    m.customer_kind,
    CAST(NULL AS STRING) AS customer_type,
    CAST(NULL AS STRING) AS customer_name,
    CAST(NULL AS STRING) AS certificate_type,
    CAST(NULL AS STRING) AS certificate_number,
    m.organisation_code,
    m.sex,
    m.born_on,
    CAST(NULL AS BOOLEAN) AS is_farmer,
    CAST(NULL AS BOOLEAN) AS is_employee,
    CAST(NULL AS STRING) AS industry_code,
    CAST(NULL AS STRING) AS region_code,
    CAST(NULL AS STRING) AS phone_number,
    CAST(NULL AS STRING) AS address,
    CAST(NULL AS STRING) AS education,
    CAST(NULL AS STRING) AS occupation,
    CAST(NULL AS STRING) AS employer_name,
    CAST(NULL AS DECIMAL(18, 2)) AS annual_income_amount,
    CAST(NULL AS BOOLEAN) AS is_married,
    CAST(NULL AS BOOLEAN) AS is_blacklisted,
    CAST(NULL AS DATE) AS blacklisted_on,
    CAST(NULL AS STRING) AS size_class,
    CAST(NULL AS STRING) AS credit_rating,
    CAST(NULL AS DECIMAL(18, 2)) AS registered_capital_amount,
    CAST(NULL AS STRING) AS registered_capital_currency,
    CAST(NULL AS BIGINT) AS staff_count,
    CAST(NULL AS STRING) AS warning_signal,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      client_id AS customer_number,
      'personal' AS customer_kind,
      district_id AS organisation_code,
      CASE
        WHEN CAST(SUBSTRING(birth_number, 3, 2) AS BIGINT) > 50
        THEN 'female'
        ELSE 'male'
      END AS sex,
      CAST(TO_TIMESTAMP(
        CONCAT(
          '19',
          COALESCE(SUBSTRING(birth_number, 1, 2), ''),
          COALESCE(
            CASE
              WHEN CAST(SUBSTRING(birth_number, 3, 2) AS BIGINT) > 50
              THEN LPAD(CAST(CAST(SUBSTRING(birth_number, 3, 2) AS BIGINT) - 50 AS STRING), 2, '0')
              ELSE SUBSTRING(birth_number, 3, 2)
            END,
            ''
          ),
          COALESCE(SUBSTRING(birth_number, 5, 2), '')
        ),
        'yyyyMMdd'
      ) AS DATE) AS born_on,
      source_file_id,
      source_line
    FROM berka_client
  ) AS m
) AS q
