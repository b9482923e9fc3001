WITH feeds AS (
  SELECT DISTINCT
    d.source_code,
    d.feed_code,
    s.card_kind
  FROM delivery AS d
  INNER JOIN (
    SELECT DISTINCT
      source_file_id,
      card_kind
    FROM card_snapshot
  ) AS s
    ON s.source_file_id = d.source_file_id
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
), latest AS (
  SELECT
    card_kind,
    card_number,
    customer_number,
    account_number,
    organisation_code,
    card_name,
    card_status,
    is_supplementary,
    issued_on,
    closed_on,
    reported_on,
    source_file_id
  FROM (
    SELECT
      card_kind,
      card_number,
      customer_number,
      account_number,
      organisation_code,
      card_name,
      card_status,
      COALESCE(is_supplementary, FALSE) AS is_supplementary,
      issued_on,
      closed_on,
      reported_on,
      source_file_id,
      ROW_NUMBER() OVER (
        PARTITION BY card_kind, card_number
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM card_snapshot
  ) AS _t
  WHERE
    _w = 1
), behind AS (
  SELECT DISTINCT
    'account' AS place,
    account_number
  FROM account
  UNION ALL
  SELECT DISTINCT
    'credit' AS place,
    account_number
  FROM credit_card_account_snapshot
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.card_kind AS STRING) AS card_kind,
  CAST(q.card_number AS STRING) AS card_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.has_account AS BOOLEAN) AS has_account,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.card_name AS STRING) AS card_name,
  CAST(q.card_status AS STRING) AS card_status,
  CAST(q.is_supplementary AS BOOLEAN) AS is_supplementary,
  CAST(q.issued_on AS DATE) AS issued_on,
  CAST(q.closed_on AS DATE) AS closed_on,
  CAST(q.is_vanished AS BOOLEAN) AS is_vanished,
  CAST(q.last_reported_on AS DATE) AS last_reported_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    l.card_kind,
    l.card_number,
    l.customer_number,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    l.account_number,
    NOT b.account_number IS NULL AS has_account,
    l.organisation_code,
    l.card_name,
    l.card_status,
    l.is_supplementary,
    l.issued_on,
    COALESCE(l.closed_on, f.next_on) AS closed_on,
    l.closed_on IS NULL AND NOT f.next_on IS NULL AS is_vanished,
    l.reported_on AS last_reported_on
  FROM latest AS l
  INNER JOIN delivery AS d
    ON d.source_file_id = l.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = l.reported_on
  LEFT JOIN customer AS c
    ON c.customer_number = l.customer_number
  LEFT JOIN behind AS b
    ON b.account_number = l.account_number
    AND b.place = CASE l.card_kind WHEN 'credit' THEN 'credit' ELSE 'account' END
) AS q
