WITH named AS (
  SELECT
    certificate_type,
    certificate_number
  FROM guarantor_snapshot
  UNION ALL
  SELECT
    certificate_type,
    certificate_number
  FROM collateral_item_snapshot
  UNION ALL
  SELECT
    certificate_type,
    certificate_number
  FROM wealth_holding_snapshot
  GROUP BY
    certificate_type,
    certificate_number
  UNION ALL
  SELECT
    certificate_type,
    certificate_number
  FROM customer_tie_snapshot
  WHERE
    related_number IS NULL
  UNION ALL
  SELECT
    certificate_type,
    certificate_number
  FROM shareholder_snapshot
  WHERE
    customer_number IS NULL
), asked AS (
  SELECT
    certificate_type,
    certificate_number,
    CASE
      WHEN certificate_type IN ('居民身份证', '身份证', '二代身份证', '第二代居民身份证', '临时身份证', '临时居民身份证')
      THEN 'resident'
      WHEN certificate_type IN ('统一社会信用代码', '统一社会信用代码证', '统一社会信用代码证书')
      THEN 'credit_code'
      ELSE certificate_type
    END AS type,
    COALESCE(
      UPPER(
        REPLACE(
          REPLACE(
            REPLACE(
              TRIM('                　' FROM TRANSLATE(certificate_number, '０１２３４５６７８９ＸｘＡ', '0123456789XXA')),
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
    ) AS number
  FROM named
  WHERE
    NOT certificate_type IS NULL AND NOT certificate_number IS NULL
  GROUP BY
    certificate_type,
    certificate_number
), held AS (
  SELECT
    customer_number,
    CASE
      WHEN certificate_type IN ('居民身份证', '身份证', '二代身份证', '第二代居民身份证', '临时身份证', '临时居民身份证')
      THEN 'resident'
      WHEN certificate_type IN ('统一社会信用代码', '统一社会信用代码证', '统一社会信用代码证书')
      THEN 'credit_code'
      ELSE certificate_type
    END AS type,
    COALESCE(
      UPPER(
        REPLACE(
          REPLACE(
            REPLACE(
              TRIM('                　' FROM TRANSLATE(certificate_number, '０１２３４５６７８９ＸｘＡ', '0123456789XXA')),
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
    ) AS number
  FROM customer
  WHERE
    NOT certificate_type IS NULL AND NOT certificate_number IS NULL
), owners AS (
  SELECT
    h.type,
    h.number,
    MIN(h.customer_number) AS customer_number,
    COUNT(*) AS candidate_count
  FROM held AS h
  WHERE
    EXISTS(
      SELECT
        1
      FROM asked AS a
      WHERE
        a.type = h.type AND a.number = h.number
    )
  GROUP BY
    h.type,
    h.number
), judged AS (
  SELECT
    certificate_type,
    certificate_number,
    type,
    number,
    CASE
      WHEN type = 'resident'
      THEN (
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
      WHEN type = 'credit_code'
      THEN (
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
      ELSE FALSE
    END AS is_real
  FROM asked
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.candidate_count AS BIGINT) AS candidate_count,
  CAST(q.identity_grade AS STRING) AS identity_grade
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    j.certificate_type,
    j.certificate_number,
    o.customer_number,
    COALESCE(o.candidate_count, 0) AS candidate_count,
    CASE
      WHEN o.customer_number IS NULL
      THEN 'unresolved'
      WHEN j.is_real
      THEN 'exact'
      ELSE 'deformed'
    END AS identity_grade
  FROM judged AS j
  LEFT JOIN owners AS o
    ON o.type = j.type AND o.number = j.number
) AS q
