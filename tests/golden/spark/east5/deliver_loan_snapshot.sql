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
      COALESCE(KHTYBH, 'none') AS customer_number,
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
      COALESCE(KHTYBH, 'none') AS customer_number,
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
    UNION ALL
    SELECT
      b.delivered_on AS reported_on,
      b.loan_number,
      CAST(NULL AS STRING) AS account_number,
      MIN(b.XDHTH) AS contract_number,
      MIN(b.TXRKHTYBH) AS customer_number,
      MIN(b.NBJGH) AS organisation_code,
      '票据贴现' AS product_code,
      MIN(b.BZ) AS currency,
      CAST(SUM(b.PMJE) AS DECIMAL(18, 2)) AS disbursed_amount,
      CAST(SUM(
        CASE
          WHEN b.bill_status IN ('settled', 'transferred')
          THEN CAST(0 AS DECIMAL(18, 2))
          ELSE b.PMJE
        END
      ) AS DECIMAL(18, 2)) AS balance,
      'unclassified' AS loan_class,
      CASE MIN(
          CASE b.bill_status
            WHEN 'overdue'
            THEN 1
            WHEN 'held'
            THEN 2
            WHEN 'settled'
            THEN 3
            ELSE 4
          END
        )
        WHEN 1
        THEN 'overdue'
        WHEN 2
        THEN 'current'
        WHEN 3
        THEN 'settled'
        ELSE 'transferred'
      END AS loan_status,
      MIN(b.TXRQ) AS disbursed_on,
      MAX(b.PJDQRQ) AS matures_on,
      CAST(NULL AS DATE) AS ended_on,
      CAST(NULL AS DECIMAL(18, 2)) AS principal_overdue_amount,
      CAST(NULL AS DECIMAL(18, 2)) AS interest_overdue_amount,
      MIN(CASE WHEN b.bill_status = 'overdue' THEN b.PJDQRQ END) AS overdue_since,
      FALSE AS is_agriculture,
      FALSE AS is_inclusive_small_micro,
      CAST(NULL AS STRING) AS officer_number,
      MIN(b.source_file_id) AS source_file_id,
      MIN(b.source_line) AS source_line
    FROM (
      SELECT
        delivered_on,
        COALESCE(XDJJH, PJHM) AS loan_number,
        XDHTH,
        TXRKHTYBH,
        NBJGH,
        BZ,
        PMJE,
        TXRQ,
        PJDQRQ,
        source_file_id,
        source_line,
        CASE
          WHEN PJZT RLIKE '未结清|未到期'
          THEN 'held'
          WHEN PJZT RLIKE '逾期|拒付|垫款'
          THEN 'overdue'
          WHEN PJZT RLIKE '结清|收回|兑付|解付|终结|核销'
          THEN 'settled'
          WHEN PJZT RLIKE '转出|卖出|转贴现|转让|背书'
          THEN 'transferred'
          ELSE 'held'
        END AS bill_status
      FROM east5_pjtxb
    ) AS b
    WHERE
      NOT b.loan_number IS NULL
      AND NOT b.TXRKHTYBH IS NULL
      AND NOT b.NBJGH IS NULL
      AND NOT b.BZ IS NULL
      AND NOT b.PMJE IS NULL
      AND NOT b.TXRQ IS NULL
      AND NOT EXISTS(
        SELECT
          1
        FROM east5_dgxdywjjb AS d
        WHERE
          d.XDJJH = b.loan_number AND d.delivered_on = b.delivered_on
      )
      AND NOT EXISTS(
        SELECT
          1
        FROM east5_grxdywjjb AS g
        WHERE
          g.XDJJH = b.loan_number AND g.delivered_on = b.delivered_on
      )
    GROUP BY
      b.delivered_on,
      b.loan_number
    UNION ALL
    SELECT
      a.delivered_on AS reported_on,
      a.XDJJH AS loan_number,
      CAST(NULL AS STRING) AS account_number,
      a.XDHTH AS contract_number,
      a.KHTYBH AS customer_number,
      a.NBJGH AS organisation_code,
      '垫款' AS product_code,
      a.BZ AS currency,
      a.DKJE AS disbursed_amount,
      a.DKYE AS balance,
      'unclassified' AS loan_class,
      CASE
        WHEN a.DKZT RLIKE '核销'
        THEN 'written_off'
        WHEN a.DKZT RLIKE '转让'
        THEN 'transferred'
        WHEN a.DKZT RLIKE '逾期'
        THEN 'overdue'
        WHEN a.DKZT RLIKE '未结清'
        THEN 'current'
        WHEN a.DKZT RLIKE '结清|收回|归还|终结'
        THEN 'settled'
        WHEN a.DKZT RLIKE '正常|垫款|未结清|有效'
        THEN 'current'
        ELSE 'other'
      END AS loan_status,
      a.DKRQ AS disbursed_on,
      CAST(NULL AS DATE) AS matures_on,
      CAST(NULL AS DATE) AS ended_on,
      CAST(NULL AS DECIMAL(18, 2)) AS principal_overdue_amount,
      CAST(NULL AS DECIMAL(18, 2)) AS interest_overdue_amount,
      CASE WHEN a.DKZT RLIKE '逾期' THEN a.DKRQ END AS overdue_since,
      FALSE AS is_agriculture,
      FALSE AS is_inclusive_small_micro,
      CAST(NULL AS STRING) AS officer_number,
      a.source_file_id,
      a.source_line
    FROM east5_dkdjb AS a
    WHERE
      NOT a.KHTYBH IS NULL
      AND NOT a.NBJGH IS NULL
      AND NOT a.BZ IS NULL
      AND NOT a.DKJE IS NULL
      AND NOT a.DKRQ IS NULL
      AND NOT EXISTS(
        SELECT
          1
        FROM east5_dgxdywjjb AS d
        WHERE
          d.XDJJH = a.XDJJH AND d.delivered_on = a.delivered_on
      )
      AND NOT EXISTS(
        SELECT
          1
        FROM east5_grxdywjjb AS g
        WHERE
          g.XDJJH = a.XDJJH AND g.delivered_on = a.delivered_on
      )
      AND NOT EXISTS(
        SELECT
          1
        FROM east5_pjtxb AS b
        WHERE
          COALESCE(b.XDJJH, b.PJHM) = a.XDJJH AND b.delivered_on = a.delivered_on
      )
  ) AS m
) AS q
