WITH classes AS (
  SELECT
    subject_code,
    business_class,
    ROW_NUMBER() OVER (
      PARTITION BY subject_code
      ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM ledger_subject_snapshot
), subjects AS (
  SELECT
    l.subject_code,
    l.business_date,
    MIN(l.subject_name) AS subject_name,
    MIN(l.business_subclass) AS business_subclass,
    MIN(
      CASE
        WHEN c.business_class LIKE '%共同%'
        THEN 'joint'
        WHEN c.business_class LIKE '%表外%' OR c.business_class LIKE '%或有%'
        THEN 'off_balance'
        WHEN c.business_class LIKE '%权益%'
        THEN 'equity'
        WHEN c.business_class LIKE '%损益%'
        OR c.business_class LIKE '%收入%'
        OR c.business_class LIKE '%支出%'
        THEN 'result'
        WHEN c.business_class LIKE '%资产%'
        THEN 'asset'
        WHEN c.business_class LIKE '%负债%'
        THEN 'liability'
        WHEN l.subject_code LIKE '1%'
        THEN 'asset'
        WHEN l.subject_code LIKE '2%'
        THEN 'liability'
        WHEN l.subject_code LIKE '3%'
        THEN 'joint'
        WHEN l.subject_code LIKE '4%'
        THEN 'equity'
        WHEN l.subject_code LIKE '5%' OR l.subject_code LIKE '6%'
        THEN 'result'
        ELSE 'unknown'
      END
    ) AS element_code
  FROM ledger_day AS l
  LEFT JOIN classes AS c
    ON c.subject_code = l.subject_code AND c.recency = 1
  GROUP BY
    l.subject_code,
    l.business_date
), lines AS (
  SELECT
    s.subject_code,
    s.business_date,
    r.control_code,
    r.is_own,
    ROW_NUMBER() OVER (
      PARTITION BY s.subject_code, s.business_date, r.is_own
      ORDER BY r.line_number NULLS LAST
    ) AS preference
  FROM subjects AS s
  INNER JOIN control_subject AS r
    ON s.business_date >= r.valid_from
    AND s.business_date < COALESCE(r.valid_until, CAST('9999-12-31' AS DATE))
    AND (
      r.element_code IS NULL OR r.element_code = s.element_code
    )
    AND (
      (
        r.match_by = 'subclass' AND s.business_subclass = r.pattern
      )
      OR (
        r.match_by = 'code' AND STARTSWITH(s.subject_code, r.pattern)
      )
      OR (
        r.match_by = 'name' AND CONTAINS(s.subject_name, r.pattern)
      )
    )
), kinds AS (
  SELECT
    subject_code,
    control_code,
    COUNT(*) AS day_count
  FROM subledger_day
  WHERE
    subject_code <> 'none' AND subject_code <> '*'
  GROUP BY
    subject_code,
    control_code
), facts AS (
  SELECT
    subject_code,
    control_code,
    ROW_NUMBER() OVER (PARTITION BY subject_code ORDER BY day_count DESC, control_code NULLS LAST) AS preference
  FROM kinds
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.control_code AS STRING) AS control_code,
  CAST(q.decided_by AS STRING) AS decided_by,
  CAST(q.element_code AS STRING) AS element_code
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.subject_code,
    s.business_date,
    COALESCE(o.control_code, f.control_code, d.control_code, 'none') AS control_code,
    CASE
      WHEN NOT o.control_code IS NULL
      THEN 'own'
      WHEN NOT f.control_code IS NULL
      THEN 'accounts'
      WHEN NOT d.control_code IS NULL
      THEN 'line'
      ELSE 'nothing'
    END AS decided_by,
    s.element_code
  FROM subjects AS s
  LEFT JOIN lines AS o
    ON o.subject_code = s.subject_code
    AND o.business_date = s.business_date
    AND o.is_own
    AND o.preference = 1
  LEFT JOIN facts AS f
    ON f.subject_code = s.subject_code AND f.preference = 1
  LEFT JOIN lines AS d
    ON d.subject_code = s.subject_code
    AND d.business_date = s.business_date
    AND NOT d.is_own
    AND d.preference = 1
) AS q
