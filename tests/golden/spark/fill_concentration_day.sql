WITH days AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), small_ticket AS (
  SELECT
    CAST(number_value * 10000 AS DECIMAL(18, 2)) AS most_amount,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code = 'small_ticket_limit'
), ranked AS (
  SELECT
    e.business_date,
    e.loan_balance,
    e.undrawn_amount,
    e.is_related_party,
    ROW_NUMBER() OVER (
      PARTITION BY e.business_date
      ORDER BY e.loan_balance DESC, e.customer_number NULLS LAST
    ) AS place,
    e.loan_balance <= p.most_amount AS is_small
  FROM customer_exposure AS e
  INNER JOIN small_ticket AS p
    ON e.business_date >= p.valid_from AND e.business_date < p.valid_until
), customers AS (
  SELECT
    business_date,
    CAST(SUM(loan_balance) AS DECIMAL(38, 2)) AS loan_balance,
    CAST(SUM(CASE WHEN place = 1 THEN loan_balance ELSE 0 END) AS DECIMAL(38, 2)) AS largest_borrower_balance,
    CAST(SUM(CASE WHEN place <= 10 THEN loan_balance ELSE 0 END) AS DECIMAL(38, 2)) AS top_ten_balance,
    CAST(SUM(CASE WHEN is_related_party THEN loan_balance + undrawn_amount ELSE 0 END) AS DECIMAL(38, 2)) AS related_party_amount,
    CAST(SUM(CASE WHEN is_small THEN loan_balance ELSE 0 END) AS DECIMAL(38, 2)) AS small_ticket_balance
  FROM ranked
  GROUP BY
    business_date
), groups AS (
  SELECT
    business_date,
    MAX(exposure_amount) AS largest_group_amount
  FROM group_exposure
  GROUP BY
    business_date
), persons AS (
  SELECT
    m.customer_number,
    d.business_date,
    m.surviving_number
  FROM customer_merge AS m
  INNER JOIN days AS d
    ON d.business_date >= m.valid_from
    AND (
      m.valid_until IS NULL OR d.business_date < m.valid_until
    )
), person_deposits AS (
  SELECT
    COALESCE(p.surviving_number, m.customer_number) AS customer_number,
    d.business_date,
    CAST(SUM(m.deposit_balance) AS DECIMAL(38, 2)) AS deposit_balance
  FROM customer_month AS m
  INNER JOIN days AS d
    ON d.month_start = m.month_start
  LEFT JOIN persons AS p
    ON p.customer_number = m.customer_number AND p.business_date = d.business_date
  WHERE
    m.customer_number <> 'none'
  GROUP BY
    COALESCE(p.surviving_number, m.customer_number),
    d.business_date
), depositors AS (
  SELECT
    business_date,
    CAST(SUM(
      CAST(CAST(deposit_balance AS DECIMAL(19, 2)) * CAST(deposit_balance AS DECIMAL(18, 2)) AS DECIMAL(38, 2))
    ) AS DECIMAL(38, 2)) AS deposit_square_amount,
    CAST(CAST(SUM(deposit_balance) AS DECIMAL(19, 2)) * CAST(SUM(deposit_balance) AS DECIMAL(18, 2)) AS DECIMAL(38, 2)) AS squared_deposit_amount
  FROM person_deposits
  WHERE
    deposit_balance > 0
  GROUP BY
    business_date
), first_groups AS (
  SELECT
    MIN(valid_from) AS known_from
  FROM customer_group_member
), first_related AS (
  SELECT
    MIN(valid_from) AS known_from
  FROM related_party
), inputs AS (
  SELECT
    d.business_date,
    r.input_code,
    r.input_amount,
    ROW_NUMBER() OVER (PARTITION BY d.business_date, r.input_code ORDER BY r.measured_on DESC) AS recency
  FROM regulatory_input AS r
  INNER JOIN days AS d
    ON d.business_date >= r.measured_on
  WHERE
    r.input_code IN ('net_capital', 'tier_one_capital')
), capital AS (
  SELECT
    business_date,
    MAX(CASE WHEN input_code = 'net_capital' THEN input_amount END) AS net_capital_amount,
    MAX(CASE WHEN input_code = 'tier_one_capital' THEN input_amount END) AS tier_one_amount
  FROM inputs
  WHERE
    recency = 1
  GROUP BY
    business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.loan_balance AS DECIMAL(38, 2)) AS loan_balance,
  CAST(q.largest_borrower_balance AS DECIMAL(38, 2)) AS largest_borrower_balance,
  CAST(q.top_ten_balance AS DECIMAL(38, 2)) AS top_ten_balance,
  CAST(q.largest_group_amount AS DECIMAL(38, 2)) AS largest_group_amount,
  CAST(q.related_party_amount AS DECIMAL(38, 2)) AS related_party_amount,
  CAST(q.small_ticket_balance AS DECIMAL(38, 2)) AS small_ticket_balance,
  CAST(q.deposit_square_amount AS DECIMAL(38, 2)) AS deposit_square_amount,
  CAST(q.squared_deposit_amount AS DECIMAL(38, 2)) AS squared_deposit_amount,
  CAST(q.net_capital_amount AS DECIMAL(18, 2)) AS net_capital_amount,
  CAST(q.tier_one_amount AS DECIMAL(18, 2)) AS tier_one_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.business_date,
    c.loan_balance,
    c.largest_borrower_balance,
    c.top_ten_balance,
    CASE
      WHEN c.business_date >= f.known_from
      THEN COALESCE(g.largest_group_amount, CAST(0 AS DECIMAL(38, 2)))
    END AS largest_group_amount,
    CASE WHEN c.business_date >= r.known_from THEN c.related_party_amount END AS related_party_amount,
    c.small_ticket_balance,
    COALESCE(s.deposit_square_amount, CAST(0 AS DECIMAL(38, 2))) AS deposit_square_amount,
    COALESCE(s.squared_deposit_amount, CAST(0 AS DECIMAL(38, 2))) AS squared_deposit_amount,
    k.net_capital_amount,
    k.tier_one_amount
  FROM customers AS c
  INNER JOIN first_groups AS f
    ON TRUE
  INNER JOIN first_related AS r
    ON TRUE
  LEFT JOIN depositors AS s
    ON s.business_date = c.business_date
  LEFT JOIN groups AS g
    ON g.business_date = c.business_date
  LEFT JOIN capital AS k
    ON k.business_date = c.business_date
) AS q
