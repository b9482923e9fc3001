"""Who answers jointly: the parties of one guarantee contract under which they secure each other's loans."""

from maisui.steps.step import Step
from maisui.tables.joint_guarantee import JOINT_GUARANTEE

LIST_JOINT_GUARANTEES = Step(
    name="list_joint_guarantees",
    writes=JOINT_GUARANTEE,
    reads=("guarantee_link",),
    query="""
WITH links AS (
  SELECT guarantee_contract_number, guarantor_key, borrower_number, guarantee_type
  FROM guarantee_link
  WHERE borrower_number IS NOT NULL AND valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
),
roles AS (
  SELECT
    guarantee_contract_number, party_key, max(is_guarantor) AS is_guarantor, max(is_borrower) AS is_borrower,
    max(is_named_joint) AS is_named_joint
  FROM (
    SELECT
      guarantee_contract_number, guarantor_key AS party_key, 1 AS is_guarantor, 0 AS is_borrower,
      CASE WHEN guarantee_type = 'joint_surety' THEN 1 ELSE 0 END AS is_named_joint
    FROM links
    UNION ALL
    SELECT
      guarantee_contract_number, borrower_number AS party_key, 0 AS is_guarantor, 1 AS is_borrower,
      CASE WHEN guarantee_type = 'joint_surety' THEN 1 ELSE 0 END AS is_named_joint
    FROM links
  ) AS both_roles
  GROUP BY guarantee_contract_number, party_key
),
joint AS (
  SELECT guarantee_contract_number
  FROM roles
  GROUP BY guarantee_contract_number
  HAVING count(*) > 1
    AND (max(is_named_joint) = 1 OR sum(CASE WHEN is_guarantor = 1 AND is_borrower = 1 THEN 1 ELSE 0 END) > 1)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  r.guarantee_contract_number,
  r.party_key,
  $reporting_date AS business_date,
  r.is_borrower = 1 AS is_borrower,
  r.is_guarantor = 1 AS is_guarantor
FROM roles AS r
INNER JOIN joint AS j ON j.guarantee_contract_number = r.guarantee_contract_number
""",
)
