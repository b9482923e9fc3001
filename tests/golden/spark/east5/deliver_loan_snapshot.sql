SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.contract_number AS STRING) AS contract_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.disbursed_amount AS DECIMAL(18, 2)) AS disbursed_amount,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.loan_class AS STRING) AS loan_class,
  CAST(q.loan_status AS STRING) AS loan_status,
  CAST(q.disbursed_on AS DATE) AS disbursed_on,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.ended_on AS DATE) AS ended_on,
  CAST(q.principal_overdue_amount AS DECIMAL(18, 2)) AS principal_overdue_amount,
  CAST(q.interest_overdue_amount AS DECIMAL(18, 2)) AS interest_overdue_amount,
  CAST(q.overdue_since AS DATE) AS overdue_since,
  CAST(q.is_agriculture AS BOOLEAN) AS is_agriculture,
  CAST(q.is_inclusive_small_micro AS BOOLEAN) AS is_inclusive_small_micro,
  CAST(q.officer_number AS STRING) AS officer_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.loan_number,
    m.account_number,
    m.contract_number,
    m.customer_number,
    m.organisation_code,
    m.product_code,
    m.currency,
    m.disbursed_amount,
    m.balance,
    m.loan_class,
    m.loan_status,
    m.disbursed_on,
    m.matures_on,
    m.ended_on,
    m.principal_overdue_amount,
    m.interest_overdue_amount,
    m.overdue_since,
    m.is_agriculture,
    m.is_inclusive_small_micro,
    m.officer_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      XDJJH AS loan_number,
      DKFHZH AS account_number,
      XDHTH AS contract_number,
      KHTYBH AS customer_number,
      NBJGH AS organisation_code,
      COALESCE(XDYWZL, 'unknown') AS product_code,
      BZ AS currency,
      DKJE AS disbursed_amount,
      DKYE AS balance,
      CASE DKWJFL
        WHEN '正常'
        THEN 'pass'
        WHEN '关注'
        THEN 'special_mention'
        WHEN '次级'
        THEN 'substandard'
        WHEN '可疑'
        THEN 'doubtful'
        WHEN '损失'
        THEN 'loss'
        ELSE 'unclassified'
      END AS loan_class,
      CASE DKZT
        WHEN '正常'
        THEN 'current'
        WHEN '逾期'
        THEN 'overdue'
        WHEN '结清'
        THEN 'settled'
        WHEN '核销'
        THEN 'written_off'
        WHEN '转让'
        THEN 'transferred'
        ELSE 'other'
      END AS loan_status,
      DKFFRQ AS disbursed_on,
      DKDQRQ AS matures_on,
      ZJRQ AS ended_on,
      QBJE AS principal_overdue_amount,
      CAST(COALESCE(BNQXYE, 0) + COALESCE(BWQXYE, 0) AS DECIMAL(18, 2)) AS interest_overdue_amount,
      CASE
        WHEN QBRQ IS NULL
        THEN QXRQ
        WHEN QXRQ IS NULL OR QBRQ <= QXRQ
        THEN QBRQ
        ELSE QXRQ
      END AS overdue_since,
      SFSNDK = '是' AS is_agriculture,
      SFPHXXWQYDK = '是' AS is_inclusive_small_micro,
      XDYGH AS officer_number,
      source_file_id,
      source_line
    FROM east5_grxdywjjb
    UNION ALL
    SELECT
      delivered_on AS reported_on,
      XDJJH AS loan_number,
      DKFHZH AS account_number,
      XDHTH AS contract_number,
      KHTYBH AS customer_number,
      NBJGH AS organisation_code,
      COALESCE(XDYWZL, 'unknown') AS product_code,
      BZ AS currency,
      DKJE AS disbursed_amount,
      DKYE AS balance,
      CASE DKWJFL
        WHEN '正常'
        THEN 'pass'
        WHEN '关注'
        THEN 'special_mention'
        WHEN '次级'
        THEN 'substandard'
        WHEN '可疑'
        THEN 'doubtful'
        WHEN '损失'
        THEN 'loss'
        ELSE 'unclassified'
      END AS loan_class,
      CASE DKZT
        WHEN '正常'
        THEN 'current'
        WHEN '逾期'
        THEN 'overdue'
        WHEN '结清'
        THEN 'settled'
        WHEN '核销'
        THEN 'written_off'
        WHEN '转让'
        THEN 'transferred'
        ELSE 'other'
      END AS loan_status,
      DKFFRQ AS disbursed_on,
      DKDQRQ AS matures_on,
      ZJRQ AS ended_on,
      QBJE AS principal_overdue_amount,
      CAST(COALESCE(BNQXYE, 0) + COALESCE(BWQXYE, 0) AS DECIMAL(18, 2)) AS interest_overdue_amount,
      CASE
        WHEN QBRQ IS NULL
        THEN QXRQ
        WHEN QXRQ IS NULL OR QBRQ <= QXRQ
        THEN QBRQ
        ELSE QXRQ
      END AS overdue_since,
      SFSNDK = '是' AS is_agriculture,
      SFPHXXWQYDK = '是' AS is_inclusive_small_micro,
      XDYGH AS officer_number,
      source_file_id,
      source_line
    FROM east5_dgxdywjjb
  ) AS m
) AS q
