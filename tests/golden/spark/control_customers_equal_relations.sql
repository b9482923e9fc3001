WITH ends AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), mart AS (
  SELECT
    m.business_date,
    m.organisation_code,
    'holder' AS counted,
    SUM(m.customer_count) AS amount
  FROM customer_day AS m
  INNER JOIN ends AS e
    ON e.business_date = m.business_date
  GROUP BY
    m.business_date,
    m.organisation_code
  UNION ALL
  SELECT
    m.business_date,
    m.organisation_code,
    'depositor' AS counted,
    SUM(m.depositor_count) AS amount
  FROM customer_day AS m
  INNER JOIN ends AS e
    ON e.business_date = m.business_date
  GROUP BY
    m.business_date,
    m.organisation_code
  UNION ALL
  SELECT
    m.business_date,
    m.organisation_code,
    'borrower' AS counted,
    SUM(m.borrower_count) AS amount
  FROM customer_day AS m
  INNER JOIN ends AS e
    ON e.business_date = m.business_date
  GROUP BY
    m.business_date,
    m.organisation_code
), base AS (
  SELECT
    business_date,
    organisation_code,
    counted,
    COUNT(*) AS amount
  FROM (
    SELECT
      business_date,
      organisation_code,
      counted
    FROM (
      SELECT
        e.business_date,
        COALESCE(h.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
        r.relation AS counted,
        ROW_NUMBER() OVER (
          PARTITION BY CASE
            WHEN r.relation = 'holder'
            THEN r.customer_number
            ELSE COALESCE(m.surviving_number, r.customer_number)
          END, r.relation, e.business_date
          ORDER BY CASE WHEN m.surviving_number IS NULL THEN 0 ELSE 1 END NULLS LAST, r.customer_number NULLS LAST
        ) AS _w
      FROM customer_relation AS r
      INNER JOIN ends AS e
        ON e.business_date >= r.valid_from
        AND (
          r.valid_until IS NULL OR e.business_date < r.valid_until
        )
      LEFT JOIN customer AS c
        ON c.customer_number = r.customer_number
      LEFT JOIN customer_home_period AS h
        ON h.customer_number = r.customer_number
        AND e.business_date >= h.valid_from
        AND (
          h.valid_until IS NULL OR e.business_date < h.valid_until
        )
      LEFT JOIN customer_merge AS m
        ON m.customer_number = r.customer_number
        AND e.business_date >= m.valid_from
        AND (
          m.valid_until IS NULL OR e.business_date < m.valid_until
        )
      WHERE
        r.relation IN ('holder', 'depositor', 'borrower')
    ) AS _t
    WHERE
      _w = 1
  ) AS persons
  GROUP BY
    business_date,
    organisation_code,
    counted
), lines AS (
  SELECT
    business_date,
    organisation_code,
    counted,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    organisation_code,
    counted,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  counted,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  organisation_code,
  counted
HAVING
  SUM(amount) <> 0
