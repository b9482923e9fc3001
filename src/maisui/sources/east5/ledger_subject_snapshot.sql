SELECT
  delivered_on AS reported_on,
  KJKMBH AS subject_code,
  KJKMMC AS subject_name,
  KJKMJC AS subject_level,
  SJKMBH AS parent_code,
  CASE
    WHEN KMJDBZ IN ('借', '借方') THEN 'debit'
    WHEN KMJDBZ IN ('贷', '贷方') THEN 'credit'
    ELSE 'both'
  END AS balance_side,
  GSYWDL AS business_class,
  CASE
    WHEN GSYWZL LIKE '%各项存款%' THEN 'deposit'
    WHEN GSYWZL LIKE '%各项贷款%' THEN 'loan'
    WHEN GSYWZL LIKE '%各项垫款%' THEN 'advance'
    WHEN GSYWZL LIKE '%各项准备金%' THEN 'provision'
    WHEN GSYWZL LIKE '%投资%' THEN 'investment'
    WHEN GSYWZL LIKE '%拆出%' THEN 'lending_to_banks'
    WHEN GSYWZL LIKE '%拆入%' THEN 'borrowing_from_banks'
    WHEN GSYWZL LIKE '%利息收入%' THEN 'interest_income'
    WHEN GSYWZL LIKE '%中间业务收入%' THEN 'fee_income'
    ELSE 'other'
  END AS business_subclass,
  source_file_id,
  source_line
FROM (
  SELECT
    delivered_on, KJKMBH, KJKMMC, KJKMJC, SJKMBH, KMJDBZ, GSYWDL, GSYWZL, source_file_id, source_line,
    row_number() OVER (PARTITION BY delivered_on, KJKMBH ORDER BY NBJGH NULLS FIRST, source_file_id, source_line) AS preference
  FROM east5_nbkmdzb
) AS s
WHERE preference = 1
