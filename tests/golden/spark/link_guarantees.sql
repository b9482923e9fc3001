WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM guarantee_contract_snapshot
    )
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
), in_force AS (
  SELECT
    s.guarantee_contract_number,
    s.guaranteed_contract_number,
    s.guarantee_type,
    s.currency,
    s.guarantee_amount,
    s.reported_on,
    f.next_on,
    s.source_file_id,
    s.source_line,
    MIN(COALESCE(s.starts_on, s.reported_on)) OVER (PARTITION BY s.guarantee_contract_number, s.guaranteed_contract_number) AS starts_on,
    MIN(s.reported_on) OVER (PARTITION BY s.guarantee_contract_number, s.guaranteed_contract_number) AS first_reported_on
  FROM guarantee_contract_snapshot AS s
  INNER JOIN delivery AS d
    ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = s.reported_on
  WHERE
    s.contract_status IN ('in_force', 'unknown')
), secured AS (
  SELECT
    guarantee_contract_number,
    guaranteed_contract_number,
    guarantee_type,
    currency,
    guarantee_amount,
    starts_on,
    first_reported_on,
    next_on
  FROM (
    SELECT
      guarantee_contract_number,
      guaranteed_contract_number,
      guarantee_type,
      currency,
      guarantee_amount,
      LEAST(starts_on, first_reported_on) AS starts_on,
      first_reported_on,
      next_on,
      ROW_NUMBER() OVER (
        PARTITION BY guarantee_contract_number, guaranteed_contract_number
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM in_force
  ) AS _t
  WHERE
    _w = 1
), named AS (
  SELECT
    contract_number,
    customer_number,
    1 AS preference
  FROM loan_contract_snapshot
  UNION ALL
  SELECT
    contract_number,
    customer_number,
    2 AS preference
  FROM loan_snapshot
  WHERE
    NOT contract_number IS NULL
  UNION ALL
  SELECT
    contract_number,
    customer_number,
    3 AS preference
  FROM bill_discount_snapshot
  WHERE
    NOT contract_number IS NULL AND NOT customer_number IS NULL
  UNION ALL
  SELECT
    contract_number,
    customer_number,
    4 AS preference
  FROM advance_snapshot
  WHERE
    NOT contract_number IS NULL AND NOT customer_number IS NULL
  UNION ALL
  SELECT
    limit_number AS contract_number,
    customer_number,
    5 AS preference
  FROM credit_limit_snapshot
  WHERE
    NOT limit_number IS NULL
), borrowers AS (
  SELECT
    contract_number,
    customer_number
  FROM (
    SELECT
      n.contract_number,
      n.customer_number,
      ROW_NUMBER() OVER (
        PARTITION BY n.contract_number
        ORDER BY n.preference NULLS LAST, n.customer_number NULLS LAST
      ) AS _w
    FROM (
      SELECT
        contract_number,
        customer_number,
        MIN(preference) AS preference
      FROM named
      WHERE
        contract_number IN (
          SELECT
            guaranteed_contract_number
          FROM secured
        )
      GROUP BY
        contract_number,
        customer_number
    ) AS n
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.guarantee_contract_number AS STRING) AS guarantee_contract_number,
  CAST(q.guaranteed_contract_number AS STRING) AS guaranteed_contract_number,
  CAST(q.guarantor_key AS STRING) AS guarantor_key,
  CAST(q.guarantor_number AS STRING) AS guarantor_number,
  CAST(q.identity_grade AS STRING) AS identity_grade,
  CAST(q.borrower_number AS STRING) AS borrower_number,
  CAST(q.guarantee_type AS STRING) AS guarantee_type,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.guarantee_amount AS DECIMAL(18, 2)) AS guarantee_amount,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.is_self AS BOOLEAN) AS is_self
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.guarantee_contract_number,
    s.guaranteed_contract_number,
    g.guarantor_key,
    g.customer_number AS guarantor_number,
    g.identity_grade,
    b.customer_number AS borrower_number,
    s.guarantee_type,
    s.currency,
    s.guarantee_amount,
    CASE
      WHEN g.first_reported_on > s.first_reported_on
      THEN g.first_reported_on
      ELSE s.starts_on
    END AS valid_from,
    CASE
      WHEN s.next_on IS NULL
      THEN g.valid_until
      WHEN g.valid_until IS NULL OR s.next_on <= g.valid_until
      THEN s.next_on
      ELSE g.valid_until
    END AS valid_until,
    COALESCE(g.guarantor_key = b.customer_number, FALSE) AS is_self
  FROM secured AS s
  INNER JOIN guarantor AS g
    ON g.guarantee_contract_number = s.guarantee_contract_number
  LEFT JOIN borrowers AS b
    ON b.contract_number = s.guaranteed_contract_number
  WHERE
    NOT COALESCE(g.valid_until <= s.first_reported_on OR s.next_on <= g.first_reported_on, FALSE)
) AS q
