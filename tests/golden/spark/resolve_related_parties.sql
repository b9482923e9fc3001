WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM shareholder_snapshot
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
    CASE
      WHEN NOT s.customer_number IS NULL
      THEN s.customer_number
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
      ELSE CONCAT('unnamed:', COALESCE(MD5(COALESCE(s.party_name, '')), ''))
    END AS party_key,
    COALESCE(s.customer_number, m.customer_number) AS customer_number,
    CASE
      WHEN NOT s.customer_number IS NULL
      THEN 'reported'
      ELSE COALESCE(m.identity_grade, 'unresolved')
    END AS identity_grade,
    s.relation_type,
    s.shares_held_share,
    s.reported_on,
    f.next_on,
    s.source_file_id,
    s.source_line
  FROM shareholder_snapshot AS s
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
    NOT s.is_ended
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.party_key AS STRING) AS party_key,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.identity_grade AS STRING) AS identity_grade,
  CAST(q.relation_type AS STRING) AS relation_type,
  CAST(q.shares_held_share AS DECIMAL(12, 6)) AS shares_held_share,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until
FROM (
  SELECT
    legal_entity_code,
    party_key,
    customer_number,
    identity_grade,
    relation_type,
    shares_held_share,
    valid_from,
    valid_until
  FROM (
    SELECT
      'BANK' AS legal_entity_code,
      party_key,
      customer_number,
      identity_grade,
      relation_type,
      shares_held_share,
      MIN(reported_on) OVER (PARTITION BY party_key) AS valid_from,
      next_on AS valid_until,
      ROW_NUMBER() OVER (
        PARTITION BY party_key
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM named
  ) AS _t
  WHERE
    _w = 1
) AS q
