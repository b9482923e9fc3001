WITH delivered AS (
  SELECT
    s.customer_number,
    s.customer_kind,
    s.certificate_type,
    s.certificate_number,
    s.reported_on
  FROM customer_snapshot AS s
  INNER JOIN identity_file AS f
    ON f.source_file_id = s.source_file_id
  WHERE
    f.is_genuine AND NOT s.certificate_number IS NULL
  UNION ALL
  SELECT
    i.customer_number,
    CAST(NULL AS STRING) AS customer_kind,
    i.certificate_type,
    i.certificate_number,
    i.reported_on
  FROM customer_identity_snapshot AS i
  INNER JOIN identity_file AS f
    ON f.source_file_id = i.source_file_id
  WHERE
    f.is_genuine
), spans AS (
  SELECT
    customer_number,
    MAX(customer_kind) AS customer_kind,
    certificate_type,
    certificate_number,
    MIN(reported_on) AS first_reported_on,
    MAX(reported_on) AS last_reported_on
  FROM delivered
  GROUP BY
    customer_number,
    certificate_type,
    certificate_number
), corporate AS (
  SELECT DISTINCT
    customer_number
  FROM customer_snapshot
  WHERE
    customer_kind <> 'personal'
), narrow AS (
  SELECT
    s.customer_number,
    s.certificate_type,
    COALESCE(
      UPPER(
        REPLACE(
          REPLACE(
            REPLACE(
              TRIM('                　' FROM TRANSLATE(s.certificate_number, '０１２３４５６７８９ＸｘＡ', '0123456789XXA')),
              ' ',
              ''
            ),
            '　',
            ''
          ),
          '-',
          ''
        )
      ),
      ''
    ) AS number,
    s.first_reported_on,
    s.last_reported_on,
    c.customer_number IS NULL AS is_personal
  FROM spans AS s
  LEFT JOIN corporate AS c
    ON c.customer_number = s.customer_number
), lengthened AS (
  SELECT
    customer_number,
    certificate_type,
    first_reported_on,
    last_reported_on,
    is_personal,
    number,
    CASE
      WHEN certificate_type IN ('居民身份证', '身份证', '二代身份证', '第二代居民身份证', '临时身份证', '临时居民身份证')
      AND (
        number RLIKE '^[1-9][0-9]{14}\\z'
        AND SUBSTRING(number, 9, 2) BETWEEN '01' AND '12'
        AND SUBSTRING(number, 11, 2) BETWEEN '01' AND '31'
      )
      THEN CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), ''))
    END AS body
  FROM narrow
), grouped AS (
  SELECT
    customer_number,
    first_reported_on,
    last_reported_on,
    CASE
      WHEN certificate_type IN ('居民身份证', '身份证', '二代身份证', '第二代居民身份证', '临时身份证', '临时居民身份证')
      THEN 'resident'
      WHEN certificate_type IN ('统一社会信用代码', '统一社会信用代码证', '统一社会信用代码证书')
      THEN 'credit_code'
      ELSE certificate_type
    END AS certificate_group,
    CASE
      WHEN NOT body IS NULL AND is_personal
      THEN CONCAT(
        COALESCE(body, ''),
        COALESCE(
          SUBSTRING(
            '10X98765432',
            1 + (
              7 * (
                LOCATE(SUBSTRING(body, 1, 1), '0123456789') - 1
              ) + 9 * (
                LOCATE(SUBSTRING(body, 2, 1), '0123456789') - 1
              ) + 10 * (
                LOCATE(SUBSTRING(body, 3, 1), '0123456789') - 1
              ) + 5 * (
                LOCATE(SUBSTRING(body, 4, 1), '0123456789') - 1
              ) + 8 * (
                LOCATE(SUBSTRING(body, 5, 1), '0123456789') - 1
              ) + 4 * (
                LOCATE(SUBSTRING(body, 6, 1), '0123456789') - 1
              ) + 2 * (
                LOCATE(SUBSTRING(body, 7, 1), '0123456789') - 1
              ) + 1 * (
                LOCATE(SUBSTRING(body, 8, 1), '0123456789') - 1
              ) + 6 * (
                LOCATE(SUBSTRING(body, 9, 1), '0123456789') - 1
              ) + 3 * (
                LOCATE(SUBSTRING(body, 10, 1), '0123456789') - 1
              ) + 7 * (
                LOCATE(SUBSTRING(body, 11, 1), '0123456789') - 1
              ) + 9 * (
                LOCATE(SUBSTRING(body, 12, 1), '0123456789') - 1
              ) + 10 * (
                LOCATE(SUBSTRING(body, 13, 1), '0123456789') - 1
              ) + 5 * (
                LOCATE(SUBSTRING(body, 14, 1), '0123456789') - 1
              ) + 8 * (
                LOCATE(SUBSTRING(body, 15, 1), '0123456789') - 1
              ) + 4 * (
                LOCATE(SUBSTRING(body, 16, 1), '0123456789') - 1
              ) + 2 * (
                LOCATE(SUBSTRING(body, 17, 1), '0123456789') - 1
              )
            ) % 11,
            1
          ),
          ''
        )
      )
      WHEN certificate_type IN ('居民身份证', '身份证', '二代身份证', '第二代居民身份证', '临时身份证', '临时居民身份证')
      THEN CASE
        WHEN is_personal
        AND (
          number RLIKE '^[1-9][0-9]{16}[0-9X]\\z'
          AND SUBSTRING(number, 7, 2) IN ('19', '20')
          AND SUBSTRING(number, 11, 2) BETWEEN '01' AND '12'
          AND SUBSTRING(number, 13, 2) BETWEEN '01' AND '31'
          AND SUBSTRING(
            '10X98765432',
            1 + (
              7 * (
                LOCATE(SUBSTRING(number, 1, 1), '0123456789') - 1
              ) + 9 * (
                LOCATE(SUBSTRING(number, 2, 1), '0123456789') - 1
              ) + 10 * (
                LOCATE(SUBSTRING(number, 3, 1), '0123456789') - 1
              ) + 5 * (
                LOCATE(SUBSTRING(number, 4, 1), '0123456789') - 1
              ) + 8 * (
                LOCATE(SUBSTRING(number, 5, 1), '0123456789') - 1
              ) + 4 * (
                LOCATE(SUBSTRING(number, 6, 1), '0123456789') - 1
              ) + 2 * (
                LOCATE(SUBSTRING(number, 7, 1), '0123456789') - 1
              ) + 1 * (
                LOCATE(SUBSTRING(number, 8, 1), '0123456789') - 1
              ) + 6 * (
                LOCATE(SUBSTRING(number, 9, 1), '0123456789') - 1
              ) + 3 * (
                LOCATE(SUBSTRING(number, 10, 1), '0123456789') - 1
              ) + 7 * (
                LOCATE(SUBSTRING(number, 11, 1), '0123456789') - 1
              ) + 9 * (
                LOCATE(SUBSTRING(number, 12, 1), '0123456789') - 1
              ) + 10 * (
                LOCATE(SUBSTRING(number, 13, 1), '0123456789') - 1
              ) + 5 * (
                LOCATE(SUBSTRING(number, 14, 1), '0123456789') - 1
              ) + 8 * (
                LOCATE(SUBSTRING(number, 15, 1), '0123456789') - 1
              ) + 4 * (
                LOCATE(SUBSTRING(number, 16, 1), '0123456789') - 1
              ) + 2 * (
                LOCATE(SUBSTRING(number, 17, 1), '0123456789') - 1
              )
            ) % 11,
            1
          ) = SUBSTRING(number, 18, 1)
        )
        THEN number
      END
      WHEN certificate_type IN ('统一社会信用代码', '统一社会信用代码证', '统一社会信用代码证书')
      THEN CASE
        WHEN NOT is_personal
        AND (
          number RLIKE '^[0-9A-HJ-NPQRTUWXY]{18}\\z'
          AND (
            31 - (
              1 * (
                LOCATE(SUBSTRING(number, 1, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 3 * (
                LOCATE(SUBSTRING(number, 2, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 9 * (
                LOCATE(SUBSTRING(number, 3, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 27 * (
                LOCATE(SUBSTRING(number, 4, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 19 * (
                LOCATE(SUBSTRING(number, 5, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 26 * (
                LOCATE(SUBSTRING(number, 6, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 16 * (
                LOCATE(SUBSTRING(number, 7, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 17 * (
                LOCATE(SUBSTRING(number, 8, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 20 * (
                LOCATE(SUBSTRING(number, 9, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 29 * (
                LOCATE(SUBSTRING(number, 10, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 25 * (
                LOCATE(SUBSTRING(number, 11, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 13 * (
                LOCATE(SUBSTRING(number, 12, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 8 * (
                LOCATE(SUBSTRING(number, 13, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 24 * (
                LOCATE(SUBSTRING(number, 14, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 10 * (
                LOCATE(SUBSTRING(number, 15, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 30 * (
                LOCATE(SUBSTRING(number, 16, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              ) + 28 * (
                LOCATE(SUBSTRING(number, 17, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
              )
            ) % 31
          ) % 31 = LOCATE(SUBSTRING(number, 18, 1), '0123456789ABCDEFGHJKLMNPQRTUWXY') - 1
        )
        THEN number
      END
      WHEN is_personal
      AND certificate_type LIKE '%护照%'
      AND number RLIKE '^[A-Z]+[0-9]{6,}\\z'
      THEN number
      WHEN is_personal
      AND certificate_type LIKE '%通行证%'
      AND number RLIKE '^[A-Z]?[0-9]{8,}\\z'
      THEN number
      WHEN is_personal AND certificate_type LIKE '%永久居留%' AND LENGTH(number) >= 15
      THEN number
    END AS certificate_number
  FROM lengthened
), merged AS (
  SELECT
    customer_number,
    certificate_group,
    certificate_number,
    MIN(first_reported_on) AS first_reported_on,
    MAX(last_reported_on) AS last_reported_on
  FROM grouped
  WHERE
    NOT certificate_number IS NULL
  GROUP BY
    customer_number,
    certificate_group,
    certificate_number
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.certificate_group AS STRING) AS certificate_group,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.first_reported_on AS DATE) AS first_reported_on,
  CAST(q.last_reported_on AS DATE) AS last_reported_on
FROM (
  SELECT
    legal_entity_code,
    customer_number,
    certificate_group,
    certificate_number,
    first_reported_on,
    last_reported_on
  FROM (
    SELECT
      'BANK' AS legal_entity_code,
      customer_number,
      certificate_group,
      certificate_number,
      first_reported_on,
      last_reported_on,
      ROW_NUMBER() OVER (
        PARTITION BY customer_number, certificate_group
        ORDER BY last_reported_on DESC, first_reported_on DESC, certificate_number NULLS LAST
      ) AS _w
    FROM merged
  ) AS _t
  WHERE
    NOT certificate_group IN ('resident', 'credit_code') OR _w = 1
) AS q
