"""Chains, circles and figures of everyone who guarantees or is guaranteed on the reporting date."""

from maisui.integration.connect_guarantee_parties import IN_FORCE
from maisui.steps.step import Step
from maisui.tables.guarantee_party import GUARANTEE_PARTY

DESCRIBE_GUARANTEE_PARTIES = Step(
    name="describe_guarantee_parties",
    writes=GUARANTEE_PARTY,
    reads=("guarantee_link", "guarantee_component", "guarantee_cycle", "mutual_guarantee", "guarantor", "loan", "loan_state"),
    query=f"""
WITH links AS (
  SELECT guarantee_contract_number, guarantor_key, guarantor_number, borrower_number, max(guarantee_amount) AS amount
  FROM guarantee_link
  WHERE {IN_FORCE}
  GROUP BY guarantee_contract_number, guarantor_key, guarantor_number, borrower_number
),
given AS (
  SELECT party_key, CAST(coalesce(sum(amount), 0) AS DECIMAL(38,2)) AS amount
  FROM (
    SELECT guarantee_contract_number, guarantor_key AS party_key, max(amount) AS amount
    FROM links
    GROUP BY guarantee_contract_number, guarantor_key
  ) AS g
  GROUP BY party_key
),
received AS (
  SELECT party_key, CAST(coalesce(sum(amount), 0) AS DECIMAL(38,2)) AS amount
  FROM (
    SELECT guarantee_contract_number, borrower_number AS party_key, max(amount) AS amount
    FROM links
    GROUP BY guarantee_contract_number, borrower_number
  ) AS r
  GROUP BY party_key
),
lent AS (
  SELECT
    l.customer_number AS party_key,
    CAST(sum(s.balance) AS DECIMAL(38,2)) AS loan_balance,
    CAST(sum(CASE WHEN s.loan_class IN ('substandard', 'doubtful', 'loss') THEN s.balance ELSE 0 END) AS DECIMAL(38,2)) AS bad_loan_balance
  FROM loan_state AS s
  INNER JOIN loan AS l ON l.loan_number = s.loan_number
  WHERE s.valid_from <= $reporting_date AND (s.valid_until IS NULL OR s.valid_until > $reporting_date)
    AND s.loan_status NOT IN ('written_off', 'transferred') AND l.product_code <> '委托贷款'
    AND l.customer_number IN (SELECT party_key FROM guarantee_component)
  GROUP BY l.customer_number
),
means AS (
  SELECT guarantor_key, net_assets_amount
  FROM guarantor
  WHERE net_assets_amount IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY guarantor_key ORDER BY last_reported_on DESC, guarantee_contract_number DESC) = 1
),
circles AS (
  SELECT cycle_code, count(*) AS circle_party_count FROM guarantee_cycle GROUP BY cycle_code HAVING count(*) > 1
),
paired AS (
  SELECT first_party_key AS party_key FROM mutual_guarantee
  UNION ALL
  SELECT second_party_key AS party_key FROM mutual_guarantee
),
parties AS (
  SELECT
    c.party_key, c.component_code, y.cycle_code AS circle_code, coalesce(y.circle_party_count, 0) AS circle_party_count,
    r.party_key IS NOT NULL OR coalesce(t.loan_balance, 0) > 0 AS is_borrower,
    g.party_key IS NOT NULL AS is_guarantor,
    coalesce(g.amount, CAST(0 AS DECIMAL(38,2))) AS given_amount,
    coalesce(r.amount, CAST(0 AS DECIMAL(38,2))) AS received_amount,
    m.net_assets_amount,
    coalesce(t.loan_balance, CAST(0 AS DECIMAL(38,2))) AS loan_balance,
    coalesce(t.bad_loan_balance, CAST(0 AS DECIMAL(38,2))) AS bad_loan_balance
  FROM guarantee_component AS c
  LEFT JOIN given AS g ON g.party_key = c.party_key
  LEFT JOIN received AS r ON r.party_key = c.party_key
  LEFT JOIN lent AS t ON t.party_key = c.party_key
  LEFT JOIN means AS m ON m.guarantor_key = c.party_key
  LEFT JOIN (
    SELECT k.party_key, k.cycle_code, n.circle_party_count
    FROM guarantee_cycle AS k
    INNER JOIN circles AS n ON n.cycle_code = k.cycle_code
  ) AS y ON y.party_key = c.party_key
),
components AS (
  SELECT
    component_code, count(*) AS party_count, CAST(sum(CASE WHEN is_borrower THEN 1 ELSE 0 END) AS BIGINT) AS borrower_count
  FROM parties
  GROUP BY component_code
)
SELECT
  $legal_entity_code AS legal_entity_code,
  p.party_key,
  CASE WHEN p.party_key NOT LIKE '%:%' THEN p.party_key END AS customer_number,
  $reporting_date AS business_date,
  p.component_code,
  CASE WHEN n.borrower_count >= 3 THEN p.component_code END AS chain_code,
  p.circle_code,
  n.party_count,
  n.borrower_count,
  p.circle_party_count,
  p.is_borrower,
  p.is_guarantor,
  p.party_key IN (SELECT party_key FROM paired) AS has_mutual,
  p.given_amount,
  p.received_amount,
  p.net_assets_amount,
  p.loan_balance,
  p.bad_loan_balance
FROM parties AS p
INNER JOIN components AS n ON n.component_code = p.component_code
""",
    covers="""
SELECT party_key FROM guarantee_component
""",
)
