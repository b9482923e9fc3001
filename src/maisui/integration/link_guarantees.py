"""Who guarantees whom: one dated edge for each guarantor and each contract that his guarantee secures."""

from maisui.steps.step import Step
from maisui.tables.guarantee_link import GUARANTEE_LINK

LINK_GUARANTEES = Step(
    name="link_guarantees",
    writes=GUARANTEE_LINK,
    reads=(
        "guarantee_contract_snapshot",
        "guarantor",
        "loan_contract_snapshot",
        "loan_snapshot",
        "bill_discount_snapshot",
        "advance_snapshot",
        "credit_limit_snapshot",
        "delivery",
    ),
    query="""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM guarantee_contract_snapshot)
),
feed_days AS (
  SELECT
    source_code, feed_code, business_date,
    lead(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date) AS next_on
  FROM (
    SELECT DISTINCT d.source_code, d.feed_code, d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
),
in_force AS (
  SELECT
    s.guarantee_contract_number, s.guaranteed_contract_number, s.guarantee_type, s.currency, s.guarantee_amount,
    s.reported_on, f.next_on, s.source_file_id, s.source_line,
    min(coalesce(s.starts_on, s.reported_on)) OVER (
      PARTITION BY s.guarantee_contract_number, s.guaranteed_contract_number
    ) AS starts_on,
    min(s.reported_on) OVER (PARTITION BY s.guarantee_contract_number, s.guaranteed_contract_number) AS first_reported_on
  FROM guarantee_contract_snapshot AS s
  INNER JOIN delivery AS d ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = s.reported_on
  WHERE s.contract_status IN ('in_force', 'unknown')
),
secured AS (
  SELECT
    guarantee_contract_number, guaranteed_contract_number, guarantee_type, currency, guarantee_amount,
    least(starts_on, first_reported_on) AS starts_on, first_reported_on, next_on
  FROM in_force
  QUALIFY row_number() OVER (
    PARTITION BY guarantee_contract_number, guaranteed_contract_number
    ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
  ) = 1
),
named AS (
  SELECT contract_number, customer_number, 1 AS preference FROM loan_contract_snapshot
  UNION ALL
  SELECT contract_number, customer_number, 2 AS preference FROM loan_snapshot WHERE contract_number IS NOT NULL
  UNION ALL
  SELECT contract_number, customer_number, 3 AS preference
  FROM bill_discount_snapshot
  WHERE contract_number IS NOT NULL AND customer_number IS NOT NULL
  UNION ALL
  SELECT contract_number, customer_number, 4 AS preference
  FROM advance_snapshot
  WHERE contract_number IS NOT NULL AND customer_number IS NOT NULL
  UNION ALL
  SELECT limit_number AS contract_number, customer_number, 5 AS preference
  FROM credit_limit_snapshot
  WHERE limit_number IS NOT NULL
),
borrowers AS (
  SELECT n.contract_number, n.customer_number
  FROM (
    SELECT contract_number, customer_number, min(preference) AS preference
    FROM named
    WHERE contract_number IN (SELECT guaranteed_contract_number FROM secured)
    GROUP BY contract_number, customer_number
  ) AS n
  QUALIFY row_number() OVER (PARTITION BY n.contract_number ORDER BY n.preference, n.customer_number) = 1
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.guarantee_contract_number,
  s.guaranteed_contract_number,
  g.guarantor_key,
  g.customer_number AS guarantor_number,
  g.identity_grade,
  b.customer_number AS borrower_number,
  s.guarantee_type,
  s.currency,
  s.guarantee_amount,
  CASE WHEN g.first_reported_on > s.first_reported_on THEN g.first_reported_on ELSE s.starts_on END AS valid_from,
  CASE
    WHEN s.next_on IS NULL THEN g.valid_until
    WHEN g.valid_until IS NULL OR s.next_on <= g.valid_until THEN s.next_on
    ELSE g.valid_until
  END AS valid_until,
  coalesce(g.guarantor_key = b.customer_number, false) AS is_self
FROM secured AS s
INNER JOIN guarantor AS g ON g.guarantee_contract_number = s.guarantee_contract_number
LEFT JOIN borrowers AS b ON b.contract_number = s.guaranteed_contract_number
WHERE NOT coalesce(g.valid_until <= s.first_reported_on OR s.next_on <= g.first_reported_on, false)
""",
)
