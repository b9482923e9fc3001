WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM customer_tie_snapshot
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
), named AS (
  SELECT
    s.customer_number,
    s.tie_kind,
    s.tie_type,
    s.reported_on,
    f.next_on,
    s.source_file_id,
    s.source_line,
    CASE
      WHEN NOT s.related_number IS NULL
      THEN s.related_number
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
            CONCAT(COALESCE(s.customer_number, ''), '|', COALESCE(COALESCE(s.related_name, ''), ''))
          ),
          ''
        )
      )
    END AS other_key,
    CASE
      WHEN NOT s.related_number IS NULL
      THEN 'reported'
      ELSE COALESCE(m.identity_grade, 'unresolved')
    END AS identity_grade
  FROM customer_tie_snapshot AS s
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
    NOT s.customer_number IS NULL AND NOT s.is_ended
), turned AS (
  SELECT
    CASE
      WHEN tie_kind IN ('control', 'shareholder', 'legal_representative', 'officer')
      THEN other_key
      ELSE LEAST(customer_number, other_key)
    END AS first_party_key,
    CASE
      WHEN tie_kind IN ('control', 'shareholder', 'legal_representative', 'officer')
      THEN customer_number
      ELSE GREATEST(customer_number, other_key)
    END AS second_party_key,
    tie_kind,
    tie_type,
    identity_grade,
    reported_on,
    next_on,
    source_file_id,
    source_line
  FROM named
  WHERE
    other_key <> customer_number
), counted AS (
  SELECT
    first_party_key,
    second_party_key,
    tie_kind,
    tie_type,
    identity_grade,
    reported_on,
    next_on,
    source_file_id,
    source_line,
    MIN(reported_on) OVER (PARTITION BY first_party_key, second_party_key, tie_kind) AS first_on,
    COUNT(*) OVER (PARTITION BY first_party_key, second_party_key, tie_kind, reported_on) AS report_count
  FROM turned
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.first_party_key AS STRING) AS first_party_key,
  CAST(q.second_party_key AS STRING) AS second_party_key,
  CAST(q.tie_kind AS STRING) AS tie_kind,
  CAST(q.tie_type AS STRING) AS tie_type,
  CAST(q.identity_grade AS STRING) AS identity_grade,
  CAST(q.report_count AS BIGINT) AS report_count,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until
FROM (
  SELECT
    legal_entity_code,
    first_party_key,
    second_party_key,
    tie_kind,
    tie_type,
    identity_grade,
    report_count,
    valid_from,
    valid_until
  FROM (
    SELECT
      'BANK' AS legal_entity_code,
      first_party_key,
      second_party_key,
      tie_kind,
      tie_type,
      identity_grade,
      report_count,
      first_on AS valid_from,
      next_on AS valid_until,
      ROW_NUMBER() OVER (
        PARTITION BY first_party_key, second_party_key, tie_kind
        ORDER BY reported_on DESC, next_on DESC NULLS FIRST, source_file_id DESC, source_line DESC
      ) AS _w
    FROM counted
  ) AS _t
  WHERE
    _w = 1
) AS q
