WITH sampled AS (
  SELECT
    source_file_id,
    'customer_snapshot' AS delivered_table,
    reported_on,
    certificate_type,
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
  FROM customer_snapshot
  WHERE
    source_line <= 2000
  UNION ALL
  SELECT
    source_file_id,
    'customer_identity_snapshot' AS delivered_table,
    reported_on,
    certificate_type,
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
  FROM customer_identity_snapshot
  WHERE
    source_line <= 2000
), judged AS (
  SELECT
    source_file_id,
    delivered_table,
    reported_on,
    CASE
      WHEN certificate_type IN ('居民身份证', '身份证', '二代身份证', '第二代居民身份证', '临时身份证', '临时居民身份证')
      AND LENGTH(number) <> 15
      AND number <> ''
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
      WHEN certificate_type IN ('统一社会信用代码', '统一社会信用代码证', '统一社会信用代码证书') AND number <> ''
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
    END AS holds
  FROM sampled
), counted AS (
  SELECT
    source_file_id,
    delivered_table,
    MIN(reported_on) AS reported_on,
    COUNT(holds) AS checked_count,
    COUNT(*) FILTER(WHERE
      holds) AS genuine_count
  FROM judged
  GROUP BY
    source_file_id,
    delivered_table
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.delivered_table AS STRING) AS delivered_table,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.checked_count AS BIGINT) AS checked_count,
  CAST(q.genuine_count AS BIGINT) AS genuine_count,
  CAST(q.is_genuine AS BOOLEAN) AS is_genuine
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    source_file_id,
    delivered_table,
    reported_on,
    checked_count,
    genuine_count,
    genuine_count * 10 >= checked_count * 9
    AND (
      checked_count > 0 OR delivered_table = 'customer_identity_snapshot'
    ) AS is_genuine
  FROM counted
) AS q
