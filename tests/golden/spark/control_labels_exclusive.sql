WITH counted AS (
  SELECT
    f.business_date,
    f.organisation_code,
    f.customer_number,
    COUNT(*) FILTER(WHERE
      b.family_code = 'life_stage') AS stage_count,
    COUNT(*) FILTER(WHERE
      b.family_code = 'rural_group') AS group_count
  FROM customer_fact_month AS f
  LEFT JOIN customer_label AS b
    ON b.customer_number = f.customer_number
    AND b.business_date = f.business_date
    AND b.reason_rank = 1
  GROUP BY
    f.business_date,
    f.organisation_code,
    f.customer_number
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  organisation_code,
  CAST(COUNT(*) AS DECIMAL(38, 2)) AS difference_amount
FROM counted
WHERE
  stage_count <> 1 OR group_count > 1
GROUP BY
  business_date,
  organisation_code
