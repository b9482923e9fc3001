WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM guarantor_snapshot
    )
), feed_days AS (
  SELECT
    source_code,
    feed_code,
    business_date,
    LEAD(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      d.source_code,
      d.feed_code,
      d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f
      ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
), in_force AS (
  SELECT
    s.guarantee_contract_number,
    CASE
      WHEN NOT m.customer_number IS NULL
      THEN m.customer_number
      WHEN NOT s.certificate_number IS NULL
      THEN CONCAT(
        'certificate:',
        COALESCE(
          MD5(
            CONCAT(
              COALESCE(COALESCE(s.certificate_type, ''), ''),
              '|',
              COALESCE(s.certificate_number, '')
            )
          ),
          ''
        )
      )
      ELSE CONCAT(
        'unnamed:',
        COALESCE(
          MD5(
            CONCAT(
              COALESCE(s.guarantee_contract_number, ''),
              '|',
              COALESCE(COALESCE(s.guarantor_name, ''), '')
            )
          ),
          ''
        )
      )
    END AS guarantor_key,
    m.customer_number,
    COALESCE(m.identity_grade, 'unresolved') AS identity_grade,
    s.guarantor_kind,
    s.guarantor_name,
    s.net_assets_currency,
    s.net_assets_amount,
    s.reported_on,
    f.next_on,
    s.source_file_id,
    s.source_line
  FROM guarantor_snapshot AS s
  INNER JOIN delivery AS d
    ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = s.reported_on
  LEFT JOIN certificate_match AS m
    ON m.certificate_type = s.certificate_type
    AND m.certificate_number = s.certificate_number
  WHERE
    s.contract_status IN ('in_force', 'unknown')
), spans AS (
  SELECT
    guarantee_contract_number,
    guarantor_key,
    MIN(reported_on) AS first_reported_on
  FROM in_force
  GROUP BY
    guarantee_contract_number,
    guarantor_key
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.guarantee_contract_number AS STRING) AS guarantee_contract_number,
  CAST(q.guarantor_key AS STRING) AS guarantor_key,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.identity_grade AS STRING) AS identity_grade,
  CAST(q.guarantor_kind AS STRING) AS guarantor_kind,
  CAST(q.guarantor_name AS STRING) AS guarantor_name,
  CAST(q.net_assets_currency AS STRING) AS net_assets_currency,
  CAST(q.net_assets_amount AS DECIMAL(18, 2)) AS net_assets_amount,
  CAST(q.first_reported_on AS DATE) AS first_reported_on,
  CAST(q.last_reported_on AS DATE) AS last_reported_on,
  CAST(q.valid_until AS DATE) AS valid_until
FROM (
  SELECT
    legal_entity_code,
    guarantee_contract_number,
    guarantor_key,
    customer_number,
    identity_grade,
    guarantor_kind,
    guarantor_name,
    net_assets_currency,
    net_assets_amount,
    first_reported_on,
    last_reported_on,
    valid_until
  FROM (
    SELECT
      'BANK' AS legal_entity_code,
      i.guarantee_contract_number,
      i.guarantor_key,
      i.customer_number,
      i.identity_grade,
      i.guarantor_kind,
      i.guarantor_name,
      i.net_assets_currency,
      i.net_assets_amount,
      p.first_reported_on,
      i.reported_on AS last_reported_on,
      i.next_on AS valid_until,
      ROW_NUMBER() OVER (
        PARTITION BY i.guarantee_contract_number, i.guarantor_key
        ORDER BY i.reported_on DESC, i.source_file_id DESC, i.source_line DESC
      ) AS _w
    FROM in_force AS i
    INNER JOIN spans AS p
      ON p.guarantee_contract_number = i.guarantee_contract_number
      AND p.guarantor_key = i.guarantor_key
  ) AS _t
  WHERE
    _w = 1
) AS q
