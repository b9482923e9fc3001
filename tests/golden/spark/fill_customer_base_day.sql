SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.tier_code AS STRING) AS tier_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.customer_count AS BIGINT) AS customer_count,
  CAST(q.effective_customer_count AS BIGINT) AS effective_customer_count,
  CAST(q.quality_customer_count AS BIGINT) AS quality_customer_count,
  CAST(q.product_group_count AS BIGINT) AS product_group_count,
  CAST(q.cross_sold_customer_count AS BIGINT) AS cross_sold_customer_count,
  CAST(q.borrower_deposit_average_balance AS DECIMAL(38, 2)) AS borrower_deposit_average_balance,
  CAST(q.borrower_loan_average_balance AS DECIMAL(38, 2)) AS borrower_loan_average_balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    customer_kind,
    tier_code,
    business_date,
    COUNT(*) AS customer_count,
    COUNT(*) FILTER(WHERE
      is_effective) AS effective_customer_count,
    COUNT(*) FILTER(WHERE
      is_quality) AS quality_customer_count,
    CAST(SUM(product_group_count) AS BIGINT) AS product_group_count,
    COUNT(*) FILTER(WHERE
      product_group_count >= 2) AS cross_sold_customer_count,
    CAST(COALESCE(SUM(deposit_average_balance) FILTER(WHERE
      loan_average_balance > 0), 0) AS DECIMAL(38, 2)) AS borrower_deposit_average_balance,
    CAST(COALESCE(SUM(loan_average_balance) FILTER(WHERE
      loan_average_balance > 0), 0) AS DECIMAL(38, 2)) AS borrower_loan_average_balance
  FROM customer_standing
  GROUP BY
    organisation_code,
    customer_kind,
    tier_code,
    business_date
) AS q
