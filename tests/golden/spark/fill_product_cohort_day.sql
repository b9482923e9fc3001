WITH bounds AS (
  SELECT
    MIN(business_date) AS first_day,
    MAX(business_date) AS last_day
  FROM calendar_day
), limits AS (
  SELECT
    MAX(
      CASE
        WHEN parameter_code = 'dormant_personal_days'
        THEN CAST(number_value AS BIGINT)
      END
    ) AS personal_days,
    MAX(
      CASE
        WHEN parameter_code = 'dormant_personal_balance'
        THEN CAST(number_value AS DECIMAL(18, 2))
      END
    ) AS personal_balance,
    MAX(
      CASE
        WHEN parameter_code = 'dormant_corporate_days'
        THEN CAST(number_value AS BIGINT)
      END
    ) AS corporate_days
  FROM parameter
  WHERE
    valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), moved AS (
  SELECT
    t.account_number,
    t.currency,
    MIN(t.posted_on) AS used_on,
    MAX(t.posted_on) AS active_on
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    NOT t.is_bank_initiated
    AND COALESCE(r.counts_as, 1) > 0
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    t.account_number,
    t.currency
), highest AS (
  SELECT
    account_number,
    currency,
    month_start
  FROM (
    SELECT
      account_number,
      currency,
      month_start,
      ROW_NUMBER() OVER (
        PARTITION BY account_number, currency
        ORDER BY closing_balance DESC, month_start DESC
      ) AS _w
    FROM account_month
    WHERE
      closing_balance > 0
  ) AS _t
  WHERE
    _w = 1
), latest AS (
  SELECT
    account_number,
    currency,
    month_start,
    closing_balance
  FROM (
    SELECT
      account_number,
      currency,
      month_start,
      closing_balance,
      ROW_NUMBER() OVER (PARTITION BY account_number, currency ORDER BY month_start DESC) AS _w
    FROM account_month
  ) AS _t
  WHERE
    _w = 1
), lives AS (
  SELECT
    a.account_number,
    a.currency,
    a.account_kind,
    a.organisation_code,
    a.product_code,
    a.product_group,
    a.product_line,
    a.customer_kind,
    a.opened_on,
    CAST(DATE_TRUNC('QUARTER', a.opened_on) AS DATE) AS opening_quarter,
    GREATEST(a.opened_on, b.first_day) AS entered_on,
    CASE WHEN a.closed_on <= b.last_day THEN a.closed_on ELSE b.last_day END AS left_on,
    CASE WHEN a.closed_on <= b.last_day THEN 1 ELSE 0 END AS is_closed,
    CASE WHEN a.opened_on >= b.first_day THEN 1 ELSE 0 END AS is_followed,
    CASE WHEN m.used_on >= a.opened_on THEN m.used_on END AS used_on,
    CASE
      WHEN h.month_start < l.month_start
      THEN GREATEST(h.month_start, a.opened_on)
    END AS peaked_on,
    COALESCE(m.active_on, a.opened_on) AS active_on,
    l.closing_balance
  FROM account AS a
  CROSS JOIN bounds AS b
  LEFT JOIN moved AS m
    ON m.account_number = a.account_number AND m.currency = a.currency
  LEFT JOIN highest AS h
    ON h.account_number = a.account_number AND h.currency = a.currency
  LEFT JOIN latest AS l
    ON l.account_number = a.account_number AND l.currency = a.currency
  WHERE
    a.opened_on <= b.last_day
    AND (
      a.closed_on IS NULL
      OR (
        a.closed_on >= b.first_day AND a.closed_on >= a.opened_on
      )
    )
), resting AS (
  SELECT
    a.account_number,
    a.currency,
    a.organisation_code,
    a.product_code,
    a.product_group,
    a.product_line,
    a.customer_kind,
    a.opened_on,
    a.opening_quarter,
    a.entered_on,
    a.left_on,
    a.is_closed,
    a.is_followed,
    a.used_on,
    a.peaked_on,
    CASE
      WHEN a.is_closed = 1 OR a.account_kind <> 'deposit'
      THEN CAST(NULL AS DATE)
      WHEN a.customer_kind = 'corporate'
      THEN CAST(a.active_on + CAST(l.corporate_days AS INT) AS DATE)
      WHEN COALESCE(a.closing_balance, CAST(0 AS DECIMAL(18, 2))) <= l.personal_balance
      THEN CAST(a.active_on + CAST(l.personal_days AS INT) AS DATE)
    END AS rests_on
  FROM lives AS a
  CROSS JOIN limits AS l
), ages AS (
  SELECT
    a.organisation_code,
    a.product_code,
    a.product_group,
    a.product_line,
    a.customer_kind,
    a.opening_quarter,
    a.is_closed,
    a.is_followed,
    CAST((
      YEAR(a.entered_on) * 12 + MONTH(a.entered_on)
    ) - (
      YEAR(a.opened_on) * 12 + MONTH(a.opened_on)
    ) - CASE WHEN DAY(a.entered_on) < DAY(a.opened_on) THEN 1 ELSE 0 END AS BIGINT) AS entered_age,
    CAST((
      YEAR(a.left_on) * 12 + MONTH(a.left_on)
    ) - (
      YEAR(a.opened_on) * 12 + MONTH(a.opened_on)
    ) - CASE WHEN DAY(a.left_on) < DAY(a.opened_on) THEN 1 ELSE 0 END AS BIGINT) AS left_age,
    CAST((
      YEAR(a.used_on) * 12 + MONTH(a.used_on)
    ) - (
      YEAR(a.opened_on) * 12 + MONTH(a.opened_on)
    ) - CASE WHEN DAY(a.used_on) < DAY(a.opened_on) THEN 1 ELSE 0 END AS BIGINT) AS used_age,
    CAST((
      YEAR(a.peaked_on) * 12 + MONTH(a.peaked_on)
    ) - (
      YEAR(a.opened_on) * 12 + MONTH(a.opened_on)
    ) - CASE WHEN DAY(a.peaked_on) < DAY(a.opened_on) THEN 1 ELSE 0 END AS BIGINT) AS peak_age,
    CASE
      WHEN a.rests_on < CAST('2026-10-31' AS DATE)
      THEN CAST((
        YEAR(a.rests_on) * 12 + MONTH(a.rests_on)
      ) - (
        YEAR(a.opened_on) * 12 + MONTH(a.opened_on)
      ) - CASE WHEN DAY(a.rests_on) < DAY(a.opened_on) THEN 1 ELSE 0 END AS BIGINT)
    END AS dormant_age
  FROM resting AS a
), events AS (
  SELECT
    organisation_code,
    product_code,
    product_group,
    product_line,
    customer_kind,
    opening_quarter,
    entered_age AS age_month_count,
    CAST(1 AS BIGINT) AS is_entered,
    CAST(0 AS BIGINT) AS is_closed,
    CAST(0 AS BIGINT) AS is_censored,
    CAST(is_followed AS BIGINT) AS is_followed,
    CAST(0 AS BIGINT) AS is_followed_closed,
    CAST(0 AS BIGINT) AS is_first_used,
    CAST(0 AS BIGINT) AS is_peaked,
    CAST(0 AS BIGINT) AS is_dormant
  FROM ages
  UNION ALL
  SELECT
    organisation_code,
    product_code,
    product_group,
    product_line,
    customer_kind,
    opening_quarter,
    left_age AS age_month_count,
    CAST(0 AS BIGINT) AS is_entered,
    CAST(is_closed AS BIGINT) AS is_closed,
    CAST(1 - is_closed AS BIGINT) AS is_censored,
    CAST(0 AS BIGINT) AS is_followed,
    CAST(is_closed * is_followed AS BIGINT) AS is_followed_closed,
    CAST(0 AS BIGINT) AS is_first_used,
    CAST(0 AS BIGINT) AS is_peaked,
    CAST(0 AS BIGINT) AS is_dormant
  FROM ages
  UNION ALL
  SELECT
    organisation_code,
    product_code,
    product_group,
    product_line,
    customer_kind,
    opening_quarter,
    used_age AS age_month_count,
    CAST(0 AS BIGINT) AS is_entered,
    CAST(0 AS BIGINT) AS is_closed,
    CAST(0 AS BIGINT) AS is_censored,
    CAST(0 AS BIGINT) AS is_followed,
    CAST(0 AS BIGINT) AS is_followed_closed,
    CAST(1 AS BIGINT) AS is_first_used,
    CAST(0 AS BIGINT) AS is_peaked,
    CAST(0 AS BIGINT) AS is_dormant
  FROM ages
  WHERE
    is_followed = 1 AND NOT used_age IS NULL
  UNION ALL
  SELECT
    organisation_code,
    product_code,
    product_group,
    product_line,
    customer_kind,
    opening_quarter,
    peak_age AS age_month_count,
    CAST(0 AS BIGINT) AS is_entered,
    CAST(0 AS BIGINT) AS is_closed,
    CAST(0 AS BIGINT) AS is_censored,
    CAST(0 AS BIGINT) AS is_followed,
    CAST(0 AS BIGINT) AS is_followed_closed,
    CAST(0 AS BIGINT) AS is_first_used,
    CAST(1 AS BIGINT) AS is_peaked,
    CAST(0 AS BIGINT) AS is_dormant
  FROM ages
  WHERE
    is_followed = 1 AND NOT peak_age IS NULL
  UNION ALL
  SELECT
    organisation_code,
    product_code,
    product_group,
    product_line,
    customer_kind,
    opening_quarter,
    dormant_age AS age_month_count,
    CAST(0 AS BIGINT) AS is_entered,
    CAST(0 AS BIGINT) AS is_closed,
    CAST(0 AS BIGINT) AS is_censored,
    CAST(0 AS BIGINT) AS is_followed,
    CAST(0 AS BIGINT) AS is_followed_closed,
    CAST(0 AS BIGINT) AS is_first_used,
    CAST(0 AS BIGINT) AS is_peaked,
    CAST(1 AS BIGINT) AS is_dormant
  FROM ages
  WHERE
    is_followed = 1 AND NOT dormant_age IS NULL
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.opening_quarter AS DATE) AS opening_quarter,
  CAST(q.age_month_count AS BIGINT) AS age_month_count,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.entered_count AS BIGINT) AS entered_count,
  CAST(q.closed_count AS BIGINT) AS closed_count,
  CAST(q.censored_count AS BIGINT) AS censored_count,
  CAST(q.followed_count AS BIGINT) AS followed_count,
  CAST(q.followed_closed_count AS BIGINT) AS followed_closed_count,
  CAST(q.first_used_count AS BIGINT) AS first_used_count,
  CAST(q.peaked_count AS BIGINT) AS peaked_count,
  CAST(q.dormant_count AS BIGINT) AS dormant_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    product_code,
    product_group,
    MIN(product_line) AS product_line,
    customer_kind,
    opening_quarter,
    age_month_count,
    CAST('2026-10-31' AS DATE) AS business_date,
    CAST(SUM(is_entered) AS BIGINT) AS entered_count,
    CAST(SUM(is_closed) AS BIGINT) AS closed_count,
    CAST(SUM(is_censored) AS BIGINT) AS censored_count,
    CAST(SUM(is_followed) AS BIGINT) AS followed_count,
    CAST(SUM(is_followed_closed) AS BIGINT) AS followed_closed_count,
    CAST(SUM(is_first_used) AS BIGINT) AS first_used_count,
    CAST(SUM(is_peaked) AS BIGINT) AS peaked_count,
    CAST(SUM(is_dormant) AS BIGINT) AS dormant_count
  FROM events
  GROUP BY
    organisation_code,
    product_code,
    product_group,
    customer_kind,
    opening_quarter,
    age_month_count
) AS q
