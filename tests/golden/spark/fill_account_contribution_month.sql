WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), asked AS (
  SELECT
    month_start,
    business_date
  FROM months
  WHERE
    month_start >= CAST('0001-01-01' AS DATE)
), broken AS (
  SELECT
    a.account_number,
    a.currency,
    m.month_start,
    a.account_kind,
    a.product_group,
    p.locked_on,
    p.demand_transfer_rate
  FROM account AS a
  INNER JOIN asked AS m
    ON a.closed_on >= m.month_start AND a.closed_on <= m.business_date
  INNER JOIN account_pricing AS p
    ON p.account_number = a.account_number
    AND p.currency = a.currency
    AND p.pricing_kind = 'matched'
    AND p.matures_on > a.closed_on
    AND p.locked_on <= a.closed_on
    AND p.valid_from <= a.closed_on
    AND (
      p.valid_until IS NULL OR p.valid_until > a.closed_on
    )
  WHERE
    a.account_kind = 'deposit' AND a.is_vanished = FALSE
), held AS (
  SELECT
    h.account_number,
    h.currency,
    h.month_start,
    h.account_kind,
    h.balance_days,
    m.business_date
  FROM account_month AS h
  INNER JOIN months AS m
    ON m.month_start = h.month_start
  LEFT JOIN (
    SELECT DISTINCT
      account_number,
      currency
    FROM broken
  ) AS b
    ON b.account_number = h.account_number AND b.currency = h.currency
  WHERE
    h.month_start >= CAST('0001-01-01' AS DATE) OR NOT b.account_number IS NULL
), priced AS (
  SELECT
    h.account_number,
    h.currency,
    h.month_start,
    h.account_kind,
    p.interest_rate,
    p.transfer_rate,
    p.is_estimated,
    p.locked_on,
    p.valid_from <= h.month_start
    AND (
      p.valid_until IS NULL OR p.valid_until > h.business_date
    ) AS is_whole,
    p.valid_until IS NULL OR p.valid_until > h.business_date AS is_last,
    GREATEST(p.valid_from, h.month_start) AS from_on,
    LEAST(
      COALESCE(p.valid_until, CAST(h.business_date + 1 AS DATE)),
      CAST(h.business_date + 1 AS DATE)
    ) AS until_on,
    h.balance_days
  FROM held AS h
  INNER JOIN account_pricing AS p
    ON p.account_number = h.account_number
    AND p.currency = h.currency
    AND p.valid_from <= h.business_date
    AND (
      p.valid_until IS NULL OR p.valid_until > h.month_start
    )
), cut_days AS (
  SELECT
    p.account_number,
    p.currency,
    p.month_start,
    p.from_on,
    CAST(COALESCE(
      SUM(
        CAST(b.balance * GREATEST(
          DATEDIFF(
            DAY,
            GREATEST(b.valid_from, p.from_on),
            LEAST(COALESCE(b.valid_until, p.until_on), p.until_on)
          ),
          0
        ) AS DECIMAL(38, 2))
      ),
      0
    ) AS DECIMAL(38, 2)) AS balance_days
  FROM priced AS p
  LEFT JOIN account_balance AS b
    ON b.account_number = p.account_number
    AND b.currency = p.currency
    AND b.valid_from < p.until_on
    AND (
      b.valid_until IS NULL OR b.valid_until > p.from_on
    )
  WHERE
    NOT p.is_whole
  GROUP BY
    p.account_number,
    p.currency,
    p.month_start,
    p.from_on
), cut_sums AS (
  SELECT
    account_number,
    currency,
    month_start,
    CAST(SUM(balance_days) AS DECIMAL(38, 2)) AS balance_days
  FROM cut_days
  GROUP BY
    account_number,
    currency,
    month_start
), stretches AS (
  SELECT
    p.account_number,
    p.currency,
    p.month_start,
    p.account_kind,
    p.interest_rate,
    p.transfer_rate,
    p.is_estimated,
    p.locked_on,
    p.is_last,
    CASE
      WHEN p.is_whole
      THEN p.balance_days
      WHEN p.is_last
      THEN p.balance_days - s.balance_days + c.balance_days
      ELSE c.balance_days
    END AS balance_days
  FROM priced AS p
  LEFT JOIN cut_days AS c
    ON c.account_number = p.account_number
    AND c.currency = p.currency
    AND c.month_start = p.month_start
    AND c.from_on = p.from_on
  LEFT JOIN cut_sums AS s
    ON s.account_number = p.account_number
    AND s.currency = p.currency
    AND s.month_start = p.month_start
), borne AS (
  SELECT
    s.account_number,
    s.currency,
    s.month_start,
    CAST(SUM(
      CAST(CASE
        WHEN (
          CAST(CAST(CAST(CAST(s.balance_days AS DECIMAL(22, 2)) * COALESCE(s.interest_rate, CAST(0 AS DECIMAL(12, 6))) AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(CAST(s.balance_days AS DECIMAL(22, 2)) * COALESCE(s.interest_rate, CAST(0 AS DECIMAL(12, 6))) AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    ) AS DECIMAL(18, 2)) AS interest_amount,
    CAST(SUM(
      CAST(CASE
        WHEN (
          CAST(CAST(CAST(CAST(s.balance_days AS DECIMAL(22, 2)) * s.transfer_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(CAST(s.balance_days AS DECIMAL(22, 2)) * s.transfer_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    ) AS DECIMAL(18, 2)) AS transfer_amount,
    MAX(CASE WHEN s.is_last THEN s.interest_rate END) AS interest_rate,
    MAX(CASE WHEN s.is_last THEN s.transfer_rate END) AS transfer_rate,
    COUNT(*) FILTER(WHERE
      s.is_estimated) > 0 AS is_estimated
  FROM stretches AS s
  INNER JOIN account AS a
    ON a.account_number = s.account_number AND a.currency = s.currency
  INNER JOIN contribution_setting AS g
    ON g.month_start = s.month_start
    AND g.account_kind = a.account_kind
    AND g.product_group = a.product_group
  WHERE
    s.month_start >= CAST('0001-01-01' AS DATE)
  GROUP BY
    s.account_number,
    s.currency,
    s.month_start
), broken_days AS (
  SELECT
    b.account_number,
    b.currency,
    b.month_start,
    b.account_kind,
    b.product_group,
    s.interest_rate,
    s.transfer_rate,
    b.demand_transfer_rate,
    CAST(SUM(s.balance_days) AS DECIMAL(38, 2)) AS balance_days
  FROM broken AS b
  INNER JOIN stretches AS s
    ON s.account_number = b.account_number
    AND s.currency = b.currency
    AND s.locked_on = b.locked_on
    AND s.month_start <= b.month_start
  GROUP BY
    b.account_number,
    b.currency,
    b.month_start,
    b.account_kind,
    b.product_group,
    s.interest_rate,
    s.transfer_rate,
    b.demand_transfer_rate
), repriced AS (
  SELECT
    b.account_number,
    b.currency,
    b.month_start,
    CAST(SUM(
      CAST(CASE
        WHEN (
          CAST(CAST(CAST(CAST(b.balance_days AS DECIMAL(22, 2)) * CAST(COALESCE(b.interest_rate, g.demand_deposit_rate) - g.demand_deposit_rate AS DECIMAL(12, 6)) AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(CAST(b.balance_days AS DECIMAL(22, 2)) * CAST(COALESCE(b.interest_rate, g.demand_deposit_rate) - g.demand_deposit_rate AS DECIMAL(12, 6)) AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    ) AS DECIMAL(18, 2)) AS interest_amount,
    CAST(SUM(
      CAST(CASE
        WHEN (
          CAST(CAST(CAST(CAST(b.balance_days AS DECIMAL(22, 2)) * CAST(b.transfer_rate - b.demand_transfer_rate AS DECIMAL(12, 6)) AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(CAST(b.balance_days AS DECIMAL(22, 2)) * CAST(b.transfer_rate - b.demand_transfer_rate AS DECIMAL(12, 6)) AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(g.day_basis_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    ) AS DECIMAL(18, 2)) AS transfer_amount
  FROM broken_days AS b
  INNER JOIN contribution_setting AS g
    ON g.month_start = b.month_start
    AND g.account_kind = b.account_kind
    AND g.product_group = b.product_group
  GROUP BY
    b.account_number,
    b.currency,
    b.month_start
), charged AS (
  SELECT
    COALESCE(account_number, 'none') AS account_number,
    customer_number,
    organisation_code,
    COALESCE(product_code, 'none') AS product_code,
    currency,
    charged_on,
    fee_amount
  FROM fee_charge
  UNION ALL
  SELECT
    COALESCE(account_number, 'none') AS account_number,
    customer_number,
    organisation_code,
    product_code,
    currency,
    traded_on AS charged_on,
    fee_amount
  FROM agency_sale
  WHERE
    fee_amount <> 0 AND NOT EXISTS(
      SELECT
        1
      FROM fee_charge
    )
), fees AS (
  SELECT
    CASE WHEN h.account_number IS NULL THEN 'none' ELSE c.account_number END AS account_number,
    CASE WHEN h.account_number IS NULL THEN c.customer_number ELSE h.customer_number END AS customer_number,
    CASE
      WHEN h.account_number IS NULL
      THEN c.organisation_code
      ELSE h.organisation_code
    END AS organisation_code,
    CASE WHEN h.account_number IS NULL THEN c.product_code ELSE h.product_code END AS product_code,
    c.currency,
    m.month_start,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN c.fee_amount
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(c.fee_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(c.fee_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
          ) + ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          )
        ) DIV NULLIF(
          2 * ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          ),
          0
        ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(18, 2)) AS fee_amount
  FROM charged AS c
  INNER JOIN asked AS m
    ON c.charged_on >= m.month_start AND c.charged_on <= m.business_date
  LEFT JOIN local_rate AS x
    ON x.currency = c.currency
    AND c.charged_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR c.charged_on < x.valid_until
    )
  LEFT JOIN account_month AS h
    ON h.account_number = c.account_number
    AND h.currency = c.currency
    AND h.month_start = m.month_start
  GROUP BY
    CASE WHEN h.account_number IS NULL THEN 'none' ELSE c.account_number END,
    CASE WHEN h.account_number IS NULL THEN c.customer_number ELSE h.customer_number END,
    CASE
      WHEN h.account_number IS NULL
      THEN c.organisation_code
      ELSE h.organisation_code
    END,
    CASE WHEN h.account_number IS NULL THEN c.product_code ELSE h.product_code END,
    c.currency,
    m.month_start
), losses AS (
  SELECT
    account_number,
    currency,
    business_date,
    CAST(SUM(expected_loss_amount) AS DECIMAL(18, 2)) AS expected_loss_amount
  FROM loan_loss_month
  GROUP BY
    account_number,
    currency,
    business_date
), services AS (
  SELECT
    account_number,
    currency,
    business_date,
    CAST(SUM(cost_amount) AS DECIMAL(18, 2)) AS servicing_cost_amount
  FROM account_activity_month
  GROUP BY
    account_number,
    currency,
    business_date
), parts AS (
  SELECT
    h.account_number,
    h.customer_number,
    h.organisation_code,
    h.product_code,
    h.currency,
    m.month_start,
    m.business_date,
    a.account_kind,
    a.customer_kind,
    a.product_category,
    a.product_group,
    a.product_line,
    b.interest_rate,
    b.transfer_rate,
    h.balance_days,
    CAST(COALESCE(b.interest_amount, CAST(0 AS DECIMAL(18, 2))) - COALESCE(w.interest_amount, CAST(0 AS DECIMAL(18, 2))) AS DECIMAL(18, 2)) AS interest_amount,
    CAST(COALESCE(b.transfer_amount, CAST(0 AS DECIMAL(18, 2))) - COALESCE(w.transfer_amount, CAST(0 AS DECIMAL(18, 2))) AS DECIMAL(18, 2)) AS transfer_amount,
    COALESCE(f.fee_amount, CAST(0 AS DECIMAL(18, 2))) AS fee_amount,
    COALESCE(s.servicing_cost_amount, CAST(0 AS DECIMAL(18, 2))) AS servicing_cost_amount,
    COALESCE(l.expected_loss_amount, CAST(0 AS DECIMAL(18, 2))) AS expected_loss_amount,
    COALESCE(b.is_estimated, TRUE) OR h.is_estimated AS is_estimated
  FROM account_month AS h
  INNER JOIN asked AS m
    ON m.month_start = h.month_start
  INNER JOIN account AS a
    ON a.account_number = h.account_number AND a.currency = h.currency
  LEFT JOIN borne AS b
    ON b.account_number = h.account_number
    AND b.currency = h.currency
    AND b.month_start = h.month_start
  LEFT JOIN repriced AS w
    ON w.account_number = h.account_number
    AND w.currency = h.currency
    AND w.month_start = h.month_start
  LEFT JOIN fees AS f
    ON f.account_number = h.account_number
    AND f.currency = h.currency
    AND f.month_start = h.month_start
  LEFT JOIN services AS s
    ON s.account_number = h.account_number
    AND s.currency = h.currency
    AND s.business_date = m.business_date
  LEFT JOIN losses AS l
    ON l.account_number = h.account_number
    AND l.currency = h.currency
    AND l.business_date = m.business_date
  WHERE
    EXISTS(
      SELECT
        1
      FROM transfer_curve_segment
    )
  UNION ALL
  SELECT
    f.account_number,
    f.customer_number,
    f.organisation_code,
    f.product_code,
    f.currency,
    m.month_start,
    m.business_date,
    'none' AS account_kind,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    COALESCE(p.product_category, 'unmapped') AS product_category,
    COALESCE(p.product_group, 'unmapped') AS product_group,
    COALESCE(p.product_line, 'unmapped') AS product_line,
    CAST(NULL AS DECIMAL(12, 6)) AS interest_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS transfer_rate,
    CAST(0 AS DECIMAL(38, 2)) AS balance_days,
    CAST(0 AS DECIMAL(18, 2)) AS interest_amount,
    CAST(0 AS DECIMAL(18, 2)) AS transfer_amount,
    f.fee_amount,
    CAST(0 AS DECIMAL(18, 2)) AS servicing_cost_amount,
    CAST(0 AS DECIMAL(18, 2)) AS expected_loss_amount,
    FALSE AS is_estimated
  FROM fees AS f
  INNER JOIN asked AS m
    ON m.month_start = f.month_start
  LEFT JOIN customer AS c
    ON c.customer_number = f.customer_number
  LEFT JOIN product AS p
    ON p.product_code = f.product_code
  WHERE
    f.account_number = 'none'
    AND EXISTS(
      SELECT
        1
      FROM transfer_curve_segment
    )
), taxed AS (
  SELECT
    p.account_number,
    p.customer_number,
    p.organisation_code,
    p.product_code,
    p.currency,
    p.business_date,
    p.account_kind,
    p.customer_kind,
    p.product_category,
    p.product_group,
    p.product_line,
    p.interest_rate,
    p.transfer_rate,
    p.balance_days,
    p.interest_amount,
    p.transfer_amount,
    p.fee_amount,
    p.servicing_cost_amount,
    p.expected_loss_amount,
    p.is_estimated,
    CASE p.account_kind
      WHEN 'deposit'
      THEN p.transfer_amount - p.interest_amount
      ELSE p.interest_amount - p.transfer_amount
    END AS margin_amount,
    CAST(CASE
      WHEN (
        CAST(CAST(CAST(CAST(CASE p.account_kind
          WHEN 'loan'
          THEN p.interest_amount
          ELSE CAST(0 AS DECIMAL(18, 2))
        END + p.fee_amount AS DECIMAL(18, 2)) * g.vat_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(1 + g.vat_rate AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST(CAST(CASE p.account_kind
          WHEN 'loan'
          THEN p.interest_amount
          ELSE CAST(0 AS DECIMAL(18, 2))
        END + p.fee_amount AS DECIMAL(18, 2)) * g.vat_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
      ) + ABS(CAST(CAST(1 + g.vat_rate AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0)))
    ) DIV NULLIF(
      2 * ABS(CAST(CAST(1 + g.vat_rate AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0))),
      0
    ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS vat_before_surcharge_amount,
    CAST(CASE
      WHEN (
        CAST(CAST(CAST(CAST(GREATEST(p.balance_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(20, 2)) * g.risk_weight AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        (
          CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        ) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST(CAST(GREATEST(p.balance_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(20, 2)) * g.risk_weight AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
      ) + ABS((
        CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
      ))
    ) DIV NULLIF(2 * ABS((
      CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
    )), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS risk_weighted_days,
    g.surcharge_rate,
    g.income_tax_rate,
    g.capital_ratio,
    g.capital_cost_rate
  FROM parts AS p
  INNER JOIN contribution_setting AS g
    ON g.month_start = p.month_start
    AND g.account_kind = p.account_kind
    AND g.product_group = CASE p.account_kind WHEN 'none' THEN 'none' ELSE p.product_group END
), weighed AS (
  SELECT
    t.account_number,
    t.customer_number,
    t.organisation_code,
    t.product_code,
    t.currency,
    t.business_date,
    t.account_kind,
    t.customer_kind,
    t.product_category,
    t.product_group,
    t.product_line,
    t.interest_rate,
    t.transfer_rate,
    t.balance_days,
    t.interest_amount,
    t.transfer_amount,
    t.fee_amount,
    t.servicing_cost_amount,
    t.expected_loss_amount,
    t.is_estimated,
    t.margin_amount,
    t.income_tax_rate,
    t.capital_cost_rate,
    CAST(t.vat_before_surcharge_amount + CAST(CASE
      WHEN (
        CAST(CAST(CAST(CAST(t.vat_before_surcharge_amount AS DECIMAL(20, 2)) * t.surcharge_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        (
          CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        ) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST(CAST(t.vat_before_surcharge_amount AS DECIMAL(20, 2)) * t.surcharge_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
      ) + ABS((
        CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
      ))
    ) DIV NULLIF(2 * ABS((
      CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
    )), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS DECIMAL(18, 2)) AS vat_amount,
    CAST(CASE
      WHEN (
        CAST(CAST(CAST(CAST(t.risk_weighted_days AS DECIMAL(20, 2)) * t.capital_ratio AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        (
          CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        ) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST(CAST(t.risk_weighted_days AS DECIMAL(20, 2)) * t.capital_ratio AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
      ) + ABS((
        CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
      ))
    ) DIV NULLIF(2 * ABS((
      CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
    )), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS capital_days
  FROM taxed AS t
), valued AS (
  SELECT
    v.account_number,
    v.customer_number,
    v.organisation_code,
    v.product_code,
    v.currency,
    v.business_date,
    v.account_kind,
    v.customer_kind,
    v.product_category,
    v.product_group,
    v.product_line,
    v.interest_rate,
    v.transfer_rate,
    v.balance_days,
    v.interest_amount,
    v.transfer_amount,
    v.fee_amount,
    v.servicing_cost_amount,
    v.expected_loss_amount,
    v.is_estimated,
    v.margin_amount,
    v.vat_amount,
    v.capital_days,
    CAST(CASE
      WHEN (
        CAST(CAST(CAST(CAST(v.margin_amount + v.fee_amount - v.vat_amount - v.servicing_cost_amount - v.expected_loss_amount AS DECIMAL(20, 2)) * v.income_tax_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        (
          CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        ) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST(CAST(v.margin_amount + v.fee_amount - v.vat_amount - v.servicing_cost_amount - v.expected_loss_amount AS DECIMAL(20, 2)) * v.income_tax_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
      ) + ABS((
        CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
      ))
    ) DIV NULLIF(2 * ABS((
      CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
    )), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS tax_amount,
    CAST(CASE
      WHEN (
        CAST(CAST(CAST(CAST(v.capital_days AS DECIMAL(22, 2)) * v.capital_cost_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        (
          CAST(CAST(365 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        ) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST(CAST(v.capital_days AS DECIMAL(22, 2)) * v.capital_cost_rate AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
      ) + ABS((
        CAST(CAST(365 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
      ))
    ) DIV NULLIF(2 * ABS((
      CAST(CAST(365 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
    )), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS capital_charge_amount
  FROM weighed AS v
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.product_category AS STRING) AS product_category,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.interest_rate AS DECIMAL(12, 6)) AS interest_rate,
  CAST(q.transfer_rate AS DECIMAL(12, 6)) AS transfer_rate,
  CAST(q.balance_days AS DECIMAL(38, 2)) AS balance_days,
  CAST(q.interest_amount AS DECIMAL(18, 2)) AS interest_amount,
  CAST(q.transfer_amount AS DECIMAL(18, 2)) AS transfer_amount,
  CAST(q.margin_amount AS DECIMAL(18, 2)) AS margin_amount,
  CAST(q.fee_amount AS DECIMAL(18, 2)) AS fee_amount,
  CAST(q.vat_amount AS DECIMAL(18, 2)) AS vat_amount,
  CAST(q.servicing_cost_amount AS DECIMAL(18, 2)) AS servicing_cost_amount,
  CAST(q.expected_loss_amount AS DECIMAL(18, 2)) AS expected_loss_amount,
  CAST(q.tax_amount AS DECIMAL(18, 2)) AS tax_amount,
  CAST(q.contribution_amount AS DECIMAL(18, 2)) AS contribution_amount,
  CAST(q.capital_days AS DECIMAL(38, 2)) AS capital_days,
  CAST(q.capital_charge_amount AS DECIMAL(18, 2)) AS capital_charge_amount,
  CAST(q.economic_value_added_amount AS DECIMAL(18, 2)) AS economic_value_added_amount,
  CAST(q.is_estimated AS BOOLEAN) AS is_estimated
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    v.account_number,
    v.customer_number,
    v.organisation_code,
    v.product_code,
    v.currency,
    v.business_date,
    v.account_kind,
    v.customer_kind,
    v.product_category,
    v.product_group,
    v.product_line,
    v.interest_rate,
    v.transfer_rate,
    v.balance_days,
    v.interest_amount,
    v.transfer_amount,
    v.margin_amount,
    v.fee_amount,
    v.vat_amount,
    v.servicing_cost_amount,
    v.expected_loss_amount,
    v.tax_amount,
    v.margin_amount + v.fee_amount - v.vat_amount - v.servicing_cost_amount - v.expected_loss_amount - v.tax_amount AS contribution_amount,
    v.capital_days,
    v.capital_charge_amount,
    v.margin_amount + v.fee_amount - v.vat_amount - v.servicing_cost_amount - v.expected_loss_amount - v.tax_amount - v.capital_charge_amount AS economic_value_added_amount,
    v.is_estimated
  FROM valued AS v
) AS q
