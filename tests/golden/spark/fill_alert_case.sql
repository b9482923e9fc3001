WITH places AS (
  SELECT
    'ledger_tie' AS before_word,
    organisation_code,
    business_date,
    ABS(difference_amount) AS difference_amount
  FROM ledger_tie
  WHERE
    difference_amount <> 0
  UNION ALL
  SELECT
    'ledger_break' AS before_word,
    organisation_code,
    business_date,
    ABS(difference_amount) AS difference_amount
  FROM ledger_break
  UNION ALL
  SELECT
    'balance_break' AS before_word,
    a.organisation_code,
    b.reported_on AS business_date,
    CAST(ABS(b.difference_amount) AS DECIMAL(38, 2)) AS difference_amount
  FROM balance_break AS b
  INNER JOIN account AS a
    ON a.account_number = b.account_number AND a.currency = b.currency
  UNION ALL
  SELECT
    'orphan_key' AS before_word,
    organisation_code,
    last_seen_on AS business_date,
    CAST(NULL AS DECIMAL(38, 2)) AS difference_amount
  FROM orphan_key
), days AS (
  SELECT
    before_word,
    organisation_code,
    business_date,
    COUNT(*) AS item_count,
    CAST(SUM(difference_amount) AS DECIMAL(18, 2)) AS difference_amount
  FROM places
  GROUP BY
    before_word,
    organisation_code,
    business_date
), top AS (
  SELECT
    organisation_code
  FROM (
    SELECT
      organisation_code,
      ROW_NUMBER() OVER (ORDER BY is_open DESC, organisation_code NULLS LAST) AS _w
    FROM organisation
    WHERE
      parent_code IS NULL
  ) AS _t
  WHERE
    _w = 1
), days_2 AS (
  SELECT
    business_date,
    CASE
      WHEN business_date = month_end
      THEN 7
      ELSE DATEDIFF(DAY, CAST('1970-01-05' AS DATE), business_date) % 7
    END AS day_kind,
    CASE WHEN business_date = month_end THEN 400 ELSE 91 END AS days_back
  FROM calendar_day
), counted AS (
  SELECT
    CASE
      WHEN channel_code IN ('counter', 'atm', 'vtm')
      THEN handling_organisation_code
      ELSE organisation_code
    END AS organisation_code,
    channel_code,
    business_date,
    CAST(SUM(transaction_count) AS BIGINT) AS item_count
  FROM channel_day
  WHERE
    account_kind = 'deposit'
    AND NOT is_bank_initiated
    AND initiator_code = 'customer'
    AND NOT channel_code IN ('none', 'unknown', 'other')
  GROUP BY
    CASE
      WHEN channel_code IN ('counter', 'atm', 'vtm')
      THEN handling_organisation_code
      ELSE organisation_code
    END,
    channel_code,
    business_date
), by_channel AS (
  SELECT
    channel_code,
    business_date,
    CAST(SUM(item_count) AS BIGINT) AS item_count
  FROM counted
  GROUP BY
    channel_code,
    business_date
), wholes AS (
  SELECT
    'one' AS level_code,
    channel_code,
    business_date,
    item_count
  FROM by_channel
  UNION ALL
  SELECT
    'all' AS level_code,
    'all' AS channel_code,
    business_date,
    CAST(SUM(item_count) AS BIGINT) AS item_count
  FROM by_channel
  GROUP BY
    business_date
), parts AS (
  SELECT
    'one' AS level_code,
    c.organisation_code,
    c.channel_code,
    c.channel_code AS whole_code,
    c.business_date,
    c.item_count
  FROM counted AS c
  INNER JOIN organisation AS o
    ON o.organisation_code = c.organisation_code AND o.is_open
  UNION ALL
  SELECT
    'all' AS level_code,
    t.organisation_code,
    b.channel_code,
    'all' AS whole_code,
    b.business_date,
    b.item_count
  FROM by_channel AS b
  CROSS JOIN top AS t
), series AS (
  SELECT
    level_code,
    organisation_code,
    channel_code,
    whole_code,
    MIN(business_date) AS first_on
  FROM parts
  GROUP BY
    level_code,
    organisation_code,
    channel_code,
    whole_code
), points AS (
  SELECT
    s.level_code,
    s.organisation_code,
    s.channel_code,
    d.business_date,
    d.day_kind,
    d.days_back,
    COALESCE(p.item_count, 0) AS item_count,
    w.item_count AS whole_count,
    CAST(CASE
      WHEN (
        (
          CAST(CAST(COALESCE(p.item_count, 0) AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        ) < 0
      ) <> (
        CAST(CAST(w.item_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        (
          CAST(CAST(COALESCE(p.item_count, 0) AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        )
      ) + ABS(CAST(CAST(w.item_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(w.item_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6)) AS usual_share
  FROM series AS s
  INNER JOIN days_2 AS d
    ON d.business_date >= s.first_on AND d.business_date <= CAST('2026-10-31' AS DATE)
  INNER JOIN wholes AS w
    ON w.level_code = s.level_code
    AND w.channel_code = s.whole_code
    AND w.business_date = d.business_date
  LEFT JOIN parts AS p
    ON p.level_code = s.level_code
    AND p.organisation_code = s.organisation_code
    AND p.channel_code = s.channel_code
    AND p.business_date = d.business_date
  WHERE
    w.item_count > 0
), asked AS (
  SELECT
    p.level_code,
    p.organisation_code,
    p.channel_code,
    p.business_date,
    p.day_kind,
    p.days_back,
    p.item_count,
    p.whole_count
  FROM points AS p
  INNER JOIN alert_threshold AS w
    ON w.threshold_code = 'window_days'
    AND w.organisation_code = p.organisation_code
    AND CAST('2026-10-31' AS DATE) >= w.valid_from
    AND (
      w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
    )
  WHERE
    DATEDIFF(DAY, p.business_date, CAST('2026-10-31' AS DATE)) < w.threshold_value * 2 + 91
), usual AS (
  SELECT
    a.level_code,
    a.organisation_code,
    a.channel_code,
    a.business_date,
    a.item_count,
    a.whole_count,
    PERCENTILE_APPROX(b.usual_share, 0.5) AS usual_share
  FROM asked AS a
  INNER JOIN points AS b
    ON b.level_code = a.level_code
    AND b.organisation_code = a.organisation_code
    AND b.channel_code = a.channel_code
    AND b.day_kind = a.day_kind
    AND b.business_date < a.business_date
    AND DATEDIFF(DAY, b.business_date, a.business_date) <= a.days_back
  GROUP BY
    a.level_code,
    a.organisation_code,
    a.channel_code,
    a.business_date,
    a.item_count,
    a.whole_count
  HAVING
    COUNT(*) >= 6
), measured AS (
  SELECT
    level_code,
    organisation_code,
    channel_code,
    business_date,
    item_count,
    CAST(whole_count * usual_share AS DECIMAL(12, 2)) AS usual_count
  FROM usual
), squared AS (
  SELECT
    level_code,
    organisation_code,
    channel_code,
    business_date,
    item_count,
    usual_count,
    CAST((
      item_count - usual_count
    ) * (
      item_count - usual_count
    ) AS DECIMAL(38, 4)) AS residual_square,
    CAST((
      item_count + usual_count
    ) * CAST('0.5' AS DECIMAL(2, 1)) AS DECIMAL(38, 4)) AS variance
  FROM measured
  WHERE
    usual_count >= 1
), relative AS (
  SELECT
    level_code,
    organisation_code,
    channel_code,
    business_date,
    item_count,
    usual_count,
    residual_square,
    variance,
    CAST(CASE
      WHEN (
        (
          CAST(CAST(residual_square AS DECIMAL(38, 4)) * 10000 AS DECIMAL(38, 0)) * 10000
        ) < 0
      ) <> (
        CAST(CAST(variance AS DECIMAL(38, 4)) * 10000 AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        (
          CAST(CAST(residual_square AS DECIMAL(38, 4)) * 10000 AS DECIMAL(38, 0)) * 10000
        )
      ) + ABS(CAST(CAST(variance AS DECIMAL(38, 4)) * 10000 AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(variance AS DECIMAL(38, 4)) * 10000 AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.0001' AS DECIMAL(5, 4)) AS DECIMAL(18, 4)) AS relative_square
  FROM squared
), spread AS (
  SELECT
    a.level_code,
    a.organisation_code,
    a.channel_code,
    a.business_date,
    PERCENTILE_APPROX(b.relative_square, 0.5) AS median_square
  FROM relative AS a
  INNER JOIN relative AS b
    ON b.level_code = a.level_code
    AND b.organisation_code = a.organisation_code
    AND b.channel_code = a.channel_code
    AND b.business_date < a.business_date
    AND DATEDIFF(DAY, b.business_date, a.business_date) <= 91
  GROUP BY
    a.level_code,
    a.organisation_code,
    a.channel_code,
    a.business_date
), judged AS (
  SELECT
    r.level_code,
    r.organisation_code,
    r.channel_code,
    r.business_date,
    r.item_count,
    r.usual_count,
    r.residual_square,
    CAST(r.variance * GREATEST(
      CAST(1 AS DECIMAL(12, 4)),
      CAST(s.median_square * CAST('2.1981' AS DECIMAL(6, 4)) AS DECIMAL(12, 4))
    ) AS DECIMAL(38, 4)) AS variance
  FROM relative AS r
  INNER JOIN alert_threshold AS w
    ON w.threshold_code = 'window_days'
    AND w.organisation_code = r.organisation_code
    AND CAST('2026-10-31' AS DATE) >= w.valid_from
    AND (
      w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
    )
  INNER JOIN alert_threshold AS f
    ON f.threshold_code = 'series_floor'
    AND f.organisation_code = r.organisation_code
    AND r.business_date >= f.valid_from
    AND (
      f.valid_until IS NULL OR r.business_date < f.valid_until
    )
  INNER JOIN spread AS s
    ON s.level_code = r.level_code
    AND s.organisation_code = r.organisation_code
    AND s.channel_code = r.channel_code
    AND s.business_date = r.business_date
  WHERE
    DATEDIFF(DAY, r.business_date, CAST('2026-10-31' AS DATE)) < w.threshold_value * 2
    AND r.usual_count >= f.threshold_value
), abnormal AS (
  SELECT
    s.level_code,
    s.organisation_code,
    s.channel_code,
    s.business_date,
    s.item_count,
    s.usual_count,
    CASE WHEN s.item_count < s.usual_count THEN 'fall' ELSE 'rise' END AS after_word,
    CASE
      WHEN s.item_count = 0
      OR s.residual_square > CAST(s.variance * CAST(k.threshold_value * k.threshold_value * 4 AS DECIMAL(8, 2)) AS DECIMAL(38, 4))
      THEN 1
      ELSE 0
    END AS is_high
  FROM judged AS s
  INNER JOIN alert_threshold AS k
    ON k.threshold_code = 'series_deviation'
    AND k.organisation_code = s.organisation_code
    AND s.business_date >= k.valid_from
    AND (
      k.valid_until IS NULL OR s.business_date < k.valid_until
    )
  WHERE
    s.residual_square > CAST(s.variance * CAST(k.threshold_value * k.threshold_value AS DECIMAL(8, 2)) AS DECIMAL(38, 4))
), starts AS (
  SELECT
    level_code,
    organisation_code,
    channel_code,
    after_word,
    business_date,
    item_count,
    usual_count,
    is_high,
    CASE
      WHEN LAG(business_date) OVER (
        PARTITION BY level_code, organisation_code, channel_code, after_word
        ORDER BY business_date NULLS LAST
      ) = CAST(business_date - 1 AS DATE)
      THEN 0
      ELSE 1
    END AS is_start
  FROM abnormal
), runs AS (
  SELECT
    level_code,
    organisation_code,
    channel_code,
    after_word,
    business_date,
    item_count,
    usual_count,
    is_high,
    CAST(SUM(is_start) OVER (
      PARTITION BY level_code, organisation_code, channel_code, after_word
      ORDER BY business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS run_number
  FROM starts
), found_2 AS (
  SELECT
    level_code,
    organisation_code,
    channel_code,
    after_word,
    run_number,
    MIN(business_date) AS first_on,
    MAX(business_date) AS last_on,
    CAST(SUM(item_count) AS BIGINT) AS item_count,
    CAST(SUM(usual_count) AS DECIMAL(18, 2)) AS usual_count,
    COUNT(*) AS day_count,
    MAX(is_high) AS is_high
  FROM runs
  GROUP BY
    level_code,
    organisation_code,
    channel_code,
    after_word,
    run_number
), last_month AS (
  SELECT
    MAX(month_end) AS month_end
  FROM calendar_day
  WHERE
    month_end <= CAST('2026-10-31' AS DATE)
), days_3 AS (
  SELECT
    c.business_date,
    c.month_end
  FROM calendar_day AS c
  INNER JOIN last_month AS m
    ON m.month_end = c.month_end
), daily AS (
  SELECT
    o.ancestor_code AS organisation_code,
    p.business_date,
    d.month_end,
    CAST(SUM(p.balance) AS DECIMAL(38, 2)) AS balance
  FROM product_day AS p
  INNER JOIN days_3 AS d
    ON d.business_date = p.business_date
  INNER JOIN organisation_closure AS o
    ON o.organisation_code = p.organisation_code
  WHERE
    p.account_kind = 'deposit' AND p.currency = 'CNY'
  GROUP BY
    o.ancestor_code,
    p.business_date,
    d.month_end
), sums AS (
  SELECT
    organisation_code,
    month_end,
    CAST(SUM(balance) AS DECIMAL(38, 2)) AS balance_days,
    COUNT(*) AS day_count,
    CAST(SUM(CASE WHEN business_date = month_end THEN balance ELSE 0 END) AS DECIMAL(18, 2)) AS end_balance
  FROM daily
  GROUP BY
    organisation_code,
    month_end
), averages AS (
  SELECT
    organisation_code,
    month_end,
    end_balance,
    CAST(CASE
      WHEN (
        CAST(CAST(balance_days AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(CAST(CAST(balance_days AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))) + ABS(CAST(CAST(day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS average_balance
  FROM sums
), measured_2 AS (
  SELECT
    organisation_code,
    month_end,
    end_balance,
    average_balance,
    CAST(CASE
      WHEN (
        (
          CAST(CAST(end_balance - average_balance AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        ) < 0
      ) <> (
        CAST(CAST(average_balance AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        (
          CAST(CAST(end_balance - average_balance AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        )
      ) + ABS(CAST(CAST(average_balance AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(average_balance AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.0001' AS DECIMAL(5, 4)) AS DECIMAL(18, 4)) AS deviation_rate
  FROM averages
  WHERE
    average_balance > 0
), month_days AS (
  SELECT
    month_start
  FROM calendar_day
  WHERE
    business_date = CAST('2026-10-31' AS DATE)
), flows AS (
  SELECT
    a.customer_number,
    d.month_start,
    COUNT(*) AS item_count,
    CAST(SUM(CASE WHEN t.balance_change > 0 THEN t.balance_change ELSE 0 END) AS DECIMAL(18, 2)) AS came_amount,
    CAST(SUM(CASE WHEN t.balance_change < 0 THEN -t.balance_change ELSE 0 END) AS DECIMAL(18, 2)) AS went_amount
  FROM account_transaction AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  INNER JOIN customer AS c
    ON c.customer_number = a.customer_number AND c.is_employee
  INNER JOIN month_days AS d
    ON t.posted_on >= d.month_start
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    t.account_kind = 'deposit'
    AND t.currency = 'CNY'
    AND NOT t.is_bank_initiated
    AND COALESCE(r.counts_as, 1) > 0
    AND COALESCE(t.initiator_code, 'customer') = 'customer'
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    a.customer_number,
    d.month_start
), parties AS (
  SELECT
    'circle' AS before_word,
    circle_code AS subject_key,
    customer_number,
    party_key,
    loan_balance,
    bad_loan_balance,
    given_amount
  FROM guarantee_party
  WHERE
    NOT circle_code IS NULL
  UNION ALL
  SELECT
    'chain' AS before_word,
    chain_code AS subject_key,
    customer_number,
    party_key,
    loan_balance,
    bad_loan_balance,
    given_amount
  FROM guarantee_party
  WHERE
    NOT chain_code IS NULL AND circle_code IS NULL
), sums_2 AS (
  SELECT
    before_word,
    subject_key,
    COUNT(*) AS item_count,
    CAST(SUM(loan_balance) AS DECIMAL(18, 2)) AS loan_balance,
    CAST(SUM(bad_loan_balance) AS DECIMAL(18, 2)) AS bad_loan_balance,
    CAST(SUM(given_amount) AS DECIMAL(18, 2)) AS given_amount
  FROM parties
  GROUP BY
    before_word,
    subject_key
), largest AS (
  SELECT
    before_word,
    subject_key,
    customer_number
  FROM (
    SELECT
      before_word,
      subject_key,
      customer_number,
      ROW_NUMBER() OVER (
        PARTITION BY before_word, subject_key
        ORDER BY loan_balance DESC, party_key NULLS LAST
      ) AS _w
    FROM parties
    WHERE
      NOT customer_number IS NULL
  ) AS _t
  WHERE
    _w = 1
), capital AS (
  SELECT
    input_amount
  FROM (
    SELECT
      input_amount,
      ROW_NUMBER() OVER (ORDER BY measured_on DESC, source_file_id NULLS LAST, source_line NULLS LAST) AS _w
    FROM regulatory_input
    WHERE
      input_code = 'net_capital'
      AND measured_on <= CAST('2026-10-31' AS DATE)
      AND input_amount > 0
  ) AS _t
  WHERE
    _w = 1
), limits AS (
  SELECT
    MAX(
      CASE
        WHEN parameter_code = 'ratio_ceiling.largest_borrower_ratio'
        THEN number_value
      END
    ) AS borrower_rate,
    MAX(
      CASE
        WHEN parameter_code = 'ratio_ceiling.largest_group_ratio'
        THEN number_value
      END
    ) AS group_rate,
    MAX(CASE WHEN parameter_code = 'ratio_near_share' THEN number_value END) AS near_share
  FROM parameter
  WHERE
    valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), heads AS (
  SELECT
    group_number,
    customer_number
  FROM (
    SELECT
      group_number,
      customer_number,
      ROW_NUMBER() OVER (PARTITION BY group_number ORDER BY is_parent DESC, customer_number NULLS LAST) AS _w
    FROM customer_group_member
    WHERE
      valid_from <= CAST('2026-10-31' AS DATE)
      AND (
        valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
      )
  ) AS _t
  WHERE
    _w = 1
), owed AS (
  SELECT
    customer_number AS subject_key,
    customer_number,
    'borrower' AS before_word,
    loan_balance AS owed_amount,
    CAST(NULL AS BIGINT) AS item_count
  FROM customer_exposure
  WHERE
    business_date = CAST('2026-10-31' AS DATE) AND loan_balance > 0
  UNION ALL
  SELECT
    CONCAT('group:', COALESCE(g.group_number, '')) AS subject_key,
    h.customer_number,
    'group' AS before_word,
    g.exposure_amount AS owed_amount,
    g.member_count AS item_count
  FROM group_exposure AS g
  INNER JOIN heads AS h
    ON h.group_number = g.group_number
  WHERE
    g.business_date = CAST('2026-10-31' AS DATE) AND g.exposure_amount > 0
), measured_3 AS (
  SELECT
    o.subject_key,
    o.customer_number,
    o.before_word,
    o.item_count,
    o.owed_amount,
    l.near_share,
    CASE WHEN o.before_word = 'group' THEN l.group_rate ELSE l.borrower_rate END AS limit_rate,
    CAST(ROUND(
      CAST(k.input_amount AS DECIMAL(38, 2)) * CASE WHEN o.before_word = 'group' THEN l.group_rate ELSE l.borrower_rate END,
      2
    ) AS DECIMAL(18, 2)) AS limit_amount,
    CAST(CASE
      WHEN (
        (
          CAST(CAST(o.owed_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        ) < 0
      ) <> (
        CAST(CAST(k.input_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        (
          CAST(CAST(o.owed_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        )
      ) + ABS(CAST(CAST(k.input_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(k.input_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.0001' AS DECIMAL(5, 4)) AS DECIMAL(18, 4)) AS measured_rate
  FROM owed AS o
  CROSS JOIN capital AS k
  CROSS JOIN limits AS l
), this_month AS (
  SELECT
    month_start
  FROM calendar_day
  WHERE
    business_date = CAST('2026-10-31' AS DATE)
), closed AS (
  SELECT
    s.organisation_code,
    s.current_successor_code,
    s.closed_on,
    MAX(c.month_start) AS month_start
  FROM organisation_succession AS s
  INNER JOIN calendar_day AS c
    ON c.month_end < s.closed_on
  WHERE
    s.closed_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    s.organisation_code,
    s.current_successor_code,
    s.closed_on
), moved AS (
  SELECT DISTINCT
    a.customer_number,
    p.previous_organisation_code AS organisation_code
  FROM account_organisation_period AS p
  INNER JOIN account AS a
    ON a.account_number = p.account_number AND a.currency = p.currency
  WHERE
    NOT p.previous_organisation_code IS NULL
    AND a.account_kind = 'deposit'
    AND a.customer_number <> 'none'
), held AS (
  SELECT
    m.customer_number,
    c.organisation_code,
    c.current_successor_code,
    c.closed_on,
    t.month_start,
    CAST(b.deposit_balance AS DECIMAL(18, 2)) AS before_amount,
    CAST(COALESCE(n.deposit_balance, 0) AS DECIMAL(18, 2)) AS after_amount
  FROM moved AS m
  INNER JOIN closed AS c
    ON c.organisation_code = m.organisation_code
  CROSS JOIN this_month AS t
  INNER JOIN customer_month AS b
    ON b.customer_number = m.customer_number AND b.month_start = c.month_start
  LEFT JOIN customer_month AS n
    ON n.customer_number = m.customer_number AND n.month_start = t.month_start
  WHERE
    b.deposit_balance > 0
), measured_4 AS (
  SELECT
    customer_number,
    organisation_code,
    current_successor_code,
    closed_on,
    month_start,
    before_amount,
    after_amount,
    CAST(CASE
      WHEN (
        (
          CAST(CAST(after_amount - before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        ) < 0
      ) <> (
        CAST(CAST(before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        (
          CAST(CAST(after_amount - before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        )
      ) + ABS(CAST(CAST(before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.0001' AS DECIMAL(5, 4)) AS DECIMAL(18, 4)) AS change_rate
  FROM held
), covered AS (
  SELECT
    COALESCE(MIN(posted_on), CAST('9999-12-31' AS DATE)) AS first_on
  FROM account_transaction
  WHERE
    account_kind = 'deposit'
), told AS (
  SELECT
    s.account_number,
    s.currency,
    MAX(s.last_active_on) AS told_on
  FROM account_snapshot AS s
  INNER JOIN covered AS c
    ON s.last_active_on < c.first_on
  WHERE
    s.account_kind = 'deposit'
    AND s.last_active_on <= s.reported_on
    AND s.reported_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    s.account_number,
    s.currency
), least AS (
  SELECT
    MAX(CASE WHEN threshold_code = 'window_days' THEN threshold_value END) AS window_days,
    CAST(MIN(CASE WHEN threshold_code = 'dormant_movement' THEN threshold_value END) * 10000 AS DECIMAL(18, 2)) AS movement
  FROM alert_threshold
), possible AS (
  SELECT DISTINCT
    t.account_number,
    t.currency
  FROM account_transaction AS t
  CROSS JOIN least AS l
  WHERE
    t.account_kind = 'deposit'
    AND t.amount >= l.movement
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
    AND DATEDIFF(DAY, t.posted_on, CAST('2026-10-31' AS DATE)) < l.window_days
), moved_2 AS (
  SELECT
    t.account_number,
    t.currency,
    t.posted_on,
    MAX(t.amount) AS largest_amount,
    COUNT(*) AS item_count
  FROM account_transaction AS t
  INNER JOIN possible AS p
    ON p.account_number = t.account_number AND p.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    t.account_kind = 'deposit'
    AND t.currency = 'CNY'
    AND NOT t.is_bank_initiated
    AND COALESCE(r.counts_as, 1) > 0
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    t.account_number,
    t.currency,
    t.posted_on
), silences AS (
  SELECT
    account_number,
    currency,
    posted_on,
    largest_amount,
    item_count,
    LAG(posted_on) OVER (PARTITION BY account_number, currency ORDER BY posted_on NULLS LAST) AS moved_before_on
  FROM moved_2 AS moved
), woken AS (
  SELECT
    s.account_number,
    s.posted_on,
    s.largest_amount,
    s.item_count,
    a.customer_number,
    a.organisation_code,
    COALESCE(s.moved_before_on, o.told_on, a.opened_on) AS last_on
  FROM silences AS s
  INNER JOIN account AS a
    ON a.account_number = s.account_number
    AND a.currency = s.currency
    AND a.product_group = 'demand_deposit'
  LEFT JOIN told AS o
    ON o.account_number = s.account_number AND o.currency = s.currency
), months AS (
  SELECT
    month_start,
    MAX(business_date) AS last_on,
    LAG(month_start) OVER (ORDER BY month_start NULLS LAST) AS month_before
  FROM calendar_day
  WHERE
    business_date <= CAST('2026-10-31' AS DATE)
  GROUP BY
    month_start
), recent AS (
  SELECT
    m.month_start,
    m.month_before
  FROM months AS m
  CROSS JOIN (
    SELECT
      MAX(threshold_value) AS days
    FROM alert_threshold
    WHERE
      threshold_code = 'window_days'
  ) AS w
  WHERE
    DATEDIFF(DAY, m.last_on, CAST('2026-10-31' AS DATE)) < w.days
), looked_at AS (
  SELECT
    month_start
  FROM recent
  UNION
  SELECT
    month_before AS month_start
  FROM recent
  WHERE
    NOT month_before IS NULL
), recent_rows AS (
  SELECT
    f.customer_number,
    f.month_start,
    CAST(NULL AS STRING) AS organisation_code,
    CAST(0 AS BIGINT) AS held_count,
    CASE
      WHEN f.flow_code IN ('payroll', 'loan')
      THEN CAST(0 AS DECIMAL(38, 2))
      ELSE f.inflow_amount
    END AS inflow,
    CASE
      WHEN f.flow_code = 'loan'
      THEN CAST(0 AS DECIMAL(38, 2))
      ELSE f.outflow_amount
    END AS outflow,
    CASE
      WHEN f.flow_code = 'loan'
      THEN f.inflow_amount
      ELSE CAST(0 AS DECIMAL(38, 2))
    END AS lent,
    CAST(0 AS DECIMAL(38, 2)) AS balance
  FROM customer_flow_month AS f
  UNION ALL
  SELECT
    m.customer_number,
    m.month_start,
    m.home_organisation_code AS organisation_code,
    CAST(1 AS BIGINT) AS held_count,
    CAST(0 AS DECIMAL(38, 2)) AS inflow,
    CAST(0 AS DECIMAL(38, 2)) AS outflow,
    CAST(0 AS DECIMAL(38, 2)) AS lent,
    CAST(m.deposit_balance AS DECIMAL(38, 2)) AS balance
  FROM customer_month AS m
), recent_sums AS (
  SELECT
    COALESCE(c.person_customer_number, r.customer_number) AS customer_number,
    r.month_start,
    MAX(r.organisation_code) AS organisation_code,
    MAX(r.held_count) AS held_count,
    CAST(SUM(r.inflow) AS DECIMAL(38, 2)) AS inflow,
    CAST(SUM(r.outflow) AS DECIMAL(38, 2)) AS outflow,
    CAST(SUM(r.lent) AS DECIMAL(38, 2)) AS lent,
    CAST(SUM(r.balance) AS DECIMAL(38, 2)) AS balance
  FROM recent_rows AS r
  LEFT JOIN customer AS c
    ON c.customer_number = r.customer_number
  WHERE
    r.customer_number <> 'none'
    AND r.month_start IN (
      SELECT
        l.month_start
      FROM looked_at AS l
    )
  GROUP BY
    COALESCE(c.person_customer_number, r.customer_number),
    r.month_start
), recent_beside AS (
  SELECT
    s.customer_number,
    s.month_start,
    s.organisation_code,
    s.held_count,
    s.inflow,
    s.outflow,
    s.lent,
    s.balance,
    m.last_on,
    m.month_before,
    LAG(s.month_start) OVER (PARTITION BY s.customer_number ORDER BY s.month_start NULLS LAST) AS row_before,
    LAG(s.held_count) OVER (PARTITION BY s.customer_number ORDER BY s.month_start NULLS LAST) AS held_before,
    LAG(s.lent) OVER (PARTITION BY s.customer_number ORDER BY s.month_start NULLS LAST) AS lent_before,
    LAG(s.balance) OVER (PARTITION BY s.customer_number ORDER BY s.month_start NULLS LAST) AS balance_before
  FROM recent_sums AS s
  INNER JOIN months AS m
    ON m.month_start = s.month_start
), recent_known AS (
  SELECT
    customer_number,
    month_start,
    organisation_code,
    last_on,
    CAST(inflow AS DECIMAL(18, 2)) AS inflow,
    CAST(GREATEST(
      0,
      outflow - lent - CASE WHEN row_before = month_before THEN lent_before ELSE 0 END
    ) AS DECIMAL(18, 2)) AS outflow,
    CAST(balance AS DECIMAL(18, 2)) AS balance,
    CAST(CASE WHEN row_before = month_before AND held_before = 1 THEN balance_before END AS DECIMAL(18, 2)) AS balance_before
  FROM recent_beside
  WHERE
    held_count = 1
), recent_points AS (
  SELECT
    k.customer_number,
    k.month_start,
    k.last_on,
    k.organisation_code,
    i.item,
    CASE i.item
      WHEN 'inflow'
      THEN k.inflow
      WHEN 'outflow'
      THEN k.outflow
      ELSE k.balance
    END AS amount,
    CASE i.item
      WHEN 'inflow'
      THEN k.inflow
      WHEN 'outflow'
      THEN k.outflow
      ELSE k.balance - k.balance_before
    END AS moved
  FROM recent_known AS k
  CROSS JOIN (
    SELECT
      'inflow' AS item
    UNION ALL
    SELECT
      'outflow' AS item
    UNION ALL
    SELECT
      'balance' AS item
  ) AS i
), asked_2 AS (
  SELECT
    p.customer_number,
    p.month_start,
    p.organisation_code,
    p.item,
    p.amount,
    p.moved,
    CAST(a.threshold_value * 10000 AS DECIMAL(18, 2)) AS least_amount,
    n.threshold_value AS least_months,
    k.threshold_value AS multiple,
    g.threshold_value AS budget
  FROM recent_points AS p
  INNER JOIN alert_threshold AS w
    ON w.threshold_code = 'window_days'
    AND w.organisation_code = p.organisation_code
    AND CAST('2026-10-31' AS DATE) >= w.valid_from
    AND (
      w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
    )
  INNER JOIN alert_threshold AS a
    ON a.threshold_code = 'unusual_amount'
    AND a.organisation_code = p.organisation_code
    AND p.last_on >= a.valid_from
    AND (
      a.valid_until IS NULL OR p.last_on < a.valid_until
    )
  INNER JOIN alert_threshold AS n
    ON n.threshold_code = 'unusual_months'
    AND n.organisation_code = p.organisation_code
    AND p.last_on >= n.valid_from
    AND (
      n.valid_until IS NULL OR p.last_on < n.valid_until
    )
  INNER JOIN alert_threshold AS k
    ON k.threshold_code = 'unusual_multiple'
    AND k.organisation_code = p.organisation_code
    AND p.last_on >= k.valid_from
    AND (
      k.valid_until IS NULL OR p.last_on < k.valid_until
    )
  INNER JOIN alert_threshold AS g
    ON g.threshold_code = 'unusual_budget'
    AND g.organisation_code = p.organisation_code
    AND p.last_on >= g.valid_from
    AND (
      g.valid_until IS NULL OR p.last_on < g.valid_until
    )
  WHERE
    p.last_on <= CAST('2026-10-31' AS DATE)
    AND DATEDIFF(DAY, p.last_on, CAST('2026-10-31' AS DATE)) < w.threshold_value
    AND ABS(p.moved) >= CAST(a.threshold_value * 10000 AS DECIMAL(18, 2))
), own_rows AS (
  SELECT
    f.customer_number,
    f.month_start,
    CAST(NULL AS STRING) AS organisation_code,
    CAST(0 AS BIGINT) AS held_count,
    CASE
      WHEN f.flow_code IN ('payroll', 'loan')
      THEN CAST(0 AS DECIMAL(38, 2))
      ELSE f.inflow_amount
    END AS inflow,
    CASE
      WHEN f.flow_code = 'loan'
      THEN CAST(0 AS DECIMAL(38, 2))
      ELSE f.outflow_amount
    END AS outflow,
    CASE
      WHEN f.flow_code = 'loan'
      THEN f.inflow_amount
      ELSE CAST(0 AS DECIMAL(38, 2))
    END AS lent,
    CAST(0 AS DECIMAL(38, 2)) AS balance
  FROM customer_flow_month AS f
  UNION ALL
  SELECT
    m.customer_number,
    m.month_start,
    m.home_organisation_code AS organisation_code,
    CAST(1 AS BIGINT) AS held_count,
    CAST(0 AS DECIMAL(38, 2)) AS inflow,
    CAST(0 AS DECIMAL(38, 2)) AS outflow,
    CAST(0 AS DECIMAL(38, 2)) AS lent,
    CAST(m.deposit_balance AS DECIMAL(38, 2)) AS balance
  FROM customer_month AS m
), own_sums AS (
  SELECT
    COALESCE(c.person_customer_number, r.customer_number) AS customer_number,
    r.month_start,
    MAX(r.organisation_code) AS organisation_code,
    MAX(r.held_count) AS held_count,
    CAST(SUM(r.inflow) AS DECIMAL(38, 2)) AS inflow,
    CAST(SUM(r.outflow) AS DECIMAL(38, 2)) AS outflow,
    CAST(SUM(r.lent) AS DECIMAL(38, 2)) AS lent,
    CAST(SUM(r.balance) AS DECIMAL(38, 2)) AS balance
  FROM own_rows AS r
  LEFT JOIN customer AS c
    ON c.customer_number = r.customer_number
  WHERE
    r.customer_number <> 'none'
    AND COALESCE(c.person_customer_number, r.customer_number) IN (
      SELECT
        a.customer_number
      FROM asked_2 AS a
    )
  GROUP BY
    COALESCE(c.person_customer_number, r.customer_number),
    r.month_start
), own_beside AS (
  SELECT
    s.customer_number,
    s.month_start,
    s.organisation_code,
    s.held_count,
    s.inflow,
    s.outflow,
    s.lent,
    s.balance,
    m.last_on,
    m.month_before,
    LAG(s.month_start) OVER (PARTITION BY s.customer_number ORDER BY s.month_start NULLS LAST) AS row_before,
    LAG(s.held_count) OVER (PARTITION BY s.customer_number ORDER BY s.month_start NULLS LAST) AS held_before,
    LAG(s.lent) OVER (PARTITION BY s.customer_number ORDER BY s.month_start NULLS LAST) AS lent_before,
    LAG(s.balance) OVER (PARTITION BY s.customer_number ORDER BY s.month_start NULLS LAST) AS balance_before
  FROM own_sums AS s
  INNER JOIN months AS m
    ON m.month_start = s.month_start
), own_known AS (
  SELECT
    customer_number,
    month_start,
    organisation_code,
    last_on,
    CAST(inflow AS DECIMAL(18, 2)) AS inflow,
    CAST(GREATEST(
      0,
      outflow - lent - CASE WHEN row_before = month_before THEN lent_before ELSE 0 END
    ) AS DECIMAL(18, 2)) AS outflow,
    CAST(balance AS DECIMAL(18, 2)) AS balance,
    CAST(CASE WHEN row_before = month_before AND held_before = 1 THEN balance_before END AS DECIMAL(18, 2)) AS balance_before
  FROM own_beside
  WHERE
    held_count = 1
), own_points AS (
  SELECT
    k.customer_number,
    k.month_start,
    k.last_on,
    k.organisation_code,
    i.item,
    CASE i.item
      WHEN 'inflow'
      THEN k.inflow
      WHEN 'outflow'
      THEN k.outflow
      ELSE k.balance
    END AS amount,
    CASE i.item
      WHEN 'inflow'
      THEN k.inflow
      WHEN 'outflow'
      THEN k.outflow
      ELSE k.balance - k.balance_before
    END AS moved
  FROM own_known AS k
  CROSS JOIN (
    SELECT
      'inflow' AS item
    UNION ALL
    SELECT
      'outflow' AS item
    UNION ALL
    SELECT
      'balance' AS item
  ) AS i
), past AS (
  SELECT
    a.customer_number,
    a.month_start,
    a.organisation_code,
    a.item,
    a.amount,
    a.moved,
    a.least_amount,
    a.multiple,
    a.budget,
    COUNT(*) AS month_count,
    PERCENTILE_APPROX(b.amount, 0.5) AS usual,
    MAX(b.amount) AS highest,
    MIN(b.amount) AS lowest,
    MAX(
      CASE
        WHEN DATEDIFF(DAY, b.month_start, a.month_start) BETWEEN 330 AND 400
        THEN b.amount
      END
    ) AS season_high,
    MIN(
      CASE
        WHEN DATEDIFF(DAY, b.month_start, a.month_start) BETWEEN 330 AND 400
        THEN b.amount
      END
    ) AS season_low
  FROM asked_2 AS a
  INNER JOIN own_points AS b
    ON b.customer_number = a.customer_number
    AND b.item = a.item
    AND b.month_start < a.month_start
    AND DATEDIFF(DAY, b.month_start, a.month_start) <= 745
  GROUP BY
    a.customer_number,
    a.month_start,
    a.organisation_code,
    a.item,
    a.amount,
    a.moved,
    a.least_amount,
    a.least_months,
    a.multiple,
    a.budget
  HAVING
    COUNT(*) >= a.least_months
), distances AS (
  SELECT
    a.customer_number,
    a.month_start,
    a.item,
    PERCENTILE_APPROX(ABS(b.amount - a.usual), 0.5) AS distance
  FROM past AS a
  INNER JOIN own_points AS b
    ON b.customer_number = a.customer_number
    AND b.item = a.item
    AND b.month_start < a.month_start
    AND DATEDIFF(DAY, b.month_start, a.month_start) <= 745
  GROUP BY
    a.customer_number,
    a.month_start,
    a.item
), spread_2 AS (
  SELECT
    p.customer_number,
    p.month_start,
    p.organisation_code,
    p.item,
    p.amount,
    p.moved,
    p.least_amount,
    p.multiple,
    p.budget,
    p.month_count,
    p.usual,
    p.highest,
    p.lowest,
    p.season_high,
    p.season_low,
    CAST(GREATEST(
      CAST(d.distance * CAST('1.4826' AS DECIMAL(6, 4)) AS DECIMAL(18, 2)),
      CAST(ABS(p.usual) * CAST('0.1' AS DECIMAL(2, 1)) AS DECIMAL(18, 2))
    ) AS DECIMAL(18, 2)) AS spread
  FROM past AS p
  INNER JOIN distances AS d
    ON d.customer_number = p.customer_number
    AND d.month_start = p.month_start
    AND d.item = p.item
), edges AS (
  SELECT
    customer_number,
    month_start,
    organisation_code,
    item,
    amount,
    moved,
    least_amount,
    budget,
    month_count,
    usual,
    spread,
    GREATEST(
      CAST(usual + CAST(spread * multiple AS DECIMAL(18, 2)) AS DECIMAL(18, 2)),
      highest,
      CAST(COALESCE(season_high, 0) * CAST('1.5' AS DECIMAL(2, 1)) AS DECIMAL(18, 2))
    ) AS upper_edge,
    LEAST(
      CAST(usual - CAST(spread * multiple AS DECIMAL(18, 2)) AS DECIMAL(18, 2)),
      lowest,
      CAST(COALESCE(season_low, lowest) * CAST('0.6667' AS DECIMAL(5, 4)) AS DECIMAL(18, 2))
    ) AS lower_edge
  FROM spread_2 AS spread
), beyond AS (
  SELECT
    customer_number,
    month_start,
    organisation_code,
    item,
    amount,
    least_amount,
    budget,
    month_count,
    usual,
    spread,
    CASE WHEN moved > 0 THEN upper_edge ELSE lower_edge END AS edge,
    CAST(CASE WHEN moved > 0 THEN amount - upper_edge ELSE lower_edge - amount END AS DECIMAL(18, 2)) AS excess,
    CASE WHEN moved > 0 THEN 'rise' ELSE 'fall' END AS direction
  FROM edges
), cases AS (
  SELECT
    customer_number,
    month_start,
    organisation_code,
    item,
    amount,
    least_amount,
    budget,
    month_count,
    usual,
    spread,
    edge,
    excess,
    direction
  FROM (
    SELECT
      customer_number,
      month_start,
      organisation_code,
      item,
      amount,
      least_amount,
      budget,
      month_count,
      usual,
      spread,
      edge,
      excess,
      direction,
      ROW_NUMBER() OVER (PARTITION BY customer_number, month_start ORDER BY excess DESC, item NULLS LAST) AS _w
    FROM beyond
    WHERE
      excess >= least_amount
  ) AS _t
  WHERE
    _w = 1
), ranked AS (
  SELECT
    customer_number,
    month_start,
    organisation_code,
    item,
    amount,
    least_amount,
    budget,
    month_count,
    usual,
    spread,
    edge,
    excess,
    direction,
    ROW_NUMBER() OVER (
      PARTITION BY organisation_code, month_start
      ORDER BY excess DESC, customer_number NULLS LAST
    ) AS place
  FROM cases
), this_month_2 AS (
  SELECT
    month_start
  FROM calendar_day
  WHERE
    business_date = CAST('2026-10-31' AS DATE)
), months_2 AS (
  SELECT
    month_start,
    ROW_NUMBER() OVER (ORDER BY month_start DESC) AS place
  FROM (
    SELECT DISTINCT
      c.month_start
    FROM calendar_day AS c
    INNER JOIN this_month_2 AS t
      ON c.month_start <= t.month_start
  ) AS m
), held_2 AS (
  SELECT
    c.customer_number,
    m.month_start,
    m.place,
    c.home_organisation_code,
    c.deposit_balance,
    ROW_NUMBER() OVER (
      PARTITION BY m.place, c.home_organisation_code
      ORDER BY c.deposit_balance DESC, c.customer_number NULLS LAST
    ) AS rank
  FROM customer_month AS c
  INNER JOIN months_2 AS m
    ON m.month_start = c.month_start
  WHERE
    m.place <= 2 AND c.customer_number <> 'none'
), customers AS (
  SELECT
    customer_number,
    MAX(CASE WHEN place = 1 THEN month_start END) AS month_start,
    COALESCE(
      MAX(CASE WHEN place = 1 THEN home_organisation_code END),
      MAX(home_organisation_code)
    ) AS organisation_code,
    CAST(COALESCE(MAX(CASE WHEN place = 2 THEN deposit_balance END), 0) AS DECIMAL(18, 2)) AS before_amount,
    CAST(COALESCE(MAX(CASE WHEN place = 1 THEN deposit_balance END), 0) AS DECIMAL(18, 2)) AS after_amount,
    MIN(rank) AS rank
  FROM held_2 AS held
  GROUP BY
    customer_number
), moved_3 AS (
  SELECT
    customer_number,
    organisation_code,
    before_amount,
    after_amount,
    rank,
    after_amount - before_amount AS change_amount,
    CAST(CASE
      WHEN (
        (
          CAST(CAST(after_amount - before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        ) < 0
      ) <> (
        CAST(CAST(before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        (
          CAST(CAST(after_amount - before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        )
      ) + ABS(CAST(CAST(before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(before_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.0001' AS DECIMAL(5, 4)) AS DECIMAL(18, 4)) AS change_rate
  FROM customers
  WHERE
    before_amount > 0
), moved_4 AS (
  SELECT
    t.account_number,
    t.currency,
    t.posted_on,
    t.amount,
    t.balance_change,
    a.customer_number,
    a.organisation_code,
    CASE
      WHEN a.customer_kind = 'corporate'
      THEN CAST(c.threshold_value * 10000 AS DECIMAL(18, 2))
      ELSE CAST(p.threshold_value * 10000 AS DECIMAL(18, 2))
    END AS limit_amount
  FROM account_transaction AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  INNER JOIN alert_threshold AS w
    ON w.threshold_code = 'window_days'
    AND w.organisation_code = a.organisation_code
    AND CAST('2026-10-31' AS DATE) >= w.valid_from
    AND (
      w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
    )
  INNER JOIN alert_threshold AS p
    ON p.threshold_code = 'large_personal_movement'
    AND p.organisation_code = a.organisation_code
    AND t.posted_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR t.posted_on < p.valid_until
    )
  INNER JOIN alert_threshold AS c
    ON c.threshold_code = 'large_corporate_movement'
    AND c.organisation_code = a.organisation_code
    AND t.posted_on >= c.valid_from
    AND (
      c.valid_until IS NULL OR t.posted_on < c.valid_until
    )
  WHERE
    t.account_kind = 'deposit'
    AND t.currency = 'CNY'
    AND NOT t.is_bank_initiated
    AND COALESCE(r.counts_as, 1) > 0
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
    AND DATEDIFF(DAY, t.posted_on, CAST('2026-10-31' AS DATE)) < w.threshold_value
), days_4 AS (
  SELECT
    account_number,
    currency,
    posted_on,
    customer_number,
    organisation_code,
    limit_amount,
    MAX(amount) AS largest_amount,
    COUNT(*) AS item_count,
    MAX(CASE WHEN balance_change > 0 THEN 1 ELSE 0 END) AS came,
    MAX(CASE WHEN balance_change < 0 THEN 1 ELSE 0 END) AS went
  FROM moved_4 AS moved
  WHERE
    amount >= limit_amount
  GROUP BY
    account_number,
    currency,
    posted_on,
    customer_number,
    organisation_code,
    limit_amount
), terms AS (
  SELECT
    account_number,
    currency,
    matures_on,
    is_auto_renewal
  FROM (
    SELECT
      account_number,
      currency,
      matures_on,
      COALESCE(is_auto_renewal, FALSE) AS is_auto_renewal,
      ROW_NUMBER() OVER (
        PARTITION BY account_number, currency
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM deposit_term_snapshot
    WHERE
      reported_on <= CAST('2026-10-31' AS DATE)
  ) AS _t
  WHERE
    _w = 1
), due AS (
  SELECT
    t.account_number,
    t.matures_on,
    t.is_auto_renewal,
    a.customer_number,
    a.organisation_code,
    b.balance,
    DATEDIFF(DAY, CAST('2026-10-31' AS DATE), t.matures_on) AS day_count,
    n.threshold_value AS near_days,
    s.threshold_value AS soon_days
  FROM terms AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number
    AND a.currency = t.currency
    AND a.account_kind = 'deposit'
  INNER JOIN account_balance AS b
    ON b.account_number = t.account_number
    AND b.currency = t.currency
    AND b.valid_until IS NULL
  INNER JOIN alert_threshold AS n
    ON n.threshold_code = 'near_days'
    AND n.organisation_code = a.organisation_code
    AND CAST('2026-10-31' AS DATE) >= n.valid_from
    AND (
      n.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < n.valid_until
    )
  INNER JOIN alert_threshold AS s
    ON s.threshold_code = 'soon_days'
    AND s.organisation_code = a.organisation_code
    AND CAST('2026-10-31' AS DATE) >= s.valid_from
    AND (
      s.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < s.valid_until
    )
  INNER JOIN alert_threshold AS h
    ON h.threshold_code = 'ahead_days'
    AND h.organisation_code = a.organisation_code
    AND CAST('2026-10-31' AS DATE) >= h.valid_from
    AND (
      h.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < h.valid_until
    )
  INNER JOIN alert_threshold AS m
    ON m.threshold_code = 'maturing_deposit'
    AND m.organisation_code = a.organisation_code
    AND CAST('2026-10-31' AS DATE) >= m.valid_from
    AND (
      m.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < m.valid_until
    )
  WHERE
    t.currency = 'CNY'
    AND b.balance >= CAST(m.threshold_value * 10000 AS DECIMAL(18, 2))
    AND (
      a.closed_on IS NULL OR a.closed_on > CAST('2026-10-31' AS DATE)
    )
    AND t.matures_on > CAST('2026-10-31' AS DATE)
    AND DATEDIFF(DAY, CAST('2026-10-31' AS DATE), t.matures_on) <= h.threshold_value
), owed_2 AS (
  SELECT
    loan_number,
    balance,
    loan_class
  FROM loan_state
  WHERE
    valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR CAST('2026-10-31' AS DATE) < valid_until
    )
    AND balance > 0
    AND NOT loan_status IN ('written_off', 'transferred')
), reports AS (
  SELECT
    loan_number,
    reported_on,
    customer_number,
    organisation_code,
    balance,
    loan_class,
    loan_status,
    COALESCE(interest_overdue_amount, CAST(0 AS DECIMAL(18, 2))) AS interest_amount
  FROM loan_snapshot
  WHERE
    reported_on <= CAST('2026-10-31' AS DATE)
), clean AS (
  SELECT
    loan_number,
    MAX(CASE WHEN interest_amount = 0 THEN reported_on END) AS clean_on,
    MAX(reported_on) AS last_on
  FROM reports
  GROUP BY
    loan_number
), since AS (
  SELECT
    r.loan_number,
    MIN(r.reported_on) AS arrears_on
  FROM reports AS r
  INNER JOIN clean AS c
    ON c.loan_number = r.loan_number
  WHERE
    r.reported_on > COALESCE(c.clean_on, CAST('0001-01-01' AS DATE))
  GROUP BY
    r.loan_number
), owing AS (
  SELECT
    r.loan_number,
    s.arrears_on,
    r.customer_number,
    r.organisation_code,
    r.balance,
    r.loan_class,
    r.interest_amount,
    DATEDIFF(DAY, s.arrears_on, CAST('2026-10-31' AS DATE)) AS day_count
  FROM reports AS r
  INNER JOIN clean AS c
    ON c.loan_number = r.loan_number AND c.last_on = r.reported_on
  INNER JOIN since AS s
    ON s.loan_number = r.loan_number
  WHERE
    r.interest_amount > 0
    AND NOT r.loan_status IN ('written_off', 'transferred', 'settled')
), overdue AS (
  SELECT
    s.loan_number,
    s.organisation_code,
    s.balance,
    s.loan_class,
    s.overdue_since,
    l.customer_number,
    DATEDIFF(DAY, s.overdue_since, CAST('2026-10-31' AS DATE)) AS day_count
  FROM loan_state AS s
  INNER JOIN loan AS l
    ON l.loan_number = s.loan_number
  WHERE
    s.valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      s.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < s.valid_until
    )
    AND s.balance > 0
    AND NOT s.loan_status IN ('written_off', 'transferred')
    AND s.overdue_since < CAST('2026-10-31' AS DATE)
), states AS (
  SELECT
    loan_number,
    valid_from,
    organisation_code,
    balance,
    loan_class,
    loan_status,
    overdue_since,
    LAG(loan_class) OVER (PARTITION BY loan_number ORDER BY valid_from NULLS LAST) AS previous_class
  FROM loan_state
), graded AS (
  SELECT
    loan_number,
    valid_from,
    organisation_code,
    balance,
    loan_class,
    previous_class,
    overdue_since,
    CASE previous_class
      WHEN 'pass'
      THEN 1
      WHEN 'special_mention'
      THEN 2
      WHEN 'substandard'
      THEN 3
      WHEN 'doubtful'
      THEN 4
      WHEN 'loss'
      THEN 5
    END AS previous_grade,
    CASE loan_class
      WHEN 'pass'
      THEN 1
      WHEN 'special_mention'
      THEN 2
      WHEN 'substandard'
      THEN 3
      WHEN 'doubtful'
      THEN 4
      WHEN 'loss'
      THEN 5
    END AS grade
  FROM states
  WHERE
    balance > 0
    AND NOT loan_status IN ('written_off', 'transferred')
    AND previous_class <> loan_class
), fallen AS (
  SELECT
    loan_number,
    valid_from,
    organisation_code,
    balance,
    loan_class,
    previous_class,
    overdue_since,
    grade
  FROM graded
  WHERE
    grade > previous_grade AND NOT (
      grade >= 3 AND previous_grade < 3
    )
), states_2 AS (
  SELECT
    loan_number,
    valid_from,
    organisation_code,
    balance,
    loan_class,
    loan_status,
    overdue_since,
    LAG(loan_class) OVER (PARTITION BY loan_number ORDER BY valid_from NULLS LAST) AS previous_class
  FROM loan_state
), graded_2 AS (
  SELECT
    loan_number,
    valid_from,
    organisation_code,
    balance,
    loan_class,
    previous_class,
    overdue_since,
    CASE previous_class
      WHEN 'pass'
      THEN 1
      WHEN 'special_mention'
      THEN 2
      WHEN 'substandard'
      THEN 3
      WHEN 'doubtful'
      THEN 4
      WHEN 'loss'
      THEN 5
    END AS previous_grade,
    CASE loan_class
      WHEN 'pass'
      THEN 1
      WHEN 'special_mention'
      THEN 2
      WHEN 'substandard'
      THEN 3
      WHEN 'doubtful'
      THEN 4
      WHEN 'loss'
      THEN 5
    END AS grade
  FROM states_2 AS states
  WHERE
    balance > 0
    AND NOT loan_status IN ('written_off', 'transferred')
    AND previous_class <> loan_class
), fallen_2 AS (
  SELECT
    loan_number,
    valid_from,
    organisation_code,
    balance,
    loan_class,
    previous_class,
    overdue_since,
    grade
  FROM graded_2 AS graded
  WHERE
    grade >= 3 AND previous_grade < 3
), overdue_2 AS (
  SELECT
    s.loan_number,
    s.organisation_code,
    s.balance,
    s.loan_class,
    s.overdue_since,
    l.customer_number,
    DATEDIFF(DAY, s.overdue_since, CAST('2026-10-31' AS DATE)) AS day_count
  FROM loan_state AS s
  INNER JOIN loan AS l
    ON l.loan_number = s.loan_number
  WHERE
    s.valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      s.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < s.valid_until
    )
    AND s.balance > 0
    AND NOT s.loan_status IN ('written_off', 'transferred')
    AND s.overdue_since < CAST('2026-10-31' AS DATE)
), found AS (
  SELECT
    'newly_bad_loan' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    q.before_word,
    q.after_word
  FROM (
    SELECT
      f.loan_number AS subject_key,
      f.valid_from AS period_on,
      'high' AS severity_code,
      f.organisation_code,
      l.customer_number,
      f.balance AS at_stake_amount,
      f.previous_class AS before_word,
      f.loan_class AS after_word,
      DATEDIFF(DAY, f.overdue_since, f.valid_from) AS day_count
    FROM fallen_2 AS f
    INNER JOIN loan AS l
      ON l.loan_number = f.loan_number
    INNER JOIN alert_threshold AS w
      ON w.threshold_code = 'window_days'
      AND w.organisation_code = f.organisation_code
      AND CAST('2026-10-31' AS DATE) >= w.valid_from
      AND (
        w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
      )
    WHERE
      f.valid_from <= CAST('2026-10-31' AS DATE)
      AND DATEDIFF(DAY, f.valid_from, CAST('2026-10-31' AS DATE)) < w.threshold_value
  ) AS q
  UNION ALL
  SELECT
    'nearly_bad_loan' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    q.due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      o.loan_number AS subject_key,
      o.overdue_since AS period_on,
      CASE WHEN o.day_count > n.threshold_value THEN 'high' ELSE 'medium' END AS severity_code,
      o.organisation_code,
      o.customer_number,
      o.balance AS at_stake_amount,
      o.overdue_since AS due_on,
      o.day_count,
      o.loan_class AS before_word
    FROM overdue_2 AS o
    INNER JOIN alert_threshold AS n
      ON n.threshold_code = 'nearly_bad_days'
      AND n.organisation_code = o.organisation_code
      AND CAST('2026-10-31' AS DATE) >= n.valid_from
      AND (
        n.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < n.valid_until
      )
    WHERE
      o.loan_class IN ('pass', 'special_mention', 'unclassified')
      AND (
        o.day_count > n.threshold_value OR o.loan_class = 'special_mention'
      )
  ) AS q
  UNION ALL
  SELECT
    'falling_loan_class' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    q.before_word,
    q.after_word
  FROM (
    SELECT
      f.loan_number AS subject_key,
      f.valid_from AS period_on,
      CASE WHEN f.grade >= 3 THEN 'high' ELSE 'medium' END AS severity_code,
      f.organisation_code,
      l.customer_number,
      f.balance AS at_stake_amount,
      f.previous_class AS before_word,
      f.loan_class AS after_word,
      DATEDIFF(DAY, f.overdue_since, f.valid_from) AS day_count
    FROM fallen AS f
    INNER JOIN loan AS l
      ON l.loan_number = f.loan_number
    INNER JOIN alert_threshold AS w
      ON w.threshold_code = 'window_days'
      AND w.organisation_code = f.organisation_code
      AND CAST('2026-10-31' AS DATE) >= w.valid_from
      AND (
        w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
      )
    WHERE
      f.valid_from <= CAST('2026-10-31' AS DATE)
      AND DATEDIFF(DAY, f.valid_from, CAST('2026-10-31' AS DATE)) < w.threshold_value
  ) AS q
  UNION ALL
  SELECT
    'newly_overdue_loan' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    q.due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      o.loan_number AS subject_key,
      o.overdue_since AS period_on,
      CASE WHEN o.day_count > n.threshold_value THEN 'medium' ELSE 'low' END AS severity_code,
      o.organisation_code,
      o.customer_number,
      o.balance AS at_stake_amount,
      o.overdue_since AS due_on,
      o.day_count,
      o.loan_class AS before_word
    FROM overdue AS o
    INNER JOIN alert_threshold AS w
      ON w.threshold_code = 'window_days'
      AND w.organisation_code = o.organisation_code
      AND CAST('2026-10-31' AS DATE) >= w.valid_from
      AND (
        w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
      )
    INNER JOIN alert_threshold AS n
      ON n.threshold_code = 'near_days'
      AND n.organisation_code = o.organisation_code
      AND CAST('2026-10-31' AS DATE) >= n.valid_from
      AND (
        n.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < n.valid_until
      )
    WHERE
      o.overdue_since <= CAST('2026-10-31' AS DATE)
      AND DATEDIFF(DAY, o.overdue_since, CAST('2026-10-31' AS DATE)) < w.threshold_value
  ) AS q
  UNION ALL
  SELECT
    'interest_arrears' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    q.before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    q.due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      o.loan_number AS subject_key,
      o.arrears_on AS period_on,
      CASE
        WHEN o.day_count > h.threshold_value
        THEN 'high'
        WHEN o.day_count > s.threshold_value
        THEN 'medium'
        ELSE 'low'
      END AS severity_code,
      o.organisation_code,
      o.customer_number,
      o.interest_amount AS at_stake_amount,
      o.arrears_on AS due_on,
      o.day_count,
      o.balance AS before_amount,
      o.loan_class AS before_word
    FROM owing AS o
    INNER JOIN alert_threshold AS s
      ON s.threshold_code = 'soon_days'
      AND s.organisation_code = o.organisation_code
      AND CAST('2026-10-31' AS DATE) >= s.valid_from
      AND (
        s.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < s.valid_until
      )
    INNER JOIN alert_threshold AS h
      ON h.threshold_code = 'ahead_days'
      AND h.organisation_code = o.organisation_code
      AND CAST('2026-10-31' AS DATE) >= h.valid_from
      AND (
        h.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < h.valid_until
      )
    INNER JOIN alert_threshold AS m
      ON m.threshold_code = 'interest_arrears'
      AND m.organisation_code = o.organisation_code
      AND CAST('2026-10-31' AS DATE) >= m.valid_from
      AND (
        m.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < m.valid_until
      )
    WHERE
      o.interest_amount >= CAST(m.threshold_value * 10000 AS DECIMAL(18, 2))
  ) AS q
  UNION ALL
  SELECT
    'maturing_loan' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    q.due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      l.loan_number AS subject_key,
      l.matures_on AS period_on,
      CASE
        WHEN DATEDIFF(DAY, CAST('2026-10-31' AS DATE), l.matures_on) <= n.threshold_value
        THEN 'high'
        WHEN DATEDIFF(DAY, CAST('2026-10-31' AS DATE), l.matures_on) <= s.threshold_value
        THEN 'medium'
        ELSE 'low'
      END AS severity_code,
      l.organisation_code,
      l.customer_number,
      o.balance AS at_stake_amount,
      l.matures_on AS due_on,
      DATEDIFF(DAY, CAST('2026-10-31' AS DATE), l.matures_on) AS day_count,
      o.loan_class AS before_word
    FROM owed_2 AS o
    INNER JOIN loan AS l
      ON l.loan_number = o.loan_number
    INNER JOIN alert_threshold AS n
      ON n.threshold_code = 'near_days'
      AND n.organisation_code = l.organisation_code
      AND CAST('2026-10-31' AS DATE) >= n.valid_from
      AND (
        n.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < n.valid_until
      )
    INNER JOIN alert_threshold AS s
      ON s.threshold_code = 'soon_days'
      AND s.organisation_code = l.organisation_code
      AND CAST('2026-10-31' AS DATE) >= s.valid_from
      AND (
        s.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < s.valid_until
      )
    INNER JOIN alert_threshold AS h
      ON h.threshold_code = 'ahead_days'
      AND h.organisation_code = l.organisation_code
      AND CAST('2026-10-31' AS DATE) >= h.valid_from
      AND (
        h.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < h.valid_until
      )
    INNER JOIN alert_threshold AS m
      ON m.threshold_code = 'maturing_loan'
      AND m.organisation_code = l.organisation_code
      AND CAST('2026-10-31' AS DATE) >= m.valid_from
      AND (
        m.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < m.valid_until
      )
    WHERE
      l.matures_on > CAST('2026-10-31' AS DATE)
      AND DATEDIFF(DAY, CAST('2026-10-31' AS DATE), l.matures_on) <= h.threshold_value
      AND o.balance >= CAST(m.threshold_value * 10000 AS DECIMAL(18, 2))
  ) AS q
  UNION ALL
  SELECT
    'maturing_deposit' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    q.due_on,
    CAST(NULL AS STRING) AS before_word,
    q.after_word
  FROM (
    SELECT
      account_number AS subject_key,
      matures_on AS period_on,
      CASE
        WHEN day_count <= near_days
        THEN CASE WHEN is_auto_renewal THEN 'medium' ELSE 'high' END
        WHEN day_count <= soon_days AND NOT is_auto_renewal
        THEN 'medium'
        ELSE 'low'
      END AS severity_code,
      organisation_code,
      customer_number,
      balance AS at_stake_amount,
      matures_on AS due_on,
      day_count,
      CASE WHEN is_auto_renewal THEN 'renews' ELSE 'ends' END AS after_word
    FROM due
  ) AS q
  UNION ALL
  SELECT
    'large_movement' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    q.before_amount,
    q.after_amount,
    q.limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    q.item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    CAST(NULL AS STRING) AS before_word,
    q.after_word
  FROM (
    SELECT
      d.account_number AS subject_key,
      d.posted_on AS period_on,
      CASE
        WHEN d.largest_amount >= d.limit_amount * 5
        THEN 'high'
        WHEN d.largest_amount >= d.limit_amount * 2
        THEN 'medium'
        ELSE 'low'
      END AS severity_code,
      d.organisation_code,
      d.customer_number,
      d.largest_amount AS at_stake_amount,
      d.item_count,
      b.balance AS before_amount,
      e.balance AS after_amount,
      d.limit_amount,
      CASE
        WHEN d.came = 1 AND d.went = 1
        THEN 'both'
        WHEN d.came = 1
        THEN 'in'
        ELSE 'out'
      END AS after_word
    FROM days_4 AS d
    LEFT JOIN account_balance AS b
      ON b.account_number = d.account_number
      AND b.currency = d.currency
      AND b.valid_from < d.posted_on
      AND (
        b.valid_until IS NULL OR d.posted_on <= b.valid_until
      )
    LEFT JOIN account_balance AS e
      ON e.account_number = d.account_number
      AND e.currency = d.currency
      AND e.valid_from <= d.posted_on
      AND (
        e.valid_until IS NULL OR d.posted_on < e.valid_until
      )
  ) AS q
  UNION ALL
  SELECT
    'top_customer_moved' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    q.before_amount,
    q.after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    q.measured_rate,
    q.limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    q.item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    CAST(NULL AS STRING) AS before_word,
    q.after_word
  FROM (
    SELECT
      m.customer_number AS subject_key,
      t.month_start AS period_on,
      CASE
        WHEN m.change_rate <= CAST('-0.5' AS DECIMAL(18, 4))
        THEN 'high'
        WHEN m.change_amount < 0
        THEN 'medium'
        ELSE 'low'
      END AS severity_code,
      m.organisation_code,
      m.customer_number,
      ABS(m.change_amount) AS at_stake_amount,
      m.before_amount,
      m.after_amount,
      m.change_rate AS measured_rate,
      r.threshold_value AS limit_rate,
      m.rank AS item_count,
      CASE WHEN m.change_amount < 0 THEN 'fall' ELSE 'rise' END AS after_word
    FROM moved_3 AS m
    CROSS JOIN this_month_2 AS t
    INNER JOIN alert_threshold AS n
      ON n.threshold_code = 'top_customer_count'
      AND n.organisation_code = m.organisation_code
      AND CAST('2026-10-31' AS DATE) >= n.valid_from
      AND (
        n.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < n.valid_until
      )
    INNER JOIN alert_threshold AS r
      ON r.threshold_code = 'top_customer_change'
      AND r.organisation_code = m.organisation_code
      AND CAST('2026-10-31' AS DATE) >= r.valid_from
      AND (
        r.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < r.valid_until
      )
    WHERE
      m.rank <= n.threshold_value AND ABS(m.change_rate) >= r.threshold_value
  ) AS q
  UNION ALL
  SELECT
    'unusual_customer' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    q.before_amount,
    q.after_amount,
    q.limit_amount,
    q.measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    q.item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    q.before_word,
    q.after_word
  FROM (
    SELECT
      r.customer_number AS subject_key,
      r.month_start AS period_on,
      CASE
        WHEN r.excess >= r.least_amount * 5
        THEN 'high'
        WHEN r.excess >= r.least_amount * 2
        THEN 'medium'
        ELSE 'low'
      END AS severity_code,
      r.organisation_code,
      r.customer_number,
      r.excess AS at_stake_amount,
      r.usual AS before_amount,
      r.amount AS after_amount,
      r.edge AS limit_amount,
      CAST(CASE
        WHEN (
          (
            CAST(CAST(ABS(r.amount - r.usual) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        ) <> (
          CAST(CAST(r.spread AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          (
            CAST(CAST(ABS(r.amount - r.usual) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ) + ABS(CAST(CAST(r.spread AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(r.spread AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.0001' AS DECIMAL(5, 4)) AS DECIMAL(18, 4)) AS measured_rate,
      r.month_count AS item_count,
      r.item AS before_word,
      r.direction AS after_word
    FROM ranked AS r
    WHERE
      r.place <= r.budget
  ) AS q
  UNION ALL
  SELECT
    'dormant_active' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    q.limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    q.item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    q.due_on,
    CAST(NULL AS STRING) AS before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      v.account_number AS subject_key,
      v.posted_on AS period_on,
      CASE
        WHEN v.largest_amount >= CAST(m.threshold_value * 10000 AS DECIMAL(18, 2)) * 5
        THEN 'high'
        ELSE 'medium'
      END AS severity_code,
      v.organisation_code,
      v.customer_number,
      v.largest_amount AS at_stake_amount,
      v.last_on AS due_on,
      DATEDIFF(DAY, v.last_on, v.posted_on) AS day_count,
      v.item_count,
      CAST(m.threshold_value * 10000 AS DECIMAL(18, 2)) AS limit_amount
    FROM woken AS v
    INNER JOIN alert_threshold AS w
      ON w.threshold_code = 'window_days'
      AND w.organisation_code = v.organisation_code
      AND CAST('2026-10-31' AS DATE) >= w.valid_from
      AND (
        w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
      )
    INNER JOIN alert_threshold AS d
      ON d.threshold_code = 'dormant_days'
      AND d.organisation_code = v.organisation_code
      AND v.posted_on >= d.valid_from
      AND (
        d.valid_until IS NULL OR v.posted_on < d.valid_until
      )
    INNER JOIN alert_threshold AS m
      ON m.threshold_code = 'dormant_movement'
      AND m.organisation_code = v.organisation_code
      AND v.posted_on >= m.valid_from
      AND (
        m.valid_until IS NULL OR v.posted_on < m.valid_until
      )
    WHERE
      v.posted_on <= CAST('2026-10-31' AS DATE)
      AND DATEDIFF(DAY, v.posted_on, CAST('2026-10-31' AS DATE)) < w.threshold_value
      AND v.largest_amount >= CAST(m.threshold_value * 10000 AS DECIMAL(18, 2))
      AND DATEDIFF(DAY, v.last_on, v.posted_on) > d.threshold_value
  ) AS q
  UNION ALL
  SELECT
    'closed_outlet_customer' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    q.before_amount,
    q.after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    q.measured_rate,
    q.limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    q.due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      CONCAT(COALESCE(m.customer_number, ''), '@', COALESCE(m.organisation_code, '')) AS subject_key,
      m.month_start AS period_on,
      CASE
        WHEN m.change_rate <= CAST('-0.8' AS DECIMAL(18, 4))
        THEN 'high'
        ELSE 'medium'
      END AS severity_code,
      m.current_successor_code AS organisation_code,
      m.customer_number,
      m.before_amount - m.after_amount AS at_stake_amount,
      m.organisation_code AS before_word,
      m.closed_on AS due_on,
      m.before_amount,
      m.after_amount,
      m.change_rate AS measured_rate,
      f.threshold_value AS limit_rate
    FROM measured_4 AS m
    INNER JOIN alert_threshold AS d
      ON d.threshold_code = 'closed_outlet_days'
      AND d.organisation_code = m.current_successor_code
      AND CAST('2026-10-31' AS DATE) >= d.valid_from
      AND (
        d.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < d.valid_until
      )
    INNER JOIN alert_threshold AS f
      ON f.threshold_code = 'closed_outlet_fall'
      AND f.organisation_code = m.current_successor_code
      AND CAST('2026-10-31' AS DATE) >= f.valid_from
      AND (
        f.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < f.valid_until
      )
    INNER JOIN alert_threshold AS a
      ON a.threshold_code = 'closed_outlet_amount'
      AND a.organisation_code = m.current_successor_code
      AND CAST('2026-10-31' AS DATE) >= a.valid_from
      AND (
        a.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < a.valid_until
      )
    WHERE
      DATEDIFF(DAY, m.closed_on, CAST('2026-10-31' AS DATE)) <= d.threshold_value
      AND m.change_rate <= -f.threshold_value
      AND m.before_amount - m.after_amount >= CAST(a.threshold_value * 10000 AS DECIMAL(18, 2))
  ) AS q
  UNION ALL
  SELECT
    'concentration' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    q.limit_amount,
    q.measured_rate,
    q.limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    q.item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      m.subject_key,
      d.month_start AS period_on,
      CASE WHEN m.owed_amount > m.limit_amount THEN 'high' ELSE 'medium' END AS severity_code,
      c.home_organisation_code AS organisation_code,
      m.customer_number,
      CAST(m.owed_amount AS DECIMAL(18, 2)) AS at_stake_amount,
      m.measured_rate,
      m.limit_rate,
      m.limit_amount,
      m.before_word,
      m.item_count
    FROM measured_3 AS m
    INNER JOIN customer AS c
      ON c.customer_number = m.customer_number
    INNER JOIN calendar_day AS d
      ON d.business_date = CAST('2026-10-31' AS DATE)
    WHERE
      m.owed_amount > CAST(m.limit_amount * (
        1 - m.near_share
      ) AS DECIMAL(18, 2))
  ) AS q
  UNION ALL
  SELECT
    'guarantee_circle' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    q.before_amount,
    q.after_amount,
    q.limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    q.item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      CONCAT(COALESCE(s.before_word, ''), ':', COALESCE(s.subject_key, '')) AS subject_key,
      d.month_start AS period_on,
      CASE WHEN s.bad_loan_balance > 0 THEN 'high' ELSE 'medium' END AS severity_code,
      c.home_organisation_code AS organisation_code,
      g.customer_number,
      s.loan_balance AS at_stake_amount,
      s.before_word,
      s.item_count,
      s.bad_loan_balance AS before_amount,
      s.given_amount AS after_amount,
      CAST(m.threshold_value * 10000 AS DECIMAL(18, 2)) AS limit_amount
    FROM sums_2 AS s
    INNER JOIN largest AS g
      ON g.before_word = s.before_word AND g.subject_key = s.subject_key
    INNER JOIN customer AS c
      ON c.customer_number = g.customer_number
    INNER JOIN calendar_day AS d
      ON d.business_date = CAST('2026-10-31' AS DATE)
    INNER JOIN alert_threshold AS m
      ON m.threshold_code = 'circle_exposure'
      AND m.organisation_code = c.home_organisation_code
      AND CAST('2026-10-31' AS DATE) >= m.valid_from
      AND (
        m.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < m.valid_until
      )
    WHERE
      s.bad_loan_balance > 0
      OR (
        s.before_word = 'circle'
        AND s.loan_balance >= CAST(m.threshold_value * 10000 AS DECIMAL(18, 2))
      )
  ) AS q
  UNION ALL
  SELECT
    'black_list' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    q.before_amount,
    q.after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    q.due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      c.customer_number AS subject_key,
      d.month_start AS period_on,
      CASE
        WHEN COALESCE(c.is_blacklisted, FALSE) AND m.loan_balance > 0
        THEN 'high'
        ELSE 'medium'
      END AS severity_code,
      c.home_organisation_code AS organisation_code,
      c.customer_number,
      CAST(m.deposit_balance + m.loan_balance AS DECIMAL(18, 2)) AS at_stake_amount,
      CASE WHEN COALESCE(c.is_blacklisted, FALSE) THEN 'black_list' ELSE 'warning' END AS before_word,
      c.blacklisted_on AS due_on,
      CAST(m.deposit_balance AS DECIMAL(18, 2)) AS before_amount,
      CAST(m.loan_balance AS DECIMAL(18, 2)) AS after_amount
    FROM customer AS c
    INNER JOIN calendar_day AS d
      ON d.business_date = CAST('2026-10-31' AS DATE)
    INNER JOIN customer_month AS m
      ON m.customer_number = c.customer_number AND m.month_start = d.month_start
    WHERE
      (
        COALESCE(c.is_blacklisted, FALSE) OR COALESCE(c.warning_signal, '') <> ''
      )
      AND (
        m.deposit_balance > 0 OR m.loan_balance > 0
      )
  ) AS q
  UNION ALL
  SELECT
    'staff_account' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    q.customer_number,
    q.at_stake_amount,
    q.before_amount,
    q.after_amount,
    q.limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    q.item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    CAST(NULL AS STRING) AS before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      f.customer_number AS subject_key,
      f.month_start AS period_on,
      CASE
        WHEN f.came_amount + f.went_amount >= CAST(m.threshold_value * 10000 AS DECIMAL(18, 2)) * 5
        THEN 'high'
        ELSE 'medium'
      END AS severity_code,
      c.home_organisation_code AS organisation_code,
      f.customer_number,
      CAST(f.came_amount + f.went_amount AS DECIMAL(18, 2)) AS at_stake_amount,
      f.came_amount AS before_amount,
      f.went_amount AS after_amount,
      f.item_count,
      CAST(m.threshold_value * 10000 AS DECIMAL(18, 2)) AS limit_amount
    FROM flows AS f
    INNER JOIN customer AS c
      ON c.customer_number = f.customer_number
    INNER JOIN alert_threshold AS m
      ON m.threshold_code = 'staff_turnover'
      AND m.organisation_code = c.home_organisation_code
      AND CAST('2026-10-31' AS DATE) >= m.valid_from
      AND (
        m.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < m.valid_until
      )
    INNER JOIN alert_threshold AS n
      ON n.threshold_code = 'staff_count'
      AND n.organisation_code = c.home_organisation_code
      AND CAST('2026-10-31' AS DATE) >= n.valid_from
      AND (
        n.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < n.valid_until
      )
    WHERE
      f.came_amount + f.went_amount >= CAST(m.threshold_value * 10000 AS DECIMAL(18, 2))
      OR f.item_count >= n.threshold_value
  ) AS q
  UNION ALL
  SELECT
    'deposit_deviation' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    CAST(NULL AS STRING) AS customer_number,
    q.at_stake_amount,
    q.before_amount,
    q.after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    q.measured_rate,
    q.limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    CAST(NULL AS BIGINT) AS item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    CAST(NULL AS STRING) AS before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      m.organisation_code AS subject_key,
      m.month_end AS period_on,
      CASE
        WHEN m.deviation_rate > CAST(t.threshold_value * 2 AS DECIMAL(12, 6))
        THEN 'high'
        ELSE 'medium'
      END AS severity_code,
      m.organisation_code,
      m.end_balance - m.average_balance AS at_stake_amount,
      m.average_balance AS before_amount,
      m.end_balance AS after_amount,
      m.deviation_rate AS measured_rate,
      t.threshold_value AS limit_rate
    FROM measured_2 AS m
    INNER JOIN organisation AS o
      ON o.organisation_code = m.organisation_code AND o.is_open
    INNER JOIN alert_threshold AS t
      ON t.threshold_code = 'deposit_deviation'
      AND t.organisation_code = m.organisation_code
      AND m.month_end >= t.valid_from
      AND (
        t.valid_until IS NULL OR m.month_end < t.valid_until
      )
    WHERE
      m.deviation_rate > t.threshold_value
  ) AS q
  UNION ALL
  SELECT
    'abnormal_series' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    CAST(NULL AS STRING) AS customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    q.measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    q.day_count,
    q.item_count,
    q.usual_count,
    CAST(NULL AS DATE) AS due_on,
    q.before_word,
    q.after_word
  FROM (
    SELECT
      CONCAT(
        COALESCE(f.level_code, ''),
        ':',
        COALESCE(f.organisation_code, ''),
        ':',
        COALESCE(f.channel_code, '')
      ) AS subject_key,
      f.first_on AS period_on,
      CASE WHEN f.is_high = 1 THEN 'high' ELSE 'medium' END AS severity_code,
      f.organisation_code,
      CAST(NULL AS DECIMAL(18, 2)) AS at_stake_amount,
      f.channel_code AS before_word,
      f.item_count,
      CAST(ROUND(f.usual_count) AS BIGINT) AS usual_count,
      CAST(CASE
        WHEN (
          (
            CAST(CAST(f.item_count - f.usual_count AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        ) <> (
          CAST(CAST(f.usual_count AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          (
            CAST(CAST(f.item_count - f.usual_count AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ) + ABS(CAST(CAST(f.usual_count AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(f.usual_count AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.0001' AS DECIMAL(5, 4)) AS DECIMAL(18, 4)) AS measured_rate,
      f.day_count,
      f.after_word
    FROM found_2 AS f
    INNER JOIN alert_threshold AS w
      ON w.threshold_code = 'window_days'
      AND w.organisation_code = f.organisation_code
      AND CAST('2026-10-31' AS DATE) >= w.valid_from
      AND (
        w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
      )
    WHERE
      DATEDIFF(DAY, f.last_on, CAST('2026-10-31' AS DATE)) < w.threshold_value
  ) AS q
  UNION ALL
  SELECT
    'data_break' AS rule_code,
    q.subject_key,
    q.period_on,
    q.severity_code,
    q.organisation_code,
    CAST(NULL AS STRING) AS customer_number,
    q.at_stake_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS before_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS after_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS DECIMAL(12, 6)) AS measured_rate,
    CAST(NULL AS DECIMAL(12, 6)) AS limit_rate,
    CAST(NULL AS BIGINT) AS day_count,
    q.item_count,
    CAST(NULL AS BIGINT) AS usual_count,
    CAST(NULL AS DATE) AS due_on,
    q.before_word,
    CAST(NULL AS STRING) AS after_word
  FROM (
    SELECT
      CONCAT(COALESCE(d.before_word, ''), '@', COALESCE(d.organisation_code, '')) AS subject_key,
      d.business_date AS period_on,
      CASE WHEN d.before_word = 'orphan_key' THEN 'medium' ELSE 'high' END AS severity_code,
      d.organisation_code,
      d.difference_amount AS at_stake_amount,
      d.before_word,
      d.item_count
    FROM days AS d
    INNER JOIN alert_threshold AS w
      ON w.threshold_code = 'window_days'
      AND w.organisation_code = d.organisation_code
      AND CAST('2026-10-31' AS DATE) >= w.valid_from
      AND (
        w.valid_until IS NULL OR CAST('2026-10-31' AS DATE) < w.valid_until
      )
    WHERE
      d.business_date <= CAST('2026-10-31' AS DATE)
      AND DATEDIFF(DAY, d.business_date, CAST('2026-10-31' AS DATE)) < w.threshold_value
  ) AS q
), managers AS (
  SELECT
    customer_number,
    employee_number
  FROM (
    SELECT
      customer_number,
      employee_number,
      ROW_NUMBER() OVER (
        PARTITION BY customer_number
        ORDER BY managed_until DESC, employee_number NULLS LAST
      ) AS _w
    FROM managed_customer_month
    WHERE
      business_date <= CAST('2026-10-31' AS DATE)
      AND managed_until > CAST('2026-10-31' AS DATE)
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.rule_code AS STRING) AS rule_code,
  CAST(q.subject_key AS STRING) AS subject_key,
  CAST(q.period_on AS DATE) AS period_on,
  CAST(q.case_code AS STRING) AS case_code,
  CAST(q.severity_code AS STRING) AS severity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.at_stake_amount AS DECIMAL(18, 2)) AS at_stake_amount,
  CAST(q.before_amount AS DECIMAL(18, 2)) AS before_amount,
  CAST(q.after_amount AS DECIMAL(18, 2)) AS after_amount,
  CAST(q.limit_amount AS DECIMAL(18, 2)) AS limit_amount,
  CAST(q.measured_rate AS DECIMAL(12, 6)) AS measured_rate,
  CAST(q.limit_rate AS DECIMAL(12, 6)) AS limit_rate,
  CAST(q.day_count AS BIGINT) AS day_count,
  CAST(q.item_count AS BIGINT) AS item_count,
  CAST(q.usual_count AS BIGINT) AS usual_count,
  CAST(q.due_on AS DATE) AS due_on,
  CAST(q.before_word AS STRING) AS before_word,
  CAST(q.after_word AS STRING) AS after_word
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    MD5(
      CONCAT(
        COALESCE(f.rule_code, ''),
        '|',
        COALESCE(f.subject_key, ''),
        '|',
        COALESCE(CAST(f.period_on AS STRING), '')
      )
    ) AS case_code,
    COALESCE(c.home_organisation_code, f.organisation_code) AS organisation_code,
    m.employee_number,
    f.rule_code,
    f.subject_key,
    f.period_on,
    f.severity_code,
    f.customer_number,
    f.at_stake_amount,
    f.before_amount,
    f.after_amount,
    f.limit_amount,
    f.measured_rate,
    f.limit_rate,
    f.day_count,
    f.item_count,
    f.usual_count,
    f.due_on,
    f.before_word,
    f.after_word
  FROM found AS f
  LEFT JOIN customer AS c
    ON c.customer_number = f.customer_number
  LEFT JOIN managers AS m
    ON m.customer_number = COALESCE(c.person_customer_number, f.customer_number)
) AS q
