SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.subject_name AS STRING) AS subject_name,
  CAST(q.subject_level AS BIGINT) AS subject_level,
  CAST(q.parent_code AS STRING) AS parent_code,
  CAST(q.balance_side AS STRING) AS balance_side,
  CAST(q.business_class AS STRING) AS business_class,
  CAST(q.business_subclass AS STRING) AS business_subclass,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.subject_code,
    m.subject_name,
    m.subject_level,
    m.parent_code,
    m.balance_side,
    m.business_class,
    m.business_subclass,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      KJKMBH AS subject_code,
      KJKMMC AS subject_name,
      KJKMJC AS subject_level,
      SJKMBH AS parent_code,
      CASE
        WHEN KMJDBZ IN ('借', '借方')
        THEN 'debit'
        WHEN KMJDBZ IN ('贷', '贷方')
        THEN 'credit'
        ELSE 'both'
      END AS balance_side,
      GSYWDL AS business_class,
      CASE
        WHEN GSYWZL LIKE '%各项存款%'
        THEN 'deposit'
        WHEN GSYWZL LIKE '%各项贷款%'
        THEN 'loan'
        WHEN GSYWZL LIKE '%各项垫款%'
        THEN 'advance'
        WHEN GSYWZL LIKE '%各项准备金%'
        THEN 'provision'
        WHEN GSYWZL LIKE '%投资%'
        THEN 'investment'
        WHEN GSYWZL LIKE '%拆出%'
        THEN 'lending_to_banks'
        WHEN GSYWZL LIKE '%拆入%'
        THEN 'borrowing_from_banks'
        WHEN GSYWZL LIKE '%利息收入%'
        THEN 'interest_income'
        WHEN GSYWZL LIKE '%中间业务收入%'
        THEN 'fee_income'
        ELSE 'other'
      END AS business_subclass,
      source_file_id,
      source_line
    FROM (
      SELECT
        delivered_on,
        KJKMBH,
        KJKMMC,
        KJKMJC,
        SJKMBH,
        KMJDBZ,
        GSYWDL,
        GSYWZL,
        source_file_id,
        source_line,
        ROW_NUMBER() OVER (
          PARTITION BY delivered_on, KJKMBH
          ORDER BY NBJGH, source_file_id NULLS LAST, source_line NULLS LAST
        ) AS preference
      FROM east5_nbkmdzb
    ) AS s
    WHERE
      preference = 1
  ) AS m
) AS q
