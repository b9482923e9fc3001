WITH RECURSIVE recent AS (
  SELECT
    subject_code,
    subject_name,
    parent_code,
    business_class,
    business_subclass,
    ROW_NUMBER() OVER (
      PARTITION BY subject_code
      ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM ledger_subject_snapshot
), subjects AS (
  SELECT
    subject_code,
    COALESCE(subject_name, '') AS subject_name,
    parent_code,
    COALESCE(business_class, '') AS business_class,
    COALESCE(business_subclass, 'other') AS business_subclass
  FROM recent
  WHERE
    recency = 1
  UNION ALL
  SELECT DISTINCT
    g.subject_code,
    '' AS subject_name,
    CAST(NULL AS STRING) AS parent_code,
    '' AS business_class,
    'other' AS business_subclass
  FROM ledger_snapshot AS g
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM ledger_subject_snapshot AS s
      WHERE
        s.subject_code = g.subject_code
    )
), stated AS (
  SELECT
    subject_code,
    subject_name,
    parent_code,
    business_subclass,
    CASE
      WHEN business_class LIKE '%共同%' OR business_class = '5'
      THEN 'joint'
      WHEN business_class LIKE '%表外%' OR business_class = '6'
      THEN 'off_balance'
      WHEN business_class LIKE '%权益%' OR business_class = '3'
      THEN 'equity'
      WHEN business_class LIKE '%损益%' OR business_class = '4'
      THEN 'income'
      WHEN business_class LIKE '%资产%' OR business_class = '1'
      THEN 'asset'
      WHEN business_class LIKE '%负债%' OR business_class = '2'
      THEN 'liability'
      WHEN business_subclass IN ('loan', 'advance', 'provision', 'investment', 'lending_to_banks')
      THEN 'asset'
      WHEN business_subclass IN ('deposit', 'borrowing_from_banks')
      THEN 'liability'
      WHEN business_subclass IN ('interest_income', 'fee_income')
      THEN 'income'
      WHEN SUBSTRING(subject_code, 1, 1) = '1'
      THEN 'asset'
      WHEN SUBSTRING(subject_code, 1, 1) = '2'
      THEN 'liability'
      WHEN SUBSTRING(subject_code, 1, 1) = '3'
      THEN 'joint'
      WHEN SUBSTRING(subject_code, 1, 1) = '4'
      THEN 'equity'
      WHEN SUBSTRING(subject_code, 1, 1) = '6'
      THEN 'income'
      ELSE 'unmapped'
    END AS statement_code
  FROM subjects
), ruled AS (
  SELECT
    subject_code,
    subject_name,
    parent_code,
    statement_code,
    CASE
      WHEN statement_code = 'asset'
      AND business_subclass IN ('loan', 'advance', 'provision', 'investment')
      THEN business_subclass
      WHEN statement_code = 'asset' AND business_subclass = 'lending_to_banks'
      THEN 'interbank_asset'
      WHEN statement_code = 'liability' AND business_subclass = 'deposit'
      THEN 'deposit'
      WHEN statement_code = 'liability' AND business_subclass = 'borrowing_from_banks'
      THEN 'interbank_liability'
      WHEN statement_code = 'income'
      AND business_subclass IN ('interest_income', 'fee_income')
      THEN business_subclass
    END AS category_line,
    CASE statement_code
      WHEN 'asset'
      THEN CASE
        WHEN subject_name NOT LIKE '%贷款%'
        AND (
          subject_name LIKE '%固定资产%'
          OR subject_name LIKE '%累计折旧%'
          OR subject_name LIKE '%在建工程%'
          OR subject_name LIKE '%无形资产%'
          OR subject_name LIKE '%累计摊销%'
          OR subject_name LIKE '%使用权资产%'
          OR subject_name LIKE '%待摊费用%'
          OR subject_name LIKE '%抵债资产%'
          OR subject_name LIKE '%递延所得税%'
        )
        THEN 'other_asset'
        WHEN subject_name LIKE '%损失准备%' OR subject_name LIKE '%减值准备%'
        THEN 'provision'
        WHEN subject_name LIKE '%贴现%'
        THEN 'discount'
        WHEN subject_name LIKE '%垫款%'
        THEN 'advance'
        WHEN subject_name LIKE '%应收%'
        THEN 'receivable'
        WHEN subject_name LIKE '%现金%'
        THEN 'cash'
        WHEN subject_name LIKE '%中央银行%' OR subject_name LIKE '%准备金%'
        THEN 'central_bank_asset'
        WHEN subject_name LIKE '%同业%' OR subject_name LIKE '%拆%' OR subject_name LIKE '%返售%'
        THEN 'interbank_asset'
        WHEN subject_name LIKE '%投资%' OR subject_name LIKE '%债券%'
        THEN 'investment'
        WHEN subject_name LIKE '%贷款%'
        THEN 'loan'
      END
      WHEN 'liability'
      THEN CASE
        WHEN subject_name LIKE '%应付%' OR subject_name LIKE '%应交%'
        THEN 'payable'
        WHEN subject_name LIKE '%中央银行%' OR subject_name LIKE '%再贷款%'
        THEN 'central_bank_liability'
        WHEN subject_name LIKE '%同业%'
        OR subject_name LIKE '%拆入%'
        OR subject_name LIKE '%回购%'
        OR subject_name LIKE '%债券%'
        THEN 'interbank_liability'
        WHEN subject_name LIKE '%存款%' OR subject_name LIKE '%储蓄%'
        THEN 'deposit'
      END
      WHEN 'income'
      THEN CASE
        WHEN subject_name LIKE '%所得税%'
        THEN 'income_tax'
        WHEN subject_name LIKE '%以前年度%'
        THEN 'prior_year_adjustment'
        WHEN subject_name LIKE '%营业外收入%'
        THEN 'non_operating_income'
        WHEN subject_name LIKE '%营业外支出%'
        THEN 'non_operating_expense'
        WHEN subject_name LIKE '%减值%'
        OR subject_name LIKE '%资产损失%'
        OR subject_name LIKE '%准备支出%'
        THEN 'impairment'
        WHEN subject_name LIKE '%税金%' OR subject_name LIKE '%附加%'
        THEN 'tax_surcharge'
        WHEN subject_name LIKE '%利息支出%' OR subject_name LIKE '%往来支出%'
        THEN 'interest_expense'
        WHEN subject_name LIKE '%利息收入%' OR subject_name LIKE '%往来收入%'
        THEN 'interest_income'
        WHEN subject_name LIKE '%手续费%支出%' OR subject_name LIKE '%佣金支出%'
        THEN 'fee_expense'
        WHEN subject_name LIKE '%手续费%收入%'
        OR subject_name LIKE '%佣金收入%'
        OR subject_name LIKE '%中间业务收入%'
        THEN 'fee_income'
        WHEN subject_name LIKE '%投资%' OR subject_name LIKE '%公允价值%' OR subject_name LIKE '%汇兑%'
        THEN 'investment_income'
        WHEN subject_name LIKE '%业务及管理费%'
        OR subject_name LIKE '%营业费用%'
        OR subject_name LIKE '%管理费用%'
        THEN 'operating_expense'
        WHEN subject_name LIKE '%其他业务收入%'
        OR subject_name LIKE '%其他营业收入%'
        OR subject_name LIKE '%其他收益%'
        OR subject_name LIKE '%资产处置%'
        THEN 'other_income'
        WHEN subject_name LIKE '%其他业务%' OR subject_name LIKE '%其他营业支出%'
        THEN 'other_expense'
      END
    END AS name_line,
    CASE
      WHEN statement_code <> 'income'
      THEN NULL
      WHEN SUBSTRING(subject_code, 1, 4) = '6011'
      THEN 'interest_income'
      WHEN SUBSTRING(subject_code, 1, 4) = '6021'
      THEN 'fee_income'
      WHEN SUBSTRING(subject_code, 1, 4) = '6411'
      THEN 'interest_expense'
      WHEN SUBSTRING(subject_code, 1, 4) = '6421'
      THEN 'fee_expense'
      WHEN SUBSTRING(subject_code, 1, 4) IN ('6101', '6111', '6061')
      THEN 'investment_income'
      WHEN SUBSTRING(subject_code, 1, 4) = '6051'
      THEN 'other_income'
      WHEN SUBSTRING(subject_code, 1, 4) = '6301'
      THEN 'non_operating_income'
      WHEN SUBSTRING(subject_code, 1, 4) = '6711'
      THEN 'non_operating_expense'
      WHEN SUBSTRING(subject_code, 1, 4) = '6403'
      THEN 'tax_surcharge'
      WHEN SUBSTRING(subject_code, 1, 4) = '6602'
      THEN 'operating_expense'
      WHEN SUBSTRING(subject_code, 1, 4) IN ('6701', '6702')
      THEN 'impairment'
      WHEN SUBSTRING(subject_code, 1, 4) = '6801'
      THEN 'income_tax'
    END AS code_line
  FROM stated
), decided AS (
  SELECT
    subject_code,
    parent_code,
    COALESCE(category_line, name_line, code_line) AS line_code,
    CASE
      WHEN NOT category_line IS NULL
      THEN 'category'
      WHEN NOT name_line IS NULL
      THEN 'name'
      WHEN NOT code_line IS NULL
      THEN 'code'
      ELSE 'none'
    END AS rule_code
  FROM ruled
), above AS (
  SELECT
    subject_code,
    subject_code AS ancestor_code,
    0 AS distance
  FROM ruled
  UNION ALL
  SELECT
    a.subject_code,
    r.parent_code AS ancestor_code,
    a.distance + 1 AS distance
  FROM above AS a
  INNER JOIN ruled AS r
    ON r.subject_code = a.ancestor_code
  WHERE
    NOT r.parent_code IS NULL AND r.parent_code <> r.subject_code AND a.distance < 12
), inherited AS (
  SELECT
    a.subject_code,
    d.line_code,
    d.rule_code,
    ROW_NUMBER() OVER (PARTITION BY a.subject_code ORDER BY a.distance DESC, a.ancestor_code NULLS LAST) AS preference
  FROM above AS a
  INNER JOIN decided AS d
    ON d.subject_code = a.ancestor_code
  WHERE
    NOT d.line_code IS NULL
), on_deposits AS (
  SELECT DISTINCT
    a.subject_code
  FROM above AS a
  INNER JOIN ruled AS r
    ON r.subject_code = a.ancestor_code
  WHERE
    r.subject_name LIKE '%存款%' OR r.subject_name LIKE '%储蓄%'
), bank AS (
  SELECT
    SUBSTRING(parameter_code, 13) AS subject_code,
    text_value AS line_code
  FROM parameter
  WHERE
    parameter_code LIKE 'ledger_line.%'
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), own_word AS (
  SELECT
    a.subject_code,
    b.line_code,
    ROW_NUMBER() OVER (
      PARTITION BY a.subject_code
      ORDER BY a.distance NULLS LAST, a.ancestor_code NULLS LAST
    ) AS preference
  FROM above AS a
  INNER JOIN bank AS b
    ON b.subject_code = a.ancestor_code
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.subject_name AS STRING) AS subject_name,
  CAST(q.statement_code AS STRING) AS statement_code,
  CAST(q.line_code AS STRING) AS line_code,
  CAST(q.rule_code AS STRING) AS rule_code
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    r.subject_code,
    NULLIF(r.subject_name, '') AS subject_name,
    r.statement_code,
    CASE
      WHEN NOT w.line_code IS NULL
      THEN w.line_code
      WHEN i.line_code = 'interest_expense' AND NOT p.subject_code IS NULL
      THEN 'deposit_interest_expense'
      WHEN NOT i.line_code IS NULL
      THEN i.line_code
      WHEN r.statement_code = 'income'
      THEN 'other_result'
      ELSE CONCAT('other_', COALESCE(r.statement_code, ''))
    END AS line_code,
    CASE WHEN NOT w.line_code IS NULL THEN 'bank' ELSE COALESCE(i.rule_code, 'none') END AS rule_code
  FROM ruled AS r
  LEFT JOIN inherited AS i
    ON i.subject_code = r.subject_code AND i.preference = 1
  LEFT JOIN on_deposits AS p
    ON p.subject_code = r.subject_code
  LEFT JOIN own_word AS w
    ON w.subject_code = r.subject_code AND w.preference = 1
) AS q
