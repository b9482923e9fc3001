WITH links AS (
  SELECT
    guarantee_contract_number,
    guarantor_key,
    guarantor_number,
    borrower_number,
    MAX(guarantee_amount) AS amount
  FROM guarantee_link
  WHERE
    NOT borrower_number IS NULL
    AND NOT is_self
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
  GROUP BY
    guarantee_contract_number,
    guarantor_key,
    guarantor_number,
    borrower_number
), given AS (
  SELECT
    party_key,
    CAST(COALESCE(SUM(amount), 0) AS DECIMAL(38, 2)) AS amount
  FROM (
    SELECT
      guarantee_contract_number,
      guarantor_key AS party_key,
      MAX(amount) AS amount
    FROM links
    GROUP BY
      guarantee_contract_number,
      guarantor_key
  ) AS g
  GROUP BY
    party_key
), received AS (
  SELECT
    party_key,
    CAST(COALESCE(SUM(amount), 0) AS DECIMAL(38, 2)) AS amount
  FROM (
    SELECT
      guarantee_contract_number,
      borrower_number AS party_key,
      MAX(amount) AS amount
    FROM links
    GROUP BY
      guarantee_contract_number,
      borrower_number
  ) AS r
  GROUP BY
    party_key
), lent AS (
  SELECT
    l.customer_number AS party_key,
    CAST(SUM(s.balance) AS DECIMAL(38, 2)) AS loan_balance,
    CAST(SUM(
      CASE
        WHEN s.loan_class IN ('substandard', 'doubtful', 'loss')
        THEN s.balance
        ELSE 0
      END
    ) AS DECIMAL(38, 2)) AS bad_loan_balance
  FROM loan_state AS s
  INNER JOIN loan AS l
    ON l.loan_number = s.loan_number
  WHERE
    s.valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      s.valid_until IS NULL OR s.valid_until > CAST('2026-10-31' AS DATE)
    )
    AND NOT s.loan_status IN ('written_off', 'transferred')
    AND l.product_code <> '委托贷款'
    AND l.customer_number IN (
      SELECT
        party_key
      FROM guarantee_component
    )
  GROUP BY
    l.customer_number
), means AS (
  SELECT
    guarantor_key,
    net_assets_amount
  FROM (
    SELECT
      guarantor_key,
      net_assets_amount,
      ROW_NUMBER() OVER (
        PARTITION BY guarantor_key
        ORDER BY last_reported_on DESC, guarantee_contract_number DESC
      ) AS _w
    FROM guarantor
    WHERE
      NOT net_assets_amount IS NULL
  ) AS _t
  WHERE
    _w = 1
), circles AS (
  SELECT
    cycle_code,
    COUNT(*) AS circle_party_count
  FROM guarantee_cycle
  GROUP BY
    cycle_code
  HAVING
    COUNT(*) > 1
), paired AS (
  SELECT
    first_party_key AS party_key
  FROM mutual_guarantee
  UNION ALL
  SELECT
    second_party_key AS party_key
  FROM mutual_guarantee
), parties AS (
  SELECT
    c.party_key,
    c.component_code,
    y.cycle_code AS circle_code,
    COALESCE(y.circle_party_count, 0) AS circle_party_count,
    NOT r.party_key IS NULL OR COALESCE(t.loan_balance, 0) > 0 AS is_borrower,
    NOT g.party_key IS NULL AS is_guarantor,
    COALESCE(g.amount, CAST(0 AS DECIMAL(38, 2))) AS given_amount,
    COALESCE(r.amount, CAST(0 AS DECIMAL(38, 2))) AS received_amount,
    m.net_assets_amount,
    COALESCE(t.loan_balance, CAST(0 AS DECIMAL(38, 2))) AS loan_balance,
    COALESCE(t.bad_loan_balance, CAST(0 AS DECIMAL(38, 2))) AS bad_loan_balance
  FROM guarantee_component AS c
  LEFT JOIN given AS g
    ON g.party_key = c.party_key
  LEFT JOIN received AS r
    ON r.party_key = c.party_key
  LEFT JOIN lent AS t
    ON t.party_key = c.party_key
  LEFT JOIN means AS m
    ON m.guarantor_key = c.party_key
  LEFT JOIN (
    SELECT
      k.party_key,
      k.cycle_code,
      n.circle_party_count
    FROM guarantee_cycle AS k
    INNER JOIN circles AS n
      ON n.cycle_code = k.cycle_code
  ) AS y
    ON y.party_key = c.party_key
), components AS (
  SELECT
    component_code,
    COUNT(*) AS party_count,
    CAST(SUM(CASE WHEN is_borrower THEN 1 ELSE 0 END) AS BIGINT) AS borrower_count
  FROM parties
  GROUP BY
    component_code
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.party_key AS STRING) AS party_key,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.component_code AS STRING) AS component_code,
  CAST(q.chain_code AS STRING) AS chain_code,
  CAST(q.circle_code AS STRING) AS circle_code,
  CAST(q.party_count AS BIGINT) AS party_count,
  CAST(q.borrower_count AS BIGINT) AS borrower_count,
  CAST(q.circle_party_count AS BIGINT) AS circle_party_count,
  CAST(q.is_borrower AS BOOLEAN) AS is_borrower,
  CAST(q.is_guarantor AS BOOLEAN) AS is_guarantor,
  CAST(q.has_mutual AS BOOLEAN) AS has_mutual,
  CAST(q.given_amount AS DECIMAL(38, 2)) AS given_amount,
  CAST(q.received_amount AS DECIMAL(38, 2)) AS received_amount,
  CAST(q.net_assets_amount AS DECIMAL(18, 2)) AS net_assets_amount,
  CAST(q.loan_balance AS DECIMAL(38, 2)) AS loan_balance,
  CAST(q.bad_loan_balance AS DECIMAL(38, 2)) AS bad_loan_balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    p.party_key,
    CASE WHEN p.party_key NOT LIKE '%:%' THEN p.party_key END AS customer_number,
    CAST('2026-10-31' AS DATE) AS business_date,
    p.component_code,
    CASE WHEN n.borrower_count >= 3 THEN p.component_code END AS chain_code,
    p.circle_code,
    n.party_count,
    n.borrower_count,
    p.circle_party_count,
    p.is_borrower,
    p.is_guarantor,
    p.party_key IN (
      SELECT
        party_key
      FROM paired
    ) AS has_mutual,
    p.given_amount,
    p.received_amount,
    p.net_assets_amount,
    p.loan_balance,
    p.bad_loan_balance
  FROM parties AS p
  INNER JOIN components AS n
    ON n.component_code = p.component_code
) AS q
