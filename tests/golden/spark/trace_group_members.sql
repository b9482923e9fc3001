WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM customer_group_snapshot
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
), reported AS (
  SELECT
    s.group_number,
    s.member_number,
    s.group_name,
    s.parent_number,
    s.member_used_amount,
    s.reported_on,
    f.next_on,
    s.source_file_id,
    s.source_line,
    MIN(s.reported_on) OVER (PARTITION BY s.group_number, s.member_number) AS first_on
  FROM customer_group_snapshot AS s
  INNER JOIN delivery AS d
    ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = s.reported_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.group_number AS STRING) AS group_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.group_name AS STRING) AS group_name,
  CAST(q.is_parent AS BOOLEAN) AS is_parent,
  CAST(q.member_used_amount AS DECIMAL(18, 2)) AS member_used_amount,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until
FROM (
  SELECT
    legal_entity_code,
    group_number,
    customer_number,
    group_name,
    is_parent,
    member_used_amount,
    valid_from,
    valid_until
  FROM (
    SELECT
      'BANK' AS legal_entity_code,
      group_number,
      member_number AS customer_number,
      group_name,
      COALESCE(parent_number = member_number, FALSE) AS is_parent,
      member_used_amount,
      first_on AS valid_from,
      next_on AS valid_until,
      ROW_NUMBER() OVER (
        PARTITION BY group_number, member_number
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM reported
  ) AS _t
  WHERE
    _w = 1
) AS q
