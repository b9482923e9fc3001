WITH bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), due AS (
  SELECT
    account_number,
    currency,
    matures_on,
    is_auto_renewal,
    held_on,
    judged_on
  FROM (
    SELECT
      t.account_number,
      t.currency,
      t.matures_on,
      COALESCE(t.is_auto_renewal, FALSE) AS is_auto_renewal,
      LEAST(CAST(t.matures_on - 1 AS DATE), CAST('2026-10-31' AS DATE)) AS held_on,
      CASE
        WHEN t.matures_on <= CAST('2026-10-31' AS DATE)
        THEN LEAST(CAST(t.matures_on + 7 AS DATE), CAST('2026-10-31' AS DATE))
      END AS judged_on,
      ROW_NUMBER() OVER (
        PARTITION BY t.account_number, t.currency, t.matures_on
        ORDER BY t.reported_on DESC, t.source_file_id DESC, t.source_line DESC
      ) AS _w
    FROM deposit_term_snapshot AS t, bounds AS b
    WHERE
      t.matures_on >= b.first_day AND t.reported_on <= t.matures_on
  ) AS _t
  WHERE
    _w = 1
), held AS (
  SELECT
    a.account_number,
    a.customer_number,
    COALESCE(p.organisation_code, a.organisation_code) AS organisation_code,
    a.product_code,
    a.product_category,
    a.product_group,
    a.product_line,
    a.customer_kind,
    d.currency,
    d.is_auto_renewal,
    d.matures_on,
    d.judged_on,
    b.balance AS maturing_amount
  FROM due AS d
  INNER JOIN account AS a
    ON a.account_number = d.account_number
    AND a.currency = d.currency
    AND a.account_kind = 'deposit'
  INNER JOIN account_balance AS b
    ON b.account_number = d.account_number
    AND b.currency = d.currency
    AND b.valid_from <= d.held_on
    AND (
      b.valid_until IS NULL OR d.held_on < b.valid_until
    )
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = d.account_number
    AND p.currency = d.currency
    AND d.matures_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR d.matures_on < p.valid_until
    )
  WHERE
    b.balance <> 0
), occasions AS (
  SELECT DISTINCT
    customer_number,
    currency,
    matures_on,
    judged_on
  FROM held
  WHERE
    NOT judged_on IS NULL AND customer_number <> 'none'
), opened AS (
  SELECT
    account_number,
    currency,
    customer_number,
    matures_on,
    judged_on
  FROM (
    SELECT
      a.account_number,
      a.currency,
      a.customer_number,
      o.matures_on,
      o.judged_on,
      ROW_NUMBER() OVER (PARTITION BY a.account_number, a.currency ORDER BY o.matures_on DESC) AS _w
    FROM account AS a
    INNER JOIN occasions AS o
      ON o.customer_number = a.customer_number
      AND o.currency = a.currency
      AND a.opened_on >= o.matures_on
      AND a.opened_on <= o.judged_on
    WHERE
      a.account_kind = 'deposit' AND a.product_group = 'term_deposit'
  ) AS _t
  WHERE
    _w = 1
), placed AS (
  SELECT
    o.customer_number,
    o.currency,
    o.matures_on,
    CAST(SUM(b.balance) AS DECIMAL(38, 2)) AS placed_amount
  FROM opened AS o
  INNER JOIN account_balance AS b
    ON b.account_number = o.account_number
    AND b.currency = o.currency
    AND b.valid_from <= o.judged_on
    AND (
      b.valid_until IS NULL OR o.judged_on < b.valid_until
    )
  GROUP BY
    o.customer_number,
    o.currency,
    o.matures_on
), stayed AS (
  SELECT
    h.account_number,
    h.currency,
    h.matures_on,
    GREATEST(
      LEAST(h.maturing_amount, COALESCE(b.balance, CAST(0 AS DECIMAL(18, 2)))),
      CAST(0 AS DECIMAL(18, 2))
    ) AS stayed_amount
  FROM held AS h
  LEFT JOIN account_balance AS b
    ON b.account_number = h.account_number
    AND b.currency = h.currency
    AND b.valid_from <= h.judged_on
    AND (
      b.valid_until IS NULL OR h.judged_on < b.valid_until
    )
  WHERE
    NOT h.judged_on IS NULL
), taken AS (
  SELECT
    h.account_number,
    h.currency,
    h.matures_on,
    s.stayed_amount,
    h.maturing_amount - s.stayed_amount AS left_amount,
    COALESCE(p.placed_amount, CAST(0 AS DECIMAL(38, 2))) AS placed_amount,
    CAST(COALESCE(
      SUM(h.maturing_amount - s.stayed_amount) OVER (
        PARTITION BY h.customer_number, h.currency, h.matures_on
        ORDER BY h.account_number NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ),
      0
    ) AS DECIMAL(38, 2)) AS left_before
  FROM held AS h
  INNER JOIN stayed AS s
    ON s.account_number = h.account_number
    AND s.currency = h.currency
    AND s.matures_on = h.matures_on
  LEFT JOIN placed AS p
    ON p.customer_number = h.customer_number
    AND p.currency = h.currency
    AND p.matures_on = h.matures_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_category AS STRING) AS product_category,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.is_auto_renewal AS BOOLEAN) AS is_auto_renewal,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.maturing_amount AS DECIMAL(38, 2)) AS maturing_amount,
  CAST(q.renewed_amount AS DECIMAL(38, 2)) AS renewed_amount,
  CAST(q.account_count AS BIGINT) AS account_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    h.organisation_code,
    h.product_code,
    MIN(h.product_category) AS product_category,
    h.product_group,
    h.product_line,
    h.customer_kind,
    h.currency,
    h.is_auto_renewal,
    h.matures_on AS business_date,
    CAST(SUM(h.maturing_amount) AS DECIMAL(38, 2)) AS maturing_amount,
    CAST(SUM(
      t.stayed_amount + LEAST(
        t.left_amount,
        GREATEST(t.placed_amount - t.left_before, CAST(0 AS DECIMAL(38, 2)))
      )
    ) AS DECIMAL(38, 2)) AS renewed_amount,
    COUNT(*) AS account_count
  FROM held AS h
  LEFT JOIN taken AS t
    ON t.account_number = h.account_number
    AND t.currency = h.currency
    AND t.matures_on = h.matures_on
  GROUP BY
    h.organisation_code,
    h.product_code,
    h.product_group,
    h.product_line,
    h.customer_kind,
    h.currency,
    h.is_auto_renewal,
    h.matures_on
) AS q
