"""Who guarantees each other: two parties with a guarantee in force each way."""

from maisui.integration.connect_guarantee_parties import IN_FORCE
from maisui.steps.step import Step
from maisui.tables.mutual_guarantee import MUTUAL_GUARANTEE

LIST_MUTUAL_GUARANTEES = Step(
    name="list_mutual_guarantees",
    writes=MUTUAL_GUARANTEE,
    reads=("guarantee_link",),
    query=f"""
WITH contracts AS (
  SELECT guarantor_key, borrower_number, guarantee_contract_number, max(guarantee_amount) AS amount
  FROM guarantee_link
  WHERE {IN_FORCE}
  GROUP BY guarantor_key, borrower_number, guarantee_contract_number
),
arcs AS (
  SELECT guarantor_key, borrower_number, CAST(coalesce(sum(amount), 0) AS DECIMAL(38,2)) AS amount
  FROM contracts
  GROUP BY guarantor_key, borrower_number
)
SELECT
  $legal_entity_code AS legal_entity_code,
  a.guarantor_key AS first_party_key,
  a.borrower_number AS second_party_key,
  $reporting_date AS business_date,
  a.amount AS first_amount,
  b.amount AS second_amount
FROM arcs AS a
INNER JOIN arcs AS b ON b.guarantor_key = a.borrower_number AND b.borrower_number = a.guarantor_key
WHERE a.guarantor_key < a.borrower_number
""",
)
