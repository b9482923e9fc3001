WITH days AS (
  SELECT
    business_date,
    CAST(YEAR(business_date) * 12 + MONTH(business_date) AS BIGINT) AS month_number,
    SUM(transaction_count) > 0 AS has_moved
  FROM customer_fact_month
  GROUP BY
    business_date
), limits AS (
  SELECT
    d.business_date,
    d.has_moved,
    MAX(CASE WHEN p.parameter_code = 'label_attention_fall' THEN p.number_value END) AS label_attention_fall,
    MAX(CASE WHEN p.parameter_code = 'label_attention_guarantee' THEN p.number_value END) AS label_attention_guarantee,
    MAX(CASE WHEN p.parameter_code = 'label_attention_maturity' THEN p.number_value END) AS label_attention_maturity,
    MAX(CASE WHEN p.parameter_code = 'label_big_farmer_loan' THEN p.number_value END) AS label_big_farmer_loan,
    MAX(CASE WHEN p.parameter_code = 'label_big_farmer_turnover' THEN p.number_value END) AS label_big_farmer_turnover,
    MAX(CASE WHEN p.parameter_code = 'label_decline_share' THEN p.number_value END) AS label_decline_share,
    MAX(CASE WHEN p.parameter_code = 'label_dormant_balance' THEN p.number_value END) AS label_dormant_balance,
    MAX(CASE WHEN p.parameter_code = 'label_dormant_days' THEN p.number_value END) AS label_dormant_days,
    MAX(CASE WHEN p.parameter_code = 'label_growth_share' THEN p.number_value END) AS label_growth_share,
    MAX(
      CASE WHEN p.parameter_code = 'label_important_contribution' THEN p.number_value END
    ) AS label_important_contribution,
    MAX(CASE WHEN p.parameter_code = 'label_judged_balance' THEN p.number_value END) AS label_judged_balance,
    MAX(CASE WHEN p.parameter_code = 'label_leaving_share' THEN p.number_value END) AS label_leaving_share,
    MAX(CASE WHEN p.parameter_code = 'label_low_deposit_share' THEN p.number_value END) AS label_low_deposit_share,
    MAX(CASE WHEN p.parameter_code = 'label_new_months' THEN p.number_value END) AS label_new_months,
    MAX(CASE WHEN p.parameter_code = 'label_potential_elsewhere' THEN p.number_value END) AS label_potential_elsewhere,
    MAX(CASE WHEN p.parameter_code = 'label_potential_loan' THEN p.number_value END) AS label_potential_loan,
    MAX(CASE WHEN p.parameter_code = 'label_potential_payroll' THEN p.number_value END) AS label_potential_payroll,
    MAX(CASE WHEN p.parameter_code = 'label_potential_rise' THEN p.number_value END) AS label_potential_rise,
    MAX(CASE WHEN p.parameter_code = 'label_potential_turnover' THEN p.number_value END) AS label_potential_turnover,
    MAX(CASE WHEN p.parameter_code = 'label_released_share' THEN p.number_value END) AS label_released_share
  FROM days AS d
  INNER JOIN parameter AS p
    ON p.valid_from <= d.business_date
    AND (
      p.valid_until IS NULL OR p.valid_until > d.business_date
    )
  GROUP BY
    d.business_date,
    d.has_moved
), facts AS (
  SELECT
    k.customer_number,
    k.business_date,
    k.organisation_code,
    k.customer_kind,
    k.is_holder,
    k.first_held_on,
    k.held_month_count,
    k.is_quality,
    k.is_tier_by_hand,
    k.asset_average_balance,
    k.recent_asset_balance,
    k.earlier_asset_balance,
    k.deposit_average_balance,
    k.loan_balance,
    k.inflow_amount,
    k.payroll_amount,
    k.own_elsewhere_amount,
    k.idle_day_count,
    k.maturing_deposit_amount,
    k.overdue_balance,
    k.overdue_day_count,
    k.loan_class_rank,
    k.previous_loan_class_rank,
    k.bad_loan_balance,
    k.guaranteed_amount,
    k.complaint_count,
    k.year_contribution_amount,
    k.year_expected_loss_amount,
    c.customer_type,
    c.customer_name,
    c.industry_code,
    c.size_class,
    COALESCE(c.is_farmer, FALSE) AS is_farmer
  FROM customer_fact_month AS k
  LEFT JOIN customer AS c
    ON c.customer_number = k.customer_number
), found AS (
  SELECT
    'life_stage' AS family_code,
    customer_number,
    business_date,
    organisation_code,
    customer_kind,
    label_code,
    reason_code,
    reason_amount,
    base_amount,
    day_count
  FROM (
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      CASE
        WHEN f.first_held_on IS NULL
        THEN 'prospect'
        WHEN NOT f.is_holder
        THEN 'lost'
        WHEN f.held_month_count < l.label_new_months
        THEN 'new'
        WHEN l.has_moved
        AND f.idle_day_count >= l.label_dormant_days
        AND f.asset_average_balance < l.label_dormant_balance
        AND f.loan_balance <= 0
        THEN 'dormant'
        WHEN f.earlier_asset_balance >= l.label_judged_balance
        AND f.recent_asset_balance <= CAST(ROUND(CAST(f.earlier_asset_balance AS DECIMAL(20, 2)) * l.label_decline_share, 2) AS DECIMAL(38, 2))
        THEN 'declining'
        WHEN f.recent_asset_balance >= l.label_judged_balance
        AND f.recent_asset_balance >= CAST(ROUND(CAST(f.earlier_asset_balance AS DECIMAL(20, 2)) * l.label_growth_share, 2) AS DECIMAL(38, 2))
        THEN 'growing'
        ELSE 'mature'
      END AS label_code,
      CASE
        WHEN f.first_held_on IS NULL
        THEN 'prospect'
        WHEN NOT f.is_holder
        THEN 'lost'
        WHEN f.held_month_count < l.label_new_months
        THEN 'new'
        WHEN l.has_moved
        AND f.idle_day_count >= l.label_dormant_days
        AND f.asset_average_balance < l.label_dormant_balance
        AND f.loan_balance <= 0
        THEN 'dormant'
        WHEN f.earlier_asset_balance >= l.label_judged_balance
        AND f.recent_asset_balance <= CAST(ROUND(CAST(f.earlier_asset_balance AS DECIMAL(20, 2)) * l.label_decline_share, 2) AS DECIMAL(38, 2))
        THEN 'declining'
        WHEN f.recent_asset_balance >= l.label_judged_balance
        AND f.recent_asset_balance >= CAST(ROUND(CAST(f.earlier_asset_balance AS DECIMAL(20, 2)) * l.label_growth_share, 2) AS DECIMAL(38, 2))
        THEN 'growing'
        ELSE 'mature'
      END AS reason_code,
      CAST(f.recent_asset_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.earlier_asset_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CASE
        WHEN f.held_month_count < l.label_new_months
        THEN f.held_month_count
        ELSE f.idle_day_count
      END AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
  ) AS life_stage
  UNION ALL
  SELECT
    'worth' AS family_code,
    customer_number,
    business_date,
    organisation_code,
    customer_kind,
    label_code,
    reason_code,
    reason_amount,
    base_amount,
    day_count
  FROM (
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'important_contribution' AS label_code,
      'year_contribution' AS reason_code,
      CAST(f.year_contribution_amount AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.year_contribution_amount >= l.label_important_contribution
      AND NOT (
        -f.year_expected_loss_amount > 0
        AND -f.year_expected_loss_amount >= CAST(ROUND(CAST(f.year_contribution_amount AS DECIMAL(20, 2)) * l.label_released_share, 2) AS DECIMAL(38, 2))
      )
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'important_contribution' AS label_code,
      'released_loss' AS reason_code,
      CAST(f.year_contribution_amount AS DECIMAL(38, 2)) AS reason_amount,
      CAST(-f.year_expected_loss_amount AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.year_contribution_amount >= l.label_important_contribution
      AND -f.year_expected_loss_amount > 0
      AND -f.year_expected_loss_amount >= CAST(ROUND(CAST(f.year_contribution_amount AS DECIMAL(20, 2)) * l.label_released_share, 2) AS DECIMAL(38, 2))
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'quality' AS label_code,
      'tier_reached' AS reason_code,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(CAST(NULL AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_quality AND NOT f.is_tier_by_hand
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'quality' AS label_code,
      'tier_set_by_hand' AS reason_code,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(CAST(NULL AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_quality AND f.is_tier_by_hand
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'potential_quality' AS label_code,
      'loans_without_deposits' AS reason_code,
      CAST(f.loan_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.deposit_average_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_holder
      AND NOT f.is_quality
      AND f.bad_loan_balance <= 0
      AND f.loan_balance >= l.label_potential_loan
      AND f.deposit_average_balance <= CAST(ROUND(CAST(f.loan_balance AS DECIMAL(20, 2)) * l.label_low_deposit_share, 2) AS DECIMAL(38, 2))
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'potential_quality' AS label_code,
      'money_elsewhere' AS reason_code,
      CAST(f.own_elsewhere_amount AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_holder
      AND NOT f.is_quality
      AND f.own_elsewhere_amount >= l.label_potential_elsewhere
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'potential_quality' AS label_code,
      'rising_balance' AS reason_code,
      CAST(f.recent_asset_balance - f.earlier_asset_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.earlier_asset_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_holder
      AND NOT f.is_quality
      AND f.recent_asset_balance - f.earlier_asset_balance >= l.label_potential_rise
      AND f.recent_asset_balance >= CAST(ROUND(CAST(f.earlier_asset_balance AS DECIMAL(20, 2)) * l.label_growth_share, 2) AS DECIMAL(38, 2))
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'potential_quality' AS label_code,
      'good_payroll' AS reason_code,
      CAST(f.payroll_amount AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_holder AND NOT f.is_quality AND f.payroll_amount >= l.label_potential_payroll
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'potential_quality' AS label_code,
      'turnover_without_balance' AS reason_code,
      CAST(f.inflow_amount AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_holder
      AND NOT f.is_quality
      AND f.inflow_amount >= l.label_potential_turnover
      AND f.asset_average_balance <= CAST(ROUND(CAST(f.inflow_amount AS DECIMAL(20, 2)) * l.label_low_deposit_share, 2) AS DECIMAL(38, 2))
  ) AS worth
  UNION ALL
  SELECT
    'care' AS family_code,
    customer_number,
    business_date,
    organisation_code,
    customer_kind,
    label_code,
    reason_code,
    reason_amount,
    base_amount,
    day_count
  FROM (
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'attention' AS label_code,
      'overdue' AS reason_code,
      CAST(f.overdue_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(CAST(NULL AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) AS base_amount,
      CAST(f.overdue_day_count AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.overdue_balance > 0
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'attention' AS label_code,
      'class_fallen' AS reason_code,
      CAST(f.loan_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(CAST(NULL AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.previous_loan_class_rank > 0 AND f.loan_class_rank > f.previous_loan_class_rank
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'attention' AS label_code,
      'guarantee_circle' AS reason_code,
      CAST(f.guaranteed_amount AS DECIMAL(38, 2)) AS reason_amount,
      CAST(CAST(NULL AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.guaranteed_amount >= l.label_attention_guarantee
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'attention' AS label_code,
      'assets_falling' AS reason_code,
      CAST(f.earlier_asset_balance - f.recent_asset_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.earlier_asset_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_holder
      AND f.earlier_asset_balance >= l.label_attention_fall
      AND f.recent_asset_balance <= CAST(ROUND(CAST(f.earlier_asset_balance AS DECIMAL(20, 2)) * l.label_decline_share, 2) AS DECIMAL(38, 2))
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'attention' AS label_code,
      'complaint' AS reason_code,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(CAST(NULL AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) AS base_amount,
      CAST(f.complaint_count AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.complaint_count > 0
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'attention' AS label_code,
      'large_maturity' AS reason_code,
      CAST(f.maturing_deposit_amount AS DECIMAL(38, 2)) AS reason_amount,
      CAST(CAST(NULL AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.maturing_deposit_amount >= l.label_attention_maturity
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'silently_leaving' AS label_code,
      'assets_left' AS reason_code,
      CAST(f.earlier_asset_balance - f.recent_asset_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.earlier_asset_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(CAST(NULL AS BIGINT) AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      f.is_holder
      AND f.earlier_asset_balance >= l.label_judged_balance
      AND f.recent_asset_balance <= CAST(ROUND(CAST(f.earlier_asset_balance AS DECIMAL(20, 2)) * l.label_leaving_share, 2) AS DECIMAL(38, 2))
    UNION ALL
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      'silently_leaving' AS label_code,
      'idle_remainder' AS reason_code,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(CAST(NULL AS DECIMAL(38, 2)) AS DECIMAL(38, 2)) AS base_amount,
      CAST(f.idle_day_count AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      l.has_moved
      AND f.is_holder
      AND f.loan_balance <= 0
      AND f.held_month_count >= l.label_new_months
      AND f.idle_day_count >= l.label_dormant_days
      AND f.asset_average_balance < l.label_dormant_balance
  ) AS care
  UNION ALL
  SELECT
    'rural_group' AS family_code,
    customer_number,
    business_date,
    organisation_code,
    customer_kind,
    label_code,
    reason_code,
    reason_amount,
    base_amount,
    day_count
  FROM (
    SELECT
      f.customer_number,
      f.business_date,
      f.organisation_code,
      f.customer_kind,
      CASE
        WHEN f.customer_kind = 'corporate'
        AND (
          CONTAINS(f.customer_type, '合作社') OR CONTAINS(f.customer_name, '合作社')
        )
        THEN 'cooperative'
        WHEN CONTAINS(f.customer_type, '家庭农场') OR CONTAINS(f.customer_name, '家庭农场')
        THEN 'family_farm'
        WHEN f.customer_kind = 'corporate'
        AND f.size_class <> '微型企业'
        AND f.industry_code RLIKE '^(A|C13|C14)'
        THEN 'leading_firm'
        WHEN f.customer_kind = 'personal' AND CONTAINS(f.customer_type, '个体工商户')
        THEN 'self_employed'
        WHEN f.is_farmer
        AND (
          f.loan_balance >= l.label_big_farmer_loan
          OR f.inflow_amount >= l.label_big_farmer_turnover
        )
        THEN 'big_farmer'
        WHEN f.is_farmer
        THEN 'ordinary_farmer'
      END AS label_code,
      CASE
        WHEN f.customer_kind = 'corporate'
        AND (
          CONTAINS(f.customer_type, '合作社') OR CONTAINS(f.customer_name, '合作社')
        )
        THEN 'cooperative'
        WHEN CONTAINS(f.customer_type, '家庭农场') OR CONTAINS(f.customer_name, '家庭农场')
        THEN 'family_farm'
        WHEN f.customer_kind = 'corporate'
        AND f.size_class <> '微型企业'
        AND f.industry_code RLIKE '^(A|C13|C14)'
        THEN 'leading_firm'
        WHEN f.customer_kind = 'personal' AND CONTAINS(f.customer_type, '个体工商户')
        THEN 'self_employed'
        WHEN f.is_farmer
        AND (
          f.loan_balance >= l.label_big_farmer_loan
          OR f.inflow_amount >= l.label_big_farmer_turnover
        )
        THEN 'big_farmer'
        WHEN f.is_farmer
        THEN 'ordinary_farmer'
      END AS reason_code,
      CAST(f.asset_average_balance AS DECIMAL(38, 2)) AS reason_amount,
      CAST(f.loan_balance AS DECIMAL(38, 2)) AS base_amount,
      CAST(NULL AS BIGINT) AS day_count
    FROM facts AS f
    INNER JOIN limits AS l
      ON l.business_date = f.business_date
    WHERE
      NOT CASE
        WHEN f.customer_kind = 'corporate'
        AND (
          CONTAINS(f.customer_type, '合作社') OR CONTAINS(f.customer_name, '合作社')
        )
        THEN 'cooperative'
        WHEN CONTAINS(f.customer_type, '家庭农场') OR CONTAINS(f.customer_name, '家庭农场')
        THEN 'family_farm'
        WHEN f.customer_kind = 'corporate'
        AND f.size_class <> '微型企业'
        AND f.industry_code RLIKE '^(A|C13|C14)'
        THEN 'leading_firm'
        WHEN f.customer_kind = 'personal' AND CONTAINS(f.customer_type, '个体工商户')
        THEN 'self_employed'
        WHEN f.is_farmer
        AND (
          f.loan_balance >= l.label_big_farmer_loan
          OR f.inflow_amount >= l.label_big_farmer_turnover
        )
        THEN 'big_farmer'
        WHEN f.is_farmer
        THEN 'ordinary_farmer'
      END IS NULL
  ) AS rural_group
), borne AS (
  SELECT
    f.customer_number,
    f.label_code,
    d.month_number,
    d.month_number - ROW_NUMBER() OVER (PARTITION BY f.customer_number, f.label_code ORDER BY d.month_number NULLS LAST) AS run_number
  FROM (
    SELECT DISTINCT
      customer_number,
      label_code,
      business_date
    FROM found
  ) AS f
  INNER JOIN days AS d
    ON d.business_date = f.business_date
), runs AS (
  SELECT
    customer_number,
    label_code,
    MIN(month_number) AS first_month,
    MAX(month_number) AS last_month
  FROM borne
  GROUP BY
    customer_number,
    label_code,
    run_number
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.family_code AS STRING) AS family_code,
  CAST(q.label_code AS STRING) AS label_code,
  CAST(q.reason_code AS STRING) AS reason_code,
  CAST(q.reason_rank AS BIGINT) AS reason_rank,
  CAST(q.held_since AS DATE) AS held_since,
  CAST(q.reason_amount AS DECIMAL(38, 2)) AS reason_amount,
  CAST(q.base_amount AS DECIMAL(38, 2)) AS base_amount,
  CAST(q.day_count AS BIGINT) AS day_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    f.customer_number,
    f.business_date,
    f.organisation_code,
    f.customer_kind,
    f.family_code,
    f.label_code,
    f.reason_code,
    CAST(ROW_NUMBER() OVER (
      PARTITION BY f.customer_number, f.business_date, f.label_code
      ORDER BY f.reason_amount DESC, f.reason_code NULLS LAST
    ) AS BIGINT) AS reason_rank,
    s.business_date AS held_since,
    f.reason_amount,
    f.base_amount,
    f.day_count
  FROM found AS f
  INNER JOIN days AS d
    ON d.business_date = f.business_date
  INNER JOIN runs AS r
    ON r.customer_number = f.customer_number
    AND r.label_code = f.label_code
    AND d.month_number >= r.first_month
    AND d.month_number <= r.last_month
  INNER JOIN days AS s
    ON s.month_number = r.first_month
  WHERE
    f.business_date >= CAST('0001-01-01' AS DATE)
) AS q
